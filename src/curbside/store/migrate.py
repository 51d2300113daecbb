"""Brings the schema of a library up to date, all of it in one transaction."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run the migrations that the database behind `connection` lacks; the caller holds the transaction.

    A process that dies in between leaves the schema as it was.
    """
    # Only a new or an old library needs alembic, which takes as long to import as everything else together.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("curbside.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
