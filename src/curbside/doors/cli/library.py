"""What several commands share: opening the library, telling of an add, reading filters from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from curbside.doors.cli.console import Console, Progress
from curbside.errors import LibraryError, UnknownValue, UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Added, Filters, Problem
from curbside.wiring import Library, open_library
from curbside.workflows.narrow import Wish, narrow
from curbside.workflows.progress import Progress as Listener
from curbside.workflows.progress import Stage, Step, silent

BEGIN = "Begin with the starter shelf: curbside shelf\nor with files of your own: curbside add PATH"

QUESTIONS = "questions.log"
"""File in the library's folder that keeps questions where the user asked for that."""


def opened(options: Namespace, write: bool = False, soon: bool = False) -> Library:
    """Open the library that the command line names; `write` makes it where there is none, `soon` a question follows.

    Raises:
        LibraryError: if there is none, saying how to begin, or if it cannot be opened.
    """
    folder: Path = options.library
    if not write and not (folder.is_dir() and any(folder.iterdir())):
        raise LibraryError(f"There is no library in {folder} yet. {BEGIN}")
    upkeep = Upkeep(Console.of_process())
    try:
        return open_library(folder, write=write, soon=soon, upkeep=upkeep)
    finally:
        upkeep.over()


def held(library: Library) -> Library:
    """Return the library if it holds anything.

    Raises:
        LibraryError: if it is empty, saying how to begin.
    """
    if not library.store.counts().documents:
        raise LibraryError(f"The library in {library.folder} is empty. {BEGIN}")
    return library


def typed(words: Sequence[str]) -> str:
    """Return words from the command line as one text; bytes among them that are no text become question marks."""
    return " ".join(words).encode("utf-8", "replace").decode("utf-8").strip()


def log_question(options: Namespace, text: str) -> None:
    """Keep a question with its time, where CURBSIDE_LOG_QUESTIONS asks for that."""
    if options.log_questions:
        with (options.library / QUESTIONS).open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\t{' '.join(text.split())}\n")


class StepProgress:
    """Shows the steps of a workflow as progress, and remembers the last."""

    def __init__(self, console: Console, noun: str) -> None:
        self._progress = Progress(console, noun)
        self.last: Step | None = None

    def __call__(self, step: Step, /) -> None:
        """Take note of a step."""
        self.last = step
        share = step.size / step.size_total if step.size_total else None
        of_files = f"file {step.files:,} of {step.files_total:,}" if step.files_total > 1 else ""
        self._progress.at(step.records, share, of_files)

    def over(self) -> None:
        """Take the line off the terminal."""
        self._progress.over()

    @property
    def stopped(self) -> bool:
        """Whether the work ended before its end."""
        return self.last is not None and self.last.files < self.last.files_total


STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.TABLES: "The tables of this library are those of an earlier version. They are brought up to date, once.",
        Stage.PROFILES: "{total:,} documents are read again for what they are about: what reads them has changed.",
        Stage.CITATIONS: "{total:,} documents are read again for what they cite: what reads them has changed.",
        Stage.INDEX: "The index is made anew of {total:,} documents.",
        Stage.CHANGES: "The index takes in {total:,} changes that it has missed.",
    }
)
"""What is said when a library has to be looked after before it serves."""

WORTH_TELLING = 200
"""Documents from which on it is said: fewer are done with in seconds."""


class Upkeep:
    """Says what is done to a library before it serves, and how far it is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None

    def __call__(self, stage: Stage, total: int, /) -> Listener:
        """Say what begins, where it takes long enough to be asked about."""
        self.over()
        if 0 < total < WORTH_TELLING:
            return silent
        self._console.note(STAGES[stage].format(total=total))
        progress = self._progress = Progress(self._console, "changes" if stage is Stage.CHANGES else "documents")

        def at(step: Step, /) -> None:
            progress.at(step.records, step.size / step.size_total if step.size_total else None)

        return at

    def over(self) -> None:
        """Take the line off the terminal."""
        if self._progress is not None:
            self._progress.over()
            self._progress = None


ROWS = (
    ("added", "new works"),
    ("joined", "further documents of works already there"),
    ("replaced", "later versions that took the place of earlier ones"),
    ("deleted", "withdrawn"),
    ("present", "already there"),
)
"""Count of an add -> what it means, in the order of the table."""


def tell_added(added: Added, console: Console, json: bool) -> int:
    """Print what an add did and return the exit code: 1 where something of the input was not added."""
    lost = [problem for problem in added.problems if problem.lost]
    if json:
        from curbside.workflows.plain import added_json

        console.say_json(added_json(added))
        return 1 if lost else 0
    tell_problems(added.problems, console)
    rows = [(name if name != "present" else "already there", getattr(added, name), words) for name, words in ROWS]
    rows = [(name, count, "" if name == words else words) for name, count, words in rows]
    console.table([*rows, ("problems", len(added.problems), f"{len(lost)} of them kept something out" if lost else "")])
    return 1 if lost else 0


def tell_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print each problem on a line of its own, file and line first."""
    if problems:
        console.say("Problems:" if any(problem.lost for problem in problems) else "Remarks:")
    for problem in problems:
        console.say(f"  {problem}")


_FILTERS = {
    "kind": 'kind of document (article, guideline, note, "answer page" …)',
    "design": 'kind of evidence (rct, trials, guidelines, reviews, cohort, "case series" …)',
    "age": "age group studied (infant, child, adolescent, adult, aged)",
}


_NAMED = {"design": ("--design", "--only")}
"""Filter -> its options, where that is not its name alone."""

_OPTIONS = {"shelves": "shelf"}
"""Field of a `Wish` -> its option, where that is not the field without its last letter."""


def declare_filters(parser: ArgumentParser, limit: int | None = None) -> None:
    """Add the options that narrow a question; each but the years may be given several times."""
    group = parser.add_argument_group("filters")
    group.add_argument("--since", type=int, metavar="YEAR", help="published in this year or later")
    group.add_argument("--until", type=int, metavar="YEAR", help="published in this year or earlier")
    for name, words in _FILTERS.items():
        options = _NAMED.get(name, (f"--{name}",))
        group.add_argument(*options, action="append", default=[], metavar=name.upper(), help=words)
    group.add_argument("--drug", action="append", default=[], metavar="NAME", help="about this drug or class")
    group.add_argument("--condition", action="append", default=[], metavar="NAME", help="about this condition")
    words = 'by its place on the shelf ("author:Lee, Ann", orcid:…, journal:Blood, "keyword:off-label use")'
    group.add_argument("--shelf", action="append", default=[], metavar="PLACE", help=words)
    notice = group.add_mutually_exclusive_group()
    notice.add_argument("--with-notice", action="store_true", help="only works with an editorial notice")
    notice.add_argument("--without-notice", action="store_true", help="only works without an editorial notice")
    if limit is not None:
        parser.add_argument("--limit", type=int, default=limit, metavar="N", help=f"hits shown (default {limit})")


def filters_of(options: Namespace, vocabulary: Vocabulary) -> Filters:
    """Return the filters given on the command line.

    Raises:
        UsageError: for a value or a name that means nothing, with what it may be.
    """
    wish = Wish(
        kinds=options.kind,
        designs=options.design,
        ages=options.age,
        drugs=options.drug,
        conditions=options.condition,
        since=options.since,
        until=options.until,
        shelves=options.shelf,
        noticed=True if options.with_notice else False if options.without_notice else None,
    )
    try:
        return narrow(wish, vocabulary)
    except UnknownValue as error:
        raise UsageError(f"--{_OPTIONS.get(error.field, error.field.removesuffix('s'))}: {error}") from error
