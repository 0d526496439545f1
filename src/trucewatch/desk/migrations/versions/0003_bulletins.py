"""Facts: bulletins of monitors."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
