"""A process that reads files for an add: `python -m curbside.workflows.worker [VOCABULARY FILE…]`, tasks on stdin."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

import msgspec

from curbside.language.vocabulary import Vocabulary
from curbside.records import Problem, Raw
from curbside.store.base import Unread
from curbside.workflows.frames import Hello, Task, framed, receive, send
from curbside.workflows.made import made_by
from curbside.workflows.reading import Item, items

_RECORDS = 100
_BYTES = 2_000_000
_SECONDS = 0.5


def serve(tasks: IO[bytes], answers: IO[bytes], vocabulary: Vocabulary) -> None:
    """Read one file after the other until no more tasks come."""
    send(answers, Hello(made_by(vocabulary)))
    while (message := receive(tasks)) is not None:
        _read(msgspec.msgpack.decode(message, type=Task), answers, vocabulary)


def _read(task: Task, answers: IO[bytes], vocabulary: Vocabulary) -> None:
    try:
        data = Path(task.path).read_bytes()
    except OSError as error:
        problem = Problem(f"Its copy cannot be read ({error.strerror or error}).", task.origin, remedy="Add it again.")
        send(answers, framed([Unread((problem,), broken=True)], last=True))
        return
    batch: list[Item] = []
    size, since = 0, time.monotonic()
    for item in items(Raw(task.origin, data, task.format), vocabulary, task.skip):
        batch.append(item)
        size += len(getattr(item, "data", b""))
        if len(batch) >= _RECORDS or size >= _BYTES or time.monotonic() - since > _SECONDS:
            send(answers, framed(batch, last=False))
            batch, size, since = [], 0, time.monotonic()
    send(answers, framed(batch, last=True))


def main() -> None:
    """Serve on stdin and stdout until the other side goes; Ctrl-C is for the process that adds, not for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    vocabulary = Vocabulary.shipped([Path(name) for name in sys.argv[1:]])
    gc.freeze()  # the vocabulary never goes; looking through it again and again costs a thirtieth of reading
    try:
        serve(sys.stdin.buffer, answers, vocabulary)
    except BrokenPipeError:
        os._exit(0)  # the other side has gone, and with it whoever would want to hear of it


if __name__ == "__main__":
    main()
