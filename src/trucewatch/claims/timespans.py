"""Step 3, when: rules for spans of time: from one point to another, since, until, for a week, early in May."""

from __future__ import annotations

import datetime as dt

from trucewatch.claims import periods
from trucewatch.claims.periods import DAY
from trucewatch.claims.timegrammar import (
    ABOUT,
    MONTH,
    NUMBER,
    SPANS,
    WHICH,
    WHICH_YEAR,
    Matched,
    Unresolvable,
    tables,
)
from trucewatch.claims.timegrammar import DAY as DAY_WORDS
from trucewatch.nouns import Period

__all__ = ["SPANS"]

_YEAR = f"(?:<comma>?<of>?(?:(?P<y><year>)|(?P<r>{WHICH_YEAR})))"
_STEP = "(?:<u_day>|<u_night>|<u_week>|<u_month>|<u_year>)"
_TO = "(?:<dash>|<to>|<and>)"
_MORE = f"(?:(?:<comma>{DAY_WORDS})+<comma>?)?"
_DAYPARTS = "<the>?<daypart>(?:<and><the>?<daypart>)?<u_hour>?"
_HOUR = "(?:<the>?<early>?<daypart>|(?:<clock>|<number>)(?:<ampm>|<clock_word>)?)"
_IN_THE_NIGHT = f"(?:(?:<on>|<in>|<over>)?{_DAYPARTS}<of>?)?(?:<between>|<from>)?"
# ---------------------------------------------------------------- from one point to another


@SPANS(
    "days of a month",
    rf"{_IN_THE_NIGHT}(?P<m>{MONTH})(?P<a>{DAY_WORDS}){_MORE}{_TO}(?P<b>{DAY_WORDS}){_YEAR}?",
    rf"{_IN_THE_NIGHT}(?P<a>{DAY_WORDS}){_MORE}{_TO}(?P<b>{DAY_WORDS})<of>?(?P<m>{MONTH}){_YEAR}?",
)
def _days(told: Matched) -> Period:
    first = _month(told, "m").start
    return periods.span(first + (told.ordinal("a") - 1) * DAY, first + (told.ordinal("b") - 1) * DAY)


def _month(told: Matched, group: str) -> Period:
    """A month in its year, where that is told, or in the nearest."""
    month, year = told.month(group), told.year()
    return periods.month(year, month) if year is not None else told.nearest(lambda near: periods.month(near, month))


@SPANS(
    "days of two months",
    rf"""(?:<between>|<from>)?(?P<a>{DAY_WORDS})<of>?(?P<m>{MONTH}){_TO}
    (?P<b>{DAY_WORDS})<of>?(?P<n>{MONTH}){_YEAR}?""",
    rf"(?:<between>|<from>)?(?P<m>{MONTH})(?P<a>{DAY_WORDS}){_TO}(?P<n>{MONTH})(?P<b>{DAY_WORDS}){_YEAR}?",
)
def _days_of_two(told: Matched) -> Period:
    last = _month(told, "n").start
    first = periods.month(last.year - (told.month("m") > last.month), told.month("m")).start
    return periods.span(first + (told.ordinal("a") - 1) * DAY, last + (told.ordinal("b") - 1) * DAY)


@SPANS(
    "months of a year",
    rf"(?P<m>{MONTH})(?:<comma>{MONTH})+<comma>?<and>(?P<n>{MONTH}){_YEAR}",
    rf"(?:<between>|<from>)?(?P<m>{MONTH}){_TO}(?P<n>{MONTH}){_YEAR}",
    rf"(?P<w><last>|<this>|<next>)(?P<m>{MONTH}){_TO}(?P<n>{MONTH})",
    rf"(?:<between>|<from>|(?<=<in>)|^)(?P<m>{MONTH}){_TO}(?P<n>{MONTH})(?!<dayno>)",
)
def _months(told: Matched) -> Period:
    year, first, last = told.year(), told.month("m"), told.month("n")
    if year is None:
        around = [_month_range(told.today.year + y, first, last) for y in (-2, -1, 0, 1, 2)]
        if told.text("w") == "last":
            return max((p for p in around if p.end < told.today), key=lambda p: p.end)
        return periods.nearest(around, told.today, WHICH.get(told.text("w"), 0) or told.direction)
    return _month_range(year, first, last)


def _month_range(year: int, first: int, last: int) -> Period:
    """From one month to another; the year is that of the last."""
    return periods.span(periods.month(year - (first > last), first).start, periods.month(year, last).end)


