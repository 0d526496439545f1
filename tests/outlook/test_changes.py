"""Change points: found where there is one, dated as well as is said, and not found where there is none."""

from __future__ import annotations

import numpy as np

from trucewatch.day_counts import Floats
from trucewatch.outlook.changes import changes, scatter


def _bursts(random: np.random.Generator, mean: float, dispersion: float, periods: int) -> Floats:
    return random.negative_binomial(mean / (dispersion - 1), 1 / dispersion, periods).astype(float)


def test_a_fall_by_more_than_half_is_found_and_dated() -> None:
    random = np.random.default_rng(1)
    counts = np.concatenate([_bursts(random, 10, 2, 60), _bursts(random, 4, 2, 40)])
    (one,) = changes(counts)
    assert one.earliest <= 60 <= one.latest and one.latest - one.earliest < 12
    assert one.probability > 0.99
    assert 8 < one.before < 12 and 3 < one.after < 5.5


def test_changes_lie_where_they_are_said_to_lie_about_nine_times_in_ten() -> None:
    random = np.random.default_rng(2)
    found = within = 0
    for _ in range(120):
        cut = int(random.integers(15, 85))
        told = changes(np.concatenate([_bursts(random, 9, 2, cut), _bursts(random, 3.5, 2, 100 - cut)]))
        near = [one for one in told if abs(one.at - cut) < 15]
        found += bool(near)
        within += any(one.earliest <= cut <= one.latest for one in near)
    assert found > 110
    assert 0.82 < within / found < 0.99


def test_where_nothing_changes_hardly_anything_is_told() -> None:
    random = np.random.default_rng(3)
    assert sum(len(changes(_bursts(random, 8, 3, 120))) for _ in range(40)) <= 3
    assert changes(np.zeros(80)) == ()
    assert changes(np.array([3.0, 0.0, 9.0])) == ()


def test_two_changes_are_told_apart() -> None:
    random = np.random.default_rng(4)
    parts = [_bursts(random, mean, 1.5, 40) for mean in (3, 15, 5)]
    first, second = changes(np.concatenate(parts))
    assert abs(first.at - 40) <= 2 and abs(second.at - 80) <= 2
    assert first.after == second.before


def test_a_burst_of_one_week_is_no_change() -> None:
    counts = np.random.default_rng(5).poisson(5, 80).astype(float)
    counts[40] = 45
    assert changes(counts) == ()


def test_scatter_is_hardly_raised_by_a_change_of_rate() -> None:
    random = np.random.default_rng(6)
    steady = random.poisson(6, 400).astype(float)
    moved = np.concatenate([steady[:200], steady[200:] * 4])
    assert scatter(steady) < 1.3
    assert scatter(np.concatenate([random.poisson(6, 200), random.poisson(24, 200)]).astype(float)) < 1.3
    assert scatter(moved) > 1.5  # four at a time: bursts
