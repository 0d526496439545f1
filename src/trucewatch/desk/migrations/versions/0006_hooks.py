"""What a desk gives away: feeds, embedded views and hooks, when each was made and ended, and what hooks delivered."""

import sqlalchemy as sql
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

_MOMENT = sql.DateTime(timezone=True)
_NESTED = sql.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "shares",
        sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
        sql.Column("key", sql.String(64), nullable=False, unique=True),
        sql.Column("kind", sql.String, nullable=False),
        sql.Column("by", sql.String, nullable=False),
        sql.Column("at", _MOMENT, nullable=False),
        sql.Column("content", _NESTED, nullable=False),
    )
    op.create_table(
        "share_ends",
        sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), primary_key=True, autoincrement=False),
        sql.Column("at", _MOMENT, nullable=False),
        sql.Column("by", sql.String),
        sql.Column("why", sql.Text, nullable=False),
    )
    op.create_table(
        "hook_tries",
        sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
        sql.Column("share", sql.Integer, sql.ForeignKey("shares.number"), nullable=False, index=True),
        sql.Column("at", _MOMENT, nullable=False),
        sql.Column("outcome", sql.String, nullable=False),
        sql.Column("coding", sql.Integer, nullable=False),
        sql.Column("judgement", sql.Integer, nullable=False),
        sql.Column("incidents", sql.Integer, nullable=False),
        sql.Column("said", sql.Text, nullable=False),
    )
    for table in ("shares", "share_ends", "hook_tries"):
        _guard(table)


def _guard(table: str) -> None:
    """Make the database itself refuse to change or delete a row."""
    if op.get_context().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION desk_refuse()"
    )
