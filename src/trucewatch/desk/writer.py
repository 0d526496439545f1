"""Writing one run's facts: each report with its claims in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.opening import Transactions
from trucewatch.desk.reader import Reader, Versions
from trucewatch.desk.schema import (
    claims,
    codings,
    failures,
    judgements,
    now,
    parties,
    recoveries,
    reports,
    run_ends,
    runs,
)
from trucewatch.desk.statements import insert_one
from trucewatch.errors import DeskError
from trucewatch.nouns import Claim, Failure, Judgement, Report


class Writer(Transactions):
    """Adds facts to a desk in the name of one run, from ``with`` to its end.

    The run's own row is written with its first fact, so a run that had nothing to add leaves nothing.
    """

    def __init__(self, engine: sql.Engine, where: str, versions: Versions) -> None:
        super().__init__(engine, where)
        self._versions = versions
        self._started = now()
        self._run: int | None = None
        with self._reading() as connection:
            self._failing = set(Reader(connection).failing())

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._run is not None:
            with self._writing() as connection:
                row = {"run": self._run, "finished": now(), "stopped": kind is not None}
                connection.execute(sql.insert(run_ends), row)

    def store(self, report: Report, coded: Sequence[Claim], again: bool = False) -> bool:
        """Keep a report and its claims; whether anything was added.

        A report that has been coded is left as it is. With ``again`` its claims are added as a new coding,
        which counts from now on, unless they and the versions that made them are those of the last one, or it is
        this run that made the last one: a run codes a report once, whatever it meets it in.
        """
        if len({claim.id for claim in coded}) < len(coded):
            raise DeskError(f"two claims of report {report.id} have the same id")
        with self._writing() as connection:
            reader = Reader(connection)
            last = reader.coding(report.id)
            if last is not None:
                same = again and last.run.versions == self._versions and reader.claims_of(last) == tuple(coded)
                if not again or same or last.run.number == self._run:
                    return False
            else:
                connection.execute(sql.insert(reports), rows.plain(report))
            run = self._begun(connection)
            coding = insert_one(connection, codings, {"run": run, "report": report.id, "at": now()})
            if coded:
                _keep_claims(connection, coding, coded)
        self._run = run
        return True

    def fail(self, failure: Failure) -> bool:
        """Keep a failure; whether it was added. The same one as the last of its source is not."""
        row = rows.of_failure(failure)
        with self._writing() as connection:
            same = row["source"] in self._failing and Reader(connection).last_failure(row["source"]) == row
            if same:
                return False
            run = self._begun(connection)
            connection.execute(sql.insert(failures), {"run": run, "at": now(), **row})
        self._run = run
        self._failing.add(row["source"])
        return True

    def recover(self, source: str) -> bool:
        """Note that a source was read; whether it was added. It is where the last reading of it had failed."""
        name = rows.text(source)
        if name not in self._failing:
            return False
        with self._writing() as connection:
            run = self._begun(connection)
            connection.execute(sql.insert(recoveries), {"run": run, "at": now(), "source": name})
        self._run = run
        self._failing.remove(name)
        return True

    def _begun(self, connection: sql.Connection) -> int:
        """This run's number; only the caller's commit makes it last, and only then may it be remembered."""
        if self._run is not None:
            return self._run
        return insert_one(connection, runs, rows.plain(self._versions) | {"started": self._started})


def _keep_claims(connection: sql.Connection, coding: int, coded: Sequence[Claim]) -> None:
    """Keep the claims of a coding, all with three statements: a server may be far away, and others wait."""
    connection.execute(sql.insert(claims), [{"coding": coding, **rows.of_claim(claim)} for claim in coded])
    made = sql.select(claims.c.id, claims.c.number).where(claims.c.coding == coding)
    numbers = dict(connection.execute(made).all())
    sides = [{"claim": numbers[claim.id], **row} for claim in coded for row in rows.of_parties(claim)]
    if sides:
        connection.execute(sql.insert(parties), sides)


def judge(connection: sql.Connection, judgement: Judgement) -> bool:
    """Keep a judgement; whether it was added. Raises DeskError where it names what was never here."""
    for claim in judgement.claims:
        if connection.execute(sql.select(claims.c.id).where(claims.c.id == claim).limit(1)).first() is None:
            raise DeskError(f"no claim here has the id {claim!r}")
    known = sql.select(judgements.c.id).where(judgements.c.id.in_((judgement.id, judgement.undoes)))
    ids = set(connection.execute(known).scalars())
    if judgement.undoes is not None and judgement.undoes not in ids:
        raise DeskError(f"no judgement here has the id {judgement.undoes!r}")
    if judgement.id in ids:
        return False
    run = connection.execute(sql.select(sql.func.max(runs.c.number))).scalar()
    connection.execute(sql.insert(judgements), {"run": run, **rows.of_judgement(judgement)})
    return True
