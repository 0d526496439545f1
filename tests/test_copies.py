"""A later print's "on Tuesday" is the Tuesday of the first one, in whatever order they come; what is new in it is of its own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import pytest

from tests.desk import made
from tests.desk.made import V2
from tests.shellings import LINES, derived, groups, report, shelling, store
from trucewatch import derive, rulings
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.nouns import Claim, Report, Span

WHOLE = " ".join(LINES)
NEW = "Shells fell on the town for a second time on that day, a nurse said, and a school was hit."
WEEK = dt.timedelta(days=7)


@pytest.fixture
def desk(either: Desk) -> Desk:
    """An empty desk on each of the two databases."""
    return either


def printed(number: int, words: str = WHOLE, late: dt.timedelta = WEEK, **fields: object) -> Report:
    """A print of some words, a week later than the first one if nothing is said."""
    return report(number, words, published=dt.date(2021, 9, 3) + late, **fields)


def told(of: Report, day: int, line: str = LINES[0], number: int = 0) -> Claim:
    """That the town was shelled, by the sentence that tells of it."""
    at = of.text.index(line)
    spans = {"trigger": Span(start=at + 7, end=at + 14), "mentions": (Span(start=at, end=at + len(line)),)}
    return msgspec.structs.replace(shelling(of, number, day=day), **spans)


def days(desk: Desk, claims: Sequence[Claim]) -> list[int | None]:
    """The days of September on which these happened, as a person is shown them."""
    return [one.time and one.time.start.day for one in derive.as_judged(desk, claims)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the later print first"])
def test_a_later_print_tells_of_the_days_of_the_first(desk: Desk, order: tuple[int, int]) -> None:
    prints = [(first := report(1, WHOLE), told(first, 2)), (late := printed(2, f"{WHOLE} {NEW}"), told(late, 9))]
    for number in order:
        store(desk, *prints[number])
    assert groups(desk) == {frozenset(claim.id for _, claim in prints)}
    assert days(desk, [claim for _, claim in prints]) == [2, 2]
    found = rulings.claims(desk, ClaimFilter(until=dt.date(2021, 9, 5)))
    assert {one.id for one in found} == {claim.id for _, claim in prints}
    assert list(rulings.claims(desk, ClaimFilter(since=dt.date(2021, 9, 5)))) == []
    ((incident),) = desk.incidents()
    assert (incident.time, incident.sources, incident.disagreements) == (made.day(2021, 9, 2), 1, ())
    (shown,) = derive.as_judged(desk, [prints[1][1]])
    assert [line.because for line in shown.evidence] == [f"a later print of {first.id}, of 2021-09-03"]
    stepwise = derived(desk)
    derive.rebuild(desk)
    assert derived(desk) == stepwise


def test_what_a_later_print_adds_is_of_its_own_day(desk: Desk) -> None:
    first, late = report(1, WHOLE), printed(2, f"{WHOLE} {NEW}")
    again, new = told(late, 9), told(late, 9, NEW, 1)
    store(desk, first, told(first, 2))
    store(desk, late, again, new)
    assert days(desk, [again, new]) == [2, 9]
    assert groups(desk) == {frozenset({told(first, 2).id, again.id}), frozenset({new.id})}


@pytest.mark.parametrize(
    "late",
    [
        printed(2, f"{LINES[0]} {LINES[1]} {NEW} " + "It was the first such night since spring. " * 2),
        printed(2, f"{WHOLE} {NEW}", outlet="Outlet 1"),
        printed(2, f"{WHOLE} {NEW}", dt.timedelta(days=40)),
    ],
    ids=["another text", "an outlet's own on another day", "much later"],
)
def test_what_is_no_later_print_tells_of_its_own_days(desk: Desk, late: Report) -> None:
    first = report(1, WHOLE)
    store(desk, first, told(first, 2))
    store(desk, late, told(late, 9))
    assert days(desk, [told(late, 9)]) == [9]
    assert len(groups(desk)) == 2


def test_a_first_print_that_is_coded_again_moves_its_later_ones(desk: Desk) -> None:
    first, late = report(1, WHOLE), printed(2)
    store(desk, first, told(first, 2))
    store(desk, late, told(late, 9))
    with desk.writer(V2) as writer:
        writer.store(first, (told(first, 1),), again=True)
    derive.catch_up(desk)
    ((incident),) = desk.incidents()
    assert (len(incident.claims), incident.time) == (2, made.day(2021, 9, 1))
