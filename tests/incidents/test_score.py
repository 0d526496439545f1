"""The score: what is one event to a reader is one to it, and what is not, is not."""

from __future__ import annotations

import csv
import itertools
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.incidents.told import (
    AIR_FORCE,
    ARMY,
    CIVILIANS,
    FSA,
    GUNMEN,
    HTS,
    REBELS,
    RUSSIA,
    TOWNS,
    account,
    on,
    party,
    region,
    town,
)
from trucewatch.incidents.face import face
from trucewatch.incidents.parties import agreement, parties
from trucewatch.incidents.score import WEIGHTS, apart, features, score, thresholds, verdict, weights
from trucewatch.nouns import Entity, Place, Status


def called(**other: Any) -> str:
    """The verdict on the strike on Ariha and a claim that differs in these fields."""
    given = {key: value for key, value in other.items() if not key.startswith("first_")}
    first = {key.removeprefix("first_"): value for key, value in other.items() if key.startswith("first_")}
    one, two = face(account(1, **first)), face(account(2, **given))
    assert apart(one, two) == apart(two, one)
    assert features(one, two) == features(two, one)
    return "apart" if apart(one, two) else verdict(score(one, two))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "same"),
        ({"actors": (AIR_FORCE,)}, "same"),
        ({"actors": ()}, "same"),
        ({"first_killed": 9, "killed": 9, "actors": (RUSSIA,)}, "same"),
        ({"first_killed": 9, "killed": 9, "place": region()}, "same"),
        ({"mode": "heavy-weapons", "actors": (HTS,), "recipients": (ARMY,), "first_recipients": (HTS,)}, "different"),
        ({"mode": None, "actors": (HTS,), "recipients": (ARMY,), "first_recipients": (HTS,)}, "same"),
        ({"mode": "heavy-weapons", "recipients": ()}, "same"),
        ({"mode": "firearms", "recipients": ()}, "unsure"),
        ({"place": None, "time": None}, "unsure"),
        # "militants go on shelling the army" is not what was shelled that day, nor "destruction goes on" what was taken
        ({"place": region(), "actors": (HTS,), "status": Status.ONGOING}, "unsure"),
        ({"place": region(), "mode": None, "recipients": (), "status": Status.ONGOING}, "different"),
        ({"time": on(22)}, "apart"),
        ({"time": on(22), "first_time": None}, "apart"),
        ({"place": town("Afrin")}, "apart"),
        ({"place": town("Kafranbel"), "first_killed": 2, "killed": 30}, "different"),
        ({"time": on(21), "first_killed": 2, "killed": 30}, "different"),
        ({"actors": (HTS,), "recipients": (FSA,), "mode": None, "first_killed": 2, "killed": 9}, "different"),
        ({"time": on(1, 31)}, "apart"),
    ],
)
def test_verdicts(other: dict[str, Any], expected: str) -> None:
    assert called(**other) == expected


def test_a_later_higher_toll_speaks_less_against_one_event_than_a_lower_one() -> None:
    import datetime as dt

    first = face(account(1, killed=5))
    later = {"published": dt.date(2021, 10, 21)}
    rising, falling = (score(first, face(account(2, killed=killed, **later))) for killed in (9, 2))
    assert rising > falling


UNKNOWN = Place(text="Kafr Hass", name="Kafr Hass")


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ({"status": Status.DENIED}, True),
        ({"status": Status.DENIED, "place": region()}, False),
        ({"status": Status.DENIED, "actors": (RUSSIA,), "recipients": ()}, False),
        ({"status": Status.DENIED, "type": "COERCE", "mode": None}, False),
        ({"status": Status.EXPECTED, "place": None}, False),
        ({"status": Status.POSSIBLE, "time": None}, True),
        ({"status": Status.ONGOING, "place": None}, True),
        ({"status": Status.DENIED, "place": UNKNOWN}, True),
    ],
)
def test_what_is_not_told_as_done_is_compared_only_where_it_is_surely_the_same_deed(
    given: dict[str, Any], whole: bool
) -> None:
    first = {"place": UNKNOWN} if given.get("place") == UNKNOWN else {}
    assert (apart(face(account(1, **first)), face(account(2, **given))) is None) is whole


