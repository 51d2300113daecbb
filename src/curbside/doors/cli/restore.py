"""`curbside restore`: makes a library, with its desk, of a backup."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.backup import described, told
from curbside.doors.cli.console import Console
from curbside.settings import read_settings


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument(
        "--into", type=Path, required=True, metavar="FOLDER", help="folder of the library; empty, or not there yet"
    )


def run(options: Namespace, console: Console) -> int:
    """Look a backup over, then make a library of it."""
    from curbside.wiring.backup import filled_desk, filled_library
    from curbside.workflows.backup import restore

    settings = read_settings(os.environ, Path.home()).desk
    into: Path = options.into.expanduser().absolute()
    found = restore(options.file.expanduser(), into, filled_library, lambda folder: filled_desk(folder, settings))
    if options.json:
        console.say_json({"into": str(into), **told(found.backup), "head": found.head})
        return 0
    console.say(f"{into} holds {described(found.backup)}.")
    if found.backup.desk:
        console.say("Everybody has to sign in again; links in letters that were sent before do not hold.")
    console.say(f"Ask it with: curbside --library {into} ask …")
    return 0
