"""Charts that the server draws: where things stand along days or periods, as shares of a drawing's width.

Templates write x in percent and y in pixels, so that one drawing fits a phone and a wide screen and its letters keep their
size; what must be one path stands in a box of 100 by 100 that is stretched. Every chart has its figures in a table too.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from trucewatch.truces.days import Days
from trucewatch.web.timeline import marks

BARS = 120
"""The most bars of days, weeks and so on."""
STEPS = (1, 7, 28, 91, 364)
"""Days of a bar."""
SHORT = 84
"""Days up to which an axis names days, not months."""
LATELY = 6
"""Names of days along an axis, at most, where there is room for few."""
Value = TypeVar("Value")


class Bar(NamedTuple):
    """A bar: x and width in percent, y and height in pixels of its panel."""

    x: float
    width: float
    y: float
    height: float
    first: dt.date
    last: dt.date
    value: float


class Run(NamedTuple, Generic[Value]):
    """Days in a row with one value; x and width in percent."""

    value: Value
    x: float
    width: float
    first: dt.date
    last: dt.date


class Mark(NamedTuple):
    """A day on an axis."""

    x: float
    day: dt.date


class Axis:
    """Days along the width of a drawing."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self.count = max(days.count, 1)
        self.step = next((step for step in STEPS if self.count / step <= BARS), STEPS[-1])
        """Days of a bar."""

    def x(self, day: dt.date) -> float:
        """Where a day begins, in percent."""
        return round((day - self.days.first).days * 100 / self.count, 3)

    @property
    def form(self) -> str:
        """How the days of ``marks`` are written: a skeleton of CLDR."""
        return "MMMd" if self.count <= SHORT else "yMMM"

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Where weeks, months or years begin."""
        mondays = [day for day in self.days if day.weekday() == 0] or [self.days.first]
        days = mondays if self.count <= SHORT else [day for _, day in marks(self.days.first, 1, self.count)]
        found = [Mark(self.x(day), day) for day in days if day in self.days]
        return tuple(found[:: math.ceil(len(found) / LATELY)])

    def spells(self) -> list[Days]:
        """The days of each bar; the last one may be shorter."""
        firsts = range(0, self.days.count, self.step)
        return [self._days(at, min(at + self.step, self.days.count)) for at in firsts]

    def bars(self, sums: Sequence[float], highest: float, tall: float) -> tuple[Bar, ...]:
        """A bar for each spell with anything in it, from its sum."""
        width = self.step * 100 / self.count
        return tuple(
            Bar(
                x=round(self.x(days.first) + width * 0.08, 3),
                width=round(days.count * 100 / self.count - width * 0.16, 3),
                y=round(tall - value / highest * tall, 2),
                height=round(value / highest * tall, 2),
                first=days.first,
                last=days.last,
                value=value,
            )
            for days, value in zip(self.spells(), sums, strict=True)
            if value
        )

    def sums(self, daily: Sequence[float]) -> list[float]:
        """What each bar's days add up to."""
        return [float(sum(daily[at : at + self.step])) for at in range(0, self.days.count, self.step)]

    def runs(self, values: Iterable[Value]) -> tuple[Run[Value], ...]:
        """Equal values of days in a row, put together."""
        found, at = list[Run[Value]](), 0
        for value, its in itertools.groupby(values):
            days = self._days(at, at + len(list(its)))
            found.append(Run(value, self.x(days.first), round(days.count * 100 / self.count, 3), days.first, days.last))
            at += days.count
        return tuple(found)

    def _days(self, start: int, stop: int) -> Days:
        day = dt.timedelta(days=1)
        return Days(first=self.days.first + day * start, last=self.days.first + day * (stop - 1))


def bands(pairs: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """The outlines of what lies between two shares at each of so many steps, in a box of 100 by 100; None is a gap."""
    found, at = list[str](), 0
    for is_there, its in itertools.groupby(pairs, lambda pair: pair is not None):
        those = list(its)
        if is_there:
            low, high = zip(*(pair for pair in those if pair is not None), strict=True)
            found.append(" ".join((*_path(high, at, len(pairs)), *reversed(_path(low, at, len(pairs))))))
        at += len(those)
    return tuple(found)


def line(shares: Sequence[float]) -> str:
    """A line through the middles of steps, for the points of a polyline in a box of 100 by 100."""
    size = max(len(shares), 1)
    return " ".join(f"{(at + 0.5) * 100 / size:.2f},{100 - share * 100:.2f}" for at, share in enumerate(shares))


def round_up(value: float) -> float:
    """The next of 1, 2, 3, 4, 5, 6, 8, 10, 20 ..."""
    if value <= 1:
        return 1.0
    size = 10 ** math.floor(math.log10(value))
    return float(next(step * size for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * size >= value))


def _path(shares: Sequence[float], start: int, size: int) -> list[str]:
    """Two corners for each step, those between equal shares left out."""
    corners: list[tuple[str, str]] = []
    for at, share in enumerate(shares):
        y = f"{100 - share * 100:.1f}"
        for edge in (at, at + 1):
            if len(corners) > 1 and corners[-1][1] == y == corners[-2][1]:
                corners.pop()
            corners.append((f"{(start + edge) * 100 / size:.2f}", y))
    return [f"{x},{y}" for x, y in corners]
