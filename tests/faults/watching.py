"""Watches in processes that kill themselves at given moments, then once without.

Run as a script, since it forks: `python watching.py URL LIBRARY MOMENT…`. A moment is `ask:7`, in the middle of the
seventh question, or `tell:3`, in the transaction that tells, after the third article. Each process begins when the
leases of the one before have run out.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, Filters
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.workflows import watching

AT_ONCE = 4


def counted(act: Callable[..., Any], at: int) -> Callable[..., Any]:
    """The same act, which ends its process by force in its `at`th call."""
    calls = 0

    def acted(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        done = act(*given)
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return acted


def run(url: str, library: Path, moment: str, turn: int) -> None:
    """Watch, later than all before."""
    what, _, number = moment.partition(":")
    desk = SqlDesk(url, lambda: time.time() + turn * 2 * watching.LEASE_S)
    if what == "tell":
        watching._tell = counted(watching._tell, int(number))
    with open_library(library, meaning=False) as opened:
        ask: Callable[[str, Filters], Answer] = counted(opened.ask, int(number)) if what == "ask" else opened.ask
        while watching.scan(desk, opened.store):
            pass
        while watching.look(desk, opened.store, ask, most=AT_ONCE) is not None:
            pass
    desk.close()


def main(url: str, library: Path, moments: list[str]) -> int:
    """Kill a process at each of `moments`, then run one to its end; return how many were killed."""
    Vocabulary.shipped()  # once, for all the processes that follow
    killed = 0
    for turn, moment in enumerate((*moments, "")):
        child = os.fork()
        if child == 0:
            run(url, library, moment, turn)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    return killed


if __name__ == "__main__":
    address, place, *rest = sys.argv[1:]
    print(main(address, Path(place), rest))
