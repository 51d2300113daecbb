"""`curbside work`: does what waits, such as making vectors for what was added, now or whenever something comes."""

from __future__ import annotations

import os
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import BEGIN, StepProgress, opened
from curbside.errors import LibraryBusy, LibraryError
from curbside.store.lock import WriterLock
from curbside.wiring import JOBS
from curbside.workflows.work import POLL_S, Worker, work

LOCK = "work.lock"
"""File of the library's folder that one working process holds."""

_NICE = 10
STOPPED = 130


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--follow",
        action="store_true",
        help="go on whenever something comes, until stopped or until the process that started this one has ended",
    )


def run(options: Namespace, console: Console) -> int:
    """Work until nothing waits, or for as long as it is wanted."""
    folder: Path = options.library
    if not options.follow and not (folder.is_dir() and any(folder.iterdir())):
        raise LibraryError(f"There is no library in {folder} yet. {BEGIN}")
    progress = StepProgress(console, "documents")
    with _stoppable(orphaned=options.follow) as stopped, ExitStack() as stack:
        if not _alone(folder, options.follow, stopped, stack):
            return 0
        if options.follow and hasattr(os, "nice"):
            os.nice(_NICE)  # whoever answers questions beside this goes first
        workers: dict[str, Worker] = {kind: make(folder, progress) for kind, make in JOBS.items()}
        for worker in workers.values():
            stack.callback(worker.close)
        try:
            done = work(workers, stopped, console.note, follow=options.follow)
        finally:
            progress.over()
        early = stopped() and not options.follow
    _tell(options, console, done)
    return STOPPED if early else 0


def _tell(options: Namespace, console: Console, done: Mapping[str, int]) -> None:
    if options.follow:
        return
    with opened(options) as library:
        status = library.status()
    left = status.documents - status.embedded if status.encoder else 0
    if options.json:
        console.say_json({"done": dict(done), "encoder": status.encoder, "embedded": status.embedded, "left": left})
        return
    if done.get("cite"):
        console.say(f"{done['cite']:,} documents read again for what they cite.")
    if not status.encoder:
        console.say("No encoder is installed, so there is nothing to embed. Install one: curbside encoder install")
        return
    console.say(
        f"{done.get('embed', 0):,} documents embedded; {status.embedded:,} of {status.documents:,} are found by what "
        f"they mean ({status.encoder})."
    )


def _alone(folder: Path, follow: bool, stopped: Callable[[], bool], stack: ExitStack) -> bool:
    """Take the place of the one process that works; with `follow` wait for it, and return False if stopped first.

    Raises:
        LibraryBusy: without `follow`, if another process works.
    """
    while not stopped():
        if folder.is_dir():
            try:
                stack.callback(WriterLock(folder / LOCK).release)
            except LibraryBusy:
                if not follow:
                    raise LibraryBusy(f"{folder}: another process does what waits already.") from None
            else:
                return True
        time.sleep(POLL_S)
    return False


@contextmanager
def _stoppable(orphaned: bool) -> Generator[Callable[[], bool]]:
    """Let Ctrl-C and a polite end ask for a stop after the batch; a second Ctrl-C breaks in.

    With `orphaned` the end of the process that started this one is such a wish too.
    """
    asked = threading.Event()
    parent = os.getppid()

    def stopped() -> bool:
        return asked.is_set() or (orphaned and os.getppid() != parent)

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        asked.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
