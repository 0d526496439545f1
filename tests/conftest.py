"""What all tests share."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql
from hypothesis import settings

from tests.postgres import Server, started
from trucewatch.desk import Desk, opening

DATABASES = ["sqlite", "postgresql"]

# The time that one example takes says nothing on a busy machine. In continuous integration the examples are the same
# each time, so that what fails there fails again; elsewhere they are new ones each time.
settings.register_profile("steady", deadline=None, max_examples=25, derandomize="CI" in os.environ)
settings.load_profile("steady")


# Tests start the program some hundred times: where no bytecode may be written, each start would compile all that it needs.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Where a shell runs the tests in the background, they ignore Ctrl-C, and so would the processes that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Tests and what they import live to the end: that the collector looks at them again and again takes a tenth of all the time.
gc.disable()


def pytest_collection_finish() -> None:
    """Let the collector look at what tests make, and at nothing else."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files of sentences last: each takes a moment, so that processes that share the files end together.

    Skip what is marked as slow, which takes again what a quicker test takes, in other languages and sizes: not in continuous
    integration, nor where the call says what it wants (``-m slow``).
    """
    items.sort(key=lambda item: item.path.parent.name in ("claims", "codebook"))
    if "CI" not in os.environ and not config.option.markexpr:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: continuous integration and `pytest -m slow` run it"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL. Where none can be started, tests that need one are skipped, but not in continuous integration.

    Once it runs, whatever fails is a fault of ours, and no reason to skip.
    """
    with contextlib.ExitStack() as until_the_end:
        try:
            folder = until_the_end.enter_context(started())
        except Exception as error:
            if "CI" in os.environ:
                raise
            pytest.skip(f"no PostgreSQL could be started: {type(error).__name__}: {error}")
        server = Server(folder)
        yield server
        server.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with nothing on it, to be copied: to make one anew takes twenty times as long."""
    path = tmp_path_factory.mktemp("empty") / "empty.desk"
    Desk.open(path).close()
    return path


@pytest.fixture(scope="session", autouse=True)
def _desks_without_alembic(empty: Path) -> Iterator[None]:
    """Give each new file the schema that the migrations have made once, in their place in the transaction.

    Alembic takes a tenth of a second for it. Older desks, PostgreSQL and what runs in processes of its own are migrated.
    """
    migrate = opening._migrate
    with contextlib.closing(sqlite3.connect(empty)) as made:
        rows = made.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        version = made.execute(f"SELECT * FROM {opening.VERSION_TABLE}").fetchone()[0]
    searched = tuple(f"{name}_" for name, words in rows if words.startswith("CREATE VIRTUAL"))
    statements = [words for name, words in rows if not name.startswith(searched)]

    def fill(connection: sql.Connection) -> None:
        if connection.dialect.name != "sqlite" or sql.inspect(connection).get_table_names():
            migrate(connection)
            return
        for statement in (*statements, f"INSERT INTO {opening.VERSION_TABLE} VALUES ('{version}')"):
            connection.exec_driver_sql(statement)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "_migrate", fill)
        yield


@contextlib.contextmanager
def fresh(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where an empty desk is: a real file, or a database of a real server."""
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("empty"), folder / "test.desk"))
        return
    with request.getfixturevalue("postgres").fresh() as url:
        yield url


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty desk is."""
    with fresh(request, tmp_path) as where:
        yield where


@pytest.fixture
def either(place: str) -> Iterator[Desk]:
    """An empty desk on each of the two databases."""
    with Desk.open(place) as opened:
        yield opened


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Desk]:
    """An empty desk in a file."""
    with Desk.open(shutil.copy(empty, tmp_path / "test.desk")) as opened:
        yield opened


@pytest.fixture(scope="module", params=DATABASES)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that the tests of a module share; what one puts on it, the others find."""
    with fresh(request, tmp_path_factory.mktemp("lasting")) as where, Desk.open(where) as opened:
        yield opened
