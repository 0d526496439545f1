"""Who takes part in an event: what names, pronouns, numbers and titles stand for, and what is nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first
from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.claims.tree import CERTAIN
from trucewatch.language import Engine
from trucewatch.nouns import Report


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        ("Gunmen killed two officers in Homs on Friday, a senior officer reported.", ["gunmen"], ["officers"]),
        ("It attacked the village.", [], []),
    ],
)
def test_people_of_whom_nothing_more_is_known_take_part(
    sentence: str, actors: list[str], recipients: list[str]
) -> None:
    (claim,) = coded(sentence)
    assert [party.name for party in claim.actors] == actors
    assert [party.name for party in claim.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Rebels held the bridge near Homs. The army shelled it on Friday.", []),
        ("The mayor lives in Homs. Gunmen abducted him on Friday.", ["mayor"]),
        ("Nadia Haddad lives in Homs. Soldiers arrested her on Friday.", ["Nadia Haddad"]),
    ],
)
def test_a_pronoun_is_a_party_where_it_stands_for_somebody(text: str, recipients: list[str]) -> None:
    *_, claim = coded(text)
    assert [party.name for party in claim.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Police killed two militants in Homs on Friday and captured three.", ["militants"]),
        ("Two villagers were killed in Homs on Monday and another was abducted in Hama on Friday.", ["villagers"]),
        ("Hezbollah said an Israeli raid killed three of its fighters.", ["Hezbollah"]),
        ("The seven doctors came to Homs on Monday. Most of them were arrested on Friday.", ["doctors"]),
        ("Officials say ten were arrested in Homs on Friday.", []),  # not the officials
    ],
)
def test_a_number_alone_counts_those_who_were_told_of(text: str, recipients: list[str]) -> None:
    *_, claim = coded(text)
    assert [party.name for party in claim.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Israeli jets bombed a school in Gaza on Friday. Egypt condemned the bombing.", ["Israeli Air Force"]),
        ("Egypt condemned the Israeli bombing of Gaza.", ["Israel"]),
        ("A bomb killed two people in Homs on Friday. Egypt condemned the bombing.", []),  # nobody's
    ],
)
def test_who_condemns_a_deed_condemns_its_doer(text: str, recipients: list[str]) -> None:
    claims = coded(text)
    (condemned,) = (claim for claim in claims if claim.type == "ACCUSE")
    assert [party.name for party in condemned.recipients] == recipients


def test_a_description_gives_way_to_the_name_beside_it() -> None:
    claim = first("Ankara received a telephone call from Assad's main backer, the Russian president, Vladimir Putin.")
    assert "Vladimir Putin" in {party.name for party in (*claim.actors, *claim.recipients)}


def test_a_capital_that_speaks_or_is_fought_against_is_a_government() -> None:
    assert first("Kabul said that gunmen had shelled the village of Barmal.").attributed_to == "Afghan government"
    assert first("The Taliban launched attacks against Kabul.").recipients[0].country == "AFG"
    assert first("Reuters said that gunmen had shelled the village of Barmal.").attributed_to == "Reuters"


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Hezbollah said its fighters had shelled the village.", "Hezbollah"),
        ("Hezbollah said its allies had shelled the village.", "allies"),
        ("Hezbollah said its Syrian fighters had shelled the village.", "Syrian fighters"),
    ],
)
def test_the_fighters_of_a_group_are_the_group(sentence: str, actor: str) -> None:
    assert [party.name for party in first(sentence).actors] == [actor]


def test_a_noun_before_people_says_whose_they_are() -> None:
    text = "The regime forces shell two towns in the northern countryside of Aleppo in Syria."
    assert [party.name for party in first(text).actors] == ["Syrian Arab Army"]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers found a Soviet-era depot outside the town. Rebels then attacked the depot.",
        "The police found a large bag in the square. They seized it.",
    ],
)
def test_a_thing_told_of_before_is_no_party(text: str) -> None:
    assert coded(text)[-1].recipients == ()


@pytest.mark.parametrize(
    ("said", "actor"),
    [
        ("Malian President Modibo Keita said his country had expelled the ambassador.", ("Mali", "MLI", "GOV")),
        ("Ghana, whose government had arrested the rebels, said nothing.", ("Government of Ghana", "GHA", "GOV")),
        ("Hezbollah said its commander had shelled the village.", ("Hezbollah's commander", "LBN", "REB")),
        ("Hezbollah said its rivals had shelled the village.", ("rivals", None, None)),
        ("Algeria said its foreign minister had met the rebels.", ("Algeria's foreign minister", "DZA", "GOV")),
    ],
)
def test_those_who_speak_for_somebody_are_of_his_country(said: str, actor: tuple[str, str | None, str | None]) -> None:
    claim = coded(f"Fighting went on in northern Ghana and in Kumasi. {said}")[-1]
    assert [(party.name, party.country, party.sector) for party in claim.actors] == [actor]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("The governor of the province, Kofi Asante, accused Togo.", ("Kofi Asante", "GHA", "GOV")),
        ("Hezbollah shelled a town. Its spokesman, Samir Nasr, accused Israel.", ("Samir Nasr", "LBN", "REB")),
        ("Hezbollah shelled a town. Samir Nasr, its spokesman, accused Israel.", ("Samir Nasr", "LBN", "REB")),
        (
            "Oleg Bondar, head of the self-proclaimed Donetsk People's Republic, accused Ghana.",
            ("Oleg Bondar", "UKR", "REB"),
        ),
    ],
)
def test_a_title_tells_whose_somebody_is(said: str, who: tuple[str, str, str]) -> None:
    claim = coded(f"Fighting went on in northern Ghana and in Kumasi. {said}")[-1]
    assert [(party.name, party.country, party.sector) for party in claim.actors] == [who]


def test_to_whom_somebody_is_loyal_belongs_to_his_phrase() -> None:
    claim = first("Troops loyal to President Hadi shelled the village.")
    assert [(party.text, party.country) for party in claim.actors] == [("Troops loyal to President Hadi", "YEM")]


def test_the_initials_of_an_actor_are_no_outlet() -> None:
    text = "The army fought the Rapid Support Forces in Khartoum. The RSF shelled the market."
    shelled = coded(text, dt.date(2023, 6, 1))[-1]
    assert [party.name for party in shelled.actors] == ["Rapid Support Forces"]


@pytest.mark.parametrize(
    ("said", "type_", "actors"),
    [
        ("A teacher was charged with treason in Accra on Friday, his lawyer said.", "ACCUSE", []),
        ("The general will stand trial in Lagos, a spokesman said.", "ACCUSE", []),
        ("The mayor said the radio had received threats on Monday.", "THREATEN", []),
        ("An envoy said the rebels must leave the town.", "REQUEST", ["envoy"]),
        ("The United States said the ceasefire was largely holding.", "RETREAT", []),
        ("Israel says Hezbollah violated the truce by moving rockets.", "ASSAULT", ["Hezbollah"]),
    ],
)
def test_who_tells_of_a_trial_or_threat_does_not_make_it(said: str, type_: str, actors: list[str]) -> None:
    (claim,) = (claim for claim in coded(said) if claim.type == type_)
    assert [party.name for party in claim.actors] == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Officials of Chad, Niger and Mali met in Lome on Monday.", ["TCD", "NER", "MLI"]),
        ("Troops from Kenya, Uganda and other states attacked the militants near Kismayo.", ["KEN", "UGA"]),
        ("Members of Hezbollah attacked the village.", ["LBN"]),
    ],
)
def test_those_of_several_countries_are_as_many_parties(text: str, actors: list[str]) -> None:
    assert [party.country for party in first(text).actors] == actors


def test_two_persons_of_one_government_are_two() -> None:
    claim = first(
        "Secretary of State Antony Blinken and Defense Secretary Lloyd Austin met Volodymyr Zelenskyy in Kyiv."
    )
    assert [party.name for party in claim.actors] == ["Antony Blinken", "Lloyd Austin"]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Rebels shelled a building in Homs on Friday.", ["building"]),
        ("Houthi forces attacked two ships in the Red Sea on Friday.", ["ships"]),
        ("Rebels shelled civilians and a building in Homs on Friday.", ["civilians"]),
        ("Rebels captured the town on Friday.", []),
    ],
)
def test_what_is_struck_is_told_where_no_people_are(text: str, recipients: list[str]) -> None:
    assert [party.name for party in first(text).recipients] == recipients


def test_who_is_sure_to_have_attacked_is_not_joined_by_one_who_is_unsure_later() -> None:
    text = (
        "Iraqi troops attacked Islamic State fighters in Mosul on Monday. "
        "Ahead of the attack, Turkey sent more soldiers to the border."
    )
    assert [actor.name for actor in coded(text)[0].actors] == ["Iraqi Armed Forces"]


def test_who_is_listed_with_an_unsure_party_is_no_surer() -> None:
    text = "The strike followed threats against teachers and nurses."
    report = Report(id="0", text=text)
    strike = coder.drafts(report, Engine.load().parse(text), codebook.load())[0]
    assert strike.mention.type == "PROTEST"
    assert all(party.score < CERTAIN for party in strike.recipients)
    assert len(strike.recipients) == 2


def test_where_somebody_is_told_to_have_been_hurt_a_later_mention_adds_only_whom_it_names() -> None:
    text = "Gunmen killed two policemen in Quetta on Friday. "
    told = [
        [party.name for party in coded(text + more)[0].recipients]
        for more in ("Four others were also hurt in the attack.", "The attack also wounded Senator Hasan Raza.")
    ]
    assert told == [["policemen"], ["policemen", "Hasan Raza"]]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Two Border Security Force (BSF) troopers were killed in Kupwara District on March 3.",
            [("Two Border Security Force (BSF) troopers", "in-bsf")],
        ),
        (
            "A villager was killed by the Communist Party of India Maoist (CPI Maoist) cadres in Gaya on March 3.",
            [("the Communist Party of India Maoist", "in-maoist"), ("A villager", None)],
        ),
        (
            "Airmen bombed the Islamic State of Iraq and the Levant terrorists in Mosul.",
            [("Airmen", None), ("the Islamic State of Iraq and the Levant", "is")],
        ),
        ("Turkey blocked Facebook, Twitter.", [("Turkey", None), ("Facebook", "us-meta"), ("Twitter", "us-twitter")]),
    ],
)
def test_a_name_that_the_parse_cuts_in_two_is_one_party(text: str, parties: list[tuple[str, str | None]]) -> None:
    claim = first(text)
    assert [(party.text, party.actor) for party in (*claim.actors, *claim.recipients)] == parties


def test_believers_of_two_faiths_in_one_country_are_two_sides() -> None:
    claim = first("Alawites and Sunnis clashed in Tripoli, Lebanon, on Friday.")
    assert {party.name for party in (*claim.actors, *claim.recipients)} == {"Alawites", "Sunnis"}
    assert {party.sector for party in (*claim.actors, *claim.recipients)} == {"REL"}


def test_the_group_is_who_was_called_the_shiite_group_before() -> None:
    text = (
        "Hezbollah buried a commander in Beirut on Friday. The Shiite group said he was killed near Damascus. "
        "The group has been fighting alongside the Syrian army."
    )
    assert "Hezbollah" in [actor.name for actor in coded(text)[-1].actors]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Minister for Foreign Affairs of France condemned the bombing of a hospital in Aleppo.", "FRA"),
        ("The spokesperson for the High Representative condemned the attack in Kabul.", "EUR"),
        ("The Minister of State for Europe, Ann Hill, condemned the attack in Kabul.", None),
    ],
)
def test_an_office_is_named_with_what_it_is_for(text: str, country: str | None) -> None:
    (actor,) = first(text).actors
    assert (actor.country, actor.sector) == (country, "GOV")


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Gunmen attacked a restaurant in Dhaka on Friday, killing 20 hostages.", ["hostages"]),
        ("Gunmen attacked a restaurant in Dhaka on Friday.", ["restaurant"]),
        ("Militants lobbed a grenade at the residence of a businessman in Imphal on Friday.", ["businessman"]),
    ],
)
def test_property_takes_part_only_where_nobody_else_does(text: str, recipients: list[str]) -> None:
    assert [party.name for party in first(text).recipients] == recipients


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        (
            "The Lebanese interior minister told the prefects to ban rallies.",
            ["Lebanese interior minister"],
            ["prefects"],
        ),
        ("Secretary of State John Kerry urged the White House to strike.", ["John Kerry"], ["White House"]),
        ("Hezbollah fighters attacked Hezbollah on Friday.", ["Hezbollah"], []),  # the same cannot be both
    ],
)
def test_two_of_one_government_may_face_each_other(sentence: str, actors: list[str], recipients: list[str]) -> None:
    claim = coded(sentence, dt.date(2016, 6, 21))[0]
    assert [party.name for party in claim.actors] == actors
    assert [party.name for party in claim.recipients] == recipients


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("The general said US bombed a camp in Somalia.", "United States"),
        ("“They shelled us,” the mayor of Homs said.", None),
    ],
)
def test_short_forms_in_capitals_are_no_pronouns(sentence: str, actor: str | None) -> None:
    assert [party.name for party in first(sentence).actors] == [actor] * (actor is not None)


def test_two_of_one_country_joined_by_and_are_two() -> None:
    claim = first("The union imposed sanctions on Alexander Lukashenko and other Belarusian officials on Friday.")
    assert [party.name for party in claim.recipients] == ["Alexander Lukashenko", "Belarusian officials"]


@pytest.mark.parametrize(
    ("sentence", "recipients"),
    [
        ("Police arrested Ali Hassan, a lawyer and human rights activist, in Manama.", ["Ali Hassan"]),
        ("Police arrested Ali Hassan, a lawyer, and an activist in Manama.", ["Ali Hassan", "activist"]),
    ],
)
def test_what_goes_on_the_description_of_somebody_is_nobody_else(sentence: str, recipients: list[str]) -> None:
    assert [party.name for party in first(sentence).recipients] == recipients


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("A report by Amnesty International accused the army of torture in Aleppo.", "Amnesty International"),
        ("An attack by the rebels killed five soldiers in Homs.", "rebels"),
    ],
)
def test_what_is_written_speaks_for_its_author(sentence: str, actor: str) -> None:
    assert [party.name for party in first(sentence).actors] == [actor]


def test_a_militant_group_is_no_body_of_another_kind() -> None:
    text = "The United Nations backed the truce in Gaza. The militant group has refused to give up its rockets."
    *_, claim = coded(text)
    assert "United Nations" not in {party.name for party in claim.actors}


def test_peacekeepers_are_not_of_the_country_where_they_are_shot_at() -> None:
    recipients = first("A tank fired at two peacekeepers in Naqoura, Lebanon, on Thursday.").recipients
    assert [(one.text, one.country) for one in recipients] == [("two peacekeepers", None)]


def test_western_governments_are_not_of_the_place_where_they_act() -> None:
    claim = first("Western governments sent medicine to clinics in Homs on Friday.")
    assert [(party.name, party.country) for party in claim.actors] == [("Western governments", None)]


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("Thousands joined anti-government protests in Minsk on Monday.", ("Belarusian government", "BLR")),
        ("Anti-Muslim violence spread in Delhi on Monday.", ("Muslims", "IND")),
    ],
)
def test_those_whom_violence_is_against_are_told_before_it(sentence: str, recipient: tuple[str, str]) -> None:
    claim = first(sentence)
    assert [(party.name, party.country) for party in claim.recipients] == [recipient]


def test_the_positions_of_rebels_are_the_rebels() -> None:
    recipients = first("Government forces shelled the positions of the rebels near Kinsabba in Latakia.").recipients
    assert [one.text for one in recipients] == ["the rebels"]


def test_of_two_who_may_be_one_the_surer_did_it() -> None:
    text = (
        "A car bomb in a suburb of Beirut where Hezbollah is strong killed 27 people. "
        "The attack was claimed by a Sunni group called the Brigades of Aisha."
    )
    (bombed,) = [claim for claim in coded(text, dt.date(2013, 8, 23)) if claim.type == "ASSAULT"]
    assert [party.text for party in bombed.actors] == ["a Sunni group"]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Boko Haram has denied the raid. Soldiers arrested dozens of members of the group.", ["Boko Haram"]),
        ("Nigeria denied that any of its soldiers had been killed.", ["Nigerian Armed Forces"]),
    ],
)
def test_of_whom_only_some_are_told_are_told(text: str, recipients: list[str]) -> None:
    claims = [claim for claim in coded(text, dt.date(2015, 2, 1)) if claim.type in ("COERCE", "ASSAULT")]
    assert [party.name for party in claims[-1].recipients] == recipients
