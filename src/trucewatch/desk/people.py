"""The people of a desk: accounts, sessions, visits, and the log of what they did.

Accounts and sessions are no facts of the war: they change, and a password that was replaced is gone. The log is one:
its rows are added and never changed.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import secrets

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from trucewatch.desk import rows
from trucewatch.desk.opening import Transactions
from trucewatch.desk.schema import Moment, metadata, now, number
from trucewatch.errors import DeskError
from trucewatch.nouns import Noun

people = sql.Table(
    "people",
    metadata,
    sql.Column("name", sql.String, primary_key=True),
    sql.Column("role", sql.String, nullable=False),
    sql.Column("password", sql.Text),
    sql.Column("subject", sql.Text, unique=True),
    sql.Column("opened", Moment, nullable=False),
    sql.Column("closed", Moment),
)
sessions = sql.Table(
    "sessions",
    metadata,
    sql.Column("key", sql.String(64), primary_key=True),
    sql.Column("person", sql.String, sql.ForeignKey("people.name"), nullable=False, index=True),
    sql.Column("kind", sql.String, nullable=False),
    sql.Column("note", sql.Text, nullable=False),
    sql.Column("begun", Moment, nullable=False),
    sql.Column("seen", Moment, nullable=False),
    sql.Column("ends", Moment, nullable=False),
)
visits = sql.Table(
    "visits",
    metadata,
    sql.Column("person", sql.String, primary_key=True),
    sql.Column("last", Moment, nullable=False),
    sql.Column("before", Moment),
)
acts = sql.Table(
    "acts",
    metadata,
    number(),
    sql.Column("at", Moment, nullable=False),
    sql.Column("person", sql.String, index=True),
    sql.Column("act", sql.String, nullable=False),
    sql.Column("about", sql.Text, nullable=False),
    sql.Column("outcome", sql.Integer, nullable=False),
    sql.Column("address", sql.String, nullable=False),
)

IDLE = dt.timedelta(hours=12)
"""A browser's session ends when it was not used for so long."""
PAUSE = dt.timedelta(minutes=30)
"""Who comes back after a longer one is on a new visit."""
_SEEN = dt.timedelta(minutes=1)
"""The last use of a session is kept to the minute, so that not every page view has to write."""


