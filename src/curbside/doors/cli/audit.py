"""`curbside audit`: the log of what was done at the desk, and whether every byte of it stands."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.records import fault_in
from curbside.settings import read_settings
from curbside.wiring.desk import open_desk


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "Each entry's hash covers the one before. Note the head's hash somewhere else, and give it as --head later:\n"
        "the chain alone does not tell whether its last entries were cut off."
    )
    parser.add_argument(
        "what", nargs="?", default="show", choices=("show", "verify"), metavar="WHAT", help="show (default) or verify"
    )
    parser.add_argument("--after", type=int, default=0, metavar="NUMBER", help="show entries behind this one only")
    parser.add_argument("--head", default="", metavar="HASH", help="hash of an entry that must be in the log")


def run(options: Namespace, console: Console) -> int:
    """Print the log, or hold it against its hashes; exit code 1 where it does not hold."""
    desk = open_desk(options.library, read_settings(os.environ, Path.home()).desk)
    try:
        with desk.reading() as view:
            entries = list(view.audit(0 if options.what == "verify" else options.after))
    finally:
        desk.close()
    if options.what == "show":
        for entry in entries:
            if options.json:
                console.say_json(asdict(entry))
            else:
                about = f" {entry.about}" if entry.about and entry.about != entry.who else ""
                detail = f": {entry.detail}" if entry.detail else ""
                console.say(f"{entry.number:>6}  {entry.at}  {entry.who}  {entry.action}{about}{detail}")
        if not entries and not options.json:
            console.say("Nothing was done at this desk yet.")
        return 0
    fault = fault_in(entries, options.head.strip().lower())
    head = entries[-1].hash if entries else ""
    if options.json:
        found = {"entries": len(entries), "head": head, "holds": fault is None}
        console.say_json({**found, **({"number": fault.number, "reason": fault.reason} if fault else {})})
    elif fault is None:
        console.say(f"{len(entries):,} entries, each as it was written." + (f" Head: {head}" if head else ""))
    else:
        console.say(f"The log does not hold at entry {fault.number}: {fault.reason}.")
    return 0 if fault is None else 1
