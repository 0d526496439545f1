"""What a desk gives away: feeds, embedded views and hooks, when each was made and ended, and what hooks delivered."""

import sqlalchemy as sql
from alembic import op

from trucewatch.desk.migrations import guard, moment, nested, number

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "shares",
        number(),
        sql.Column("key", sql.String(64), nullable=False, unique=True),
        sql.Column("kind", sql.String, nullable=False),
        sql.Column("by", sql.String, nullable=False),
        moment("at"),
        nested("content"),
    )
    op.create_table(
        "share_ends",
        sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), primary_key=True, autoincrement=False),
        moment("at"),
        sql.Column("by", sql.String),
        sql.Column("why", sql.Text, nullable=False),
    )
    op.create_table(
        "hook_tries",
        number(),
        sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), nullable=False, index=True),
        moment("at"),
        sql.Column("outcome", sql.String, nullable=False),
        sql.Column("coding", sql.Integer, nullable=False),
        sql.Column("judgement", sql.Integer, nullable=False),
        sql.Column("incidents", sql.Integer, nullable=False),
        sql.Column("said", sql.Text, nullable=False),
    )
    guard("shares", "share_ends", "hook_tries")
