"""Files of monitors' bulletins: a table of counts, and the layout that says which series stand in it."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from trucewatch import codebook
from trucewatch.codebook.dates import period
from trucewatch.errors import TableError
from trucewatch.truces.days import Days
from trucewatch.truces.monitors import Counted, Counting, Every, MonitorSeries

SHIPPED = Path(codebook.__file__).with_name("monitors")
"""The layouts that ship."""


class Layout(Counting):
    """Where in a table of bulletins one series stands (``[[series]]`` of a layout file)."""

    day: str
    """Column with the last day of the period: ``2021-09-30``, or ``2021-09`` of a month."""
    count: str
    """Column with the count; an empty cell is no bulletin."""
    source: str | None = None
    """Column with the place of publication."""
    where: dict[str, str] = msgspec.field(default_factory=dict)
    """Only rows in which these columns have these values."""


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


def read(path: Path, by: Iterable[Layout]) -> tuple[MonitorSeries, ...]:
    """The series of a CSV file of bulletins: one for each layout, however few bulletins it has.

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
    rule = {field: getattr(layout, field) for field in Counting.__struct_fields__}
    return MonitorSeries(**rule, bulletins=tuple(found[day] for day in sorted(found)))


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
    with contextlib.suppress(ValueError):
        told = period(written if every == "day" else written[:7])
        if told.precision == every:
            return Days(first=told.start, last=told.end)
    raise TableError(f"{where}: {written!r} is no {every}; write 2021-09-30, or 2021-09 for a month")
