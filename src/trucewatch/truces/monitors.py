"""Bulletins of monitors: counts of violations, each observer's a series of its own.

Two observers count by two rules, see two pieces of ground and may blame two parties: their counts are shown side by side with
how far they disagree, and are never added, nor averaged. There is no function here that does either.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from trucewatch import codebook
from trucewatch.errors import TableError
from trucewatch.nouns import Noun
from trucewatch.truces.odds import Floats
from trucewatch.truces.series import Days

SHIPPED = Path(codebook.__file__).with_name("monitors")
"""The layouts that ship."""
Every = Literal["day", "month"]
PAIRS = 3
"""Periods that both must have counted before a correlation is given."""


EARLIEST = dt.date(1900, 1, 1)
"""From when on a series is looked at whose truce has no day on which it took effect."""
RECENT = 14
"""Days that are told of apart, as of the observed status."""


class Counted(Noun):
    """What one observer counted in one period."""

    days: Days
    count: int
    source: str | None = None
    """Where it was published."""
    corrects: tuple[int, ...] = ()
    """What was told of the same period before it was corrected, the oldest first."""


class MonitorSeries(Noun):
    """What one observer counts, in one unit and one area, and whom it can blame for it."""

    id: str
    observer: str
    unit: str
    """In the observer's own words: ``ceasefire violation``, ``explosion``, ``episode``."""
    area: str
    blames: tuple[str, ...]
    """Parties that this observer lays violations at the door of; one that blames a single side says nothing of shares."""
    every: Every
    """How long a period is."""
    bulletins: tuple[Counted, ...] = ()
    """In order of their days; a period without a bulletin is not a period without violations."""


class Layout(Noun):
    """Where in a table of bulletins one series stands (``[[series]]`` of a layout file)."""

    id: str
    observer: str
    unit: str
    area: str
    blames: tuple[str, ...]
    every: Every
    day: str
    """Column with the last day of the period: ``2021-09-30``, or ``2021-09`` of a month."""
    count: str
    """Column with the count; an empty cell is no bulletin."""
    source: str | None = None
    """Column with the place of publication."""
    where: dict[str, str] = msgspec.field(default_factory=dict)
    """Only rows in which these columns have these values."""


class SideBySide(Noun):
    """Two series over the periods for which both have a bulletin."""

    one: str
    other: str
    periods: int
    only_one: int
    """Periods of which only the first has a bulletin ..."""
    only_other: int
    totals: tuple[int, int] | None
    """Over the periods of both, each by its own rule; None where there are none."""
    gap: float | None
    """Mean absolute difference in a period; None where units or areas differ, or nothing is shared."""
    correlation: float | None
    """Pearson's; None with fewer than ``PAIRS`` periods, or where one of them never changes."""
    note: str | None = None
    """Why a gap is not given, and what keeps the two from being one count."""


class Spell(Noun):
    """What one series tells of some days, by its own rule."""

    bulletins: int
    count: int


class Heard(Noun):
    """What one monitor of a truce has told."""

    series: MonitorSeries
    """Up to the last day that is looked at."""
    within: Spell
    """Of periods that lie in the truce's days as a whole ..."""
    recent: Spell
    """... and in the last ``RECENT`` of them."""
    before: Spell
    """Of periods that had ended before the truce took effect."""


class Monitored(Noun):
    """What the monitors of a truce have told, one beside another; there is no count of them all."""

    truce: str
    days: Days
    """From the effective day to the last that is looked at."""
    heard: tuple[Heard, ...]
    beside: tuple[SideBySide, ...]
    """Over the truce's days."""


def monitored(truce: str, every: Iterable[MonitorSeries], days: Days) -> Monitored:
    """A truce's series over its days, and those of different observers side by side; none without a bulletin by then."""
    known = [_cut(series, Days(first=dt.date.min, last=days.last)) for series in every]
    heard = tuple(_heard(series, days) for series in known if series.bulletins)
    within = [_cut(one.series, days) for one in heard]
    return Monitored(truce=truce, days=days, heard=heard, beside=tuple(disagreements(within)))


def layouts(path: Path) -> tuple[Layout, ...]:
    """The series that a layout file (TOML) describes.

    Raises TableError with the file, and what is wrong in it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(table.get("series", []), tuple[Layout, ...])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise TableError(f"{path}:1: {error}") from error
    if not found:
        raise TableError(f"{path}:1: no [[series]] in it")
    return found


def bulletins(path: Path, by: Iterable[Layout]) -> tuple[MonitorSeries, ...]:
    """Read a CSV file of bulletins, one series for each layout, however few bulletins it has.

    Raises TableError with file and line for a missing column, a day or a count that cannot be read, a count below
    0, and a period told twice by one observer.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        try:
            rows = [(reader.line_num, row) for row in reader]
        except (csv.Error, UnicodeDecodeError) as error:
            raise TableError(f"{path}:{reader.line_num + 1}: no CSV in UTF-8: {error}") from error
        columns = frozenset(reader.fieldnames or ())
    return tuple(_series(path, layout, rows, columns) for layout in by)


def disagreements(every: Sequence[MonitorSeries]) -> Iterator[SideBySide]:
    """Each two series of different observers that tell of a common period, side by side.

    They are of one area, unless one of them has nothing of its own area beside it.
    """
    pairs = [pair for pair in itertools.combinations(every, 2) if _comparable(*pair)]
    paired = {series.id for pair in pairs if pair[0].area == pair[1].area for series in pair}
    for one, other in pairs:
        if one.area == other.area or not {one.id, other.id} <= paired:
            both = side_by_side(one, other)
            if both.periods:
                yield both


