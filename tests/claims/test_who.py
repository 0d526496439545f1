"""Phrases that name somebody: country, sector and name of each, and what they rest on."""

from __future__ import annotations

import csv
import datetime as dt
import time
from pathlib import Path

import pytest

from tests.claims.made import coded, passages
from trucewatch import codebook
from trucewatch.claims import datelines
from trucewatch.claims.affiliation import settled
from trucewatch.claims.cast import Cast, Person, introduced, seats
from trucewatch.claims.coordination import members
from trucewatch.claims.draft import Party
from trucewatch.claims.phrase import take_apart
from trucewatch.claims.who import Identified, identify
from trucewatch.nouns import Report

CASES = Path(__file__).parent.parent / "cases" / "who.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))
BOOK = codebook.load()


def known(words: str, scene: str | None = "SYR", on: str = "2018-01-21", **more: object) -> Identified:
    return identify(words, Cast(BOOK, dt.date.fromisoformat(on), scene, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['words']} {row['scene']}" for row in ROWS])
def test_labelled_phrase(row: dict[str, str]) -> None:
    found = known(row["words"], row["scene"], row["date"])
    entity = found.entity
    assert (entity.country or "", entity.sector or "") == (row["country"], row["sector"]), found.because
    if row["name"]:
        assert codebook.fold(entity.name) == codebook.fold(row["name"]), found.because
    assert entity.text == row["words"]


def test_there_are_enough_cases() -> None:
    assert len(ROWS) >= 200


def test_every_value_has_its_reason() -> None:
    for row in ROWS:
        found = known(row["words"], row["scene"], row["date"])
        fields = {field for field, _ in found.because}
        for field in ("country", "sector"):
            assert (getattr(found.entity, field) is None) or field in fields, (row["words"], found.because)


def test_reasons_name_table_rows() -> None:
    assert dict(known("Russia's Aerospace Forces").because)["name"].startswith("actors.csv:")
    assert dict(known("Turkish settlers").because) == {
        "name": "rule plain words",
        "country": "countries.csv:TUR demonym",
        "sector": "roles.csv:settlers",
    }
    assert dict(known("militants").because)["country"] == "scene SYR"
    assert ("country", "scene SYR") not in known("Iraqi militants").because
    assert dict(known("gunmen of a rebel group in Yemen").because) == {
        "name": "rule plain words",
        "country": "countries.csv:YEM name",
        "sector": "roles.csv:rebels",
    }


def test_an_alias_of_the_text_goes_before_the_tables() -> None:
    text = "Fighters of the Sons of the Valley (SOV) met the Turkish Armed Forces (“TAF”) near Idlib."
    short = introduced(text)
    assert short == {"sov": "Sons of the Valley", "taf": "Turkish Armed Forces"}
    found = known("the TAF", introduced=short)
    assert (found.entity.country, found.entity.sector) == ("TUR", "MIL")
    assert ("name", "introduced in the text as (TAF)") in found.because
    assert known("SOV", introduced=short).entity.name == "Sons of the Valley"


def test_who_comes_from_several_countries_is_not_of_the_place() -> None:
    for words, country in (("international troops", None), ("troops", "MLI")):
        known_ = known(words, "SYR")
        party = Party(known_.entity, 0, len(words), known_.because, 1.0)
        assert settled(party, "MLI", words, Cast(BOOK, None, "SYR")).entity.country == country


def test_an_acronym_of_another_language_takes_the_capitals_before_it() -> None:
    assert introduced("He leads the Popular Union (HDKP) in Van.") == {"hdkp": "Popular Union"}
    assert introduced("It fell to 12 (from 15) in May (see below).") == {}


def test_the_north_is_north_korea_where_the_report_tells_of_korea() -> None:
    assert known("the North", "PRK").entity.country == "PRK"
    assert known("the South", "USA", countries={"USA": 0.6, "KOR": 0.4}).entity.country == "KOR"
    assert known("the North", "MLI").entity.country is None


def test_somebody_named_in_full_elsewhere() -> None:
    people = {"aydin": Person("Ibrahim Aydin", "Turkish government spokesman")}
    found = known("Aydin", people=people)
    assert (found.entity.name, found.entity.country, found.entity.sector) == ("Ibrahim Aydin", "TUR", "GOV")
    assert ("name", "rule named in full in the text") in found.because


def test_a_namesake_of_a_leader_is_himself() -> None:
    people = {"putin": Person("Ludmila Putin", "a Syrian farmer")}
    assert known("Putin", people=people).entity.sector == "AGR"
    assert known("Putin").entity.country == "RUS"


def test_the_date_decides_who_holds_an_office() -> None:
    assert known("President Bush", on="1990-08-02").entity.name == "George H. W. Bush"
    assert known("President Bush", on="2005-08-02").entity.name == "George W. Bush"


def test_without_a_date_the_words_say_who_holds_an_office_no_more() -> None:
    undated = Cast(BOOK, None, "GBR")
    for words, sector in (("Prime Minister Tony Blair", "GOV"), ("former Prime Minister Tony Blair", "ELI")):
        entity = identify(words, undated).entity
        assert (entity.country, entity.sector) == ("GBR", sector)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The siege ended in 2014, but Aleppo starved for two years.", "2014-12-31"),
        ("Since May 2016 about 2020 people have fled.", "2016-12-31"),
        ("Two police officers were hurt.", None),
    ],
)
def test_the_last_year_that_a_text_tells_of(text: str, told: str | None) -> None:
    assert datelines.last_year(text) == (dt.date.fromisoformat(told) if told else None)


