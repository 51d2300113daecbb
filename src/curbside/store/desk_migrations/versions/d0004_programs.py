"""Keys with which programs act for a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d0004"
down_revision = "d0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "program_keys",
        sa.Column("id", sa.String(17), primary_key=True),
        sa.Column("hashed", sa.String(64), nullable=False, unique=True),
        sa.Column("person", sa.String(17), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("used", sa.Float(), nullable=False),
    )
    op.create_index("program_keys_person", "program_keys", ["person", "name"], unique=True)
