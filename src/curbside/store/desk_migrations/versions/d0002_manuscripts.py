"""Manuscripts: what authors send in, its review, and issues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d0002"
down_revision = "d0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "manuscripts",
        sa.Column("id", sa.String(17), primary_key=True),
        sa.Column("author", sa.String(17), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("submitted", sa.Text(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("reviewers", sa.Text(), nullable=False),
        sa.Column("hides_authors", sa.Boolean(), nullable=False),
        sa.Column("hides_reviewers", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("placed", sa.LargeBinary(), nullable=True),
        sa.Column("volume", sa.String(20), nullable=False),
        sa.Column("issue", sa.String(20), nullable=False),
        sa.Column("published", sa.String(10), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
    )
    op.create_index("manuscripts_author", "manuscripts", ["author"])
    op.create_index("manuscripts_state", "manuscripts", ["state", "changed"])
    op.create_index("manuscripts_issue", "manuscripts", ["volume", "issue"])
    op.create_table(
        "manuscript_versions",
        sa.Column("manuscript", sa.String(17), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "manuscript_words",
        sa.Column("manuscript", sa.String(17), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "manuscript_files",
        sa.Column("manuscript", sa.String(17), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
