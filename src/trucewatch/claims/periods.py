"""Step 3, when: arithmetic of periods: days, ISO weeks, months, quarters, years and their parts, both ends included."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from trucewatch.nouns import Period

DAY = dt.timedelta(days=1)
SPAN_DAYS: Mapping[str, float] = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "fortnight": 14,
    "weekend": 7,
}
SPAN_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


# "two weeks ago" says which week, "three years ago" which year; "a decade ago" is no finer than a year.
FINENESS = {"fortnight": "week", "weekend": "week", "quarter": "month", "decade": "year", "century": "year"}


def weekday(name: str) -> int:
    """0 (Monday) to 6 of a name or its abbreviation, in lower case."""
    return ("mo", "tu", "we", "th", "fr", "sa", "su").index(name[:2])


def day(date: dt.date) -> Period:
    """One day."""
    return Period(start=date, end=date, precision="day")


def week(date: dt.date) -> Period:
    """The ISO week, Monday to Sunday, that holds a day."""
    monday = date - date.weekday() * DAY
    return Period(start=monday, end=monday + 6 * DAY, precision="week")


def weekend(date: dt.date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    saturday = week(date).start + 5 * DAY
    return Period(start=saturday, end=saturday + DAY, precision="span")


def last_weekend(date: dt.date) -> Period:
    """The last Saturday that has come by a day, with its Sunday."""
    return weekend(date - (date.weekday() - 5) % 7 * DAY)


def month(year: int, number: int) -> Period:
    """A calendar month; ``number`` may lie outside 1 to 12 and then counts on into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Period(start=dt.date(year, number, 1), end=dt.date(year, number, last), precision="month")


def months(year: int, first: int, count: int) -> Period:
    """``count`` months from month ``first`` of a year."""
    return Period(start=month(year, first).start, end=month(year, first + count - 1).end, precision="span")


def year(number: int, count: int = 1) -> Period:
    """A calendar year, or ``count`` of them."""
    last = dt.date(number + count - 1, 12, 31)
    return Period(start=dt.date(number, 1, 1), end=last, precision="year" if count == 1 else "span")


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches: the Sunday after the first full moon of spring."""
    century = year // 100
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    return dt.date(year, 3, 22) + (moon + sunday - 7 * late) * DAY


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the eastern churches, by the Julian calendar: years 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    day = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
    return dt.date(year, day // 31, day % 31 + 1) + 13 * DAY


def hijri(year: int, number: int, day: int) -> dt.date:
    """A day of the Islamic calendar as it is reckoned; where the moon is sighted it is often the day before."""
    days = day + (59 * (number - 1) + 1) // 2 + 354 * (year - 1) + (11 * year + 3) // 30
    return dt.date(622, 7, 18) + days * DAY


def unit(name: str, date: dt.date) -> Period:
    """The calendar unit (``day`` to ``century``) that holds a day."""
    match name:
        case "week":
            return week(date)
        case "weekend":
            return weekend(date)
        case "month":
            return month(date.year, date.month)
        case "quarter":
            return months(date.year, (date.month - 1) // 3 * 3 + 1, 3)
        case "year" | "decade" | "century":
            count = SPAN_MONTHS[name] // 12
            return year(date.year // count * count, count)
    return day(date)


def shift(date: dt.date, name: str, count: float) -> dt.date:
    """A day ``count`` units later (earlier when negative); the 31st is cut to the end of a shorter month."""
    if name in SPAN_DAYS:
        return date + round(count * SPAN_DAYS[name]) * DAY
    target = month(date.year, date.month + round(count * SPAN_MONTHS[name]))
    return min(target.start + (date.day - 1) * DAY, target.end)


def third(whole: Period, which: str) -> Period:
    """The ``early``, ``mid`` or ``late`` third of a period, in whole months or years where it is made of them."""
    at, first, last = ("early", "mid", "late").index(which), whole.start, whole.end
    years = last.year - first.year + 1
    if years >= 10:
        bounds = (0, round(0.4 * years), round(0.7 * years), years)
        return year(first.year + bounds[at], bounds[at + 1] - bounds[at])
    number = 12 * (last.year - first.year) + last.month - first.month + 1
    if number % 3 == 0 and first.day == 1 and (last + DAY).day == 1:
        return months(first.year, first.month + at * number // 3, number // 3)
    length = (last - first).days + 1
    if length == 1:
        return whole
    size = 10 if whole.precision == "month" else max(1, length // 3)
    start = first + at * size * DAY
    return span(start, last if which == "late" else start + (size - 1) * DAY)


def ends(whole: Period) -> tuple[Period, Period]:
    """Its start and its end: two months of a year, ten days of a month, two of a week, else a tenth."""
    if whole.precision == "year":
        return months(whole.start.year, 1, 2), months(whole.start.year, 11, 2)
    length = (whole.end - whole.start).days + 1
    days = {"week": 2, "month": 10}.get(whole.precision, length // 10 + 1)
    return span(whole.start, whole.start + (days - 1) * DAY), span(whole.end - (days - 1) * DAY, whole.end)


def some_hours(whole: Period, *, earlier: bool) -> Period:
    """A period with the day before it, or else the day after it, as what is only hours away may be on either."""
    return span(whole.start - DAY, whole.end) if earlier else span(whole.start, whole.end + DAY)


def span(start: dt.date, end: dt.date) -> Period:
    """From one day to another; raises ValueError when they stand the wrong way round."""
    if end < start:
        raise ValueError("a period ends before it starts")
    return Period(start=start, end=end, precision="span")


_FAR = dt.timedelta(days=243)
"""Eight months: what lies farther back would be told with its year."""


def nearest(candidates: list[Period], date: dt.date, direction: int) -> Period:
    """Of periods of one name in neighbouring years: the next that is not over (direction 1), the last that has begun
    (-1), or (0) that one too, unless it is more than eight months back: then the closest on either side.
    """
    if direction > 0:
        return min((p for p in candidates if p.end >= date), key=lambda p: p.start)
    last = max((p for p in candidates if p.start <= date), key=lambda p: p.start)
    if direction < 0 or date - last.end <= _FAR:
        return last
    return min(candidates, key=lambda p: max((p.start - date).days, (date - p.end).days))
