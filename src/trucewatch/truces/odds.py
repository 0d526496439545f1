"""The ratio of two rates of counts that cluster: its posterior, and how much the counts cluster.

Events come in bursts, so that the variance of a count is not its mean but ``dispersion`` times it. Counts and days are
divided by the dispersion before they enter a gamma-Poisson model: a burst of five tells as much as one event would by
itself. With the prior Gamma(1/2, 0) on each rate (Jeffreys' for a Poisson rate) a rate's posterior is
Gamma(1/2 + count / dispersion, days / dispersion), and the ratio of two rates is a scaled beta-prime, whose
distribution is the incomplete beta function.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from trucewatch.day_counts import Flags, Floats, chi_square, log_gamma

PRIOR = 0.5
"""Shape of the gamma prior of each rate, in events of their own."""
WEEK = 7

_TERMS = 5000
_TINY = 1e-300
_CLOSE = 1e-13
_PARTS, _ROUNDS = 32, 9


class Contrast(NamedTuple):
    """Counts of two spells of days: numbers, or arrays of one shape."""

    counted: ArrayLike
    days: ArrayLike
    """Watched days; above 0."""
    base_counted: ArrayLike
    base_days: ArrayLike
    dispersion: ArrayLike = 1.0
    """Variance of a count by its mean, 1 or more."""


def above(contrast: Contrast, ratio: float) -> Floats:
    """The probability that the first rate is over ``ratio`` times the base rate."""
    counted, days, base_counted, base_days, dispersion = (np.asarray(part, dtype=float) for part in contrast)
    share = ratio * days / (ratio * days + base_days)
    return 1.0 - beta_below(PRIOR + counted / dispersion, PRIOR + base_counted / dispersion, share)


def quantile(contrast: Contrast, probability: float) -> Floats:
    """The ratio of the first rate to the base rate that is not exceeded with this probability."""
    counted, days, base_counted, base_days, dispersion = (np.asarray(part, dtype=float) for part in contrast)
    one, other = PRIOR + counted / dispersion, PRIOR + base_counted / dispersion
    steps = np.linspace(0.0, 1.0, _PARTS + 1)
    low, width = np.zeros(np.broadcast(one, other).shape), 1.0
    for _ in range(_ROUNDS):
        under = beta_below(one[..., None], other[..., None], low[..., None] + width * steps) < probability
        low = low + width / _PARTS * np.maximum(under.sum(axis=-1) - 1, 0)
        width /= _PARTS
    share = low + width / 2
    return np.asarray(share / (1.0 - share) * base_days / days)


def dispersion(counts: Floats, watched: Flags) -> float:
    """How many times their mean the counts vary: Pearson's chi-square by its degrees of freedom, at least 1.

    ``counts`` and ``watched`` have one value a day; days not watched are left out. It is measured from day to day and
    from week to week, and the larger counts, for bursts that last for days hardly show from one day to the next.
    1 where there is nothing to tell it from.
    """
    return max(1.0, by_blocks(counts, watched, 1), by_blocks(counts, watched, WEEK))


def by_blocks(counts: Floats, watched: Flags, block: int) -> float:
    """The dispersion of the counts of blocks of so many days; 0 where there is nothing to tell it from."""
    square, degrees = chi_square(counts, watched, block)
    return square / degrees if degrees else 0.0


def beta_below(one: ArrayLike, other: ArrayLike, x: ArrayLike) -> Floats:
    """The regularised incomplete beta function I_x(one, other), element by element.

    Shapes above 0, x from 0 to 1. By the continued fraction (DLMF 8.17.22), summed with Lentz's method, which
    converges fast below the mean; above it the complement is summed.
    """
    one, other, x = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (one, other, x)))
    turned = x > (one + 1.0) / (one + other + 2.0)
    a, b, at = np.where(turned, other, one), np.where(turned, one, other), np.where(turned, 1.0 - x, x)
    with np.errstate(divide="ignore"):
        front = a * np.log(at) + b * np.log1p(-at) - np.log(a) - (log_gamma(a) + log_gamma(b) - log_gamma(a + b))
    found = np.exp(front) * _fraction(a, b, at)
    return np.asarray(np.clip(np.where(turned, 1.0 - found, found), 0.0, 1.0))


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    c, d = np.ones_like(x), _away(1.0 - (a + b) * x / (a + 1.0))
    d = 1.0 / d
    value, done = d, np.zeros(np.shape(x), dtype=bool)
    for term in range(1, _TERMS):
        even = term * (b - term) * x / ((a + 2 * term - 1.0) * (a + 2 * term))
        odd = -(a + term) * (a + b + term) * x / ((a + 2 * term) * (a + 2 * term + 1.0))
        for part in (even, odd):
            d = 1.0 / _away(1.0 + part * d)
            c = _away(1.0 + part / c)
            step = c * d
            # What has converged stays as it is, so that a value does not hang on those that it is computed with.
            value = np.where(done, value, value * step)
        done |= np.abs(step - 1.0) < _CLOSE
        if done.all():
            break
    return value


def _away(values: Floats) -> Floats:
    """The same, but never 0."""
    return np.asarray(np.where(np.abs(values) < _TINY, _TINY, values))
