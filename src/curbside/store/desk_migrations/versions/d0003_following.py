"""What people follow, what they were told, and the texts of policies."""

from __future__ import annotations

revision = "d0003"
down_revision = "d0002"


def upgrade() -> None:
    """Make the tables."""
