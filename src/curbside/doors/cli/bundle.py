"""`curbside bundle ARTICLE`: the audit bundle of an article, one file that anybody can check."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.export import to_file
from curbside.doors.cli.library import opened
from curbside.errors import NotHeld, UsageError
from curbside.records.bundle import Bundle
from curbside.settings import read_settings
from curbside.store.base_desk import Desk
from curbside.wiring import Library
from curbside.wiring.desk import open_desk
from curbside.workflows.bundle import bundle_of_article
from curbside.writers.bundle import bundle_text

MOST_VERSIONS = 9_999


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "It holds quotes, not texts, and no e-mail address. Check it with: curbside verify FILE\n"
        "An answer without an article: curbside ask --bundle FILE QUESTION"
    )
    parser.add_argument("article", metavar="ARTICLE", help="id of the article, as in its address")
    parser.add_argument(
        "--version", type=int, default=0, metavar="N", help="this version (default: the one that stands)"
    )
    words = "take in all that is kept: every version, step and signature, and what was removed; not for readers"
    parser.add_argument("--whole", action="store_true", help=words)
    words = "with --whole, take in what was said among those at work on it"
    parser.add_argument("--comments", action="store_true", help=words)
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of standard output")


def run(options: Namespace, console: Console) -> int:
    """Write the bundle, as readers may see the article unless all of it is asked for."""
    if options.comments and not options.whole:
        raise UsageError("--comments are told among those at work on an article: give --whole with it.")
    if not 0 <= options.version <= MOST_VERSIONS:
        raise UsageError(f"Versions are numbered from 1; no article has more than {MOST_VERSIONS:,}.")
    desk = open_desk(options.library, read_settings(os.environ, Path.home()).desk)
    try:
        with opened(options) as library:
            bundle = _bundle(desk, library, options)
    finally:
        desk.close()
    if options.output is None:
        console.out.write(bundle_text(bundle))
        console.out.flush()
        return 0
    told = write(bundle, options.output)
    if options.json:
        console.say_json(told)
    else:
        console.say(f"Wrote {told['bytes']:,} bytes to {told['file']}. Check it: curbside verify {told['file']}")
    return 0


def _bundle(desk: Desk, library: Library, options: Namespace) -> Bundle:
    id, number, whole = options.article, options.version, options.whole
    wishes = {"operator": whole, "whole": whole, "comments": options.comments}
    try:
        return bundle_of_article(desk, library.store, library.vocabulary, None, id, number, **wishes)
    except NotHeld as error:
        if whole:
            raise
        raise NotHeld(f"{error} What readers may not see is bundled with --whole only.") from error


def write(bundle: Bundle, path: Path) -> dict[str, object]:
    """Write a bundle to a file; say which, and how large it is."""
    return {"bytes": to_file([bundle_text(bundle)], path), "file": str(path.expanduser())}
