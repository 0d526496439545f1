"""Step 3, when: rules for points of time: dates, weekdays, months, years, and days named from the day of writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from trucewatch.claims import periods
from trucewatch.claims.periods import DAY
from trucewatch.claims.timegrammar import ABOUT, MONTH, NUMBER, POINTS, WHICH, WHICH_YEAR, Matched, Unresolvable, tables
from trucewatch.claims.timegrammar import DAY as DAY_WORDS
from trucewatch.nouns import Period

__all__ = ["POINTS"]

_YEAR = rf"(?:<comma>?(?P<y><year>)|<comma>?<of>?(?P<r>{WHICH_YEAR}))"
_WEEKDAY = "(?:(?:<weekday>|<short_weekday><dot>?)<daypart>?<comma>?(?:<the>|<on>)?)?"
_TIME_OF_DAY = "(?:<comma>?(?:<in><the>|<at>)?<daypart>)?"
# A bare month or year is one only in company: "in March", "the 2016 coup", "the failed July coup".
_COMPANY = "(?:^|(?<=<preposition>)|(?<=<the>)|(?<=<a>)|(?<=<the>_)|(?<=<a>_)|(?<=<part_word><dash>))"


@POINTS("iso", "<iso>")
def _iso(told: Matched) -> Period:
    return periods.day(dt.date.fromisoformat(told.text(0)[:10]))


@POINTS("figures", "<slash>")
def _figures(told: Matched) -> Period:
    first, second, last = (int(part) for part in re.split(r"[/.]", told.text(0)))
    if first > 31:
        return periods.day(dt.date(first, second, last))
    if first <= 12 and second <= 12 and first != second:
        raise Unresolvable  # 10/01/2021 can be read both ways
    month, number = (second, first) if first > 12 else (first, second)
    century = 0 if last > 99 else 1900 if last > 50 else 2000
    return periods.day(dt.date(century + last, month, number))


@POINTS(
    "date",
    rf"{_WEEKDAY}(?P<m>{MONTH})(?P<d>{DAY_WORDS})(?:{_YEAR}|(?!<noun_after>|<number>)){_TIME_OF_DAY}",
    # "on May 3 rebels attacked", but not "in May 3 rebels"
    rf"(?:(?<=<on>)|<weekday><comma>?)(?P<m>{MONTH})(?P<d>{DAY_WORDS})(?=<noun_after>)",
    rf"{_WEEKDAY}(?P<d>{DAY_WORDS})<of>?(?P<m>{MONTH})(?:{_YEAR})?{_TIME_OF_DAY}",
    rf"(?P<r>{WHICH_YEAR})<s>(?P<m>{MONTH})(?P<d>{DAY_WORDS})",
)
def _date(told: Matched) -> Period:
    month, number, year = told.month("m"), told.ordinal("d"), told.year()
    if year is not None:
        return periods.day(dt.date(year, month, number))
    # four years to each side: the 29th of February
    years = range(told.today.year - 4, told.today.year + 5)
    there = [y for y in years if 1 <= number <= periods.month(y, month).end.day]
    # a past tense does not settle the year: "the trial was set for 19 October"
    direction = told.bound or max(told.direction, 0)
    return periods.nearest([periods.day(dt.date(y, month, number)) for y in there], told.today, direction)


@POINTS("date of the month", r"<the>(?P<d><ordinal>)<of>(?P<w><this>|<last>|<next>|<the>)<u_month>")
def _date_of_month(told: Matched) -> Period:
    whole = _relative(told, told.text("w"), "month")
    return periods.day(whole.start + (told.ordinal("d") - 1) * DAY)


@POINTS(
    "month of a year",
    rf"(?P<m>{MONTH})<of>?{_YEAR}",
    rf"(?P<r>{WHICH_YEAR})(?:<comma>?<in>|<s>)(?P<m>{MONTH})",
)
def _month_of_year(told: Matched) -> Period:
    return periods.month(told.year() or told.today.year, told.month("m"))


@POINTS(
    "month named from now",
    rf"(?:<the>|<this>)?(?P<w><last>|<this>|<next>|<past>|<coming>)(?P<m>{MONTH})(?!<dayno>)",
)
def _named_month(told: Matched) -> Period:
    today, month = told.today, told.month("m")
    which = WHICH.get(told.text("w"), 0)
    if not which:
        return periods.month(today.year, month)
    over = month < today.month if which < 0 else month > today.month
    return periods.month(today.year + (0 if over else which), month)


@POINTS("month", rf"{_COMPANY}(?P<m>{MONTH})(?!<dayno>)", "(?!<shy_month>)(?P<m><monthname>)(?=<s>)")
def _month(told: Matched) -> Period:
    return told.nearest(lambda year: periods.month(year, told.month("m")))


@POINTS(
    "year",
    rf"(?<!<at>){_COMPANY}<year>(?!<noun_after>|<dash><unit>|<unit>)",
    """(?<!<numbered>)(?<!<number>)(?<!<money>)(?<!<dash>)(?<!<dot>)
    <likely_year>(?!<noun_after>|<dash>|<number>|<unit>)""",
)
def _year(told: Matched) -> Period:
    return periods.year(int(told.tokens(0)[-1].text))


@POINTS(
    "decade",
    "<the>?(?:(?P<part><early>|<mid>|<late>)<dash>?)?<s>?(?P<d><decade>)",
    "<the>(?:(?P<part><early>|<mid>|<late>)<dash>?)?(?P<d><decade_word>)",
)
def _decade(told: Matched) -> Period:
    word = told.text("d")
    first = tables().decades.get(word) or int(word.rstrip("s"))
    if first < 100:
        first += 1900 if first >= 30 else 2000
    return _part(told, periods.year(first, 10))


@POINTS("century", "<the>?(?:(?P<part><early>|<mid>|<late>)<dash>?)?(?P<n><ordinal>)<dash>?<u_century>")
def _century(told: Matched) -> Period:
    return _part(told, periods.year(max(1, (told.ordinal("n") - 1) * 100), 100))


def _part(told: Matched, whole: Period) -> Period:
    """The part of a time that the words speak of ("early", "late"), or all of it."""
    part = told.text("part")
    return periods.third(whole, part) if part else whole


@POINTS(
    "weekday",
    """(?:(?:<early>|<late>|<earlier>|<later>|<mid>)<dash>?<on>?)?(?:<the>?(?P<w><last>|<this>|<next>|<past>|<coming>))?
    (?P<d><weekday>)(?:<dash>?<daypart>|<comma>?<in><the><daypart>|<at><daypart>)?
    (?:<of>?(?P<week>(?:<last>|<this>|<next>)<u_week>))?""",
)
def _weekday(told: Matched) -> Period:
    number, today = periods.weekday(told.text("d")), told.today
    if told.tokens("week"):
        return periods.day(_relative(told, told.text("week").split()[0], "week").start + number * DAY)
    back = (today.weekday() - number) % 7 * DAY
    ahead = (number - today.weekday()) % 7 * DAY
    which = WHICH.get(told.text("w"), 0)
    if which:
        return periods.day(today - (back or 7 * DAY) if which < 0 else today + (ahead or 7 * DAY))
    future = told.direction > 0 or (told.text("w") == "this" and told.direction == 0)
    return periods.day(today + ahead if future else today - back)


@POINTS("night to a weekday", "<overnight>(?:<on>|<from>)?(?P<d><weekday>)")
def _overnight_weekday(told: Matched) -> Period:
    first = told.period("d").start
    return periods.span(first, first + DAY)


@POINTS(
    "today",
    "(?:<earlier>|<later>|<early>|<late>)?<today>",
    "(?:<earlier>|<later>|<early>|<late>)?<this><daypart>",
    "(?:<over>|<all>)<the>?<u_day>(?!<s>)",
)
def _today(told: Matched) -> Period:
    return periods.day(told.today)


@POINTS(
    "yesterday",
    "(?:<earlier>|<late>|<early>)?(?P<day><yesterday>|<tomorrow>)<daypart>?",
    "<last>(?P<night><u_night>)(?!<unit>)",
    "<the>?<u_day>(?P<beyond><before>|<after>)(?P<day><yesterday>|<tomorrow>)",
)
def _yesterday(told: Matched) -> Period:
    step = 1 if told.text("day") == "tomorrow" else -1
    return periods.day(told.today + (2 if told.tokens("beyond") else 1) * step * DAY)


@POINTS("overnight", "<overnight>")
def _overnight(told: Matched) -> Period:
    return periods.span(told.today - DAY, told.today)


@POINTS("calendar unit", "(?P<w><last>|<this>|<next>)(?P<u><unit>)(?!<ago>)", "<the>(?P<w><this>)(?P<u><unit>)")
def _calendar_unit(told: Matched) -> Period:
    if told.tokens("u")[0].text.endswith("s"):
        raise Unresolvable  # "these last years" has no bounds
    return _relative(told, told.text("w"), told.unit("u"))


def _relative(told: Matched, which: str, unit: str) -> Period:
    """The calendar unit before, of or after the day of writing."""
    step = WHICH.get(which, 0)
    if unit == "weekend" and not step and told.direction < 0:
        return _weekend(told)
    return periods.unit(unit, periods.shift(periods.unit(unit, told.today).start, unit, step))


@POINTS("weekend", "(?:<at>|<on>|<over>)?<the><u_weekend>", "(?:<at>|<on>|<over>)<u_weekend>")
def _weekend(told: Matched) -> Period:
    return periods.weekend(told.today) if told.direction > 0 else periods.last_weekend(told.today)


_PART = "(?:(?P<part><early>|<mid>|<late>)<dash>?(?:<in>?<the>)?)?"


@POINTS(
    "season",
    rf"""{_PART}(?:<the>|<last>|<this>|<next>)?(?P<s><season>|<fall>)<comma>?<of>?
    (?:(?P<y><year>)|(?P<r>{WHICH_YEAR}))""",
    rf"{_PART}<the>?(?P<w><last>|<this>|<next>|<past>|<coming>)(?P<s><season>|<fall>)",
    r"(?:(?P<part><early>|<mid>|<late>)<dash>?|(?:^|(?<=<in>))|<the>(?:<early>|<late>)?)(?P<s><season>)",
)
def _season(told: Matched) -> Period:
    name, year = told.text("s"), told.year()
    if year is not None:
        return _part(told, _season_of(name, year))
    today, which = told.today, WHICH.get(told.text("w"), 0)
    around = [_season_of(name, y) for y in range(today.year - 2, today.year + 3)]
    if which < 0:
        return _part(told, max((s for s in around if s.end < today), key=lambda s: s.start))
    if which > 0:
        return _part(told, min((s for s in around if s.start > today), key=lambda s: s.start))
    return _part(told, told.nearest(lambda year: _season_of(name, year), reach=2))


def _season_of(name: str, year: int) -> Period:
    """A season in the year in which it begins."""
    first, last = tables().seasons[name]
    return periods.months(year, first, (last - first) % 12 + 1)


@POINTS(
    "quarter",
    r"<the>?(?P<n><ordinal>)<dash>?(?P<u><quarterly>|<half>)"
    rf"(?:(?:<of>|<comma>)?(?:(?P<y><year>)|(?P<r>{WHICH_YEAR})|<the><u_year>))?",
    rf"(?:<the>?(?P<y><year>)|(?P<r>{WHICH_YEAR})<s>)(?P<n><ordinal>)<dash>?(?P<u><quarterly>|<half>)",
)
def _quarter(told: Matched) -> Period:
    size = 3 if told.text("u") == "quarter" else 6
    number, year = told.ordinal("n"), told.year()
    if number * size > 12:
        raise Unresolvable
    if year is not None:
        return periods.months(year, (number - 1) * size + 1, size)
    today = told.today
    around = [periods.months(y, (number - 1) * size + 1, size) for y in (today.year - 1, today.year, today.year + 1)]
    if told.direction > 0:
        return periods.nearest(around, today, 1)
    # figures are told of a quarter that is over
    return max((q for q in around if q.end < today), key=lambda q: q.start)


@POINTS("ago", rf"(?P<n>{NUMBER})(?P<u><unit>)<ago><today>")
def _ago_today(told: Matched) -> Period:
    return periods.day(periods.shift(told.today, told.unit("u"), -told.number("n")))


@POINTS(
    "ago",
    rf"{ABOUT}(?P<n>{NUMBER})(?P<u><unit>)(?:<and><so>)?<ago>",
    rf"{ABOUT}(?P<n>{NUMBER})(?P<u><unit>)(?P<hence><from><now>)",
)
def _ago(told: Matched) -> Period:
    unit, step = told.unit("u"), 1 if told.tokens("hence") else -1
    date = periods.shift(told.today, unit, step * told.number("n"))
    return periods.unit(periods.FINENESS.get(unit, unit), date)


@POINTS("holiday", rf"<the>?(?P<h><holiday>)<daypart>?(?:{_YEAR})?")
def _holiday(told: Matched) -> Period:
    name, year = told.text("h"), told.year()
    years = [told.today.year + step for step in (-1, 0, 1)] if year is None else [year]
    if name in tables().hijri:
        around = [feast for one in years for feast in _feasts_in(name, one)]
    else:
        around = [periods.day(_holiday_in(name, one)) for one in years]
    return periods.nearest(around, told.today, told.direction) if year is None else around[0]


def _feasts_in(name: str, year: int) -> list[Period]:
    """When an Islamic feast or month begins in a year, and the day before it, on which it does where the moon is seen sooner."""
    month, first, days = tables().hijri[name]
    turn = (year - 622) * 33 // 32
    starts = [periods.hijri(turn + step, month, first) for step in (-1, 0, 1, 2)]
    return [periods.span(start - DAY, start + (days - 1) * DAY) for start in starts if start.year == year]


def _holiday_in(name: str, year: int) -> dt.date:
    """``month, day`` or ``month, n, weekday``: the n-th such weekday of the month; or ``n``: the n-th day after Easter."""
    rule: Sequence[int] = tables().holidays[name]
    if not rule:
        raise Unresolvable
    if len(rule) == 1:
        easter = periods.orthodox_easter if name.startswith("orthodox") else periods.easter
        return easter(year) + rule[0] * DAY
    month, number, *weekday = rule
    if not weekday:
        return dt.date(year, month, number)
    first = dt.date(year, month, 1)
    return first + ((weekday[0] - first.weekday()) % 7 + 7 * (number - 1)) * DAY


@POINTS("era", "<the>?(?P<e><era>)")
def _era(told: Matched) -> Period:
    start, end = tables().eras[told.text("e")]
    if told.written and start > told.written:
        raise Unresolvable  # another war of that name
    return Period(start=start, end=end, precision="day" if start == end else "span")


@POINTS("now", "<right>?<now>", "<present>", "<at>(?:<the>|<this>)?<presence>")
def _now(told: Matched) -> Period:
    return periods.day(told.today)
