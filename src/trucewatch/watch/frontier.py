"""What is known of the addresses that are watched, in a SQLite file beside the desk: those that wait, were given on to be
read, are done (what came of them is on the desk), or failed.

Every change is on the disk at once, so that a watch that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from trucewatch.errors import DeskError
from trucewatch.nouns import Noun

_VERSION = 1
_SCHEMA = """
CREATE TABLE addresses (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    source TEXT NOT NULL,
    is_list INTEGER NOT NULL,
    state TEXT NOT NULL,
    due REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    hops INTEGER NOT NULL DEFAULT 0,
    listed TEXT,
    stamp TEXT,
    etag TEXT,
    modified TEXT,
    reason TEXT
);
CREATE INDEX addresses_next ON addresses (host, state, is_list DESC, number);
CREATE INDEX addresses_due ON addresses (host, state, due);
CREATE INDEX addresses_lists ON addresses (is_list) WHERE is_list;
CREATE TABLE hosts (host TEXT PRIMARY KEY, ready REAL NOT NULL DEFAULT 0, robots TEXT, checked REAL NOT NULL DEFAULT 0);
"""
_OF_LOOK = "state = 'waiting' AND (NOT is_list OR tries > 0 OR due <= ?)"
"""What belongs to a look that began at that time: a list that was read in it waits for the next one."""
_ROW = "url, host, source, is_list, tries, hops, listed, stamp, etag, modified"


class Address(Noun):
    """An address that is to be visited."""

    url: str
    host: str
    source: str
    """The name of the source that lists it."""
    is_list: bool = False
    """Whether it is itself a list: a feed or a sitemap."""
    tries: int = 0
    hops: int = 0
    """Redirects, or lists of lists, that led to it."""
    listed: dt.date | None = None
    """The date that the list gives."""
    stamp: str | None = None
    """When it was last changed, in the list's words."""
    etag: str | None = None
    modified: str | None = None


class Host(Noun):
    """What is known of a host; times in seconds since 1970."""

    ready: float = 0.0
    """Before that it is not to be asked again."""
    robots: str | None = None
    """Its robots.txt: "" where it has none, None where it was never asked for."""
    checked: float = 0.0
    """When it was asked for."""


_SAID = {
    "database is locked": "another watch is at work on it",
    "unable to open database file": "no file can be made or opened there",
}
"""What SQLite says, and what it means of a frontier."""


