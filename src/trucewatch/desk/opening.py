"""A path or URL to a database that is a desk of this version: connecting, checking, migrating."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from trucewatch.desk import rows
from trucewatch.desk.schema import APPLICATION, HEAD, VERSION_TABLE, metadata
from trucewatch.errors import DeskError, MissingExtraError, WrongCallError
from trucewatch.nouns import Noun

_Record = TypeVar("_Record", bound=Noun)

MIGRATIONS = Path(__file__).with_name("migrations")
WAIT = 120.0
"""Seconds to wait for another process that is writing: for as long as one may that makes a large desk's incidents again."""
_AT_ONCE = 40
"""Connections that a desk keeps: as many as the web server has threads, so that none waits for another's."""
OLDEST = (3, 34)
"""The SQLite that first had an index of trigrams."""
_LOCK = APPLICATION
"""What writers to one PostgreSQL database take turns by; readers don't ask for it."""
_REFUSED = {
    "file is not a database": "this is no desk: it is not an SQLite file",
    "database is locked": f"another program has kept it locked for {WAIT:.0f} seconds; try again when that is done",
    "attempt to write a readonly database": "it cannot be written: the file or its disk is read-only",
    "unable to open database file": "it cannot be opened: its folder, too, must be one that you may write in",
    "database or disk is full": "the disk is full",
    "disk I/O error": "its disk is full, or fails",
}
"""What SQLite says, and what it means of a desk."""
_UNFIT = "a character or a number is none that a desk can hold, or look for"


def connect(where: str, *, create: bool) -> sql.Engine:
    """An engine on the desk at ``where``, brought up to this version's schema.

    Raises DeskError where there is no desk and ``create`` is false, or where it is no desk or a newer one, and
    WrongCallError where ``where`` is neither a path nor the URL of a database that can be one.
    """
    url = _url(where)
    where = shown(where)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and "uri" not in url.query:
        path = Path(url.database or "")
        _look(path, where, create)
        if _is_sealed(path):
            url = url.set(database=path.absolute().as_uri(), query={"immutable": "1", "uri": "true"})
    try:
        engine = _engine(url, sqlite)
    except ModuleNotFoundError as error:
        raise MissingExtraError("a desk on PostgreSQL needs a driver: pip install 'trucewatch[postgres]'") from error
    if sqlite:
        if sqlite3.sqlite_version_info < OLDEST:
            raise DeskError(f"a desk needs SQLite {'.'.join(map(str, OLDEST))} or newer, not {sqlite3.sqlite_version}")
        sql.event.listen(engine, "connect", _prepare)
    sql.event.listen(engine, "begin", _begin_sqlite if sqlite else _begin)
    sql.event.listen(engine, "handle_error", _refuse)
    try:
        with reported(where):
            _bring_up(engine, where, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def shown(where: str) -> str:
    """A desk's path or URL as it may be shown: without a password."""
    return sql.make_url(where).render_as_string() if "://" in where else where


def writing(engine: sql.Engine, *, waits: bool = True) -> contextlib.AbstractContextManager[sql.Connection]:
    """A transaction that alone may write from its start, so that what it reads stays true until it ends.

    So rows get their numbers in the order in which they become visible to others, which `derive` counts on. One that
    does not wait raises Busy where another is writing.
    """
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
    return engine.execution_options(desk_writes=True, desk_waits=waits, **level).begin()


def copy(engine: sql.Engine, where: str, to: Path) -> None:
    """Make a file that is the whole desk, one in a file, as it is now, whoever writes on it meanwhile. Raises DeskError."""
    try:
        to.open("xb").close()
    except OSError as error:
        raise DeskError(f"{to} cannot be made: {error.strerror or error}") from error
    try:
        with reported(where), engine.connect() as connection, contextlib.closing(sqlite3.connect(to)) as made:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # for the type checker
            source.backup(made)
    except BaseException as error:
        to.unlink()
        if isinstance(error, sqlite3.Error):
            raise DeskError(f"{to} cannot be written: {error}") from error
        raise


@contextlib.contextmanager
def reported(where: str) -> Iterator[None]:
    """Turn what the database refuses into one clear line."""
    try:
        yield
    except DataError as error:
        raise WrongCallError(_UNFIT) from error
    except DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        raise DeskError(f"desk {where}: {_REFUSED.get(said, said)}") from error
    except NoneFree as error:
        raise DeskError(f"desk {where}: too many ask it at once; try again in a moment") from error


class Busy(Exception):
    """Somebody else is writing."""


class Transactions:
    """A desk's database, a transaction at a time; what it refuses is a DeskError."""

    def __init__(self, engine: sql.Engine, where: str) -> None:
        self._engine = engine
        self.where = where
        """Its path or URL (a password in it is not shown)."""

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sql.Connection]:
        with reported(self.where), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sql.Connection]:
        with reported(self.where), writing(self._engine) as connection:
            yield connection

    def _all(self, kind: type[_Record], query: sql.Select[Any]) -> list[_Record]:
        """What a query finds, as records whose fields are its columns."""
        with self._reading() as connection:
            return [rows.record(kind, row) for row in connection.execute(query).mappings()]

    def _first(self, kind: type[_Record], query: sql.Select[Any]) -> _Record | None:
        """The first that a query finds."""
        return next(iter(self._all(kind, query.limit(1))), None)

    def _note(self, statement: sql.Executable) -> None:
        """Write what need not be exact, unless somebody else is writing, or nobody can: no reader waits for that, or is refused."""
        with (
            contextlib.suppress(Busy, DeskError),
            reported(self.where),
            writing(self._engine, waits=False) as connection,
        ):
            connection.execute(statement)


