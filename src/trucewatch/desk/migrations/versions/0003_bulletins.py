"""Facts: bulletins of monitors. Also an index by which the incidents of a truce's countries and days are found."""

import sqlalchemy as sql
from alembic import op

from trucewatch.desk.migrations import guard, moment, nested, number

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table and the index."""
    op.create_table(
        "bulletins",
        number(),
        moment("at"),
        sql.Column("series", sql.String, nullable=False, index=True),
        sql.Column("observer", sql.Text, nullable=False),
        sql.Column("unit", sql.Text, nullable=False),
        sql.Column("area", sql.Text, nullable=False),
        nested("blames"),
        sql.Column("first", sql.Date, nullable=False),
        sql.Column("last", sql.Date, nullable=False),
        sql.Column("count", sql.BigInteger, nullable=False),
        sql.Column("source", sql.Text),
    )
    guard("bulletins")
    op.create_index("ix_incidents_near", "incidents", ["place_country", "time_start"])
