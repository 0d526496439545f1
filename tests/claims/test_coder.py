"""A report is coded end to end by the packaged model and tables; every value leads back to its words."""

import datetime as dt

import pytest

from tests.claims.made import coded, first
from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Claim, Report

TEXT = (
    "Syrian President Bashar al-Assad met his Iranian counterpart in Damascus on Monday. "
    "Government forces shelled the village of Kafr Nabl in Idlib province on Tuesday, killing at least five civilians, "
    "the Syrian Observatory for Human Rights said. "
    "The shelling also wounded three children. "
    "Russian warplanes did not carry out any air strikes on the area. "
    "Turkey deployed more troops to northern Syria. "
    "The army will launch a ground offensive if the rebels refuse to withdraw.\n\n"
    "Police arrested twelve protesters in Beirut last month."
)


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(id="0123456789abcdef", text=TEXT, published=dt.date(2020, 2, 27))


@pytest.fixture(scope="module")
def claims(report: Report) -> tuple[Claim, ...]:
    return coder.code(report, Engine.load().parse(report.text), codebook.load())


def one(claims: tuple[Claim, ...], words: str) -> Claim:
    """The claim whose first sentence holds the words."""
    found = [c for c in claims if words in TEXT[c.trigger.start : c.trigger.end]]
    assert len(found) == 1, [(c.type, TEXT[c.trigger.start : c.trigger.end]) for c in claims]
    return found[0]


def test_a_meeting(claims: tuple[Claim, ...]) -> None:
    meeting = one(claims, "met")
    assert (meeting.type, meeting.status) == ("CONSULT", "happened")
    assert "Bashar al-Assad" in {party.name for party in meeting.actors}
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.country, meeting.place.precision) == ("Damascus", "SYR", "town")
    assert meeting.time is not None
    assert meeting.time.start == meeting.time.end == dt.date(2020, 2, 24)


def test_shelling_told_twice_is_one_claim(claims: tuple[Claim, ...]) -> None:
    shelling = one(claims, "shelled")
    assert (shelling.type, shelling.mode, shelling.status) == ("ASSAULT", "heavy-weapons", "happened")
    assert len(shelling.mentions) == 2
    assert [(party.country, party.sector) for party in shelling.actors] == [("SYR", "MIL")]
    assert shelling.killed is not None
    assert (shelling.killed.low, shelling.killed.high) == (5, 5)
    assert shelling.place is not None
    assert shelling.place.country == "SYR"
    assert shelling.time is not None
    assert shelling.time.start == dt.date(2020, 2, 25)


def test_a_day_without_strikes_is_denied(claims: tuple[Claim, ...]) -> None:
    assert one(claims, "air strikes").status == "denied"


def test_troops_are_mobilized(claims: tuple[Claim, ...]) -> None:
    deployment = one(claims, "deployed")
    assert (deployment.type, deployment.mode) == ("MOBILIZE", "troops")
    assert [party.country for party in deployment.actors] == ["TUR"]


def test_what_will_be_is_expected(claims: tuple[Claim, ...]) -> None:
    assert one(claims, "launch").status in ("expected", "possible")


def test_last_month_is_that_month(claims: tuple[Claim, ...]) -> None:
    arrest = one(claims, "arrested")
    assert (arrest.type, arrest.mode) == ("COERCE", "arrest")
    assert arrest.time is not None
    assert (arrest.time.start, arrest.time.end) == (dt.date(2020, 1, 1), dt.date(2020, 1, 31))


