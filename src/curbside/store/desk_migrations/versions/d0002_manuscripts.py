"""Manuscripts: what authors send in, its review, and issues."""

from __future__ import annotations

revision = "d0002"
down_revision = "d0001"


def upgrade() -> None:
    """Make the tables."""
