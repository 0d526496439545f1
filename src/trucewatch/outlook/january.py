"""January piles: deaths of which only the year is known, and which a dataset counts on its first day.

A forecast that took them for a bloody month would be wrong for a year. Where a January stands out so far that nothing
around it explains it, the months before it stand in for it, and that it was so is said. A January to come may be such a pile
again, as often as those of the last years were.
"""

from __future__ import annotations

import numpy as np

from trucewatch.day_counts import Floats
from trucewatch.outlook.distribution import Distribution, blend, ensemble

TIMES, MORE = 3.0, 25.0
"""A January is a pile if it is over so many times the highest month around it, and so many deaths more besides."""
BEFORE, AFTER = 6, 3
"""Months around it; of those after it, as many as there are."""
YEARS = 4
"""Januaries by which the next is told."""


def piles(counts: Floats, first_month: int) -> list[tuple[int, int]]:
    """Row and column of each January of (areas, months) that looks like a pile; ``first_month`` is that of the first column."""
    found = []
    for at in range((1 - first_month) % 12, counts.shape[1], 12):
        if at < BEFORE:
            continue
        around = np.delete(counts[:, at - BEFORE : at + AFTER + 1], BEFORE, axis=1).max(axis=1)
        found += [(int(row), at) for row in np.flatnonzero(counts[:, at] > TIMES * around + MORE)]
    return found


def without_piles(counts: Floats, first_month: int) -> Floats:
    """The same counts, with the median of the months before in the place of each pile."""
    mended = counts.copy()
    for row, at in piles(counts, first_month):
        mended[row, at] = np.round(np.median(mended[row, at - BEFORE : at]))
    return mended


def allowing(said: Distribution, past: Floats, first_month: int, ahead: int) -> Distribution:
    """The forecast of the month so many ahead of the last of ``past``: that of a January allows for a pile."""
    target = len(past) + ahead - 1
    if (first_month - 1 + target) % 12:
        return said
    januaries = [at for at in range(target - 12 * YEARS, min(target, len(past)), 12) if at >= BEFORE]
    piled = [past[at] for _, at in piles(past[None], first_month) if at in januaries]
    share = len(piled) / (len(januaries) + 1)
    return blend(((1 - share, said), (share, ensemble(piled)))) if piled else said
