"""Who says so, on reports of our own, parsed by the packaged model."""

import pytest

from tests.claims.made import coded


def source(text: str, trigger: str) -> str | None:
    """Whom the coder gives as the source of what the trigger tells."""
    claims = coded(text)
    return next(c.attributed_to for c in claims if text[c.trigger.start : c.trigger.end] == trigger)


@pytest.mark.parametrize(
    ("text", "attributed"),
    [
        ("“We are hungry. The army shelled our market on Monday. Nobody helped us,” the mayor said.", "the mayor"),
        ("The mayor said: “We are hungry. The army shelled our market. “Nobody helped us.”", "The mayor"),
        ("The mayor called it “a disgrace. The army shelled the market. “We are hungry,” he said.", None),
        ("The mayor said: “We are hungry. The army shelled the market. The mayor spoke of “our hunger”.", None),
        ("The unit is known as “The Lions. The army shelled the town. “We are hungry,” said the mayor.", None),
        ("The mayor said “We are hungry. The army shelled our market. Nobody helped us.”", "The mayor"),
    ],
)
def test_a_quotation_runs_on_unless_its_closing_mark_was_lost(text: str, attributed: str | None) -> None:
    assert source(text, "shelled") == attributed


@pytest.mark.parametrize(
    ("text", "attributed"),
    [
        ("Officials said talks failed. “The army shelled the school. It burned a clinic,” said Abu Omar, a cook.", "Abu Omar"),
        ("Officials said talks failed. “The army shelled the school,” said Abu Omar. He fled.", "Abu Omar"),
        ("Laila Haddad remembers the day. “It was noon. The army shelled our square.” She fled.", "Laila Haddad"),
        ("“We fled,” said Ali Omar. “It was noon. It was hot. “The army shelled our square.” It was Eid.", "Ali Omar"),
        ("Amal Osman told us of it. “The army shelled our square. Nobody knows why it did.", "Amal Osman"),
        ("Amal Osman told us of it. “It was noon.” “The army shelled our square.” Nobody knows why.", "Amal Osman"),
        ('Amal Osman told us of it. "The army shelled our square. Nobody knows why it did.', "Amal Osman"),
        ("The mayor spoke of “hunger. ” The army shelled the square. “It was noon,” he said.", None),
    ],
)  # fmt: skip
def test_a_quotation_belongs_to_who_is_named_behind_it_before_it_or_before_the_others(
    text: str, attributed: str | None
) -> None:
    assert source(text, "shelled") == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("Troops have been deployed in Agadez, a day after rebels attacked a school, reports Radio Anfani on May 4.",
         "deployed", "Radio Anfani"),
        ("Gunmen attacked the fort at Wana on Monday, reported Dawn. The attack began at dawn. The gunmen attacked twice.",
         "attacked", "Dawn"),
        ("Troops have been deployed in Agadez, a day after rebels attacked a school, reports of which reached Niamey.",
         "deployed", None),
        ("Rebels attacked a school near Agadez, reports sahelien.com on May 4.", "attacked", "sahelien.com"),
        ("Rebels attacked a school near Agadez, Radio Anfani reported on Monday.", "attacked", "Radio Anfani"),
        ("Gunmen attacked the fort in Bajaur Agency reports Dawn.", "attacked", "Dawn"),
        ("Sahelien.com reports that rebels shot a trader, accusing him of theft.", "accusing", "Sahelien.com"),
        ("Maoists attacked a camp in Bihar on Monday, reports PTI.", "attacked", "Press Trust of India"),
        ("Rebels attacked Wana on Monday, officials said on Tuesday, reports Dawn.", "attacked", "officials"),
        ("Rebels attacked Wana on Monday, according to the mayor of Wana, reports Dawn.", "attacked", "the mayor of Wana"),
    ],
)  # fmt: skip
def test_a_sentence_that_ends_with_its_outlet_is_all_taken_from_it(
    text: str, trigger: str, attributed: str | None
) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("Gunmen shelled Jolo late on Monday, Sulu Provincial Police Director (PPD) Anil Rao said.", "shelled", "Anil Rao"),
        ("The rebels shelled Jolo on Monday, according to the Philippine National Police (PNP).", "shelled",
         "Philippine National Police"),
    ],
)  # fmt: skip
def test_a_name_after_the_short_form_of_a_title_is_the_source(text: str, trigger: str, attributed: str) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("text", "attributed"),
    [
        ("The minister said Ali Sow was killed by the army in Gao. He said the rebels attacked a convoy.", "The minister"),
        ("Police chief Omar Diallo told Radio Mali that the guard Ali Sow was shot in Gao. Ali Sow had served for years. "
         "Ali Sow was buried on Friday. The rebels attacked a convoy, he added.", "Omar Diallo"),
        ("Malian spokesman Omar Diallo met Ali Sow in Gao and said calm had returned. Ali Sow fled. "
         "He said the rebels attacked a convoy.", "Omar Diallo"),
    ],
)  # fmt: skip
def test_who_speaks_on_is_who_spoke_and_not_whom_he_spoke_of(text: str, attributed: str) -> None:
    assert source(text, "attacked") == attributed


