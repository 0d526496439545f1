"""Rival readings weighed day by day: how likely each made what was counted, averaged over the rates that it allows.

A day's count has a negative binomial distribution with a variance of ``dispersion`` times its mean; where weeks vary more
than their days would make them, bursts last for days, and the logarithm of the likelihood is divided by how much more. The
mean is a rate times the share of deeds that is reported. A reading's likelihood is the average over its rates, over what is
not known of the baseline, and over the change in reporting, which is shared by all indicators. A day that nobody watched
adds nothing, and one of which half is told has half the mean.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import Floats
from trucewatch.nouns import Noun
from trucewatch.outlook import chances
from trucewatch.outlook.baselines import Baseline, Thin, baseline, nodes, sigma
from trucewatch.outlook.chances import Counted, log_sum
from trucewatch.outlook.scenarios import Range, Rate, Scenario

SHARES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Shares of deeds reported, by that of the baseline, for which the readings are weighed again."""
UNFIT = 0.01
"""A reading is surprised where no more than this much of what it predicts lies so far out."""

_DEVIATIONS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)


class Evidence(NamedTuple):
    """All that a scenario is weighed by."""

    since: Mapping[str, Counted]
    """By indicator; all of one length, the first day first."""
    before: Mapping[str, Counted]
    """By indicator, over the weeks of the baseline."""


class Verdict(enum.StrEnum):
    """What the counts say."""

    FAVOURED = "favoured"
    """One reading has reached the probability that decides."""
    NO_READING = "no reading fits"
    """What was counted surprises all of them."""
    TOO_LITTLE = "too little evidence"


class Flip(Noun):
    """What prior would let another reading lead."""

    reading: str
    stated: float
    """Its prior odds against the leader's, in the file."""
    needed: float
    """Above which it would lead."""


class Missing(Noun):
    """The readings where this share of deeds was reported, by that of the baseline."""

    share: float
    posterior: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Weighing:
    """A scenario weighed."""

    prior: Floats
    """By reading, in the order of the file; 1 in all."""
    posterior: Floats
    """Days x readings, after each day; with the dispersion of all days, so that the factors of days multiply."""
    moved: Floats
    """Days x readings: by how much each day raised the logarithm of a reading's likelihood."""
    moved_by: Mapping[str, Floats]
    """Of each indicator by itself, as if it stood alone."""
    alone: Mapping[str, tuple[float, ...]]
    """The last posterior from one indicator alone."""
    baselines: Mapping[str, Baseline | Thin]
    flips: tuple[Flip, ...]
    missing: tuple[Missing, ...]
    surprised: Mapping[str, tuple[str, ...]]
    """The indicators that surprise a reading, and on which side: ``air-strikes too few``."""
    watched: int
    """Days since the first that any indicator was watched on."""
    leader: int
    """The reading with the highest posterior."""
    verdict: Verdict
    because: str
    """A sentence without its full stop."""


def weigh(scenario: Scenario, evidence: Evidence) -> Weighing:
    """The readings of a scenario after each day of the evidence.

    Indicators without a baseline are left out, and with none left nothing moves.
    """
    stated = {one.indicator: one for one in scenario.baselines}
    baselines = {
        name: baseline(evidence.before[name], evidence.since[name], stated.get(name)) for name in scenario.indicators
    }
    known = {name: one for name, one in baselines.items() if isinstance(one, Baseline)}
    prior = np.array([reading.prior for reading in scenario.readings])
    prior = prior / prior.sum()
    scale = _Scale(scenario, evidence, known)
    logs = scale.likelihood(known)
    posterior = _posterior(prior, logs)
    watched = int(np.any([evidence.since[name].watched for name in scenario.indicators], axis=0).sum())
    leader = int(np.argmax(posterior[-1])) if len(posterior) else int(np.argmax(prior))
    surprised = {reading.id: tuple(scale.surprises(reading.id)) for reading in scenario.readings}
    verdict, because = _verdict(scenario, posterior, baselines, watched, surprised)
    alone = {name: scale.likelihood({name: one}) for name, one in known.items()}
    return Weighing(
        prior=prior,
        posterior=posterior,
        moved=_steps(logs),
        moved_by={name: _steps(one) for name, one in alone.items()},
        alone={name: _last(prior, one) for name, one in alone.items()},
        baselines=baselines,
        flips=_flips(scenario, prior, logs, leader),
        missing=tuple(Missing(share=s, posterior=_last(prior, scale.likelihood(known, s))) for s in SHARES),
        surprised=surprised,
        watched=watched,
        leader=leader,
        verdict=verdict,
        because=because,
    )


