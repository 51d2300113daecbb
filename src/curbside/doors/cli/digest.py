"""`curbside digest`: letters with news of what people follow, written and sent now."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.records.following import PostState
from curbside.settings import read_settings
from curbside.wiring.desk import mailer_of, open_desk
from curbside.workflows.telling import Sent, send_letters, write_letters


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "what",
        nargs="?",
        default="run",
        choices=("run", "status"),
        metavar="WHAT",
        help="run (default): write the letters that are due and send those that wait; status: say what waits",
    )


def run(options: Namespace, console: Console) -> int:
    """Write and send letters, and say what became of them; exit code 1 where one was not sent."""
    settings = read_settings(os.environ, Path.home()).desk
    desk = open_desk(options.library, settings)
    written, sent = 0, Sent(0, 0)
    try:
        if options.what == "run":
            written = write_letters(desk, settings.address)
            mailer = mailer_of(settings)
            while (done := send_letters(desk, mailer, settings.address)) != Sent(0, 0):
                sent = Sent(sent.sent + done.sent, sent.failed + done.failed)
        with desk.reading() as view:
            left = view.following.posted()
    finally:
        desk.close()
    if options.json:
        letters = [
            {"person": each.person, "state": each.state, "attempts": each.attempts, "reason": each.reason}
            for each in left
        ]
        console.say_json({"written": written, **asdict(sent), "letters": letters})
        return 1 if sent.failed else 0
    if options.what == "run":
        console.say(f"{written:,} written, {sent.sent:,} sent, {sent.failed:,} not sent.")
    for each in left:
        told = {PostState.WAITING: "waits", PostState.SENDING: "is being sent"}.get(each.state, each.state.value)
        console.say(f"To {each.person}: {told}, tried {each.attempts}×." + (f" {each.reason}" if each.reason else ""))
    if not left:
        console.say("No letter waits.")
    return 1 if sent.failed else 0
