"""Brings the schema of a library, or of its desk, up to date, all of it in one transaction."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection, MetaData, inspect, text

from curbside.store import schema

SCRIPTS = "migrations"
"""The folder of the library's own migrations."""


def upgrade(connection: Connection, newest: str, metadata: MetaData = schema.metadata, scripts: str = SCRIPTS) -> None:
    """Bring the database behind `connection` to the revision `newest`; the caller holds the transaction.

    `metadata` are the tables as they are now, `scripts` the folder beside this module with what leads to them. A new
    database gets the tables as they are now, which a test holds the migrations to; an old one goes through those
    that it lacks. A process that dies in between leaves the schema as it was.
    """
    if not inspect(connection).get_table_names():
        metadata.create_all(connection, checkfirst=False)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})
    else:
        migrate(connection, "head", scripts)


def migrate(connection: Connection, revision: str, scripts: str = SCRIPTS) -> None:
    """Run the migrations that the database lacks, as far as `revision`; the caller holds the transaction."""
    # Only an old library needs alembic, which takes as long to import as everything else together.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("curbside.store") / scripts))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
