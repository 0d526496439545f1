"""What truces are watched for beside violence: aid that comes, flights over a border, roads that open; and who is aboard."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("text", "type_", "mode"),
    [
        ("A convoy of 20 trucks carrying food entered Gaza on Sunday.", "AID", None),
        ("Two lorries with medicine arrived in Mekelle on Tuesday.", "AID", None),
        ("The first fuel tanker since January reached Hodeidah.", "AID", None),
        ("A column of trucks carrying soldiers entered the town.", "MOBILIZE", "troops"),
        ("Israeli drones flew over Beirut at low altitude throughout the day.", "MOBILIZE", "weapons"),
        ("Two Israeli jets broke the sound barrier over Tyre.", "MOBILIZE", "weapons"),
        ("The army dismantled three of its posts along the river.", "RETREAT", "withdraw"),
        ("The coastal road between Sirte and Misrata was reopened after two years.", "RETREAT", "access"),
    ],
)
def test_it_is_told_as_what_it_is(text: str, type_: str, mode: str | None) -> None:
    (claim,) = coded(text)
    assert (claim.type, claim.mode) == (type_, mode)


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("The last buses with rebel fighters left Aleppo on Thursday night.", ["rebel fighters"], []),
        ("Trucks loaded with soldiers entered the town.", ["soldiers"], []),
        ("Rebels shot down a helicopter carrying army officers.", ["rebels"], ["army officers"]),
        ("Nine lorries with flour and tents crossed at dawn.", [], []),
    ],
)
def test_those_aboard_a_vehicle_are_meant(text: str, actors: list[str], recipients: list[str]) -> None:
    (claim,) = coded(text)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)
