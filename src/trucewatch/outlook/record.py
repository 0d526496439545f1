"""The record of past forecasts: each is scored when its time has come, and then it shows what the outlooks are worth.

Of several forecasts of one period from one cut-off the first counts, however often it was asked again. What was issued
only when its period was over is kept apart: it is no forecast, whatever it was given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from trucewatch.nouns import Noun
from trucewatch.outlook import scores
from trucewatch.outlook.outlook import Ahead, Spread, looked
from trucewatch.outlook.scores import Bin
from trucewatch.outlook.series import Series


class Said(Noun):
    """What a forecast says, and what it is scored by."""

    first: dt.date
    last: dt.date
    """The days of its period."""
    quartile: float
    """The area's own upper quartile when it was issued."""
    above: float
    """Probability of more than that."""
    spread: Spread
    base: Spread

    @classmethod
    def of(cls, ahead: Ahead, quartile: float) -> Said:
        """What an outlook says of one period."""
        return cls(
            first=ahead.first,
            last=ahead.last,
            quartile=quartile,
            above=ahead.above,
            spread=ahead.spread,
            base=ahead.base,
        )


class Scored(NamedTuple):
    """A forecast whose time has come."""

    came: float
    crps: float
    base_crps: float
    log: float
    above: float
    base_above: float
    """What it, and the base rate, gave for more than the upper quartile."""
    exceeded: bool
    pit: tuple[float, float]
    half: tuple[float, float]
    most: tuple[float, float]


class Tally(Noun):
    """How good forecasts of one kind were."""

    indicator: str
    period: str
    observer: str
    in_time: bool
    """Whether they were issued before their period was over."""
    issued: int
    scored: int
    """Those of them whose time has come."""
    crps: float | None = None
    base_crps: float | None = None
    skill: float | None = None
    """By what share the CRPS is better than the base rate's."""
    log: float | None = None
    brier: float | None = None
    """Of the probability of more than the upper quartile."""
    base_brier: float | None = None
    brier_skill: float | None = None
    covered: tuple[float, float] | None = None
    """Shares of what came within the 50 and 90 % intervals, by the part of each number that lies inside; see
    ``scores.covered``."""
    held: tuple[float, float] | None = None
    """The same, the ends of the intervals included."""
    bins: tuple[Bin, ...] = ()
    """Of the probability of more than the upper quartile."""


def settled(said: Said, series: Series) -> Scored | None:
    """The scores of a forecast; None where the series, of its area, does not reach its period yet, or was blind in it."""
    starts = series.starts
    if said.last > series.last or said.first < series.first or said.first not in starts:
        return None
    at = starts.index(said.first)
    if not looked(series)[at]:
        return None
    came = float(series.counts[at])
    may, base = said.spread.distribution, said.base.distribution
    return Scored(
        came=came,
        crps=scores.crps(may, came),
        base_crps=scores.crps(base, came),
        log=scores.log_score(may, came),
        above=said.above,
        base_above=base.above(said.quartile),
        exceeded=came > said.quartile,
        pit=scores.pit(may, came),
        half=may.interval(0.5),
        most=may.interval(0.9),
    )


def tally(kind: Tally, found: Iterable[Scored]) -> Tally:
    """What the scores of one kind of forecasts come to; ``kind`` says which, and how many were issued."""
    every = list(found)
    if not every:
        return kind
    exceeded = [one.exceeded for one in every]
    crps, base_crps = _mean([one.crps for one in every]), _mean([one.base_crps for one in every])
    said = [one.above for one in every]
    brier, base_brier = scores.brier(said, exceeded), scores.brier([one.base_above for one in every], exceeded)
    pits, came = [one.pit for one in every], [one.came for one in every]
    return msgspec.structs.replace(
        kind,
        scored=len(every),
        crps=crps,
        base_crps=base_crps,
        skill=scores.skill(crps, base_crps),
        log=_mean([one.log for one in every]),
        brier=brier,
        base_brier=base_brier,
        brier_skill=scores.skill(brier, base_brier),
        covered=(scores.covered(pits, 0.5), scores.covered(pits, 0.9)),
        held=(scores.held([one.half for one in every], came), scores.held([one.most for one in every], came)),
        bins=scores.reliability(said, exceeded, 5),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
