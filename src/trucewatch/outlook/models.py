"""Models of what comes next that others are told against or made of: the base rate, and a reference for months.

A model is given the counts of areas side by side, one row an area, one column a period, the newest last, and says for
one row what the period so many ahead may bring. It sees no names and no dates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import Floats
from trucewatch.outlook.distribution import Distribution, blend, ensemble
from trucewatch.outlook.periods import Size

LEAST = 0.02
"""The mean that is expected of an area where nothing was ever counted."""
HALF_LIFE: Mapping[Size, float] = {"day": 21.0, "week": 3.0, "month": 6.0}
"""Of the reference models, in periods."""
PEERS, OWN = 0.2, 36
"""The share of the peers in a resampled forecast, and the periods that are sampled of an area's own past."""
LIKE, THEIRS = 6, 12
"""How many areas are peers, those nearest in their mean, and how many periods of each are sampled."""
YEAR: Mapping[Size, int] = {"day": 364, "week": 52, "month": 12}


class Question(NamedTuple):
    """What a model is asked."""

    counts: Floats
    """(areas, periods)."""
    row: int
    """The area that it is asked of."""
    ahead: int
    """1 is the period after the last of ``counts``."""
    period: Size

    @property
    def own(self) -> Floats:
        """The counts of the area that is asked of."""
        return np.asarray(self.counts[self.row])


def base_rate(asked: Question) -> Distribution:
    """One of the counts of the last year, each as likely: the base rate that skill is told against."""
    return ensemble(asked.own[-YEAR[asked.period] :])


def resampled(asked: Question, half_life: float | None = None) -> Distribution:
    """Reference for months: exponentially weighted resampling of the area's past, a fifth of it from its peers'.

    Peers are the areas nearest to it in their weighted mean. Without peers it is the area's own past alone.
    """
    past = asked.counts[:, -OWN:]
    weights = _weights(past.shape[1], half_life or HALF_LIFE[asked.period])
    own = ensemble(past[asked.row], weights)
    levels = np.log1p(past @ weights)
    others = np.array([at for at in range(len(past)) if at != asked.row], dtype=int)
    if not len(others):
        return own
    near = others[np.argsort(np.abs(levels[others] - levels[asked.row]), kind="stable")[:LIKE]]
    theirs = past[near, -THEIRS:]
    peers = ensemble(theirs, np.tile(weights[-THEIRS:], len(theirs)))
    return blend(((1 - PEERS, own), (PEERS, peers)))


def running_means(counts: Floats, half_life: float) -> Floats:
    """Of each row and period, the weighted mean of the counts up to it, their weight halved every ``half_life`` periods."""
    kept, found, weight = 0.5 ** (1 / half_life), np.empty(counts.shape), 0.0
    sums = np.zeros(len(counts))
    for at, now in enumerate(counts.T):
        sums, weight = sums * kept + now, weight * kept + 1
        found[:, at] = sums / weight
    return found


SCATTER_HALF_LIFE, PRIOR_COUNT = 13.0, 8.0
"""Periods after which an error counts half in the dispersion; counts that the others' dispersion weighs as much as."""
_DISPERSIONS = (1.02, 1e5)


def dispersion(counts: Floats, means: Floats, ahead: int, half_life: float = SCATTER_HALF_LIFE) -> Floats:
    """How many times their mean the counts of each row varied around what was expected of them: (areas,).

    ``means`` are the expectations at each period of the count ``ahead`` periods later. An area's own past errors, the newer
    the heavier, are taken together with those of areas of its level, which weigh as much as PRIOR_COUNT counts of its
    own, or as one period where that is more.
    """
    periods = counts.shape[1]
    weights = 0.5 ** (np.arange(max(periods - ahead, 0))[::-1] / half_life)
    expected = np.maximum(means[:, : periods - ahead], LEAST) @ weights
    errors = (counts[:, ahead:] - means[:, : periods - ahead]) ** 2 @ weights
    order = np.argsort(means[:, -1], kind="stable")
    pooled = np.empty(len(counts))
    pooled[order] = (_around(errors[order]) + 1.5) / (_around(expected[order]) + 1)
    prior = np.maximum(PRIOR_COUNT, means[:, -1])
    return np.clip((errors + prior * pooled) / (expected + prior), *_DISPERSIONS)


_REACH = 15
"""Areas on each side, by level, whose errors are pooled."""


def _around(values: Floats) -> Floats:
    """The sum of each value and those at most _REACH places from it."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return np.asarray(sums[np.minimum(at + _REACH + 1, len(values))] - sums[np.maximum(at - _REACH, 0)])


def _weights(periods: int, half_life: float) -> Floats:
    """The newest last, their sum 1 (but that of none)."""
    weights = 0.5 ** (np.arange(periods)[::-1] / half_life)
    return np.asarray(weights / max(math.fsum(weights), 1e-300))
