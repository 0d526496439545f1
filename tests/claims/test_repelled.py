"""Whose an attack is that is repelled, and who was hit in a gunfight."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def claims(text: str) -> list[Claim]:
    return list(coded(text, dt.date(2020, 2, 27)))


def test_an_attack_that_is_repelled_is_its_attackers_and_on_those_who_repelled_it() -> None:
    (claim,) = claims("Ukrainian forces repelled Russian assaults near Bakhmut on Sunday.")
    assert [entity.country for entity in claim.actors] == ["RUS"]
    assert [entity.country for entity in claim.recipients] == ["UKR"]


@pytest.mark.parametrize(
    "words",
    [
        "The army repelled the attack.",
        "The army said that it had fought off an attack by the rebels.",
        "The attack was driven off by the army.",
    ],
)
def test_who_repels_an_attack_that_was_told_has_made_none(words: str) -> None:
    (claim,) = (c for c in claims(f"Rebels attacked the base in Ogaden on Sunday. {words}") if c.type == "ASSAULT")
    assert [entity.sector for entity in claim.actors] == ["REB"]
    assert "MIL" in [entity.sector for entity in claim.recipients]


def test_a_gunfight_in_which_men_were_killed_has_them_as_its_victims() -> None:
    (claim,) = claims("Two soldiers and two militants were killed in a gunfight in Rajouri in Kashmir on Thursday.")
    assert claim.mode == "firearms" and {entity.sector for entity in claim.recipients} == {"MIL", "REB"}


def test_those_by_whom_raids_are_made_that_are_repelled_make_them() -> None:
    (_, raids) = claims("Federal troops were sent to repel raids by Chechen rebels in Dagestan in 1999.")
    assert [entity.sector for entity in raids.actors] == ["REB"]


def test_an_offensive_that_is_pushed_back_is_told_once() -> None:
    (claim,) = claims("Rebels stormed the town. The offensive was pushed back by government troops.")
    assert [entity.sector for entity in claim.actors] == ["REB"]


@pytest.mark.parametrize(
    "words",
    [
        "Militants attempted to storm army positions near Kabani but were repelled.",
        "The rebels attacked the base but were repelled.",
        "The rebels attacked the base and were driven back by the army.",
    ],
)
def test_those_who_attack_and_are_repelled_are_told_of_once(words: str) -> None:
    (claim,) = claims(words)
    assert [entity.sector for entity in claim.actors] == ["REB"]
    assert [entity.sector for entity in claim.recipients] != ["REB"]
