"""Spans of days and types as people ask for them, in words that the terminal and the web desk take alike."""

from __future__ import annotations

import datetime as dt

from trucewatch import codebook
from trucewatch.codebook.dates import day
from trucewatch.errors import WrongCallError


def span(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The days from one to another, either of them open. Raises WrongCallError where the last is before the first."""
    first, last = day(since, "first") if since else None, day(until, "last") if until else None
    if first and last and last < first:
        raise WrongCallError(f"until {last} is before since {first}")
    return first, last


def kind(written: str) -> tuple[str | None, str | None]:
    """The type and mode of ``ASSAULT``, ``assault/aerial`` or nothing. Raises WrongCallError for one that there is not."""
    type_, _, mode = written.partition("/")
    book = codebook.load()
    if type_ and type_.upper() not in book.types:
        raise WrongCallError(f"{type_!r} is none of {', '.join(book.types)}")
    modes = sorted({row.mode for row in book.modes.values() if row.type == type_.upper()})
    if mode and mode.lower() not in modes:
        said = f"is none of {', '.join(modes)}" if modes else f"is none: {type_.upper()} has no modes"
        raise WrongCallError(f"{mode!r} {said}")
    return type_.upper() or None, mode.lower() or None
