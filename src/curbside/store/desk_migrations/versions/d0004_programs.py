"""Keys with which programs act for a person."""

from __future__ import annotations

revision = "d0004"
down_revision = "d0003"


def upgrade() -> None:
    """Make the tables."""
