"""Facts: rows of others' datasets, each import of them, and forecasts that were issued."""

import sqlalchemy as sql
from alembic import op

from trucewatch.desk.migrations import guard, moment, nested, number

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    _imports()
    _entries()
    _forecasts()
    guard("imports", "import_ends", "entry_faults", "entries", "forecasts")


def _imported() -> sql.Column[int]:
    return sql.Column("imported", sql.Integer, sql.ForeignKey("imports.number"), nullable=False)


def _imports() -> None:
    op.create_table(
        "imports",
        number(),
        moment("at"),
        sql.Column("dataset", sql.String, nullable=False, index=True),
        sql.Column("form", sql.String, nullable=False),
        sql.Column("source", sql.Text, nullable=False),
        sql.Column("digest", sql.String(64), nullable=False),
    )
    op.create_table(
        "import_ends",
        sql.Column("imported", sql.Integer, sql.ForeignKey("imports.number"), primary_key=True, autoincrement=False),
        moment("finished"),
        sql.Column("added", sql.Integer, nullable=False),
        sql.Column("same", sql.Integer, nullable=False),
        sql.Column("bad", sql.Integer, nullable=False),
        sql.Column("first", sql.Date),
        sql.Column("last", sql.Date),
        nested("countries"),
    )
    op.create_table(
        "entry_faults",
        number(),
        _imported(),
        sql.Column("line", sql.Integer, nullable=False),
        sql.Column("reason", sql.Text, nullable=False),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        number(),
        _imported(),
        sql.Column("dataset", sql.String, nullable=False),
        sql.Column("id", sql.String, nullable=False),
        sql.Column("digest", sql.String(16), nullable=False),
        sql.Column("replaces", sql.Integer, sql.ForeignKey("entries.number")),
        sql.Column("type", sql.String, nullable=False),
        sql.Column("subtype", sql.String),
        sql.Column("place_text", sql.Text),
        sql.Column("place_country", sql.String),
        sql.Column("place_lat", sql.Double),
        sql.Column("place_lon", sql.Double),
        sql.Column("place_precision", sql.String),
        sql.Column("admin1", sql.Text),
        sql.Column("admin2", sql.Text),
        sql.Column("time_start", sql.Date, nullable=False),
        sql.Column("time_end", sql.Date, nullable=False),
        sql.Column("time_precision", sql.String, nullable=False),
        sql.Column("deaths_low", sql.Integer),
        sql.Column("deaths_best", sql.Integer),
        sql.Column("deaths_high", sql.Integer),
        sql.Column("reports", sql.Integer),
        nested("content"),
    )
    op.create_index("ix_entries_id", "entries", ["id"])
    op.create_index("ix_entries_replaces", "entries", ["dataset", "replaces"])
    op.create_index("ix_entries_near", "entries", ["dataset", "place_country", "admin1", "time_start"])


def _forecasts() -> None:
    op.create_table(
        "forecasts",
        number(),
        sql.Column("id", sql.String, nullable=False, unique=True),
        moment("at"),
        sql.Column("area", sql.String, nullable=False),
        sql.Column("indicator", sql.String, nullable=False),
        sql.Column("period", sql.String, nullable=False),
        sql.Column("observer", sql.String, nullable=False),
        sql.Column("as_of", sql.Date, nullable=False),
        sql.Column("horizon", sql.Integer, nullable=False),
        sql.Column("model", sql.String, nullable=False),
        sql.Column("inputs", sql.Text, nullable=False),
        nested("content"),
    )
