"""A bare denial is one of the deed told last, by who denies it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def denials(text: str) -> list[Claim]:
    return [claim for claim in coded(text, dt.date(2022, 6, 7)) if claim.status == "denied"]


@pytest.mark.parametrize(
    ("text", "kind", "by"),
    [
        ("The army said the Houthis had shelled Hays. The Houthis denied it.", "ASSAULT/heavy-weapons", "Houthis"),
        ("Moscow said Ukraine had bombed a school. Kyiv denied it.", "ASSAULT/aerial", "Ukrainian government"),
        ("Kabul said Pakistani forces bombed Khost. Pakistan denied that.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost, a charge Pakistan denied.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost, a claim denied by Pakistan.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost. Pakistan called the claim baseless.", "ASSAULT/aerial", "Pakistan"),
        ("Ankara agreed to withdraw its troops, Damascus said. Turkey denied it.", "RETREAT/withdraw", "Turkey"),
        (
            "Gunmen kidnapped two nurses in Gao. JNIM denied any involvement.",
            "ASSAULT/abduct",
            "Jama'at Nusrat al-Islam wal-Muslimin",
        ),
    ],
)
def test_a_bare_denial_is_of_the_deed_told_last(text: str, kind: str, by: str) -> None:
    (claim,) = denials(text)
    assert (f"{claim.type}/{claim.mode}", claim.attributed_to) == (kind, by)


def test_it_has_the_place_and_day_of_the_deed() -> None:
    (claim,) = denials(
        "The army said the Houthis had shelled Hays on Monday. The Houthis denied responsibility, and left."
    )
    assert claim.place is not None
    assert (claim.place.name, claim.time and claim.time.start) == ("Hays", dt.date(2022, 6, 6))


@pytest.mark.parametrize(
    "text", ["The minister resigned. His aide denied it.", "Israel bombed a camp. Cyprus denied it."]
)
def test_who_denies_what_is_laid_to_others_denies_no_deed(text: str) -> None:
    assert not denials(text)


@pytest.mark.parametrize("said", ["denied the attack", "said that its forces had not attacked any civilians"])
def test_what_another_denies_is_a_claim_of_its_own(said: str) -> None:
    claims = coded(f"Pakistani forces attacked a house in Khost, the Taliban said. Pakistan {said}.")
    assert sorted((claim.status, claim.attributed_to) for claim in claims) == [
        ("denied", "Pakistan"),
        ("happened", "Taliban government"),
    ]


def test_who_denies_a_part_in_a_deed_says_that_he_did_not_do_it() -> None:
    (claim,) = denials("Israel denied involvement in the strike.")
    assert [party.name for party in claim.actors] == ["Israel"]
