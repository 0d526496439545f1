"""Step 3, when: rules for times counted from the time last spoken of ("the next day"), and for words of time that are found but
give no dates ("daily", "recently", "since the ceasefire")."""

from __future__ import annotations

from trucewatch.claims import periods
from trucewatch.claims.periods import DAY
from trucewatch.claims.timegrammar import ABOUT, MONTH, MORE_OR_LESS, NUMBER, Matched, Rules, Unresolvable, tables
from trucewatch.nouns import Period

ANCHORED = Rules()
"""Counted from the time last spoken of."""
VAGUE = Rules()
"""Never resolved; they come last."""


@ANCHORED(
    "same time",
    "<the><same>(?P<u><unit>|<daypart>|<stretch>)",
    "<that><same>?(?P<u><u_day>|<u_night>|<u_week>|<u_month>|<u_year>|<daypart>|<stretch>)",
    "(?:<earlier>|<later>|<late>|<early>)(?:<in>|<on>)?(?:<the>|<that>)<same>?(?P<u><u_day>|<u_night>)",
)
def _same(told: Matched) -> Period:
    name = told.text("u")
    if name == "week" or name in periods.SPAN_MONTHS:
        return periods.unit(name, told.anchor.start)
    return _of_days(told)


def _of_days(told: Matched) -> Period:
    """The time last spoken of, where it is no longer than a week: after "besieged for 500 days" no day has been told."""
    if told.anchor.precision == "span" and told.anchor.end - told.anchor.start > 7 * DAY:
        raise Unresolvable
    return told.anchor


@ANCHORED("month of that year", rf"(?P<m>{MONTH})<of>?(?:<that>|<the>)<same>?<u_year>")
def _month_of_that_year(told: Matched) -> Period:
    return periods.month(told.anchor.start.year, told.month("m"))


@ANCHORED("weekday next or previous", "<the>(?P<w><following>|<previous>)(?P<d><weekday>)<daypart>?")
def _neighbouring_weekday(told: Matched) -> Period:
    number = periods.weekday(told.text("d"))
    if told.text("w") in ("previous", "preceding", "prior"):
        date = told.anchor.start
        return periods.day(date - ((date.weekday() - number) % 7 or 7) * DAY)
    date = told.anchor.end
    return periods.day(date + ((number - date.weekday()) % 7 or 7) * DAY)


@ANCHORED(
    "next or previous",
    "<the>(?P<w><following>|<previous>)(?P<u><unit>|<daypart>)",
    """<the>(?P<u><u_day>|<u_night>|<u_week>|<u_month>|<u_year>)(?P<w><before>|<after>|<earlier>|<later>)
    (?!<yesterday>|<tomorrow>)""",
)
def _neighbour(told: Matched) -> Period:
    name = told.text("u")
    unit = tables().units.get(name, "day")  # of "the next evening" the day
    if told.text("w") == "next" and told.previous is None and told.direction >= 0:
        return periods.span(told.today, periods.shift(told.today, unit, 1))
    anchor = told.anchor
    if _is_lost_in(unit, anchor):
        return anchor
    back = told.text("w") in ("previous", "preceding", "prior", "before", "earlier")
    if name.endswith("s"):  # "in the weeks before"
        return _beside(anchor, unit, told.several("u"), earlier=back)
    if unit in ("day", "night"):
        return periods.day(_of_days(told).start - DAY if back else _of_days(told).end + DAY)
    return periods.unit(unit, periods.shift(anchor.start, unit, -1 if back else 1))


def _beside(anchor: Period, unit: str, count: float, *, earlier: bool) -> Period:
    """Some days, weeks ... right before a period, or after it."""
    if earlier:
        return periods.span(periods.shift(anchor.start, unit, -count), anchor.start - DAY)
    return periods.span(anchor.end + DAY, periods.shift(anchor.end + DAY, unit, count))


def _is_lost_in(unit: str, anchor: Period) -> bool:
    """Whether steps of a unit stay in a period: the day after one in July is in July, as far as can be told."""
    return unit in ("day", "night", "week") and anchor.precision in ("month", "year")


@ANCHORED("next or previous", f"(?:<in>|<over>)?<the><previous>(?P<n>{NUMBER})(?P<u><units>)")
def _previous_units(told: Matched) -> Period:
    end = told.anchor.end
    return periods.span(periods.shift(end, told.unit("u"), -told.number("n")), end)


@ANCHORED(
    "so long after",
    f"{ABOUT}(?P<n>{NUMBER})(?P<u><unit>)(?P<w><earlier>|<later>|<before>|<after>)",
    "(?P<u><u_hour>|<u_minute>|<u_second>|<units>)(?P<w><earlier>|<later>|<before>|<after>)",
)
def _so_long_after(told: Matched) -> Period:
    unit = told.unit("u")
    if told.text("w") in ("before", "after"):
        raise Unresolvable  # "two days after the attack" counts from an event, not from a time spoken of
    if unit in ("hour", "minute", "second"):
        return _of_days(told)
    if not told.tokens("n"):  # "days later"
        return _beside(told.anchor, unit, told.several("u"), earlier=told.text("w") == "earlier")
    if _is_lost_in(unit, told.anchor):
        return told.anchor
    if unit in ("day", "night"):
        _of_days(told)
    count = (-1 if told.text("w") == "earlier" else 1) * told.number("n")
    first, last = (periods.shift(date, unit, count) for date in (told.anchor.start, told.anchor.end))
    if unit == "month" and told.anchor.precision == "year":
        return periods.span(first, last)
    return periods.unit(periods.FINENESS.get(unit, unit), first if count < 0 else last)


@ANCHORED(
    "time of day",
    "(?:<at>|<by>|<in><the>|<on><the>|<over><the>|<around>|<after>)(?:<early>|<late>)?<daypart>",
    "(?:<in>|<over>)<the>(?:<early>|<late>)<u_hour>",
    "(?:<at>|<around>|<by>)?<clock>(?:<ampm>|<clock_word>)?",
    "(?:<at>|<around>|<by>)?<number>(?:<ampm>|<clock_word>)",
    "(?:<at>|<around>|<by>)<number><in><the><daypart>",
)
def _time_of_day(told: Matched) -> Period:
    return _of_days(told)


# ---------------------------------------------------------------- found, never resolved

VAGUE.unresolved("since an event", "<since>(?:<the>|<a>)_{1,3}")
VAGUE.unresolved(
    "recurring",
    f"<every>(?:{NUMBER})?(?:<unit>|<weekday>|<daypart>|{MONTH})",
    "<weekdays>",
    "<on><a><recurring><basis>",
    "<recurring>",
    "<all>?<the>?<daypart><and><daypart>",
)
VAGUE.unresolved(
    "vague",
    "<vague>",
    "<in><the><bygone>",
    "<in><the>.?<future>",
    "<units><ago>",
    "<these><units>",
    "<to><date>",
    "<long><ago>",
    "<in><units>",
    "<so><far>",
    "<for><now>",
    "<midweek>",
)
VAGUE.unresolved(
    "duration",
    f"""{ABOUT}<the>?(?:<number>(?:<dash>?<number>)?|<a>?<couple><of>?|<a>?<few>|<several>|<half><a>|{MORE_OR_LESS}<a>)
    <dash>?<unit>(?:<dash>?<long>)?""",
    "<unit><dash>?<long>",
)
