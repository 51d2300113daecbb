"""`curbside texts`: the texts of policies, read and changed by whoever runs the site."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path

from curbside.desk.naming import LONGEST
from curbside.desk.texts import TITLES
from curbside.doors.cli.console import Console
from curbside.errors import UsageError
from curbside.settings import read_settings
from curbside.store.base_desk import Desk
from curbside.wiring.desk import open_desk
from curbside.workflows import texts

_DOES = ("list", "show", "history", "set")


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "  curbside texts                                       which there are\n"
        "  curbside texts show privacy > privacy.md             as it stands; --version for another\n"
        '  curbside texts set privacy privacy.md --why "Who runs this site."\n'
        "  curbside texts history privacy                       its versions\n"
        f"Texts: {', '.join(TITLES)}. They are Markdown; HTML in them is shown as text."
    )
    parser.add_argument("what", nargs="?", default="list", choices=_DOES, metavar="WHAT", help=", ".join(_DOES))
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="name of the text")
    parser.add_argument("file", nargs="?", default="", metavar="FILE", help="file with its new words, - for stdin")
    parser.add_argument("--version", type=int, default=0, metavar="NUMBER", help="show this version of it")
    parser.add_argument("--why", default="", help="what changed and why; readers see it")


def run(options: Namespace, console: Console) -> int:
    """Show texts, or make a further version of one."""
    what: str = options.what
    if (what == "list") is bool(options.name) or (what == "set") is not bool(options.file):
        raise UsageError("Name the text behind what is to be done, and for set its file. See: curbside texts --help")
    body = _read(options.file) if what == "set" else ""
    desk = open_desk(options.library, read_settings(os.environ, Path.home()).desk)
    try:
        return _done(desk, options, body, console)
    finally:
        desk.close()


def _done(desk: Desk, options: Namespace, body: str, console: Console) -> int:
    what, name = options.what, options.name
    if what == "set":
        made = texts.change_text(desk, None, name, body, options.why, texts.text(desk, name).number)
        if options.json:
            console.say_json(asdict(made))
        else:
            console.say(f"{made.title}: version {made.number} stands now.")
    elif what == "show":
        found = texts.text(desk, name, options.version)
        if options.json:
            console.say_json(asdict(found))
        else:
            console.say(found.body.rstrip())
    else:
        held = texts.all_texts(desk) if what == "list" else texts.history(desk, name)
        if options.json:
            console.say_json(
                {"texts": [{key: value for key, value in asdict(t).items() if key != "body"} for t in held]}
            )
        for each in held if not options.json else ():
            label = f"{each.name}  {each.title}, version" if what == "list" else "version"
            console.say(f"{label} {each.number}, {each.at[:10]}: {each.why}")
    return 0


def _read(name: str) -> str:
    most = 4 * LONGEST["text"]
    try:
        data = sys.stdin.buffer.read(most + 1) if name == "-" else Path(name).expanduser().read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is no text in UTF-8.") from error
