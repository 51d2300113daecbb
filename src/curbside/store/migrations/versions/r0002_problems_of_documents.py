"""A problem may be about a document and stand as long as that is shown; those noted before stay with their file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, empty, and its index."""
    op.add_column("problems", sa.Column("document", sa.Integer(), nullable=True))
    op.create_index("problems_document", "problems", ["document"])
