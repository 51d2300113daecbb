"""`curbside rebuild`: the index anew from the records."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import Upkeep, opened


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments: none."""
    del parser


def run(options: Namespace, console: Console) -> int:
    """Make the index anew, with progress."""
    upkeep = Upkeep(console)
    with opened(options, write=True) as library:
        try:
            documents = library.rebuild(upkeep=upkeep)
        finally:
            upkeep.over()
        passages = library.index.count()
        waiting = library.unembedded()
    if options.json:
        console.say_json({"documents": documents, "passages": passages})
    else:
        if waiting:
            console.note(f"{waiting:,} documents are found by words alone until their meaning is read: curbside work")
        console.say(f"The index holds {documents:,} documents in {passages:,} passages.")
    return 0
