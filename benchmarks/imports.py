"""The benchmark of imports and series: others' rows are taken in, and one area is counted in them and in incidents.

    python -m benchmarks.imports [--rows 100000] [--postgresql] [--json FILE]

Rows are generated, in the columns of UCDP GED and of ACLED; each file is imported, and then once more with every tenth row
changed. The incidents stand on the desk as if they had been merged, for merging is what `benchmarks.desk` measures. Beside
the times stands their ratio to the fixed small job of that benchmark, in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime as dt
import gzip
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sql

from benchmarks import postgresql
from benchmarks.desk import yardstick
from trucewatch import dataset_imports, outlooks, versions
from trucewatch.desk import Desk, rows
from trucewatch.desk.opening import connect, writing
from trucewatch.desk.schema import reports
from trucewatch.export.acled import COLUMNS as ACLED
from trucewatch.export.ged import COLUMNS as GED
from trucewatch.nouns import Incident, Period, Place, Report, Status, Toll
from trucewatch.outlook.series import Asked
from trucewatch.outlooks import desk_series

FIRST = dt.date(2016, 1, 1)
DAYS = 1826
PROVINCES = ("Idlib", "Aleppo", "Hama", "Homs", "Latakia", "Daraa", "Raqqa", "Deir ez-Zor")
TOWNS = ("geonames:169389", "geonames:170063", "geonames:170017", "geonames:172955")
"""Of Idlib, Aleppo, Hama and Raqqa."""
_KINDS = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Protests", "Peaceful protest"),
)
_WORDS = (
    "a made-up row that tells of nothing which ever happened to anybody anywhere, so that it has some length".split()
)


class Times(NamedTuple):
    """How long it took."""

    wall: float
    processor: float


class Figures(msgspec.Struct, frozen=True):
    """What a run measured; times in seconds, and beside each the processor's alone, in which other work does not count."""

    database: str
    rows: int
    ged: Times
    """Of importing so many rows in GED's columns."""
    ged_again: Times
    """Of importing them with every tenth changed."""
    acled: Times
    series_ged: Times
    """Of one province's weeks, from rows of one country."""
    series_acled: Times
    series_desk: Times
    """Of one province's weeks, from as many incidents of one country."""
    outlook_desk: Times
    """Of the outlook of that, which counts the provinces beside it too."""
    ratio: float
    """``ged`` over the yardstick's time."""
    load: float
    """Processes that wanted a processor, on average over a minute, at the end."""


def ged(count: int, changed: bool = False) -> Iterator[dict[str, str]]:
    """Rows in GED's columns; with ``changed``, every tenth has another toll."""
    chance = random.Random(5)
    for number in range(count):
        day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
        best = chance.randrange(12)
        toll = best + 1 if changed and number % 10 == 0 else best
        headline = " ".join(chance.choices(_WORDS, k=12))
        row = dict.fromkeys(GED, "7") | {
            "id": f"{number + 1}",
            "type_of_violence": chance.choice("1123"),
            "source_article": f'"Outlet {number % 60},{day},{headline}"',
            "source_headline": headline,
            "where_prec": chance.choice("1112234"),
            "where_coordinates": f"Place {number % 400}",
            "adm_1": f"{chance.choice(PROVINCES)} Governorate",
            "adm_2": f"District {number % 60}",
            "latitude": f"{33 + 4 * chance.random():.5f}",
            "longitude": f"{36 + 5 * chance.random():.5f}",
            "country": "Syria",
            "date_prec": "1",
            "date_start": f"{day} 00:00:00.000",
            "date_end": f"{day} 00:00:00.000",
        }
        yield row | dict.fromkeys(("best", "low", "high"), f"{toll}")


def acled(count: int) -> Iterator[dict[str, str]]:
    """Rows in ACLED's columns."""
    chance = random.Random(6)
    for number in range(count):
        day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
        kind, finer = chance.choice(_KINDS)
        yield dict.fromkeys(ACLED, "1") | {
            "event_id_cnty": f"SYR{number + 1}",
            "event_date": f"{day:%d} {day:%B} {day:%Y}" if number % 2 else f"{day}",
            "event_type": kind,
            "sub_event_type": finer,
            "country": "Syria",
            "admin1": chance.choice(PROVINCES),
            "admin2": f"District {number % 60}",
            "location": f"Place {number % 400}",
            "latitude": f"{33 + 4 * chance.random():.4f}",
            "longitude": f"{36 + 5 * chance.random():.4f}",
            "source": f"Outlet {number % 60}; Outlet {number % 7}",
            "notes": " ".join(chance.choices(_WORDS, k=40)),
            "fatalities": f"{chance.randrange(4)}",
        }


