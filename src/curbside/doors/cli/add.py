"""`curbside add PATH…`: files, folders and standard input into the library."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import StepProgress, opened, tell_added
from curbside.records import Raw

STOPPED = 130


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="file or folder; - is standard input (PubMed XML, JATS, NBIB, RIS, OpenAlex, JSON Lines, markdown, "
        "HTML, text; gzipped or not)",
    )
    parser.add_argument("--processes", type=int, metavar="N", help="processes that read beside this one")


def run(options: Namespace, console: Console) -> int:
    """Add what is given and tell what became of it."""
    return added(options, console, [Path(path) for path in options.paths], options.processes)


def added(options: Namespace, console: Console, givens: Sequence[Path | Raw], processes: int | None = None) -> int:
    """Add paths or bytes to the library, with progress, and return the exit code."""
    progress = StepProgress(console, "records")
    with opened(options, write=True) as library:
        try:
            done = library.add(givens, progress, processes)
        finally:
            progress.over()
        code = tell_added(done, console, options.json)
        waiting = 0 if options.json else library.unembedded()
    if waiting:
        console.note(f"{waiting:,} documents are found by words alone until their meaning is read: curbside work")
    if progress.stopped:
        console.note("curbside: Stopped. What was read is stored; give the same command again to go on.")
        return STOPPED
    return code
