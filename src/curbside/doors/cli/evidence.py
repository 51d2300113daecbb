"""`curbside evidence DRUG CONDITION`: what the library holds on a drug for a condition, weighed across studies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import held, opened
from curbside.writers.weighed import profile_json
from curbside.writers.weighed_table import profile_table
from curbside.writers.weighed_terminal import profile_terminal


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("drug", help="a drug, by name or id")
    parser.add_argument("condition", help="a condition, by name or id; put a name of several words in quotes")
    parser.add_argument("--csv", action="store_true", help="print every value with its quote as a table")


def run(options: Namespace, console: Console) -> int:
    """Weigh what is held and print it."""
    with held(opened(options)) as library:
        profile = library.evidence(options.drug, options.condition)
    if options.json:
        console.say_json(profile_json(profile))
    elif options.csv:
        console.out.writelines(profile_table(profile))
    else:
        console.say(profile_terminal(profile, console.width).rstrip())
    return 0