def written(path: Path, told: Iterable[dict[str, str]]) -> Path:
    """A gzip file of rows."""
    lines = iter(told)
    first = next(lines)
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
        out = csv.DictWriter(file, list(first))
        out.writeheader()
        out.writerow(first)
        out.writerows(lines)
    return path


def fill(where: str, count: int) -> None:
    """Put so many incidents on a desk as merging leaves them, and a fifth as many reports."""
    chance, names = random.Random(7), [f"{number:016x}" for number in range(max(1, count // 5))]
    engine = connect(where, create=False)
    with writing(engine) as connection:
        for start in range(0, len(names), 1000):
            made = (_report(name, chance) for name in names[start : start + 1000])
            connection.execute(sql.insert(reports), [rows.plain(one) for one in made])
    engine.dispose()
    with Desk.open(where) as desk, desk.deriving() as derived:
        derived.replace_incidents((), ((f"c{at}", (_incident(at, names, chance),)) for at in range(count)))
        derived.put_mark(derived.newest(versions.of_incidents()))


def _report(name: str, chance: random.Random) -> Report:
    day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
    return Report(id=name, text="Nothing happened.", published=day, outlet=f"Outlet {chance.randrange(60)}")


def _incident(number: int, names: Sequence[str], chance: random.Random) -> Incident:
    day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
    town = chance.choice(TOWNS)
    dead = chance.randrange(9)
    return Incident(
        id=f"i{number:010x}",
        claims=tuple(f"{chance.choice(names)}.{3 * number + at:08x}" for at in range(chance.choice((1, 1, 2, 3)))),
        type="ASSAULT",
        mode=chance.choice(("aerial", "heavy-weapons", "firearms")),
        status=Status.HAPPENED,
        place=Place(text=town, name=town, country="SYR", lat=35.9306, lon=36.6339, precision="town", gazetteer=town),
        time=Period(start=day, end=day, precision="day"),
        killed=Toll(low=dead, best=dead, high=dead + 1),
    )


def measure(where: str, count: int, folder: Path) -> Figures:
    """Import, import again, and count."""
    first, again = written(folder / "ged.csv.gz", ged(count)), written(folder / "again.csv.gz", ged(count, True))
    other = written(folder / "acled.csv.gz", acled(count))
    with Desk.open(where) as desk:
        took = [_timed(_import, desk, path, count) for path in (first, again, other)]
    fill(where, count)
    with Desk.open(where) as desk:
        asked = Asked(area="SYR/Idlib", indicator="violence")
        counts = [
            _timed(desk_series.series, desk, msgspec.structs.replace(asked, observer=observer))
            for observer in ("ged", "acled", "desk")
        ]
        ahead = _timed(outlooks.ahead, desk, asked, 4)
    return Figures(
        database="PostgreSQL" if "://" in where else "SQLite",
        rows=count,
        ged=took[0],
        ged_again=took[1],
        acled=took[2],
        series_ged=counts[0],
        series_acled=counts[1],
        series_desk=counts[2],
        outlook_desk=ahead,
        ratio=round(1000 * took[0].wall / yardstick()),
        load=round(os.getloadavg()[0], 1),
    )


def _import(desk: Desk, path: Path, count: int) -> None:
    *_, step = dataset_imports.take_in(desk, path)
    assert step.added + step.same == count, step


def _timed(deed: Callable[..., object], *given: object) -> Times:
    wall, processor = time.perf_counter(), time.process_time()
    deed(*given)
    return Times(round(time.perf_counter() - wall, 2), round(time.process_time() - processor, 2))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures; write the JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000, help="in each file, and incidents on the desk")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for it")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        where = running.enter_context(postgresql.started()) if options.postgresql else f"{folder}/bench.desk"
        figures = measure(where, options.rows, Path(folder))
    for name, value in msgspec.structs.asdict(figures).items():
        shown = f"{value.wall} s, of the processor {value.processor} s" if isinstance(value, Times) else value
        print(f"{name:<16} {shown}")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
