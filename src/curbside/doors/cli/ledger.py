"""`curbside ledger [DRUG]`: the uses of a drug, where each is licensed, and what is held on it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.writers.weighed import rows_json
from curbside.writers.weighed_table import ledger_table
from curbside.writers.weighed_terminal import ledger_terminal


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("drug", nargs="?", default="", help="a drug, by name or id (default: all of the table)")
    parser.add_argument("--csv", action="store_true", help="print the ledger as a table")


def run(options: Namespace, console: Console) -> int:
    """Look up licences and studies and print them."""
    with opened(options) as library:
        found = library.ledger(options.drug)
    if options.json:
        console.say_json(rows_json(found.rows, found.read, found.matched, found.searched))
    elif options.csv:
        console.out.writelines(ledger_table(found.rows))
    else:
        console.say(ledger_terminal(found.rows, console.width).rstrip())
        console.say(f"\n{found.read:,} of {found.matched:,} documents were read. Uses that our table of licences")
        console.say("does not have are unknown, not unlicensed.")
    return 0
