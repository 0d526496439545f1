"""Accounts of a team's people, and what they did."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
