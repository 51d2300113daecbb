"""Replies of a language model, kept for some days, and the ledger of its use; both in the library's `model/`.

They lie beside the database and not in it, as kept questions do: whoever asks must not wait for whoever is adding. A
reply is kept under a hash of what was asked, which tells nobody what that was; a line of the ledger holds neither.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from curbside.records.completion import Completion, ModelCall, ModelLedger
from curbside.store.files import explained, write_whole

FOLDER = "model"
KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
"""How the key of a reply looks; nothing else becomes a path."""

_DAY_S = 86_400
_MONTH = re.compile(r"ledger-[0-9]{4}-[0-9]{2}\.jsonl", re.ASCII)


class CompletionStore:
    """Keeps replies for some days, and a line for every request for ever."""

    def __init__(self, library: Path, days: int, clock: Callable[[], float] = time.time) -> None:
        """Keep in the folder of a library; for 0 days no reply is kept, and the ledger is kept all the same."""
        self._folder = library / FOLDER
        self._days = days
        self._clock = clock

    def get(self, key: str) -> Completion | None:
        """Return a reply that is kept, or None; a damaged file is as good as none."""
        path = self._path(key)
        try:
            if self._is_over(path):
                return None
            return msgspec.json.decode(path.read_bytes(), type=Completion)
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, key: str, completion: Completion) -> None:
        """Keep a reply, and delete those whose time is over.

        Raises:
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        if self._days <= 0:
            return
        try:
            self._path(key).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path(key), msgspec.json.encode(completion), durable=False)
            self.sweep()
        except OSError as error:
            raise explained(error, "The reply of the language model could not be kept") from error

    def write(self, call: ModelCall) -> None:
        """Write a line into the ledger of its month; lines of several processes never mix.

        Raises:
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        line = msgspec.json.encode(call) + b"\n"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"ledger-{call.time[:7]}.jsonl"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab", buffering=0) as file:
                file.write(line)
        except OSError as error:
            raise explained(error, "The ledger of the language model could not be written") from error

    def now(self) -> str:
        """Return the time as a line of the ledger has it."""
        return datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def ledger(self) -> ModelLedger:
        """Add up all lines; one that a power cut left unfinished is passed over."""
        calls = list(self._lines())
        out = [call for call in calls if call.outcome != "cached"]
        costs: dict[str, float] = {}
        for call in calls:
            if call.cost is not None:
                costs[call.currency] = costs.get(call.currency, 0.0) + call.cost
        faults = Counter(call.outcome for call in out if call.outcome != "answered")
        return ModelLedger(
            calls=len(out),
            answered=len(out) - faults.total(),
            cached=len(calls) - len(out),
            faults=tuple(sorted(faults.items())),
            read=sum(call.read for call in out),
            written=sum(call.written for call in out),
            costs=tuple((currency, round(cost, 6)) for currency, cost in sorted(costs.items())),
            first=calls[0].time if calls else "",
            last=calls[-1].time if calls else "",
        )

    def kept(self) -> int:
        """Number of replies that are kept."""
        return sum(1 for path in self._replies() if self.get(path.stem) is not None)

    def forget(self) -> int:
        """Delete every reply and return how many; the ledger stays."""
        paths = list(self._replies())
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def sweep(self) -> int:
        """Delete the replies whose time is over; return how many."""
        over = [path for path in self._replies() if self._is_over(path)]
        for path in over:
            path.unlink(missing_ok=True)
        return len(over)

    def _is_over(self, path: Path) -> bool:
        try:
            return self._days <= 0 or self._clock() - path.stat().st_mtime >= self._days * _DAY_S
        except FileNotFoundError:  # somebody else swept it
            return True

    def _lines(self) -> Iterator[ModelCall]:
        for path in sorted(self._folder.glob("ledger-*.jsonl")) if self._folder.is_dir() else ():
            if not _MONTH.fullmatch(path.name):
                continue
            with path.open("rb") as lines:
                for line in lines:
                    try:
                        yield msgspec.json.decode(line, type=ModelCall)
                    except msgspec.MsgspecError:
                        continue

    def _replies(self) -> Iterator[Path]:
        for path in sorted((self._folder / "replies").glob("*.json")):
            if KEY.fullmatch(path.stem):
                yield path

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of a reply.")
        return self._folder / "replies" / f"{key}.json"
