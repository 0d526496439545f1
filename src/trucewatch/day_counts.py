"""Counts of days, as truces and outlooks both use them: which days were watched, and how much counts cluster."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DAY = dt.timedelta(days=1)
REACH = 3
"""Days after which a deed is no longer news: a report watches over its own day and so many before it."""


TOLD_BY_ONE = 0.5
"""The share of a day's deeds that one report is taken to tell of among those that watch over it."""


def shares_told(published: Mapping[dt.date, int]) -> dict[dt.date, float]:
    """By watched day, the share of its deeds that so many reports of each day may be taken to tell of."""
    looks = Counter[dt.date]()
    for day, reports in published.items():
        for back in range(REACH + 1):
            looks[day - back * DAY] += reports
    return {day: 1 - (1 - TOLD_BY_ONE) ** count for day, count in looks.items()}


def watched_by(published: Iterable[dt.date]) -> frozenset[dt.date]:
    """The days that reports of these days watch over."""
    return frozenset(day - back * DAY for day in published for back in range(REACH + 1))


def chi_square(counts: Floats, watched: Flags, block: int) -> tuple[float, int]:
    """Pearson's chi-square of the counts of so many days each, and its degrees of freedom: 0 where there is nothing to tell.

    ``counts`` and ``watched`` have one value a day; days not watched are left out. Blocks are counted from the last day, and
    what is left over at the start stays out.
    """
    cut = len(counts) % block
    days = watched[cut:].reshape(-1, block).sum(axis=1)
    found = np.where(watched, counts, 0.0)[cut:].reshape(-1, block).sum(axis=1)[days > 0]
    days = days[days > 0]
    if len(days) < 2 or not found.sum():
        return 0.0, 0
    expected = days * found.sum() / days.sum()
    return float(((found - expected) ** 2 / expected).sum()), len(days) - 1


def log_gamma(values: Floats) -> Floats:
    """The logarithm of the gamma function of each, which numpy does not have."""
    return np.asarray(np.frompyfunc(math.lgamma, 1, 1)(values), dtype=float)
