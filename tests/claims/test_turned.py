"""Whose deed it is where the words turn it round."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("sentence", "hurt"),
    [
        ("Two soldiers were killed when their vehicle hit a mine.", "soldiers"),
        ("A farmer died after stepping on a landmine in Hama.", "farmer"),
        ("Two police officers were killed when their car hit a roadside bomb.", "police officers"),
    ],
)
def test_whoever_meets_a_mine_is_hurt_by_it(sentence: str, hurt: str) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, claim.mode, claim.actors) == ("ASSAULT", "explosives", ())
    assert hurt in {party.name for party in claim.recipients}


def test_whoever_hits_with_a_bomb_is_not_hurt_by_it() -> None:
    (claim,) = coded("Rebels hit a bridge with a bomb.")
    assert [party.name for party in claim.actors] == ["Rebels"]


@pytest.mark.parametrize(
    ("sentence", "taker", "from_whom"),
    [
        ("Goma fell to the M23 rebels on Monday.", "March 23 Movement", []),
        ("The port of Marsa fell to Islamist fighters after a week.", "Islamist fighters", []),
        ("The fall of Raqqa to the Islamic State surprised the embassies.", "Islamic State", []),
        ("The Malian army lost the town to Tuareg rebels last month.", "Tuareg rebels", ["Malian Armed Forces"]),
    ],
)
def test_what_falls_or_is_lost_to_somebody_is_taken_by_him(sentence: str, taker: str, from_whom: list[str]) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, [party.name for party in claim.actors]) == ("ASSAULT", [taker])
    assert [party.name for party in claim.recipients] == from_whom


def test_who_loses_men_in_an_ambush_has_not_made_it() -> None:
    (claim,) = coded("The Malian army lost 14 soldiers in an ambush near Menaka.")
    assert claim.actors == ()
    assert "Malian Armed Forces" in {party.name for party in claim.recipients}


def test_who_loses_men_with_no_more_said_has_not_made_it() -> None:
    (_, claim) = coded("Rebels shelled Goma in Congo on Monday. South Africa lost nine soldiers in two days.")
    assert (claim.type, claim.actors) == ("ASSAULT", ())
    assert claim.place is None or claim.place.country == "COD"


def test_what_men_are_lost_in_is_told_once() -> None:
    (claim,) = coded("Armenia lost 135 soldiers in clashes with Azerbaijan.")
    assert {party.name for party in claim.actors + claim.recipients} == {"Armenia", "Azerbaijan"}


def test_who_loses_men_in_its_own_bombardment_made_it() -> None:
    (claim,) = coded("The Malian army lost two soldiers in its bombardment of Kidal.")
    assert [party.name for party in claim.actors] == ["Malian Armed Forces"]
