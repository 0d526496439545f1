"""What a desk gives away by a key in an address: feeds, embedded views, and hooks that are sent what is new.

Rows are added and never changed: what was made, what was ended, and each try of a hook. The desk keeps the SHA-256 of
a key and never the key; a hook's secret it must keep, for it signs with it.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.opening import Transactions
from trucewatch.desk.schema import Moment, metadata, nested, number
from trucewatch.errors import DeskError
from trucewatch.nouns import Noun

shares = sql.Table(
    "shares",
    metadata,
    number(),
    sql.Column("key", sql.String(64), nullable=False, unique=True),
    sql.Column("kind", sql.String, nullable=False),
    sql.Column("by", sql.String, nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("content", nested(), nullable=False),
)
share_ends = sql.Table(
    "share_ends",
    metadata,
    sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), primary_key=True, autoincrement=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("by", sql.String),
    sql.Column("why", sql.Text, nullable=False),
)
hook_tries = sql.Table(
    "hook_tries",
    metadata,
    number(),
    sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), nullable=False, index=True),
    sql.Column("at", Moment, nullable=False),
    sql.Column("outcome", sql.String, nullable=False),
    sql.Column("coding", sql.Integer, nullable=False),
    sql.Column("judgement", sql.Integer, nullable=False),
    sql.Column("incidents", sql.Integer, nullable=False),
    sql.Column("said", sql.Text, nullable=False),
)


class ShareKind(enum.StrEnum):
    """What is given away."""

    FEED = "feed"
    EMBED = "embed"
    HOOK = "hook"


class TryOutcome(enum.StrEnum):
    """What became of a batch; the first row of a hook says where it starts."""

    STARTS = "starts"
    BEGUN = "begun"
    """It is being sent, or whoever sent it was stopped."""
    FAILED = "failed"
    DELIVERED = "delivered"
    PASSED = "passed"
    """Nothing in it was of the hook's filter, so that nothing was sent."""


DONE = frozenset({TryOutcome.STARTS, TryOutcome.DELIVERED, TryOutcome.PASSED})
"""After these the next batch begins where this one ended."""


class Share(Noun):
    """One thing that is given away, and its end."""

    number: int
    kind: ShareKind
    by: str
    at: dt.datetime
    content: dict[str, Any]
    """What a kind takes: the query of a view, a note, sites, a URL, a secret."""
    ended: dt.datetime | None = None
    ended_by: str | None = None
    """None where it ended by itself."""
    why: str = ""


class Try(Noun):
    """One step of a hook: what was to be sent, up to which coding and judgement, and what became of it."""

    share: int
    at: dt.datetime
    outcome: TryOutcome
    coding: int
    judgement: int
    incidents: int = 0
    said: str = ""
    """What the other server answered, or why it could not be asked."""


class Shares(Transactions):
    """What a desk gives away. Each method is a transaction of its own."""

    def make(self, share: Share, key: str) -> int:
        """Keep a new share (its ``number`` is not looked at) under the SHA-256 of its key; its number."""
        row = {"key": key, "kind": share.kind.value, "by": share.by, "at": share.at, "content": share.content}
        with self._writing() as connection:
            made = connection.execute(sql.insert(shares).returning(shares.c.number), row)
            return int(made.scalar_one())

    def end(self, number: int, now: dt.datetime, by: str | None, why: str = "") -> None:
        """End a share; one that has ended stays as it is."""
        with self._writing() as connection:
            known = connection.execute(sql.select(share_ends.c.share).where(share_ends.c.share == number)).first()
            if known is None:
                connection.execute(sql.insert(share_ends), {"share": number, "at": now, "by": by, "why": why})

    def every(self, kind: ShareKind | None = None) -> list[Share]:
        """All shares of a kind (of all), the newest first, ended ones too."""
        query = _QUERY.order_by(shares.c.number.desc())
        if kind is not None:
            query = query.where(shares.c.kind == kind.value)
        return self._all(Share, query)

    def share(self, number: int) -> Share:
        """The share of a number. Raises DeskError."""
        found = self._first(Share, _QUERY.where(shares.c.number == number))
        if found is None:
            raise DeskError(f"nothing of the number {number} is given away")
        return found

    def keyed(self, key: str, kind: ShareKind) -> Share | None:
        """The share of this kind whose key has this SHA-256; None where there is none, or it was ended."""
        its = (shares.c.key == key, shares.c.kind == kind.value)
        return self._first(Share, _QUERY.where(*its, share_ends.c.share.is_(None)))

    def note(self, made: Try) -> None:
        """Add a step of a hook."""
        with self._writing() as connection:
            connection.execute(sql.insert(hook_tries), _plain(made))

    def begin(self, made: Try, since: dt.datetime) -> bool:
        """Add that a batch is being sent; False, and nothing added, where another sender began one since a moment."""
        with self._writing() as connection:
            last = connection.execute(_tries(made.share).limit(1)).mappings().first()
            if last is not None and last["outcome"] == TryOutcome.BEGUN.value and last["at"] > since:
                return False
            connection.execute(sql.insert(hook_tries), _plain(made))
            return True

    def tries(self, share: int, shown: int = 40) -> list[Try]:
        """The last steps of a hook, the newest first."""
        return self._all(Try, _tries(share).limit(shown))

    def done(self, share: int) -> Try | None:
        """The last step of a hook after which the next batch begins."""
        return self._first(Try, _tries(share).where(hook_tries.c.outcome.in_([one.value for one in DONE])))


_QUERY: Any = sql.select(
    shares,
    share_ends.c.at.label("ended"),
    share_ends.c.by.label("ended_by"),
    sql.func.coalesce(share_ends.c.why, "").label("why"),
).outerjoin(share_ends, share_ends.c.share == shares.c.number)


def _tries(share: int) -> sql.Select[Any]:
    return sql.select(hook_tries).where(hook_tries.c.share == share).order_by(hook_tries.c.number.desc())


def _plain(made: Try) -> dict[str, Any]:
    return rows.plain(made) | {"outcome": made.outcome.value}