def test_a_report_without_a_date_is_no_older_than_whom_it_names() -> None:
    lines = (
        "Mahmoud PROPN 3 nsubj\nAhmadinejad PROPN 1 flat\nmet VERB 0 root\nBashar PROPN 3 obj\nal-Assad PROPN 4 flat"
    )
    for names, told in (
        ([("Mahmoud Ahmadinejad", "PER"), ("Bashar al-Assad", "PER")], dt.date(2005, 8, 3)),
        ([], None),
    ):
        text, made = passages((lines, names))
        assert Cast.build(Report(id="r", text=text), made, BOOK, {}).told == told


def test_without_a_date_names_count_as_of_what_the_text_tells() -> None:
    for told, sector in ((dt.date(2009, 12, 31), "REB"), (dt.date(2023, 12, 31), "GOV"), (None, "GOV")):
        assert identify("the Taliban", Cast(BOOK, None, "AFG", told=told)).entity.sector == sector
    undated = Cast(BOOK, None, "RUS", told=dt.date(2010, 12, 31))
    assert identify("Medvedev", undated).because[0][1] == "leaders.csv:rus-dmitry-medvedev-2008"
    assert identify("Hollande", undated).entity.name == "Francois Hollande"  # nobody of that name then


@pytest.mark.parametrize(
    ("words", "on", "name", "sector"),
    [
        ("FBI director Mueller", "2012-05-01", "Robert Mueller", "COP"),
        ("Foreign Secretary Johnson", "2018-03-17", "Boris Johnson", "GOV"),
        ("Prime Minister Johnson", "2020-03-17", "Boris Johnson", "GOV"),
        ("Defense Secretary Gates", "2009-03-17", "Robert Gates", "GOV"),
        ("Governor Johnson", "2018-03-17", "Johnson", "GOV"),
        ("Cheney", "2011-03-17", "Dick Cheney", "ELI"),
        ("Yanukovych", "2015-03-17", "Viktor Yanukovych", "ELI"),
        ("Cheney", "2016-03-17", "Cheney", None),
    ],
)
def test_a_last_name_alone_beside_an_office_and_after_it(words: str, on: str, name: str, sector: str | None) -> None:
    entity = known(words, None, on, countries={"GBR": 0.5, "USA": 0.5}).entity
    assert (entity.name, entity.sector) == (name, sector)


def test_a_last_name_beside_an_office_is_nobody_of_a_land_that_is_not_spoken_of() -> None:
    assert known("Foreign Secretary Johnson", None, "2018-03-17", countries={"PHL": 1.0}).entity.country != "GBR"


def test_the_words_that_say_who_somebody_is_choose_his_term() -> None:
    people = {
        "netanyahu": Person("Benjamin Netanyahu", "Israeli Prime Minister"),
        "poroshenko": Person("Petro Poroshenko", "former President"),
    }
    undated = Cast(BOOK, None, "UKR", people=people)
    assert identify("Netanyahu", undated).entity.sector == "GOV"
    assert identify("Poroshenko", undated).entity.sector == "ELI"


def test_the_patron_is_not_the_country() -> None:
    weights = {"TUR": 0.6, "SYR": 0.4}
    assert known("Turkish-backed rebels", "TUR", countries=weights).entity.country == "SYR"
    assert known("rebels", "TUR", countries=weights).entity.country == "TUR"


