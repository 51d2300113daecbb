"""Adds a folder to a library in processes that are killed at given moments, then once without.

Run as a script, since it forks: `python killed.py FOLDER LIBRARY PROCESSES SECONDS…`. Each number is how long a run
may take before it is killed by force. Batches and commits are small, so that there are many moments between two of
them.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.wiring import open_library
from curbside.workflows import add, follow

BATCH = 12
COMMIT = 50


def run(folder: Path, library: Path, processes: int) -> None:
    """Add the folder, undisturbed."""
    add.BATCH_RECORDS = BATCH
    follow.COMMIT_EVERY = COMMIT
    with open_library(library, write=True) as opened:
        opened.add([folder], processes=processes)


def main(folder: Path, library: Path, processes: int, moments: list[float]) -> int:
    """Kill one run after each of `moments`; return how many were killed before their end."""
    Vocabulary.shipped()  # once, for all the processes that follow
    killed = 0
    for moment in moments:
        child = os.fork()
        if child == 0:
            run(folder, library, processes)
            os._exit(0)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    return killed


if __name__ == "__main__":
    place, into, count, *rest = sys.argv[1:]
    print(main(Path(place), Path(into), int(count), [float(each) for each in rest]))
