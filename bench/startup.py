"""How long the command line takes to come up: `python -m bench startup [--runs 20] [--json]`.

Each figure is a process of its own, from its start to its end: `curbside --help`, and a first answer from a library
of the starter shelf, as a user at a prompt has it.
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

from bench.machine import line, machine

QUESTION = "What dose of sirolimus is used in children with tuberous sclerosis?"

_COMMAND = (sys.executable, "-m", "curbside")


def main(arguments: Sequence[str]) -> int:
    """Run both commands many times and print least, median, 95th percentile and most, in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m bench startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CURBSIDE_LIBRARY": str(Path(folder) / "library")}
        once((*_COMMAND, "shelf"), environment)
        result: dict[str, object] = {
            "runs": given.runs,
            "help_ms": figures([once((*_COMMAND, "--help"), environment) for _ in range(given.runs)]),
            "first_answer_ms": figures([once((*_COMMAND, "ask", QUESTION), environment) for _ in range(given.runs)]),
            "bare_python_ms": figures([once((sys.executable, "-c", "pass"), environment) for _ in range(given.runs)]),
            "machine": machine(),
        }
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    for name in ("help_ms", "first_answer_ms", "bare_python_ms"):
        print(f"{name:<16} {result[name]}")
    return 0


def once(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the milliseconds from the start of a process to its end.

    Raises:
        SystemExit: if the command fails, with what it said.
    """
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    took = (time.perf_counter() - begun) * 1000
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return took


def figures(took: list[float]) -> dict[str, float]:
    """Return least, median, 95th percentile and most."""
    ordered = sorted(took)
    return {
        "least": round(ordered[0], 1),
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "most": round(ordered[-1], 1),
    }
