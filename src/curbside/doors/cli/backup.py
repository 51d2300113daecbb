"""`curbside backup`: writes the library and its desk into one file, while they are used; or looks one over."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from curbside import __version__
from curbside.doors.cli.console import Console
from curbside.errors import UsageError
from curbside.records.backup import Backup
from curbside.settings import read_settings


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="FILE",
        help="where the backup shall lie: a new file, or a folder; “verify FILE” holds one against itself",
    )


def run(options: Namespace, console: Console) -> int:
    """Write a backup, or hold one against itself."""
    from curbside.workflows.backup import back_up, look_over

    words: list[str] = options.words
    if len(words) == 2 and words[0] == "verify":
        found = look_over(Path(words[1]).expanduser())
        if options.json:
            console.say_json({**told(found.backup), "head": found.head})
        else:
            console.say(f"{words[1]} is whole. It holds {described(found.backup)}.")
            if found.head:
                console.say(f"The audit log holds. Head: {found.head}")
        return 0
    if len(words) != 1:
        raise UsageError("Give one file to write to, or: curbside backup verify FILE")
    from curbside.wiring.backup import frozen_desk, frozen_library

    now, folder = datetime.now(UTC), options.library.absolute()
    to = Path(words[0]).expanduser().absolute()
    if to.is_dir():
        to = to / f"curbside-{now:%Y%m%dT%H%M%SZ}.backup"
    settings = read_settings(os.environ, Path.home()).desk
    made = back_up(
        folder,
        to,
        frozen_library(folder, settings),
        frozen_desk(folder, settings),
        f"{now:%Y-%m-%dT%H:%M:%SZ}",
        __version__,
    )
    if options.json:
        console.say_json({"file": str(to), **told(made)})
    else:
        console.say(f"{to} holds {described(made)}.")
        for name in made.damaged:
            console.note(f"curbside: {name.rpartition('/')[2]} was damaged or missing in the library already.")
        console.say(f"Hold it against itself with: curbside backup verify {to.name}")
    return 1 if made.damaged else 0


def told(backup: Backup) -> dict[str, object]:
    """Return what a backup holds, as JSON tells it."""
    return {
        "made": backup.made,
        "version": backup.version,
        "seq": backup.seq,
        "documents": backup.rows("library/documents"),
        "people": backup.rows("desk/people"),
        "articles": backup.rows("desk/articles"),
        "parts": len(backup.parts),
        "size": backup.size,
        "damaged": list(backup.damaged),
    }


def described(backup: Backup) -> str:
    """Return what a backup holds, in words."""
    counts = (
        (backup.rows("library/documents"), "document", "documents"),
        (backup.rows("desk/people"), "account", "accounts"),
        (backup.rows("desk/articles"), "article", "articles"),
    )
    words = ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)
    return f"{words}; {backup.size / 1e6:,.1f} MB in {len(backup.parts):,} parts, as of {backup.made}"
