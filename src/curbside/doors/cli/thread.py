"""`curbside thread ID`: the questions of a thread and what each carried over; and what `ask --follow` needs."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curbside.doors.cli.console import Console
from curbside.errors import NotHeld, UsageError
from curbside.records import Filters
from curbside.records.thread import Thread, Turn
from curbside.settings import read_settings
from curbside.store.threads import ThreadStore
from curbside.wiring import Library
from curbside.workflows.thread import Told
from curbside.writers.fields import one_line
from curbside.writers.thread import answered_json, thread_json, turn_terminal

NEW = "new"
"""What `--follow` is given to begin a thread."""


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", help="id of a thread, as `ask --follow` printed it")
    parser.add_argument("--forget", action="store_true", help="delete the thread with all its questions")


def run(options: Namespace, console: Console) -> int:
    """Show a thread, or delete it."""
    threads = threads_of(options.library)
    if options.forget:
        if not threads.forget(options.id):
            raise NotHeld("No thread is kept under this id. It was forgotten, or its time is over.")
        if options.json:
            console.say_json({"forgotten": options.id})
        else:
            console.say("The thread is forgotten, with all its questions.")
        return 0
    thread = threads.get(options.id)
    if options.json:
        console.say_json(thread_json(thread))
        return 0
    for number, turn in enumerate(thread.turns, 1):
        console.say(f"{number}. {one_line(turn.text)}")
        for line in _read(turn, number):
            console.say(f"   {line}")
    return 0


def _read(turn: Turn, number: int) -> list[str]:
    as_typed = " ".join(turn.text.split())
    read = [] if turn.question.text == as_typed else [f"Read as: {one_line(turn.question.text)}"]
    return [*read, *(one_line(each) for each in turn.notes), *(one_line(each) for each in turn_terminal(turn, number))]


def threads_of(library: Path) -> ThreadStore:
    """Return the threads of a library, kept for as long as CURBSIDE_KEEP_QUESTIONS says."""
    return ThreadStore(library, read_settings(os.environ, Path.home()).keep_questions)


@dataclass(frozen=True, slots=True)
class Followed:
    """A turn that was answered, and the thread that it is kept in.

    Attributes:
        told: the turn with its answer.
        thread: as it is kept now.
    """

    told: Told
    thread: Thread

    @property
    def plain(self) -> dict[str, Any]:
        """How it was read, for JSON."""
        return answered_json(self.told.turn, self.told.number, self.thread.id)

    @property
    def lines(self) -> Sequence[str]:
        """What was carried over and what was left behind, in lines."""
        return turn_terminal(self.told.turn, self.told.number)

    @property
    def farewell(self) -> str:
        """How to go on, and how to have it forgotten."""
        return (
            f"Thread {self.thread.id}\n"
            f'  go on:  curbside ask --follow {self.thread.id} "…"\n'
            f"  forget: curbside thread {self.thread.id} --forget"
        )


def followed(options: Namespace, library: Library, question: str, filters: Filters) -> Followed:
    """Answer a question that begins or follows a thread, and keep it there.

    Raises:
        UsageError: where threads are not kept, or a chip is to be dropped that is not there.
        NotHeld: if there is no such thread.
    """
    threads = threads_of(options.library)
    if not threads.keeps:
        raise UsageError("Threads are not kept here: CURBSIDE_KEEP_QUESTIONS is 0. Set it to a number of days.")
    if options.follow == NEW:
        threads.sweep()  # nothing else does where no server runs
    before = () if options.follow == NEW else threads.get(options.follow).turns
    if options.drop and not before:
        raise UsageError("--drop leaves out what a question carries over; a first question carries over nothing.")
    told = library.turn(question, before, filters, options.drop)
    return Followed(told, threads.keep(told.turns, "" if options.follow == NEW else options.follow))
