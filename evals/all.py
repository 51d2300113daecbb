"""Runs every eval on the shared data and holds it to its floors: `python -m evals all --shared DIR`.

A floor is the least that a figure may be; floors are in `evals/floors.json` and only move up.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors.json"

RUNS: Mapping[str, Callable[[Path], list[str]]] = {
    "sentences": lambda shared: [],
    "vocabulary": lambda shared: ["--shared", str(shared)],
    "questions": lambda shared: ["--gold", str(shared / "seeds/questions.jsonl"), "--pages", str(shared / "seeds")],
    "own_questions": lambda shared: ["--shared", str(shared)],
    "coverage": lambda shared: ["--shared", str(shared)],
    "guards": lambda shared: ["--pages", str(shared / "seeds"), "--shared", str(shared)],
    "seeds": lambda shared: ["--gold", str(shared / "seeds/gold.jsonl"), "--pages", str(shared / "seeds")],
    "checks": lambda shared: ["--shared", str(shared)],
    "rct_numbers": lambda shared: [
        *("--gold", str(shared / "data/rct_numbers/visible.jsonl"), "--xml", str(shared / "data/rct_numbers/xml")),
        *("--peers", *(str(path) for path in sorted((shared / "data/rct_numbers").glob("peers_*.jsonl")))),
    ],
    "entities": lambda shared: [
        *("--gold", str(shared / "data/entities/CDR_DevelopmentSet.PubTator.txt"), "--model", "shipped"),
    ],
    "direction": lambda shared: [
        *("--gold", str(shared / "data/direction/visible.jsonl"), "--xml", str(shared / "data/jats")),
    ],
    "design": lambda shared: ["--gold", str(shared / "data/formats/medline_1000.nbib")],
    "stance": lambda shared: ["--gold", str(shared / "data/citation_stance/train.jsonl")],
    "threads": lambda shared: [],
    "hostile": lambda shared: ["--shared", str(shared)],
    "yesno": lambda shared: ["--gold", str(shared / "data/pubmedqa/train.jsonl")],
    "snippets": lambda shared: [
        *("--gold", str(shared / "data/bioasq/task9b.jsonl"), "--train"),
        *(str(shared / f"data/bioasq/task{name}b.jsonl") for name in (7, 8)),
    ],
    "support": lambda shared: ["--gold", str(shared / "data/claims/healthver_dev.csv")],
    "linking": lambda shared: ["--xml", str(shared / "data/jats")],
    "pico": lambda shared: ["--dir", str(shared / "data/pico_corpus")],
    "works_alike": lambda shared: [
        *("--medline", str(shared / "data/formats/medline_1000.nbib")),
        str(shared / "data/formats/pubmed/medline16n0902.xml.gz"),
        *("--openalex", str(shared / "data/formats/openalex_works.jsonl.gz")),
        *("--questions", str(shared / "data/medquad/answered.jsonl.gz")),
    ],
    "summaries": lambda shared: [
        *("--files", str(shared / "data/sirolimus/abstracts.jsonl"), str(shared / "data/formats/medline_1000.nbib")),
        *("--jats", str(shared / "data/jats")),
    ],
    "audience": lambda shared: ["--shared", str(shared)],
    "roundtrips": lambda shared: ["--shared", str(shared)],
    "abbreviations": lambda shared: ["--gold", str(shared / "data/entities/ab3p_abbreviations.txt")],
    "retrieval": lambda shared: [
        *("--corpus", str(shared / "data/retrieval/scifact_corpus.jsonl.gz")),
        *("--queries", str(shared / "data/retrieval/train_queries.jsonl")),
        *("--qrels", str(shared / "data/retrieval/train_qrels.tsv")),
    ],
    "pubmedqa_retrieval": lambda shared: ["--gold", str(shared / "data/pubmedqa/train.jsonl")],
}
"""Task -> its arguments, given the folder of shared data."""


def main(arguments: Sequence[str]) -> int:
    """Run every eval, print its figures and every floor that is not reached; exit status 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m evals all", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of shared data")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    given = parser.parse_args(arguments)
    if not (given.shared / "data").is_dir():
        print(f"{given.shared} holds no shared data; nothing was measured.", file=sys.stderr)
        return 0
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    figures = {task: run(task, options(given.shared)) for task, options in RUNS.items()}
    short = [fault for task, floor in floors.items() for fault in below(figures[task], floor, task)]
    for task, found in figures.items():
        print(task, json.dumps(found, ensure_ascii=False))
    print("\n".join(short) or "every floor is reached")
    if given.json:
        print(json.dumps({"n": len(figures), "fingerprint": "", "below": short, **figures}))
    return 1 if short else 0


def run(task: str, options: Sequence[str]) -> dict[str, Any]:
    """Run one eval and return the object on its last line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        import_module(f"evals.{task}").main([*options, "--json"])
    return json.loads(out.getvalue().strip().splitlines()[-1])


def below(figures: Mapping[str, Any], floors: Mapping[str, float], task: str) -> list[str]:
    """Return a line for each figure under its floor; a dot in a name is a path into nested objects.

    What an eval says it had to skip (`skipped`: no encoder is installed) is not held to its floor.
    """
    found: list[str] = []
    skipped = set(figures.get("skipped", ()))
    for name, floor in floors.items():
        if name.partition(".")[0] in skipped:
            continue
        value = lookup(figures, name)
        if value is None or value < floor:
            found.append(f"BELOW THE FLOOR: {task} {name} is {value}, the floor {floor}")
    return found


def lookup(figures: Mapping[str, Any], name: str) -> float | None:
    """Return a figure by its name, flat ("f1.curbside") or as a path into nested objects, or None."""
    if name in figures:
        return figures[name]
    head, _, rest = name.partition(".")
    nested = figures.get(head)
    return lookup(nested, rest) if rest and isinstance(nested, Mapping) else None
