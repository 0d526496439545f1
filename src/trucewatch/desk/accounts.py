"""Claims as merging needs them: each with its order, its story, and the words of its report that it rests on."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sql

from trucewatch.batches import BATCH
from trucewatch.desk import rows
from trucewatch.desk.schema import claims, codings, parties, reports, story_reports
from trucewatch.desk.search import current
from trucewatch.desk.statements import chunks
from trucewatch.nouns import Account, Entity

_COLUMNS = tuple(column for column in claims.c if column.name not in ("evidence", "place_search"))


def accounts(
    connection: sql.Connection, ids: Collection[str] | None = None, run: int | None = None
) -> Iterator[Account]:
    """The current claims of these ids (of all, without), without their evidence; ids that are none are left out.

    With ``run``, the claims that were current when that run had ended.
    """
    if ids is None:
        found = connection.execute(_query(run), execution_options={"yield_per": BATCH})
        for batch in found.partitions():
            yield from _whole(connection, _plain(found, batch))
        return
    for some in chunks(ids):
        found = connection.execute(_query(run).where(claims.c.id.in_(some)))
        yield from _whole(connection, _plain(found, found.all()))


def sides(connection: sql.Connection, numbers: Iterable[int]) -> dict[int, dict[str, tuple[Entity, ...]]]:
    """Those who take part in the claims of these numbers, by number and side."""
    found: dict[int, dict[str, tuple[Entity, ...]]] = {number: {} for number in numbers}
    theirs = sql.select(parties).where(parties.c.claim.in_(list(found)))
    told = connection.execute(theirs.order_by(parties.c.claim, parties.c.position))
    for row in _plain(told, told.all()):
        side = found[row["claim"]]
        entity = rows.to_entity(row["text"], row["name"], row["country"], row["sector"], row["actor"])
        side[row["side"]] = (*side.get(row["side"], ()), entity)
    return found


@functools.lru_cache(maxsize=8)
def _query(run: int | None) -> sql.Select[Any]:
    first = claims.alias("first")
    order = sql.select(sql.func.min(first.c.number)).where(first.c.id == claims.c.id).scalar_subquery()
    return (
        sql.select(*_COLUMNS, codings.c.report, order.label("first"), story_reports.c.story)
        .join(codings, claims.c.coding == codings.c.number)
        .outerjoin(story_reports, story_reports.c.report == codings.c.report)
        .where(current(run))
        .order_by(claims.c.number)
    )


def _plain(found: sql.CursorResult[*tuple[Any, ...]], some: Iterable[Sequence[Any]]) -> list[rows.Row]:
    """Rows as they are used most here, by the ten thousand: SQLAlchemy's own look each column up again."""
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in some]


def _whole(connection: sql.Connection, found: Sequence[rows.Row]) -> Iterator[Account]:
    columns = (reports.c.id, reports.c.text, reports.c.published, reports.c.original_published)
    outlets = (reports.c.outlet, reports.c.original_outlet)
    theirs = sql.select(*columns, *outlets).where(reports.c.id.in_({row["report"] for row in found}))
    told = connection.execute(theirs)
    of = {row["id"]: row for row in _plain(told, told.all())}
    taking_part = sides(connection, [row["number"] for row in found])
    for row in found:
        claim = rows.to_claim(row | {"evidence": ()}, taking_part[row["number"]])
        report = of[claim.report]
        yield Account(
            claim=claim,
            order=row["first"],
            published=report["original_published"] or report["published"],
            outlet=report["original_outlet"] or report["outlet"],
            story=row["story"],
            trigger=report["text"][claim.trigger.start : claim.trigger.end],
            sentence=report["text"][claim.mentions[0].start : claim.mentions[0].end] if claim.mentions else "",
        )
