"""The facts: runs, reports, codings, claims with their parties, failures; and triggers that keep them."""

import sqlalchemy as sql
from alembic import op

from trucewatch.desk.migrations import REFUSAL, guard, moment, nested, number

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of an empty desk."""
    _runs()
    _reports()
    _claims()
    if op.get_context().dialect.name != "sqlite":
        op.execute(
            "CREATE FUNCTION desk_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
    guard("runs", "run_ends", "reports", "codings", "claims", "parties", "failures")


def _runs() -> None:
    op.create_table(
        "runs",
        number(),
        sql.Column("code", sql.String, nullable=False),
        sql.Column("tables", sql.String, nullable=False),
        sql.Column("model", sql.String, nullable=False),
        moment("started"),
    )
    op.create_table(
        "run_ends",
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), primary_key=True, autoincrement=False),
        moment("finished"),
        sql.Column("stopped", sql.Boolean, nullable=False),
    )
    op.create_table(
        "failures",
        number(),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
        moment("at"),
        sql.Column("source", sql.Text, nullable=False, index=True),
        sql.Column("stage", sql.String, nullable=False),
        sql.Column("reason", sql.Text, nullable=False),
    )


def _reports() -> None:
    op.create_table(
        "reports",
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
        nested("regions"),
        nested("themes"),
        nested("series"),
        nested("media"),
        nested("notes"),
        sql.Column("text", sql.Text, nullable=False),
        nested("boilerplate"),
    )
    op.create_table(
        "codings",
        number(),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
        sql.Column("report", sql.String(16), sql.ForeignKey("reports.id"), nullable=False, index=True),
        moment("at"),
        sql.UniqueConstraint("run", "report"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        number(),
        sql.Column("coding", sql.Integer, sql.ForeignKey("codings.number"), nullable=False),
        sql.Column("id", sql.String, nullable=False, index=True),
        sql.Column("type", sql.String, nullable=False),
        sql.Column("mode", sql.String),
        sql.Column("status", sql.String, nullable=False),
        sql.Column("trigger_start", sql.Integer, nullable=False),
        sql.Column("trigger_end", sql.Integer, nullable=False),
        nested("mentions"),
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
        nested("evidence"),
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
