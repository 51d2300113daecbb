"""Work: what waits, kind after kind and a piece at a time, until nothing is left or for as long as somebody wants."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol

from curbside.errors import CurbsideError, LibraryBusy

POLL_S = 0.5
"""How often it is looked for something new, and for a writer's place that another process holds."""

AGAIN_S = 30.0
"""After what time a kind of work that failed is tried again."""


class Worker(Protocol):
    """Does one kind of work. Everything it needs is opened when there is something to do."""

    def step(self) -> int | None:
        """Do a piece of some seconds; return how many things are done by it, or None where nothing waits.

        It may be killed at any moment and is then called again by another process.

        Raises:
            LibraryBusy: if another process writes; it is called again soon.
            CurbsideError: if it cannot go on.
        """
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


class Tell(Protocol):
    """Is told what somebody should know."""

    def __call__(self, words: str, /) -> None:
        """Take note of it."""
        ...


def work(
    workers: Mapping[str, Worker],
    stopped: Callable[[], bool],
    tell: Tell,
    *,
    follow: bool = False,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, int]:
    """Work until nothing waits, or with `follow` until `stopped`; return how much was done of each kind.

    The kinds take turns, so that a long one never keeps a short one waiting for more than a piece. Who waits for
    another process says so once. With `follow` what fails is told and tried again later.

    Raises:
        CurbsideError: what a kind of work raises, without `follow`.
    """
    done = dict.fromkeys(workers, 0)
    again = dict.fromkeys(workers, 0.0)
    said: dict[str, str] = {}
    while not stopped():
        idle = True
        waits = False
        for kind, worker in workers.items():
            if stopped() or clock() < again[kind]:
                continue
            try:
                found = worker.step()
            except LibraryBusy as error:
                waits = True
                _once(said, kind, f"Waiting: {error}", tell)
                continue
            except CurbsideError as error:
                if not follow:
                    raise
                again[kind] = clock() + AGAIN_S
                _once(said, kind, str(error), tell)
                continue
            said.pop(kind, None)
            if found is not None:
                idle = False
                done[kind] += found
        if idle and not follow and not waits:
            break
        if idle:
            pause(POLL_S)
    return done


def _once(said: dict[str, str], kind: str, words: str, tell: Tell) -> None:
    if said.get(kind) != words:
        said[kind] = words
        tell(words)
