"""Daily series: what counts once, what stands on no day, and which days were watched."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.truces.made import day, days, tally
from trucewatch.truces import Breach, Verdict
from trucewatch.truces.series import deaths, events, tallies, watch


def held(incident: str, verdict: str, on: dt.date | None = None) -> Breach:
    return Breach(incident=incident, truce="t", clause="1", verdict=Verdict(verdict), reason="", day=on)


def test_an_incident_that_breaks_two_clauses_counts_once() -> None:
    rows = [held("a", "alleged", day(3)), held("a", "verified", day(3))]
    assert [one.incident for one in tallies(rows)] == ["a"]


@pytest.mark.parametrize("verdict", ["denied", "carved out", "out of scope", "no verdict"])
def test_what_is_no_breach_does_not_count(verdict: str) -> None:
    assert tallies([held("a", verdict, day(0))]) == ()


def test_only_what_is_asked_for_counts() -> None:
    rows = [held(verdict, verdict) for verdict in ("alleged", "verified")]
    assert [one.incident for one in tallies(rows, {"verified"})] == ["verified"]


def test_events_and_deaths_are_two_series_and_an_unknown_toll_is_no_zero() -> None:
    told = [tally(0, 4), tally(0, None), tally(2, 1), tally(None, 9), tally(30, 9)]
    assert events(told, days(0, 3)).counts.tolist() == [2, 0, 1, 0]
    assert deaths(told, days(0, 3)).counts.tolist() == [4, 0, 1, 0]
    assert told[1].deaths is None


def test_a_report_watches_over_its_day_and_three_before() -> None:
    assert np.flatnonzero(watch([day(5)], days(0, 9))).tolist() == [2, 3, 4, 5]
    assert np.flatnonzero(watch([day(1), day(11), day(30)], days(0, 9))).tolist() == [0, 1, 8, 9]


def test_what_is_told_of_an_unwatched_day_stands_apart_and_makes_it_no_watched_one() -> None:
    found = events([tally(1), tally(2)], days(0, 3), watch([day(1)], days(0, 3)))
    assert found.watched.tolist() == [True, True, False, False]
    assert (found.counts.tolist(), found.apart.tolist()) == ([0, 1, 0, 0], [0, 0, 1, 0])
    assert found.told.tolist() == [0, 1, 1, 0]


@given(st.lists(st.integers(-5, 25)), st.integers(-3, 20), st.integers(-3, 25))
def test_a_part_is_the_series_of_its_days(numbers: list[int], first: int, last: int) -> None:
    told = [tally(number, name=f"i{at}") for at, number in enumerate(numbers)]
    part = events(told, days(0, 19)).part(days(first, last))
    wanted = [sum(number == at for number in numbers) for at in range(max(first, 0), min(last, 19) + 1)]
    assert part.counts.tolist() == wanted
    assert len(part.watched) == len(wanted)
