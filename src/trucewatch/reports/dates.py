"""The date of a report as its page writes it: ISO, day-first figures, and month names of some thirty languages.

Only full dates count (day, month and year); "3 hours ago" or "Tuesday" is no date of a page.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import re
import unicodedata

from trucewatch.nouns import Noun
from trucewatch.reports.tables import rows

_YEAR = re.compile(r"(?:19|20)\d\d|\d\.\d\d?\.\d\d|[^\W\d_]-\d\d(?!\d)")
"""What every form has; most lines of a page have none."""
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T_ ]?\d{4}(?:\d\d)?Z?)?")
_EARLIEST, _LATEST = 1900, 2100
_LONGEST = 1_000
"""Characters that are looked through of what stands where a date should: a page may put anything there."""


class DateWords(Noun):
    """A date and the words (characters ``start`` to ``end``) that give it."""

    start: int
    end: int
    date: dt.date
    unsure: bool = False
    """Day and month could be the other way round ("10/01/2021" is read as 10 January)."""


@functools.cache
def _months() -> dict[str, int]:
    return {name: int(row["month"]) for row in rows("months.csv") for name in row["names"].split("|")}


@functools.cache
def _month() -> str:
    """The pattern of a month's name."""
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_months(), key=len, reverse=True))
    return rf"(?P<m>(?:{names}))(?![^\W\d_])\.?"


@functools.cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = _month()
    year, day = r"(?P<y>(?:19|20)\d\d)(?!\d)", r"(?<![\d.:])(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|º|ª)?"
    clock = r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    # Clocks of computers and Twitter put the time before the year: "Sat May 20 15:01:00 +0000 2023".
    moment = r"(?:\d\d:\d\d:\d\d\s+(?:(?:[A-Z]{1,5}|[+-]\d{4})\s+)?)?"
    return tuple(
        (form, re.compile(pattern, re.IGNORECASE))
        for form, pattern in (
            ("ymd", rf"(?<!\d)(?P<y>(?:19|20)\d\d)([-/.])(?P<m>[01]?\d)\2(?P<d>[0-3]?\d)(?!\d){clock}"),
            ("cjk", r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>1?\d)\s*[月월]\s*(?P<d>[123]?\d)\s*[日일]"),
            # "30 September 2021", "30. September 2021", "30 de septiembre de 2021", "30 أيلول / سبتمبر 2021"
            (
                "dmy",
                rf"{day}[.,]?[\s-]+(?:of\s+|de\s+)?{month}(?:\s*/\s*[^\W\d_]+)?(?:\s*[,،]|\s+de|\s+of)?[\s-]*{year}",
            ),
            (
                "short",
                rf"(?<![\w-])(?P<d>[0-3]?\d)-{month}-(?P<y>\d\d)(?![\w-])",
            ),  # 30-Sep-21, as spreadsheets write it
            ("mdy", rf"(?<![^\W\d_]){month}\s*(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\s*,?\s+{moment}{year}"),
            ("figures", r"(?<![\d.])(?P<d>[0-3]?\d)([./-])(?P<m>[0-3]?\d)\2(?P<y>(?:19|20)?\d\d)(?![\d])"),
        )
    )


def find(text: str) -> tuple[DateWords, ...]:
    """Every full date in `text`, in text order; overlapping readings go to the first form that fits."""
    text = _plain_digits(text)
    if _YEAR.search(text) is None:
        return ()
    found: list[DateWords] = []
    taken: set[int] = set()
    for form, pattern in _forms():
        for match in pattern.finditer(text):
            where = range(*match.span())
            if taken.isdisjoint(where) and (words := _reading(form, match)) is not None:
                found.append(words)
                taken.update(where)
    return tuple(sorted(found, key=lambda words: words.start))


@functools.cache
def _without_year() -> tuple[re.Pattern[str], ...]:
    day = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|er)?\.?"
    forms = (rf"{day}\s+(?:de\s+)?{_month()}", rf"{_month()}\s+{day}")
    clock = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[a-z]{2,4})?)?"
    return tuple(re.compile(rf"\W*(?:[^\W\d_]+,?\s+)?{form}{clock}\W*", re.IGNORECASE) for form in forms)


def day_and_month(text: str) -> tuple[int, int] | None:
    """Day and month of a line that holds nothing else, but for weekday and clock: "Monday 10 February", "May 5, 14:05"."""
    found = next((found for form in _without_year() if (found := form.fullmatch(_plain_digits(text)))), None)
    return (int(found["d"]), _months()[" ".join(found["m"].casefold().split())]) if found else None


def nearest(text: str, to: dt.date) -> dt.date | None:
    """The day of such a line, in the year in which it is nearest to another day."""
    found = day_and_month(text)
    if found is None:
        return None
    days = []
    for year in (to.year - 1, to.year, to.year + 1):
        with contextlib.suppress(ValueError):  # 29 February is in few years
            days.append(dt.date(year, found[1], found[0]))
    return min(days, key=lambda day: abs(day - to), default=None)


def unread(said: str | None) -> tuple[str, ...]:
    """The note on what stands where a date should, and is none."""
    return (f"no date: {said[:40]}",) if said and first(said) is None else ()


def first(text: str | None) -> dt.date | None:
    """The first full date of what stands where one should, or None."""
    if not text:
        return None
    words = find(text[:_LONGEST])
    return words[0].date if words else compact(text)


def compact(text: str) -> dt.date | None:
    """The day of ``20220405``, ``20220405070000`` or ``20220405T070000Z``."""
    found = _COMPACT.fullmatch(text[:_LONGEST].strip())
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _plain_digits(text: str) -> str:
    """Arabic, Persian and other decimal digits as 0-9; every character stays at its offset."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(character)) if character.isdecimal() and character > "\x7f" else character
        for character in text
    )


def _reading(form: str, match: re.Match[str]) -> DateWords | None:
    written = match["m"]
    month = int(written) if written.isdecimal() else _months().get(" ".join(written.casefold().split()), 0)
    day, year = int(match["d"]), int(match["y"])
    unsure = False
    if form == "short":
        year += 2000
    if form == "figures":
        if len(match["y"]) == 2:
            if match[2] != ".":
                return None  # "9/11/01" or a score: too little to call a date
            year += 2000
        if month > 12 >= day and match[2] == "/":
            day, month = month, day
        unsure = match[2] == "/" and day <= 12 and day != month
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return DateWords(start=match.start(), end=match.end(), date=date, unsure=unsure)
