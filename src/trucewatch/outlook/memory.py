"""Our model: a mean over several memories, from the last period to the last year, each as heavy as it has proved to be.

What is expected is a sum of running means of half-lives from 1 to 40 periods. Their weights, none below 0, are those that
would have expected the past counts of all areas best: weighted least squares, drawn to weights that hold in general
where there is little past. Around that mean lies a negative binomial, as wide as past expectations were wrong. Of months it
is one half of the forecast, and resampling of the past the other, for monthly deaths have tails that no such curve has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from trucewatch.counting import Floats
from trucewatch.outlook.distribution import Distribution, blend, negative_binomial
from trucewatch.outlook.models import LEAST, Question, dispersion, resampled, running_means
from trucewatch.outlook.periods import Size

MEMORIES = (1.0, 2.0, 4.0, 8.0, 16.0, 40.0)
"""Half-lives in periods."""
NEAR, FAR = (0.60, 0.18, 0.08, 0.05, 0.04, 0.03), (0.30, 0.27, 0.15, 0.10, 0.08, 0.05)
"""The weights that are held of memories before anything is known, one period ahead, and four or more."""
PRIOR = 100.0
"""How many periods of one area those weigh as much as."""
FIT_HALF_LIFE, KEPT = 52.0, 156
"""Periods after which an expectation counts half in the weights; periods of the past that are learned from."""
FIRST = 8
"""Periods before the first expectation that is learned from."""
RESAMPLED: Mapping[Size, float] = {"day": 0.0, "week": 0.0, "month": 0.5}
"""The share of the resampled past in a forecast ..."""
RESAMPLING_HALF_LIFE = 3.0
"""... and its half-life, shorter than that of the reference model."""
_ROUNDS = 60


class Fit(NamedTuple):
    """What the past of all areas has taught."""

    weights: Floats
    """Of MEMORIES."""
    parts: Floats
    """(areas, memories): what each memory adds to the mean that is expected."""
    means: Floats
    dispersions: Floats
    """Of each area."""


def ours(asked: Question) -> Distribution:
    """The forecast of one area."""
    return forecast(asked, fit(asked.counts, asked.ahead))


def forecast(asked: Question, known: Fit) -> Distribution:
    """The forecast of one area, from a fit to the same counts."""
    curve = negative_binomial(float(known.means[asked.row]), float(known.dispersions[asked.row]))
    share = RESAMPLED[asked.period]
    return blend(((1 - share, curve), (share, resampled(asked, RESAMPLING_HALF_LIFE)))) if share else curve


def fit(counts: Floats, ahead: int) -> Fit:
    """The weights of the memories, what they expect and how far that is trusted, ``ahead`` periods from the last count."""
    counts = counts[:, -KEPT:]
    remembered = np.stack([running_means(counts, half_life) for half_life in MEMORIES], axis=-1)
    weights = _weights(remembered, counts, ahead)
    expected = np.maximum(remembered @ weights, LEAST)
    return Fit(weights, remembered[:, -1] * weights, expected[:, -1], dispersion(counts, expected, ahead))


def _weights(remembered: Floats, counts: Floats, ahead: int) -> Floats:
    """Least squares with each error divided by the level of its count, for a count varies as its mean does."""
    held = prior(ahead)
    periods = counts.shape[1] - ahead
    if periods <= FIRST:
        return held
    past = remembered[:, FIRST:periods]
    trust = 0.5 ** (np.arange(periods - FIRST)[::-1] / FIT_HALF_LIFE) / (past.mean(axis=-1) + 0.5)
    rows, came, trust = past.reshape(-1, len(MEMORIES)), counts[:, FIRST + ahead :].ravel(), trust.ravel()
    products, sums = (rows.T * trust) @ rows, (rows.T * trust) @ came
    # As many periods as PRIOR would add if they were like those that were seen.
    drawn = PRIOR * max(products.trace() / len(MEMORIES) / len(rows), 1e-3)
    return _not_negative(products + drawn * np.eye(len(MEMORIES)), sums + drawn * held, held)


def prior(ahead: int) -> Floats:
    """The weights that are held before anything is known."""
    far = min(ahead - 1, 3) / 3
    return np.asarray((1 - far) * np.array(NEAR) + far * np.array(FAR))


def _not_negative(products: Floats, sums: Floats, start: Floats) -> Floats:
    """The weights of 0 and more that solve a least-squares problem, one after the other until they rest."""
    found = start.copy()
    for _ in range(_ROUNDS):
        for at in range(len(found)):
            found[at] = max(0.0, found[at] + (sums[at] - products[at] @ found) / products[at, at])
    return found
