"""Scenarios: rival readings of a situation, each with the rates that it predicts for named indicators from a day on.

A range (``times``, ``daily``) is the middle 90 % of a log-normal prior: what a reading predicts is not one rate.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from trucewatch import codebook
from trucewatch.codebook import toml
from trucewatch.codebook.names import is_slug
from trucewatch.codebook.toml import Fault, Lines
from trucewatch.errors import TableError
from trucewatch.nouns import Noun
from trucewatch.outlook import scenario_checks

HERE = Path(codebook.__file__).parent / "scenarios"
"""The scenarios that ship."""
PAGE = "the page of scenarios"
UNANSWERED = "?"
"""Stands in a draft for what is to be written."""
_TABLES = {"reading": "readings", "rate": "rates", "baseline": "baselines"}
_NAMES = {field: table for table, field in _TABLES.items()}

Range = tuple[float, float]


class Reading(Noun):
    """One rival reading."""

    id: str
    name: str
    """As part of a sentence: ``a hidden deal was made``."""
    prior: float
    """Its weight before anything is counted; only the ratios of the readings' weights matter."""
    evidence: str
    """What would count as evidence for it, in words."""


class Rate(Noun):
    """What one reading predicts of one indicator."""

    reading: str
    indicator: str
    """Row id in indicators.csv."""
    times: Range | None = None
    """Of the baseline; this or ``daily``."""
    daily: Range | None = None
    """A day, as the observer counts."""


class Stated(Noun):
    """A rate before the scenario's first day that the file states, for observers whose reports do not reach so far back."""

    indicator: str
    daily: Range
    """A day, as the observer would have counted."""
    source: str
    """Who says so, and in which words."""
    dispersion: float = 2.0
    """How many times their mean the counts of a day vary, 1 or more."""


class Scenario(Noun, forbid_unknown_fields=True):
    """A question with its rival readings."""

    id: str
    question: str
    area: str
    """As the command ``outlook`` takes it."""
    since: dt.date
    """The first day that is counted."""
    until: dt.date
    """The last one."""
    readings: tuple[Reading, ...]
    rates: tuple[Rate, ...]
    sources: tuple[str, ...]
    baselines: tuple[Stated, ...] = ()
    observer: str = "desk"
    """Who counts: ``desk``, or the name of a dataset on it."""
    weeks: int = 8
    """How many before the first day the baseline is counted over."""
    coverage: Range = (0.7, 1.4)
    """By what the share of deeds that is reported may have changed since the baseline: the middle 90 %."""
    decided: float = 0.8
    """A reading is favoured from this probability on."""
    least_days: int = 7
    """Watched days without which nothing is favoured."""
    note: str | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """Those that the readings predict, in the order of the file."""
        return tuple(dict.fromkeys(rate.indicator for rate in self.rates))

    def rate(self, reading: str, indicator: str) -> Rate:
        """What a reading predicts of an indicator; every reading predicts each of them."""
        return next(rate for rate in self.rates if (rate.reading, rate.indicator) == (reading, indicator))


def load(tables: Path | None = None) -> Mapping[str, Scenario]:
    """The scenarios that ship, by id, and those in ``scenarios`` of a folder of tables, which add or replace by id.

    One of the folder that leaves a question to be answered is left out. Raises TableError for the first fault.
    """
    own = [read(path) for path in files(tables) if not is_draft(path)]
    return {**_own(), **{one.id: one for one in own}}


def folder(tables: Path | None) -> Path:
    """Where scenarios of one's own stand in a folder of tables; without one, the current folder."""
    return tables / "scenarios" if tables else Path()


def files(tables: Path | None) -> list[Path]:
    """The files of one's own scenarios, in the order of their names; none without a folder of tables."""
    return sorted(folder(tables).glob("*.toml")) if tables else []


def is_draft(path: Path) -> bool:
    """Whether a file leaves a question to be answered: it is no scenario yet."""
    try:
        _answered((), toml.parse(path, str(path))[0])
    except Fault:
        return True
    return False


