"""The derived tables, read and written through one connection: what is made of the facts, and what finds it.

The desk does not know how stories and incidents are made: prints come and go as bytes, keys as words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sql

from trucewatch.batches import batches
from trucewatch.desk import rows, words
from trucewatch.desk.accounts import accounts
from trucewatch.desk.bulletins import bulletins
from trucewatch.desk.entries import entries, import_ends
from trucewatch.desk.forecasts import forecasts
from trucewatch.desk.reader import Reader
from trucewatch.desk.schema import (
    account_keys,
    claims,
    codings,
    derivations,
    incident_claims,
    incidents,
    judgements,
    print_keys,
    prints,
    reports,
    stories,
    story_reports,
)
from trucewatch.desk.statements import among, chunks, insert
from trucewatch.nouns import Account, Incident, Noun, Report, Story

AT_ONCE = 20_000
"""Claims, or reports, whose keys are put in at once: in the order of their table, which takes a fifth of the time."""


class Mark(Noun):
    """How, and from how many facts, the derived tables were made."""

    version: str
    coding: int = 0
    """The newest coding that is in them."""
    judgement: int = 0
    """The number of the newest judgement that is in them."""


class Derived(Reader):
    """Facts to derive from, and the tables that hold what was derived, in one transaction."""

    # ------------------------------------------------------------ how far they are

    def mark(self) -> Mark | None:
        """How far stories and incidents are; it changes whenever they may have changed. None before they were first made."""
        row = self._connection.execute(sql.select(derivations)).mappings().one_or_none()
        return None if row is None else Mark(**row)

    def state(self) -> tuple[object, ...]:
        """A value that changes whenever anything comes in: the key for caches of what is made from a whole desk."""
        kinds = (codings.c.number, judgements.c.number, bulletins.c.number, forecasts.c.number, entries.c.number)
        last = [sql.select(sql.func.max(column)).scalar_subquery() for column in kinds]
        ended = sql.select(sql.func.count()).select_from(import_ends).scalar_subquery()
        return self.mark(), *self._connection.execute(sql.select(*last, ended)).one()

    def newest(self, version: str) -> Mark:
        """How far they will be when all facts are in."""
        coding, judgement = (
            self._connection.execute(sql.select(sql.func.max(table.c.number))).scalar() or 0
            for table in (codings, judgements)
        )
        return Mark(version=version, coding=coding, judgement=judgement)

    def put_mark(self, mark: Mark) -> None:
        """Say how far they are."""
        self._connection.execute(sql.delete(derivations))
        self._insert(derivations, [rows.plain(mark)])

    def clear_prints(self) -> None:
        """Forget all prints, and their keys."""
        for table in (print_keys, prints):
            self._connection.execute(sql.delete(table))

    def clear_words(self) -> None:
        """Let no report be found by its words."""
        words.clear(self._connection)

    # ------------------------------------------------------------ the facts

    def coded(self, after: int, upto: int) -> dict[str, int]:
        """The reports coded by these codings (``after`` not included), and each one's number."""
        found = (
            sql.select(reports.c.id, reports.c.number)
            .join(codings, codings.c.report == reports.c.id)
            .where(codings.c.number > after, codings.c.number <= upto)
            .order_by(reports.c.number)
        )
        return dict(self._connection.execute(found).all())

    def accounts(self, ids: Collection[str] | None = None, run: int | None = None) -> Iterator[Account]:
        """The current claims of these whole ids (all, without), in the order of the desk, as they were coded, or were after ``run``.

        They carry no evidence. `derive.accounts` gives them as judgements have them.
        """
        return accounts(self._connection, ids, run)

    def coded_since(self, run: int) -> list[str]:
        """The reports coded by later runs, in the order in which they came in."""
        found = sql.select(reports.c.id).where(
            reports.c.id.in_(sql.select(codings.c.report).where(codings.c.run > run))
        )
        return list(self._connection.execute(found.order_by(reports.c.number)).scalars())

    def claims_ever(self, of: Collection[str]) -> set[str]:
        """The ids of all claims that reports have or had."""
        found = sql.select(claims.c.id).join(codings)
        return self._ids(found, codings.c.report, of)

    # ------------------------------------------------------------ stories

    def index(self, numbered: Iterable[tuple[int, Report]]) -> None:
        """Make reports findable by their words."""
        for some in batches(numbered):
            words.index(self._connection, some)

    def unindexed(self, numbers: Collection[int]) -> set[int]:
        """The reports of these numbers that cannot be found by their words."""
        return set(numbers) - {one for some in batches(numbers) for one in words.indexed(self._connection, some)}

    def put_prints(self, made: Iterable[tuple[str, bytes, Collection[str]]]) -> None:
        """Keep reports' prints, each with its keys."""
        for some in batches(made, AT_ONCE):
            self._insert(prints, [{"report": report, "content": content} for report, content, _ in some])
            self._insert_keys(print_keys, sorted((key, report) for report, _, keys in some for key in set(keys)))

    def drop_prints(self, ids: Collection[str]) -> None:
        """Forget the prints of these reports, and their keys."""
        self._delete(print_keys.c.report, ids)
        self._delete(prints.c.report, ids)

    def other_prints(self, made: Mapping[str, bytes]) -> set[str]:
        """The reports whose print is missing, differs from this one, or should not be there."""
        return self._differing((prints.c.report, prints.c.content), made, lambda report: {(made[report],)})

    def printed(self, ids: Collection[str]) -> set[str]:
        """Which of these reports have a print."""
        return self._ids(sql.select(prints.c.report), prints.c.report, ids)

    def prints(self, ids: Collection[str]) -> Iterator[bytes]:
        """The prints of these reports."""
        for (content,) in among(self._connection, sql.select(prints.c.content), prints.c.report, ids):
            yield content

    def sharing_print_keys(self, keys: Collection[str]) -> set[str]:
        """The reports whose prints have one of these keys."""
        return self._ids(sql.select(print_keys.c.report), print_keys.c.key, keys)

    def beginning_print_keys(self, starts: Collection[str]) -> set[str]:
        """The reports whose prints have a key that begins so, with a letter below z after it."""
        query, key = sql.select(print_keys.c.report), print_keys.c.key
        found: set[str] = set()
        for start in starts:
            found.update(self._connection.execute(query.where(key > start, key < f"{start}z")).scalars())
        return found

    def stories_of(self, ids: Collection[str]) -> dict[str, str]:
        """The story of each of these reports that has one."""
        query = sql.select(story_reports.c.report, story_reports.c.story)
        return dict(map(tuple, among(self._connection, query, story_reports.c.report, ids)))

    def told_in(self, of: Collection[str]) -> set[str]:
        """The reports of these stories."""
        return self._ids(sql.select(story_reports.c.report), story_reports.c.story, of)

    def told_together(self, ids: Collection[str]) -> dict[str, str]:
        """The reports of the stories of these that have several, each with its story."""
        mine, second = story_reports.alias("mine"), story_reports.alias("second")
        query = (
            sql.select(story_reports.c.report, story_reports.c.story)
            .join(mine, mine.c.story == story_reports.c.story)
            .join(second, sql.and_(second.c.story == mine.c.story, second.c.position == 1))
        )
        found: dict[str, str] = {}
        for some in chunks(ids):
            found.update(self._connection.execute(query.where(mine.c.report.in_(some))).all())
        return found

    def replace_stories(self, old: Collection[str], new: Iterable[Story]) -> None:
        """Put stories in the place of others."""
        self._delete(story_reports.c.story, old)
        self._delete(stories.c.id, old)
        for some in batches(new):
            self._insert(stories, [{"id": story.id, "outlet": story.outlet} for story in some])
            members = [
                {"report": report, "story": story.id, "position": position}
                for story in some
                for position, report in enumerate(story.reports)
            ]
            self._insert(story_reports, members)

    def other_stories(self, made: Mapping[str, Story]) -> set[str]:
        """The ids of stories that are missing, differ from these, or should not be there."""
        ours = {id_: {(story.outlet, *told) for told in enumerate(story.reports)} for id_, story in made.items()}
        columns = (story_reports.c.story, stories.c.outlet, story_reports.c.position, story_reports.c.report)
        return self._differing(columns, made, ours.__getitem__, stories.c.id == story_reports.c.story)

    # ------------------------------------------------------------ incidents

    def put_keys(self, made: Iterable[tuple[str, Collection[str]]]) -> None:
        """Keep claims' keys."""
        for some in batches(made, AT_ONCE):
            self._insert_keys(account_keys, sorted((key, claim) for claim, keys in some for key in keys))

    def other_keys(self, made: Mapping[str, Collection[str]]) -> set[str]:
        """The claims that have other keys than these."""
        columns = (account_keys.c.claim, account_keys.c.key)
        return self._differing(columns, made, lambda claim: {(key,) for key in made[claim]})

    def drop_keys(self, ids: Collection[str]) -> None:
        """Forget the keys of these claims."""
        self._delete(account_keys.c.claim, ids)

    def sharing_keys(self, keys: Collection[str]) -> set[str]:
        """The claims that have one of these keys."""
        return self._ids(sql.select(account_keys.c.claim), account_keys.c.key, keys)

    def components(self, ids: Collection[str]) -> set[str]:
        """The components that these claims are in."""
        return self._ids(sql.select(incident_claims.c.component), incident_claims.c.claim, ids)

    def members(self, components: Collection[str]) -> set[str]:
        """The claims of these components."""
        return self._ids(sql.select(incident_claims.c.claim), incident_claims.c.component, components)

    def incidents(self, components: Collection[str]) -> Iterator[Incident]:
        """The incidents of these components."""
        query = sql.select(incidents.c.content)
        for (content,) in among(self._connection, query, incidents.c.component, components):
            yield rows.to_incident(content)

    def replace_incidents(self, old: Collection[str], new: Iterable[tuple[str, Sequence[Incident]]]) -> None:
        """Put components, each with its incidents, in the place of others."""
        self._delete(incident_claims.c.component, old)
        self._delete(incidents.c.component, old)
        for some in batches((component, incident) for component, its in new for incident in its):
            self._insert(incidents, [rows.of_incident(incident, component) for component, incident in some])
            members = [
                {"claim": claim, "incident": incident.id, "component": component, "position": position}
                for component, incident in some
                for position, claim in enumerate(incident.claims)
            ]
            self._insert(incident_claims, members)

    def other_incidents(self, made: Mapping[str, Sequence[Incident]]) -> set[str]:
        """The components whose incidents are missing, differ from these, or should not be there."""
        columns = [incidents.c.component, *(one for one in incidents.c if one is not incidents.c.component)]

        def parts(name: str) -> set[tuple[Any, ...]]:
            every = (rows.of_incident(one, name) for one in made[name])
            return {tuple(row[one.name] for one in columns[1:]) for row in every}

        return self._differing(columns, made, parts)

    # ------------------------------------------------------------

    def _differing(
        self,
        columns: Sequence[sql.Column[Any]],
        names: Collection[str],
        parts: Callable[[str], set[tuple[Any, ...]]],
        *where: sql.ColumnElement[bool],
    ) -> set[str]:
        """The names whose rows are missing, differ, or should not be there.

        The first column holds the name, the others a part. Each of ``names`` should have one row for each of its ``parts``;
        other names should have none.
        """
        first = columns[0]
        there = set(self._connection.execute(sql.select(first).distinct()).scalars())
        found = there ^ set(names)
        for some in chunks(there & set(names)):
            have: dict[str, set[tuple[Any, ...]]] = {name: set() for name in some}
            for name, *part in self._connection.execute(sql.select(*columns).where(first.in_(some), *where)):
                have[name].add(tuple(part))
            found.update(name for name in some if have[name] != parts(name))
        return found

    def _insert(self, table: sql.Table, made: list[rows.Row]) -> None:
        if made:
            insert(self._connection, table, made)

    def _insert_keys(self, table: sql.Table, pairs: list[tuple[str, str]]) -> None:
        """Put keys, each with what has it, into their table; SQLite's driver alone takes a quarter of the time."""
        if pairs and self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES (?, ?)", pairs)
        else:
            self._insert(table, [dict(zip(table.c.keys(), pair, strict=True)) for pair in pairs])

    def _delete(self, column: sql.Column[str], names: Collection[str]) -> None:
        for some in chunks(names):
            self._connection.execute(sql.delete(column.table).where(column.in_(some)))

    def _ids(self, query: sql.Select[Any], column: sql.Column[str], names: Collection[str]) -> set[str]:
        return {name for (name,) in among(self._connection, query, column, names)}
