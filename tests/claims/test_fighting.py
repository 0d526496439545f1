"""Who fought, fell, fled or only stood by where fighting and other deeds are told in one sentence."""

from __future__ import annotations

import pytest

from tests.claims.made import sides, triggered


@pytest.mark.parametrize(
    ("text", "trigger", "doers", "hurt"),
    [
        (
            "Nine French soldiers were killed in clashes with jihadists.",
            "clashes",
            ["jihadists"],
            ["French Armed Forces"],
        ),
        ("Two miners were wounded in fighting with bandits.", "fighting", ["bandits"], ["miners"]),
        ("Six monks died in a clash with gunmen.", "clash", ["gunmen"], ["monks"]),
    ],
)
def test_whoever_falls_in_fighting_with_others_suffers_it(
    text: str, trigger: str, doers: list[str], hurt: list[str]
) -> None:
    claim = triggered(text, trigger)
    assert [party.name for party in claim.actors] == doers
    assert [party.name for party in claim.recipients] == hurt


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("Gunmen fled into the hills after clashes with soldiers.", "clashes", ["gunmen"]),
        ("Thousands of villagers fled after fighting between the army and rebels.", "fighting", ["army"]),
    ],
)
def test_whoever_flees_after_clashes_with_others_fought_them(text: str, trigger: str, doers: list[str]) -> None:
    assert [party.name for party in triggered(text, trigger).actors] == doers


def test_whoever_takes_a_town_after_days_of_fighting_fought() -> None:
    claim = triggered("Rebels took the port after days of fighting with the army, a clerk said.", "fighting")
    assert [party.name for party in claim.actors] == ["rebels"]


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("Police went to the camp, where tents had been burned.", "burned", []),
        ("Rebels withdrew to the hills, where a bridge was blown up on Monday.", "blown up", []),
        ("Police raided the camp, where twelve men were beaten.", "beaten", ["police"]),
    ],
)
def test_whoever_only_goes_there_has_not_done_it(text: str, trigger: str, doers: list[str]) -> None:
    assert sides(text, trigger)[0] == doers


@pytest.mark.parametrize(
    ("text", "trigger", "hurt"),
    [
        ("Troops killed rebels and bandits in Borno, a hunter and a driver in the village said.", "killed", 2),
        (
            "Rebels shelled the port after talks with ministers and generals, a fisherman and a monk in the town said.",
            "talks",
            2,
        ),
    ],
)
def test_the_second_of_two_who_say_so_takes_no_part(text: str, trigger: str, hurt: int) -> None:
    assert len(sides(text, trigger)[1]) == hurt


def test_the_second_of_two_who_accuse_does() -> None:
    assert sides("The judge and his mother say they suspect the army.", "suspect")[0] == ["judge", "mother"]


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("Two blasts killed 11 people at a rally of the opposition in Lahore.", "blasts", []),
        ("A bomb killed nine people at a rally of Hamas in Gaza City.", "rally", ["Hamas"]),
        ("Hamas said that it would not go to talks in Cairo because of the strikes.", "strikes", []),
    ],
)
def test_who_holds_a_rally_or_stays_away_has_not_struck(text: str, trigger: str, doers: list[str]) -> None:
    assert sides(text, trigger)[0] == doers


def test_whom_one_supports_one_does_not_withdraw_from() -> None:
    text = "The EU urged Eritrea to end its support of the rebels and withdraw its soldiers from Tigray."
    assert sides(text, "withdraw") == (["Eritrea"], [])
