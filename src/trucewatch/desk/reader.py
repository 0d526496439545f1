"""What a desk holds, read back through one connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sql

from trucewatch.batches import batches
from trucewatch.desk import rows
from trucewatch.desk.accounts import sides
from trucewatch.desk.schema import claims, codings, failures, judgements, recoveries, reports, run_ends, runs
from trucewatch.desk.search import ClaimFilter, Near, current, found, number_of, spellings
from trucewatch.desk.statements import Queries, chunks, only
from trucewatch.nouns import Claim, Failure, Judgement, Noun, Record, Report

_EVERY = ClaimFilter()


class Versions(Noun):
    """What claims hang on besides the report: change one, and the same report may be coded otherwise."""

    code: str
    """Trucewatch's version."""
    tables: str
    """Hash of the codebook's tables."""
    model: str
    """Hash of the language model."""


class Run(Noun):
    """One call that added facts."""

    number: int
    versions: Versions
    started: dt.datetime
    finished: dt.datetime | None = None
    """None where it was killed, or is still at work."""
    stopped: bool = False
    """Whether it ended before its inputs did."""


class Coding(Noun):
    """One reading of one report: its claims are those that count until a newer coding comes."""

    number: int
    report: str
    run: Run
    at: dt.datetime


class Reader(Queries):
    """The facts, read through one connection; most of it is the desk's too."""

    def reports(self) -> Iterator[Report]:
        """All reports, in the order in which they came in."""
        for row in self._rows(sql.select(reports).order_by(reports.c.number)):
            yield rows.record(Report, row)

    def report(self, prefix: str) -> Report:
        """The one report whose id begins so."""
        return rows.record(Report, only(self._connection, sql.select(reports), reports.c.id, prefix))

    def reports_after(self, number: int, most: int) -> list[tuple[int, Report]]:
        """At most ``most`` reports after the one of a number (0: from the first), each with its number."""
        query = sql.select(reports).where(reports.c.number > number).order_by(reports.c.number).limit(most)
        return [(row["number"], rows.record(Report, row)) for row in self._rows(query)]

    def reports_before(self, number: int, most: int, outlet: str = "") -> list[tuple[int, Report]]:
        """At most ``most`` reports before the one of a number (0: from the last), of one outlet where it is named."""
        query = sql.select(reports).order_by(reports.c.number.desc()).limit(most)
        if number:
            query = query.where(reports.c.number < number)
        if outlet:
            query = query.where(reports.c.outlet.in_(spellings(self._connection, outlet)))
        return [(row["number"], rows.record(Report, row)) for row in self._rows(query)]

    def reports_named(self, ids: Collection[str]) -> list[Report]:
        """The reports of these whole ids that are here, in the order in which they came in."""
        return [report for _, report in self.numbered(ids)]

    def numbered(self, ids: Collection[str] | None = None) -> Iterator[tuple[int, Report]]:
        """Reports with their numbers (all, without ids), in the order in which they came in."""
        query = sql.select(reports).order_by(reports.c.number)
        for some in [None] if ids is None else chunks(ids):
            chosen = query if some is None else query.where(reports.c.id.in_(some))
            for row in self._rows(chosen, 200):
                yield row["number"], rows.record(Report, row)

    def record(self, prefix: str) -> Record:
        """The report of an id with its current claims, in the order of the text."""
        report = self.report(prefix)
        coding = self.coding(report.id)
        return Record(report=report, claims=self.claims_of(coding) if coding else ())

    def cut_off(self, day: dt.date) -> tuple[int, dt.date | None, int]:
        """How many reports there are, the date of the newest, and how many are dated after a day."""
        later = sql.func.count(sql.case((reports.c.published > day, 1)))
        asked = sql.select(sql.func.count(), sql.func.max(reports.c.published), later)
        number, newest, after = self._connection.execute(asked).one()
        return number, newest, after

    def days_told(self, wanted: Near) -> list[dt.date]:
        """The dates between these days of reports that tell of something in one of the countries, as coded; the first first."""
        published = sql.func.coalesce(reports.c.original_published, reports.c.published)
        told = (
            sql.select(published)
            .distinct()
            .join(codings, codings.c.report == reports.c.id)
            .join(claims, claims.c.coding == codings.c.number)
            .where(current(), claims.c.place_country.in_(wanted.countries))
            .where(published >= wanted.since, published <= wanted.until)
        )
        return list(self._values(told.order_by(published)))

    def claims(self, wanted: ClaimFilter = _EVERY) -> Iterator[Claim]:
        """The current claims that fit (all, without a filter): by day, those of an unknown time last."""
        yield from self._claims(found(self._connection, wanted))

    def claims_after(
        self, wanted: ClaimFilter, number: int, most: int, ids: Collection[str] | None = None
    ) -> list[tuple[int, Claim]]:
        """At most ``most`` current claims that fit, after the one of a number, as they were coded, each with its number; of these
        whole ids alone, where they are given."""
        query = found(self._connection, wanted).order_by(None).where(claims.c.number > number)
        if ids is not None:
            query = query.where(claims.c.id.in_(ids))
        some = list(self._rows(query.order_by(claims.c.number).limit(most)))
        return [(row["number"], claim) for row, claim in zip(some, self._whole(some), strict=True)]

    def claim(self, prefix: str) -> Claim:
        """The one current claim whose id begins so."""
        return self._whole([only(self._connection, found(self._connection, _EVERY), claims.c.id, prefix)])[0]

    def claims_named(self, ids: Collection[str]) -> list[Claim]:
        """The current claims of these whole ids that are here, with their evidence, in no order."""
        every = found(self._connection, _EVERY)
        return [claim for some in chunks(ids) for claim in self._claims(every.where(claims.c.id.in_(some)))]

    def count(self, wanted: ClaimFilter = _EVERY) -> int:
        """How many current claims fit."""
        return number_of(self._connection, found(self._connection, wanted))

    def counts(self) -> dict[str, int]:
        """The number of current claims of each report that was coded, by its id."""
        counted = (
            sql.select(codings.c.report, sql.func.count(claims.c.number))
            .outerjoin(claims, claims.c.coding == codings.c.number)
            .where(current())
            .group_by(codings.c.report)
        )
        return {report: int(number) for report, number in self._connection.execute(counted)}

    def coding(self, report: str) -> Coding | None:
        """When, and by which versions, a report's current claims were made; None for a report that is not here."""
        return self.codings([report]).get(report)

    def codings(self, of: Collection[str], run: int | None = None) -> dict[str, Coding]:
        """The coding of each of these reports that counts, or did when ``run`` had ended; of those that had one."""
        newest = sql.select(codings, *_RUN).join_from(codings, runs).outerjoin(run_ends).where(current(run))
        found = (row for some in chunks(of) for row in self._rows(newest.where(codings.c.report.in_(some))))
        return {
            row["report"]: Coding(number=row["number"], report=row["report"], run=_run(row), at=row["at"])
            for row in found
        }

    def claims_of(self, coding: Coding) -> tuple[Claim, ...]:
        """The claims of one coding, in the order in which the coder gave them."""
        return self.claims_by_coding([coding.number])[coding.number]

    def claims_by_coding(self, numbers: Collection[int]) -> dict[int, tuple[Claim, ...]]:
        """The claims of each of these codings, in the order in which the coder gave them."""
        made: dict[int, list[Claim]] = {number: [] for number in numbers}
        for some in batches(numbers):
            query = sql.select(claims, codings.c.report).join(codings).where(codings.c.number.in_(some))
            for batch in batches(self._rows(query.order_by(claims.c.number))):
                for row, claim in zip(batch, self._whole(batch), strict=True):
                    made[row["coding"]].append(claim)
        return {number: tuple(its) for number, its in made.items()}

    def runs(self) -> list[Run]:
        """All runs that added something, the oldest first."""
        return [_run(row) for row in self._rows(sql.select(*_RUN).outerjoin(run_ends).order_by(runs.c.number))]

    def failures(self) -> list[tuple[dt.datetime, Failure]]:
        """What could not be read or coded, with the time of each, the oldest first."""
        return [
            (row["at"], rows.record(Failure, row))
            for row in self._rows(sql.select(failures).order_by(failures.c.number))
        ]

    def last_failure(self, source: str) -> rows.Row | None:
        """The newest failure of a source, as a row."""
        its = sql.select(failures).where(failures.c.source == source)
        row = self._connection.execute(its.order_by(failures.c.number.desc()).limit(1)).mappings().first()
        return None if row is None else rows.of_failure(rows.record(Failure, row))

    def failing(self) -> list[str]:
        """The sources whose last reading failed, the oldest failure first."""
        newest = sql.select(failures.c.source, sql.func.max(failures.c.at).label("at")).where(
            failures.c.stage != "merge"
        )
        failed = newest.group_by(failures.c.source).subquery()
        later = sql.exists().where(recoveries.c.source == failed.c.source, recoveries.c.at >= failed.c.at)
        return list(self._connection.execute(sql.select(failed.c.source).where(~later).order_by(failed.c.at)).scalars())

    def judgements(self, after: int = 0, upto: int | None = None, run: int = 0) -> list[Judgement]:
        """Judgements numbered above ``after`` and no higher than ``upto``, made since a run, in force or not, the oldest first."""
        wanted = [judgements.c.number > after, judgements.c.run >= run]
        if upto is not None:
            wanted.append(judgements.c.number <= upto)
        query = sql.select(judgements).where(*wanted).order_by(judgements.c.number)
        return [rows.record(Judgement, row) for row in self._rows(query)]

    def judgements_after(self, number: int) -> list[tuple[int, Judgement]]:
        """Judgements after the one of a number (0: from the first), each with its number."""
        query = sql.select(judgements).where(judgements.c.number > number).order_by(judgements.c.number)
        return [(row["number"], rows.record(Judgement, row)) for row in self._rows(query)]

    def _claims(self, query: sql.Select[Any]) -> Iterator[Claim]:
        for batch in batches(self._rows(query)):
            yield from self._whole(batch)

    def _whole(self, found_rows: Sequence[sql.RowMapping]) -> list[Claim]:
        """Claims with those who take part in them."""
        taking_part = sides(self._connection, [row["number"] for row in found_rows])
        return [rows.to_claim(row, taking_part[row["number"]]) for row in found_rows]


_RUN: Any = (
    runs.c.number.label("run_number"),
    runs.c.code,
    runs.c.tables,
    runs.c.model,
    runs.c.started,
    run_ends.c.finished,
    run_ends.c.stopped,
)


def _run(row: sql.RowMapping) -> Run:
    return Run(
        number=row["run_number"],
        versions=rows.record(Versions, row),
        started=row["started"],
        finished=row["finished"],
        stopped=bool(row["stopped"]),
    )
