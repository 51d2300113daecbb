"""Where the libraries of a bench lie: in their folders, or in PostgreSQL by `--database`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from curbside.store.place import schema_of


def option(parser: argparse.ArgumentParser) -> None:
    """Add the option."""
    told = "address of a PostgreSQL database for the library's records, as postgresql://user@host/name"
    parser.add_argument("--database", default="", help=told)


@contextmanager
def database(url: str, *folders: Path) -> Generator[None]:
    """Have libraries made in the database at `url`, "" for none; those in `folders` leave nothing there."""
    before = os.environ.pop("CURBSIDE_DATABASE", None)
    if url:
        os.environ["CURBSIDE_DATABASE"] = url
    try:
        yield
    finally:
        if url:
            import psycopg

            with psycopg.connect(url, autocommit=True) as connection:
                for folder in folders:
                    if schema := schema_of(folder):
                        connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
            del os.environ["CURBSIDE_DATABASE"]
        if before is not None:
            os.environ["CURBSIDE_DATABASE"] = before
