"""How long the command line takes to come up: `python -m bench startup [--runs 20] [--database URL] [--json]`.

Each figure is a process of its own, from its start to its end: `curbside --help`, and a first answer from a library
of the starter shelf, as a user at a prompt has it, by words alone and by both legs of search where the packaged encoder
can be installed. `cpu` is the processor's time of such a process, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.database import database, option
from bench.machine import line, machine
from bench.serve import installed

QUESTION = "What dose of sirolimus is used in children with tuberous sclerosis?"

_COMMAND = (sys.executable, "-m", "curbside")


def main(arguments: Sequence[str]) -> int:
    """Run both commands many times and print least, median, 95th percentile and most, in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m bench startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, database(given.database, Path(folder) / "library"):
        encoder = Path(folder) / "encoder"
        words = {**os.environ, "CURBSIDE_LIBRARY": str(Path(folder) / "library"), "CURBSIDE_ENCODER": "off"}
        both = {**words, "CURBSIDE_ENCODER": str(encoder)}
        once((*_COMMAND, "shelf"), words)
        asked = (*_COMMAND, "ask", QUESTION)
        result: dict[str, object] = {
            "runs": given.runs,
            "postgresql": bool(given.database),
            "help_ms": figures([once((*_COMMAND, "--help"), words) for _ in range(given.runs)]),
            "first_answer_ms": figures([once(asked, words) for _ in range(given.runs)]),
        }
        if installed(encoder):
            once((*_COMMAND, "work"), both)
            result["first_answer_both_ms"] = figures([once(asked, both) for _ in range(given.runs)])
        result["bare_python_ms"] = figures([once((sys.executable, "-c", "pass"), words) for _ in range(given.runs)])
        result["machine"] = machine()
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    for name in [name for name in result if name.endswith("_ms")]:
        print(f"{name:<20} {result[name]}")
    return 0


def once(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return the milliseconds from the start of a process to its end, and those of the processor's time.

    Raises:
        SystemExit: if the command fails, with what it said.
    """
    begun, before = time.perf_counter(), os.times()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    took, after = (time.perf_counter() - begun) * 1000, os.times()
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return took, used * 1000


def figures(taken: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return least, median, 95th percentile and most of the times, and the median of the processor's."""
    ordered = sorted(took for took, _ in taken)
    used = sorted(cpu for _, cpu in taken)
    return {
        "least": round(ordered[0], 1),
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "most": round(ordered[-1], 1),
        "cpu": round(used[len(used) // 2], 1),
    }
