"""Distributions over counts: every number that may come, with its probability."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from trucewatch.day_counts import Floats

APART, BLOCKS = 256, 128
"""How many of the smallest numbers a curve keeps apart; those above it puts together, in so many blocks of like probability,
each cut by as many of which each is longer than the one before."""
_LONGEST = 1_000_000
"""Numbers whose probabilities are computed one by one; beyond it counts are taken in larger units."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """Probabilities of numbers of 0 and more."""

    values: Floats
    """Ascending, none twice."""
    odds: Floats
    """The probability of each; they sum to 1."""
    spans: Floats | None = None
    """(values, 2): the first and the last of the whole numbers that each stands for; None where each is one number."""

    @property
    def mean(self) -> float:
        """The expected number."""
        return float(self.values @ self.odds)

    def above(self, number: float) -> float:
        """The probability of more than a number."""
        return float(self.odds[self.values > number].sum())

    def at_least(self, number: float) -> float:
        """The probability of a number or more."""
        return float(self.odds[self.values >= number].sum())

    def with_any(self, share: float) -> Distribution:
        """The same with this probability of 1 or more, where there is any of that."""
        odds, known = self.odds.copy(), self.at_least(1)
        if not 0 < known < 1:
            return self
        odds[self.values >= 1] *= share / known
        odds[self.values < 1] *= (1 - share) / (1 - known)
        return Distribution(self.values, odds, self.spans)

    def quantile(self, share: float) -> float:
        """The smallest number that is not exceeded with this probability, 0 to 1."""
        upto = np.cumsum(self.odds)
        return float(self.values[min(int(np.searchsorted(upto, share - 1e-12)), len(upto) - 1)])

    def interval(self, share: float) -> tuple[float, float]:
        """The numbers, both included, between which the middle ``share`` of the probability lies."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)


def ensemble(numbers: ArrayLike, weights: ArrayLike | None = None) -> Distribution:
    """The distribution of numbers that were seen, each as likely as its weight (alike, without)."""
    seen = np.asarray(numbers, dtype=float).ravel()
    given = np.ones(len(seen)) if weights is None else np.asarray(weights, dtype=float).ravel()
    values, where = np.unique(seen, return_inverse=True)
    odds = np.bincount(where, weights=given)
    return Distribution(values, cast(Floats, odds / odds.sum()))


def blend(parts: Sequence[tuple[float, Distribution]]) -> Distribution:
    """The mixture of distributions with these weights."""
    values = np.concatenate([part.values for _, part in parts])
    odds = np.concatenate([weight * part.odds for weight, part in parts])
    mixed = ensemble(values, odds)
    blocks = [part for _, part in parts if part.spans is not None]
    if not blocks:
        return mixed
    spans = np.column_stack([mixed.values, mixed.values])
    for part in blocks:
        spans[np.searchsorted(mixed.values, part.values)] = part.spans
    return Distribution(mixed.values, mixed.odds, spans)


def negative_binomial(mean: float, dispersion: float) -> Distribution:
    """Counts of this mean, above 0, whose variance is ``dispersion`` times it, above 1.

    Cut off where less than a millionth is left.
    """
    top = mean + 8 * math.sqrt(mean * dispersion) + 16 * dispersion + 4
    unit = math.ceil(top / _LONGEST)
    mean, top, dispersion = mean / unit, math.ceil(top / unit), max(dispersion / unit, 1 + 1e-6)
    size = mean / (dispersion - 1)
    share = (dispersion - 1) / dispersion
    after = np.arange(1, top + 1)
    logs = np.cumsum(np.log((after - 1 + size) / after * share))
    odds = np.exp(np.concatenate([[0.0], logs]) - size * math.log(dispersion))
    return _blocks(odds / odds.sum(), unit)


def _blocks(odds: Floats, unit: int) -> Distribution:
    """The distribution with these probabilities of 0, 1, 2 ... units, the larger numbers in blocks around their means."""
    numbers = np.arange(len(odds))
    starts = numbers[:APART]
    if len(odds) > APART:
        alike = np.searchsorted(np.cumsum(odds), np.arange(1, BLOCKS) / BLOCKS)
        longer = np.geomspace(APART, len(odds), BLOCKS, endpoint=False).astype(int)
        starts = np.unique(np.concatenate([starts, alike[alike > APART], longer]))
    sums = np.add.reduceat(odds, starts)
    kept = sums > 1e-9
    means = np.add.reduceat(odds * numbers, starts)[kept] / sums[kept]
    spans = np.column_stack([starts, [*starts[1:] - 1, len(odds) - 1]])[kept] * float(unit)
    return Distribution(unit * np.round(means), sums[kept] / sums[kept].sum(), spans if len(odds) > APART else None)