class Role(enum.StrEnum):
    """What a person may do: look; also judge and upload; also see to people."""

    READER = "reader"
    CODER = "coder"
    LEAD = "lead"

    def covers(self, needed: Role) -> bool:
        """Whether one of this role may do what another role may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Person(Noun):
    """One who has, or had, an account."""

    name: str
    role: Role
    opened: dt.datetime | None = None
    closed: dt.datetime | None = None
    """When the account was closed; nobody comes in by it since."""
    subject: str | None = None
    """Whom an OpenID provider knows as this person: its issuer, a blank, and its name for the person."""


class Session(Noun):
    """A browser that is signed in, or a program that carries a token."""

    key: str
    """What ``hashed`` makes of what the browser holds: whoever reads the desk cannot come in by it."""
    person: str
    begun: dt.datetime
    seen: dt.datetime
    ends: dt.datetime
    kind: str = "browser"
    """``browser``, or ``token``: the latter does not end by not being used."""
    note: str = ""


class Act(Noun):
    """One thing that somebody did, or tried to do."""

    at: dt.datetime
    act: str
    """``POST /incidents/{id}/merge``, ``sign in``, ``person add`` ..."""
    person: str | None = None
    about: str = ""
    outcome: int = 200
    """An HTTP status."""
    address: str = ""
    """Where it came from; empty for the command line."""


class People(Transactions):
    """The people of a desk. Each method is a transaction of its own; what is refused raises DeskError."""

    def every(self) -> list[Person]:
        """All accounts, by name, closed ones too."""
        return self._all(Person, sql.select(people).order_by(people.c.name))

    def person(self, name: str) -> Person:
        """The account of a name."""
        with self._reading() as connection:
            return rows.record(Person, _found(connection, name))

    def secret(self, name: str) -> str | None:
        """The hash of somebody's password; None for one who has none, or whose account is closed or not there."""
        query = sql.select(people.c.password).where(people.c.name == name, people.c.closed.is_(None))
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def of_subject(self, subject: str) -> Person | None:
        """The open account that an OpenID provider's subject is bound to."""
        return self._first(Person, sql.select(people).where(people.c.subject == subject, people.c.closed.is_(None)))

    def add(self, person: Person, password: str | None, now: dt.datetime) -> None:
        """Open an account; ``password`` is a hash. A name is given once."""
        with self._writing() as connection:
            if connection.execute(sql.select(people.c.name).where(people.c.name == person.name)).first():
                raise DeskError(f"there is an account of the name {person.name!r} already")
            row = {"name": person.name, "role": person.role.value, "subject": person.subject}
            connection.execute(sql.insert(people), {**row, "password": password, "opened": now})

    def change(self, name: str, **fields: str | dt.datetime | None) -> None:
        """Change ``role``, ``password`` (a hash), ``subject`` or ``closed``; a new password or an end ends all sessions.

        The last open account of a lead stays one.
        """
        with self._writing() as connection:
            _found(connection, name)
            connection.execute(sql.update(people).where(people.c.name == name).values(fields))
            open_leads = sql.select(people.c.name).where(people.c.role == Role.LEAD.value, people.c.closed.is_(None))
            if {"role", "closed"} & fields.keys() and connection.execute(open_leads).first() is None:
                raise DeskError(f"{name} is the only lead; name another first")
            if {"password", "closed"} & fields.keys():
                connection.execute(sql.delete(sessions).where(sessions.c.person == name))

    def issue(self, name: str, lasts: dt.timedelta, kind: str = "browser", note: str = "") -> str:
        """Begin a session of somebody: its key, which is told once."""
        key, start = secrets.token_urlsafe(32), now()
        self.begin(
            Session(key=hashed(key), person=name, kind=kind, note=note, begun=start, seen=start, ends=start + lasts)
        )
        return key

    def begin(self, session: Session) -> None:
        """Keep a session, and drop those that are over."""
        with self._writing() as connection:
            connection.execute(sql.delete(sessions).where(sessions.c.ends <= session.begun))
            connection.execute(sql.insert(sessions), rows.plain(session))

    def known(self, key: str, now: dt.datetime) -> Person | None:
        """Whose session this is; None where it is over, or the account is closed."""
        query = (
            sql.select(people, sessions.c.seen)
            .join(sessions, sessions.c.person == people.c.name)
            .where(sessions.c.key == key, sessions.c.ends > now, people.c.closed.is_(None))
            .where(sql.or_(sessions.c.kind == "token", sessions.c.seen > now - IDLE))
        )
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        if now - row["seen"] > _SEEN:
            self._note(sql.update(sessions).where(sessions.c.key == key).values(seen=now))
        return rows.record(Person, row)

    def sessions_of(self, name: str, now: dt.datetime) -> list[Session]:
        """Where somebody is signed in, the newest first."""
        query = sql.select(sessions).where(sessions.c.person == name, sessions.c.ends > now)
        return self._all(Session, query.order_by(sessions.c.seen.desc()))

    def end(self, key: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute(sql.delete(sessions).where(sessions.c.key == key))

    def end_all(self, name: str) -> None:
        """End all sessions of a person, and tokens too."""
        with self._writing() as connection:
            connection.execute(sql.delete(sessions).where(sessions.c.person == name))

    def visit(self, name: str, now: dt.datetime) -> dt.datetime | None:
        """Note that somebody is here; when the visit before this one ended, None on the first."""
        query = sql.select(visits).where(visits.c.person == name)
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        before: dt.datetime | None = None
        if row is not None:
            before = row["last"] if now - row["last"] > PAUSE else row["before"]
        if row is None or now - row["last"] >= _SEEN:
            self._note(_visited(self._engine.dialect.name, {"person": name, "last": now, "before": before}))
        return before

    def log(self, act: Act) -> None:
        """Add a row to the log."""
        with self._writing() as connection:
            connection.execute(sql.insert(acts), rows.plain(act))

    def acts(self, person: str | None = None, before: int | None = None, shown: int = 100) -> list[tuple[int, Act]]:
        """The log with its numbers, the newest first: of one person, and older than a number, where these are given."""
        query = sql.select(acts).order_by(acts.c.number.desc()).limit(shown)
        if person is not None:
            query = query.where(acts.c.person == person)
        if before is not None:
            query = query.where(acts.c.number < before)
        with self._reading() as connection:
            found = connection.execute(query).mappings()
            return [(row["number"], rows.record(Act, row)) for row in found]


def hashed(key: str) -> str:
    """What is kept of a key, in hex."""
    return hashlib.sha256(key.encode()).hexdigest()


def name_fault(name: str) -> str:
    """What is wrong with the name of an account; empty where nothing is."""
    fits = 0 < len(name) <= 100 and name.isprintable() and name == name.strip() and "/" not in name
    return "" if fits else "A name has up to 100 letters, and no slash."


def _visited(dialect: str, row: dict[str, str | dt.datetime | None]) -> sql.Executable:
    """Keeps a visit, the first or a later one: two pages of one person may come at once."""
    insert = sqlite.insert(visits) if dialect == "sqlite" else postgresql.insert(visits)
    return insert.values(row).on_conflict_do_update(index_elements=[visits.c.person], set_=row)


def _found(connection: sql.Connection, name: str) -> sql.RowMapping:
    row = connection.execute(sql.select(people).where(people.c.name == name)).mappings().first()
    if row is None:
        raise DeskError(f"there is no account of the name {name!r}")
    return row
