"""The tables of a desk, in SQL that SQLite and PostgreSQL both understand.

The tables of FACTS hold facts: rows are added and never changed (triggers of the migrations see to that). The
newest coding of a report holds its current claims; older ones stay. Those of DERIVED can be made from the facts
at any time, and are made again when the way of making them changes. A change here takes a migration.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql

HEAD = "0007"
"""The newest migration; a desk that names an unknown one is from a newer Trucewatch."""
VERSION_TABLE = "desk_version"
APPLICATION = 0x54525543
"""``PRAGMA application_id`` of an SQLite desk: "TRUC"."""

metadata = sql.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sql.types.TypeDecorator[dt.datetime]):
    """A point in time, UTC; SQLite keeps no zone, so it is taken off and put back."""

    impl = sql.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sql.Dialect) -> dt.datetime | None:
        """To UTC, for the database."""
        if value is None:
            return None
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: sql.Dialect) -> dt.datetime | None:
        """With its zone, from the database; PostgreSQL's driver gives that of the session."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


def now() -> dt.datetime:
    """The moment that is written beside what comes in."""
    return dt.datetime.now(dt.UTC)


def nested() -> sql.JSON[Any]:
    """A column for a list of strings or records."""
    return sql.JSON().with_variant(postgresql.JSONB(), "postgresql")


def number() -> sql.Column[int]:
    """The order in which rows came in; the key where a row has no id of its own."""
    return sql.Column("number", sql.Integer, primary_key=True, autoincrement=True)


runs = sql.Table(
    "runs",
    metadata,
    number(),
    sql.Column("code", sql.String, nullable=False),
    sql.Column("tables", sql.String, nullable=False),
    sql.Column("model", sql.String, nullable=False),
    sql.Column("started", Moment, nullable=False),
)

# Apart from `runs`, because a fact is never changed: a run without a row here was killed, or is at work.
run_ends = sql.Table(
    "run_ends",
    metadata,
    sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), primary_key=True, autoincrement=False),
    sql.Column("finished", Moment, nullable=False),
    sql.Column("stopped", sql.Boolean, nullable=False),
)

reports = sql.Table(
    "reports",
    metadata,
    number(),
    sql.Column("id", sql.String(16), nullable=False, unique=True),
    sql.Column("title", sql.Text),
    sql.Column("byline", sql.Text),
    sql.Column("outlet", sql.Text),
    sql.Column("original_outlet", sql.Text),
    sql.Column("published", sql.Date),
    sql.Column("original_published", sql.Date),
    sql.Column("language", sql.String, nullable=False),
    sql.Column("url", sql.Text),
    sql.Column("source", sql.Text),
    sql.Column("licence", sql.Text),
    sql.Column("regions", nested(), nullable=False),
    sql.Column("themes", nested(), nullable=False),
    sql.Column("series", nested(), nullable=False),
    sql.Column("media", nested(), nullable=False),
    sql.Column("notes", nested(), nullable=False),
    sql.Column("text", sql.Text, nullable=False),
    sql.Column("boilerplate", nested(), nullable=False),
)

codings = sql.Table(
    "codings",
    metadata,
    number(),
    sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
    sql.Column("report", sql.String(16), sql.ForeignKey("reports.id"), nullable=False, index=True),
    sql.Column("at", Moment, nullable=False),
    sql.UniqueConstraint("run", "report"),
)

claims = sql.Table(
    "claims",
    metadata,
    number(),
    sql.Column("coding", sql.Integer, sql.ForeignKey("codings.number"), nullable=False),
    sql.Column("id", sql.String, nullable=False, index=True),
    sql.Column("type", sql.String, nullable=False),
    sql.Column("mode", sql.String),
    sql.Column("status", sql.String, nullable=False),
    sql.Column("trigger_start", sql.Integer, nullable=False),
    sql.Column("trigger_end", sql.Integer, nullable=False),
    sql.Column("mentions", nested(), nullable=False),
    sql.Column("place_text", sql.Text),
    sql.Column("place_name", sql.Text),
    sql.Column("place_country", sql.String),
    sql.Column("place_lat", sql.Double),
    sql.Column("place_lon", sql.Double),
    sql.Column("place_precision", sql.String),
    sql.Column("place_gazetteer", sql.String, index=True),
    sql.Column("place_search", sql.Text, nullable=False),
    sql.Column("time_start", sql.Date, index=True),
    sql.Column("time_end", sql.Date),
    sql.Column("time_precision", sql.String),
    sql.Column("attributed_to", sql.Text),
    sql.Column("killed_low", sql.Integer),
    sql.Column("killed_high", sql.Integer),
    sql.Column("injured_low", sql.Integer),
    sql.Column("injured_high", sql.Integer),
    sql.Column("evidence", nested(), nullable=False),
    sql.UniqueConstraint("coding", "id"),
)

