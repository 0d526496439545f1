"""What is no party though it does something: weapons and aircraft, but for whose they are."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def _coded(text: str) -> tuple[Claim, ...]:
    return coded(text, dt.date(2021, 9, 30))


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("A ballistic missile struck a block of flats in Ganja on Saturday, killing 13 people.", []),
        ("Three rockets were fired from Lebanon at northern Israel on Saturday.", []),
        ("Shells fired from Lebanon landed in the Upper Galilee.", []),
        ("A drone launched from Iraq hit a base in north-eastern Syria.", []),
        ("Houthi missiles and drones set fire to a fuel depot in Jeddah on Friday.", ["Houthis"]),
    ],
)
def test_a_weapon_does_nothing_but_for_whose_it_is(sentence: str, actors: list[str]) -> None:
    assert [party.name for party in _coded(sentence)[0].actors] == actors


@pytest.mark.parametrize(
    ("weapon", "mode"), [("an attack drone", "drone"), ("artillery and drones", "heavy-weapons"), ("drones", "drone")]
)
def test_who_uses_a_drone_has_made_an_attack_by_one_and_none_with_poison(weapon: str, mode: str) -> None:
    (claim,) = _coded(f"Government forces used {weapon} against rebels in Idlib on Monday.")
    assert (claim.type, claim.mode) == ("ASSAULT", mode)


def test_the_coalition_is_the_one_of_which_a_report_speaks() -> None:
    of_yemen = "Officials met envoys of the Saudi-led coalition. Coalition warplanes bombed Sanaa on Friday."
    of_none = "Officials met envoys of a coalition of tribes. Coalition warplanes bombed Sanaa on Friday."
    told = [_coded(text)[-1].actors for text in (of_yemen, of_none)]
    assert [[party.actor for party in actors] for actors in told] == [["ye-coalition"], [None]]


def test_warplanes_agree_to_nothing() -> None:
    text = "Russian warplanes did not bomb the town that day, but if no solution was agreed on, the raids are likely to go on."
    (agreed,) = [claim for claim in _coded(text) if claim.type == "AGREE"]
    assert agreed.actors == ()


def test_soldiers_and_jets_in_gaza_are_not_palestinian() -> None:
    text = "Hamas said on Wednesday that it would hold to the truce in Gaza. Jets bombed Rafah. Soldiers shot a boy in Gaza."
    countries = {party.country for claim in _coded(text) for party in claim.actors if party.sector == "MIL"}
    assert countries == {None}


@pytest.mark.parametrize(
    ("strike", "type_"), [("a strike on a school", "ASSAULT"), ("a strike by teachers", "PROTEST")]
)
def test_a_strike_on_something_is_no_walkout(strike: str, type_: str) -> None:
    assert [one.type for one in coded(f"Dozens are feared dead after {strike} in Bara.")][-1] == type_


def test_whom_the_drones_hurt_is_not_hurt_by_those_who_shot_them_down() -> None:
    text = (
        "Russia launched 96 drones at Odesa overnight. Ukraine's air force said it had shot down 71 of them. One person was killed and "
        "five were hurt in the Peresyp district, the governor said."
    )
    downed = next(claim for claim in coded(text) if text[claim.trigger.start : claim.trigger.end].startswith("shot"))
    assert downed.killed is None and downed.injured is None
