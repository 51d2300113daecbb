"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None

_TABLES: dict[str, tuple[SchemaItem, ...]] = {
    "meta": (
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    ),
    "originals": (
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha"),
    ),
    "origins": (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
    "files": (
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha"),
    ),
    "works": (
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("merged", sa.String(13), nullable=True),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("noticed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    ),
    "keys": (
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("work", sa.String(13), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    ),
    "documents": (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(21), nullable=False),
        sa.Column("work", sa.String(13), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("noticed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    ),
    "texts": (
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document"),
    ),
    "derived": (
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document", "step"),
    ),
    "sightings": (
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha", "reader", "position"),
    ),
    "notices": (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
    "tombstones": (
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    ),
    "changes": (
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("document", sa.String(21), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    ),
    "problems": (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
    "jobs": (
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_after", sa.Float(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    ),
}
_COUNTING = frozenset({"changes", "jobs"})
"""Tables whose numbers are never used again."""
_INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("origins_origin", "origins", ("origin", "number")),
    ("origins_sha", "origins", ("sha",)),
    ("works_merged", "works", ("merged",)),
    ("keys_work", "keys", ("work",)),
    ("documents_slot", "documents", ("slot",)),
    ("documents_state", "documents", ("state", "kind", "evidence")),
    ("documents_work", "documents", ("work", "state")),
    ("sightings_document", "sightings", ("document",)),
    ("notices_document", "notices", ("document",)),
    ("notices_key", "notices", ("key",)),
    ("problems_origin", "problems", ("origin",)),
    ("problems_sha", "problems", ("sha",)),
    ("jobs_due", "jobs", ("state", "run_after")),
)


def upgrade() -> None:
    """Make the tables that `curbside.store.schema` describes."""
    for name, items in _TABLES.items():
        op.create_table(name, *items, sqlite_autoincrement=name in _COUNTING)
    for index, table, columns in _INDEXES:
        op.create_index(index, table, list(columns))
