"""Syrian ceasefires by UCDP GED: what docs/ledger.md says of them; and a small run of the benchmark of statuses."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from benchmarks import statuses
from benchmarks.ceasefires import CEASEFIRES, HORIZON, Found, collapse, measured, tracks, variants
from benchmarks.ged import GED, events
from trucewatch import codebook, truces
from trucewatch.truces.declared import State, declared
from trucewatch.truces.speakers import agreed, tabled
from trucewatch.truces.status import Observed

AUTUMN = "12 September 2016"


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    if not GED.exists():
        pytest.skip("UCDP GED of Syria is not at hand")
    every = events()
    return {name: measured(every, table, (HORIZON,)) for name, table in CEASEFIRES.items()}


def test_people_were_killed_on_day_0_and_that_does_not_read_as_collapse(found: dict[str, Found]) -> None:
    first = {name: one.number(one.after[HORIZON].events.tempo.first) for name, one in found.items()}
    assert first == {name: 1 if name == AUTUMN else 0 for name in CEASEFIRES}
    # It began at 19:00, and GED tells no hours.
    assert found[AUTUMN].undecided == 10
    for one in found.values():
        for track in tracks(one.after[HORIZON]):
            assert Observed.COLLAPSED not in {reading.status for reading in track.readings[:14]}


def test_september_2016_begins_to_collapse_in_its_third_week_by_events_and_by_deaths(found: dict[str, Found]) -> None:
    autumn = found[AUTUMN]
    fell = [collapse(track.readings, autumn.effective) for track in tracks(autumn.after[HORIZON])]
    assert fell == [(17, 23), (16, 22)]
    assert all(days is not None and 14 <= days[0] <= 20 for days in fell)


def test_no_way_of_counting_knows_of_it_in_its_third_week(found: dict[str, Found]) -> None:
    fell = [days for _, _, days in variants(found[AUTUMN])]
    assert len(fell) == 10 and all(days is not None and 15 <= days[0] <= 17 and days[1] > 20 for days in fell)


def test_the_others_do_not_collapse_within_60_days(found: dict[str, Found]) -> None:
    others = [one for name, one in found.items() if name != AUTUMN]
    fell = [collapse(track.readings, one.effective) for one in others for track in tracks(one.after[HORIZON])]
    assert fell == [None] * 6


def test_the_islamic_state_is_carved_out_of_what_is_counted(found: dict[str, Found]) -> None:
    verdicts = Counter(row.verdict.value for row in found["27 February 2016"].after[HORIZON].breaches)
    assert verdicts["carved out"] > 200 and verdicts["out of scope"] > 100
    assert found["27 February 2016"].after[HORIZON].events.tempo.total < 500


def test_september_2016_was_declared_over_on_day_7() -> None:
    truce, book = truces.load()[CEASEFIRES[AUTUMN]], codebook.load()
    term = agreed(truce)
    assert term is not None
    said = declared(tabled(truce, book), term, term.effective + dt.timedelta(days=HORIZON))
    assert [(row.day - term.effective).days for row in said if row.state is State.ENDED] == [7]


def test_two_years_of_statuses_of_three_truces() -> None:
    figures, courses = statuses.measure(300, 3, 2)
    assert len(courses) == 3
    assert figures.statuses == 2 * sum(course.days.count for course in courses) == 3 * 2 * (2 * 365 - 56)
    assert 0 < figures.counted < 300 * 3
