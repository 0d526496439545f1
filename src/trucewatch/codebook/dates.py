"""Days, months and years as people write them, in tables, options and corrections."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
from typing import Literal

from trucewatch.errors import WrongCallError
from trucewatch.nouns import Period

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def period(written: str) -> Period:
    """``2021-09-30``, ``2021-09`` or ``2021``, from its first day to its last; its precision says which of them it was.

    Raises ValueError for anything else.
    """
    said = _WRITTEN.fullmatch(written)
    if said is None:
        raise ValueError(written)
    year, month, day = (int(part or 0) for part in said.groups())
    if said[3]:
        start = end = dt.date(year, month, day)
        return Period(start=start, end=end, precision="day")
    if said[2]:
        start, end = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return Period(start=start, end=end, precision="month")
    return Period(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), precision="year")


def day(written: str, edge: Literal["first", "last"] | None = None) -> dt.date:
    """The day ``2021-09-30``; with an ``edge`` also the first or the last one of ``2021-09`` or ``2021``.

    Raises WrongCallError for anything else.
    """
    with contextlib.suppress(ValueError):
        found = period(written)
        if edge or found.precision == "day":
            return found.end if edge == "last" else found.start
    raise WrongCallError(f"{written!r} is no date; write 2021-09-30{', 2021-09 or 2021' if edge else ''}")


def span(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The days from one to another, either of them open. Raises WrongCallError where the last is before the first."""
    first, last = day(since, "first") if since else None, day(until, "last") if until else None
    if first and last and last < first:
        raise WrongCallError(f"until {last} is before since {first}")
    return first, last
