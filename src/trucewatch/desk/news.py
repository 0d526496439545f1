"""When incidents came in or changed: by a report that told of them for the first time, or by a ruling.

A report that is coded again tells nothing new of the world; a claim counts from its first coding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import sqlalchemy as sql

from trucewatch.codebook.sources import is_outlet
from trucewatch.desk import rows
from trucewatch.desk.derived import Mark
from trucewatch.desk.schema import Moment, claims, codings, incident_claims, judgements, reports
from trucewatch.desk.search import current
from trucewatch.desk.statements import Queries, among
from trucewatch.nouns import Report

_earlier = claims.alias("earlier")
_IS_FIRST = ~sql.exists().where(_earlier.c.id == claims.c.id, _earlier.c.number < claims.c.number)


class News(Queries):
    """Queries on one connection."""

    def newest(self) -> dt.datetime | None:
        """When the newest coding or judgement was made; None on an empty desk."""
        found = [
            self._connection.execute(sql.select(table.c.at).order_by(table.c.number.desc()).limit(1)).scalar()
            for table in (codings, judgements)
        ]
        return max((one for one in found if one is not None), default=None)

    def told(self, of: Collection[str] | None = None) -> Iterator[tuple[str, dt.datetime]]:
        """Incidents (some hundred of these ids; all, without) with the moment of the last report on each, the newest first; an
        incident comes once for each claim."""
        query = (
            sql.select(incident_claims.c.incident, codings.c.at)
            .join(claims, claims.c.id == incident_claims.c.claim)
            .join(codings, codings.c.number == claims.c.coding)
            .where(_IS_FIRST)
            .order_by(claims.c.number.desc())
        )
        if of is not None:
            query = query.where(incident_claims.c.incident.in_(of))
        return ((incident, at) for incident, at in self._streamed(query))

    def holding(self, of: Collection[str]) -> dict[str, str]:
        """The incidents of these claims, by claim."""
        query = sql.select(incident_claims.c.claim, incident_claims.c.incident)
        return dict(map(tuple, among(self._connection, query, incident_claims.c.claim, of)))

    def claims(self, of: Collection[str]) -> dict[str, list[str]]:
        """The current claims of each of these reports, in the order of the desk."""
        found: dict[str, list[str]] = {report: [] for report in of}
        query = sql.select(codings.c.report, claims.c.id).join(codings).where(current()).order_by(claims.c.number)
        for report, claim in among(self._connection, query, codings.c.report, of):
            found[report].append(claim)
        return found

    def came(self, after: int, upto: int) -> set[str]:
        """The claims that were told for the first time by these codings (``after`` not included)."""
        query = sql.select(claims.c.id).where(claims.c.coding > after, claims.c.coding <= upto, _IS_FIRST)
        return set(self._values(query))

    def older(self, of: Collection[str], coding: int) -> set[str]:
        """Which of these claims were here when a coding had been made."""
        query = sql.select(claims.c.id).where(claims.c.coding <= coding)
        return {claim for (claim,) in among(self._connection, query, claims.c.id, of)}

    def reports(self, outlet: str = "") -> Iterator[tuple[dt.datetime, Report]]:
        """Reports with the moment when each came in, the newest first: of outlets with these words in their name."""
        first = (
            sql.select(sql.func.min(codings.c.at, type_=Moment()))
            .where(codings.c.report == reports.c.id)
            .scalar_subquery()
        )
        query = sql.select(reports, first.label("came")).order_by(reports.c.number.desc())
        if outlet:
            names = self._values(sql.select(reports.c.outlet).where(reports.c.outlet.is_not(None)).distinct())
            query = query.where(reports.c.outlet.in_([name for name in names if is_outlet(name, outlet)]))
        for row in self._rows(query, 100):
            yield row["came"], rows.record(Report, row)

    def reach(self, mark: Mark, done: Mark, most: int) -> Mark:
        """The mark behind so many further codings and judgements, or the one that is done."""
        coding = self._nth(codings.c.number, mark.coding, done.coding, most)
        judgement = self._nth(judgements.c.number, mark.judgement, done.judgement, most)
        return Mark(version=done.version, coding=coding, judgement=judgement)

    def _nth(self, column: sql.Column[int], after: int, upto: int, most: int) -> int:
        query = sql.select(column).where(column > after, column <= upto).order_by(column).offset(most - 1).limit(1)
        return self._connection.execute(query).scalar() or upto
