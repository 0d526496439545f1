"""Whether the odds of a scenario mean what they say: months drawn from its own readings, and weighed.

    python -m benchmarks.scenarios --months 300

A reading is drawn by its prior, a rate from its range, a baseline of eight weeks and a month of counts from both; reporting
changes within the scenario's coverage. Of all readings that were given a probability near p, a share of p should be the one
that the month was drawn from. Then the same on months in which days went unwatched, and on clusters that the model does
not know of: deeds that come in bursts of days.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from trucewatch.day_counts import Floats
from trucewatch.outlook import scenarios
from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Range, Scenario
from trucewatch.outlook.weighing import Evidence, Verdict, weigh

BASES: dict[str, Range] = {"air-strikes": (0.5, 1.6), "clashes": (0.1, 0.6), "territory": (0.1, 0.5)}
"""Daily rates before, between which the middle 90 % of the baselines lie."""
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
_Z = 1.6448536269514722


class World(NamedTuple):
    """How the months differ from what the model takes for given."""

    name: str
    watched: float = 1.0
    """Share of days that are."""
    burst: int = 1
    """Days over which the deeds of one burst go on."""


WORLDS = (
    World("as the model has it"),
    World("half the days unwatched", watched=0.5),
    World("bursts of five days", burst=5),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table for each world."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=300)
    months = parser.parse_args(arguments).months
    one = next(iter(scenarios.load().values()))
    for world in WORLDS:
        draw = np.random.default_rng(7)
        found = [_month(one, world, draw) for _ in range(months)]
        posterior = np.array([row for row, _, _ in found])
        truth = np.array([truth for _, truth, _ in found])
        favoured = [row for row in found if row[2]]
        right = sum(int(row.argmax()) == true for row, true, _ in favoured)
        print(
            f"\n{world.name}: {len(favoured)} of {months} months favour a reading, {right / max(1, len(favoured)):.0%} the right one"
        )
        print("probability given   readings   mean given   true")
        hit = np.arange(len(one.readings))[None, :] == truth[:, None]
        for low, high in itertools.pairwise(EDGES):
            inside = (posterior >= low) & ((posterior < high) | (high == 1.0))
            if inside.any():
                given, true = posterior[inside].mean(), hit[inside].mean()
                print(f"{low:>7.0%} to {high:<6.0%}  {inside.sum():>10}   {given:>10.1%}  {true:>6.1%}")


def _month(one: Scenario, world: World, draw: Generator) -> tuple[Floats, int, bool]:
    """The last posterior, the reading that the month was drawn from, and whether one is favoured."""
    prior = np.array([reading.prior for reading in one.readings])
    truth = int(draw.choice(len(prior), p=prior / prior.sum()))
    share = _from(one.coverage, draw)
    since, before = {}, {}
    seen = (draw.random(31) < world.watched).astype(float)
    for name in one.indicators:
        base = _from(BASES[name], draw)
        times = one.rate(one.readings[truth].id, name).times
        assert times is not None
        before[name] = Counted(_counts(base, 56, world, draw), np.ones(56))
        counts = _counts(base * _from(times, draw) * share, 31, world, draw)
        since[name] = Counted(counts * seen, seen)
    found = weigh(one, Evidence(since, before))
    return found.posterior[-1], truth, found.verdict is Verdict.FAVOURED


def _counts(rate: float, days: int, world: World, draw: Generator) -> Floats:
    """Negative binomial counts with twice the variance of chance; in bursts, deeds go on for some days."""
    starts = draw.negative_binomial(rate / world.burst, 0.5, days + world.burst).astype(float)
    return np.convolve(starts, np.ones(world.burst))[world.burst : world.burst + days]


def _from(ends: Range, draw: Generator) -> float:
    low, high = np.log(ends)
    return float(np.exp(draw.normal((low + high) / 2, (high - low) / (2 * _Z))))


if __name__ == "__main__":
    main()
