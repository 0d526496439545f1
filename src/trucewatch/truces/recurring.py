"""Duties that come round: a clause that is to be carried out every day, week or month, period by period that is over."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.day_counts import DAY
from trucewatch.english import Said, said, stated
from trucewatch.nouns import Incident, Noun
from trucewatch.truces.days import Days
from trucewatch.truces.prolonged import Length
from trucewatch.truces.terms import Clause, Every, Truce

_LENGTHS: dict[Every, Length] = {"day": Length(days=1), "week": Length(days=7), "month": Length(months=1)}
FINE = 30
"""Days between the first and the last of an incident that is told finely enough."""


class Rounds(Noun):
    """Of how many periods that are over a report says that the duty was carried out."""

    every: Every
    performed: int
    unclaimed: int
    """The desk holds something of the period, and no claim that it was carried out."""
    unwatched: int
    """The desk holds nothing of the period."""
    first: dt.date
    """The day on which the first period began."""
    ended: dt.date
    """The last day of the last period that is over; the day before the first where none is."""
    newest: str
    """What the last of them was: ``performed``, ``unclaimed`` or ``unwatched``; ``pending`` where none is over."""

    @property
    def periods(self) -> int:
        """How many are over."""
        return self.performed + self.unclaimed + self.unwatched


def rounds(truce: Truce, clause: Clause, told: Iterable[Incident], every: Iterable[Incident], as_of: dt.date) -> Rounds:
    """A clause's periods up to a day, or to the end of clause or truce.

    ``told`` say that the duty was carried out; one counts for the period in which it lies as a whole. ``every`` are the
    incidents by which it can be told that anybody looked.
    """
    assert clause.every is not None
    start = clause.effective or truce.start
    assert start is not None  # the checks of tables ask for it
    ends = [moment.last for moment in (clause.until, truce.end) if moment is not None]
    periods = list(_periods(start.first, clause.every, min([as_of, *ends])))
    done = {at for one in told for at in _within(one, periods, whole=True)}
    seen = {at for one in every if _is_fine(one) for at in _within(one, periods, whole=False)} | done
    states = ["performed" if at in done else "unclaimed" if at in seen else "unwatched" for at in range(len(periods))]
    return Rounds(
        every=clause.every,
        performed=states.count("performed"),
        unclaimed=states.count("unclaimed"),
        unwatched=states.count("unwatched"),
        first=start.first,
        ended=periods[-1].last if periods else start.first - DAY,
        newest=states[-1] if states else "pending",
    )


def sentence(of: Rounds) -> Said:
    """The count in words."""
    due = said("due every {period} from {first} on", period=said(of.every), first=of.first)
    if not of.periods:
        return stated(due, said("none is over yet"))
    over = said(
        "of {many} up to {last}, carried out in {performed} as reports say, not claimed in {unclaimed}",
        many=_many(of),
        last=of.ended,
        performed=of.performed,
        unclaimed=of.unclaimed,
    )
    unseen = [said("of {n} the desk holds nothing", n=of.unwatched)] if of.unwatched else []
    return stated(due, over, *unseen)


def _many(of: Rounds) -> Said:
    return said(
        "{n} days" if of.every == "day" else "{n} weeks" if of.every == "week" else "{n} months",
        f"one {of.every}",
        n=of.periods,
    )


def _periods(first: dt.date, every: Every, until: dt.date) -> Iterator[Days]:
    """Those that are over by then."""
    length = _LENGTHS[every]
    for number in itertools.count():
        begins, following = (
            Length(months=length.months * at, days=length.days * at).after(first) for at in (number, number + 1)
        )
        if following - DAY > until:
            return
        yield Days(first=begins, last=following - DAY)


def _is_fine(one: Incident) -> bool:
    """Whether it is told finely enough to show that somebody looked then: "since 2011" shows nothing of any week."""
    return one.time is not None and (one.time.end - one.time.start).days <= FINE


def _within(one: Incident, periods: Sequence[Days], whole: bool) -> Iterator[int]:
    """The numbers of the periods in which an incident lies, as a whole or with some of its days."""
    if one.time is None:
        return
    for at in range(bisect_left(periods, one.time.start, key=lambda days: days.last), len(periods)):
        if periods[at].first > one.time.end:
            return
        if not whole or (periods[at].first <= one.time.start and one.time.end <= periods[at].last):
            yield at