def side_by_side(one: MonitorSeries, other: MonitorSeries) -> SideBySide:
    """How far two series disagree, period by period; a gap only where both count one thing in one area.

    Raises ValueError for a series of days beside one of months, which share no period.
    """
    if one.every != other.every:
        raise ValueError(f"{one.id} is told by the {one.every}, {other.id} by the {other.every}")
    ours, theirs = _by_days(one), _by_days(other)
    shared = sorted(ours.keys() & theirs.keys())
    pairs = np.array([(ours[days], theirs[days]) for days in shared], dtype=float).reshape(-1, 2)
    alike = (one.unit, one.area) == (other.unit, other.area)
    return SideBySide(
        one=one.id,
        other=other.id,
        periods=len(shared),
        only_one=len(ours.keys() - theirs.keys()),
        only_other=len(theirs.keys() - ours.keys()),
        totals=(int(pairs[:, 0].sum()), int(pairs[:, 1].sum())) if shared else None,
        gap=float(np.abs(pairs[:, 0] - pairs[:, 1]).mean()) if shared and alike else None,
        correlation=_correlation(pairs),
        note=_note(one, other),
    )


def _series(
    path: Path, layout: Layout, rows: Sequence[tuple[int, Mapping[str, str]]], columns: frozenset[str]
) -> MonitorSeries:
    wanted = {layout.day, layout.count, *layout.where} | ({layout.source} if layout.source else set())
    if missing := sorted(wanted - columns):
        raise TableError(f"{path}:1: no column {missing[0]!r}, which the series {layout.id!r} asks for")
    found: dict[dt.date, Counted] = {}
    for line, row in rows:
        for bulletin in _read(f"{path}:{line}", layout, row):
            if bulletin.days.last in found:
                raise TableError(f"{path}:{line}: {layout.observer} has told of {row[layout.day]} already")
            found[bulletin.days.last] = bulletin
    return MonitorSeries(
        id=layout.id,
        observer=layout.observer,
        unit=layout.unit,
        area=layout.area,
        blames=layout.blames,
        every=layout.every,
        bulletins=tuple(found[day] for day in sorted(found)),
    )


def _read(where: str, layout: Layout, row: Mapping[str, str]) -> Iterator[Counted]:
    """The bulletin of a row, if it has one."""
    if any(row[column] != value for column, value in layout.where.items()) or not row[layout.count].strip():
        return
    try:
        count = int(row[layout.count])
    except ValueError:
        raise TableError(f"{where}: {row[layout.count]!r} is no count") from None
    if count < 0:
        raise TableError(f"{where}: a count cannot be {count}")
    source = row[layout.source] or None if layout.source else None
    yield Counted(days=_period(where, row[layout.day], layout.every), count=count, source=source)


def _period(where: str, written: str, every: Every) -> Days:
    try:
        if every == "day":
            day = dt.date.fromisoformat(written)
            return Days(first=day, last=day)
        first = dt.date.fromisoformat(f"{written[:7]}-01")
    except ValueError:
        raise TableError(f"{where}: {written!r} is no {every}; write 2021-09-30, or 2021-09 for a month") from None
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return Days(first=first, last=following - dt.timedelta(days=1))


def told_in(series: MonitorSeries, days: Days) -> Spell:
    """What a series tells of the periods that lie in these days as a whole."""
    its = _cut(series, days).bulletins
    return Spell(bulletins=len(its), count=sum(one.count for one in its))


def _cut(series: MonitorSeries, days: Days) -> MonitorSeries:
    """The periods of a series that lie in these days as a whole."""
    inside = (one for one in series.bulletins if one.days.first >= days.first and one.days.last <= days.last)
    return msgspec.structs.replace(series, bulletins=tuple(inside))


def _heard(series: MonitorSeries, days: Days) -> Heard:
    recent = Days(first=max(days.first, days.last - dt.timedelta(days=RECENT - 1)), last=days.last)
    before = Days(first=dt.date.min, last=days.first - dt.timedelta(days=1))
    return Heard(
        series=series,
        within=told_in(series, days),
        recent=told_in(series, recent),
        before=told_in(series, before),
    )


def _comparable(one: MonitorSeries, other: MonitorSeries) -> bool:
    return one.every == other.every and one.observer != other.observer


def _by_days(series: MonitorSeries) -> dict[dt.date, int]:
    return {bulletin.days.last: bulletin.count for bulletin in series.bulletins}


def _correlation(pairs: Floats) -> float | None:
    if len(pairs) < PAIRS or (pairs == pairs[0]).all(axis=0).any():
        return None
    return float(np.asarray(np.corrcoef(pairs.T))[0, 1])


def _note(one: MonitorSeries, other: MonitorSeries) -> str | None:
    found = []
    if one.unit != other.unit:
        found.append(f"{one.observer} counts by {one.unit}, {other.observer} by {other.unit}")
    if one.area != other.area:
        found.append(f"{one.observer} watches {one.area}, {other.observer} {other.area}")
    if set(one.blames) != set(other.blames):
        found.append(f"{one.observer} blames {_blamed(one)}, {other.observer} {_blamed(other)}")
    return "; ".join(found) or None


def _blamed(series: MonitorSeries) -> str:
    return " and ".join(series.blames) or "nobody"
