"""Counts of days: how much they cluster, in days and in weeks."""

from __future__ import annotations

import numpy as np
import pytest

from trucewatch.day_counts import chi_square


@pytest.mark.parametrize(
    ("counts", "unwatched", "block", "expected"),
    [
        ([], [], 1, (0.0, 0)),
        ([3], [], 1, (0.0, 0)),
        ([0, 0, 0], [], 1, (0.0, 0)),
        ([1, 3], [], 1, (1.0, 1)),
        ([2, 2, 2], [], 1, (0.0, 2)),
        ([1, 9, 3], [1], 1, (1.0, 1)),
        ([9, 1, 0, 3, 0], [], 2, (1.0, 1)),  # blocks are counted from the end
        ([1, 0, 9, 3], [2], 2, (25 / 8, 1)),  # half of the second block was watched
    ],
)
def test_chi_square_of_a_few_days(
    counts: list[int], unwatched: list[int], block: int, expected: tuple[float, int]
) -> None:
    watched = np.array([at not in unwatched for at in range(len(counts))], dtype=bool)
    square, freedom = chi_square(np.array(counts, dtype=float), watched, block)
    assert (square, freedom) == (pytest.approx(expected[0]), expected[1])
