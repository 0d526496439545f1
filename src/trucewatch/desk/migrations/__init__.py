"""What the migrations of a desk have in common.

Written out here, not taken from ``schema.py``, and never changed: a migration makes today what it made when it was new.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sql
from alembic import op
from sqlalchemy.dialects import postgresql

REFUSAL = "facts are never changed or deleted"
MOMENT = sql.DateTime(timezone=True)
NESTED: sql.JSON[Any] = sql.JSON().with_variant(postgresql.JSONB(), "postgresql")


def number() -> sql.Column[int]:
    """The order in which rows came in."""
    return sql.Column("number", sql.Integer, primary_key=True, autoincrement=True)


def moment(name: str) -> sql.Column[Any]:
    """A point in time."""
    return sql.Column(name, MOMENT, nullable=False)


def nested(name: str) -> sql.Column[Any]:
    """A list of strings or records, or one of these."""
    return sql.Column(name, NESTED, nullable=False)


def guard(*tables: str) -> None:
    """Make the database itself refuse to change or delete a row of these tables."""
    for table in tables:
        if op.get_context().dialect.name == "sqlite":
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuse_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION desk_refuse()"
            )
