"""The observed status: what it takes to hold, erode and collapse, and that a first violation is no failure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.truces.made import EFFECTIVE, day, days, steady, tally
from trucewatch.truces.series import Tally, deaths, events, watch
from trucewatch.truces.status import Observed, Reading, Rule, baseline, changes, observed, untold

WAR = steady(-56, -1, 4)


def _read(told: list[Tally], last: int = 40) -> tuple[Reading, ...]:
    return observed(events(WAR + told, days(-56, last)), EFFECTIVE)


def test_a_lethal_event_on_day_0_is_no_collapse() -> None:
    readings = _read([tally(0, 30)])
    assert readings[0].status is Observed.INSUFFICIENT
    assert {reading.status for reading in readings[6:]} == {Observed.HOLDING}


@pytest.mark.parametrize("on", [0, 20])
def test_no_single_day_is_a_collapse_however_deadly(on: int) -> None:
    readings = observed(deaths([*WAR, tally(on, 200)], days(-56, 40)), EFFECTIVE)
    assert Observed.COLLAPSED not in {reading.status for reading in readings}
    assert (readings[on + 6].over_collapsed or 0) > 0.8
    assert readings[on + 14].status is Observed.HOLDING


def test_many_deadly_days_are() -> None:
    readings = observed(deaths([*WAR, *steady(20, 30, 1, deaths=10)], days(-56, 40)), EFFECTIVE)
    assert Observed.COLLAPSED in {reading.status for reading in readings}


def test_peace_holds_and_war_collapses() -> None:
    assert {reading.status for reading in _read([])[6:]} == {Observed.HOLDING}
    at_war = _read(steady(0, 40, 4))
    assert [reading.status for reading in at_war[:6]] == [Observed.INSUFFICIENT] * 6
    assert {reading.status for reading in at_war[6:12]} == {Observed.ERODING}
    # Seven days on end from the first that can be read, on day 6.
    assert {reading.status for reading in at_war[12:]} == {Observed.COLLAPSED}
    assert at_war[12].since == day(6)


def test_three_quarters_of_the_war_erode() -> None:
    readings = _read(steady(0, 40, 3))
    ratios = {reading.ratio for reading in readings}
    assert ratios == {0.75}
    assert {reading.status for reading in readings[6:]} == {Observed.ERODING}
    assert all((reading.over_eroding or 0) > 0.9 for reading in readings[13:])


def test_a_collapse_is_known_seven_days_after_it_began_and_not_before() -> None:
    told = steady(14, 40, 6)
    readings = _read(told)
    fell = next(reading for reading in readings if reading.status is Observed.COLLAPSED)
    assert fell.since is not None and (fell.day - fell.since).days == 6
    assert {(one.since, one.known) for one in readings if one.since} == {(fell.since, fell.day)}
    change = next(one for one in changes(readings, told) if one.after is Observed.COLLAPSED)
    assert (change.day, change.since) == (fell.day, fell.since)
    before = next(reading for reading in readings if reading.day == fell.since)
    assert before.status is Observed.ERODING and (before.over_collapsed or 0) > 0.8


@given(st.lists(st.integers(0, 40), max_size=150), st.integers(0, 39))
@settings(max_examples=25, deadline=None)
def test_no_day_knows_what_came_after_it(numbers: list[int], cut: int) -> None:
    told = [tally(number, name=f"j{at}") for at, number in enumerate(numbers)]
    known = [one for one in told if one.day is not None and one.day <= day(cut)]
    assert _read(told)[: cut + 1] == _read(known, last=cut)


def test_a_desk_with_one_report_says_insufficient_observation() -> None:
    span = days(-56, 40)
    series = events([tally(3, 2)], span, watch([day(3)], span))
    readings = observed(series, EFFECTIVE)
    assert {reading.status for reading in readings} == {Observed.INSUFFICIENT}
    assert readings[3].because == "0 days of the baseline watched, 28 needed"


def test_silence_of_the_press_is_no_peace() -> None:
    span = days(-56, 40)
    series = events(WAR, span, watch([day(at) for at in range(-56, 8)], span))
    readings = observed(series, EFFECTIVE)
    assert readings[10].status is Observed.HOLDING
    assert readings[20].status is Observed.INSUFFICIENT
    assert readings[20].because == "1 day of the window watched, 7 needed"


@pytest.mark.parametrize(("watched", "status"), [(27, Observed.INSUFFICIENT), (28, Observed.HOLDING)])
def test_a_baseline_that_was_watched_for_half_of_its_days_will_do(watched: int, status: Observed) -> None:
    span = days(-56, 40)
    seen = np.array([-watched <= at for at in range(-56, 41)])
    assert observed(events(WAR, span, seen), EFFECTIVE)[20].status is status


def test_a_baseline_of_three_events_bears_no_ratio() -> None:
    readings = observed(events([tally(at) for at in (-50, -20, -3)], days(-56, 20)), EFFECTIVE)
    assert {reading.status for reading in readings} == {Observed.INSUFFICIENT}
    assert readings[-1].because == untold(56, 3.0, 14) == "the baseline counts 3.0 by its dispersion, 5 needed"
    assert (untold(1, 9, 14), untold(56, 9, 1)) == (
        "1 day of the baseline watched, 28 needed",
        "1 day of the window watched, 7 needed",
    )
    assert untold(56, 9, 14) is None


def test_violence_day_by_day_after_a_quiet_baseline_is_told_and_quiet_is_not() -> None:
    quiet = [tally(-40), tally(-9)]
    readings = observed(events([*quiet, *steady(3, 20, 2)], days(-56, 40)), EFFECTIVE)
    assert [readings[at].status for at in (6, 7, 12, 13, 40)] == [
        Observed.INSUFFICIENT,
        Observed.ERODING,
        Observed.ERODING,
        Observed.COLLAPSED,
        Observed.INSUFFICIENT,
    ]
    assert readings[13].known == day(13)
    assert readings[40].because == "the baseline counts 2.0 by its dispersion, 5 needed"


def test_a_burst_after_a_quiet_baseline_is_no_collapse() -> None:
    burst = [tally(at, 40, name=f"b{at}.{which}") for at in (10, 11, 12, 13) for which in range(5)]
    for series in (events, deaths):
        readings = observed(series([tally(-40, 2), *burst], days(-56, 40)), EFFECTIVE)
        assert {reading.status for reading in readings} == {Observed.INSUFFICIENT}


def test_the_baseline_and_the_baseline_without_its_final_fortnight() -> None:
    assert baseline(EFFECTIVE) == days(-56, -1)
    assert baseline(EFFECTIVE, Rule(left_out=14)) == days(-56, -15)
    surge = steady(-56, -15, 1) + steady(-14, -1, 10)
    told = [*surge, *steady(0, 20, 1)]
    series = events(told, days(-56, 20))
    assert observed(series, EFFECTIVE)[-1].ratio == pytest.approx(1 / ((42 + 140) / 56))
    assert observed(series, EFFECTIVE, Rule(left_out=14))[-1].ratio == 1.0


def test_a_change_names_the_incidents_that_came_and_went() -> None:
    told = [*WAR, *steady(14, 20, 7)]
    readings = observed(events(told, days(-56, 40)), EFFECTIVE)
    found = changes(readings, told)
    assert [change.after for change in found][:3] == [Observed.INSUFFICIENT, Observed.HOLDING, Observed.ERODING]
    worse = found[2]
    assert set(worse.entered) == {one.incident for one in told if one.day and day(14) <= one.day <= worse.day}
    better = next(change for change in found[3:] if change.after is Observed.HOLDING)
    assert better.entered == ()
    assert better.day == day(31) and {one.split(".")[0] for one in better.left} == {"i14", "i15", "i16", "i17"}


def test_of_the_incidents_that_moved_it_the_deadliest_come_first() -> None:
    told = [*WAR, tally(3, 1, name="one"), tally(4, 50, name="fifty"), tally(5, None, name="unknown")]
    readings = observed(events(told, days(-56, 20)), EFFECTIVE)
    assert changes(readings, told)[1].entered == ("fifty", "one", "unknown")


def test_a_truce_that_has_not_begun_has_no_reading() -> None:
    assert observed(events(WAR, days(-56, -1)), EFFECTIVE) == ()
    assert changes((), WAR) == ()


def test_unwatched_days_take_no_part_in_the_rate() -> None:
    watched = np.ones(56 + 41, dtype=bool)
    watched[56 + 10 : 56 + 14] = False
    reading = observed(events([*WAR, *steady(0, 9, 2)], days(-56, 40), watched), EFFECTIVE)[13]
    assert (reading.count, reading.watched, reading.ratio) == (20, 10, 0.5)
