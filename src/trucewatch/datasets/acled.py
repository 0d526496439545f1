"""Files of the shape that ACLED exports, by the names of their columns."""

from __future__ import annotations

from trucewatch.datasets.cells import Row, RowError, day, place, text, toll, whole_of
from trucewatch.datasets.countries import Countries
from trucewatch.nouns import Entry, Period

NEEDED = (
    *("event_id_cnty", "event_date", "event_type", "sub_event_type"),
    *("country", "latitude", "longitude", "fatalities"),
)
WHERE = {"1": "town", "2": "district", "3": "region"}
"""``geo_precision`` in the desk's words: 1 the place, 2 part of a region, 3 a region."""
WHEN = {"1": "day", "2": "week", "3": "month"}
"""``time_precision`` likewise: the day, the week, the month of the date."""


def entry(row: Row, countries: Countries) -> Entry:
    """The entry of a row. Raises RowError, with the column, for one that cannot be read."""
    return Entry(
        id=text(row, "event_id_cnty"),
        type=text(row, "event_type"),
        subtype=text(row, "sub_event_type"),
        place=place(row, ("location", "geo_precision"), lambda column: _coded(row, column, WHERE), countries),
        admin1=row.get("admin1"),
        admin2=row.get("admin2"),
        time=_time(row),
        deaths=toll(row, "fatalities", "fatalities", "fatalities"),
        reports=len(row["source"].split(";")) if "source" in row else None,
        content=dict(row),
    )


def _time(row: Row) -> Period:
    date, precision = day(row, "event_date"), _coded(row, "time_precision", WHEN)
    first, last = (date, date) if precision == "day" else whole_of(date, precision)
    return Period(start=first, end=last, precision=precision)


def _coded(row: Row, column: str, meanings: dict[str, str]) -> str:
    """A precision; where the file has no such column, or leaves it empty, the finest one, which nearly all rows have."""
    number = row.get(column, "1")
    if number not in meanings:
        raise RowError(f"{column} is none of 1 to 3: {number!r}")
    return meanings[number]