def test_every_value_has_its_reason_and_its_words(claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        fields = {evidence.field for evidence in claim.evidence}
        assert {"trigger", "type", "mode", "status"} <= fields
        for name in ("place", "time", "killed", "injured", "attributed_to"):
            assert (getattr(claim, name) is not None) == (name in fields), (claim.type, name)
        for kind in ("actors", "recipients"):
            for i in range(len(getattr(claim, kind))):
                assert f"{kind}[{i}]" in fields
        for evidence in claim.evidence:
            assert evidence.because
            if evidence.start is not None:
                assert evidence.end is not None
                assert 0 <= evidence.start < evidence.end <= len(TEXT)


def test_the_same_report_gives_the_same_claims(report: Report, claims: tuple[Claim, ...]) -> None:
    again = coder.code(report, Engine.load().parse(report.text), codebook.load())
    assert again == claims
    assert len({claim.id for claim in claims}) == len(claims)


def test_a_text_without_events_has_no_claims() -> None:
    text = "The town has fifty thousand people. Olives grow well there."
    report = Report(id="f" * 16, text=text)
    assert coder.code(report, Engine.load().parse(text), codebook.load()) == ()


def test_a_name_that_the_parse_cuts_in_two_is_found_whole() -> None:
    text = "Shells hit bases of the National Front for Liberation on Tuesday."
    found = coded(text)
    assert {entity.actor for claim in found for entity in claim.actors + claim.recipients} == {"sy-nfl"}


def test_a_word_that_two_rows_name_is_one_claim() -> None:
    text = "The two sides and their backers traded blame for the end of the truce on Wednesday."
    found = coded(text)
    triggers = [claim.trigger for claim in found]
    assert triggers
    assert len(triggers) == len(set(triggers))


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("The ministry accused the rebels of shelling the town.", (dt.date(2020, 2, 26), dt.date(2020, 2, 27))),
        ("The ministry had accused the rebels of shelling the town.", None),
        ("The army shelled the town.", (dt.date(2020, 2, 26), dt.date(2020, 2, 27))),
        ("The army is besieging the town.", (dt.date(2020, 2, 27), dt.date(2020, 2, 27))),
    ],
)
def test_tense_dates_what_is_said_and_what_goes_on(sentence: str, time: tuple[dt.date, dt.date] | None) -> None:
    claim = coded(sentence, dt.date(2020, 2, 27))[0]
    assert (claim.time and (claim.time.start, claim.time.end)) == time


def test_tense_dates_nothing_in_a_report_without_a_date() -> None:
    text = "The ministry accused the rebels of shelling the town."
    assert not any(claim.time for claim in coded(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "The raids are likely to continue.",
        "The bombardment is set to continue.",
        "The siege is expected to go on.",
        "Militants will continue shelling the army.",
        "The air force will continue its airstrikes on the rebels.",
    ],
)
def test_what_is_likely_to_go_on_is_expected(sentence: str) -> None:
    assert first(sentence).status == "expected"


def test_what_is_struck_is_where() -> None:
    strikes = first("The air strikes hit Ariha and Sarmin on Saturday.")
    assert strikes.place is not None
    assert (strikes.place.name, strikes.place.country) == ("Ariha", "SYR")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The State Department said the United States opposes the referendum.", "US Department of State"),
        ("Hezbollah said it was investigating the cause of the blast.", "Hezbollah"),
    ],
)
def test_whoever_tells_what_his_own_side_does_is_the_source(sentence: str, source: str) -> None:
    assert first(sentence).attributed_to == source


def test_a_name_beside_a_description_is_the_source() -> None:
    told = first("“The army shelled the market again,” Britain’s foreign secretary, Peter Hallow, said in a statement.")
    assert told.attributed_to == "Peter Hallow"


def test_the_words_of_who_says_so_are_the_whole_name() -> None:
    text = (
        "Hay'at Tahrir al-Sham (HTS), which controls most of the province, said its fighters had shelled army positions "
        "near Kafr Nabl in retaliation on Wednesday night and had killed three soldiers."
    )
    (words,) = [line for line in first(text).evidence if line.field == "attributed_to"]
    assert text[words.start : words.end] == "Hay'at Tahrir al-Sham (HTS)"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Police shot a man in Homs, residents said. The shooting of the man began a riot.", "residents"),
        ("Police shot a man in Homs. The shooting of the man was unprovoked, residents said.", None),
    ],
)
def test_who_is_named_first_is_the_source_unless_the_outlet_tells_it_first(text: str, source: str | None) -> None:
    told = [claim for claim in coded(text) if len(claim.mentions) == 2]
    assert [claim.attributed_to for claim in told] == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Foreign minister Peter Hallow said: I welcome the report. Rebels attacked a convoy in Homs.", "Peter Hallow"),
        ("Foreign minister Peter Hallow said: “I welcome the report.” Rebels attacked a convoy in Homs.", None),
        ("Foreign minister Peter Hallow said it was late. Rebels attacked a convoy in Homs.", None),
    ],
)
def test_a_statement_without_quotation_marks_is_its_speakers_to_the_end(text: str, source: str | None) -> None:
    assert [claim.attributed_to for claim in coded(text) if claim.type == "ASSAULT"] == [source]