class Frontier:
    """The addresses of one watch. Raises DeskError where its file cannot be used."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        with self._reported():
            self._sql = sqlite3.connect(path, timeout=0.5, isolation_level=None)
            self._sql.row_factory = sqlite3.Row
            try:
                self._take()
            except BaseException:
                self._sql.close()
                raise

    def _take(self) -> None:
        """Have the file for this watch alone, in this version's form."""
        # The lock is held to the end: two watches at work on one frontier would visit everything twice.
        self._sql.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = NORMAL")
        self._sql.execute("BEGIN IMMEDIATE")
        version = self._sql.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise DeskError(f"{self._path} was made by a newer Trucewatch")
        if version == 0:
            if self._sql.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise DeskError(f"{self._path} is no frontier of a watch: it is a database of something else")
            for statement in _SCHEMA.split(";\n"):
                self._sql.execute(statement)
            self._sql.execute(f"PRAGMA user_version = {_VERSION}")
        # What was given on when the last watch was stopped may not have reached the desk.
        self._sql.execute("UPDATE addresses SET state = 'waiting' WHERE state = 'given'")
        self._sql.execute("COMMIT")

    def __enter__(self) -> Frontier:
        return self

    def __exit__(self, *_: object) -> None:
        self._sql.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise DeskError(f"{self._path}: {_SAID.get(str(error), error)}") from error
        except sqlite3.Error as error:
            raise DeskError(f"{self._path} is no frontier of a watch: {error}") from error

    def add(self, addresses: Iterable[Address], now: float) -> int:
        """Put addresses down to be visited; how many are new. One that is known waits again only where its stamp is new."""
        new = 0
        with self._reported(), self._sql:
            self._sql.execute("BEGIN")
            for one in addresses:
                known = self._sql.execute("SELECT stamp FROM addresses WHERE url = ?", (one.url,)).fetchone()
                self._sql.execute("INSERT INTO hosts (host) VALUES (?) ON CONFLICT DO NOTHING", (one.host,))
                if known is None:
                    listed = one.listed.isoformat() if one.listed else None
                    self._sql.execute(
                        "INSERT INTO addresses (url, host, source, is_list, state, due, hops, listed, stamp)"
                        " VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?)",
                        (one.url, one.host, one.source, one.is_list, now, one.hops, listed, one.stamp),
                    )
                elif one.stamp is not None and known[0] != one.stamp:
                    self._sql.execute(
                        "UPDATE addresses SET state = 'waiting', due = ?, tries = 0, stamp = ? WHERE url = ?",
                        (now, one.stamp, one.url),
                    )
                new += known is None
        return new

    def next(self, host: str, now: float, began: float) -> Address | None:
        """What a host is to be asked for next, of what belongs to a look and is due: lists first, then what came first."""
        # The "+" keeps the database from sorting all that is due: the first in the order of the other index will do.
        row = self._one(
            f"SELECT {_ROW} FROM addresses WHERE host = ? AND +due <= ? AND {_OF_LOOK} ORDER BY is_list DESC, number LIMIT 1",
            host,
            now,
            began,
        )
        return None if row is None else msgspec.convert(dict(row), Address, strict=False)

    def hosts(self) -> list[str]:
        """The hosts of what waits."""
        waits = "SELECT 1 FROM addresses WHERE addresses.host = hosts.host AND state = 'waiting'"
        with self._reported():
            return [row[0] for row in self._sql.execute(f"SELECT host FROM hosts WHERE EXISTS ({waits})")]

    def due(self, began: float = float("inf"), but: Collection[str] = ()) -> float | None:
        """When something is to be done next, in a look or at all, hosts set aside; in seconds since 1970, or None."""
        soonest = f"SELECT min(due) FROM addresses WHERE addresses.host = hosts.host AND {_OF_LOOK}"
        with self._reported():
            rows = self._sql.execute(f"SELECT host, ready, ({soonest}) FROM hosts", (began,)).fetchall()
        return min((max(ready, due) for host, ready, due in rows if due is not None and host not in but), default=None)

    def is_settled(self, url: str) -> bool:
        """Whether what came of an address, a report or a failure, is on the desk."""
        return self._one("SELECT 1 FROM addresses WHERE url = ? AND state IN ('done', 'failed')", url) is not None

    def waiting(self) -> int:
        """How many reports wait, and lists that did not answer and are to be tried again."""
        row = self._one("SELECT count(*) FROM addresses WHERE state = 'waiting' AND (NOT is_list OR tries > 0)")
        return row[0] if row else 0

    def give(self, url: str) -> None:
        """An address was visited, and what came of it is on its way to the desk."""
        self._run("UPDATE addresses SET state = 'given' WHERE url = ?", url)

    def settle(self, address: Address, reason: str | None = None) -> None:
        """What came of an address is on the desk; ``reason``: why that is a failure."""
        self._run(
            "INSERT INTO addresses (url, host, source, is_list, state, due, etag, modified, reason)"
            " VALUES (?, ?, ?, 0, ?, 0, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET state = excluded.state, tries = 0,"
            " etag = excluded.etag, modified = excluded.modified, reason = excluded.reason",
            address.url,
            address.host,
            address.source,
            "done" if reason is None else "failed",
            address.etag,
            address.modified,
            reason,
        )

    def seen(self, address: Address, due: float) -> None:
        """A list was read, or could not be; when to look again."""
        self._run(
            "UPDATE addresses SET tries = 0, etag = ?, modified = ?, due = ? WHERE url = ?",
            address.etag,
            address.modified,
            due,
            address.url,
        )

    def later(self, url: str, due: float, tries: int) -> None:
        """An address is to be tried again."""
        self._run("UPDATE addresses SET due = ?, tries = ? WHERE url = ?", due, tries, url)

    def keep_lists(self, roots: Collection[str], sources: Collection[str]) -> None:
        """Forget lists that are watched no more: those named in the file by address, those that they named by source."""
        with self._reported():
            found = self._sql.execute("SELECT url, source, hops FROM addresses WHERE is_list").fetchall()
        for url, source, hops in found:
            if source not in sources or (hops == 0 and url not in roots):
                self._run("DELETE FROM addresses WHERE url = ?", url)

    def host(self, host: str) -> Host:
        """What is known of a host."""
        row = self._one("SELECT ready, robots, checked FROM hosts WHERE host = ?", host)
        return Host() if row is None else Host(**row)

    def rest(self, host: str, ready: float) -> None:
        """A host is not asked again before ``ready``."""
        self._run(
            "INSERT INTO hosts (host, ready) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET ready = excluded.ready",
            host,
            ready,
        )

    def ruled(self, host: str, robots: str, checked: float) -> None:
        """What a host's robots.txt says."""
        self._run(
            "INSERT INTO hosts (host, ready, robots, checked) VALUES (?, 0, ?, ?)"
            " ON CONFLICT (host) DO UPDATE SET robots = excluded.robots, checked = excluded.checked",
            host,
            robots,
            checked,
        )

    def _one(self, statement: str, *values: object) -> sqlite3.Row | None:
        with self._reported():
            row: sqlite3.Row | None = self._sql.execute(statement, values).fetchone()
            return row

    def _run(self, statement: str, *values: object) -> None:
        with self._reported():
            self._sql.execute(statement, values)
