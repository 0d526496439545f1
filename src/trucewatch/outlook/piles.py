"""January piles: deaths of which only the year is known, and which a dataset counts on its first day.

A forecast that took them for a bloody month would be wrong for a year. Where a January stands out so far that nothing
around it explains it, the months before it stand in for it; that it was so is said.
"""

from __future__ import annotations

import numpy as np

from trucewatch.outlook.distribution import Floats

TIMES, MORE = 3.0, 25.0
"""A January is a pile if it is over so many times the highest month around it, and so many deaths more besides."""
BEFORE, AFTER = 6, 3
"""Months around it; of those after it, as many as there are."""


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
    """The same counts with the median of the months before in the place of each pile."""
    mended = counts.copy()
    for row, at in piles(counts, first_month):
        mended[row, at] = np.median(mended[row, at - BEFORE : at])
    return mended
