"""Several processes that read ahead for one that stores; what they give comes in the order of the files."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Queue
from typing import IO, cast

import msgspec

from curbside.records import Problem
from curbside.store.base import Unread
from curbside.workflows.frames import Frame, Hello, Task, receive, send, unframed
from curbside.workflows.reading import Item

_AHEAD = 16_000_000
"""Bytes of frames that may wait for each process, some thousand abstracts: files are stored in their order, and a
process that might not read on while the file before its own is being stored would stand idle for most of the time."""


class Frames(Queue[bytes | None]):
    """Frames that wait to be stored, bounded by their bytes; None is the last word of a process."""

    def _init(self, maxsize: int) -> None:
        self._waiting: deque[bytes | None] = deque()
        self._weight = 0

    def _qsize(self) -> int:
        return self._weight

    def _put(self, item: bytes | None) -> None:
        self._waiting.append(item)
        self._weight += len(item or b"0")

    def _get(self) -> bytes | None:
        item = self._waiting.popleft()
        self._weight -= len(item or b"0")
        return item


class _Hand:
    """One process, and the thread that fetches what it reads."""

    def __init__(self, vocabulary: Sequence[Path]) -> None:
        # -P: a folder of documents that somebody works in must not lend modules. A session of its own: Ctrl-C is for
        # the process that adds; this one ends when its input does.
        command = [sys.executable, "-P", "-m", "curbside.workflows.worker", *map(str, vocabulary)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._frames = Frames(_AHEAD)
        self._thread = threading.Thread(target=self._fetch, daemon=True)
        self._thread.start()
        self.waiting = 0

    def greeted(self) -> str:
        """Return the version of what it profiles with, "" where it did not come up; waits for its first word."""
        first = self._frames.get()
        if first is None:
            self._frames.put(None)  # for who waits for its records
            return ""
        return msgspec.msgpack.decode(first, type=Hello).made_by

    def _fetch(self) -> None:
        stream = cast(IO[bytes], self._process.stdout)
        while (message := receive(stream)) is not None:
            self._frames.put(message)
        self._frames.put(None)

    def give(self, task: Task) -> None:
        """Hand over a file to read after those before it."""
        self.waiting += 1
        with suppress(OSError):  # the process is gone, as whoever waits for its answer finds out
            send(cast(IO[bytes], self._process.stdin), task)

    def take(self) -> Frame | None:
        """Return the next frame, or None where the process is gone."""
        message = self._frames.get()
        if message is None:
            self._frames.put(None)
            return None
        frame = msgspec.msgpack.decode(message, type=Frame)
        self.waiting -= frame.last
        return frame

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        while self._thread.is_alive():
            if not self._frames.empty():
                self._frames.get()
            self._thread.join(0.01)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast(IO[bytes], stream).close()


class Hands:
    """Reads files in several processes, handing each to the one that has least to do."""

    def __init__(self, count: int, vocabulary: Sequence[Path]) -> None:
        self._vocabulary = tuple(vocabulary)
        self._hands = [_Hand(self._vocabulary) for _ in range(count)]
        versions = {hand.greeted() for hand in self._hands}  # all of them are on their way by now
        self.made_by = versions.pop() if len(versions) == 1 else ""
        """The version of what they profile with, "" where one of them did not come up."""
        self._given: deque[tuple[Task, _Hand]] = deque()

    def give(self, task: Task) -> None:
        """Hand over the next file."""
        hand = min(self._hands, key=lambda each: each.waiting)
        self._given.append((task, hand))
        hand.give(task)

    def take(self) -> Iterator[list[Item]]:
        """Yield the records of the oldest file that is still out, some at a time."""
        task, hand = self._given.popleft()
        done = 0
        while True:
            frame = hand.take()
            if frame is None:
                self._replace(hand)
                what = f"The process that read it ended after record {task.skip + done}; the rest was not read."
                problem = Problem(what, task.origin, remedy="Add it again; if this recurs, report it.")
                yield [Unread((problem,), broken=True)]
                return
            done += len(frame.items)
            yield unframed(frame)
            if frame.last:
                return

    def _replace(self, gone: _Hand) -> None:
        """Put a new process in the place of one that died, and give it what the old one still had to do."""
        gone.stop()
        fresh = _Hand(self._vocabulary)
        fresh.greeted()
        self._hands[self._hands.index(gone)] = fresh
        self._given = deque((task, fresh if hand is gone else hand) for task, hand in self._given)
        for task, hand in self._given:
            if hand is fresh:
                fresh.give(task)

    def stop(self) -> None:
        """End all processes."""
        for hand in self._hands:
            hand.stop()


@contextmanager
def hands(count: int, vocabulary: Sequence[Path]) -> Generator[Hands]:
    """Have `count` processes for the time of a `with`."""
    them = Hands(count, vocabulary)
    try:
        yield them
    finally:
        them.stop()
