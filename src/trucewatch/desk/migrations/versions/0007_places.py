"""Indexes by which the different places of claims and incidents are soon listed, and those of one found."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the indexes."""
    for table in ("claims", "incidents"):
        op.create_index(f"ix_{table}_place_gazetteer", table, ["place_gazetteer"])
