"""What a server is to do, handed to each of its processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from curbside.settings import DeskSettings

GRACE_S = 10
"""How long requests under way may take to end when the server stops."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked of `curbside serve`.

    Attributes:
        library: folder of the library.
        names: hosts under which requests are answered, beside loopback and addresses.
        keep_questions: days for which questions are kept, 0 for not at all.
        workers: processes that answer.
        work: whether a process works off what waits.
        origins: sites whose pages may call the API.
        log: whether a line is written for each request.
        openurl: address of an OpenURL resolver, or "".
        desk: accounts and letters.
    """

    library: Path
    names: tuple[str, ...] = ()
    keep_questions: int = 30
    workers: int = 1
    work: bool = True
    origins: tuple[str, ...] = ()
    log: bool = False
    openurl: str = ""
    desk: DeskSettings = DeskSettings()
