"""Ground, money, towns and short forms that are nobody; and who is meant beside an office, arms or the enemy."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first, triggered


def test_ground_is_nobody() -> None:
    (claim,) = coded("The rebels seized more than 300 square miles near Hama.")
    assert claim.recipients == ()


def test_a_short_form_that_is_a_word_is_one_in_capitals_alone() -> None:
    claims = coded("Jets bombed the World Heritage Site at Palmyra.")
    assert not [party for claim in claims for party in claim.recipients if party.actor]


@pytest.mark.parametrize(
    ("office", "name", "country"),
    [
        ("Minister for the Middle East", "Tobias Ellwood", "GBR"),
        ("President of France", "Emmanuel Macron", "FRA"),
        ("Director of the CIA", "William Burns", "USA"),
    ],
)
def test_an_office_and_what_it_is_for_is_who_is_named_behind_it(office: str, name: str, country: str) -> None:
    text = f"{office} {name} met the emir in Doha."
    (met,) = coded(text, dt.date(2015, 6, 1) if country == "GBR" else dt.date(2021, 6, 1))
    assert [(one.name, one.country) for one in met.actors] == [(name, country)]


def test_followers_of_somebody_are_not_he() -> None:
    (met,) = coded("Supporters of President Nicolas Maduro met the mayor in Caracas.", dt.date(2017, 4, 19))
    assert [party.name for party in met.actors] == ["supporters"]


@pytest.mark.parametrize(
    ("arms", "country"), [("Turkish jets and artillery", "TUR"), ("Saudi warplanes and warships", "SAU")]
)
def test_arms_told_of_together_are_of_one_owner(arms: str, country: str) -> None:
    (pounded,) = coded(f"{arms} pounded Hodeidah.")
    assert {party.country for party in pounded.actors} == {country}


def test_the_rank_of_somebody_in_short_is_his_rank_in_full() -> None:
    text = "Gen. Joseph Miller said troops had entered Mosul. The general said jets had bombed Raqqa."
    assert coded(text)[-1].attributed_to == "Joseph Miller"


def test_the_enemy_is_who_is_named() -> None:
    (struck,) = coded("Near Ramadi, a strike engaged an ISIL unit, killing 14 enemy fighters.")
    assert [party.name for party in struck.recipients] == ["Islamic State"]


def test_a_ransom_is_nobody() -> None:
    claims = coded("Extortionists were demanding PKR 10 million from him in Peshawar.")
    assert not [party for claim in claims for party in claim.recipients]


def test_a_president_of_a_report_without_a_date_is_no_senator() -> None:
    claim = coded("President Obama condemned the attack in Mosul.")[0]
    assert [(party.name, party.sector) for party in claim.actors] == [("Barack Obama", "GOV")]


def test_what_is_struck_in_a_town_is_not_the_town() -> None:
    claims = coded("The Syrians who fought to free Dabiq were backed by Turkey.", dt.date(2018, 3, 20))
    assert "Dabiq" not in [party.name for claim in claims for party in claim.recipients]


def test_positions_that_are_destroyed_are_of_who_is_struck() -> None:
    (strikes,) = coded("Near Mosul, four strikes engaged two ISIL units and destroyed six fighting positions.")
    assert [party.name for party in strikes.recipients] == ["Islamic State"]


@pytest.mark.parametrize("body", ["The Government of National Accord", "The Government of National Unity"])
def test_part_of_a_name_is_nobody_else(body: str) -> None:
    text = f"Haftar announced a truce in April. {body} rejected it, saying he could not be trusted."
    claim = triggered(text, "rejected")
    assert ([f"The {one.name}" for one in claim.actors], claim.recipients) == ([body], ())


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Thousands protested in Dakar against President Sall's reform.", "SEN"),
        ("Tens of thousands marched in Minsk against Lukashenko.", "BLR"),
        ("At least 3,000 marched through Managua.", "NIC"),
        ("Many protested in Baghdad.", "IRQ"),
    ],
)
def test_a_number_alone_that_protests_is_people(sentence: str, country: str) -> None:
    claim = first(sentence)
    assert claim.type == "PROTEST"
    assert [(party.name, party.country, party.sector) for party in claim.actors] == [("people", country, "CVL")]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Iraq invaded Kuwait in 1990. The country was occupied for seven months.", "KWT"),
        ("Georgia appealed for help after Russian troops attacked the country.", "GEO"),
        ("Rebels in the Congo say Rwanda attacked the country.", "COD"),  # not itself
        ("The United States imposed sanctions on Burundi, and the EU cut aid to the country.", "BDI"),
    ],
)
def test_the_country_is_the_one_named_last(text: str, recipient: str) -> None:
    *_, claim = coded(text)
    assert [(party.country, party.sector) for party in claim.recipients] == [(recipient, "GOV")]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("The commander pleaded on Facebook for reinforcements.", []),
        ("The minister called on Facebook to remove the posts.", ["Facebook"]),
    ],
)
def test_where_somebody_writes_is_nobody_to_whom_he_does(text: str, recipients: list[str]) -> None:
    (asked, *_) = (claim for claim in coded(text) if claim.type == "REQUEST")
    assert [party.name for party in asked.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The strike hit soldiers, not civilians, the army said.", ["soldiers"]),
        ("Israel says it is fighting Hezbollah and not the Lebanese people.", ["Israel", "Hezbollah"]),
        ("It was the rebels, not the army, who shelled the town, the minister said.", ["rebels"]),
        ("Rockets were fired by Hamas, not by Islamic Jihad.", ["Hamas"]),
        ("The raid killed not only soldiers but also civilians.", ["soldiers", "civilians"]),
    ],
)
def test_who_is_said_not_to_be_meant_takes_no_part(text: str, parties: list[str]) -> None:
    claim = next(one for one in coded(text) if one.type == "ASSAULT")
    assert [party.name for party in (*claim.actors, *claim.recipients)] == parties


@pytest.mark.parametrize(
    ("text", "trigger", "country"),
    [
        ("Hundreds of Congolese soldiers disarmed, while others crossed into Rwanda.", "crossed", "COD"),
        ("Kurdish fighters shelled Azaz, while others attacked a checkpoint near Tal Rifaat.", "attacked", "SYR"),
        (
            "Some Syrian soldiers laid down their arms, while others crossed into Iraq and surrendered.",
            "surrendered",
            "SYR",
        ),
    ],
)
def test_others_are_more_of_those_told_of_before(text: str, trigger: str, country: str) -> None:
    (actor,) = triggered(text, trigger).actors
    assert (actor.country, actor.name != "others") == (country, True)


def test_others_beside_some_are_no_more_of_those_whom_these_speak_of() -> None:
    text = "Some held up signs demanding that U.S. troops leave the Philippines while others set fire to a flag."
    countries = {
        party.country for claim in coded(text) if claim.type in ("ASSAULT", "PROTEST") for party in claim.actors
    }
    assert "USA" not in countries
