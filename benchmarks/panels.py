"""Counts of areas side by side, from data of others, for the outlook benchmark.

UCDP GED and what derives from it: CC BY 4.0. VIINA: ODbL. None of it enters the project.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from benchmarks import GED, SHARED
from trucewatch.day_counts import Floats
from trucewatch.outlook.periods import Size

DATA = SHARED / "data"
CAR = DATA / "ucdp" / "ged-central-african-republic.geojson.gz"
MONTHS = DATA / "outlook" / "ucdp-fatalities-country-month-2010-2020.csv"
VIINA = DATA / "viina"
MONDAY, SUNDAY = dt.date(2016, 1, 4), dt.date(2018, 12, 30)


class Panel(NamedTuple):
    """Counts that are forecast."""

    name: str
    counts: Floats
    """(areas, periods)."""
    period: Size
    start: int
    """The first period that is forecast."""
    last_year: int
    """The first one of the last year."""
    first_month: int | None = None
    """The month of the first column of country-months, whose January piles our model leaves out."""


def weeks(name: str, date_precision: int, place_precision: int) -> Panel:
    """Syria's events by governorate and week, of rows at least so precise."""
    rows = (
        (row["adm_1"], day, 1.0)
        for row, day in _syria()
        if float(row["date_prec"]) <= date_precision and float(row["where_prec"]) <= place_precision
    )
    return Panel(name, _by_week(rows, MONDAY, SUNDAY), "week", 52, (dt.date(2018, 1, 1) - MONDAY).days // 7)


def days() -> Panel:
    """Syria's events by governorate and day, 2016-18, of rows that are dated to the day; from 2017 on."""
    first, last = dt.date(2016, 1, 1), dt.date(2018, 12, 31)
    counts: dict[str, Floats] = defaultdict(lambda: np.zeros((last - first).days + 1))
    for row, day in _syria():
        if row["adm_1"] and float(row["date_prec"]) <= 1 and first <= day <= last:
            counts[row["adm_1"]][(day - first).days] += 1
    return Panel("days in Syria", np.stack([counts[area] for area in sorted(counts)]), "day", 366, 731)


def deaths() -> Panel:
    """Syria's deaths by governorate and week."""
    rows = ((row["adm_1"], day, float(row["best"])) for row, day in _syria() if float(row["date_prec"]) <= 2)
    return Panel("deaths in Syria", _by_week(rows, MONDAY, SUNDAY), "week", 52, 104)


def central_africa() -> Panel:
    """Events in the Central African Republic by prefecture and week, 2010-22."""
    with gzip.open(CAR, "rt", encoding="utf-8") as file:
        every = [feature["properties"] for feature in json.load(file)["features"]]
    rows = ((row["adm_1"], _day(row["date_start"]), 1.0) for row in every if float(row["date_prec"]) <= 2)
    counts = _by_week(rows, dt.date(2010, 1, 4), dt.date(2022, 12, 25))
    return Panel("Central African Republic", counts, "week", 104, counts.shape[1] - 52)


def ukraine() -> Panel:
    """Strikes in Ukraine by region and week, 2022-25."""
    rows = []
    for path in sorted(VIINA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [(row["ADM1_NAME"], _day(row["date"]), 1.0) for row in csv.DictReader(file)]
    counts = _by_week(rows, dt.date(2022, 2, 28), dt.date(2025, 6, 29))
    return Panel("strikes in Ukraine", counts, "week", 52, counts.shape[1] - 52)


def months() -> Panel:
    """Deaths by country and month; a country before its first row counts 0."""
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    with MONTHS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["isocode"]][row["period"]] = float(row["fatalities"])
    names = sorted({period for one in rows.values() for period in one})
    counts = np.array([[rows[area].get(period, 0.0) for period in names] for area in sorted(rows)])
    return Panel("country-months", counts, "month", names.index("201601"), names.index("202001"), int(names[0][4:]))


def _syria() -> Iterator[tuple[dict[str, str], dt.date]]:
    with gzip.open(GED, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row, _day(row["date_start"])


def _by_week(rows: Iterable[tuple[str, dt.date, float]], first: dt.date, last: dt.date) -> Floats:
    """(areas, weeks) from a Monday to a Sunday; rows without an area are left out."""
    counts: dict[str, Floats] = defaultdict(lambda: np.zeros((last - first).days // 7 + 1))
    for area, day, number in rows:
        if area and first <= day <= last:
            counts[area][(day - first).days // 7] += number
    return np.stack([counts[area] for area in sorted(counts)])


def _day(text: str) -> dt.date:
    """``2017-03-08 00:00:00.000`` or ``20170308``."""
    return dt.date.fromisoformat(text[:10])