@pytest.mark.parametrize(
    ("said", "attributed"),
    [
        ("A senior Pentagon official, Brigadier General Michael Barnes, told reporters that", "Michael Barnes"),
        ("Superintendent of Police (SP) of Gilgit, ML Khan said that", "ML Khan"),
        ("Ali Kumar Rao, Deputy Inspector General of Police (DIG), Swat Range, said", "Ali Kumar Rao"),
        ("Colombia's High Commissioner for Peace Miguel Ceballos said", "Miguel Ceballos"),
        ("A lawyer for Ahmed Hassan said", "A lawyer"),
        ("Islamic State said Masood, a waiter, fled after", "Islamic State"),
    ],
)
def test_the_person_named_beside_a_title_is_the_source(said: str, attributed: str) -> None:
    assert source(f"{said} rebels attacked the town.", "attacked") == attributed


def test_a_title_in_short_is_whoever_was_named_with_it() -> None:
    text = "Sukma Superintendent of Police (SP) Indira Rao said so. Rebels shelled the camp at dawn, the SP added."
    assert source(text, "shelled") == "Indira Rao"


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("Two soldiers were reportedly killed in Gao on Monday.", "killed", "reports"),
        ("There were reports of clashes in Gao on Monday.", "clashes", "reports"),
        ("Police broke up the march in Izmir on Monday. There were no reports of arrests.", "arrests", None),
        ("Officials said two soldiers were reportedly killed in Gao.", "killed", "Officials"),
        ("We are appalled by reports of the murder of dozens of people in Gao.", "murder", "reports"),
    ],
)
def test_what_reports_of_nobody_tell_is_told_by_reports(text: str, trigger: str, attributed: str | None) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("text", "actors", "attributed"),
    [
        (
            "Fourteen people were killed in Gaza on Monday, according to the health ministry.",
            [],
            "the health ministry",
        ),
        (
            "Nine soldiers were killed by rebels in Goma on Monday, according to the defence ministry.",
            ["rebels"],
            "the defence ministry",
        ),
    ],
)
def test_who_tells_of_the_dead_has_not_killed_them(text: str, actors: list[str], attributed: str) -> None:
    (told,) = coded(text)
    assert [party.name for party in told.actors] == actors
    assert told.attributed_to == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "army"),
    [
        ("Israeli troops fired at cars in Kfar Kila in Lebanon, the army said.", "fired", "Israel Defense Forces"),
        (
            "Israeli troops came to Lebanon. In Tyre two men were killed, the army said.",
            "killed",
            "Israel Defense Forces",
        ),
        ("Two men were killed in Tyre in Lebanon, the army said.", "killed", "Lebanese Armed Forces"),
    ],
)
def test_the_army_is_that_of_the_troops_told_of_right_before(text: str, trigger: str, army: str) -> None:
    assert source(text, trigger) == army


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("Activists have monitored rocket fire on two hamlets near Ariha since dawn.", "rocket fire", "Activists"),
        ("Drones recorded rocket fire on the town of Ariha.", "rocket fire", None),
        ("UNIFIL corroborated reports of a man injured by shelling.", "shelling", "UN Interim Force in Lebanon"),
        ("The army fights efforts to release photos that document the abuse of detainees at the prison.", "abuse", None),
    ],
)  # fmt: skip
def test_who_watches_a_deed_is_its_source_and_what_shows_it_is_none(
    text: str, trigger: str, attributed: str | None
) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "army"),
    [
        (
            "MONUSCO sent patrols to Rutshuru. Rebels killed four people in Kiwanja, the military said.",
            "killed",
            "Armed Forces of the Democratic Republic of the Congo",
        ),
        (
            "UNIFIL said it was calm in Naqoura. Gunmen killed a trader in Baalbek, the army said.",
            "killed",
            "Lebanese Armed Forces",
        ),
    ],
)
def test_the_army_is_never_the_peacekeepers_told_of_before(text: str, trigger: str, army: str) -> None:
    assert source(text, trigger) == army


