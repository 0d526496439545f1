"""A weighing of a scenario as a page shows it: the odds over time, the days that moved them, how far they can be relied on."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from trucewatch.outlook.scenarios import Reading
from trucewatch.outlook.weighing import Verdict
from trucewatch.outlooks.weighings import Sighted, Weighed, current_odds, flipping_share, likeliest
from trucewatch.truces.days import Days
from trucewatch.web.charts import Axis, Bar, Run, line

LOW = 30.0
"""Pixels of what was counted of an indicator."""


class Chance(NamedTuple):
    """A reading, the likeliest first."""

    reading: Reading
    at: int
    """Its place in the file, by which it has its colour."""
    prior: float
    now: float
    points: str
    """Of its line, in a box of 100 by 100."""


class Moved(NamedTuple):
    """A day that had something to say on the leader and its nearest rival."""

    day: dt.date
    times: float
    """By what it multiplied their odds."""
    sighted: tuple[Sighted, ...]


class Seen(NamedTuple):
    """What was counted of an indicator."""

    indicator: str
    total: float
    bars: tuple[Bar, ...]


class Odds(NamedTuple):
    """What is shown of a weighing."""

    found: Weighed
    chances: tuple[Chance, ...]
    axis: Axis | None
    """None where no day of the scenario is known."""
    seen: tuple[Seen, ...]
    unseen: tuple[Run[bool], ...]
    moved: tuple[Moved, ...]
    quiet: tuple[int, float]
    """Watched days on which nothing was counted, and by what they multiplied the odds together."""
    favoured: Reading | None
    unless: float | None
    """By what the share of deeds that is reported need have changed for another reading to lead."""

    def alone(self, named: Callable[[str], str]) -> list[tuple[str, Sequence[float]]]:
        """The readings from one indicator alone, each under its name."""
        return [(named(name), values) for name, values in self.found.weighing.alone.items()]

    def missing(self, written: Callable[[float], str]) -> list[tuple[str, Sequence[float]]]:
        """The readings for other shares of deeds that are reported."""
        return [(f"×\N{NO-BREAK SPACE}{written(one.share)}", one.posterior) for one in self.found.weighing.missing]


def odds(found: Weighed) -> Odds:
    """What is shown of a weighing."""
    one, weighing = found.scenario, found.weighing
    current = current_odds(found)
    order = likeliest(found)
    axis = Axis(Days(first=found.days[0], last=found.days[-1])) if found.days else None
    chances = tuple(
        Chance(one.readings[at], at, float(weighing.prior[at]), current[at], line(weighing.posterior[:, at].tolist()))
        for at in order
    )
    is_favoured = weighing.verdict is Verdict.FAVOURED
    watched = found.watched.tolist() if axis else []
    moved, quiet = _moved(found, order) if axis else ((), (0, 1.0))
    return Odds(
        found=found,
        chances=chances,
        axis=axis,
        seen=_seen(found, axis) if axis else (),
        unseen=tuple(run for run in axis.runs(watched) if not run.value) if axis else (),
        moved=moved,
        quiet=quiet,
        favoured=one.readings[weighing.leader] if is_favoured else None,
        unless=flipping_share(found) if is_favoured else None,
    )


def _seen(found: Weighed, axis: Axis) -> tuple[Seen, ...]:
    every = []
    for name, counted in found.counted.items():
        sums = axis.sums(counted.counts.tolist())
        every.append(Seen(name, float(counted.counts.sum()), axis.bars(sums, max(*sums, 1.0), LOW)))
    return tuple(every)


def _moved(found: Weighed, order: Sequence[int]) -> tuple[tuple[Moved, ...], tuple[int, float]]:
    """Day by day; those with nothing counted are told together."""
    leader, rival = order[:2]
    steps = (found.weighing.moved[:, leader] - found.weighing.moved[:, rival]).tolist()
    told = [found.is_told(at) for at in range(len(steps))]
    days = tuple(
        Moved(found.days[at], _times(step), found.on(found.days[at])) for at, step in enumerate(steps) if told[at]
    )
    quiet = [step for at, step in enumerate(steps) if not told[at] and step]
    return days, (len(quiet), _times(sum(quiet)))


def _times(step: float) -> float:
    """A step of the logarithm of odds, as what they are multiplied with."""
    return math.exp(min(max(step, -700.0), 700.0))
