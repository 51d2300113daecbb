"""Keeps an index in step with the store: every change once, in order, durable together with its number."""

from __future__ import annotations

import time

from curbside.errors import IndexBroken
from curbside.search.base import READY, Index
from curbside.store.base import PUT, Store
from curbside.workflows.progress import Progress, Step, silent

_STEP = 500
COMMIT_EVERY = 20_000
"""Changes after which the index is made durable; a process that is killed replays at most so many."""


class Follower:
    """Feeds an index what the store has changed since the index last heard of it.

    Nothing is visible before `finish` or the `COMMIT_EVERY`th change. Raises what the index raises. `progress` is told
    how many of the changes are dealt with that the index had missed at first.
    """

    def __init__(self, store: Store, index: Index, progress: Progress = silent) -> None:
        self._store = store
        self._index = index
        self._progress, self._start = progress, time.monotonic()
        self._applied = self._committed = self._first = index.seq
        self._missed = store.seq - self._first

    def catch_up(self) -> None:
        """Apply every change that is in the store by now."""
        while changes := self._store.changes(self._applied, _STEP):
            last = {change.document: change.op for change in changes}
            holdings = self._store.holdings([document for document, op in last.items() if op == PUT])
            # What was put and has gone since is not held any more; a later change will say so, or has been skipped.
            held = {holding.document.id for holding in holdings}
            self._index.apply(holdings, [document for document in last if document not in held])
            self._applied = changes[-1].seq
            done = min(self._applied - self._first, self._missed)
            seconds = time.monotonic() - self._start
            self._progress(Step(0, 0, done, done, self._missed, seconds))
            if self._applied - self._committed >= COMMIT_EVERY:
                self._commit()

    def finish(self) -> None:
        """Apply what is left and make all of it visible and durable."""
        self.catch_up()
        if self._applied != self._committed:
            self._commit()

    def _commit(self) -> None:
        self._index.commit(self._applied)
        self._committed = self._applied


def in_step(store: Store, index: Index) -> bool:
    """Tell whether the index holds exactly what the store holds; costs one short query."""
    try:
        return index.seq == store.seq and (index.state() == READY or store.seq == 0)
    except IndexBroken:
        return False