@SPANS(
    "years",
    f"(?:<between>|<from>)?(?P<a><year>){_TO}(?P<b><year>)(?!<noun_after>)",
    "(?P<a><likely_year>)<dash>(?P<b><number>)(?!<dash>|<noun_after>|<unit>)",
)
def _years(told: Matched) -> Period:
    first, last = int(told.text("a")), told.text("b")
    if len(last) not in (2, 4):
        raise Unresolvable
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return periods.span(dt.date(first, 1, 1), dt.date(end, 12, 31))


@SPANS(
    "from to",
    f"(?:<between>|<from>)(?P<a>{{point}}){_TO}(?P<b>{{point}})",
    "(?P<a>{point})(?:<dash>|<and>|<to>)(?P<b>{point})",
    "(?P<a><weekday>)(?:<comma><weekday>)+<comma>?<and>(?P<b><weekday>)",
    f"(?:<on>|<in>|<over>)?{_DAYPARTS}(?:<of>|<from>)(?P<a><weekday>)<to>(?P<b><weekday>)",
)
def _from_to(told: Matched) -> Period:
    start, end = told.period("a"), told.period("b")
    if start.start > end.end and start.precision == "day":  # "from Friday to Sunday", told on a Saturday
        return periods.span(start.start - 7 * DAY, end.end)
    return periods.span(start.start, end.end)


@SPANS("since", "<since>(?:<about>|<at><least>)?<in>?<on>?(?P<x>{point})(?!<s>)", "<from>(?P<x>{point})<on>")
def _since(told: Matched) -> Period:
    named = told.text("x").removeprefix("the ")
    # "since World War II" counts from its end
    whole = told.period("x", -1)
    return periods.span(whole.end if named in tables().eras else whole.start, told.today)


@SPANS(
    "since a part",
    "<since>(?P<x><the>?(?:<early>|<mid>|<late>|<start>|<middle>|<end>)<dash>?(?:<of>|<in>)?{point})",
    "<since>(?P<x><the>?(?:<start>|<end>)<of><the>(?:<u_week>|<u_month>|<u_year>|<u_decade>))",
)
def _since_part(told: Matched) -> Period:
    return periods.span(told.span("x", -1).start, told.today)


@SPANS(
    "since an event of",
    "<since>(?:(?:(?!<break>|<comma>|<dot>).){1,9}?(?:<in>|<on>|<of>|<last>|<the>|<a>)|<the>)(?P<x>{point})(?!<s>)",
    f"<since>(?:(?!<break>|<comma>|<dot>).){{1,9}}?(?P<x>{NUMBER}<units><ago>)",
)
def _since_event(told: Matched) -> Period:
    return periods.span(told.period("x", -1).start, told.today)


@SPANS("since then", "<since><then>", "<since>(?=<dot>|<comma>|$)")
def _since_then(told: Matched) -> Period:
    return periods.span(told.anchor.start, told.today)


@SPANS(
    "by",
    "(?:<deadline>|<until>)(?P<x>{point})(?!<s>)",
    """(?:<deadline>|<until>)<the>?
    (?P<x>(?:<end>|<start>|<middle>)<of>(?:{point}|<the>(?:<u_week>|<u_month>|<u_year>|<u_decade>)))""",
)
def _by(told: Matched) -> Period:
    end = told.span("x", 0 if told.direction < 0 else 1)
    # what had come about by a day that is over may have done so at any time before: only that day is known
    return periods.span(told.today, end.end) if end.end >= told.today else end


@SPANS(
    "so long to",
    f"""(?:<in>|<over>|<for>)<the>(?P<n>{NUMBER})?(?P<u><u_month>|<u_year>|<u_week>)
    (?:<to>|<ending>)<on>?(?P<x>{{point}})""",
)
def _months_to(told: Matched) -> Period:
    last = told.period("x", -1).end
    return periods.span(periods.shift(last + DAY, told.unit("u"), -told.number("n")), last)


@SPANS("before", "<before>(?P<x>{point})(?!<s>|_)")
def _before(told: Matched) -> Period:
    return periods.span(told.today, told.period("x").start - DAY)


@SPANS("after", "<after>(?P<x>{point})(?!<s>|_)")
def _after(told: Matched) -> Period:
    return periods.span(told.period("x").end + DAY, told.today)


# ---------------------------------------------------------------- spans counted from the day of writing


