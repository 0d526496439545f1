"""Series: how much of a named kind was counted in an area, period by period, by one observer.

Each deed counts once, in the period that holds most of its days, and nowhere where its date or its place is known too
coarsely for that; how much was left out, or spread, is kept beside the counts. Observers are never added together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.nouns import Noun, Period, Place
from trucewatch.outlook import periods
from trucewatch.outlook.periods import Size

Floats = NDArray[np.float64]
DESK = "desk"
"""The observer whose deeds are the desk's own incidents; every other one is a dataset."""


class Asked(Noun):
    """What is to be counted, and how."""

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


class Spot(NamedTuple):
    """A deed's place with the admin units that the observer names; None where it names none."""

    place: Place
    admin1: str | None = None
    admin2: str | None = None


class Deed(NamedTuple):
    """One incident, or one row of a dataset, as a series counts it."""

    number: float | None
    """What it adds: 1, or its deaths; None where nobody gives a figure."""
    time: Period | None
    spot: Spot | None
    reports: tuple[str, ...] | int
    """The ids of the reports that tell of it; a dataset gives only how many."""


class Aside(Noun):
    """Deeds that were not simply counted in one period of one area."""

    why: str
    """``date too coarse``, ``date unknown``, ``place too coarse``, ``place unknown`` or ``no figure``."""
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

    def until(self, day: dt.date) -> Series:
        """The periods that had ended by a day."""
        raise NotImplementedError


class Covered(NamedTuple):
    """What an observer can tell of an area at all."""

    first: dt.date | None
    last: dt.date | None
    """Days between which its silence means that nothing happened, both included; None where it has nothing."""
    inputs: str


def count(found: Iterable[Deed], area: object, asked: Asked, covered: Covered) -> Series:
    """The series of deeds in an area."""
    raise NotImplementedError
