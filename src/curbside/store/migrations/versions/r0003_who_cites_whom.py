"""Who cites whom, lists of notices, flags; documents held before wait to be read for what they cite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0003"
down_revision = "0002"

_TABLES: dict[str, tuple[SchemaItem, ...]] = {
    "cites": (
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "entry", "key"),
    ),
    "titles": (
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(18), nullable=False),
        sa.PrimaryKeyConstraint("document", "key"),
    ),
    "lists": (
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    ),
    "listed": (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
    "flags": (
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("document", sa.String(21), nullable=False),
        sa.Column("work", sa.String(13), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
    "verdicts": (
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("flag", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    ),
}
_COUNTING = frozenset({"lists", "flags", "verdicts"})
_INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("cites_key", "cites", ("key", "document")),
    ("titles_key", "titles", ("key",)),
    ("listed_key", "listed", ("key",)),
    ("listed_list", "listed", ("list",)),
    ("listed_notice", "listed", ("notice",)),
    ("flags_document", "flags", ("document",)),
    ("flags_work", "flags", ("work",)),
    ("verdicts_flag", "verdicts", ("flag",)),
)


def upgrade() -> None:
    """Make the tables; mark every document as one whose citations nobody has made yet."""
    for name, items in _TABLES.items():
        op.create_table(name, *items, sqlite_autoincrement=name in _COUNTING)
    for index, table, columns in _INDEXES:
        op.create_index(index, table, list(columns))
    rarer = sa.text("step <> 'profile'")
    op.create_index("derived_stale", "derived", ["step", "made_by"], sqlite_where=rarer)
    op.execute("INSERT INTO derived (document, step, made_by, data) SELECT number, 'citations', '', x'' FROM documents")
