"""Days, ISO weeks and months in a row: which one holds a day, and where each begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

Size = Literal["day", "week", "month"]
LONGEST: Mapping[Size, int] = {"day": 1, "week": 7, "month": 31}
"""Days in a period, at most."""
MOST_AHEAD = 26
"""Periods ahead that are asked for, at most; what was measured is four weeks and three months."""


def number(day: dt.date, size: Size) -> int:
    """The number of the period that holds a day; the next one's is higher by one."""
    if size == "day":
        return day.toordinal()
    if size == "week":
        return (day.toordinal() - 1) // 7  # the calendar's first day, 1 January of the year 1, is a Monday
    return day.year * 12 + day.month - 1


def first_day(period: int, size: Size) -> dt.date:
    """The first day of a period of that number."""
    if size == "day":
        return dt.date.fromordinal(period)
    if size == "week":
        return dt.date.fromordinal(period * 7 + 1)
    return dt.date(period // 12, period % 12 + 1, 1)


def last_day(period: int, size: Size) -> dt.date:
    """The last day of a period of that number."""
    return first_day(period + 1, size) - dt.timedelta(days=1)


def label(day: dt.date, size: Size) -> str:
    """The name of the period that holds a day: ``2020-03-05``, ``2020-W10``, ``2020-03``."""
    if size == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if size == "month" else f"{day}"