@SPANS("recent", "(?:<in>|<over>)?<the>?(?:<about>)?<recent>(?P<u><units>)")
@SPANS(
    "past span",
    f"""(?:<in>|<over>|<for>)?{ABOUT}(?:<the>|<these>|<this>)(?P<w><past>){ABOUT}(?P<n>{NUMBER})?
    (?P<u><unit>)(?!<ago>|<of>{{point}})""",
    f"(?:<in>|<over>)?<the>(?P<n>{NUMBER})(?P<u><units>)<since>(?!{{point}})",
    f"(?:<in>|<over>|<for>)(?P<w><past>)(?P<n>{NUMBER})?(?P<u><units>)",
    f"(?P<w><past>)(?P<n>{NUMBER})(?P<u><units>)",
)
def _past_span(told: Matched) -> Period:
    if told.text("u") == "weekend":
        return periods.last_weekend(told.today)
    return _back(told)


def _back(told: Matched) -> Period:
    """So many units back from the day of writing."""
    return periods.span(periods.shift(told.today, told.unit("u"), -_number(told)), told.today)


def _number(told: Matched) -> float:
    """How many units are told; without a number what a plural stands for, and one for a singular."""
    return told.number("n") if told.tokens("n") else told.several("u")


@SPANS(
    "coming span",
    f"(?:<in>|<over>|<for>)?(?:<the>(?P<w><coming>|<following>)|<coming>)(?P<n>{NUMBER})?(?P<u><units>)",
    "(?:<in>|<over>|<for>)?<the><upcoming>(?P<u><unit>)",
    "<the>(?P<u><units>)<ahead>",
)
def _coming(told: Matched) -> Period:
    after = told.text("w") in ("following", "ensuing", "subsequent", "next")
    start = told.anchor.end + DAY if after and told.direction < 0 else told.today  # of what is over
    return periods.span(start, periods.shift(start, told.unit("u"), _number(told)))


@SPANS(
    "for",
    f"<for>(?:<the>|<a>)(?P<o><ordinal>)(?:<straight>(?P<u>{_STEP})|(?P<v>{_STEP})(?:<running>|<in><a><row>)|(?P<w>{_STEP})(?!<of>|<in>))",
)
def _day_running(told: Matched) -> Period:
    unit = next(told.unit(group) for group in "uvw" if told.tokens(group))
    last, scene = told.today, told.previous
    if scene and scene.precision == "day" and scene.start < last:
        if last - scene.start > 7 * DAY:
            raise Unresolvable  # of what was then
        last = scene.start
    return periods.span(periods.shift(last, unit, 1 - told.ordinal("o")), last)


# "within a day of the vote" counts from an event
@SPANS("in so long", f"(?!<within>.{{1,8}}?<unit><of>)<in>{ABOUT}(?P<n>{NUMBER})(?P<u><unit>)(?!<ago>)")
@SPANS(
    "for",
    f"<for>{ABOUT}(?:<the>)?(?P<n>{NUMBER})(?:<dash>?<a>|<straight>)?(?P<u><unit>)",
    "<for>(?P<u><units>)",
    # "seven weeks of clashes", but not "two weeks of March"
    f"""<after>?(?:{ABOUT}(?P<n>{NUMBER})(?=<u_day>|<u_week>|<u_month>|<u_year>|<u_decade>)|(?=<units>))(?P<u><unit>)
    <of>(?!{{point}}|<the>)""",
    f"(?!<within>)<in>{ABOUT}(?P<n>{NUMBER})(?P<u><units>)<of>(?!{{point}}|<the>)",
    f"<over>(?P<n>{NUMBER})(?P<u><units>)(?!<ago>|<earlier>|<later>|<before>|<after>)",
    "<all>(?P<u><u_week>|<u_month>|<u_year>)",
)
def _for(told: Matched) -> Period:
    # before the day of writing, or after it for what is to come
    return _coming(told) if told.direction > 0 else _back(told)


@SPANS(
    "part of now",
    "(?P<w><earlier>|<later>)(?:<in>|<on>)?<this>(?P<u><unit>)",
    "<so><far><this>(?P<u><unit>)",
    "<this>(?P<u><unit>)<so><far>",
    "(?P<w><earlier>|<later>|<early>|<late>)(?:<in>|<on>)<the>(?P<u><u_week>|<u_month>|<u_year>)",
    "(?:<in>|<over>)?<the>?(?P<u><u_week>|<u_month>|<u_year>)<to><date>",
)
def _part_of_now(told: Matched) -> Period:
    whole = periods.unit(told.unit("u"), told.today)
    if told.text("w") == "later":
        return periods.span(told.today, whole.end)
    return periods.span(whole.start, told.today)


# ---------------------------------------------------------------- parts of a point


@SPANS(
    "part of",
    "<the>?(?P<w><early>|<mid>|<late>)<dash>?(?:<in>|<on>)?(?P<x>{point})",
    "<at>?<the>(?P<w><middle>)<of>(?P<x>{point})",
)
def _part(told: Matched) -> Period:
    which = told.text("w")
    return periods.third(told.period("x"), "mid" if which == "middle" else which)