def test_who_counts_a_violation_has_not_committed_it() -> None:
    text = "The Turkish side recorded no violations of the ceasefire in Idlib."
    claim = next(iter(coded(text)))
    assert (claim.status, claim.actors, claim.attributed_to) == ("denied", (), "Turkish government")
    (claim,) = coded("The OSCE said it had registered 120 ceasefire violations in Donetsk.")
    assert claim.actors == ()


def test_who_answers_in_a_relative_clause_is_the_source() -> None:
    assert source("Israel accused Hezbollah, which denied firing the rockets.", "firing") == "Hezbollah"


def test_a_commander_who_speaks_is_called_so_with_his_group() -> None:
    text = "A commander of the Free Syrian Army said rebels shelled Homs."
    assert source(text, "shelled") == "A commander of the Free Syrian Army"


@pytest.mark.parametrize(
    ("later", "attributed"),
    [
        ("Rome condemned the shelling. Ankara denounced the shelling.", "the transport ministry"),
        ("The shelling lasted an hour. The shelling hit two planes.", None),
    ],
)
def test_who_condemns_an_attack_does_not_make_it_the_outlets_word(later: str, attributed: str | None) -> None:
    text = "Fighters loyal to Haftar shelled an airport in Tripoli on Saturday, the transport ministry said."
    assert source(f"{text} {later}", "shelled") == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Ukrainian officials said that fighting raged in Bakhmut.", "fighting", 0),
        ("Israeli officials said that clashes went on in Rafah.", "clashes", 0),
        ("The army said it shelled Rafah.", "shelled", 1),
    ],
)
def test_whose_officials_speak_does_not_do_what_they_tell(text: str, trigger: str, actors: int) -> None:
    claim = next(c for c in coded(text) if text[c.trigger.start : c.trigger.end] == trigger)
    assert len(claim.actors) == actors


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("The ministry said that Sudan continues to reject the offer.", "reject", "The ministry"),
        ("The spokesman said that Kenya would go on to condemn the shelling.", "condemn", "The spokesman"),
        ("The premier said that Israel was willing to withdraw from the valley.", "willing", None),
        ("The minister told parliament that Serbia was ready to talk with the rebels.", "ready", None),
        ("The president says he and the emir will stand together against the rebels.", "stand", None),
        ("The palace says the king and the president have agreed to set up safe zones.", "agreed", "The palace"),
    ],
)
def test_who_tells_what_his_state_refuses_is_its_source_and_who_offers_for_it_is_its_voice(
    text: str, trigger: str, attributed: str | None
) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("The bill, drawn up by two senators, accuses Pakistan of sheltering the militants.", "sheltering", "two senators"),
        ("The army was accused of killing 12 protesters.", "killing", None),
        ("The United Nations condemned Syria for bombing a hospital.", "bombing", None),
    ],
)  # fmt: skip
def test_what_somebody_is_accused_of_is_the_accusers_word(text: str, trigger: str, attributed: str | None) -> None:
    assert source(text, trigger) == attributed


def test_reports_tell_only_what_stands_behind_them() -> None:
    text = (
        "Although the cessation of attacks accord called for fighting to stop within 12 hours of the accord's signing, "
        "there have been reports of raids around South Darfur."
    )
    assert (source(text, "called"), source(text, "raids")) == (None, "reports")


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        ("The ministry said that there was no apology to Iran.", "apology", "The ministry"),
        ("The ministry denied that it had threatened the monitors.", "threatened", "The ministry"),
    ],
)
def test_who_says_that_he_has_not_said_so_is_the_source_of_that(text: str, trigger: str, attributed: str) -> None:
    assert source(text, trigger) == attributed


@pytest.mark.parametrize(
    ("told", "attributed"),
    [
        ("police spokesman Omar Latif said. Rebels burned a school, the official added", "Omar Latif"),
        ("police spokesman Omar Latif said. He was shot, the official said. Rebels burned a school, he added", "Omar Latif"),
        ("an official said. Rebels burned a school, the official added", "the official"),
        ("Omar Latif said. An aide said he fled. Rebels burned a school, the official said", "the official"),
    ],
)  # fmt: skip
def test_the_official_who_speaks_on_is_who_spoke_last(told: str, attributed: str) -> None:
    assert source(f"Gunmen killed nine people in Kunduz, {told}.", "burned") == attributed


@pytest.mark.parametrize(
    ("text", "trigger", "attributed"),
    [
        (
            "On television the president addressed the nation: “As a result of talks that I held, two men were released.”",
            "released",
            "the president",
        ),
        ("The emir had one wish: “Peace”, but rebels attacked the port.", "attacked", None),
    ],
)
def test_what_is_quoted_behind_a_colon_is_the_word_of_who_leads_to_it(
    text: str, trigger: str, attributed: str | None
) -> None:
    assert source(text, trigger) == attributed
