"""`curbside flags`: the flags on citations, the log of one, and what reviewers agreed on, to train with."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.workflows.flags import Told, settled, told
from curbside.writers.flags import flag_json, flag_lines, training_json

_STATES = ("open", "agreed", "refused")


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "what",
        nargs="?",
        default="",
        metavar="WHAT",
        help="open, agreed or refused: only these; a number: that flag with its log; export: JSON lines to train on",
    )


def run(options: Namespace, console: Console) -> int:
    """Print the flags that are asked for."""
    what: str = options.what
    with opened(options) as library:
        if what.isascii() and what.isdigit():
            found = told(int(what), library.store)
            return _logged(found, console, options.json)
        flags = library.store.flags.all()
    if what == "export":
        for each in settled(flags):
            console.say(json.dumps(training_json(each), ensure_ascii=False))
        return 0
    if what and what not in _STATES:
        raise UsageError(f"{what!r} is none of {', '.join(_STATES)}, export, and no number.")
    shown = [each for each in flags if not what or each.state == what]
    if options.json:
        console.say_json({"flags": [flag_json(each) for each in shown]})
        return 0
    for each in shown:
        for line in flag_lines(each):
            console.say(line)
    if not shown:
        console.say("There are no such flags." if what else "Nobody has flagged a citation.")
    return 0


def _logged(found: Told, console: Console, json: bool) -> int:
    if json:
        log = [{"what": w.what, "who": w.who, "at": w.at, "why": w.why} for w in found.log]
        console.say_json({**flag_json(found.flag), "log": log})
        return 0
    for line in flag_lines(found.flag):
        console.say(line)
    for word in found.log:
        console.say(f"   {word.at} {word.what} by {word.who}{': ' + word.why if word.why else ''}")
    return 0