@SPANS("part of", "<earlier><in>(?P<x>{point})")
def _earlier_in(told: Matched) -> Period:
    whole = told.period("x", -1)
    return periods.span(whole.start, min(whole.end, told.today))


@SPANS(
    "start or end of",
    "<at>?<the>?(?P<w><start>|<end>)<of>(?P<x>{point}|<the>(?P<u><u_week>|<u_month>|<u_year>|<u_decade>))",
)
def _edge(told: Matched) -> Period:
    first, last = periods.ends(_whole(told))
    return last if told.text("w") in ("end", "close", "closing") else first


def _whole(told: Matched) -> Period:
    """The calendar unit of the day of writing ("of the month"), or else the point that is told."""
    return periods.unit(told.unit("u"), told.today) if told.tokens("u") else told.period("x")


@SPANS(
    "so much of",
    f"""(?:<in>|<over>)?<the>?(?P<o><ordinal>|<last>)(?P<n>{NUMBER})?(?P<u><unit>)<of>
    (?:(?P<x>{{point}})|<the>(?P<c><u_week>|<u_month>|<u_year>|<u_decade>))""",
    "(?:<in>|<over>)?<the>?(?P<o><ordinal>|<last>)(?P<h><half>)<of>(?P<x>{point})",
)
@SPANS(
    "so much of an era",
    f"(?:<in>|<over>)?<the>?(?P<o><ordinal>|<last>)(?P<n>{NUMBER})?(?P<u><unit>)<of>(?P<x><the>?<era>)",
)
def _so_much(told: Matched) -> Period:
    whole = periods.unit(told.unit("c"), told.today) if told.tokens("c") else told.period("x")
    if told.tokens("h") and whole.precision == "year":
        return periods.months(whole.start.year, 1 if told.text("o") in ("first", "1st") else 7, 6)
    if told.tokens("h"):
        middle = whole.start + (whole.end - whole.start + DAY) // 2
        halves = (periods.span(whole.start, middle - DAY), periods.span(middle, whole.end))
        return halves[0 if told.text("o") in ("first", "1st") else 1]
    count, unit = _number(told), told.unit("u")
    if told.text("o") == "last":
        return periods.span(max(whole.start, periods.shift(whole.end, unit, -count) + DAY), whole.end)
    start = periods.shift(whole.start, unit, (told.ordinal("o") - 1) * count)
    # when an Islamic month begins is only known to a day
    loose = DAY if told.text("x") in tables().hijri else 0 * DAY
    return periods.span(start, min(periods.shift(start, unit, count) - DAY + loose, whole.end))


@SPANS(
    "time of",
    """(?:<on>|(?:<early>|<late>)?<in>|<over>)?<the>?(?:<early>|<late>)?(?:<daypart>|<part>|(?P<rest><rest>)|<u_hour>)<of>
    (?:(?P<x>{point})|<the>(?P<u><u_day>|<u_week>|<u_month>|<u_year>|<u_decade>))""",
    # one pattern: a point of time is long, and compiled each time that it is written
    f"""(?:(?:<at>|<by>|<around>|<before>|<after>)<the>?(?:<early>|<late>)?<daypart><on>?
    |<in><the><early><u_hour><of><the><daypart><on>?
    |(?:<in>|<over>)(?:<the><u_day>|{_DAYPARTS})(?:<on>|<of>)
    |(?:<between>|<from>){_HOUR}{_TO}{_HOUR}<on>?
    |(?:<at>|<by>|<around>|<before>|<after>){{0,2}}(?:<clock>|<number>)(?:<ampm>|<clock_word>)<on>?
    |(?:<at>|<by>|<around>|<before>|<after>)(?:<clock>|<number>)<in><the><daypart><on>?)(?P<x>{{point}})""",
)
def _time_of(told: Matched) -> Period:
    whole = _whole(told)
    if told.text("rest") and whole.start <= told.today <= whole.end:
        return periods.span(told.today, whole.end)
    return whole


@SPANS("eve of", "<the><eve><of>(?P<x>{point})")
def _eve_of(told: Matched) -> Period:
    eve = told.period("x").start - DAY
    # told on the eve itself, "the eve of Friday's vote" is not that of the Friday before
    if told.text("x") in tables().hijri:
        return periods.span(eve, eve + DAY)
    is_today = len(told.tokens("x")) == 1 and told.written == eve + 7 * DAY
    return periods.day(eve + 7 * DAY if is_today else eve)
