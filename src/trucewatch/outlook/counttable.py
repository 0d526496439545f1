"""Plain tables of counts: a CSV file of three columns, area, period and count, whatever their names.

A period is written 2020-03-05, 2020-W10, 2020-03 or 202003, in one way throughout. An area begins with its first row; after
that, a period without a row counts 0.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from trucewatch.errors import UnreadableError, WrongCallError
from trucewatch.outlook import periods
from trucewatch.outlook.periods import Size
from trucewatch.outlook.series import Asked, Series

_FORMS: tuple[tuple[Size, re.Pattern[str]], ...] = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    ("week", re.compile(r"(\d{4})-?W(\d\d)")),
    ("month", re.compile(r"(\d{4})-?(\d\d)")),
)
_GZIP = b"\x1f\x8b"
LONGEST = 20_000
"""Periods from the first to the last, at most."""
LATEST = 9000
"""The last year that a table may tell of: those after it could not all be told."""
_Counts = dict[str, dict[int, float]]


def is_plain(path: Path) -> bool:
    """Whether a file has the three columns of a plain table. Raises UnreadableError where it cannot be read."""
    try:
        return len(next(csv.reader([_text(path).partition("\n")[0]]), [])) == 3
    except csv.Error:
        return False


def series(path: Path, asked: Asked) -> tuple[Series, ...]:
    """The series of the area that is asked for, then those of all others, up to ``asked.until``.

    Raises UnreadableError, with the line, for an invalid row; WrongCallError for an area that the table does not have
    and for a period that is not its own.
    """
    size, counts = _counts(path)
    if asked.area not in counts:
        some = ", ".join(sorted(counts)[:8])
        raise WrongCallError(f"{path} has no area {asked.area!r}; it has {len(counts)}: {some} ...")
    if asked.period != size:
        raise WrongCallError(f"{path} counts by the {size}: --period {size}")
    last = max(max(numbers) for numbers in counts.values())
    if asked.until is not None:
        last = min(last, periods.number(asked.until + dt.timedelta(days=1), size) - 1)
    if last - min(min(numbers) for numbers in counts.values()) >= LONGEST:
        raise UnreadableError(f"{path}: more than {LONGEST:,} {size}s from the first to the last")
    names = [asked.area, *(name for name in counts if name != asked.area)]
    return tuple(_series(path, asked, name, counts[name], last) for name in names)


def size_of(path: Path) -> Size:
    """By what periods a table counts."""
    return _counts(path)[0]


def _series(path: Path, asked: Asked, name: str, numbers: dict[int, float], last: int) -> Series:
    first = min(numbers)
    counts = np.array([numbers.get(at, 0.0) for at in range(first, last + 1)])
    return Series(
        area=name,
        indicator=asked.indicator,
        period=asked.period,
        observer=path.name,
        first=periods.first_day(first, asked.period),
        counts=counts,
        reports=np.zeros(len(counts)),
        cut_off=periods.last_day(last, asked.period),
        inputs=path.name,
    )


def _counts(path: Path) -> tuple[Size, _Counts]:
    counts: _Counts = {}
    sizes: set[Size] = set()
    for line, cells in _rows(path):
        if len(cells) != 3:
            raise UnreadableError(f"{path}:{line}: {len(cells)} cells, expected area, period and count")
        size, number = _period(cells[1], f"{path}:{line}")
        sizes.add(size)
        if len(sizes) > 1:
            raise UnreadableError(f"{path}:{line}: {cells[1]!r} is no {min(sizes - {size})} as those before it are")
        theirs = counts.setdefault(cells[0], {})
        if number in theirs:
            raise UnreadableError(f"{path}:{line}: {cells[0]} has {cells[1]} twice")
        theirs[number] = _count(cells[2], f"{path}:{line}")
    if not counts:
        raise UnreadableError(f"{path}: no row of area, period and count in it")
    return sizes.pop(), counts


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(path)))
    next(reader, None)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UnreadableError(f"{path}:{reader.line_num}: {error}") from error


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw.startswith(_GZIP) else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"{path}: cannot be read ({error})") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: is not in UTF-8") from error


def _period(text: str, where: str) -> tuple[Size, int]:
    for size, form in _FORMS:
        if (found := form.fullmatch(text)) and (day := _first_day(size, *map(int, found.groups()))):
            return size, periods.number(day, size)
    raise UnreadableError(f"{where}: {text!r} is no period; write 2020-03-05, 2020-W10, 2020-03 or 202003")


def _first_day(size: Size, year: int, part: int, day: int = 1) -> dt.date | None:
    """The first day of the period that numbers name; None where there is none."""
    try:
        first = dt.date.fromisocalendar(year, part, 1) if size == "week" else dt.date(year, part, day)
    except ValueError:
        return None
    return first if year <= LATEST else None


def _count(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise UnreadableError(f"{where}: {text!r} is no count")
    return number
