"""Add: files in, documents in the store and in the index, and what could not be done as a list."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from curbside.errors import IndexBroken
from curbside.language.vocabulary import Vocabulary
from curbside.records import Added, Problem, Raw
from curbside.search.base import Index
from curbside.store.base import Delivery, Entry, Original, Store, Unread
from curbside.workflows.finding import STREAM, Source, find
from curbside.workflows.follow import Follower
from curbside.workflows.frames import Task
from curbside.workflows.hands import Hands, hands
from curbside.workflows.made import made_by
from curbside.workflows.progress import Progress, Step, silent
from curbside.workflows.reading import READERS_VERSION, Item, format_of, items
from curbside.workflows.rebuild import mend, rebuild

MAX_FILE = 256 << 20
"""Bytes of the largest file that is read."""

BATCH_RECORDS = 500
BATCH_BYTES = 16_000_000
BATCH_SECONDS = 1.0
"""What a transaction may come to, so that it is short for whoever reads meanwhile."""

_AHEAD_FILES = 48
_AHEAD_BYTES = 64_000_000
_MOST_HANDS = 4
_WORTH_HANDS = 3_000_000
"""Bytes from which on it pays to start further processes, which costs half a second."""

_Handler = Callable[[int, FrameType | None], object] | int

_UNPACKED = 6
"""A gzip file counts for so many times its size in deciding whether more processes pay."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that was kept and is to be read.

    Attributes:
        source: which.
        original: as the store knows it.
        data: its bytes where this process reads it, else None.
        skip: records that the store has dealt with.
    """

    source: Source
    original: Original
    data: bytes | None
    skip: int


@dataclass(slots=True)
class _Sum:
    """The counts of `Added` while they grow."""

    counts: dict[str, int] = field(default_factory=dict[str, int])
    problems: list[Problem] = field(default_factory=list[Problem])
    files: int = 0
    records: int = 0
    size: int = 0

    def take(self, tally: Added) -> None:
        for name in ("added", "joined", "present", "replaced", "deleted"):
            self.counts[name] = self.counts.get(name, 0) + getattr(tally, name)
        self.problems += tally.problems

    def added(self) -> Added:
        return Added(**self.counts, files=self.files, problems=tuple(self.problems))


def add(
    givens: Sequence[Path | Raw],
    store: Store,
    index: Index,
    vocabulary: Vocabulary,
    progress: Progress = silent,
    *,
    vocabulary_files: Sequence[Path] = (),
    processes: int | None = None,
) -> Added:
    """Add files, folders of files and streams ("-" is the standard input) to a library.

    Adding is idempotent and can be stopped at any moment, by Ctrl-C or by force, and run again: what is there already
    is passed over, and the library comes out as from one undisturbed run. Ctrl-C finishes the batch at hand; a second
    one does not wait. `vocabulary_files` are those that widened `vocabulary`; `processes` is how many may read beside
    this one, 0 for none, None for as many as pay. The result does not depend on it.

    Raises:
        LibraryFull: if the disk took no more; what was committed stays.
    """
    sources, problems = find(givens, store.folder)
    with _stoppable() as stopped, contextlib.ExitStack() as stack:
        count = min(os.cpu_count() or 1, _MOST_HANDS) if processes is None else processes
        worth = _WORTH_HANDS if processes is None else 0
        help_ = _Help(stack, count, worth, vocabulary_files, made_by(vocabulary))
        adding = _Adding(store, index, vocabulary, progress, stopped, help_)
        adding.sum.problems += problems
        adding.run(sources)
    return adding.sum.added()


class _Help:
    """Processes that read ahead, started once there is enough to read for them to pay."""

    def __init__(
        self, stack: contextlib.ExitStack, count: int, worth: int, files: Sequence[Path], made_by: str
    ) -> None:
        self._stack, self._count, self._worth = stack, count, worth
        self._files, self._made_by = files, made_by
        self._work = 0
        self.hands: Hands | None = None

    def expect(self, source: Source, size: int) -> None:
        """Take note of a file that has to be read."""
        self._work += size * (_UNPACKED if source.origin.endswith(".gz") else 1)
        if self.hands is None and self._count and self._work >= self._worth:
            them = self._stack.enter_context(hands(self._count, self._files))
            if them.made_by == self._made_by:
                self.hands = them
            else:
                self._count = 0  # they do not come up, or profile otherwise: this process has to do it


class _Adding:
    """One add under way."""

    def __init__(
        self,
        store: Store,
        index: Index,
        vocabulary: Vocabulary,
        progress: Progress,
        stopped: Callable[[], bool],
        help_: _Help,
    ) -> None:
        self._store, self._index, self._vocabulary = store, index, vocabulary
        self._progress, self._stopped, self._help = progress, stopped, help_
        mend(store, index, vocabulary)
        self._follower = Follower(store, index)
        self._batch: list[Delivery] = []
        self._batched = self._weight = 0
        self._since = self._told = self._start = time.monotonic()
        self._size = self._total = 0
        self._ahead: set[str] = set()
        self.sum = _Sum()

    def run(self, sources: Sequence[Source]) -> None:
        """Read and store all of them, or as many as there is time for."""
        self._total = len(sources)
        self._size = sum(source.size for source in sources)
        waiting: deque[_Opened] = deque()
        coming = iter(sources)
        ended = False
        while not self._stopped():
            while not ended and self._room(waiting):
                source = next(coming, None)
                ended = source is None
                if source is not None and (opened := self._open(source)) is not None:
                    waiting.append(opened)
            if not waiting:
                break
            opened = waiting.popleft()
            self._read(opened, self._records(opened))
        self._flush()
        self._finish()
        if self.sum.files < self._total:
            what = f"Stopped as you asked, after {self.sum.files} of {self._total} files. What was read is stored."
            self.sum.problems.append(Problem(what, remedy="Run the same command again to go on."))
        self._tell("", always=True)

    def _room(self, waiting: deque[_Opened]) -> bool:
        if self._help.hands is None:
            return not waiting
        return len(waiting) < _AHEAD_FILES and sum(opened.original.size for opened in waiting) < _AHEAD_BYTES

    def _open(self, source: Source) -> _Opened | None:
        """Keep a file and have it read ahead, or pass over it."""
        data = _bytes(source)
        if isinstance(data, Problem):
            self.sum.problems.append(data)
            self._done(source)
            return None
        raw = Raw(source.origin, data, source.raw.format if source.raw else "")
        sha, path = self._store.keep(data)
        original = Original(sha, len(data), source.origin, format_of(raw), READERS_VERSION, source.named)
        before = self._store.progress(original)
        if before is not None and before.complete:
            self.sum.take(Added(present=before.present, problems=before.problems))
            self._done(source)
            return None
        skip = before.done if before else 0
        if before is not None:
            self.sum.take(Added(present=before.present, problems=before.problems))
        self._help.expect(source, len(data))
        # A file that is out already is moved once it is stored; its twin is read here when its turn comes.
        if self._help.hands is None or sha in self._ahead:
            return _Opened(source, original, data, skip)
        self._ahead.add(sha)
        self._help.hands.give(Task(source.origin, str(path), original.format, skip))
        return _Opened(source, original, None, skip)

    def _records(self, opened: _Opened) -> Iterator[list[Item]]:
        if opened.data is None and self._help.hands is not None:
            yield from self._help.hands.take()
            self._ahead.discard(opened.original.sha)
            return
        raw = Raw(opened.source.origin, opened.data or b"", opened.original.format)
        for item in items(raw, self._vocabulary, opened.skip):
            yield [item]

    def _read(self, opened: _Opened, records: Iterator[list[Item]]) -> None:
        position = opened.skip
        held: list[Item] = []
        broken: tuple[Problem, ...] = ()
        for some in records:
            for item in some:
                if isinstance(item, Unread) and item.broken:
                    broken = item.problems
                    continue
                held.append(item)
                self.sum.records += 1
                self._batched += 1
                self._weight += len(item.data) if isinstance(item, Entry) else 100
                if self._ripe():
                    position = self._deliver(opened.original, position, held)
                    self._flush()
                    self._tell(opened.source.origin)
                    if self._stopped():
                        return
        self._deliver(opened.original, position, held, broken, complete=not broken)
        self._batched += 1  # a file is a row of its own, also without records
        self._done(opened.source)
        if self._ripe():
            self._flush()

    def _ripe(self) -> bool:
        full = self._batched >= BATCH_RECORDS or self._weight >= BATCH_BYTES
        return full or time.monotonic() - self._since >= BATCH_SECONDS

    def _deliver(
        self,
        original: Original,
        start: int,
        held: list[Item],
        broken: tuple[Problem, ...] = (),
        *,
        complete: bool = False,
    ) -> int:
        """Move the records held into the batch; return the position after them."""
        end = start + len(held)
        self._batch.append(Delivery(original, start, tuple(held), broken, complete, bool(broken)))
        held.clear()
        return end

    def _flush(self) -> None:
        """Store the batch, and let the index follow."""
        if self._batch:
            self.sum.take(self._store.put(self._batch))
            self._batch.clear()
            try:
                self._follower.catch_up()
            except IndexBroken:
                self._again()
        self._batched = self._weight = 0
        self._since = time.monotonic()

    def _finish(self) -> None:
        try:
            self._follower.finish()
        except IndexBroken:
            self._again()

    def _again(self) -> None:
        """Make the index anew where somebody has damaged or deleted it under our hands."""
        rebuild(self._store, self._index, self._vocabulary)
        self._follower = Follower(self._store, self._index)

    def _done(self, source: Source) -> None:
        self.sum.files += 1
        self.sum.size += source.size
        self._tell(source.origin)

    def _tell(self, origin: str, *, always: bool = False) -> None:
        now = time.monotonic()
        if always or now - self._told >= 0.1:
            self._told = now
            done = self.sum
            passed = now - self._start
            self._progress(Step(done.files, self._total, done.records, done.size, self._size, passed, origin))


def _bytes(source: Source) -> bytes | Problem:
    """Return the bytes of a source, or why they cannot be had."""
    remedy = "Split it into smaller files."
    if source.size > MAX_FILE:
        return Problem(f"The file is larger than {MAX_FILE >> 20} MB; left out.", source.origin, remedy=remedy)
    try:
        if source.raw is not None:
            return source.raw.data
        if source.path is None:
            data = sys.stdin.buffer.read(MAX_FILE + 1)
        else:
            with source.path.open("rb") as handle:
                data = handle.read(MAX_FILE + 1)
    except OSError as error:
        what = f"It cannot be read ({error.strerror or error})."
        return Problem(what, source.origin, remedy="Check the disk and who may read it.")
    if len(data) > MAX_FILE:
        where = "the standard input" if source.origin == STREAM else "the file"
        return Problem(f"More than {MAX_FILE >> 20} MB came from {where}; left out.", source.origin, remedy=remedy)
    return data


@contextlib.contextmanager
def _stoppable() -> Generator[Callable[[], bool]]:
    """Let Ctrl-C ask for a stop rather than break in; the second one breaks in.

    So does a polite end from outside where somebody above handles it; whoever handles either hears of it too.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def ask(number: int, frame: FrameType | None) -> None:
        asked.set()
        handler = before[number]
        signal.signal(number, handler)
        if callable(handler) and handler is not signal.default_int_handler:
            handler(number, frame)

    before: dict[int, _Handler] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        handler = signal.getsignal(number)
        if number == signal.SIGINT or callable(handler):
            before[number] = handler or signal.default_int_handler
            signal.signal(number, ask)
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
