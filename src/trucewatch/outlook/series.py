"""Series: how much of a named kind was counted in an area, period by period, by one observer.

Each deed counts once, in the period that holds most of its days, and nowhere where its date or its place is known too
coarsely for that; how much was left out, or spread, is kept beside the counts. Observers are never added together.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
import numpy as np

from trucewatch.checked import Checked
from trucewatch.codebook.units import Area, Spot
from trucewatch.day_counts import DAY, Floats
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Noun, Period
from trucewatch.outlook import periods
from trucewatch.outlook.deeds import BESIDE, Deed
from trucewatch.outlook.periods import Size

DESK = "desk"
"""The observer whose deeds are the desk's own incidents; every other one is a dataset."""


class Asked(Checked):
    """What is to be counted, and how. Raises WrongCallError for an invalid value, such as a period that is none."""

    area: str
    """As it is written on the command line: ``SYR/Idlib``."""
    indicator: str
    """Row id in indicators.csv."""
    observer: str = DESK
    period: Size = "week"
    since: dt.date | None = None
    """The first period is the one that begins on this day or next; None: where the observer begins."""
    until: dt.date | None = None
    """The last period is the one that ends on this day or before; None: where the observer ends."""
    spread: bool = False
    """Whether a deed whose date is coarser than a period is spread evenly over its days, or else left out."""
    known: dt.date | None = None
    """Only what had come in by the end of this day."""
    most: int | None = None
    """No more than so many periods, the last ones."""


class Aside(Noun):
    """Deeds that were not simply counted in one period of one area."""

    why: str
    """``date too coarse``, ``date unknown``, ``place too coarse``, ``place unknown``, ``no figure`` or ``deeds.BESIDE``."""
    deeds: int
    number: float
    """What they would have added."""
    spread: bool = False
    """Whether they were spread over the periods that they span; else they were left out."""


@dataclass(frozen=True, eq=False)
class Series:
    """Counts in a row: one a period, none missing, whole periods only."""

    area: str
    """As it was asked for: ``SYR/Idlib``."""
    indicator: str
    """Row id in indicators.csv."""
    period: Size
    observer: str
    """``desk``, or the name of a dataset."""
    first: dt.date
    """First day of the first period."""
    counts: Floats
    """Deeds or deaths, by the day of the deed; whole numbers where nothing was spread."""
    reports: Floats
    """Reports behind each count, each once a period; of the same length."""
    coverage: Floats | None = None
    """Reports of each period that the observer had, but for those that tell of other countries alone; None for a dataset."""
    aside: tuple[Aside, ...] = ()
    cut_off: dt.date | None = None
    """The last day that the observer covers; None where it has nothing at all."""
    inputs: str = ""
    """Version of what was counted: the same words, the same counts."""
    notes: tuple[str, ...] = ()
    """What else a reader must know, each a sentence without its full stop: how the area was told."""

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def starts(self) -> list[dt.date]:
        """The first day of each period, and of the one that follows the last."""
        number = periods.number(self.first, self.period)
        return [periods.first_day(number + at, self.period) for at in range(len(self) + 1)]

    @property
    def last(self) -> dt.date:
        """The last day of the last period; the day before ``first`` where there is none."""
        return self.starts[-1] - dt.timedelta(days=1)

    @property
    def labels(self) -> list[str]:
        """The name of each period: ``2020-W10``."""
        return [periods.label(day, self.period) for day in self.starts[:-1]]

    def plain(self) -> dict[str, Any]:
        """All of it as plain values; numbers in lists as long as there are periods."""
        lists = {"counts": self.counts.tolist(), "reports": self.reports.tolist()}
        coverage = None if self.coverage is None else self.coverage.tolist()
        told = {name: getattr(self, name) for name in ("area", "indicator", "period", "observer", "first", "last")}
        rest = {name: getattr(self, name) for name in ("aside", "cut_off", "inputs", "notes")}
        return told | lists | {"coverage": coverage} | rest


class Covered(NamedTuple):
    """What an observer can tell of an area at all."""

    first: dt.date
    last: dt.date
    """The days between which its silence means that nothing happened, both included."""
    inputs: str
    """Version of what is counted."""
    told: tuple[dt.date, ...] | None = None
    """The dates of the reports that may tell of the area; None for a dataset."""


def narrowed(asked: Asked, covered: Covered) -> Asked:
    """The same, from the first of the ``most`` last periods on: what lies before need not be read."""
    if asked.most is None:
        return asked
    until = min(covered.last, asked.until or covered.last)
    number = periods.number(until + DAY, asked.period) - asked.most
    first = periods.first_day(max(number, periods.number(dt.date.min, asked.period)), asked.period)
    return msgspec.structs.replace(asked, since=max(first, asked.since or first))


