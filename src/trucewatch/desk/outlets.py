"""Outlets as the desk knows them: how much each has published, and in which chains of copies it stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import sqlalchemy as sql

from trucewatch.codebook import sources
from trucewatch.desk.results import Results
from trucewatch.desk.schema import reports, stories, story_reports
from trucewatch.desk.search import spellings
from trucewatch.desk.statements import Queries
from trucewatch.nouns import Noun, Story


class Published(Noun):
    """What one outlet has on the desk."""

    outlet: str
    """Its name in outlets.csv, however reports spell it; as they spell it where it has no row."""
    reports: int
    copies: int
    """Reports whose text another outlet published first."""
    first: dt.date | None
    last: dt.date | None


class Outlets(Queries):
    """Who published what, through one connection."""

    def names(self) -> list[str]:
        """The outlets of the desk's reports, as outlets.csv names them, the one of most reports first."""
        counted = sql.select(reports.c.outlet, sql.func.count()).where(reports.c.outlet.is_not(None))
        found: Counter[str] = Counter()
        for outlet, number in self._connection.execute(counted.group_by(reports.c.outlet)):
            found[sources.outlet(outlet)] += number
        return sorted(found, key=lambda name: (-found[name], name))

    def published(self, outlet: str = "") -> list[Published]:
        """What each outlet has on the desk (the one that is named, with a name), the one of most reports first."""
        day = sql.func.coalesce(reports.c.published, reports.c.original_published)
        query = (
            sql.select(reports.c.outlet, stories.c.outlet, sql.func.count(), sql.func.min(day), sql.func.max(day))
            .outerjoin(story_reports, story_reports.c.report == reports.c.id)
            .outerjoin(stories, stories.c.id == story_reports.c.story)
            .where(reports.c.outlet.is_not(None))
            .group_by(reports.c.outlet, stories.c.outlet)
        )
        if outlet:
            query = query.where(reports.c.outlet.in_(spellings(self._connection, outlet)))
        found: dict[str, Published] = {}
        for paper, publisher, count, first, last in self._connection.execute(query):
            name = sources.outlet(paper)
            copies = count if publisher is not None and sources.outlet(publisher) != name else 0
            some = Published(outlet=name, reports=count, copies=copies, first=first, last=last)
            found[name] = _together(found[name], some) if name in found else some
        return sorted(found.values(), key=lambda one: (-one.reports, one.outlet))

    def chains(self, outlet: str, most: int = 20) -> list[Story]:
        """The longest stories of several reports in which an outlet has part, as publisher or copyist."""
        its = sql.select(story_reports.c.story).join(reports, reports.c.id == story_reports.c.report)
        its = its.where(reports.c.outlet.in_(spellings(self._connection, outlet)))
        size = sql.func.count()
        longest = (
            sql.select(story_reports.c.story)
            .where(story_reports.c.story.in_(its))
            .group_by(story_reports.c.story)
            .having(size > 1)
            .order_by(size.desc(), story_reports.c.story)
            .limit(most)
        )
        return Results(self._connection).stories_named(list(self._connection.execute(longest).scalars()))


def _together(one: Published, other: Published) -> Published:
    days = [day for each in (one, other) for day in (each.first, each.last) if day is not None]
    return Published(
        outlet=one.outlet,
        reports=one.reports + other.reports,
        copies=one.copies + other.copies,
        first=min(days, default=None),
        last=max(days, default=None),
    )
