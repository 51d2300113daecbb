"""What alembic runs for the desk, on the connection and inside the transaction that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from curbside.store.desk_schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
