"""Receive: an upload from the inbox into the library, under its senders' names, as often as it takes to be whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from curbside.errors import LibraryError, LibraryFull
from curbside.records import Added, Problem, Raw, Upload, UploadedFile
from curbside.store.base import PUT, Store
from curbside.store.inbox import Inbox
from curbside.workflows.plain import added_json
from curbside.workflows.progress import Progress, Step

Adding = Callable[[Sequence[Raw], Progress], Added]
"""Adds files to the library and tells how far it is, as `curbside.wiring.Library.add` does."""

GROUP_BYTES = 32_000_000
GROUP_FILES = 500
"""How much of an upload is held in memory at a time."""

MOST_SHOWN = 200
"""Documents that a result names; how many there are, its counts say."""

_TELL_EVERY = 0.5
_STEP = 500


@dataclass(slots=True)
class _Sum:
    counts: dict[str, int] = field(default_factory=dict[str, int])
    problems: list[Problem] = field(default_factory=list[Problem])

    def take(self, done: Added) -> None:
        for name in ("added", "joined", "present", "replaced", "deleted", "files"):
            self.counts[name] = self.counts.get(name, 0) + getattr(done, name)
        self.problems += done.problems


class _Telling:
    """Writes into the inbox how far the whole upload is, while its groups are added one after the other."""

    def __init__(self, inbox: Inbox, upload: Upload, seq: int, attempt: int) -> None:
        self._inbox, self._id = inbox, upload.id
        self._fixed = {"seq": seq, "attempt": attempt, "files_total": len(upload.files)}
        self._size_total = sum(file.size for file in upload.files)
        self._files = self._records = self._size = 0
        self._last = Step(0, 0, 0, 0, 0, 0.0)
        self._begun = time.monotonic()
        self._told = 0.0
        self.tell()

    def __call__(self, step: Step, /) -> None:
        """Take note of a step of the group at hand."""
        self._last = step
        if time.monotonic() - self._told >= _TELL_EVERY:
            self.tell()

    def past(self, files: int, size: int) -> None:
        """Take note that a group is done."""
        self._files += files
        self._size += size
        self._records += self._last.records
        self._last = Step(0, 0, 0, 0, 0, 0.0)
        self.tell()

    def tell(self) -> None:
        """Write it down."""
        self._told = time.monotonic()
        step = self._last
        whole = Step(
            self._files + step.files,
            self._fixed["files_total"],
            self._records + step.records,
            self._size + step.size,
            self._size_total,
            self._told - self._begun,
        )
        at: dict[str, Any] = {
            **self._fixed,
            "files": whole.files,
            "records": whole.records,
            "size": whole.size,
            "size_total": whole.size_total,
            "seconds": round(whole.seconds, 1),
            "rate": round(whole.rate, 1),
            "left": None if whole.left is None else round(whole.left, 1),
        }
        self._inbox.tell(self._id, at)


def receive(inbox: Inbox, id: str, store: Store, add: Adding) -> bool:
    """Add an upload and write its result down; False where it was stopped, or given up, before its end.

    It may be killed at any moment and called again: what is in the library by then is passed over, and the result is
    written once. Its files are added under `UploadedFile.origin`.

    Raises:
        LibraryFull: if the disk took no more; the upload waits.
    """
    attempt = inbox.begin(id)
    if not attempt:
        return False
    upload = inbox.get(id)
    seq = int(upload.progress.get("seq", store.seq))
    telling = _Telling(inbox, upload, seq, attempt)
    total = _Sum()
    try:
        for group in _groups(inbox.contents(id)):
            whole = [(file, data) for file, data in group if data is not None]
            total.problems += [_damaged(file) for file, data in group if data is None]
            done = add([Raw(file.origin, data, file.format) for file, data in whole], telling)
            if done.files < len({file.origin for file, _ in whole}):
                inbox.put_off(id, "The server was stopped; it goes on when it is started again.")
                return False
            total.take(done)
            telling.past(len(group), sum(file.size for file, _ in group))
    except LibraryFull as error:
        inbox.put_off(id, str(error))
        raise
    except LibraryError as error:
        inbox.fail(id, str(error))
        return False
    added = Added(**total.counts, problems=tuple(total.problems))
    shown = _documents(store, seq, {file.origin for file in upload.files})
    inbox.finish(id, {**added_json(added), "documents": shown, "resumed": attempt > 1 or "seq" in upload.progress})
    return True


def _groups(
    contents: Iterator[tuple[UploadedFile, bytes | None]],
) -> Iterator[list[tuple[UploadedFile, bytes | None]]]:
    group: list[tuple[UploadedFile, bytes | None]] = []
    size = 0
    for file, data in contents:
        group.append((file, data))
        size += file.size
        if size >= GROUP_BYTES or len(group) >= GROUP_FILES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _damaged(file: UploadedFile) -> Problem:
    return Problem(
        "Its bytes changed on the disk after they were received; left out.", file.origin, 0, "Send it again."
    )


def _documents(store: Store, seq: int, origins: set[str]) -> list[dict[str, str]]:
    """Return what an upload brought, oldest first, `MOST_SHOWN` at most: documents, their works and titles."""
    found: dict[str, dict[str, str]] = {}
    while len(found) < MOST_SHOWN and (changes := store.changes(seq, _STEP)):
        for holding in store.holdings([change.document for change in changes if change.op == PUT]):
            document = holding.document
            if holding.origin in origins:
                found[document.id] = {
                    "document": document.id,
                    "work": holding.work,
                    "title": document.title,
                    "kind": document.kind.value,
                    "origin": holding.origin,
                }
        seq = changes[-1].seq
    return list(found.values())[:MOST_SHOWN]
