"""`curbside shelf`: the starter shelf into the library, as any other files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.add import added
from curbside.doors.cli.console import Console
from curbside.records import Raw
from curbside.shelf import notes


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments: none."""
    del parser


def run(options: Namespace, console: Console) -> int:
    """Add the shipped notes and say what to ask."""
    code = added(options, console, [Raw(origin, data) for origin, data in notes()])
    if not options.json:
        console.note('Now ask: curbside ask "Does sirolimus help children with refractory ITP?"')
    return code
