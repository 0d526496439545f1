"""Bulletins of monitors as facts: one row for what an observer counted in one period.

The newest row of a series and a period counts; a corrected bulletin is a further row. All rows of a series are by one rule:
the same observer, unit, area and parties that it can blame.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.schema import Moment, metadata, nested, now, number
from trucewatch.desk.statements import Queries
from trucewatch.errors import DeskError
from trucewatch.nouns import Noun

bulletins = sql.Table(
    "bulletins",
    metadata,
    number(),
    sql.Column("at", Moment, nullable=False),
    sql.Column("series", sql.String, nullable=False, index=True),
    sql.Column("observer", sql.Text, nullable=False),
    sql.Column("unit", sql.Text, nullable=False),
    sql.Column("area", sql.Text, nullable=False),
    sql.Column("blames", nested(), nullable=False),
    sql.Column("first", sql.Date, nullable=False),
    sql.Column("last", sql.Date, nullable=False),
    sql.Column("count", sql.BigInteger, nullable=False),
    sql.Column("source", sql.Text),
)


RULE = ("observer", "unit", "area", "blames")
"""By what an observer counts."""


class Bulletin(Noun):
    """What one observer counted in one period, by its own rule."""

    series: str
    observer: str
    unit: str
    area: str
    blames: tuple[str, ...]
    """Parties that the observer can lay violations at the door of."""
    first: dt.date
    last: dt.date
    """The last day of the period; the same as the first where it is a day."""
    count: int
    source: str | None = None
    """Where it was published."""


class Kept(Noun):
    """A bulletin on a desk, and when it came there."""

    bulletin: Bulletin
    at: dt.datetime


class Bulletins(Queries):
    """What monitors counted, through one connection."""

    def every(self, series: Collection[str] | None = None) -> list[Kept]:
        """The bulletins of these series (of all, without), corrected ones too, in the order in which they came in."""
        query = sql.select(bulletins).order_by(bulletins.c.number)
        if series is not None:
            query = query.where(bulletins.c.series.in_(series))
        return [Kept(bulletin=rows.record(Bulletin, row), at=row["at"]) for row in self._rows(query)]

    def keep(self, told: Iterable[Bulletin]) -> int:
        """Add the bulletins that say something new; how many.

        Raises DeskError for a series that the desk has by another rule.
        """
        every = list(told)
        newest: dict[tuple[str, dt.date, dt.date], Bulletin] = {}
        of: dict[str, Bulletin] = {}
        for kept in self.every({one.series for one in every}):
            newest[_period(kept.bulletin)] = of[kept.bulletin.series] = kept.bulletin
        added = []
        for one in every:
            known = of.setdefault(one.series, one)
            if parts := [name for name in RULE if getattr(known, name) != getattr(one, name)]:
                raise DeskError(_other_rule(known, one, parts))
            if newest.get(_period(one)) != one:
                newest[_period(one)] = one
                added.append(one)
        if added:
            at = now()
            self._connection.execute(sql.insert(bulletins), [{"at": at, **rows.plain(one)} for one in added])
        return len(added)


def _period(one: Bulletin) -> tuple[str, dt.date, dt.date]:
    return one.series, one.first, one.last


def _other_rule(known: Bulletin, told: Bulletin, parts: Iterable[str]) -> str:
    was, now = (", ".join(f"{name} {getattr(one, name)!r}" for name in parts) for one in (known, told))
    return f"the series {told.series!r} is kept with {was}, not {now}: another rule asks for a series of another id"
