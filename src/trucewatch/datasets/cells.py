"""Cells of a dataset's row as values; what cannot be read says which column and why."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping

from trucewatch.datasets.countries import Countries
from trucewatch.nouns import Place, Toll

Row = Mapping[str, str]
"""The cells of a row by column, without empty ones."""
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_WORDS = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")


class RowError(Exception):
    """What is wrong with a row."""


def text(row: Row, column: str) -> str:
    """A cell that must not be empty."""
    if value := row.get(column):
        return value
    raise RowError(f"{column} is empty")


def whole(row: Row, column: str) -> int:
    """A whole number; some exports write ``4.0``."""
    value = text(row, column)
    try:
        return int(value.removesuffix(".0"))
    except ValueError:
        raise RowError(f"{column} is no whole number: {value!r}") from None


def counted(row: Row, column: str) -> int:
    """A whole number of 0 or more."""
    if (number := whole(row, column)) < 0:
        raise RowError(f"{column} is below 0: {number}")
    return number


def toll(row: Row, low: str, best: str, high: str) -> Toll | None:
    """The figures of three columns; None where all three are empty, which is not 0."""
    if not any(column in row for column in (low, best, high)):
        return None
    return Toll(low=counted(row, low), best=counted(row, best), high=counted(row, high))


def point(row: Row) -> tuple[float | None, float | None]:
    """``latitude`` and ``longitude``; None for both where both are empty."""
    if "latitude" not in row and "longitude" not in row:
        return None, None
    return _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)


def _degrees(row: Row, column: str, limit: float) -> float:
    """A number between ``-limit`` and ``limit``."""
    value = text(row, column)
    try:
        number = float(value)
    except ValueError:
        raise RowError(f"{column} is no number: {value!r}") from None
    if not -limit <= number <= limit:
        raise RowError(f"{column} is not on the globe: {value}")
    return number


def day(row: Row, column: str) -> dt.date:
    """A date as ``2016-01-31``, with or without an hour behind it, or as ``31 January 2016``."""
    value = text(row, column)
    try:
        if words := _WORDS.fullmatch(value):
            return dt.date(int(words[3]), MONTHS[words[2]], int(words[1]))
        return dt.date.fromisoformat(value[:10])
    except (ValueError, KeyError):
        raise RowError(f"{column} is no date: {value!r}") from None


def place(row: Row, columns: tuple[str, str], precision: Callable[[str], str], countries: Countries) -> Place:
    """Where it was. ``columns`` are that of the name (else it is the country's) and that of the precision's code."""
    named, coded = columns
    country = text(row, "country")
    name, (lat, lon) = row.get(named) or country, point(row)
    fine = precision(coded) if lat is not None or coded in row else None
    return Place(text=name, name=name, country=countries.code(country), lat=lat, lon=lon, precision=fine)


def whole_of(date: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """The first and last day of the week (from Monday), month or year that holds a day."""
    if precision == "week":
        monday = date - dt.timedelta(days=date.weekday())
        return monday, monday + dt.timedelta(days=6)
    if precision == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date.replace(month=1, day=1), date.replace(month=12, day=31)