class _Scale:
    """Likelihoods of one scenario's readings."""

    def __init__(self, scenario: Scenario, evidence: Evidence, baselines: Mapping[str, Baseline]) -> None:
        self._scenario = scenario
        self._evidence = evidence
        self._baselines = baselines
        self._given = {
            name: chances.given_rates(evidence.since[name], one.dispersion) / one.clustering
            for name, one in baselines.items()
        }
        self._made: dict[tuple[str, str, float], Floats] = {}
        self._days = max((len(one.counts) for one in evidence.since.values()), default=0)

    def likelihood(self, indicators: Mapping[str, Baseline], share: float = 1.0) -> Floats:
        """Days x readings: the logarithm of how likely each reading makes all up to a day."""
        spread = sigma(self._scenario.coverage)
        middle = share * math.sqrt(math.prod(self._scenario.coverage))
        found = np.zeros((self._days, len(self._scenario.readings)))
        for at, reading in enumerate(self._scenario.readings):
            by_share = [
                math.log(weight)
                + sum(
                    (self._one(reading.id, name, middle * math.exp(spread * deviation)) for name in indicators),
                    np.zeros(self._days),
                )
                for deviation, weight in zip(_DEVIATIONS, _WEIGHTS / _WEIGHTS.sum(), strict=True)
            ]
            found[:, at] = log_sum(np.array(by_share), axis=0)
        return found

    def surprises(self, reading: str) -> Sequence[str]:
        """The indicators whose total lies far out of what a reading predicts, and on which side."""
        found = []
        for name, known in self._baselines.items():
            counted = self._evidence.since[name]
            days, total = float(counted.seen.sum()), float(counted.counts[counted.watched].sum())
            weights = _prior(self._scenario.rate(reading, name), known, self._scenario.coverage)
            below, above = chances.tails(total, days, known.dispersion * known.clustering, weights)
            if days and min(below, above) < UNFIT:
                found.append(f"{name} too {'few' if below < above else 'many'}")
        return found

    def _one(self, reading: str, name: str, share: float) -> Floats:
        """What one indicator says of a reading, were this share reported."""
        if (reading, name, share) not in self._made:
            weights = _prior(self._scenario.rate(reading, name), self._baselines[name], (share, share))
            self._made[reading, name, share] = log_sum(self._given[name] + np.log(weights + 1e-300), axis=1)
        return self._made[reading, name, share]


def _prior(rate: Rate, known: Baseline, coverage: Range) -> Floats:
    """The weights of ``chances.RATES``: what a reading predicts to be counted a day, 1 in all."""
    ends = rate.times or rate.daily or (1.0, 1.0)
    middle = math.log(math.sqrt(math.prod(ends) * math.prod(coverage)))
    spread = math.hypot(sigma(ends), sigma(coverage), chances.STEP)
    bases, weights = nodes(known) if rate.times else (np.ones(1), np.ones(1))
    away = (np.log(chances.RATES)[None, :] - np.log(bases)[:, None] - middle) / spread
    found = weights @ np.exp(-(away**2) / 2)
    return np.asarray(found / found.sum())


def _verdict(
    scenario: Scenario,
    posterior: Floats,
    baselines: Mapping[str, Baseline | Thin],
    watched: int,
    surprised: Mapping[str, Sequence[str]],
) -> tuple[Verdict, str]:
    thin = [name for name, one in baselines.items() if isinstance(one, Thin)]
    if len(thin) == len(baselines):
        return Verdict.TOO_LITTLE, f"no indicator has a baseline ({', '.join(thin)}): nothing to hold the days against"
    if watched < scenario.least_days:
        days = f"{watched} watched day{'' if watched == 1 else 's'}"
        return Verdict.TOO_LITTLE, f"{days} since {scenario.since}, {scenario.least_days} are needed"
    if all(surprised.values()):
        return Verdict.NO_READING, "what was counted is far from what every reading predicts"
    best = int(np.argmax(posterior[-1]))
    name, reached = scenario.readings[best].name, float(posterior[-1, best])
    if reached < scenario.decided:
        said = f"the likeliest, {name}, is at {reached:.0%}, short of the {scenario.decided:.0%} that decide"
        return Verdict.TOO_LITTLE, said
    at = "over 99%" if reached >= 0.995 else f"{reached:.0%}"  # nothing is certain here
    return Verdict.FAVOURED, f"{name}: {at}, where {scenario.decided:.0%} decide"


def _flips(scenario: Scenario, prior: Floats, logs: Floats, leader: int) -> tuple[Flip, ...]:
    """For every reading but the leader: the prior odds that would let it lead."""
    if not len(logs):
        return ()
    return tuple(
        Flip(
            reading=reading.id,
            stated=float(prior[at] / prior[leader]),
            needed=math.exp(min(logs[-1, leader] - logs[-1, at], 700)),
        )
        for at, reading in enumerate(scenario.readings)
        if at != leader
    )


def _posterior(prior: Floats, logs: Floats) -> Floats:
    heights = np.log(prior) + logs
    return np.asarray(np.exp(heights - log_sum(heights, axis=1)[:, None]))


def _last(prior: Floats, logs: Floats) -> tuple[float, ...]:
    return tuple(map(float, _posterior(prior, logs)[-1] if len(logs) else prior))


def _steps(logs: Floats) -> Floats:
    return np.diff(logs, axis=0, prepend=np.zeros((1, logs.shape[1])))
