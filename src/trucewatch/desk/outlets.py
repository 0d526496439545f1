"""Outlets as the desk knows them: how much each has published, and in which chains of copies it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sql

from trucewatch.desk.schema import reports, stories, story_reports
from trucewatch.nouns import Noun, Story


class Published(Noun):
    """What one outlet has on the desk."""

    outlet: str
    reports: int
    copies: int
    """Reports whose text another outlet published first."""
    first: dt.date | None
    last: dt.date | None


def published(connection: sql.Connection) -> Iterator[Published]:
    """Every outlet, the one of most reports first."""
    day = sql.func.coalesce(reports.c.published, reports.c.original_published)
    another = sql.case((stories.c.outlet != reports.c.outlet, 1), else_=0)
    found = (
        sql.select(
            reports.c.outlet,
            sql.func.count(),
            sql.func.coalesce(sql.func.sum(another), 0),
            sql.func.min(day),
            sql.func.max(day),
        )
        .outerjoin(story_reports, story_reports.c.report == reports.c.id)
        .outerjoin(stories, stories.c.id == story_reports.c.story)
        .where(reports.c.outlet.is_not(None))
        .group_by(reports.c.outlet)
        .order_by(sql.func.count().desc(), reports.c.outlet)
    )
    for outlet, count, copies, first, last in connection.execute(found):
        yield Published(outlet=outlet, reports=count, copies=int(copies), first=first, last=last)


def chains(connection: sql.Connection, outlet: str, most: int) -> list[Story]:
    """The longest stories of several reports in which an outlet has part, as publisher or copyist."""
    its = sql.select(story_reports.c.story).join(reports, reports.c.id == story_reports.c.report)
    its = its.where(reports.c.outlet == outlet)
    size = sql.func.count()
    longest = (
        sql.select(story_reports.c.story)
        .where(story_reports.c.story.in_(its))
        .group_by(story_reports.c.story)
        .having(size > 1)
        .order_by(size.desc(), story_reports.c.story)
        .limit(most)
    )
    ids = list(connection.execute(longest).scalars())
    query = (
        sql.select(stories.c.id, stories.c.outlet, story_reports.c.report)
        .join(story_reports, story_reports.c.story == stories.c.id)
        .where(stories.c.id.in_(ids))
        .order_by(story_reports.c.position)
    )
    members: dict[str, list[str]] = {id_: [] for id_ in ids}
    first: dict[str, str | None] = {}
    for id_, publisher, report in connection.execute(query):
        members[id_].append(report)
        first[id_] = publisher
    return [Story(id=id_, outlet=first[id_], reports=tuple(members[id_])) for id_ in ids]
