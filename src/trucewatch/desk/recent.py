"""What came to a desk since a moment: its new reports, and the incidents that they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.schema import claims, codings, incident_claims, incidents, reports
from trucewatch.desk.search import number_of
from trucewatch.desk.statements import Queries
from trucewatch.nouns import FORESEEN, Incident, Noun, Report


class Come(Noun):
    """What came: how many in all, and some of them."""

    reports: int
    """Of reports that were not here before the moment."""
    latest: tuple[Report, ...]
    """By the day of publication, the newest first; undated ones last."""
    incidents: int
    """Of incidents that a report told of since the moment, whether they were known before or not."""
    told: tuple[Incident, ...]
    """Of those, the ones that are not only foreseen; the newest first."""
    ahead: tuple[Incident, ...]
    """Of those, what is foreseen and not over by the newest report; the soonest first."""
    disputed: tuple[Incident, ...]
    """Of those, the ones in which claims differ; the deadliest first."""


class Recent(Queries):
    """What is new, read through one connection."""

    def come(self, since: dt.datetime | None, shown: int = 12) -> Come:
        """What came since a moment, or ever: new reports and what they tell of, ``shown`` of each."""
        # Codings are numbered as they come: one look at their times, and numbers tell the rest.
        last = self._last(since) if since is not None else 0
        new = sql.select(reports).where(reports.c.number > self._reports_before(last))
        by_day = new.order_by(reports.c.published.desc().nulls_last(), reports.c.number.desc())
        latest = [rows.record(Report, row) for row in self._rows(by_day.limit(shown))]
        touched = _told_after(last) if last else sql.select(incidents)
        day = incidents.c.time_start
        newest = touched.with_only_columns(incidents.c.content).order_by(day.desc().nulls_last(), incidents.c.id)
        told = [rows.to_incident(content) for content in self._values(newest.limit(shown * 20))]
        disputed = sorted((one for one in told if one.disagreements), key=lambda one: -_deaths(one))
        now = latest[0].published if latest else None
        return Come(
            reports=number_of(self._connection, new.with_only_columns(reports.c.number)),
            latest=tuple(latest),
            incidents=number_of(self._connection, touched.with_only_columns(incidents.c.id)),
            told=tuple([one for one in told if one.status not in FORESEEN][:shown]),
            ahead=tuple(sorted(_ahead(told, now), key=_last)[:shown]),
            disputed=tuple(disputed[:shown]),
        )

    def _last(self, since: dt.datetime) -> int:
        """The number of the last coding before a moment."""
        before = sql.select(sql.func.max(codings.c.number)).where(codings.c.at <= since)
        return self._connection.execute(before).scalar() or 0

    def _reports_before(self, coding: int) -> int:
        """The number of the last report that was coded by then; a report is numbered as it is first coded."""
        its = sql.select(sql.func.max(reports.c.number)).join(codings, codings.c.report == reports.c.id)
        return (self._connection.execute(its.where(codings.c.number <= coding)).scalar() if coding else 0) or 0


def _told_after(coding: int) -> sql.Select[Any]:
    """The incidents that later codings tell of."""
    ids = (
        sql.select(incident_claims.c.incident)
        .join(claims, claims.c.id == incident_claims.c.claim)
        .where(claims.c.coding > coding)
    )
    return sql.select(incidents).where(incidents.c.id.in_(ids))


def _ahead(told: Iterable[Incident], now: dt.date | None) -> Iterator[Incident]:
    for one in told:
        if one.status in FORESEEN and one.time and (now is None or one.time.end >= now):
            yield one


def _last(incident: Incident) -> dt.date:
    return incident.time.end if incident.time else dt.date.max


def _deaths(incident: Incident) -> int:
    return incident.killed.high if incident.killed else 0
