"""The process that a person starts: it holds the address, watches over the others, and ends with them."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from curbside.errors import CannotServe, CurbsideError
from curbside.serving.entry import answer, make, work
from curbside.serving.meanwhile import Meanwhile
from curbside.serving.plan import GRACE_S, Plan
from curbside.store.asked import AskedStore
from curbside.store.completions import CompletionStore
from curbside.store.inbox import Inbox
from curbside.store.place import records_file

SWEEP_S = 3600.0
"""How often questions and uploads whose time is over are taken away."""

_WORK_GRACE_S = 30.0
"""How long the process that adds may take for its batch; killed after that, it loses nothing but time."""

_YOUNG_S = 10.0
_PATIENCE = 3
"""A process that dies younger than that, so often in a row, will not live."""

_spawn = multiprocessing.get_context("spawn")


class _Child:
    """A process that is started again when it dies."""

    def __init__(self, name: str, start: Callable[[], SpawnProcess], grace: float) -> None:
        self.name, self._start, self.grace = name, start, grace
        self.process = start()
        self._born = time.monotonic()
        self._early = 0
        self._again_at: float | None = None

    def look(self, note: Callable[[str], None]) -> None:
        """Start the process again where it has died, later each time where it dies young."""
        now = time.monotonic()
        if self.process.is_alive():
            return
        if self._again_at is None:
            self._early = self._early + 1 if now - self._born < _YOUNG_S else 0
            self._again_at = now + min(2.0**self._early, 60.0) if self._early else now
            note(f"curbside: {self.name} ended unexpectedly (code {self.process.exitcode}); it is started again.")
        if now >= self._again_at:
            self.process.close()
            self.process = self._start()
            self._born, self._again_at = now, None

    @property
    def next(self) -> float | None:
        """When to look again, or None where its end will be noticed."""
        return self._again_at


class Supervisor:
    """Runs the processes of a server until a signal says to stop."""

    def __init__(self, plan: Plan, listening: socket.socket, note: Callable[[str], None]) -> None:
        """Serve `plan` on a socket that listens already; remarks go to `note`."""
        self._plan, self._listening, self._note = plan, listening, note
        self._children: list[_Child] = []
        self._ready: list[Connection] = []

    def make(self) -> None:
        """Make the library where there is none yet.

        Raises:
            CannotServe: if that fails.
        """
        if records_file(self._plan.library).exists():
            return
        process = _spawn.Process(target=make, args=(self._plan.library,))
        process.start()
        process.join()
        if process.exitcode:
            raise CannotServe(f"There is no library in {self._plan.library}, and none can be made.")

    def run(self, ready: Callable[[], None]) -> None:
        """Start everything, call `ready` once requests are answered, and return when all has ended.

        Raises:
            CannotServe: if the processes do not come up.
        """
        with _stopping() as (stopped, bell):
            try:
                # The first one looks after the library where that is wanted; the others would answer from half of it.
                for numbers in ((1,), range(2, self._plan.workers + 1)):
                    before, heard = len(self._children), len(self._ready)
                    for number in numbers:
                        self._children.append(_Child(f"process {number} that answers", self._answering, GRACE_S + 5.0))
                    self._come_up(self._children[before:], self._ready[heard:], stopped)
                if self._plan.work:
                    self._children.append(_Child("the process that adds", self._working, _WORK_GRACE_S))
                if not stopped():
                    ready()
                self._watch(stopped, bell)
            finally:
                self._end()

    def _answering(self) -> SpawnProcess:
        ours, theirs = _spawn.Pipe(duplex=False)
        process = _spawn.Process(target=answer, args=(self._plan, self._listening, theirs), name="curbside answers")
        process.start()
        theirs.close()
        self._ready.append(ours)
        return process

    def _working(self) -> SpawnProcess:
        process = _spawn.Process(target=work, args=(self._plan,), name="curbside works")
        process.start()
        return process

    def _come_up(
        self, children: Sequence[_Child], listening: Sequence[Connection], stopped: Callable[[], bool]
    ) -> None:
        """Wait until every process answers; whoever asks meanwhile is told what it is that lasts."""
        meanwhile = Meanwhile(self._listening)
        try:
            for child, ready in zip(children, listening):
                for _ in range(_PATIENCE):
                    if self._comes_up(child, ready, meanwhile, stopped):
                        break
                    child.process.join()
                    child.process = self._answering()
                    ready = self._ready[-1]
                else:
                    raise CannotServe("The server cannot start; what it said about that stands above.")
        finally:
            meanwhile.over()

    @staticmethod
    def _comes_up(child: _Child, ready: Connection, meanwhile: Meanwhile, stopped: Callable[[], bool]) -> bool:
        """Wait until a process answers, it has ended, or a signal asks to stop; tell whether it has not ended."""
        with contextlib.suppress(EOFError):
            while not stopped():
                while not stopped() and child.process.is_alive() and not ready.poll(0.2):
                    pass
                if stopped() or not ready.poll(0):
                    break
                told = ready.recv()
                if told is True:
                    return True
                meanwhile.say(str(told))
        return stopped()

    def _watch(self, stopped: Callable[[], bool], bell: socket.socket) -> None:
        sweep_at = time.monotonic()
        while not stopped():
            for child in self._children:
                child.look(self._note)
            now = time.monotonic()
            if now >= sweep_at:
                self._sweep()
                sweep_at = now + SWEEP_S
            due = min([sweep_at, *(child.next for child in self._children if child.next is not None)])
            alive = [child.process.sentinel for child in self._children if child.next is None]
            wait([*alive, bell], max(0.05, due - time.monotonic()))

    def _sweep(self) -> None:
        try:
            AskedStore(self._plan.library, self._plan.keep_questions).sweep()
            Inbox(self._plan.library).sweep()
            CompletionStore(self._plan.library, self._plan.keep_questions).sweep()
        except (CurbsideError, OSError) as error:
            self._note(f"curbside: What is over could not be taken away: {error}")

    def _end(self) -> None:
        """Ask every process to end, and do not wait for ever."""
        self._listening.close()
        for child in self._children:
            if child.process.is_alive():
                child.process.terminate()
        begun = time.monotonic()
        for child in self._children:
            child.process.join(max(0.0, begun + child.grace - time.monotonic()))
            if child.process.is_alive():
                self._note(f"curbside: {child.name} does not end and is stopped by force. Nothing is lost.")
                child.process.kill()
                child.process.join()


@contextlib.contextmanager
def _stopping() -> Generator[tuple[Callable[[], bool], socket.socket]]:
    """Give what tells whether a signal asked to stop, and a socket that becomes readable when one does."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        del number, frame
        asked = True

    ours, theirs = socket.socketpair()
    for each in (ours, theirs):
        each.setblocking(False)
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    woken = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield (lambda: asked), ours
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        theirs.close()