@pytest.mark.parametrize(("actor", "same"), [(ARMY, True), (HTS, False), (GUNMEN, True)])
def test_what_two_sides_deny_each_of_itself_are_two_deeds(actor: Entity, same: bool) -> None:
    ours, theirs = (account(at, status=Status.DENIED, actors=(who,)) for at, who in ((1, ARMY), (2, actor)))
    assert (apart(face(ours), face(theirs)) is None) is same


NOBODY = party("it", None, "UNK")
PARTIES = (ARMY, AIR_FORCE, FSA, HTS, GUNMEN, REBELS, RUSSIA, CIVILIANS, NOBODY)
sides = st.lists(st.sampled_from(PARTIES), max_size=2)
told = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["ASSAULT", "COERCE", "CONSULT"]),
        "status": st.sampled_from(list(Status)),
        "actors": sides.map(tuple),
        "recipients": sides.map(tuple),
        "place": st.sampled_from([None, region(), *map(town, TOWNS)]),
        "time": st.sampled_from([None, on(19), on(20), on(18, 21), on(1, 31)]),
        "killed": st.sampled_from([None, 2, 30]),
        "trigger": st.sampled_from(["shelling", "strikes"]),
        "sentence": st.sampled_from(["", "Shelling hit the town", "Strikes hit the whole town"]),
    }
)


@pytest.mark.parametrize(("one", "two"), [*itertools.combinations(PARTIES, 2)])
def test_two_parties_are_as_like_in_either_order(one: Entity, two: Entity) -> None:
    ours, theirs = parties((one,)), parties((two,))
    assert agreement(ours, theirs) == agreement(theirs, ours)


@drawn(told, told)
def test_two_claims_are_as_like_in_either_order(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    one, two = face(account(1, **ours)), face(account(2, **theirs))
    assert apart(one, two) == apart(two, one)
    if apart(one, two) is None:
        assert features(one, two) == features(two, one)
        assert score(one, two) == score(two, one)


def test_rebels_of_one_country_are_not_as_far_apart_as_rebels_and_their_state() -> None:
    fellow = score(face(account(1, actors=(HTS,))), face(account(2, actors=(FSA,))))
    other = score(face(account(1, actors=(HTS,))), face(account(2, actors=(ARMY,))))
    unnamed = score(face(account(1, actors=(HTS,))), face(account(2, actors=(REBELS,))))
    anybody = score(face(account(1, actors=(HTS,))), face(account(2, actors=(GUNMEN,))))
    assert other < fellow <= unnamed
    assert other < anybody


def test_every_feature_has_a_weight_of_its_sign_and_says_what_it_is() -> None:
    with WEIGHTS.open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    assert len({row["feature"] for row in table}) == len(table)
    for row in table:
        assert row["source"] in ("learned", "set")
        assert row["about"]
        assert not (row["sign"] == "+" and float(row["weight"]) < 0)
        assert not (row["sign"] == "-" and float(row["weight"]) > 0)
    assert weights() == {row["feature"]: float(row["weight"]) for row in table}
    limits = thresholds()
    assert limits.different < limits.same
    assert limits.whole <= limits.same


@pytest.mark.parametrize(("trigger", "one_event"), [("returned", False), ("retaliated", False), ("opened", True)])
def test_an_attack_and_what_answers_it_are_two(trigger: str, one_event: bool) -> None:
    attack = account(1, mode="firearms", actors=(HTS,), recipients=(ARMY,), trigger="attacked")
    other = account(2, mode="firearms", actors=(ARMY,), recipients=(), trigger=trigger)
    assert (verdict(score(face(attack), face(other))) == "same") is one_event


def test_two_spellings_of_a_village_that_no_gazetteer_has_are_one_place() -> None:
    seen = [
        face(account(number, place=Place(text=name, name=name)))
        for number, name in enumerate(("Kebithigollewa", "Kebitigollewa", "Thampalakamam"))
    ]
    assert ["same place name" in features(seen[0], other) for other in seen[1:]] == [True, False]