def read(path: Path, label: str | None = None) -> Scenario:
    """The scenario of a file. Raises TableError for its first fault."""
    for error in faults(path, label):
        raise error
    return _shaped(path, label or str(path))[0]


def faults(path: Path, label: str | None = None) -> tuple[TableError, ...]:
    """Every fault of one file as ``file:line: what is wrong; the mend``; empty where all holds."""
    label = label or str(path)
    try:
        scenario, at = _shaped(path, label)
    except TableError as error:
        return (error,)
    found = [*_misnamed(scenario, path), *scenario_checks.faults(scenario)]
    return tuple(at.error(label, fault, _NAMES) for fault in found)


def blank(scenario: str, today: dt.date) -> str:
    """The text of an empty one, with a question mark for all that is to be written."""
    return _BLANK.format(id=scenario, since=today, until=today + dt.timedelta(days=30))


@functools.cache
def _own() -> Mapping[str, Scenario]:
    found = [read(path, path.name) for path in sorted(HERE.glob("*.toml"))]
    return {one.id: one for one in found}


def _shaped(path: Path, label: str) -> tuple[Scenario, Lines]:
    raw, at = toml.parse(path, label)
    try:
        _answered((), raw)
        for key, value in raw.items():
            if key in _NAMES:
                line = at.of((key, 0)) if isinstance(value, list) else at.of((key,))
                raise TableError(f"{label}:{line}: no key is called {key!r}; write [[{_NAMES[key]}]] for each")
        return msgspec.convert({_TABLES.get(key, key): value for key, value in raw.items()}, Scenario), at
    except Fault as fault:
        raise at.error(label, fault, _NAMES) from fault
    except msgspec.ValidationError as error:
        raise at.error(label, toml.unfit(str(error), PAGE, _NAMES), _NAMES) from error


def _answered(path: toml.Path, value: object) -> None:
    if value == UNANSWERED:
        raise Fault(path, f"{path[-1]} is not answered yet", "write it, or take the line out where it may be left out")
    if isinstance(value, dict):
        for key, inner in value.items():
            _answered((*path, key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _answered((*path, number), inner)


def _misnamed(scenario: Scenario, path: Path) -> Iterator[Fault]:
    if not is_slug(scenario.id):
        yield Fault(("id",), f"{scenario.id!r} is no id", "write lower-case words and numbers joined by hyphens")
    elif scenario.id != path.stem:
        mend = f'name the file {scenario.id}.toml or write id = "{path.stem}"'
        yield Fault(("id",), f"the scenario {scenario.id!r} stands in {path.name}", mend)


_BLANK = """\
id = "{id}"
question = "?"
# As `trucewatch outlook` takes it.
area = "?"
since = {since}
until = {until}
sources = ["?"]
# Who counts: "desk", or the name of a dataset on it; and over how many weeks before `since` the baseline is counted.
observer = "desk"
weeks = 8
# By what the share of deeds that is reported may have changed since the baseline.
coverage = [0.7, 1.4]
# A reading is favoured from this probability on, and not with fewer watched days than that.
decided = 0.8
least_days = 7

[[reading]]
id = "nothing-changed"
name = "nothing changed"
# Weights before anything is counted; only their ratios matter.
prior = 1
evidence = "?"

[[reading]]
id = "?"
name = "?"
prior = 1
evidence = "?"

# What each reading predicts of each indicator: the middle 90 %, as multiples of the baseline (times) or a day (daily).
[[rate]]
reading = "nothing-changed"
indicator = "air-strikes"
times = [0.6, 1.6]

[[rate]]
reading = "?"
indicator = "air-strikes"
times = [0.05, 0.33]

# A rate before `since` as it was reported, used where the observer's own counts do not reach so far back.
# [[baseline]]
# indicator = "air-strikes"
# daily = [0.5, 2.0]
# source = "?"
"""
