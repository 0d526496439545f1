"""Names as sentences write them: of listed bodies, of people told again by their last name, and behind an office."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.codebook import Actor, Codebook, load

DAY = dt.date(2021, 11, 16)


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        ("Forces for the Defence of Democracy attacked the village.", dt.date(2003, 4, 1), "bi-cndd-fdd"),
        ("The Tibetan government-in-exile condemned the arrests.", DAY, "cn-cta"),
        ("Al-Qaeda in the Land of the Islamic Maghreb attacked a convoy.", DAY, "aqim"),
        ("The UN envoy to Yemen met the rebels.", DAY, "un-env-yemen"),
        ("Save the Children condemned the raid.", DAY, "save"),
        ("The New Syrian Army captured a base.", dt.date(2016, 7, 20), "sy-new-syrian-army"),
        ("The Ukrainian Insurgent Army attacked a village.", DAY, "ucdp-175"),
        ("The Jerusalem Brigades fired rockets at Ashkelon.", DAY, "ps-saraya-quds"),
        ("Volunteers for the Defence of the Homeland attacked a camp in Burkina Faso.", DAY, "bf-vdp"),
    ],
)
def test_a_listed_name_is_one_however_the_model_cuts_it(text: str, day: dt.date, actor: str) -> None:
    assert [party.actor for party in coded(text, day)[0].actors] == [actor]


def test_a_band_that_is_called_an_army_is_not_the_states() -> None:
    (party,) = coded("The Chadian Resistance Army attacked a village.", DAY)[0].actors
    assert (party.actor, party.country, party.sector) == (None, "TCD", "REB")


def test_a_name_in_small_letters_is_no_listed_body() -> None:
    (party,) = coded("Volunteers for the defence of the homeland attacked a camp in Burkina Faso.", DAY)[0].actors
    assert party.actor is None


@pytest.mark.parametrize("name", ["Hay'at Tahrir al-Sham", "Los Choneros", "Kata'ib Hezbollah"])
def test_the_first_of_two_who_clash_takes_part_though_the_model_sees_the_second(name: str) -> None:
    claim = coded(f"Three people were killed on Tuesday in clashes between {name} and gunmen.", DAY)[0]
    assert name in {party.name for party in claim.actors}


def test_what_is_fought_between_two_towns_is_fought_by_neither() -> None:
    claim = coded("Fighting between Aleppo and Idlib killed ten people.", DAY)[0]
    assert not claim.actors


@pytest.mark.parametrize("name", ["Farouk al-Shamali", "Khaled bin Turki", "Ines Le Roux"])
def test_a_person_is_told_again_by_a_last_name_with_its_particle(name: str) -> None:
    last = name.partition(" ")[2]
    claims = coded(f"Syrian minister {name} met envoys. On Friday, {last} condemned the raid.", DAY)
    (party,) = next(claim for claim in claims if claim.type == "ACCUSE").actors
    assert (party.name, party.country, party.sector) == (name, "SYR", "GOV")


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("The Ukrainian ambassador to Germany, Ivan Bilyk,", "Ivan Bilyk", "UKR"),
        ("The US ambassador to Iraq John Ashby", "John Ashby", "USA"),
        ("The head of Hamas, Omar Shahin,", "Omar Shahin", "PSE"),
        ("A spokesman for President Ali Hasan", "spokesman", None),
        ("An adviser to Ali Hasan", "adviser", None),
    ],
)
def test_who_holds_an_office_with_what_it_is_of_or_to_is_named_behind_it(said: str, name: str, country: str) -> None:
    (party,) = coded(f"{said} condemned the raid on Friday.", DAY)[0].actors
    assert (party.name, party.country) == (name, country)


@pytest.mark.parametrize("outlet", ["USA Today", "China Daily", "Antiwar.com", "Radio Tamazuj", "Deutsche Welle"])
@pytest.mark.parametrize(
    "text",
    [
        "Three civilians were killed by shelling in Idlib on Friday, according to {}.",
        "{} reported that shelling had killed three civilians in Idlib on Friday.",
    ],
)
def test_an_outlet_is_the_source_under_its_whole_name(outlet: str, text: str) -> None:
    assert coded(text.format(outlet), DAY)[0].attributed_to == outlet


def test_a_group_that_is_called_so_no_more_is_no_person() -> None:
    claims = coded("Jabhat al-Nusra attacked a village. Al-Nusra seized the town.", dt.date(2019, 6, 12))
    assert {party.actor for claim in claims for party in claim.actors} == {"sy-hts"}


def test_bodies_of_the_tables_are_told_by_their_names() -> None:
    book = load()
    every = [actor for actor in book.actors.values() if actor.name.isascii() and "(" not in actor.name][::25]
    missed = [actor.name for actor in every if not _is_told(actor, book)]
    assert len(missed) <= 0.03 * len(every), missed


def _is_told(actor: Actor, book: Codebook) -> bool:
    """Whether a sentence by whose name an actor attacks is told of it, on a day on which it bears the name."""
    days = (actor.since or dt.date(1990, 1, 1), actor.until or dt.date(2024, 1, 1))
    day = max(min(days), dt.date(1990, 1, 1)) if actor.until else max(days)
    claim = coded(f"{actor.name} attacked a village, killing three people.", day)[0]
    named = book.find_actor(actor.name, day)
    return named is None or named.id in {party.actor for party in claim.actors}


def test_a_capital_that_looks_like_a_person_speaks_for_its_state() -> None:
    text = "The United Nations called for a truce. Addis Ababa said it had bombed a camp."
    claim = next(one for one in coded(text) if one.type == "ASSAULT")
    assert [party.country for party in claim.actors] == ["ETH"]