def test_a_first_name_alone_is_the_persons() -> None:
    told = coded("Graeme Hall, an analyst, said rebels attacked Homs. Graeme said police arrested two men in Idlib.")
    assert [claim.attributed_to for claim in told] == ["Graeme Hall", "Graeme Hall"]


def test_what_follows_a_last_name_is_none() -> None:
    told = coded(
        "General Marcos Talavera Jr. said rebels attacked Homs. Talavera said police arrested two men in Idlib."
    )
    assert {claim.attributed_to for claim in told} == {"Marcos Talavera Jr."}


def test_a_soft_rule_gives_way_to_a_model_that_is_sure() -> None:
    told = coded("A helicopter scared off the pirates, but not before they shot a crew member.")
    assert [claim.status for claim in told] == ["happened"]


def test_a_toll_without_an_attack_is_that_of_the_attack_just_told() -> None:
    (attack,) = [c for c in coded("Rebels shelled Homs on Friday. No casualties were reported.") if c.type == "ASSAULT"]
    assert attack.killed is not None and attack.injured is not None
    assert (attack.killed.low, attack.killed.high, attack.injured.high) == (0, 0, 0)
    far = coded("Rebels shelled Homs on Friday. It was dark. Shops were shut. No casualties were reported.")
    assert [claim.killed for claim in far] == [None]


def test_of_what_is_only_planned_nobody_has_died() -> None:
    assert [claim.killed for claim in coded("The gunmen will kill two officers in Homs.")] == [None]


def test_whoever_accuses_is_the_actor_and_no_source() -> None:
    told = first("The United States accused Iran of arming the rebels.")
    assert (told.type, told.attributed_to) == ("ACCUSE", None)


def test_two_days_are_two_events() -> None:
    text = "Shells hit the market of Ariha on 3 March. Shells hit the market of Ariha on 9 May, residents said."
    found = coded(text, dt.date(2020, 5, 20))
    assert [claim.time and claim.time.start for claim in found] == [dt.date(2020, 3, 3), dt.date(2020, 5, 9)]


def test_two_pairs_of_persons_are_two_calls() -> None:
    text = (
        "US President Joe Biden spoke by telephone with German Chancellor Olaf Scholz on Friday. "
        "French President Emmanuel Macron spoke by telephone with Turkish President Recep Tayyip Erdogan."
    )
    calls = [claim for claim in coded(text, dt.date(2022, 5, 20)) if claim.type == "CONSULT"]
    assert [len(claim.mentions) for claim in calls] == [1, 1]


def test_what_a_town_suffers_is_there() -> None:
    claims = coded("Shells hit Idlib on Monday. Troops besiege the town of Ras al-Ain.")
    assert [claim.place and claim.place.name for claim in claims] == ["Idlib", "Ras al-Ain"]


def test_a_capital_that_was_told_something_is_no_area() -> None:
    text = (
        "A convoy entered Kassala in Sudan on Monday. The rebels informed Khartoum. Soldiers were attacked in the area."
    )
    assert [claim.place and claim.place.name for claim in coded(text)][-1] == "Kassala"


def test_militants_are_none_of_the_groups_known_by_name() -> None:
    text = (
        "Fighters of the Mu'tasim Division clashed in Ras al-Ain in Syria on Tuesday. "
        "Fighting resumed in Idlib on Wednesday. Militants shelled the army again."
    )
    shelling = coded(text)[-1]
    assert shelling.place and shelling.place.name == "Idlib"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("The Turkish parliament is investigating Turkish officers.", None),
        ("The Turkish president dismissed a Turkish general.", "Turkey"),
        ("Turkey imposed sanctions on Greece.", None),
        ("The Turkish president praised a Turkish general.", None),
    ],
)
def test_people_are_convicted_and_dismissed_at_home(sentence: str, place: str | None) -> None:
    claim = coded(f"Turkey has a new government in Turkey. {sentence}")[-1]
    assert (claim.place and claim.place.name) == place


