"""What was derived from the facts, and the search over them, read through one connection."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sql

from trucewatch.desk import rows, words
from trucewatch.desk.schema import incident_claims, incidents, print_keys, reports, stories, story_reports
from trucewatch.desk.search import IncidentFilter, Near, found_incidents, found_near, number_of
from trucewatch.desk.statements import Queries, among, chunks, only
from trucewatch.nouns import Incident, Report, Story

_EVERY = IncidentFilter()


class Results(Queries):
    """What was derived, read through one connection; most of it is the desk's too."""

    def stories(self) -> Iterator[Story]:
        """All stories, in the order in which the first report of each came in."""
        first = reports.alias("first")
        ordered = _STORIES.join(first, first.c.id == stories.c.id)
        yield from self._stories(ordered.order_by(first.c.number, story_reports.c.position))

    def stories_named(self, ids: Collection[str]) -> list[Story]:
        """The stories of these whole ids that are here, in this order."""
        ordered = _STORIES.order_by(stories.c.id, story_reports.c.position)
        found = {one.id: one for some in chunks(ids) for one in self._stories(ordered.where(stories.c.id.in_(some)))}
        return [found[id_] for id_ in ids if id_ in found]

    def story(self, report: str) -> Story | None:
        """The story that the report of a whole id is in; None where nothing was derived of it yet."""
        its = sql.select(story_reports.c.story).where(story_reports.c.report == report).scalar_subquery()
        whole = _STORIES.where(stories.c.id == its).order_by(story_reports.c.position)
        return next(self._stories(whole), None)

    def twins(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Of a few hundred reports (whole ids, each with a key of its print), those that seem to be earlier ones, and which.

        They have the same text, and one of the two has no outlet, or both came from the same place. What was not derived
        yet is not found.
        """
        earlier, its, theirs = reports.alias(), print_keys.alias(), print_keys.alias()
        same = sql.or_(
            reports.c.outlet.is_(None),
            earlier.c.outlet.is_(None),
            reports.c.url == earlier.c.url,
            reports.c.source == earlier.c.source,
        )
        pairs = (
            sql.select(reports.c.id, earlier.c.id)
            .join(its, its.c.report == reports.c.id)
            .join(theirs, theirs.c.key == its.c.key)  # one text has the same keys; its own column has no index
            .join(earlier, earlier.c.id == theirs.c.report)
            .where(reports.c.id.in_(keys), its.c.key.in_(keys.values()))
            .where(earlier.c.number < reports.c.number, earlier.c.text == reports.c.text, same)
            .order_by(earlier.c.number.desc())
        )
        return dict(map(tuple, self._connection.execute(pairs)))

    def incidents(self, wanted: IncidentFilter = _EVERY) -> Iterator[Incident]:
        """The incidents that fit (all, without a filter): by day, those of an unknown time last."""
        yield from map(rows.to_incident, self._values(found_incidents(self._connection, wanted)))

    def named(self, ids: Collection[str]) -> list[Incident]:
        """The incidents of these whole ids that are here, in this order."""
        query = sql.select(incidents.c.id, incidents.c.content)
        found = dict(map(tuple, among(self._connection, query, incidents.c.id, ids)))
        return [rows.to_incident(found[id_]) for id_ in ids if id_ in found]

    def near(self, wanted: Near, read: Callable[[bytes], Incident] = rows.to_incident) -> Iterator[Incident]:
        """The incidents that may be of some countries and days, each read from its content: by day, those of an unknown time last."""
        yield from map(read, self._values(found_near(wanted)))

    def count(self, wanted: IncidentFilter = _EVERY) -> int:
        """How many incidents fit."""
        return number_of(self._connection, found_incidents(self._connection, wanted))

    def incident(self, prefix: str) -> Incident:
        """The one incident whose id begins so."""
        found = sql.select(incidents.c.id, incidents.c.content)
        return rows.to_incident(only(self._connection, found, incidents.c.id, prefix)["content"])

    def of_claim(self, claim: str) -> list[Incident]:
        """The incident that the claim of a whole id is in; none where it was rejected or is not derived yet."""
        its = sql.select(incidents.c.content).join(incident_claims, incident_claims.c.incident == incidents.c.id)
        return [rows.to_incident(content) for content in self._values(its.where(incident_claims.c.claim == claim))]

    def search(self, query: str) -> Iterator[Report]:
        """The reports that hold all words of a query (several between quotation marks as they stand), newest first, undated last.

        Words are found in any spelling of accents, and inside longer ones. Raises WrongCallError for one of
        fewer than three letters.
        """
        held = words.matching(self._connection.dialect.name, words.keys(query))
        found = (
            sql.select(reports)
            .where(held)
            .order_by(reports.c.published.is_(None), reports.c.published.desc(), reports.c.number)
        )
        for row in self._rows(found):
            yield rows.record(Report, row)

    def _stories(self, query: sql.Select[Any]) -> Iterator[Story]:
        for (story, outlet), told in itertools.groupby(self._streamed(query), key=lambda row: (row[0], row[1])):
            yield Story(id=story, outlet=outlet, reports=tuple(report for _, _, report in told))


_STORIES = sql.select(stories.c.id, stories.c.outlet, story_reports.c.report).join(
    story_reports, story_reports.c.story == stories.c.id
)
