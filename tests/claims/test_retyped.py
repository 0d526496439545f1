"""Words that only describe a party, types that hang on who is party to an event, and who is meant by "we"."""

import pytest

from tests.claims.made import coded
from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Report


@pytest.mark.parametrize(
    "sentence",
    [
        "The army fought US-backed rebels near the town.",
        "The army fought a banned group near the town.",
        "Ground-attack aircraft fought the rebels near the town.",
    ],
)
def test_what_a_party_is_called_is_no_event(sentence: str) -> None:
    (claim,) = coded(sentence)
    assert claim.type == "ASSAULT"


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Washington's support for the Kurdish forces angered Ankara.", "AID"),
        ("The minister voiced support for the rebels.", "SUPPORT"),
        ("The refugees will not be allowed to return, officials said.", "COERCE"),
        ("Officials said that inspectors would be allowed to return.", "RETREAT"),
    ],
)
def test_fighters_get_more_than_words_and_who_is_not_let_in_is_barred(sentence: str, type_: str) -> None:
    assert type_ in {claim.type for claim in coded(sentence)}


@pytest.mark.parametrize(
    ("sentence", "types"),
    [
        ("The police returned fire, forcing the rebels to flee into the forest.", {"ASSAULT", "RETREAT"}),
        ("The general warned that he will not stand by.", {"THREATEN"}),
        ("The regime will have to pay the price, the envoy said.", {"THREATEN"}),
    ],
)
def test_fighters_are_put_to_flight_and_idioms_threaten(sentence: str, types: set[str]) -> None:
    assert {claim.type for claim in coded(sentence)} == types


@pytest.mark.parametrize(
    "sentence",
    [
        "The shelling forced the rebels to withdraw from the hill.",
        "A bomb went off during a ceremony that the president attended in Caracas.",
    ],
)
def test_who_is_driven_away_or_was_only_there_has_not_made_it(sentence: str) -> None:
    assert [claim.actors for claim in coded(sentence) if claim.type == "ASSAULT"] == [()]


def test_who_does_not_tolerate_an_attack_has_not_made_it() -> None:
    claims = coded("The army will not tolerate attacks on its posts, the general said.")
    assert [claim.actors for claim in claims if claim.type == "ASSAULT"] == [()]


def test_what_others_fear_in_a_clause_is_nobodys_threat() -> None:
    claims = coded("The army said it had freed families who feared that rebels would shell the town.")
    assert "THREATEN" not in {claim.type for claim in claims}


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ('"We arrested two suspects on Sunday," police spokesman John Mwangi said.', "police"),
        ('"We withdrew from the town on Monday," a spokesman for Hezbollah said.', "Hezbollah"),
        ('"We will send troops," Foreign Minister Sameh Shoukry said.', "Sameh Shoukry"),
        ("Army spokesman Ali Khan told reporters that they had killed nine insurgents.", "Army"),
    ],
)
def test_we_of_a_spokesman_are_those_for_whom_he_speaks(sentence: str, actor: str) -> None:
    (claim,) = coded(sentence)
    assert [party.name for party in claim.actors] == [actor]


def test_whom_somebody_fights_he_does_not_help() -> None:
    claims = coded(
        "We continue to work to defeat ISIL on all fronts: not just militarily, but cutting off their finance and "
        "providing humanitarian assistance to those in need."
    )
    assert [claim.recipients for claim in claims if claim.type == "AID"] == [()]


def test_the_offices_that_a_states_statement_names_are_its_own() -> None:
    text = "The Prime Minister and President Hollande met in Amiens, France, on 3 March."
    report = Report(id="0" * 16, text=text, outlet="UK Government")
    (claim,) = coder.code(report, Engine.load().parse(text), codebook.load())
    assert [party.country for party in claim.actors] == ["GBR", "FRA"]


def test_aircraft_do_not_shell_unless_the_model_is_sure() -> None:
    claims = coded(
        "Russian warplanes have bombed the hills daily since May, and shelling has killed dozens of civilians this year."
    )
    assert [one.actors for one in claims if one.mode == "heavy-weapons"] == [()]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Two jets destroyed an ISIL weapons store near Qaim.", "ASSAULT"),
        ("The rebels destroyed their weapons under the deal.", "RETREAT"),
        ("The UN destroyed the chemical weapons of Syria.", "RETREAT"),
    ],
)
def test_who_destroys_the_weapons_of_others_in_war_strikes_them(text: str, type_: str) -> None:
    (claim,) = coded(text)
    assert claim.type == type_


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Separatists said that they had captured most of the town.", None),
        ("Fighters captured three soldiers near Gao.", "abduct"),
    ],
)
def test_a_place_that_is_taken_is_not_abducted(text: str, mode: str | None) -> None:
    (claim,) = coded(text)
    assert (claim.type, claim.mode) == ("ASSAULT", mode)


def test_who_stops_an_aid_convoy_on_the_road_holds_it_up() -> None:
    (claim,) = coded("Rebels stopped an aid convoy at a checkpoint near Douma.")
    assert (claim.type, claim.mode) == ("COERCE", "restrict")


def test_the_dead_of_a_strike_that_was_no_walkout_are_its_dead() -> None:
    (claim,) = coded("The death toll in the strike on the Kharkiv market has risen to six.")
    assert claim.type == "ASSAULT"
    assert claim.killed
    assert claim.killed.low == 6


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rebels marched into Goma on Monday.", "ASSAULT"),
        ("Wagner mercenaries marched on Moscow in June.", "ASSAULT"),
        ("The rebels marched south.", "ASSAULT"),
        ("Protesters stormed the US embassy in Baghdad.", "PROTEST"),
        ("Thousands of people marched on the palace in Colombo.", "PROTEST"),
        ("Militiamen marched through Baghdad.", "PROTEST"),
    ],
)
def test_fighters_do_not_march_on_a_town_in_protest(text: str, type_: str) -> None:
    assert [claim.type for claim in coded(text)] == [type_]
