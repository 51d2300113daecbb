"""Brings the schema of a library up to date, all of it in one transaction."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection

from curbside.store import schema


def upgrade(connection: Connection, newest: str) -> None:
    """Bring the database behind `connection` to the revision `newest`; the caller holds the transaction.

    A new library gets the tables as they are now, which a test holds the migrations to; an old one goes through those
    that it lacks. A process that dies in between leaves the schema as it was.
    """
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first() is None:
        schema.metadata.create_all(connection, checkfirst=False)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (newest,))
    else:
        migrate(connection, "head")


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations that the database lacks, as far as `revision`; the caller holds the transaction."""
    # Only an old library needs alembic, which takes as long to import as everything else together.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("curbside.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
