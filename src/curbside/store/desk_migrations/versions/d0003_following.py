"""What people follow, what they were told, and the texts of policies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d0003"
down_revision = "d0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "follows",
        sa.Column("id", sa.String(17), primary_key=True),
        sa.Column("person", sa.String(17), nullable=False),
        sa.Column("article", sa.String(17), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("saved", sa.LargeBinary(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
    )
    op.create_index("follows_person", "follows", ["person", "article"])
    op.create_table(
        "follow_keys",
        sa.Column("key", sa.String(160), primary_key=True),
        sa.Column("follow", sa.String(17), primary_key=True),
    )
    op.create_index("follow_keys_follow", "follow_keys", ["follow"])
    op.create_table(
        "news",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("article", sa.String(17), nullable=False),
        sa.Column("follow", sa.String(17), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("news_article", "news", ["article", "number"])
    op.create_index("news_follow", "news", ["follow", "number"])
    op.create_table(
        "tellings",
        sa.Column("person", sa.String(17), primary_key=True),
        sa.Column("digest", sa.String(8), nullable=False),
        sa.Column("shows_words", sa.Boolean(), nullable=False),
        sa.Column("feed", sa.String(64), nullable=False),
        sa.Column("stop", sa.String(64), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.Float(), nullable=False),
    )
    op.create_index("tellings_feed", "tellings", ["feed"])
    op.create_index("tellings_stop", "tellings", ["stop"])
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person", sa.String(17), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("after", sa.Float(), nullable=False),
    )
    op.create_index("outbox_person", "outbox", ["person"])
    op.create_index("outbox_state", "outbox", ["state", "after"])
    op.create_table(
        "policies",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(17), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
