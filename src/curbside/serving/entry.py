"""Where processes begin: what they need is imported there and not in the process that only watches."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from curbside.errors import CurbsideError, LibraryBusy
from curbside.serving.plan import Plan

_LAST_S = 30
"""How long the process that adds may go on for its batch when the one that started it is gone."""


def answer(plan: Plan, listening: socket.socket, ready: Connection) -> None:
    """Answer requests until a signal says to stop; end at once when the process that started this one is gone."""
    _with_parent(lambda: os._exit(1))
    # There is a process for each core already: threads of a library of numbers would only wait for each other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from curbside.serving.worker import run

    run(plan, listening, ready)


def work(plan: Plan) -> None:
    """Work off what waits until a signal says to stop, or the process that started this one is gone."""
    _with_parent(_stop_soon)
    from curbside.doors.cli.main import main

    sys.exit(main(["--library", str(plan.library), "work", "--follow"]))


def make(library: Path) -> None:
    """Make a library where there is none."""
    from curbside.wiring import open_library

    try:
        open_library(library, write=True).close()
    except LibraryBusy:
        return  # whoever writes to it has made it
    except CurbsideError as error:
        sys.exit(f"curbside: {error}")


def _with_parent(end: Callable[[], None]) -> None:
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        end()

    threading.Thread(target=watch, name="with parent", daemon=True).start()


def _stop_soon() -> None:
    """End after the batch at hand, as on a signal, and in any case after a while."""
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_LAST_S)
    os._exit(1)
