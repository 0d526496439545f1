"""A desk of an older schema is brought up to date when it is opened, and keeps everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql
from alembic import command
from alembic.config import Config

from tests.postgres import Server
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.desk.opening import MIGRATIONS, connect
from trucewatch.desk.schema import HEAD, VERSION_TABLE

DUMP = Path(__file__).with_name("desk-0001.sql")
"""A desk that Trucewatch made before it had incidents: one report, its claims, one failure."""

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The dump as a file."""
    path = tmp_path / "old.desk"
    connection = sqlite3.connect(path)
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    return path


def _rows(where: str | Path, names: list[str] | None = None) -> Rows:
    """All rows of the tables (of all, without names), as the database has them."""
    engine = sql.create_engine(str(where) if "://" in str(where) else f"sqlite:///{where}")
    with engine.connect() as connection:
        metadata = sql.MetaData()
        metadata.reflect(connection, only=names)
        tables = [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]
        found = {
            table.name: [dict(row) for row in connection.execute(sql.select(table)).mappings()] for table in tables
        }
    engine.dispose()
    return found


def test_a_file_of_the_first_schema_keeps_everything_and_gets_incidents(old: Path) -> None:
    before = _rows(old)
    assert before["claims"] and before["parties"] and before["failures"]
    with Desk.open(old, create=False) as desk:
        assert _rows(old, list(before)) == before
        _whole(desk)
    assert _rows(old, list(before)) == before
    engine = connect(str(old), create=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one() == HEAD
    engine.dispose()


def test_a_database_of_the_first_schema_keeps_everything_and_gets_incidents(old: Path, postgres: Server) -> None:
    with postgres.fresh("template0") as url:
        where = url.replace("postgresql://", "postgresql+psycopg://")
        _first_schema(where, _rows(old))
        before = _rows(where)
        assert len(before["claims"]) > 10
        with Desk.open(url, create=False) as desk:
            _whole(desk)
        assert _rows(where, list(before)) == before


def _whole(desk: Desk) -> None:
    (report,) = desk.reports()
    record = desk.record(report.id)
    assert len(record.claims) > 10
    assert all(claim.evidence for claim in record.claims)
    assert any(claim.actors for claim in record.claims)
    assert len(desk.failures()) == len(desk.failing()) == 1
    assert derive.catch_up(desk)
    assert [story.reports for story in desk.stories()] == [(report.id,)]
    assert {claim for one in desk.incidents() for claim in one.claims} == {claim.id for claim in record.claims}
    assert list(desk.search("Hodeidah")) == [report]


def _first_schema(where: str, rows: Rows) -> None:
    """Make an old desk in a database from the rows of a file."""
    engine = sql.create_engine(where)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        metadata = sql.MetaData()
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            if rows.get(table.name):
                connection.execute(sql.insert(table), list(_typed(table, rows[table.name])))
    engine.dispose()


def _typed(table: sql.Table, rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Rows of a file without types, as PostgreSQL takes them."""
    whether = {column.name for column in table.c if isinstance(column.type, sql.Boolean)}
    for row in rows:
        yield {name: bool(value) if name in whether else value for name, value in row.items()}
