"""Facts: rows of others' datasets, and forecasts that were issued."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
