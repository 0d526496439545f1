"""Worked examples of what is measured of a truce."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.truces.made import day, days, steady, tally
from trucewatch.truces.metrics import (
    Attribution,
    Lifetime,
    compliance,
    median_survival,
    quiet,
    rate_ratio,
    shares,
    survival,
    tempo,
)
from trucewatch.truces.series import deaths, events, watch


def test_rates_are_by_watched_day_and_the_days_since_the_last_are_told() -> None:
    span = days(0, 19)
    told = [tally(2, 3), tally(2, 1), tally(7, None)]
    series = events(told, span, watch([day(4), day(9)], span))
    found = tempo(series)
    assert (found.total, found.watched, found.unwatched) == (3, 8, 12)
    assert found.a_day == pytest.approx(3 / 8)
    assert (found.first, found.latest, found.since, found.since_watched) == (day(2), day(7), 12, 2)
    dead = tempo(deaths(told, span, watch([day(4), day(9)], span)))
    assert (dead.total, dead.latest, dead.since) == (4, day(2), 17)


def test_what_was_told_of_unwatched_days_is_in_the_total_and_in_no_rate() -> None:
    span = days(0, 19)
    found = tempo(events([tally(2), tally(12), tally(13)], span, watch([day(4), day(9)], span)))
    assert (found.total, found.apart, found.watched) == (3, 2, 8)
    assert (found.a_day, found.latest, found.since) == (1 / 8, day(13), 6)


def test_late_reports_do_not_raise_the_rate_of_days_on_which_few_look() -> None:
    chance, ratios = np.random.default_rng(7), []
    for _ in range(80):
        counts = chance.poisson(0.3, 70)
        watched = np.ones(70, dtype=bool)
        watched[56:] = chance.random(14) < 0.3
        told = [tally(at, name=f"{at}.{number}") for at in range(70) for number in range(counts[at])]
        found = rate_ratio(events(told, days(0, 69), watched), days(56, 69), days(0, 55))
        ratios.append((found.count / max(found.watched, 1), found.base_count / found.base_watched))
    late, before = np.mean(ratios, axis=0)
    assert late == pytest.approx(before, rel=0.15)


def test_quiet_lasts_until_the_next_day_with_any_and_is_cut_off_where_nobody_looks() -> None:
    span = days(0, 19)
    watched = np.ones(20, dtype=bool)
    watched[12] = False
    series = events([tally(at) for at in (2, 3, 3, 7, 9, 14)], span, watched)
    # From 2 to 3, 3 to 7 and 7 to 9; from 9 on until nobody looks on 12; from 14 to the end.
    assert [(one.days, one.ended) for one in quiet(series)] == [(1, True), (4, True), (2, True), (3, False), (5, False)]
    assert quiet(events([tally(2)], days(0, 2))) == ()
    assert quiet(events([], span)) == ()


def test_without_a_watched_day_there_is_no_rate() -> None:
    found = tempo(events([], days(0, 9), np.zeros(10, dtype=bool)))
    assert (found.total, found.a_day, found.first, found.since) == (0, None, None, None)


def test_rate_ratio_of_a_worked_example() -> None:
    # 28 in 14 days against 224 in 56: 2 a day by 4 a day.
    series = events([*steady(-56, -1, 4), *steady(0, 13, 2)], days(-56, 13))
    found = rate_ratio(series, days(0, 13), days(-56, -1))
    assert (found.count, found.watched, found.base_count, found.base_watched) == (28, 14, 224, 56)
    assert (found.ratio, found.dispersion) == (0.5, 1.0)
    low, high = (point / (1 - point) * 56 / 14 for point in stats.beta.ppf([0.05, 0.95], 28.5, 224.5))
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_clustered_counts_have_a_wider_interval() -> None:
    clustered = [one for at in range(-56, 0, 7) for one in steady(at, at, 28)]
    told = steady(0, 13, 2)
    plain = rate_ratio(events([*steady(-56, -1, 4), *told], days(-56, 13)), days(0, 13), days(-56, -1))
    bursts = rate_ratio(events([*clustered, *told], days(-56, 13)), days(0, 13), days(-56, -1))
    assert plain.ratio == bursts.ratio
    assert bursts.dispersion > 20
    assert bursts.low is not None and plain.low is not None and bursts.low < plain.low
    assert bursts.high is not None and plain.high is not None and bursts.high > plain.high


def test_nothing_counted_reaches_down_to_0_and_an_empty_baseline_bounds_nothing() -> None:
    before, after = days(-56, -1), days(0, 13)
    calm = rate_ratio(events(steady(-56, -1, 1), days(-56, 13)), after, before)
    assert (calm.ratio, calm.low) == (0.0, 0.0) and calm.high is not None and 0 < calm.high < 0.3
    outbreak = rate_ratio(events(steady(0, 13, 1), days(-56, 13)), after, before)
    assert (outbreak.ratio, outbreak.high) == (None, None) and outbreak.low is not None and outbreak.low > 1
    blind = rate_ratio(events([], days(-56, 13), np.zeros(70, dtype=bool)), after, before)
    assert (blind.ratio, blind.low, blind.high) == (None, None, None)


@given(st.lists(st.integers(0, 12), min_size=70, max_size=70))
@settings(max_examples=30, deadline=None)
def test_the_ratio_lies_in_its_interval(numbers: list[int]) -> None:
    told = [tally(at - 56, name=f"i{at}.{which}") for at, number in enumerate(numbers) for which in range(number)]
    found = rate_ratio(events(told, days(-56, 13)), days(0, 13), days(-56, -1))
    if found.ratio and found.low is not None and found.high is not None:
        assert found.low < found.ratio < found.high


def test_shares_stand_by_source_and_are_never_pooled() -> None:
    told = [
        Attribution(source="north", party="south", incident="a"),
        Attribution(source="north", party="south", incident="b"),
        Attribution(source="north", party="south", incident="b"),
        Attribution(source="north", party=None, incident="c"),
        Attribution(source="south", party="north", incident="a"),
        Attribution(source="south", party="south", incident="a"),
    ]
    found = shares(told)
    assert set(found) == {"north", "south"}
    assert [(one.party, one.incidents, one.of) for one in found["north"]] == [("south", 2, 3), (None, 1, 3)]
    assert found["north"][0].share == pytest.approx(2 / 3)
    assert [one.share for one in found["south"]] == [1.0, 1.0]


def test_a_clause_is_kept_on_watched_days_without_a_breach_of_it() -> None:
    span = days(0, 9)
    told = [tally(1, name="a"), tally(1, name="b"), tally(4, name="c"), tally(None, name="d"), tally(12, name="e")]
    found = compliance("1", told, span, watch([day(3)], span))
    # Days 0 to 3 were watched; that a breach of day 4 was told of later does not make it one of them.
    assert (found.watched, found.unwatched, found.breached, found.breaches, found.undated) == (4, 6, 1, 3, 1)
    assert found.kept == pytest.approx(3 / 4)
    assert compliance("1", [], span, np.zeros(10, dtype=bool)).kept is None


def test_survival_of_a_worked_example() -> None:
    # Ends on days 6, 6, 6, 7 and 10 of ten truces; the others are censored.
    ended = [Lifetime(days=at, ended=True) for at in (6, 6, 6, 7, 10)]
    censored = [Lifetime(days=at, ended=False) for at in (6, 9, 10, 11, 17)]
    steps = survival(ended + censored)
    assert [(one.day, one.at_risk, one.ended, one.censored) for one in steps] == [
        (6, 10, 3, 0),
        (7, 6, 1, 1),
        (10, 4, 1, 1),
    ]
    assert [one.surviving for one in steps] == pytest.approx([0.7, 0.7 * 5 / 6, 0.7 * 5 / 6 * 3 / 4])
    variance = 3 / 70
    spread = math.exp(1.6449 * math.sqrt(variance) / abs(math.log(0.7)))
    assert (steps[0].low, steps[0].high) == (
        pytest.approx(0.7**spread, abs=1e-4),
        pytest.approx(0.7 ** (1 / spread), abs=1e-4),
    )
    assert median_survival(steps) == 10


def test_a_censored_truce_has_not_failed() -> None:
    steps = survival([Lifetime(days=20, ended=True), *[Lifetime(days=90, ended=False)] * 9])
    assert [one.surviving for one in steps] == [0.9]
    assert median_survival(steps) is None
    assert survival([Lifetime(days=3, ended=False)]) == ()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_without_censoring_survival_is_the_share_still_alive(lengths: list[int]) -> None:
    for step in survival([Lifetime(days=length, ended=True) for length in lengths]):
        assert step.surviving == pytest.approx(sum(length > step.day for length in lengths) / len(lengths), abs=1e-9)
        assert 0.0 <= step.low <= step.surviving + 1e-9 and step.surviving <= step.high + 1e-9
