"""UCDP's Georeferenced Event Dataset, by the names of its columns, in versions of 41 and 49 columns."""

from __future__ import annotations

from trucewatch.codebook import UCDP_VIOLENCE
from trucewatch.datasets.cells import Row, RowError, day, place, text, toll, whole, whole_of
from trucewatch.datasets.countries import Countries
from trucewatch.nouns import Entry, Period

NEEDED = (
    *("id", "type_of_violence", "where_prec", "latitude", "longitude", "country"),
    *("date_prec", "date_start", "date_end", "best", "low", "high"),
)
WHERE = {1: "town", 2: "town", 3: "district", 4: "region", 5: "region", 6: "country", 7: "country"}
"""``where_prec`` in the desk's words: 1 the place, 2 near it, 3 its district, 4 its province, 5 part of one or a road,
6 the country, 7 the sea or air beyond it."""
WHEN = {1: "day", 2: "span", 3: "week", 4: "month", 5: "year"}
"""``date_prec`` likewise: 1 the day, 2 two to six days, 3 the week, 4 up to a month, 5 more."""


def entry(row: Row, countries: Countries) -> Entry:
    """The entry of a row. Raises RowError, with the column, for one that cannot be read."""
    type_ = text(row, "type_of_violence").removesuffix(".0")
    if type_ not in UCDP_VIOLENCE:
        raise RowError(f"type_of_violence is none of 1, 2, 3: {type_!r}")
    return Entry(
        id=text(row, "id").removesuffix(".0"),
        type=type_,
        place=place(row, ("where_coordinates", "where_prec"), lambda column: _coded(row, column, WHERE), countries),
        admin1=row.get("adm_1"),
        admin2=row.get("adm_2"),
        time=_time(row),
        deaths=toll(row, "low", "best", "high"),
        reports=_sources(row),
        content=dict(row),
    )


def _time(row: Row) -> Period:
    first, last, precision = day(row, "date_start"), day(row, "date_end"), _coded(row, "date_prec", WHEN)
    if last < first:
        raise RowError(f"date_end is before date_start: {last}")
    if first == last and precision in ("week", "month", "year"):
        # A single day, and yet not known to be it: the whole week, month or year may be meant.
        first, last = whole_of(first, precision)
    return Period(start=first, end=last, precision=precision)


def _coded(row: Row, column: str, meanings: dict[int, str]) -> str:
    number = whole(row, column)
    if number not in meanings:
        raise RowError(f"{column} is none of {min(meanings)} to {max(meanings)}: {number}")
    return meanings[number]


def _sources(row: Row) -> int | None:
    """``number_of_sources``, which is -1 where UCDP did not count them."""
    number = whole(row, "number_of_sources") if "number_of_sources" in row else -1
    return number if number >= 0 else None
