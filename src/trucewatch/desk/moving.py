"""A desk copied whole from one kind of database to the other: every row of every table, under its own number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sql

from trucewatch.desk.derived import Derived
from trucewatch.desk.opening import connect, reported, shown, writing
from trucewatch.desk.rows import Row
from trucewatch.desk.schema import DERIVED, metadata, prints
from trucewatch.desk.statements import insert
from trucewatch.errors import DeskError

_AT_ONCE = 500


def move(source: sql.Engine, where: str, to: str) -> None:
    """Make the empty database, or the file that is not there yet, at ``to`` a desk of the same rows as they are now.

    Raises DeskError, and leaves nothing, where there is anything already.
    """
    if "://" not in to and Path(to).exists():
        raise DeskError(f"{to} cannot be made: File exists")
    target = connect(to, create=True)
    try:
        with reported(where), source.begin() as rows, reported(shown(to)), writing(target) as connection:
            _fill(rows, where, connection, shown(to))
    except BaseException:
        target.dispose()
        if "://" not in to:
            for ending in ("", "-wal", "-shm"):
                Path(to + ending).unlink(missing_ok=True)
        raise
    target.dispose()


def _fill(source: sql.Connection, where: str, target: sql.Connection, to: str) -> None:
    for table in metadata.sorted_tables:
        if target.execute(sql.select(sql.literal(1)).select_from(table).limit(1)).first():
            raise DeskError(f"{to} is a desk already; copy to an empty database")
    for table in metadata.sorted_tables:
        for made in _rows(source, where, table):
            if table in DERIVED:
                insert(target, table, made)
            else:
                target.execute(sql.insert(table), made)
        _go_on_counting(target, table)
    # Only what is in stories: what nobody has taken in yet comes into the index when it is taken in.
    Derived(target).index(Derived(source).numbered(set(source.execute(sql.select(prints.c.report)).scalars())))


def _rows(source: sql.Connection, where: str, table: sql.Table) -> Iterator[list[Row]]:
    query = sql.select(table).order_by(*table.primary_key).execution_options(yield_per=_AT_ONCE)
    with reported(where):  # here, or it would be told of the desk that is being written
        for some in source.execute(query).mappings().partitions():
            yield [dict(row) for row in some]


def _go_on_counting(target: sql.Connection, table: sql.Table) -> None:
    """Have the next row numbered after those that came with their numbers; SQLite does so by itself."""
    number = table.autoincrement_column
    if target.dialect.name == "sqlite" or number is None or number.foreign_keys:
        return
    last = sql.select(sql.func.max(number)).scalar_subquery()
    sequence = sql.func.pg_get_serial_sequence(table.name, number.name)
    target.execute(sql.select(sql.func.setval(sequence, last)).where(last.is_not(None)))
