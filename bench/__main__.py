"""Runs one bench by name: `python -m bench TASK [options]`; `all` runs each but those that take many minutes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

TASKS = {
    "ingest": "bench.ingest",
    "ask": "bench.ask",
    "extract": "bench.extract",
    "search": "bench.search",
    "notices": "bench.notices",
    "api-strings": "bench.api_strings",
    "api-fuzz": "bench.api_fuzz",
    "startup": "bench.startup",
    "serve": "bench.serve",
    "encoder": "bench.encoder",
    "watch": "bench.watch",
    "desk": "bench.desk",
}
"""Task name -> the module whose `main(arguments)` runs it; loaded only when asked for."""

LONG = frozenset({"api-fuzz"})
"""Tasks that take many minutes; `all` leaves them out."""


def main(arguments: Sequence[str]) -> int:
    """Run the named task, or all but the long ones one after the other; return the exit status (2: no such task)."""
    name = arguments[0] if arguments else ""
    if name == "all":
        return max(main([task]) for task in TASKS if task not in LONG)
    if name not in TASKS:
        print(
            f"usage: python -m bench TASK [options]\ntasks: all (without {', '.join(LONG)}), {', '.join(TASKS)}",
            file=sys.stderr,
        )
        return 0 if name in {"-h", "--help"} else 2
    return int(import_module(TASKS[name]).main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
