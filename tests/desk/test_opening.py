"""Which files and databases are desks, and how a desk comes to this version's schema."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sql
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.desk import made
from tests.postgres import Server
from trucewatch.desk import Desk, opening
from trucewatch.desk.opening import MIGRATIONS, connect
from trucewatch.desk.schema import HEAD, VERSION_TABLE, metadata
from trucewatch.errors import DeskError, WrongCallError


def test_a_desk_is_marked_and_lets_others_read_while_somebody_writes(tmp_path: Path) -> None:
    Desk.open(tmp_path / "test.desk").close()
    connection = sqlite3.connect(tmp_path / "test.desk")
    assert connection.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"TRUC"
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_the_migrations_make_the_schema_that_the_queries_use(place: str) -> None:
    engine = connect(place, create=True)
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": _is_of_the_schema}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_the_known_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    numbers = [revision.revision for revision in script.walk_revisions()]
    assert numbers == sorted(numbers, reverse=True)  # what makes a newer desk known as such


def test_the_schema_is_sql_that_postgresql_takes() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        made_sql = str(CreateTable(table).compile(dialect=dialect))
        assert "JSON " not in made_sql.replace("JSONB ", "")
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_no_desk_where_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"there is no desk at .*none\.desk; `trucewatch read` makes one"):
        Desk.open(tmp_path / "none.desk", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"just some words, more than a hundred of them\n" * 50, b"\x00" * 5000])
def test_a_file_that_is_no_database_is_no_desk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(DeskError, match=r"notes\.txt: this is no desk"):
        Desk.open(path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_no_desk_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DeskError, match=r"music\.db is no desk: it is a database of something else"):
        Desk.open(path)
    assert path.read_bytes() == before


def test_a_desk_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.desk"
    Desk.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9000'")
    connection.commit()
    connection.close()
    with pytest.raises(DeskError, match=r"newer\.desk was made by a newer Trucewatch \(schema 9000"):
        Desk.open(path)


def test_a_folder_and_a_missing_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"is a folder; a desk is a file, say .*trucewatch\.desk"):
        Desk.open(tmp_path)
    with pytest.raises(DeskError, match=r"there is no folder .*missing to make the desk a\.desk in"):
        Desk.open(tmp_path / "missing" / "a.desk")


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("nosuch://somewhere/desk", r"postgresql://\.\.\., and no nosuch"),
        ("mysql://somewhere/desk", r"postgresql://\.\.\., and no mysql"),
        ("postgresql:/somewhere/desk", "the desk's URL is none"),
        ("postgresql://me:secret@host:port/desk", "the desk's URL is none"),
        ("://", "the desk's URL is none"),
        ("sqlite://me:secret@host/desk", "the desk's URL is none: SQLite's has no host"),
        ("", "the desk's path is empty"),
        ("sqlite://", "the desk's path is empty"),
    ],
)
def test_what_can_be_no_desk_is_a_wrong_call(where: str, says: str) -> None:
    with pytest.raises(WrongCallError, match=says) as caught:
        Desk.open(where)
    assert "secret" not in str(caught.value)


def test_a_variable_that_is_not_set_makes_no_desk_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongCallError, match="a desk is a path or a URL, and no NoneType"):
        Desk.open(None)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_desk_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    Desk.open(tmp_path / "a.desk").close()
    with (
        Desk.open(f"sqlite:///file:{tmp_path / 'a.desk'}?mode=ro&uri=true") as desk,
        pytest.raises(DeskError, match=r"it cannot be written: the file or its disk is read-only"),
        desk.writer(made.V1) as writer,
    ):
        writer.store(made.report(), ())


def test_a_desk_on_a_read_only_disk_is_read_without_files_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "50% a?.desk"
    with Desk.open(where) as desk, desk.writer(made.V1) as writer:
        writer.store(made.report(), ())
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    with Desk.open(where, create=False) as desk:
        assert [report.id for report in desk.reports()] == [made.report().id]
        assert list(tmp_path.iterdir()) == [where]
        with pytest.raises(DeskError, match="it cannot be written"), desk.writer(made.V1) as writer:
            writer.store(made.report("Shells fell on another town."), ())


def test_a_desk_that_another_program_locks_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT", 0.1)
    Desk.open(tmp_path / "a.desk").close()
    other = sqlite3.connect(tmp_path / "a.desk")
    other.execute("BEGIN EXCLUSIVE")
    with (
        Desk.open(tmp_path / "a.desk") as desk,
        pytest.raises(DeskError, match=r"another program has kept it locked"),
        desk.writer(made.V1) as writer,
    ):
        writer.store(made.report(), ())
    other.close()


def test_a_desk_by_its_url_is_the_same_desk(tmp_path: Path) -> None:
    report = made.report()
    with Desk.open(tmp_path / "a.desk") as desk, desk.writer(made.V1) as writer:
        writer.store(report, ())
    with Desk.open(f"sqlite:///{tmp_path / 'a.desk'}", create=False) as desk:
        assert list(desk.reports()) == [report]


def _make_at_once(where: str) -> None:
    made = "import sys; from trucewatch.desk import Desk; Desk.open(sys.argv[1]).close()"
    openers = [subprocess.Popen([sys.executable, "-c", made, where]) for _ in range(3)]
    assert [opener.wait(60) for opener in openers] == [0, 0, 0]
    with Desk.open(where, create=False) as desk:
        assert list(desk.reports()) == []


def test_several_can_make_the_same_file_a_desk_at_once(tmp_path: Path) -> None:
    _make_at_once(str(tmp_path / "shared.desk"))


def test_several_can_make_the_same_database_a_desk_at_once(postgres: Server) -> None:
    with postgres.fresh("template0") as url:
        _make_at_once(url)


def test_a_shared_database_is_a_desk_unless_a_table_of_another_has_a_name_of_ours(postgres: Server) -> None:
    for table, refused in (("songs", False), ("claims", True)):
        with postgres.fresh("template0") as url:
            postgres.execute(url, f"CREATE TABLE {table} (title TEXT)")
            if refused:
                with pytest.raises(DeskError, match=r"is no desk: it is a database of something else"):
                    Desk.open(url)
            else:
                Desk.open(url).close()


def test_a_server_that_is_not_there_is_one_line_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        Desk.open(f"postgresql://analyst:secret@/truce?host={tmp_path}")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "truce" in str(caught.value)


def test_a_desk_goes_on_where_its_server_ended_the_connections_that_nobody_used(postgres: Server) -> None:
    with postgres.fresh() as url, Desk.open(url) as desk:
        with desk.writer(made.V1) as writer:
            writer.store(made.report("Shells fell on Saraqib.", title=None), ())
        ending = "SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity"
        postgres.execute(url, f"{ending} WHERE datname = current_database() AND pid <> pg_backend_pid()")
        assert len(list(desk.reports())) == 1


def test_tables_of_ours_have_no_name_of_postgresql_kept_for_itself() -> None:
    quoted = [name for table in metadata.sorted_tables for name in _quoted(table)]
    assert quoted == []


def _is_of_the_schema(name: str | None, kind: str, parents: object) -> bool:
    """The search index is no plain table, and another one in each database."""
    return kind != "table" or not str(name).startswith("report_words")


def _quoted(table: sql.Table) -> list[str]:
    prepare = postgresql.dialect().identifier_preparer
    names = [table.name, *(column.name for column in table.columns)]
    return [name for name in names if prepare.quote(name).startswith('"')]


def test_an_empty_file_that_is_looked_at_stays_empty(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(DeskError, match="is empty"):
        Desk.open(empty, create=False)
    assert empty.read_bytes() == b""


def test_a_desk_that_too_many_ask_at_once_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Desk.open(tmp_path / "a.desk") as desk, contextlib.ExitStack() as others:
        monkeypatch.setattr(desk._engine.pool, "_timeout", 0.05)
        with pytest.raises(DeskError, match="too many ask it at once"):
            all(others.enter_context(desk.news()) for _ in range(1000))
