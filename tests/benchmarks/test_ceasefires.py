"""Syrian ceasefires by UCDP GED: what docs/ledger.md says of them; and a small run of the benchmark of statuses."""

from __future__ import annotations

import pytest

from benchmarks import statuses
from benchmarks.ceasefires import CEASEFIRES, both, collapse, said
from benchmarks.ged import GED, Event, events
from trucewatch.truces.declared import State
from trucewatch.truces.status import Observed

AUTUMN = CEASEFIRES["12 September 2016"]
ged = pytest.mark.skipif(not GED.exists(), reason="UCDP GED of Syria is not at hand")


@pytest.fixture(scope="module")
def every() -> list[Event]:
    return events()


@ged
@pytest.mark.parametrize("name", CEASEFIRES)
def test_a_lethal_event_on_day_0_does_not_read_as_collapse(name: str, every: list[Event]) -> None:
    kinds, _ = both(every, CEASEFIRES[name])
    for found in kinds.values():
        assert found.first == 0
        assert Observed.COLLAPSED not in {reading.status for reading in found.readings[:14]}


@ged
def test_september_2016_begins_to_collapse_in_its_third_week_by_events_and_by_deaths(every: list[Event]) -> None:
    kinds, _ = both(every, AUTUMN)
    fell = {kind: collapse(found.readings, AUTUMN.effective) for kind, found in kinds.items()}
    assert fell == {"events": (17, 23), "deaths": (16, 22)}
    assert all(days is not None and 14 <= days[0] <= 20 for days in fell.values())


@ged
@pytest.mark.parametrize("name", [name for name in CEASEFIRES if CEASEFIRES[name] is not AUTUMN])
def test_the_others_do_not_collapse_within_60_days(name: str, every: list[Event]) -> None:
    kinds, _ = both(every, CEASEFIRES[name])
    assert [collapse(found.readings, CEASEFIRES[name].effective) for found in kinds.values()] == [None, None]


def test_september_2016_was_declared_over_on_day_7() -> None:
    over = [(row.day - AUTUMN.effective).days for row in said(AUTUMN) if row.state is State.ENDED]
    assert over == [7]


def test_two_years_of_statuses_of_three_truces() -> None:
    figures, courses = statuses.measure(300, 3, 2)
    assert len(courses) == 3
    assert figures.statuses == 2 * sum(course.days.count for course in courses) == 3 * 2 * (2 * 365 - 56)
    assert 0 < figures.counted < 300 * 3
