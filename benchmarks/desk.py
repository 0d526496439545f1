"""The desk benchmark: a desk of generated claims is made, derived from the start, and one report at a time is added.

    python -m benchmarks.desk [--claims 100000] [--added 40] [--postgresql | --desk PATH|URL] [--json FILE]

Reports are words at random, so that none is read by the coder; one in ten is a copy of an earlier one. Their claims
tell of generated attacks, protests and talks of two years at places of one country, each told by one to five reports. Beside
the times of adding stands their ratio to a fixed small job, a thousand rows written to a fresh SQLite file, in
the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import os
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sql

from benchmarks import postgresql
from trucewatch import codebook, derive
from trucewatch.desk import Desk, Versions, rows
from trucewatch.desk.opening import connect, writing
from trucewatch.desk.schema import claims, codings, parties, reports, runs
from trucewatch.nouns import Claim, Count, Entity, Period, Place, Record, Report, Span, Status

VERSIONS = Versions(code="generated", tables="generated", model="generated")
FIRST = dt.date(2016, 1, 1)
DAYS = 730
PER_REPORT = 5
COPIES = 0.1
_SYLLABLES = "ba de ka lo mi nu ra se ti vo ash el in or um".split()
_MODES = {"ASSAULT": ("heavy-weapons", "aerial", "firearms", "explosives"), "PROTEST": ("demo",), "CONSULT": (None,)}


class Figures(msgspec.Struct, frozen=True):
    """What a run of the benchmark measured; times in milliseconds but for the rebuild."""

    database: str
    claims: int
    reports: int
    stories: int
    incidents: int
    rebuild_seconds: float
    rebuild_cpu: float
    """Processor seconds of the same."""
    peak: float
    """MB resident at most."""
    median: float
    """Of storing one report and taking it into stories and incidents."""
    p95: float
    longest: float
    cpu_median: float
    """Processor time of the same: other work on the machine does not count in it."""
    ratio: float
    """``median`` over the yardstick's time."""
    load: float
    """Processes that wanted a processor, on average over a minute, at the end."""


class World:
    """Events that happen, and reports that tell of them."""

    def __init__(self, seed: int = 4) -> None:
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_SYLLABLES, k=3)) for _ in range(3000)]
        book = codebook.load()
        self._actors = [row for row in book.actors.values() if row.country == "SYR" and row.sector][:40]
        self._outlets = [f"Outlet {number}" for number in range(60)]
        self._places = [self._place(number) for number in range(400)]
        self._told: list[Claim] = []
        self._texts: list[tuple[str, dt.date]] = []
        self._number = 0

    def records(self) -> Iterator[Record]:
        """Reports without end, each with its claims."""
        while True:
            self._number += 1
            text, day = self._text()
            outlet = self._random.choice(self._outlets)
            key = hashlib.sha256(f"{self._number}{text}".encode()).hexdigest()[:16]
            report = Report(id=key, text=text, title=text[:40], outlet=outlet, published=day, language="en")
            yield Record(report=report, claims=tuple(self._claim(report, at) for at in range(PER_REPORT)))

    def _text(self) -> tuple[str, dt.date]:
        """The text of a report and its date; of a copy, those of the piece with a word added."""
        if self._texts and self._random.random() < COPIES:
            text, day = self._random.choice(self._texts)
            return f"{text} {self._random.choice(self._words)}", day
        text = " ".join(self._random.choices(self._words, k=self._random.randrange(120, 300)))
        day = FIRST + dt.timedelta(days=self._random.randrange(DAYS))
        if len(self._texts) < 5000:
            self._texts.append((text, day))
        return text, day

    def _claim(self, report: Report, at: int) -> Claim:
        """An event that is told for the first time, or again."""
        assert report.published is not None
        if self._told and self._random.random() < 0.6:
            event = self._told[self._random.randrange(len(self._told))]
        else:
            event = self._event(report.published)
        span = Span(start=10 * at, end=10 * at + 8)
        return msgspec.structs.replace(
            event, id=f"{report.id}.{at:08x}", report=report.id, trigger=span, mentions=(span,)
        )

    def _event(self, published: dt.date) -> Claim:
        kind = self._random.choices(list(_MODES), weights=(7, 2, 1))[0]
        day = published - dt.timedelta(days=self._random.choice((0, 0, 0, 1, 2)))
        dead = self._random.choice((None, None, 1, 2, 3, 5, 8))
        made = Claim(
            id="",
            report="",
            trigger=Span(start=0, end=0),
            mentions=(),
            type=kind,
            mode=self._random.choice(_MODES[kind]),
            status=Status.HAPPENED,
            actors=(self._entity(),),
            recipients=(self._entity(),),
            place=self._random.choice(self._places) if self._random.random() < 0.85 else None,
            time=Period(start=day, end=day, precision="day") if self._random.random() < 0.9 else None,
            killed=None if dead is None else Count(low=dead, high=dead),
        )
        self._remember(made)
        return made

    def _remember(self, made: Claim) -> None:
        # The newest few thousand: a later telling is as likely of an early event as of a late one in real archives.
        if len(self._told) < 4000:
            self._told.append(made)
        else:
            self._told[self._random.randrange(len(self._told))] = made

    def _entity(self) -> Entity:
        row = self._random.choice(self._actors)
        return Entity(text=row.name, name=row.name, country=row.country, sector=row.sector, actor=row.id)

    def _place(self, number: int) -> Place:
        lat, lon = 32.5 + 4.5 * self._random.random(), 36 + 6 * self._random.random()
        name = self._random.choice(self._words).capitalize()
        key = f"generated:{number}"
        return Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision="town", gazetteer=key)