def _engine(url: sql.URL, sqlite: bool) -> sql.Engine:
    # A reader sees one moment of the desk; SQLite does so by itself.
    level: dict[str, Any] = {} if sqlite else {"isolation_level": "REPEATABLE READ"}
    plain = {"json_serializer": _json, "json_deserializer": msgspec.json.decode}
    # A server that was started again, or a firewall, ends connections that nobody uses: each is asked before its use.
    return sql.create_engine(url, pool_size=_AT_ONCE, pool_pre_ping=not sqlite, **plain, **level)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _url(where: str) -> sql.URL:
    if "://" not in where and not where.startswith(("postgres:", "postgresql:")):
        return sql.URL.create("sqlite", database=where)
    try:
        url = sql.make_url(where)
    except (ArgumentError, ValueError) as error:
        raise WrongCallError("the desk's URL is none: write postgresql://USER@HOST/DATABASE, or a path") from error
    if url.get_backend_name() == "sqlite":
        if url.host or url.username:
            raise WrongCallError("the desk's URL is none: SQLite's has no host, write sqlite:///PATH")
        return url
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise WrongCallError(f"a desk is a file or a database postgresql://..., and no {url.drivername}")
    # "postgresql://" alone means psycopg 2 to SQLAlchemy; ours is its successor.
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _look(path: Path, where: str, create: bool) -> None:
    """Say what SQLite would not: why there is no desk at a path, and that none can be made there."""
    if not where.strip() or where.endswith("://"):
        raise WrongCallError("the desk's path is empty")
    if path.is_dir():
        raise DeskError(f"{where} is a folder; a desk is a file, say {path / 'trucewatch.desk'}")
    if not create and not path.exists():
        raise DeskError(f"there is no desk at {where}; `trucewatch read` makes one")
    if not path.parent.is_dir():
        raise DeskError(f"there is no folder {path.parent} to make the desk {path.name} in")


def _is_sealed(path: Path) -> bool:
    """Whether a desk is whole and lies on a disk that is mounted read-only: SQLite reads it there only if told that nobody writes."""
    log = Path(f"{path}-wal")
    is_whole = path.exists() and not (log.exists() and log.stat().st_size)
    return is_whole and hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # The driver would begin transactions by itself, but not before every statement; so it is told not to, and
    # `_begin` does it. `synchronous` stays FULL: a report that was said to be stored outlives a power cut.
    connection.isolation_level = None
    connection.execute(_patience(WAIT))
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # or REPLACE would pass by the triggers on DELETE


def _begin_sqlite(connection: sql.Connection) -> None:
    if not _option(connection, "desk_writes"):
        connection.exec_driver_sql("BEGIN")
    elif _option(connection, "desk_waits"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        _begin_at_once(connection)


def _patience(seconds: float) -> str:
    return f"PRAGMA busy_timeout = {int(seconds * 1000)}"


def _begin_at_once(connection: sql.Connection) -> None:
    connection.exec_driver_sql(_patience(0))
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        raise Busy from error
    finally:
        connection.exec_driver_sql(_patience(WAIT))


def _begin(connection: sql.Connection) -> None:
    # Its own statement, before any other: what is read after it is what the writer before has left.
    if not _option(connection, "desk_writes"):
        return
    if _option(connection, "desk_waits"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    elif not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_LOCK})").scalar():
        raise Busy


def _refuse(context: sql.ExceptionContext) -> None:
    """What a driver cannot even write into a statement is no error of the database to it."""
    if isinstance(context.original_exception, (OverflowError, UnicodeEncodeError)):
        raise WrongCallError(_UNFIT)


def _option(connection: sql.Connection, name: str) -> bool:
    return bool(connection.get_execution_options().get(name, False))


def _bring_up(engine: sql.Engine, where: str, create: bool) -> None:
    with engine.connect() as connection:
        version = _version(connection, where)
    if version == HEAD:
        return
    if version is None and not create:
        raise DeskError(f"{where} is no desk: it is empty; `trucewatch read` makes one")
    if engine.dialect.name == "sqlite":
        _mark(engine)
    with writing(engine) as connection:
        # Asked again, now that nobody else can write: another process may have brought it up meanwhile.
        if _version(connection, where) != HEAD:
            _migrate(connection)


def _version(connection: sql.Connection, where: str) -> str | None:
    """The desk's migration; None for an empty database. DeskError where it is no desk, or a newer one."""
    tables = set(sql.inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        # A server's database may be shared with other programs, unless a table of theirs is named as ours.
        others = tables if connection.dialect.name == "sqlite" else tables & set(metadata.tables)
        if others:
            raise DeskError(f"{where} is no desk: it is a database of something else")
        return None
    version = connection.execute(sql.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    if version is not None and version > HEAD:
        raise DeskError(
            f"{where} was made by a newer Trucewatch (schema {version}, known here {HEAD}); upgrade this one"
        )
    return None if version is None else str(version)


def _mark(engine: sql.Engine) -> None:
    """Say in the file's header what it is, and let readers go on while somebody writes."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
        raw.cursor().execute(f"PRAGMA application_id = {APPLICATION}")
    finally:
        raw.close()


def _migrate(connection: sql.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
