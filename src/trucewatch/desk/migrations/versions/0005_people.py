"""Accounts of a team's people, their sessions and visits, and what they did: the last of these is a fact."""

import sqlalchemy as sql
from alembic import op

from trucewatch.desk.migrations import MOMENT, guard, moment, number

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "people",
        sql.Column("name", sql.String, primary_key=True),
        sql.Column("role", sql.String, nullable=False),
        sql.Column("password", sql.Text),
        sql.Column("subject", sql.Text, unique=True),
        moment("opened"),
        sql.Column("closed", MOMENT),
    )
    op.create_table(
        "sessions",
        sql.Column("key", sql.String(64), primary_key=True),
        sql.Column("person", sql.String, sql.ForeignKey("people.name"), nullable=False, index=True),
        sql.Column("kind", sql.String, nullable=False),
        sql.Column("note", sql.Text, nullable=False),
        moment("begun"),
        moment("seen"),
        moment("ends"),
    )
    op.create_table(
        "visits",
        sql.Column("person", sql.String, primary_key=True),
        moment("last"),
        sql.Column("before", MOMENT),
    )
    op.create_table(
        "acts",
        number(),
        moment("at"),
        sql.Column("person", sql.String, index=True),
        sql.Column("act", sql.String, nullable=False),
        sql.Column("about", sql.Text, nullable=False),
        sql.Column("outcome", sql.Integer, nullable=False),
        sql.Column("address", sql.String, nullable=False),
    )
    guard("acts")
