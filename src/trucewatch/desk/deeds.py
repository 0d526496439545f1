"""Incidents as series need them: read from their contents in part, for there may be very many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sql

from trucewatch.codebook.rows import NONE
from trucewatch.desk.schema import claims, codings, incidents, reports, story_reports
from trucewatch.desk.search import current, of_countries
from trucewatch.desk.statements import Queries
from trucewatch.nouns import Noun, Period, Place, Status, Toll


class Sector(Noun):
    """Of one who is acted upon, the sector alone."""

    sector: str | None = None


class Told(Noun):
    """What an incident is to a series."""

    claims: tuple[str, ...]
    recipients: tuple[Sector, ...] = ()
    place: Place | None = None
    time: Period | None = None
    killed: Toll | None = None


class TellFilter(Noun):
    """Which incidents to look for; what is None does not matter."""

    kinds: tuple[tuple[str, str | None], ...]
    """Types with a mode (None for any, ``-`` for none), any of which will do."""
    statuses: tuple[Status, ...]
    countries: tuple[str, ...] | None = None
    """ISO 3166 alpha-3 codes; incidents of an unknown country are found too."""
    since: dt.date | None = None
    until: dt.date | None = None
    """Incidents of an unknown day are found too."""


_TOLD = msgspec.msgpack.Decoder(Told)


class Telling(Queries):
    """Incidents and the dates of reports, through one connection."""

    def told(self, wanted: TellFilter) -> Iterator[Told]:
        """The incidents that fit, in no order."""
        for country in of_countries(incidents.c.place_country, wanted.countries):
            query = sql.select(incidents.c.content).where(country, *_conditions(wanted))
            yield from map(_TOLD.decode, self._values(query, 5000))

    def first(self, countries: Sequence[str] | None, since: dt.date) -> dt.date | None:
        """The day of the first incident from ``since`` on in these countries (anywhere, without); None for no incident."""
        query = sql.select(sql.func.min(incidents.c.time_start)).where(incidents.c.time_start >= since)
        if countries is not None:
            query = query.where(incidents.c.place_country.in_(countries))
        return self._connection.execute(query).scalar()

    def dates(self) -> dict[str, dt.date | None]:
        """The date of each report, by its id: that of its first publication, where it is a copy."""
        date = sql.func.coalesce(reports.c.original_published, reports.c.published)
        return dict(self._connection.execute(sql.select(reports.c.id, date)).all())

    def copies(self) -> dict[str, str]:
        """The reports that are of the story of another one, each with the story's id: that of the report that came in first."""
        query = sql.select(story_reports.c.report, story_reports.c.story)
        return dict(map(tuple, self._connection.execute(query.where(story_reports.c.report != story_reports.c.story))))

    def elsewhere(self, countries: Sequence[str]) -> set[str]:
        """The reports that tell where something was, and of nothing in these countries."""
        here = sql.case((claims.c.place_country.in_(countries), 1), else_=0)
        query = (
            sql.select(codings.c.report)
            .join(claims, claims.c.coding == codings.c.number)
            .where(current(), claims.c.place_country.is_not(None))
            .group_by(codings.c.report)
            .having(sql.func.max(here) == 0)
        )
        return set(self._values(query))


def _conditions(wanted: TellFilter) -> Iterator[sql.ColumnElement[bool]]:
    yield sql.or_(*(_is_kind(*kind) for kind in wanted.kinds))
    yield incidents.c.status.in_([status.value for status in wanted.statuses])
    first, last = incidents.c.time_start, incidents.c.time_end
    if wanted.since is not None:
        yield sql.or_(first.is_(None), last >= wanted.since)
    if wanted.until is not None:
        yield sql.or_(first.is_(None), first <= wanted.until)


def _is_kind(type_: str, mode: str | None) -> sql.ColumnElement[bool]:
    if mode is None:
        return incidents.c.type == type_
    return sql.and_(incidents.c.type == type_, incidents.c.mode.is_(None) if mode == NONE else incidents.c.mode == mode)