def test_in_a_report_of_two_countries_nobody_says_where_people_are_dismissed() -> None:
    dismissed = coded("Greece and Turkey differ over the islands. The Turkish president dismissed a Turkish general.")[
        -1
    ]
    assert dismissed.type == "SANCTION"
    assert dismissed.place is None


def test_who_condemns_an_attack_has_not_made_it_where_others_have() -> None:
    text = (
        "France condemns in the strongest terms the attack carried out yesterday against a patrol of the United Nations "
        "mission near Aguelhok. The perpetrators of this attack must be brought to justice."
    )
    attack = next(claim for claim in coded(text) if claim.type == "ASSAULT")
    assert [actor.name for actor in attack.actors] == ["perpetrators"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Israel bombed Tyre on Friday, hours after two rockets were fired at Metula.", []),
        ("Israel bombed Tyre on Friday, hours after two rockets were fired at Metula by Hezbollah.", ["Hezbollah"]),
        ("The army shelled the town on Monday, a day after three soldiers were killed in an ambush.", []),
        ("The army bombed the town of Hays on Monday in retaliation for the killing of five soldiers.", []),
        ("It remains to be seen how Israel will respond to the attack.", []),
        ("Pakistan said it would respond to the Indian strikes.", ["India"]),
    ],
)
def test_who_strikes_after_an_attack_that_nobody_is_said_to_have_made_has_not_made_it(
    text: str, actors: list[str]
) -> None:
    claims = coded(text)
    assert [party.name for party in claims[-1].actors] == actors


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Police arrested ten men and soldiers detained a journalist in Aleppo.", ["arrested", "detained"]),
        (
            "China closed three border gates, cut the electricity that it sells to Laukkai, and ordered rebels to leave.",
            ["closed", "cut"],
        ),
    ],
)
def test_what_two_do_to_others_each_is_two_events(text: str, verbs: list[str]) -> None:
    claims = coded(text)
    assert [text[claim.trigger.start : claim.trigger.end] for claim in claims][: len(verbs)] == verbs


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Israel bombed Beirut on Friday. France condemned the strike as unacceptable.", {"ASSAULT", "ACCUSE"}),
        ("Nurses stopped work on Monday. The minister condemned the strike as unacceptable.", {"PROTEST", "ACCUSE"}),
        (
            "Guns shelled Sarmada. President Tayyip Erdogan failed to win a pledge from Vladimir Putin to rein in the strikes "
            "when they met in Sochi last month.",
            {"ASSAULT", "AGREE", "CONSULT"},
        ),
    ],
)
def test_a_strike_that_is_condemned_after_bombs_fell_is_no_walkout(text: str, types: set[str]) -> None:
    claims = coded(text)
    assert {claim.type for claim in claims} == types


def test_both_sides_are_not_where_flights_go() -> None:
    text = (
        "Two flights a week are to leave Sanaa for Amman and Cairo. "
        "The envoy urged both sides to refrain from provocation."
    )
    claims = coded(text)
    asked = [claim for claim in claims if claim.type == "REQUEST"]
    assert [party.text for claim in asked for party in claim.recipients] == ["both sides"]


def test_two_sides_of_one_place_are_two_events() -> None:
    text = "Israeli jets bombed northern Gaza on Monday. Israeli jets bombed southern Gaza, killing four people."
    claims = coded(text)
    assert [claim.place and claim.place.name for claim in claims] == ["northern Gaza Strip", "southern Gaza Strip"]


def test_two_meetings_with_others_are_two() -> None:
    text = "President Zelensky met Emmanuel Macron in Paris on Thursday. A Ukrainian delegation met American officials on Friday."
    claims = coded(text, dt.date(2025, 3, 28))
    assert [claim.type for claim in claims] == ["CONSULT", "CONSULT"]


def test_nobody_is_hurt_in_what_was_told_and_not_in_violations_that_were_counted() -> None:
    text = (
        "Hezbollah fired two mortar shells at an Israeli position on Monday. "
        "The group called it a response to repeated Israeli breaches. Nobody was hurt."
    )
    claims = coded(text)
    hurt = [text[claim.trigger.start : claim.trigger.end] for claim in claims if claim.killed]
    assert hurt == ["fired"]
