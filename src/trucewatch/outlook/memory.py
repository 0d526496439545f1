"""Our model: a mean over several memories, from the last period to the last year, each as heavy as it has proved to be.

What is expected is a sum of running means of half-lives from 1 to 40 periods. Their weights, none below 0, are those that
would have expected the past counts of all areas best: weighted least squares, drawn to weights that hold in general
where there is little past. Around that mean lies a negative binomial, as wide as past expectations were wrong. Of months it
is one half of the forecast, and resampling of the past the other, for monthly deaths have tails that no such curve has.
A few enormous counts make such a curve too sure of nothing at all, so the odds of that are drawn to how often it was so, there
and where it had been as quiet. What several periods bring together is expected to be the sum of what each of them is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import Flags, Floats
from trucewatch.outlook.distribution import Distribution, blend, negative_binomial
from trucewatch.outlook.models import LEAST, SCATTER_HALF_LIFE, Question, dispersion, resampled, running_means
from trucewatch.outlook.periods import Size

MEMORIES = (1.0, 2.0, 4.0, 8.0, 16.0, 40.0)
"""Half-lives in periods ..."""
UNIT: Mapping[Size, int] = {"day": 3, "week": 1, "month": 1}
"""... and all that is measured in periods here in so many: one quiet day tells little."""
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
QUIET_HALF_LIFE, RARE = 8.0, 0.01
"""Periods after which one counts half in how often anything was counted; how seldom, or often, that is held to be at most."""
ALIKE = 8.0
"""Periods that came after like quiet, in any area, that an area's own share weighs as much as."""
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
    often: Floats
    """How often anything at all was counted in each area, the newer the heavier ..."""
    some: Floats
    """... or how often after quiet like its last, in all of them, where that is more often."""
    together: int = 1
    """How many periods it is of."""


def ours(asked: Question) -> Distribution:
    """The forecast of one area."""
    return forecast(asked, fit(asked.counts, asked.ahead, unit=UNIT[asked.period]))


def forecast(asked: Question, known: Fit) -> Distribution:
    """The forecast of one area, from a fit to the same counts, summed as the fit takes them together."""
    curve = negative_binomial(float(known.means[asked.row]), float(known.dispersions[asked.row]))
    if share := RESAMPLED[asked.period]:
        curve = blend(((1 - share, curve), (share, resampled(asked, RESAMPLING_HALF_LIFE))))
    return curve.with_any((curve.at_least(1) + float(known.some[asked.row])) / 2)


def fit(counts: Floats, ahead: int, together: int = 1, unit: int = 1) -> Fit:
    """The weights of the memories, what they expect and how far that is trusted, ``ahead`` periods from the last count.

    What is expected are the counts of that period and those before it, so many ``together``; ``unit`` is UNIT's.
    """
    counts = counts[:, -KEPT * unit :]
    remembered = np.stack([running_means(counts, half_life * unit) for half_life in MEMORIES], axis=-1)
    first, each = FIRST * unit, range(ahead - together + 1, ahead + 1)
    parts = [
        _weights(remembered[:, first:-far], counts[:, first + far :], prior(1 + (far - 1) / unit), unit) for far in each
    ]
    weights, came = np.sum(parts, axis=0), summed(counts, together)
    expected = np.maximum(remembered @ weights, LEAST * together)
    dispersions = dispersion(came, expected, ahead, SCATTER_HALF_LIFE * unit)
    often = running_means((came > 0).astype(float), QUIET_HALF_LIFE * unit)
    some = _some(often, came > 0, ahead, unit)
    return Fit(weights, remembered[:, -1] * weights, expected[:, -1], dispersions, often[:, -1], some, together)


def _some(often: Floats, came: Flags, ahead: int, unit: int) -> Floats:
    """The odds of any at all in each area: how often anything came there, or where it had come as seldom ``ahead`` periods before,
    if that is more often: of areas that were quiet for long some do not stay so."""
    now, before, then = often[:, -1], often[:, FIRST * unit : -ahead].ravel(), came[:, FIRST * unit + ahead :].ravel()
    weights = np.tile(0.5 ** (np.arange(before.size // len(often))[::-1] / (FIT_HALF_LIFE * unit)), len(often))
    order = np.argsort(before, kind="stable")
    upto = np.searchsorted(before[order], now, side="right")
    seen, had = (np.append(0.0, np.cumsum(one[order]))[upto] for one in (weights, weights * then))
    alike = (had + ALIKE * now) / (seen + ALIKE)
    return np.asarray(np.clip(np.maximum(now, alike), RARE, 1 - RARE))


def summed(counts: Floats, together: int) -> Floats:
    """Of each row and period, what it and those before it counted, so many together; the first ones have fewer before them."""
    upto = np.cumsum(np.pad(counts, ((0, 0), (together, 0))), axis=1)
    return np.asarray(upto[:, together:] - upto[:, :-together])


def _weights(past: Floats, came: Floats, held: Floats, unit: int) -> Floats:
    """Least squares with each error divided by the level of its count, for a count varies as its mean does."""
    if not past.size:
        return held
    trust = 0.5 ** (np.arange(past.shape[1])[::-1] / (FIT_HALF_LIFE * unit)) / (past.mean(axis=-1) + 0.5)
    rows, came, trust = past.reshape(-1, len(MEMORIES)), came.ravel(), trust.ravel()
    products, sums = (rows.T * trust) @ rows, (rows.T * trust) @ came
    # As many periods as PRIOR would add if they were like those that were seen.
    drawn = PRIOR * max(products.trace() / len(MEMORIES) / len(rows), 1e-3)
    return _not_negative(products + drawn * np.eye(len(MEMORIES)), sums + drawn * held, held)


def prior(ahead: float) -> Floats:
    """The weights that are held before anything is known, so many periods or units ahead."""
    far = min(ahead - 1, 3) / 3
    return np.asarray((1 - far) * np.array(NEAR) + far * np.array(FAR))


def _not_negative(products: Floats, sums: Floats, start: Floats) -> Floats:
    """The weights of 0 and more that solve a least-squares problem, one after the other until they rest."""
    found = start.copy()
    for _ in range(_ROUNDS):
        for at in range(len(found)):
            found[at] = max(0.0, found[at] + (sums[at] - products[at] @ found) / products[at, at])
    return found