def test_where_things_happen_weighs_as_much_as_who_is_named() -> None:
    text = "Turkey said Turkish jets hit Kurdish militias in northern Syria. Turkey will stay in Syria."
    shares = seats(text, BOOK, {"TUR": 0.75, "SYR": 0.25})
    assert next(iter(shares)) == "SYR"
    assert seats("Nothing here.", BOOK, {"TUR": 1.0}) == {"TUR": 1.0}


def test_one_town_in_which_a_deal_is_signed_is_not_where_a_report_plays() -> None:
    shares = seats("Both armies signed it in Pretoria.", BOOK, {"ETH": 0.9, "ZAF": 0.1})
    assert next(iter(shares)) == "ETH"


def test_one_town_alone_weighs_less_than_who_is_named() -> None:
    shares = seats("Both armies paraded in Pretoria.", BOOK, {"ETH": 0.9, "ZAF": 0.1})
    assert next(iter(shares)) == "ETH"


def test_capitals_in_which_talks_are_held_do_not_tell_where_a_report_plays() -> None:
    held = "Leaders signed an accord in Washington, and talks were held in Doha."
    assert seats(held, BOOK, {"COD": 0.6, "USA": 0.4}) == {"COD": 0.6, "USA": 0.4}


def test_nobody_is_invented() -> None:
    for words in ("", "   ", ",", "Zorblat", "the", "of", "12", "(", "–", "a b c d e f g h i j k l m n o p"):
        found = known(words)
        assert found.entity.country is None or found.because
        assert found.entity.text == words
    assert known("Zorblat").entity.country is None


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("the Russian and Turkish presidents", ["Russian president", "Turkish president"]),
        ("Russian, Syrian and Iranian forces", ["Russian forces", "Syrian forces", "Iranian forces"]),
        ("both South Korean and U.S. troops", ["South Korean troops", "U.S. troops"]),
        ("NATO and Afghan troops", ["NATO troops", "Afghan troops"]),
        ("Four Armenian and three Azerbaijani soldiers", ["Armenian soldiers", "Azerbaijani soldiers"]),
        ("Kurdish and Arab fighters", ["Kurdish and Arab fighters"]),  # no countries
        ("Turkish and Russian-backed rebels", ["Turkish and Russian-backed rebels"]),
        ("security forces and police", ["security forces and police"]),
        ("the governments of both Kenya and Uganda", ["the governments of Kenya", "the governments of Uganda"]),
        (
            "leaders of China and the two Koreas",
            ["leaders of China", "leaders of North Korea", "leaders of South Korea"],
        ),
        ("Israeli-Palestinian", ["Israeli", "Palestinian"]),
        ("U.S.-South Korean", ["U.S.", "South Korean"]),
        ("Russia–NATO", ["Russia", "NATO"]),
        ("the Iranian-American", ["the Iranian-American"]),  # one person of two countries
        ("Guinea-Bissau", ["Guinea-Bissau"]),  # one country
        ("Russian-backed", ["Russian-backed"]),
        ("soldiers of the army and RSF fighters", ["soldiers of the army", "RSF fighters"]),
        ("soldiers and Wagner fighters", ["soldiers", "Wagner fighters"]),
        ("relatives of the soldiers and RSF fighters", ["relatives of the soldiers and RSF fighters"]),
    ],
)
def test_one_noun_of_several_countries(words: str, parties: list[str]) -> None:
    assert members(words, BOOK) == parties


def test_a_phrase_taken_apart() -> None:
    phrase = take_apart("dozens of Turkish-backed rebels who fled (SNA)")
    assert phrase.tokens == ("Turkish-backed", "rebels")
    assert (phrase.link, phrase.bracket, phrase.counted) == ("who", "SNA", True)
    assert take_apart("a number of armed men").tokens == ("armed", "men")
    assert take_apart("the foreign minister of Iran").after == "Iran"
    assert take_apart("Omar, 53, a barber").beside == ("a barber",)


def test_speed() -> None:
    phrases = [row["words"] for row in ROWS]
    cast = Cast(BOOK, dt.date(2018, 1, 21), "SYR")
    for words in phrases:
        identify(words, cast)
    start = time.process_time()
    for words in phrases * 3:
        identify(words, cast)
    assert (time.process_time() - start) / (3 * len(phrases)) < 0.001


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("forces loyal to President Hadi", "YEM", "MIL"),
        ("fighters loyal to Hezbollah", "LBN", "REB"),
        ("gunmen loyal to the ousted leader", "IRQ", "UAF"),
        ("gunmen loyal", "IRQ", "UAF"),
    ],
)
def test_those_who_are_loyal_to_somebody_are_his(words: str, country: str, sector: str) -> None:
    entity = known(words, scene="IRQ").entity
    assert (entity.country, entity.sector) == (country, sector)


