"""What may be of some countries and days: the incidents there and then, and the days on which reports told of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sql

from trucewatch.desk.schema import claims, codings, incidents, reports
from trucewatch.desk.search import current
from trucewatch.nouns import Noun

sql.Index("ix_incidents_near", incidents.c.place_country, incidents.c.time_start)


class Near(Noun):
    """Countries and days; an incident whose country or day is not known may be of them."""

    countries: tuple[str, ...]
    """ISO 3166 alpha-3 codes."""
    since: dt.date
    until: dt.date


def found_near(wanted: Near) -> sql.Select[Any]:
    """The contents of the incidents that may be there and then: by day, undated ones last."""
    place, first, last = incidents.c.place_country, incidents.c.time_start, incidents.c.time_end
    dated = sql.and_(last >= wanted.since, first <= wanted.until)
    return (
        sql.select(incidents.c.content)
        .where(sql.or_(place.in_(wanted.countries), place.is_(None)), sql.or_(dated, first.is_(None)))
        .order_by(first.is_(None), first, incidents.c.id)
    )


def cut_off(connection: sql.Connection, day: dt.date) -> tuple[int, dt.date | None, int]:
    """How many reports there are, the date of the newest, and how many are dated after a day."""
    later = sql.func.count(sql.case((reports.c.published > day, 1)))
    number, newest, after = connection.execute(
        sql.select(sql.func.count(), sql.func.max(reports.c.published), later)
    ).one()
    return number, newest, after


def days_told(connection: sql.Connection, wanted: Near) -> Iterator[dt.date]:
    """The dates between these days of reports with a current claim, as coded, of something in one of the countries."""
    published = sql.func.coalesce(reports.c.original_published, reports.c.published)
    found = (
        sql.select(published)
        .distinct()
        .join(codings, codings.c.report == reports.c.id)
        .join(claims, claims.c.coding == codings.c.number)
        .where(current(), claims.c.place_country.in_(wanted.countries))
        .where(published >= wanted.since, published <= wanted.until)
        .order_by(published)
    )
    yield from connection.execute(found).scalars()
