"""Runs one eval by name: `python -m evals TASK [options]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

TASKS = {
    "all": "evals.all",
    "sentences": "evals.sentences",
    "retrieval": "evals.retrieval",
    "pubmedqa_retrieval": "evals.pubmedqa_retrieval",
    "vocabulary": "evals.vocabulary",
    "questions": "evals.questions",
    "own_questions": "evals.own_questions",
    "coverage": "evals.coverage",
    "guards": "evals.guards",
    "rct_numbers": "evals.rct_numbers",
    "seeds": "evals.seeds",
    "checks": "evals.checks",
    "abbreviations": "evals.abbreviations",
    "entities": "evals.entities",
    "pico": "evals.pico",
    "direction": "evals.direction",
    "design": "evals.design",
    "stance": "evals.stance",
    "support": "evals.support",
    "yesno": "evals.yesno",
    "snippets": "evals.snippets",
    "hostile": "evals.hostile",
    "linking": "evals.linking",
    "roundtrips": "evals.roundtrips",
    "works_alike": "evals.works_alike",
    "summaries": "evals.summaries",
    "audience": "evals.audience",
    "threads": "evals.threads",
}
"""Task name -> the module whose `main(arguments)` runs it; loaded only when asked for."""


def main(arguments: Sequence[str]) -> int:
    """Run the named task with the remaining arguments and return its exit status (2: no such task)."""
    name = arguments[0] if arguments else ""
    if name not in TASKS:
        print(f"usage: python -m evals TASK [options]\ntasks: {', '.join(TASKS)}", file=sys.stderr)
        return 0 if name in {"-h", "--help"} else 2
    return int(import_module(TASKS[name]).main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
