"""How good forecasts were: proper scores of distributions and probabilities, and whether they were calibrated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from trucewatch.day_counts import Floats
from trucewatch.outlook.distribution import Distribution

FLOOR = 1e-4
"""The least probability that the log score grants to what came, so that one surprise does not outweigh all else."""


class Bin(NamedTuple):
    """Forecasts of about the same probability, and how often what they spoke of came."""

    forecasts: int
    said: float
    """Their mean probability."""
    came: float
    """The share of them that came true."""
    low: float
    high: float
    """Between these the share lies with 90 % if they were right to say so."""


def crps(forecast: Distribution, came: float) -> float:
    """The continuous ranked probability score, exact: 0 is best, in the unit of the counts.

    The integral over x of (P(X <= x) - [came <= x])**2 (Gneiting and Raftery 2007); of a certain forecast it is the
    absolute error.
    """
    upto = np.cumsum(forecast.odds)[:-1]
    far = float(forecast.odds @ np.abs(forecast.values - came))
    return far - float((upto * (1 - upto)) @ np.diff(forecast.values))


def log_score(forecast: Distribution, came: float) -> float:
    """Minus the logarithm of the probability of what came, at least FLOOR; lower is better."""
    low, high = pit(forecast, came)
    return -math.log(max(high - low, FLOOR))


def brier(said: ArrayLike, came: ArrayLike) -> float:
    """The mean squared error of probabilities, 0 to 1; 0 is best."""
    return float(np.mean((np.asarray(said, dtype=float) - np.asarray(came, dtype=float)) ** 2))


def skill(score: float, of_base: float) -> float | None:
    """By what share a score is better than the base rate's: 1 is perfect, below 0 is worse; None where that is 0."""
    return 1 - score / of_base if of_base > 0 else None


def pit(forecast: Distribution, came: float) -> tuple[float, float]:
    """The probabilities of less than what came, and of no more than it.

    A number drawn evenly from between them is even from 0 to 1 where the forecasts are right: the randomised
    probability integral transform (Czado, Gneiting and Held 2009). What stands for several numbers is even over them.
    """
    less, upto = (forecast.values < came).astype(float), (forecast.values <= came).astype(float)
    if forecast.spans is not None:
        wide = forecast.spans[:, 1] > forecast.spans[:, 0]
        first, last = forecast.spans[wide].T
        less[wide] = np.clip((came - first) / (last + 1 - first), 0, 1)
        upto[wide] = np.clip((came + 1 - first) / (last + 1 - first), 0, 1)
    return float(forecast.odds @ less), min(1.0, float(forecast.odds @ upto))


def covered(pits: ArrayLike, share: float) -> float:
    """The expected share of randomised PITs in the middle ``share``; as large as it where the forecasts are right.

    An interval of whole numbers holds more than its share by necessity; this counts the part of each number's
    probability that lies within, so that there is nothing to draw and every run says the same.
    """
    low, high = np.asarray(pits, dtype=float).reshape(-1, 2).T
    first, last = (1 - share) / 2, (1 + share) / 2
    part = np.clip(np.minimum(high, last) - np.maximum(low, first), 0, None)
    wide = high - low
    inside = np.where(wide > 0, part / np.where(wide > 0, wide, 1), (low >= first) & (low <= last))
    return float(inside.mean())


def held(forecasts: Sequence[tuple[float, float]], came: ArrayLike) -> float:
    """The share of what came that lies in the intervals, their ends included."""
    low, high = np.asarray(forecasts, dtype=float).reshape(-1, 2).T
    number = np.asarray(came, dtype=float)
    return float(((low <= number) & (number <= high)).mean())


def reliability(said: ArrayLike, came: ArrayLike, bins: int = 10) -> tuple[Bin, ...]:
    """Forecast probabilities beside how often they came true, by bins of equal width, those without a forecast left out."""
    said, came = np.asarray(said, dtype=float), np.asarray(came, dtype=float)
    where = np.minimum((said * bins).astype(int), bins - 1)
    return tuple(_bin(said[where == at], came[where == at]) for at in range(bins) if (where == at).any())


def _bin(said: Floats, came: Floats) -> Bin:
    spread = 1.645 * math.sqrt(float((said * (1 - said)).sum())) / len(said)
    mean = float(said.mean())
    return Bin(len(said), mean, float(came.mean()), max(0.0, mean - spread), min(1.0, mean + spread))
