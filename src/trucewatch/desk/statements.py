"""Statements in the sizes that databases take well: many ids asked for, many rows read or put in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql

from trucewatch.batches import batches
from trucewatch.desk import rows
from trucewatch.errors import DeskError

_SHOWN = 5
_BEHIND = "zzzz"
"""It stands behind whatever an id goes on with, in the order of any language of a database."""


class Queries:
    """What is asked through one connection."""

    def __init__(self, connection: sql.Connection) -> None:
        self._connection = connection

    def _streamed(self, query: sql.Select[Any], at_once: int = 500) -> sql.CursorResult[*tuple[Any, ...]]:
        """What a query finds, fetched in batches: a desk may hold more than fits the memory."""
        return self._connection.execute(query, execution_options={"yield_per": at_once})

    def _rows(self, query: sql.Select[Any], at_once: int = 500) -> Iterator[sql.RowMapping]:
        """The same, each row by the names of its columns."""
        return iter(self._streamed(query, at_once).mappings())

    def _values(self, query: sql.Select[Any], at_once: int = 500) -> Iterator[Any]:
        """The same of a query for one column."""
        return iter(self._streamed(query, at_once).scalars())


def chunks(names: Collection[str]) -> Iterator[list[str]]:
    """The names in order, in batches that one statement can take."""
    return batches(sorted(names))


def among(
    connection: sql.Connection, query: sql.Select[Any], column: sql.ColumnElement[str], names: Collection[str]
) -> Iterator[Sequence[Any]]:
    """What a query finds whose column has one of these names, however many they are."""
    for some in chunks(names):
        yield from connection.execute(query.where(column.in_(some)))


def only(connection: sql.Connection, query: sql.Select[Any], ids: sql.Column[str], prefix: str) -> sql.RowMapping:
    """The one row whose id begins with what somebody typed, or is it. Raises DeskError where there is none, or several."""
    typed, what = prefix.strip().lower(), ids.table.name.removesuffix("s")
    matching: Sequence[sql.RowMapping] = ()
    # "Like" alone would read all rows; of ids, which have no letter behind f but the i of incidents, the index knows the range.
    begins = sql.and_(ids >= typed, ids <= f"{typed}{_BEHIND}", ids.startswith(typed, autoescape=True))
    for fits in (ids == typed, begins) if typed else ():
        matching = connection.execute(query.where(fits).limit(_SHOWN + 1)).mappings().all()
        if len(matching) == 1:
            return matching[0]
    if not matching:
        raise DeskError(f"no {what} here has an id that begins with {prefix!r}")
    shown = ", ".join(row["id"] for row in matching[:_SHOWN])
    more = " and more" if len(matching) > _SHOWN else ""
    raise DeskError(f"{prefix!r} begins the ids of several {what}s: {shown}{more}")


def insert_one(connection: sql.Connection, table: sql.Table, row: rows.Row) -> int:
    """Put a row into a table that numbers its rows; its number."""
    key = connection.execute(sql.insert(table), row).inserted_primary_key
    assert key is not None  # for the type checker: an insert of one row always has one
    return int(key[0])


def insert(connection: sql.Connection, table: sql.Table, made: list[rows.Row]) -> None:
    """Put rows, one or more, into a derived table."""
    if connection.dialect.name == "sqlite":
        connection.execute(sql.insert(table), made)
    else:
        connection.execute(_at_once(table, made))


def _at_once(table: sql.Table, made: list[rows.Row]) -> sql.Insert:
    """One statement for many rows, with an array for each column: a server takes it in a third of the time of one by one."""
    into = [table.c[name] for name in made[0]]
    arrays = (sql.literal([row[one.name] for row in made], postgresql.ARRAY(one.type)) for one in into)
    every = sql.func.unnest(*arrays).table_valued(*(one.name for one in into)).render_derived()
    return sql.insert(table).from_select(into, sql.select(*every.c))
