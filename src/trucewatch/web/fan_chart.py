"""The fan chart of an outlook: what was counted, the reports behind it, and what may come."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from trucewatch.outlook.outlook import WINDOW, Ahead, Outlook
from trucewatch.outlook.series import Series
from trucewatch.web.charts import round_up

TALL, LOW = 150.0, 26.0
"""Pixels of the counts, and of the reports below them."""
LEAST = 4.0
"""The least maximum of the scale, so that small counts look small."""
NAMED = 6
"""Names of periods along the axis, at most."""


class Known(NamedTuple):
    """A period that was counted."""

    x: float
    label: str
    first: dt.date
    number: float
    reports: int
    y: float
    """Top of its bar."""
    low: float
    """Top of the bar of its reports."""


class May(NamedTuple):
    """A period to come; heights in pixels."""

    x: float
    ahead: Ahead
    half: tuple[float, float]
    """Top, and height."""
    most: tuple[float, float]
    median: float


class Fan(NamedTuple):
    """What is drawn; x in percent."""

    width: float
    """Of a period, in percent."""
    known: tuple[Known, ...]
    may: tuple[May, ...]
    highest: float
    quartile: float
    """Height of the area's own upper quartile."""
    named: tuple[tuple[float, dt.date], ...]
    tall: float = TALL
    low: float = LOW


def fan(series: Series, one: Outlook) -> Fan:
    """The drawing of an outlook that was not refused."""
    assert one.quartile is not None
    shown = min(WINDOW[series.period], len(series))
    counts, reports = series.counts[-shown:].tolist(), series.reports[-shown:].tolist()
    starts, labels = series.starts[-shown - 1 : -1], series.labels[-shown:]
    width = 100 / (shown + len(one.ahead))
    highest = round_up(max(LEAST, one.quartile, *counts, *(ahead.most[1] for ahead in one.ahead)))
    busiest = max(1.0, *reports)

    def y(number: float) -> float:
        return round(TALL - min(max(number, 0.0), highest) / highest * TALL, 2)

    def box(low: float, high: float) -> tuple[float, float]:
        """As high as one count at least, so that an interval of one number can be seen."""
        top = y(high + 0.5)
        return top, round(y(low - 0.5) - top, 2)

    known = tuple(
        Known(
            round(at * width, 3), labels[at], starts[at], counts[at], int(reports[at]), y(counts[at]),
            round(LOW - reports[at] / busiest * LOW, 2),
        )
        for at in range(shown)
    )  # fmt: skip
    may = tuple(
        May(round(at * width, 3), ahead, box(*ahead.half), box(*ahead.most), y(ahead.median))
        for at, ahead in enumerate(one.ahead, shown)
    )
    firsts = [(each.x, each.first) for each in known] + [(each.x, each.ahead.first) for each in may]
    step = -(-len(firsts) // NAMED)
    return Fan(round(width, 3), known, may, highest, y(one.quartile), tuple(firsts[shown % step :: step]))
