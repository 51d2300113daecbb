"""Work of the desk that is leased."""

from __future__ import annotations

revision = "d0005"
down_revision = "d0004"


def upgrade() -> None:
    """Make the tables."""
