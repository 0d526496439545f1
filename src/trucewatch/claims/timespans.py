"""Rules for spans: from one point to another, since and until, the last two months, for a week; and for the words of time
that are found but give no dates (durations, repetitions, "recently")."""

from __future__ import annotations

from trucewatch.claims import periods
from trucewatch.claims.periods import DAY
from trucewatch.claims.timegrammar import DAY as DAY_WORDS
from trucewatch.claims.timegrammar import (
    MONTH,
    WHICH_YEAR,
    Reading,
    spanning,
)
from trucewatch.nouns import Period

_PART = {"beginning": "early", "start": "early", "outset": "early", "opening": "early", "middle": "mid"}
_WHICH = "(?:<last>|<this>|<next>)"


@spanning(
    "days of a month",
    rf"(?:<between>|<from>)?(?P<m>{MONTH})(?P<a>{DAY_WORDS})(?:<dash>|<to>|<and>)(?P<b>{DAY_WORDS})(?:<comma>?<of>?(?:(?P<y><year>)|(?P<r>{WHICH_YEAR})))?",
    rf"(?:<between>|<from>)?(?P<a>{DAY_WORDS})(?:<dash>|<to>|<and>)(?P<b>{DAY_WORDS})<of>?(?P<m>{MONTH})(?:<comma>?<of>?(?:(?P<y><year>)|(?P<r>{WHICH_YEAR})))?",
)
def _days(told: Reading) -> Period:
    month, year = told.month("m"), told.year()
    if year is None:
        around = [periods.month(told.today.year + step, month) for step in (-1, 0, 1)]
        year = periods.nearest(around, told.today, told.direction).start.year
    first = periods.month(year, month).start
    return periods.span(first + (told.ordinal("a") - 1) * DAY, first + (told.ordinal("b") - 1) * DAY)


@spanning(
    "months of a year",
    rf"(?:<between>|<from>)?(?P<m>{MONTH})(?:<dash>|<to>|<and>)(?P<n>{MONTH})<of>?<comma>?(?:(?P<y><year>)|(?P<r>{WHICH_YEAR}))",
)
def _months(told: Reading) -> Period:
    year = told.year() or told.today.year
    return periods.span(periods.month(year, told.month("m")).start, periods.month(year, told.month("n")).end)


@spanning("from to", "(?P<how><between>|<from>)?(?P<a>{point})(?:<dash>|<to>|<and>)(?P<b>{point})")
def _from_to(told: Reading) -> Period:
    end = told.period("b")
    start = told.period("a")
    if start.start > end.end and start.precision == "day":  # "from Friday to Sunday" told on a Saturday
        start = Period(start=start.start - 7 * DAY, end=start.end - 7 * DAY, precision="day")
    return periods.span(start.start, end.end)


@spanning("since", "<since>(?:<about>|<at><least>)?<in>?(?P<x>{point})")
def _since(told: Reading) -> Period:
    return periods.span(told.period("x", -1).start, told.today)


@spanning("since an event in", "<since>(?:(?![|]|<comma>|<dot>).){1,8}?(?:<in>|<on>|<of>)(?P<x>{point})")
def _since_event(told: Reading) -> Period:
    return periods.span(told.period("x", -1).start, told.today)


@spanning("since then", "<since><then>", "<then>")
def _since_then(told: Reading) -> Period:
    return periods.span(told.standpoint.anchor.start, told.today)


@spanning("by", "(?:<by>|<until>)(?P<x>{point})", "(?:<by>|<until>)<the><end><of>(?P<x>{point})")
def _by(told: Reading) -> Period:
    end = told.period("x", 1).end
    if told.direction < 0:
        return periods.day(end) if end <= told.today else periods.span(told.today, end)
    return periods.span(told.today, end)