def fill(where: str, records: Iterator[Record], count: int) -> None:
    """Put so many reports on a new desk in one go, without deriving anything."""
    Desk.open(where).close()
    engine = connect(where, create=False)
    with writing(engine) as connection:
        run = {"number": 1, "code": "generated", "tables": "generated", "model": "generated", "started": _now()}
        connection.execute(sql.insert(runs), run)
        claim = 0
        for number in range(1, count + 1):
            record = next(records)
            connection.execute(sql.insert(reports), {"number": number, **rows.plain(record.report)})
            coding = {"number": number, "run": 1, "report": record.report.id, "at": _now()}
            connection.execute(sql.insert(codings), coding)
            for made in record.claims:
                claim += 1
                connection.execute(sql.insert(claims), {"number": claim, "coding": number, **rows.of_claim(made)})
                connection.execute(sql.insert(parties), [{"claim": claim, **row} for row in rows.of_parties(made)])
        if connection.dialect.name == "postgresql":
            for table in ("runs", "reports", "codings", "claims"):  # numbers were given, so the sequences lag
                last = f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number)) FROM {table}"
                connection.exec_driver_sql(last)
    engine.dispose()


def measure(where: str, count: int, added: int) -> Figures:
    """Fill a desk, derive, and add reports one at a time."""
    records = World().records()
    fill(where, records, count // PER_REPORT)
    with Desk.open(where) as desk:
        began, cpu = time.perf_counter(), time.process_time()
        counts = derive.rebuild(desk)
        rebuilt, rebuilt_cpu = time.perf_counter() - began, time.process_time() - cpu
        times = []
        with desk.writer(VERSIONS) as writer:
            for _ in range(added):
                record = next(records)
                began, cpu = time.perf_counter(), time.process_time()
                writer.store(record.report, record.claims)
                derive.catch_up(desk)
                times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)))
    walls = sorted(wall for wall, _ in times)
    return Figures(
        database="PostgreSQL" if "://" in where else "SQLite",
        **msgspec.structs.asdict(counts),
        rebuild_seconds=round(rebuilt, 1),
        rebuild_cpu=round(rebuilt_cpu, 1),
        peak=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        median=round(statistics.median(walls), 1),
        p95=round(walls[int(0.95 * (len(walls) - 1))], 1),
        longest=round(walls[-1], 1),
        cpu_median=round(statistics.median(cpu for _, cpu in times), 1),
        ratio=round(statistics.median(walls) / yardstick(), 1),
        load=round(os.getloadavg()[0], 1),
    )


def yardstick() -> float:
    """Milliseconds of the fixed small job; the best of five."""
    best = float("inf")
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            connection = sqlite3.connect(Path(folder, "yardstick"))
            connection.execute("CREATE TABLE lines (number INTEGER PRIMARY KEY, words TEXT)")
            began = time.perf_counter()
            connection.executemany("INSERT INTO lines (words) VALUES (?)", ((f"line {n}",) for n in range(1000)))
            connection.commit()
            best = min(best, 1000 * (time.perf_counter() - began))
            connection.close()
    return best


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures; write the JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000, help="on the desk before any is added")
    parser.add_argument("--added", type=int, default=40, help="reports added one at a time")
    parser.add_argument("--desk", help="a path or URL where there is no desk yet; else a file that is thrown away")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for it")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        where = options.desk or f"{folder}/bench.desk"
        if options.postgresql:
            where = running.enter_context(postgresql.started())
        figures = measure(where, options.claims, options.added)
    for name, value in msgspec.structs.asdict(figures).items():
        print(f"{name:<16} {value:,}" if isinstance(value, int) else f"{name:<16} {value}")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
