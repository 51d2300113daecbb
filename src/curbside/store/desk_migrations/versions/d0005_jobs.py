"""Work of the desk that is leased."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Float, Integer, String, Text

revision = "d0005"
down_revision = "d0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "desk_jobs",
        Column("kind", String(16), primary_key=True),
        Column("subject", String(80), primary_key=True),
        Column("due", Float, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("lease", String(32), nullable=False),
        Column("until", Float, nullable=False),
        Column("failed", Boolean, nullable=False),
        Column("why", Text, nullable=False),
    )
    op.create_index("desk_jobs_due", "desk_jobs", ["failed", "due"])
