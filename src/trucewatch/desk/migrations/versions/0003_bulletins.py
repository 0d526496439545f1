"""Facts: bulletins of monitors. Also an index by which the incidents of a truce's countries and days are found."""

import sqlalchemy as sql
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table and the index."""
    op.create_table(
        "bulletins",
        sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
        sql.Column("at", sql.DateTime(timezone=True), nullable=False),
        sql.Column("series", sql.String, nullable=False, index=True),
        sql.Column("observer", sql.Text, nullable=False),
        sql.Column("unit", sql.Text, nullable=False),
        sql.Column("area", sql.Text, nullable=False),
        sql.Column("blames", sql.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sql.Column("first", sql.Date, nullable=False),
        sql.Column("last", sql.Date, nullable=False),
        sql.Column("count", sql.BigInteger, nullable=False),
        sql.Column("source", sql.Text),
    )
    _guard("bulletins")
    op.create_index("ix_incidents_near", "incidents", ["place_country", "time_start"])


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
