"""The score: what is one event to a reader is one to it, and what is not, is not."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from tests.incidents.told import (
    AIR_FORCE,
    ARMY,
    FSA,
    GUNMEN,
    HTS,
    REBELS,
    RUSSIA,
    account,
    on,
    region,
    town,
)
from trucewatch.incidents.face import face
from trucewatch.incidents.score import WEIGHTS, apart, features, score, thresholds, verdict, weights
from trucewatch.nouns import Status


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
        ({"mode": "firearms", "actors": (HTS,), "recipients": (ARMY,), "first_recipients": (HTS,)}, "same"),
        ({"place": None, "time": None}, "unsure"),
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
    ],
)
def test_what_is_not_told_as_done_is_compared_only_where_it_is_surely_the_same_deed(
    given: dict[str, Any], whole: bool
) -> None:
    assert (apart(face(account(1)), face(account(2, **given))) is None) is whole


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
