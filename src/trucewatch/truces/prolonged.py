"""Until when extensions make a truce last: what a sentence says of it, and what many voices say, each more than once."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trucewatch import codebook
from trucewatch.nouns import Noun

TIMES = Path(codebook.__file__).with_name("times.toml")
"""Words for months, numbers and units of time."""
_DAYS = {"hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_WEEKDAYS = tuple(map(str.lower, calendar.day_name))


class Length(Noun):
    """How much longer: whole months, and days."""

    months: int = 0
    days: int = 0

    def after(self, day: dt.date) -> dt.date:
        """The day so much later; of a month that lacks it, the last."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last)) + dt.timedelta(days=self.days)


class Lasting:
    """Until when a truce is agreed on, as extensions are heard, in the order of their days.

    One extension is told by many, on its day and later ones: in the first half of what it added, and while nobody has said how
    much that is, a further voice tells of the same one. No voice makes a truce shorter, and one without an agreed end
    does not run out.
    """

    def __init__(self, last: dt.date | None) -> None:
        self.last = last
        """The last day that is agreed on; None where there is none, or nobody says."""
        self._before: dt.date | None = None
        """The last day that was agreed on before the newest extension."""
        self._ends = last is not None

    def extend(self, said: dt.date, until: dt.date | None, by: Length | None) -> None:
        """Hear, on a day, that it is longer: until a day, or by so much, or nobody says how much."""
        if not self._ends:
            return
        base = self._base(said)
        last = until or (by.after(base) if by and base else None)
        if last is not None and last < said and by:
            last = by.after(said)
        if base == self._before and self.last is not None:
            self.last = max(self.last, last) if last else self.last
        else:
            self._before, self.last = base, max(last, base) if last and base else last

    def end(self) -> None:
        """It has run out, or is over: what is said of it later counts from the day that it would have lasted until."""
        self._before, self.last = self.last or self._before, None

    def _base(self, said: dt.date) -> dt.date | None:
        """The last day that an extension told of on this day is counted from."""
        if self._before is None or self.last is None:
            return self.last or self._before
        return self._before if said <= self._before + (self.last - self._before) / 2 else self.last


def until(sentence: str, said: dt.date) -> dt.date | None:
    """The last day that a sentence of this day names: ``until 2 October``, ``through the end of June``, ``till Friday``.

    A day without a year is the first one from that day on. None where no day is named, or only a month.
    """
    for match in _forms()[0].finditer(sentence):
        found = _day(match.groupdict(), said)
        if found is not None and found >= said:
            return found
    return None


def length(sentence: str) -> Length | None:
    """By how much a sentence says that it is longer: ``by two months``, ``for another 48 hours``, ``a six-day extension``.

    Parts of a day count as a whole one. None where it says nothing of the kind.
    """
    match = next((match for form in _forms()[1:] if (match := form.search(sentence))), None)
    if match is None:
        return None
    number, unit = _number(match["number"]), _table()["units"][match["unit"].lower()]
    if unit in _MONTHS:
        return Length(months=number * _MONTHS[unit])
    return Length(days=math.ceil(number * _DAYS[unit]))


def _day(said: Mapping[str, str | None], on: dt.date) -> dt.date | None:
    name, number, year = (said[f"{part}_1"] or said[f"{part}_2"] for part in ("month", "day", "year"))
    name, year = name or said["month_3"], year or said["year_3"]
    try:
        if said["iso"]:
            return dt.date.fromisoformat(said["iso"])
        if name:
            return _first(_months()[name.lower()], int(number) if number else None, int(year) if year else None, on)
    except ValueError:
        return None
    if not said["weekday"]:
        return None
    return on + dt.timedelta(days=(_WEEKDAYS.index(said["weekday"].lower()) - on.weekday() - 1) % 7 + 1)


def _first(month: int, number: int | None, year: int | None, on: dt.date) -> dt.date | None:
    """The day in its year, or in the first in which it is not over; without a number the last of its month."""
    ends = {one: calendar.monthrange(one, month)[1] for one in ((year,) if year else (on.year, on.year + 1))}
    days = [dt.date(one, month, number or end) for one, end in ends.items() if (number or end) <= end]
    return next((day for day in days if day >= on), days[0] if days else None)


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else int(_table()["numbers"].get(word, 1))


def _months() -> dict[str, int]:
    return {name.lower(): number for name, number in _table()["months"].items()}


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TIMES.read_text(encoding="utf-8"))


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    table = _table()
    months = "|".join(sorted(table["months"], key=len, reverse=True))
    units = "|".join(sorted((word for word, unit in table["units"].items() if unit in _DAYS | _MONTHS), reverse=True))
    number = rf"(?P<number>\d{{1,3}}|{'|'.join(table['numbers'])}|an?|another)"
    more = r"(?:(?:an?\s+)?(?:another|further|additional|extra)\s+)?"
    day = (
        r"(?P<iso>\d{4}-\d\d-\d\d)"
        rf"|(?:the\s+)?(?P<day_1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month_1>{months})\b\.?(?:,?\s+(?P<year_1>\d{{4}}))?"
        rf"|(?P<month_2>{months})\b\.?\s+(?P<day_2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s+(?P<year_2>\d{{4}}))?"
        rf"|the\s+end\s+of\s+(?P<month_3>{months})\b(?:\s+(?P<year_3>\d{{4}}))?"
    )
    midnight = r"(?:at\s+least\s+)?(?:midnight\s+(?:on\s+|of\s+)?)?"
    weekday = rf"(?:(?:next\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b,?\s*)?"
    until = rf"\b(?:until|till|through|to)\s+{midnight}{weekday}(?:{day})?"
    return (
        re.compile(until, re.IGNORECASE),
        re.compile(
            rf"\b(?:by|for)\s+{more}{number}(?:\s+(?:more|further|additional))?[\s-]+(?P<unit>{units})\b", re.IGNORECASE
        ),
        re.compile(
            rf"\b{number}[\s-]+(?P<unit>{units})\s+(?:\w+\s+)?(?:extension|prolongation|renewal)\b", re.IGNORECASE
        ),
        re.compile(rf"\b(?:another|further|additional)\s+{number}[\s-]+(?P<unit>{units})\b", re.IGNORECASE),
    )
