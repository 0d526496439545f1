"""Change points: when the rate of what is counted became another, and how well that is dated.

The counts are taken for stretches of one rate each. Of all ways of cutting them the likeliest is found, with a gamma prior
on each rate and a prior on each cut; then each change is dated by its posterior between its neighbours, and weighed against
no change between them. Counts cluster, so they are divided by their dispersion first, as in the status of a truce: a
burst tells as much as one event.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import Floats, log_gamma

STRETCH = 52.0
"""Periods that a rate is expected to hold."""
LEAST = 3
"""Periods that it holds at least."""
SHAPE = 0.5
"""Of the gamma prior of each rate, whose mean is that of all counts."""
SURE = 0.8
"""A change is told if it is as probable as this ..."""
MIDDLE = 0.9
"""... with the periods in which it lies with this probability."""


class Change(NamedTuple):
    """A change of the rate."""

    at: int
    """The first period of the new rate: none is likelier."""
    earliest: int
    latest: int
    """The new rate begins between these, both included, with MIDDLE probability."""
    probability: float
    """That there was one at all, between those before and after it."""
    before: float
    after: float
    """Mean counts of the stretches that it parts."""


def changes(counts: Floats) -> tuple[Change, ...]:
    """The changes of which one may be SURE, the first one first; ``counts`` has one value a period."""
    if len(counts) < 2 * LEAST or not counts.any():
        return ()
    explained = _explained(counts / scatter(counts))
    cuts = _likeliest(explained)
    while True:
        bounds = [0, *cuts, len(counts)]
        found = [_change(explained, counts, bounds[at : at + 3]) for at in range(len(cuts))]
        doubtful = [one for one in found if one.probability < SURE]
        if not doubtful:
            return tuple(found)
        # Without the least likely one its neighbours are other stretches, so they are dated and weighed again.
        cuts.remove(min(doubtful, key=lambda one: one.probability).at)


def scatter(counts: Floats) -> float:
    """How many times their mean counts vary from one period to the next, at least 1: a change of rate hardly raises it."""
    steps = np.diff(counts) ** 2
    sums = counts[1:] + counts[:-1]
    return max(1.0, float(steps.sum() / sums.sum())) if sums.sum() else 1.0


def _explained(counts: Floats) -> Floats:
    """The logarithm of how well one rate explains the periods from each start to each end, which is not included.

    What the counts contribute however they are cut is left out.
    """
    sums = np.concatenate([[0.0], np.cumsum(counts)])
    at = np.arange(len(sums))
    periods, counted = at[None, :] - at[:, None], np.maximum(sums[None, :] - sums[:, None], 0.0)
    rate, shape = SHAPE / float(counts.mean()), SHAPE + counted
    held = SHAPE * math.log(rate) - math.lgamma(SHAPE)
    found = held + log_gamma(shape) - shape * np.log(rate + np.maximum(periods, 0))
    return np.where(periods >= LEAST, found, -np.inf)


def _likeliest(explained: Floats) -> list[int]:
    """Where the likeliest way of cutting cuts: the first period of each new rate."""
    best, before = np.full(len(explained), -np.inf), np.zeros(len(explained), dtype=int)
    best[0] = -_PRICE
    for end in range(LEAST, len(explained)):
        ways = best[:end] + explained[:end, end] + _PRICE
        before[end] = int(np.argmax(ways))
        best[end] = ways[before[end]]
    cuts, end = [], int(before[-1])
    while end > 0:
        cuts.append(end)
        end = int(before[end])
    return cuts[::-1]


_PRICE = math.log(1 / STRETCH) - math.log1p(-1 / STRETCH)
"""The logarithm of the prior odds that a new rate begins with a period."""


def _change(explained: Floats, counts: Floats, bounds: list[int]) -> Change:
    """The change between two bounds, given the place of the likeliest."""
    first, cut, end = bounds
    ways = explained[first, first:end] + explained[first:end, end]
    odds = np.exp(ways - ways.max())
    against = explained[first, end] - _PRICE - ways.max() - math.log(float(odds.sum()))
    upto = np.cumsum(odds) / odds.sum()
    earliest, latest = (first + int(np.searchsorted(upto, share)) for share in ((1 - MIDDLE) / 2, (1 + MIDDLE) / 2))
    before, after = float(counts[first:cut].mean()), float(counts[cut:end].mean())
    return Change(cut, earliest, latest, 1 / (1 + math.exp(min(against, 700.0))), before, after)
