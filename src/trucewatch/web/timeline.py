"""Chosen incidents over time: a bar a day, week or month, and a band where the day is not known.

What is told no finer than by the month is spread over all days that it may have been, and drawn apart from the bars.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.codebook.rows import QUADS
from trucewatch.web.atlas import UNDATED, Atlas, Mask

BARS = 160
"""The most bars."""
STEPS = (1, 7, 28, 91, 364, 3640)
"""Days of a bar; from 28 on bars are whole weeks too, so that no bar is longer than its neighbour."""
HEIGHT = 72.0
MONDAY = 1
"""The ordinal of a Monday: bars of weeks begin there."""
LATEST = 0.995
"""Share of incidents that a whole timeline must show: a single one of centuries ago does not squeeze all others."""


class Bar(NamedTuple):
    """One bar in drawing units: the parts from below, one for each quad class that it has."""

    first: dt.date
    total: int
    x: float
    parts: tuple[tuple[str, float, float], ...]
    """Quad class, top, height."""


class Timeline(NamedTuple):
    """What is drawn: ``len(bars)`` units wide, ``HEIGHT`` high."""

    first: dt.date
    step: int
    """Days of a bar."""
    bars: tuple[Bar, ...]
    highest: int
    band: str
    """The points of the band's edge, "x,y x,y ..."; empty where every day is known."""
    undated: int
    marks: tuple[tuple[float, dt.date], ...]
    """Where a new month or year begins."""

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.first + dt.timedelta(days=self.step * len(self.bars) - 1)


def timeline(atlas: Atlas, mask: Mask) -> Timeline | None:
    """The timeline of chosen incidents; None where none has a day."""
    dated = mask & (atlas.first != UNDATED)
    rows = dated.nonzero()[0]
    if not len(rows):
        return None
    span = np.sort(atlas.first[rows])
    begin, end = int(span[int(len(span) * (1 - LATEST))]), int(atlas.last[rows].max())
    step = next((step for step in STEPS if (end - begin) // step < BARS), STEPS[-1])
    start = begin if step == 1 else begin - (begin - MONDAY) % 7
    size = (end - start) // step + 1
    sharp = rows[~atlas.vague[rows] & (atlas.first[rows] >= start)]
    at = (atlas.first[sharp] - start) // step
    counts = np.stack([np.bincount(at[atlas.quad[sharp] == quad], minlength=size)[:size] for quad in range(len(QUADS))])
    band = _spread(atlas, rows[atlas.vague[rows]], start, step, size)
    highest = max(int(counts.sum(axis=0).max()), int(np.ceil(band.max())), 1)
    scale = HEIGHT / highest
    first = dt.date.fromordinal(start)
    bars = tuple(
        Bar(first + dt.timedelta(days=step * x), int(counts[:, x].sum()), float(x), _parts(counts[:, x], scale))
        for x in range(size)
    )
    edge = " ".join(f"{x + part},{HEIGHT - value * scale:.1f}" for x, value in enumerate(band) for part in (0, 1))
    return Timeline(
        first=first,
        step=step,
        bars=bars,
        highest=highest,
        band=f"0,{HEIGHT:g} {edge} {size},{HEIGHT:g}" if band.any() else "",
        undated=int(mask.sum() - dated.sum()),
        marks=marks(first, step, size),
    )


def _parts(counts: NDArray[np.int64], scale: float) -> tuple[tuple[str, float, float], ...]:
    """Conflict stands below, for it is what most look for."""
    found, top = [], HEIGHT
    for quad in reversed(range(len(QUADS))):
        if counts[quad]:
            height = float(counts[quad]) * scale
            top -= height
            found.append((QUADS[quad], round(top, 2), round(height, 2)))
    return tuple(found)


def _spread(atlas: Atlas, rows: NDArray[np.int64], start: int, step: int, size: int) -> NDArray[np.float64]:
    """How many vague incidents each bar has, each shared among all the days that it may have been."""
    edges = np.zeros(size * step + 1)
    first = np.clip(atlas.first[rows] - start, 0, size * step)
    last = np.clip(atlas.last[rows] - start + 1, 0, size * step)
    share = 1.0 / (atlas.last[rows] - atlas.first[rows] + 1)
    np.add.at(edges, first, share)
    np.add.at(edges, last, -share)
    by_day = np.maximum(np.cumsum(edges[:-1]), 0)
    return np.asarray(by_day.reshape(size, step).sum(axis=1))


def marks(first: dt.date, step: int, size: int) -> tuple[tuple[float, dt.date], ...]:
    """First days of months, or of years where there are too many months; at most a dozen."""
    last = first + dt.timedelta(days=step * size)
    months = [
        dt.date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= dt.date(year, month, 1) <= last
    ]
    for chosen in (months, months[::3] if len(months) > 12 else [], [day for day in months if day.month == 1]):
        if chosen and len(chosen) <= 12:
            break
    else:
        chosen = chosen[:: len(chosen) // 12 + 1]
    return tuple(((day - first).days / step, day) for day in chosen)
