"""The facts: runs, reports, codings, claims with their parties, failures; and triggers that keep them.

Written out in full, not taken from ``schema.py``: what this makes may not change when that file does.
"""

import sqlalchemy as sql
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

FACTS = ("runs", "run_ends", "reports", "codings", "claims", "parties", "failures")


def upgrade() -> None:
    """Make the tables of an empty desk."""
    _runs()
    _reports()
    _claims()
    guard(FACTS)


def _number() -> sql.Column[int]:
    return sql.Column("number", sql.Integer, primary_key=True, autoincrement=True)


def _nested(name: str) -> sql.Column[object]:
    return sql.Column(name, sql.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)


def _moment(name: str) -> sql.Column[object]:
    return sql.Column(name, sql.DateTime(timezone=True), nullable=False)


def _runs() -> None:
    op.create_table(
        "runs",
        _number(),
        sql.Column("code", sql.String, nullable=False),
        sql.Column("tables", sql.String, nullable=False),
        sql.Column("model", sql.String, nullable=False),
        _moment("started"),
    )
    op.create_table(
        "run_ends",
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), primary_key=True, autoincrement=False),
        _moment("finished"),
        sql.Column("stopped", sql.Boolean, nullable=False),
    )
    op.create_table(
        "failures",
        _number(),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
        _moment("at"),
        sql.Column("source", sql.Text, nullable=False, index=True),
        sql.Column("stage", sql.String, nullable=False),
        sql.Column("reason", sql.Text, nullable=False),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        _number(),
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
        _nested("regions"),
        _nested("themes"),
        _nested("series"),
        _nested("media"),
        _nested("notes"),
        sql.Column("text", sql.Text, nullable=False),
        _nested("boilerplate"),
    )
    op.create_table(
        "codings",
        _number(),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
        sql.Column("report", sql.String(16), sql.ForeignKey("reports.id"), nullable=False, index=True),
        _moment("at"),
        sql.UniqueConstraint("run", "report"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        _number(),
        sql.Column("coding", sql.Integer, sql.ForeignKey("codings.number"), nullable=False),
        sql.Column("id", sql.String, nullable=False, index=True),
        sql.Column("type", sql.String, nullable=False),
        sql.Column("mode", sql.String),
        sql.Column("status", sql.String, nullable=False),
        sql.Column("trigger_start", sql.Integer, nullable=False),
        sql.Column("trigger_end", sql.Integer, nullable=False),
        _nested("mentions"),
        sql.Column("place_text", sql.Text),
        sql.Column("place_name", sql.Text),
        sql.Column("place_country", sql.String),
        sql.Column("place_lat", sql.Double),
        sql.Column("place_lon", sql.Double),
        sql.Column("place_precision", sql.String),
        sql.Column("place_gazetteer", sql.String),
        sql.Column("place_search", sql.Text, nullable=False),
        sql.Column("time_start", sql.Date, index=True),
        sql.Column("time_end", sql.Date),
        sql.Column("time_precision", sql.String),
        sql.Column("attributed_to", sql.Text),
        sql.Column("killed_low", sql.Integer),
        sql.Column("killed_high", sql.Integer),
        sql.Column("injured_low", sql.Integer),
        sql.Column("injured_high", sql.Integer),
        _nested("evidence"),
        sql.UniqueConstraint("coding", "id"),
    )
    op.create_table(
        "parties",
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


def guard(tables: tuple[str, ...]) -> None:
    """Make the database itself refuse to change or delete a row of ``tables``."""
    refusal = "facts are never changed or deleted"
    if op.get_context().dialect.name == "sqlite":
        for table in tables:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuse_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION desk_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION desk_refuse()"
        )
