"""The checks of a scenario once it has its shape: numbers that say something, rivals that predict the same indicators."""

from __future__ import annotations

import difflib
import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from trucewatch import codebook
from trucewatch.codebook import Indicator, toml
from trucewatch.codebook.toml import Fault
from trucewatch.outlook.indicators import overlap

if TYPE_CHECKING:
    from trucewatch.outlook.scenarios import Range, Scenario

MOST_WEEKS = 520


def faults(scenario: Scenario) -> Iterator[Fault]:
    """What is wrong in a scenario; nothing where all holds."""
    indicators = codebook.load().indicators
    yield from _numbers(scenario)
    yield from _readings(scenario)
    yield from _rates(scenario, indicators)
    yield from _overlaps(scenario, indicators)
    yield from _baselines(scenario)


def _numbers(scenario: Scenario) -> Iterator[Fault]:
    if scenario.until < scenario.since:
        yield Fault(
            ("until",), f"it ends on {scenario.until}, before it begins on {scenario.since}", "mend one of the two"
        )
    if not 1 <= scenario.weeks <= MOST_WEEKS:
        mend = f"give 1 to {MOST_WEEKS}; 8 where nothing speaks against it"
        yield Fault(("weeks",), f"{scenario.weeks} weeks are no baseline", mend)
    if scenario.least_days < 1:
        yield Fault(
            ("least_days",),
            f"{scenario.least_days} days tell nothing",
            "give 1 or more; 7 where nothing speaks against it",
        )
    if not 0.5 < scenario.decided < 1:
        yield Fault(("decided",), f"{scenario.decided:g} decides nothing", "give a probability above 0.5 and below 1")
    if not scenario.coverage[0] <= 1 <= scenario.coverage[1]:
        yield Fault(
            ("coverage",), "that reporting stayed as it was is left out", "give a range that holds 1: [0.7, 1.4]"
        )
    if not scenario.sources:
        yield Fault(("sources",), "a scenario without sources", "say where the question and the readings come from")
    yield from _range(scenario.coverage, ("coverage",))


def _readings(scenario: Scenario) -> Iterator[Fault]:
    if len(scenario.readings) < 2:
        yield Fault(("readings",), "one reading has no rival", "add another [[reading]]")
    seen: set[str] = set()
    for at, reading in enumerate(scenario.readings):
        if reading.id in seen:
            yield Fault(("readings", at, "id"), f"the id {reading.id!r} is used twice", "give each an id of its own")
        seen.add(reading.id)
        if not 0 < reading.prior < math.inf:
            mend = "give a weight above 0, or take the reading out"
            yield Fault(("readings", at, "prior"), f"no evidence moves a prior of {reading.prior:g}", mend)


def _rates(scenario: Scenario, indicators: Collection[str]) -> Iterator[Fault]:
    readings = [reading.id for reading in scenario.readings]
    seen: set[tuple[str, str]] = set()
    for at, rate in enumerate(scenario.rates):
        path: toml.Path = ("rates", at)
        yield from _unknown((*path, "reading"), rate.reading, readings, "this file has no reading")
        yield from _unknown((*path, "indicator"), rate.indicator, indicators, "indicators.csv has no row")
        if (rate.reading, rate.indicator) in seen:
            yield Fault(path, f"{rate.reading!r} predicts {rate.indicator} twice", "take one of the two out")
        seen.add((rate.reading, rate.indicator))
        if (rate.times is None) == (rate.daily is None):
            yield Fault(path, "one range is wanted", "give times = [LOW, HIGH] of the baseline, or daily = [LOW, HIGH]")
        yield from _range(rate.times or rate.daily or (1, 1), (*path, "times" if rate.times else "daily"))
    for at, reading in enumerate(scenario.readings):
        for indicator in scenario.indicators:
            if (reading.id, indicator) not in seen:
                mend = f'add [[rate]] with reading = "{reading.id}" and indicator = "{indicator}"'
                yield Fault(("readings", at), f"{reading.id!r} predicts no rate of {indicator}, another does", mend)


def _overlaps(scenario: Scenario, indicators: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Evidence that would be multiplied in twice."""
    known = [indicators[name] for name in scenario.indicators if name in indicators]
    for first, second in itertools.combinations(known, 2):
        if overlap(first, second):
            at = next(at for at, rate in enumerate(scenario.rates) if rate.indicator == second.id)
            what = f"{first.id} and {second.id} count the same incidents, which would speak twice"
            yield Fault(("rates", at, "indicator"), what, "take one of the two out of every reading")


def _baselines(scenario: Scenario) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, stated in enumerate(scenario.baselines):
        path: toml.Path = ("baselines", at)
        yield from _unknown((*path, "indicator"), stated.indicator, scenario.indicators, "no reading predicts")
        if stated.indicator in seen:
            yield Fault(path, f"two baselines of {stated.indicator}", "take one of the two out")
        seen.add(stated.indicator)
        if not 1 <= stated.dispersion < math.inf:
            yield Fault(
                (*path, "dispersion"), f"{stated.dispersion:g} is less than chance, or no number", "give 1 or more"
            )
        yield from _range(stated.daily, (*path, "daily"))


def _range(ends: Range, path: toml.Path) -> Iterator[Fault]:
    if not 0 < ends[0] < ends[1] < math.inf:
        yield Fault(path, f"[{ends[0]:g}, {ends[1]:g}] is no range", "give two numbers above 0, the smaller first")


def _unknown(path: toml.Path, name: str, known: Collection[str], what: str) -> Iterator[Fault]:
    if name not in known:
        near: Sequence[str] = difflib.get_close_matches(name, known, n=2) or sorted(known)
        yield Fault(path, f"{what} {name!r}", f"write one of {', '.join(near)}")