parties = sql.Table(
    "parties",
    metadata,
    sql.Column("claim", sql.Integer, sql.ForeignKey("claims.number"), primary_key=True, autoincrement=False),
    sql.Column("side", sql.String, primary_key=True),
    sql.Column("position", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("text", sql.Text, nullable=False),
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("country", sql.String, index=True),
    sql.Column("sector", sql.String),
    sql.Column("actor", sql.String, index=True),
    sql.Column("search", sql.Text, nullable=False),
)

failures = sql.Table(
    "failures",
    metadata,
    number(),
    sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("source", sql.Text, nullable=False, index=True),
    sql.Column("stage", sql.String, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
)

# A source that had failed and then was read: what `retry` need not read once more.
recoveries = sql.Table(
    "recoveries",
    metadata,
    number(),
    sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("source", sql.Text, nullable=False, index=True),
)

judgements = sql.Table(
    "judgements",
    metadata,
    number(),
    sql.Column("id", sql.String(12), nullable=False, unique=True),
    # The newest run when it was made: what came before and after it can be told apart without clocks.
    sql.Column("run", sql.Integer, sql.ForeignKey("runs.number")),
    sql.Column("ruling", sql.String, nullable=False),
    sql.Column("by", sql.Text, nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("claims", nested(), nullable=False),
    sql.Column("field", sql.String),
    sql.Column("value", sql.Text),
    sql.Column("undoes", sql.String(12)),
)

FACTS = (runs, run_ends, reports, codings, claims, parties, failures, recoveries, judgements)

# ---------------------------------------------------------------- derived

# One row: how, and from how many facts, the tables below were made; no row where nothing was made yet.
derivations = sql.Table(
    "derivations",
    metadata,
    sql.Column("version", sql.String, primary_key=True),
    sql.Column("coding", sql.Integer, nullable=False),
    sql.Column("judgement", sql.Integer, nullable=False),
)

prints = sql.Table(
    "prints",
    metadata,
    sql.Column("report", sql.String(16), primary_key=True),
    sql.Column("content", sql.LargeBinary, nullable=False),
)

print_keys = sql.Table(
    "print_keys",
    metadata,
    sql.Column("key", sql.String, primary_key=True),
    sql.Column("report", sql.String(16), primary_key=True),
    sqlite_with_rowid=False,
)

stories = sql.Table(
    "stories",
    metadata,
    sql.Column("id", sql.String(16), primary_key=True),
    sql.Column("outlet", sql.Text),
)

story_reports = sql.Table(
    "story_reports",
    metadata,
    sql.Column("report", sql.String(16), primary_key=True),
    sql.Column("story", sql.String(16), nullable=False, index=True),
    sql.Column("position", sql.Integer, nullable=False),
)

account_keys = sql.Table(
    "account_keys",
    metadata,
    sql.Column("key", sql.String, primary_key=True),
    sql.Column("claim", sql.String, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

incidents = sql.Table(
    "incidents",
    metadata,
    sql.Column("id", sql.String, primary_key=True),
    sql.Column("component", sql.String, nullable=False, index=True),
    sql.Column("type", sql.String, nullable=False),
    sql.Column("mode", sql.String),
    sql.Column("status", sql.String, nullable=False),
    sql.Column("time_start", sql.Date, index=True),
    sql.Column("time_end", sql.Date),
    sql.Column("sources", sql.Integer, nullable=False),
    sql.Column("place_country", sql.String),
    sql.Column("place_gazetteer", sql.String, index=True),
    sql.Column("place_search", sql.Text, nullable=False),
    # Ids and countries of those who take part, each after a bar: "|ru-vks|RUS|".
    sql.Column("party_ids", sql.Text, nullable=False),
    sql.Column("party_search", sql.Text, nullable=False),
    sql.Column("content", sql.LargeBinary, nullable=False),
    sql.Index("ix_incidents_near", "place_country", "time_start"),
)

incident_claims = sql.Table(
    "incident_claims",
    metadata,
    sql.Column("claim", sql.String, primary_key=True),
    sql.Column("incident", sql.String, nullable=False, index=True),
    sql.Column("component", sql.String, nullable=False, index=True),
    sql.Column("position", sql.Integer, nullable=False),
)

DERIVED = (
    derivations,
    *(prints, print_keys, stories, story_reports),
    *(account_keys, incidents, incident_claims),
)
