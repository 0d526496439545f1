"""Whether the odds of a scenario mean what they say: months drawn from its own readings, and weighed.

    python -m benchmarks.scenarios --months 300
    python -m benchmarks.scenarios --ged

A reading is drawn by its prior, a rate from its range, a baseline of eight weeks and a month of counts from both; reporting
changes within the scenario's coverage. Of all readings that were given a probability near p, a share of p should be the one
that the month was drawn from. Then the same on months in which days went unwatched, and on clusters that the model does
not know of: deeds that come in bursts of days.

``--ged`` asks it of UCDP GED, Syria 2016-18: every 14 days, in each governorate with 15 events in the eight weeks before, three
readings of what the next 31 days will have been by these weeks (calm, the same, worse) are weighed after ten of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from benchmarks import panels
from trucewatch.day_counts import Floats
from trucewatch.outlook import scenarios
from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Range, Rate, Reading, Scenario
from trucewatch.outlook.weighing import Evidence, Verdict, weigh

BASES: dict[str, Range] = {"air-strikes": (0.5, 1.6), "clashes": (0.1, 0.6), "territory": (0.1, 0.5)}
"""Daily rates before, between which the middle 90 % of the baselines lie."""
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
_Z = 1.6448536269514722
REAL = {"calm": (0.05, 0.4), "same": (0.55, 1.7), "worse": (2.2, 8.0)}
"""Readings of what came in Syria, as times of the weeks before ..."""
BETWEEN = (0.47, 1.93)
"""... and the ratios, halfway by their logarithms, below and above which a month was one of them."""


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
    parser.add_argument("--ged", action="store_true", help="months of UCDP GED, instead of such as are drawn")
    options = parser.parse_args(arguments)
    if options.ged:
        _print("UCDP GED", list(_real()))
        return
    one = next(iter(scenarios.load().values()))
    for world in WORLDS:
        draw = np.random.default_rng(7)
        _print(world.name, [_month(one, world, draw) for _ in range(options.months)])


def _print(name: str, found: Sequence[tuple[Floats, int, bool]]) -> None:
    posterior, truth = np.array([row for row, _, _ in found]), np.array([true for _, true, _ in found])
    favoured = [row for row in found if row[2]]
    right = sum(int(row.argmax()) == true for row, true, _ in favoured)
    share = right / max(1, len(favoured))
    print(f"\n{name}: {len(favoured)} of {len(found)} months favour a reading, {share:.0%} the right one")
    print("probability given   readings   mean given   true")
    hit = np.arange(posterior.shape[1])[None, :] == truth[:, None]
    for low, high in itertools.pairwise(EDGES):
        inside = (posterior >= low) & ((posterior < high) | (high == 1.0))
        if inside.any():
            given, true = posterior[inside].mean(), hit[inside].mean()
            print(f"{low:>7.0%} to {high:<6.0%}  {inside.sum():>10}   {given:>10.1%}  {true:>6.1%}")


def _real(known: int = 10) -> Iterator[tuple[Floats, int, bool]]:
    """Months of Syria: the posterior after so many days, the reading that 31 days came to, and whether one is favoured."""
    asked = Scenario(
        id="syria",
        question="What will the month be?",
        area="SYR",
        since=dt.date(2016, 1, 1),
        until=dt.date(2018, 12, 31),
        readings=tuple(Reading(id=name, name=name, prior=1, evidence="") for name in REAL),
        rates=tuple(Rate(reading=name, indicator="violence", times=times) for name, times in REAL.items()),
        sources=("UCDP GED",),
        coverage=(0.9, 1.1),
    )
    for counts in panels.days().counts:
        for at in range(56, len(counts) - 62, 14):
            before, since = counts[at - 56 : at], counts[at : at + known]
            if before.sum() >= 15:
                told = Evidence({"violence": _all(since)}, {"violence": _all(before)})
                found, ratio = weigh(asked, told), counts[at : at + 31].mean() / before.mean()
                yield found.posterior[-1], int(np.searchsorted(BETWEEN, ratio)), found.verdict is Verdict.FAVOURED


def _all(counts: Floats) -> Counted:
    """Of days that somebody watched over wholly."""
    return Counted(counts, np.ones(len(counts)))


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
