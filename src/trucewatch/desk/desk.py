"""The desk: the store of reports, claims and failures, to which facts are only ever added."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import sqlalchemy as sql

from trucewatch.desk.opening import connect, reported
from trucewatch.desk.reader import Coding, Reader, Run, Versions
from trucewatch.desk.search import ClaimFilter
from trucewatch.desk.writer import Writer
from trucewatch.nouns import Claim, Failure, Record, Report


class Desk:
    """An open desk; ``with Desk.open("my.desk") as desk`` closes it at the end.

    Every id may be cut short, so long as it stays the only one that begins so. What is asked for and not
    here, and whatever the database refuses, raises DeskError.
    """

    def __init__(self, engine: sql.Engine, where: str) -> None:
        self._engine = engine
        self.where = where
        """Its path or URL (a password in it is not shown)."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Desk:
        """Open the desk at a path (SQLite) or database URL (``postgresql://...``), making it if need be.

        A desk of an older version is brought up to this one's schema; one of a newer version, or a file that
        is no desk, raises DeskError, as does a missing one where ``create`` is false.
        """
        place = str(where)
        shown = sql.make_url(place).render_as_string() if "://" in place else place
        return cls(connect(place, create=create), shown)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def writer(self, versions: Versions) -> Writer:
        """What adds facts, in the name of one run of these versions."""
        return Writer(self._engine, self.where, versions)

    def reports(self) -> Iterator[Report]:
        """All reports, in the order in which they came in."""
        with self._reading() as reader:
            yield from reader.reports()

    def report(self, prefix: str) -> Report:
        """The report of an id."""
        with self._reading() as reader:
            return reader.report(prefix)

    def record(self, prefix: str) -> Record:
        """The report of an id with its current claims, in the order of the text."""
        with self._reading() as reader:
            report = reader.report(prefix)
            coding = reader.coding(report.id)
            return Record(report=report, claims=reader.claims_of(coding) if coding else ())

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The current claims that fit (all, without a filter): by day, those of an unknown time last."""
        with self._reading() as reader:
            yield from reader.claims(wanted or ClaimFilter())

    def claim(self, prefix: str) -> Claim:
        """The current claim of an id."""
        with self._reading() as reader:
            return reader.claim(prefix)

    def count(self, wanted: ClaimFilter | None = None) -> int:
        """How many current claims fit."""
        with self._reading() as reader:
            return reader.count(wanted or ClaimFilter())

    def counts(self) -> dict[str, int]:
        """The number of current claims of each report, by its id."""
        with self._reading() as reader:
            return reader.counts()

    def coding(self, report: str) -> Coding | None:
        """When, and by which versions, a report's current claims were made; None if it is not here."""
        with self._reading() as reader:
            return reader.coding(report)

    def runs(self) -> list[Run]:
        """All runs that added something, the oldest first."""
        with self._reading() as reader:
            return reader.runs()

    def failures(self) -> list[tuple[dt.datetime, Failure]]:
        """What could not be read or coded, with the time of each, the oldest first."""
        with self._reading() as reader:
            return reader.failures()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Reader]:
        with reported(self.where), self._engine.begin() as connection:
            yield Reader(connection)
