"""Files that were sent over the web and wait to be added, or have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class UploadState(StrEnum):
    """How far an upload is."""

    RECEIVING = "receiving"
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of an upload.

    Attributes:
        name: what its sender called it: data, never a path on this machine.
        size: bytes.
        sha256: hash of its bytes, 64 hexadecimal digits.
        format: name of a reader, or "" to let the bytes decide.
        place: where its documents come from where we lay it in ourselves ("journal/m…"): a later file from there takes
            the place of the one before. "" for what somebody sent; no sender can set it.
    """

    name: str
    size: int
    sha256: str
    format: str = ""
    place: str = ""

    @property
    def origin(self) -> str:
        """Where its documents say they came from.

        The name stands at its end, behind a part that other bytes would not share: two senders who both have a
        `notes.md` have two files, and neither takes the other's place.
        """
        return f"{self.place or f'sent/{self.sha256[:8]}'}/{self.name}"


@dataclass(frozen=True, slots=True)
class Upload:
    """What is known of an upload.

    Attributes:
        id: 22 url-safe random characters.
        state: how far it is.
        files: what it consists of; empty while it is being received.
        time: ISO time at which it was received, UTC, or "" while it is being received.
        progress: how far the adding is, as `curbside.workflows.receive` tells it; empty while it waits.
        result: what the adding did, with the fields of `curbside add --json`; empty until it is done.
        why: what went wrong, where it failed or has to wait; else "".
    """

    id: str
    state: UploadState
    files: tuple[UploadedFile, ...] = ()
    time: str = ""
    progress: Mapping[str, Any] = field(default_factory=dict[str, Any])
    result: Mapping[str, Any] = field(default_factory=dict[str, Any])
    why: str = ""