def test_the_fighters_of_a_leader_are_what_he_is() -> None:
    haftar = known("Khalifa Haftar", scene="LBY").entity
    assert haftar.sector == "REB"
    assert known("Khalifa Haftar's fighters", scene="LBY").entity.sector == "REB"
    assert known("Khalifa Haftar's lawyers", scene="LBY").entity.sector == "SOC"


@pytest.mark.parametrize(
    ("words", "sector"), [("F-16 fighters", "MIL"), ("MiG-29 fighters", "MIL"), ("150 fighters", "UAF")]
)
def test_fighters_of_a_type_are_aircraft(words: str, sector: str) -> None:
    assert known(words, scene="TUR").entity.sector == sector


def test_where_a_report_plays_is_told_by_its_title_and_not_by_where_people_flee() -> None:
    text = "The M23 seized a village. Thousands crossed into Burundi."
    report = Report(id="r", text=text, title="Rebels tighten their grip on eastern Congo")
    assert Cast.build(report, (), BOOK, {"COD": 0.5, "BDI": 0.5}).country == "COD"


def test_a_group_of_a_land_that_is_not_spoken_of_lends_nobody_its_name() -> None:
    """A dataset lists a Presidential Guard of the Comoros."""
    cast = Cast(codebook.load(), dt.date(2018, 2, 25), "BFA", countries={"BFA": 1.0})
    assert identify("the Presidential Guard", cast).entity.country == "BFA"
    there = Cast(codebook.load(), dt.date(2018, 2, 25), "COM", countries={"COM": 1.0})
    assert identify("the Presidential Guard", there).entity.actor == "ucdp-518"


@pytest.mark.parametrize(
    ("country", "country_of", "sector"), [("LBN", "LBN", "COP"), ("SYR", "SYR", "COP"), ("JOR", "JOR", "MIL")]
)
def test_a_name_that_many_bear_is_of_a_country_that_is_spoken_of(country: str, country_of: str, sector: str) -> None:
    cast = Cast(codebook.load(), dt.date(2021, 9, 30), country, countries={country: 1.0})
    found = identify("Internal Security Forces", cast).entity
    assert (found.country, found.sector) == (country_of, sector)


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("the National Defense Force", "ETH", "Ethiopian National Defense Force"),
        ("the National Defense Force", "SYR", "National Defence Forces"),
        ("the House of Representatives", "LBY", "House of Representatives of Libya"),
        ("the House of Representatives", "USA", "US House of Representatives"),
    ],
)
def test_of_a_name_that_many_bear_the_bearer_at_home_is_meant(words: str, country: str, name: str) -> None:
    cast = Cast(codebook.load(), dt.date(2022, 10, 17), country, countries={country: 1.0})
    assert identify(words, cast).entity.name == name


def test_a_short_form_is_of_the_name_with_its_initials_alone() -> None:
    assert introduced("ENDF and Eritrean Defence Forces (EDF) troops") == {"edf": "Eritrean Defence Forces"}


def test_a_capital_in_which_a_ministry_speaks_does_not_tell_where_a_report_plays() -> None:
    shares = {"AZE": 0.6, "RUS": 0.4}
    assert seats("Their car came under fire, the defence ministry in Moscow said.", BOOK, shares) == shares


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Pakistan's army shelled posts in Poonch on Friday, the Indian Army said.", "PAK"),
        ("Thailand's army shelled Poipet on Friday, the Cambodian army said.", "THA"),
    ],
)
def test_the_army_of_a_state_is_not_that_of_who_tells_of_it(words: str, whose: str) -> None:
    told = next(claim for claim in coded(words, dt.date(2020, 11, 13)) if claim.type == "ASSAULT")
    assert [party.country for party in told.actors] == [whose]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("a lecturer suspected of treason", "lecturer"),
        ("an aid programme focused on widows", "aid programme"),
        ("families displaced since May", "families"),
        ("villagers recently expelled by the army", "villagers"),
        ("a boy carrying a flag", "boy"),
        ("the preacher behind the raid", "preacher"),
        ("some IS wives", "IS wives"),
        ("the prime accused in the case", "prime accused"),
        ("a car bombing in Gao", "car bombing"),
        ("rebels holding hostages", "rebels"),
        ("two police training centres", "police training centres"),
    ],
)
def test_a_name_ends_where_it_is_told_what_became_of_them(words: str, name: str) -> None:
    assert take_apart(words).text == name
