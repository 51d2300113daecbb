"""Answers that were just made and are about to be shown: the form leads to a page of its own, which asks again."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from curbside.records import Answer
from curbside.wiring import Library

MOST = 64
SECONDS = 30.0
"""How many answers are held, and for how long: a browser follows at once, to the same process as a rule."""

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Made:
    answer: Answer
    mark: Mark
    at: float


class FreshAnswers:
    """Hands an answer out once, and only while the library is as it was: then asking again would give the same."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._made: OrderedDict[str, _Made] = OrderedDict()

    def keep(self, id: str, mark: Mark, answer: Answer) -> None:
        """Hold the answer to the question kept under `id`, made when the library was at `mark`."""
        if not id:
            return
        with self._guard:
            self._made[id] = _Made(answer, mark, self._clock())
            while len(self._made) > MOST:
                self._made.popitem(last=False)

    def take(self, id: str, library: Library) -> Answer | None:
        """Return the answer made for `id` and let go of it; None where it has to be made anew."""
        now = self._clock()
        with self._guard:
            for old in [name for name, made in self._made.items() if now - made.at > SECONDS]:
                del self._made[old]
            made = self._made.pop(id, None)
        return made.answer if made is not None and made.mark == mark_of(library) else None


def mark_of(library: Library) -> Mark:
    """Return what changes whenever the library does: how far its store and its index are."""
    return library.store.seq, library.index.seq
