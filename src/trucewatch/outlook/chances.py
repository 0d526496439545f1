"""Counts of days: their chances by a daily rate, and how much they cluster.

A count has a negative binomial distribution with a variance of ``spread`` times its mean. Daily rates lie on one grid,
``RATES``, even on the scale of logarithms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import Flags, Floats, chi_square, log_gamma

RATES: Floats = np.exp(np.linspace(math.log(1e-4), math.log(1e4), 450))
"""Deeds a day."""
STEP = math.log(RATES[1] / RATES[0])
MANY = 300
"""Totals from which on the logarithm of a total is taken for normal."""


class Counted(NamedTuple):
    """What was counted of one indicator, day by day."""

    counts: Floats
    seen: Floats
    """Of the same length: the share of a day's deeds that is told, 0 where nobody watched."""

    @property
    def watched(self) -> Flags:
        """Which days anybody watched."""
        return np.asarray(self.seen > 0)


def dispersion(spells: Sequence[Counted], block: int) -> float:
    """How many times their mean the counts of so many days each vary, at least 1.

    Pearson's chi-square by its degrees of freedom, each spell held against its own mean, so that it does not matter
    whether their rates differ.
    """
    found = [chi_square(spell.counts, spell.watched, block) for spell in spells]
    freedom = sum(degrees for _, degrees in found)
    return max(1.0, sum(square for square, _ in found) / freedom) if freedom else 1.0


def given_rates(counted: Counted, spread: float) -> Floats:
    """Days x rates: the logarithm of how likely each daily rate makes all that was counted up to a day."""
    days = list(zip(counted.counts.tolist(), counted.seen.tolist(), strict=True))
    chances = {day: log_chance(day[0], RATES * day[1], spread) for day in {*days} if day[1]}
    nothing = np.zeros(len(RATES))
    each = np.array([chances.get(day, nothing) for day in days]).reshape(-1, len(RATES))
    return np.asarray(np.cumsum(each, axis=0))


def log_chance(count: float, mean: Floats, spread: float) -> Floats:
    """The logarithm of the negative binomial chance of a count, with a variance of ``spread`` times the mean.

    Poisson's where ``spread`` is 1. Fractions, of deeds that were spread over days, are taken as they come.
    """
    if spread < 1.001:
        return np.asarray(count * np.log(mean) - mean - math.lgamma(count + 1))
    size = mean / (spread - 1)
    rising = log_gamma(count + size) - log_gamma(size) - math.lgamma(count + 1)
    return np.asarray(rising - size * math.log(spread) + count * math.log((spread - 1) / spread))


def tails(total: float, days: float, spread: float, weights: Floats) -> tuple[float, float]:
    """The probabilities of no more than a total, and of no less, over so many days."""
    means = RATES * max(days, 1.0)
    if total > MANY:
        away = (np.log(total) - np.log(means)) * np.sqrt(means / spread)
        below = float(weights @ np.frompyfunc(lambda at: 0.5 * math.erfc(-at / math.sqrt(2)), 1, 1)(away))
        return below, 1 - below
    chances = [float(weights @ np.exp(log_chance(count, means, spread))) for count in range(int(total) + 1)]
    below = sum(chances)
    return below, 1 - below + chances[-1]


def log_sum(values: Floats, axis: int) -> Floats:
    """The logarithm of the sum of what the values are the logarithms of."""
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis))