def count(found: Iterable[Deed], area: Area, asked: Asked, covered: Covered) -> Series:
    """The series of those deeds that lie in an area, in the whole periods that were asked for and are covered.

    Raises WrongCallError for an area that there may not be, where no deed lies in it.
    """
    rows = _Rows(_range(asked, covered), asked)
    holds: dict[Spot, bool | None] = {}
    for deed in found:
        inside = _inside(deed.spot, area, holds)
        if inside is not False:
            rows.add(deed, inside is True)
    if area.doubt and True not in holds.values():
        raise WrongCallError(area.doubt)
    return Series(
        area=asked.area,
        indicator=asked.indicator,
        period=asked.period,
        observer=asked.observer,
        first=periods.first_day(rows.first, asked.period),
        counts=rows.counts,
        reports=rows.reports,
        coverage=None if covered.told is None else rows.of_days(covered.told),
        aside=rows.aside,
        cut_off=min(covered.last, asked.until or covered.last),
        inputs=covered.inputs,
        notes=area.notes,
    )


def _inside(spot: Spot | None, area: Area, known: dict[Spot, bool | None]) -> bool | None:
    if spot is None:
        return None
    if spot not in known:
        known[spot] = area.holds(spot)
    return known[spot]


def _range(asked: Asked, covered: Covered) -> range:
    """The numbers of the periods that lie whole within what was asked for and what is covered."""
    since, until = max(covered.first, asked.since or covered.first), min(covered.last, asked.until or covered.last)
    first = min(periods.number(since - DAY, asked.period) + 1, periods.number(dt.date.max, asked.period))
    return range(first, max(first, periods.number(until + DAY, asked.period)))


class _Rows:
    """Counts that grow deed by deed."""

    def __init__(self, wanted: range, asked: Asked) -> None:
        self._wanted = wanted
        self._size: Size = asked.period
        self._spread = asked.spread
        self._told: set[tuple[int, str]] = set()
        self._aside: dict[tuple[str, bool], list[float]] = defaultdict(lambda: [0, 0.0])
        self.first = wanted.start
        self.counts = np.zeros(len(wanted))
        self._reports = np.zeros(len(wanted))

    @property
    def reports(self) -> Floats:
        """Reports behind each count."""
        return self._reports + np.bincount([at for at, _ in self._told], minlength=len(self.counts))

    @property
    def aside(self) -> tuple[Aside, ...]:
        """What was not simply counted, the most first."""
        made = [Aside(why=why, deeds=int(n), number=x, spread=spread) for (why, spread), (n, x) in self._aside.items()]
        return tuple(sorted(made, key=lambda one: (-one.deeds, one.why)))

    def add(self, deed: Deed, inside: bool) -> None:
        """Count a deed that lies inside, or perhaps does, or put it aside."""
        spanned = None if deed.time is None else self._spanned(deed.time)
        if spanned is not None and (spanned.start >= self._wanted.stop or spanned.stop <= self._wanted.start):
            return
        if not inside:
            self._put_aside(
                "place unknown" if deed.spot is None or not deed.spot.is_known else "place too coarse", deed
            )
        elif deed.is_beside:
            self._put_aside(BESIDE, deed)
        elif deed.time is None or spanned is None:
            self._put_aside("date unknown", deed)
        elif deed.number is None:
            self._put_aside("no figure", deed)
        elif len(spanned) == 1:
            self._count(spanned.start, 1.0, deed)
        elif (deed.time.end - deed.time.start).days < periods.LONGEST[self._size]:
            shares = dict(self._shares(deed.time))
            self._count(max(shares, key=lambda period: (shares[period], -period)), 1.0, deed)
        else:
            self._put_aside("date too coarse", deed, self._spread)
            if self._spread:
                for period, share in self._shares(deed.time):
                    self._count(period, share, deed)

    def of_days(self, days: Iterable[dt.date]) -> Floats:
        """How many of these days lie in each period; a day may come several times."""
        numbers = np.array([periods.number(day, self._size) - self.first for day in days], dtype=np.int64)
        within = numbers[(numbers >= 0) & (numbers < len(self.counts))]
        return np.bincount(within, minlength=len(self.counts)).astype(float)

    def _spanned(self, time: Period) -> range:
        """The numbers of the periods that have a day of a time."""
        return range(periods.number(time.start, self._size), periods.number(time.end, self._size) + 1)

    def _shares(self, time: Period) -> Iterator[tuple[int, float]]:
        """The periods that a time spans, each with the share of its days that lie in it."""
        for period in self._spanned(time):
            first = max(time.start, periods.first_day(period, self._size))
            last = min(time.end, periods.last_day(period, self._size))
            yield period, ((last - first).days + 1) / time.days

    def _count(self, period: int, share: float, deed: Deed) -> None:
        if period not in self._wanted:
            return
        at = period - self.first
        self.counts[at] += share * (deed.number or 0.0)
        if isinstance(deed.reports, int):
            self._reports[at] += share * deed.reports
        else:
            self._told.update((at, report) for report in deed.reports)

    def _put_aside(self, why: str, deed: Deed, spread: bool = False) -> None:
        tally = self._aside[why, spread]
        tally[0] += 1
        tally[1] += deed.number or 0.0
