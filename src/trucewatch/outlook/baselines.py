"""What is known of an indicator's rate before a scenario begins: counted where that is enough to tell, else as stated."""

from __future__ import annotations

import math

import numpy as np
from msgspec.structs import replace

from trucewatch.day_counts import Floats
from trucewatch.nouns import Noun
from trucewatch.outlook.chances import Counted, dispersion
from trucewatch.outlook.scenarios import Range, Stated

WEEK = 7
LEAST_DAYS = 28
"""Watched days that a counted baseline needs ..."""
LEAST_COUNT = 5.0
"""... and what must have been counted in it, divided by the dispersion: with less its rate is known to no better than a
factor of four or so."""
_Z = 1.6448536269514722  # the middle 90 % of a normal distribution reaches so far on each side
_NODES = 31


class Baseline(Noun):
    """What is known of an indicator's daily rate before the scenario's first day."""

    daily: Range
    """The middle 90 %."""
    dispersion: float
    """How many times their mean the counts of days vary, 1 or more ..."""
    clustering: float
    """... and how many times more those of weeks do, 1 or more: so many days tell what one would by itself."""
    basis: str
    """Where it comes from, as a sentence without its full stop."""
    shape: float | None = None
    """Of the rate's gamma distribution; None where it is stated, and log-normal."""
    days: float = 0.0
    """Watched days, each for the share of its deeds that is told, divided by the dispersion."""


class Thin(Noun):
    """An indicator without a baseline."""

    why: str


def baseline(before: Counted, since: Counted, stated: Stated | None) -> Baseline | Thin:
    """From the counts before where they are enough to tell, else as stated.

    Counts and days are divided by the dispersion; with Jeffreys' prior the rate has a gamma distribution.
    """
    days, total = int(before.watched.sum()), float(before.counts[before.watched].sum())
    daily, weekly = (dispersion((before, since), block) for block in (1, WEEK))
    spread = max(daily, weekly)
    if days >= LEAST_DAYS and total / spread >= LEAST_COUNT:
        known = Baseline(
            daily=(0, 0),
            dispersion=daily,
            clustering=spread / daily,
            basis=f"{total:g} counted on {days} watched days before",
            shape=0.5 + total / spread,
            days=float(before.seen.sum()) / spread,
        )
        return replace(known, daily=_middle(*nodes(known)))
    if stated is not None:
        daily = max(stated.dispersion, dispersion((since,), 1))
        clustering = max(1.0, dispersion((since,), WEEK) / daily)
        return Baseline(daily=stated.daily, dispersion=daily, clustering=clustering, basis=f"stated: {stated.source}")
    needed = f"{LEAST_DAYS} days and {LEAST_COUNT:g} for each {spread:.1f} of dispersion are needed"
    return Thin(why=f"{total:g} counted on {days} watched days before, {needed}")


def nodes(known: Baseline) -> tuple[Floats, Floats]:
    """Daily rates of a baseline and their weights, 1 in all."""
    away = np.linspace(-4.0, 4.0, _NODES)
    if known.shape is None:
        logs = np.log(math.sqrt(math.prod(known.daily))) + sigma(known.daily) * away
        weights = np.exp(-(away**2) / 2)
    else:
        logs = math.log(known.shape / known.days) + away / math.sqrt(known.shape)
        heights = known.shape * logs - known.days * np.exp(logs)  # the gamma density by the logarithm of the rate
        weights = np.exp(heights - heights.max())
    return np.exp(logs), weights / weights.sum()


def _middle(rates: Floats, weights: Floats) -> Range:
    low, high = np.interp((0.05, 0.95), np.cumsum(weights) - weights / 2, rates)
    return float(low), float(high)


def sigma(ends: Range) -> float:
    """The deviation of a rate's logarithm where these are the ends of its middle 90 %."""
    return math.log(ends[1] / ends[0]) / (2 * _Z)
