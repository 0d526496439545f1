"""The columns of a record, and what they say of its report: which is the text, the title, the date.

The names that are known stand in ``columns.csv``; case, blanks and punctuation in them make no difference, nor does what
stands in brackets behind them.
"""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trucewatch.errors import WrongCallError
from trucewatch.reports import dates, lines, links
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.facts import DAY_FIRST, Facts
from trucewatch.reports.hygiene import key, one_line, tidy
from trucewatch.reports.tables import rows

_SECONDS = range(10**8, 10**10)
"""Numbers that are seconds since 1970: from 1973 to 2286; a thousand times as much are milliseconds."""
_NAMES = ("name", "rendered", "title", "label", "value", "main", "original")
"""Of an object in the place of a word, what it is called."""
_DATES = ("original", "published", "created", "value", "date")
"""Of an object in the place of a date, the one that counts."""
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
# A list as Python prints it, in a column of text.
_PRINTED = re.compile(r"\s*\[(?:\s*['\"].*['\"]\s*)?\]\s*", re.DOTALL)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LONG_LIST = 10_000
"""Characters from which a printed list is none: it is a text."""


@functools.cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Each field of a record with the keys of the columns that may fill it, the best first."""
    return {row["field"]: tuple(key(name) for name in row["columns"].split("|")) for row in rows("columns.csv")}


def filled(columns: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of a column and the field that it fills, ``date`` as ``published``. Raises WrongCallError for one that is none."""
    pairs = tuple((column.strip(), "published" if field == "date" else field) for column, field in columns)
    for column, field in pairs:
        if not column or field not in fields():
            raise WrongCallError(f"columns: {(column, field)} will not do; the field is one of {', '.join(fields())}")
    return pairs


def bare(column: str) -> str:
    """The key of a column's name without what stands in brackets behind it: "Date published (UTC)"."""
    return key(column.partition("(")[0])


def _parted(value: Any) -> Any:
    """A list that stands as Python prints it in a column of text, ``['one', 'two']``, as a list."""
    if not isinstance(value, str) or len(value) > _LONG_LIST or _PRINTED.fullmatch(value) is None:
        return value
    return ["".join(found) for found in _QUOTED.findall(value)]


def _called(value: Any) -> Any:
    """A value as it stands; of an object what it is called."""
    if isinstance(value, Mapping):
        rendered = isinstance(value.get("rendered"), str)
        said = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
        return html.unescape(said) if rendered and said and "<" not in said else said
    return value


def named(field: str, options: ReadOptions) -> tuple[str, ...]:
    """The keys of the columns that may fill a field; those that the caller names come first."""
    return (*(key(column) for column, its in options.columns if its == field), *fields()[field])


class Values:
    """The values of one record by field."""

    def __init__(self, record: Mapping[str, Any], options: ReadOptions) -> None:
        worded = {name: value for name, value in record.items() if isinstance(name, str)}
        # A name as it stands goes before one with brackets.
        self._values = {called(name): value for called in (bare, key) for name, value in worded.items()}
        self._options = options

    def _of(self, field: str) -> Iterator[Any]:
        found = (self._values.get(name) for name in named(field, self._options))
        every = filter(_is_filled, found)
        return every if field in ("html", "text") else map(_parted, every)

    def _said(self, field: str) -> Iterator[Any]:
        """The same with the names of objects in their place; of a list, what its entries are called."""
        for value in self._of(field):
            if isinstance(value, list | tuple):
                yield ", ".join(word for one in value if isinstance(word := _called(one), str))
            else:
                yield _called(value)

    def text(self, field: str) -> str | None:
        """A text as it stands."""
        return next((value for value in self._said(field) if isinstance(value, str) and value.strip()), None)

    def word(self, field: str) -> str | None:
        """A text or number on one line."""
        return next(self._lines(field), None)

    def name(self, field: str) -> str | None:
        """A text on one line that is no address; where there are only such, the host of the first."""
        named = next((line for line in self._lines(field) if "://" not in line), None)
        return named or links.host(self.word(field)) or None

    def _lines(self, field: str) -> Iterator[str]:
        found = (value for value in self._said(field) if isinstance(value, str | int) and not isinstance(value, bool))
        return (line for value in found if (line := one_line(tidy(str(value)))))

    def tags(self, field: str) -> tuple[str, ...]:
        """A list of tags, or the tags of one text."""
        return tuple(dict.fromkeys(tag for word in self.words(field) for tag in lines.tags(word)))

    def words(self, field: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        value = next(self._of(field), ())
        every = value if isinstance(value, list | tuple) else (value,)
        return tuple(word for one in every if isinstance(word := _called(one), str) and word)

    def day(self, field: str) -> tuple[dt.date | None, bool]:
        """A date, and whether day and month of it could be the other way round."""
        for value in self._of(field):
            if isinstance(value, Mapping):
                value = next((value[name] for name in _DATES if value.get(name)), None)
            if isinstance(value, dt.datetime):
                return value.date(), False
            if isinstance(value, dt.date):
                return value, False
            if isinstance(value, int | str) and (day := dates.compact(str(value))) is not None:
                return day, False
            if (seconds := _seconds(value)) is not None:
                return dt.datetime.fromtimestamp(seconds, dt.UTC).date(), False
            if isinstance(value, str) and (found := dates.find(value)):
                return found[0].date, found[0].unsure
        return None, False

    def facts(self) -> Facts:
        """Everything that the record says of its report."""
        published, unsure = self.day("published")
        return Facts(
            title=self.word("title"),
            byline=_byline(self.word("byline")),
            outlet=self.name("outlet"),
            original_outlet=self.name("original_outlet"),
            published=published,
            modified=self.day("modified")[0],
            original_published=self.day("original_published")[0],
            url=self.word("url"),
            regions=self.tags("regions"),
            themes=self.tags("themes"),
            media=self.words("media"),
            licence=self.word("licence"),
            notes=(DAY_FIRST,) if unsure else () if published else dates.unread(self.word("published")),
        )


def _is_filled(value: Any) -> bool:
    """Whether a cell holds anything: NaN and NaT, by which tables at hand say that it is empty, are not even what they are
    themselves, and of NA nobody can tell."""
    try:
        return value is not None and value != "" and bool(value == value)
    except TypeError:
        return False


def _byline(said: str | None) -> str | None:
    """Who wrote it; the number of an account is nobody's name."""
    return _BY.sub("", said, count=1) if said and any(map(str.isalpha, said)) else None


def _seconds(value: Any) -> int | None:
    """Seconds since 1970, where a value is a number of seconds or milliseconds."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        return None
    return number if number in _SECONDS else number // 1000 if number // 1000 in _SECONDS else None
