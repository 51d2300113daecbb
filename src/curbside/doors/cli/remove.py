"""`curbside remove ID…`: works, documents or files out of the library."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.writers.plain import problem_json


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "ids", nargs="+", metavar="ID", help="work (w…), document (d…), PMID, PMCID, DOI, NCT number, or a file added"
    )


def run(options: Namespace, console: Console) -> int:
    """Remove all that is named, or nothing where one of the names means nothing."""
    opened(options).close()
    with opened(options, write=True) as library:
        done = library.remove(options.ids)
    if options.json:
        console.say_json({"deleted": done.deleted, "problems": [problem_json(each) for each in done.problems]})
    else:
        console.say(f"{done.deleted:,} documents removed. They come back only when their file is added by name.")
    return 1 if any(problem.lost for problem in done.problems) else 0
