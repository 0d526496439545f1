"""Accounts of a team's people, their sessions and visits, and what they did: the last of these is a fact."""

import sqlalchemy as sql
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sql.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "people",
        sql.Column("name", sql.String, primary_key=True),
        sql.Column("role", sql.String, nullable=False),
        sql.Column("password", sql.Text),
        sql.Column("subject", sql.Text, unique=True),
        sql.Column("opened", _MOMENT, nullable=False),
        sql.Column("closed", _MOMENT),
    )
    op.create_table(
        "sessions",
        sql.Column("key", sql.String(64), primary_key=True),
        sql.Column("person", sql.String, sql.ForeignKey("people.name"), nullable=False, index=True),
        sql.Column("kind", sql.String, nullable=False),
        sql.Column("note", sql.Text, nullable=False),
        sql.Column("begun", _MOMENT, nullable=False),
        sql.Column("seen", _MOMENT, nullable=False),
        sql.Column("ends", _MOMENT, nullable=False),
    )
    op.create_table(
        "visits",
        sql.Column("person", sql.String, primary_key=True),
        sql.Column("last", _MOMENT, nullable=False),
        sql.Column("before", _MOMENT),
    )
    op.create_table(
        "acts",
        sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
        sql.Column("at", _MOMENT, nullable=False),
        sql.Column("person", sql.String, index=True),
        sql.Column("act", sql.String, nullable=False),
        sql.Column("about", sql.Text, nullable=False),
        sql.Column("outcome", sql.Integer, nullable=False),
        sql.Column("address", sql.String, nullable=False),
    )
    _guard("acts")


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
