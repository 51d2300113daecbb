"""The starter shelf: notes shipped inside the package, so that the first question needs no network.

Lives here: markdown notes under `notes/`, each in our own words from the facts of one record, and the one function
that hands them out as bytes. May not live here: reading them (that is `readers`, as for any other file), nor any
text that we did not write. What a note is and how to add one: docs/shelf.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

__all__ = ["notes"]


def notes() -> Iterator[tuple[str, bytes]]:
    """Yield each note as (origin, UTF-8 markdown bytes), sorted by file name.

    An origin is `"shelf:"` and the file name, such as `"shelf:sirolimus-alps-2009.md"`.
    """
    folder = files(__name__) / "notes"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".md"):
            yield f"shelf:{entry.name}", entry.read_bytes()
