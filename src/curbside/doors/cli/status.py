"""`curbside status`: what the library holds, and how it is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened, tell_problems
from curbside.records import LibraryStatus
from curbside.writers.plain import problem_json, status_json


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--problems", action="store_true", help="list the problems of past adds that still stand")


def run(options: Namespace, console: Console) -> int:
    """Count and tell."""
    with opened(options) as library:
        status = library.status()
        problems = library.store.problems() if options.problems else []
    if options.json:
        listed = {"problems_listed": [problem_json(each) for each in problems]} if options.problems else {}
        console.say_json({**status_json(status), **listed})
        return 0
    _tell(status, console)
    tell_problems(problems, console)
    return 0


def _tell(status: LibraryStatus, console: Console) -> None:
    console.say(status.folder)
    console.table(
        [
            ("works", status.works, ""),
            ("documents", status.documents, _listed(status.kinds)),
            ("evidence", "", _listed(status.evidence)),
            ("originals", status.originals, "files kept as they came"),
            ("passages", status.passages, f"index {status.index}"),
            ("searched by", "", _legs(status)),
            ("retracted", status.retracted, "works that answer nothing"),
            ("tombstones", status.tombstones, "withdrawn or removed"),
            ("problems", status.problems, "curbside status --problems" if status.problems else ""),
            ("jobs", status.jobs, "waiting"),
            ("vocabulary", "", _listed(status.vocabulary)),
            ("updated", status.updated or "never", ""),
        ]
    )


def _legs(status: LibraryStatus) -> str:
    if not status.encoder:
        return "words"
    told = f"{status.embedded:,} of {status.documents:,} documents embedded"
    if "meaning" in status.legs:
        return f"words + meaning ({status.encoder}), {told}"
    return f"words ({status.encoder} is installed, {told})"


def _listed(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in pairs)
