"""How fast answers are, in the process, over many records: `python -m bench ask [--n 100000] [--json]`."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.database import database, option
from bench.machine import line, machine, peak_mb
from curbside.records import Raw
from curbside.shelf import notes
from curbside.store.place import records_file
from curbside.wiring import open_library

TEMPLATES = (
    "Does {drug} help {condition}?",
    "What dose of {drug} is used for {condition}?",
    "What are the side effects of {drug} in {condition}?",
    "How many patients with {condition} responded to {drug}?",
    "Is {drug} a first-line treatment for {condition} in children?",
)
DRUGS = (
    "sirolimus",
    "everolimus",
    "tacrolimus",
    "aspirin",
    "metformin",
    "prednisolone",
    "rituximab",
    "placebo",
    "insulin",
)
CONDITIONS = (
    "psoriasis", "tuberous sclerosis complex", "hypertension", "breast cancer", "type 2 diabetes", "asthma", "stroke",
    "immune thrombocytopenia", "lymphatic malformations", "depression", "kidney transplantation",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Build a library of records and the starter shelf, ask of it, and print how long answers take."""
    parser = argparse.ArgumentParser(prog="python -m bench ask", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--library", type=Path, help="a library built before, left as it is; else one is built")
    parser.add_argument("--questions", type=int, default=400)
    option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        library = given.library or Path(folder) / "library"
        with database(given.database, Path(folder) / "library"):
            if not records_file(library).is_file():
                build(library, Path(folder) / "records", given.n, given.seed)
            figures = timed(library, questions(given.questions))
    result = {"n": given.n, "postgresql": bool(given.database), **figures, "machine": machine()}
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    return 0


def build(folder: Path, records: Path, n: int, seed: int) -> None:
    """Build a library of `n` recombined records and the starter shelf."""
    paths = corpus.write(n, records, seed)
    with open_library(folder, write=True) as library:
        library.add([*paths, *(Raw(origin, data, "markdown") for origin, data in notes())])


def questions(most: int) -> list[str]:
    """Return questions of drugs and conditions that occur, mixed with real research questions, `most` of them."""
    made = [
        template.format(drug=drug, condition=condition)
        for condition in CONDITIONS
        for drug in DRUGS
        for template in TEMPLATES
    ]
    path = corpus.shared_folder() / "data" / "pubmedqa" / "train.jsonl"
    real = [json.loads(row)["question"] for row in path.open(encoding="utf-8")]
    step = max(1, len(made) * 2 // most)
    return [text for pair in zip(made[::step], real) for text in pair][:most]


def timed(folder: Path, asked: Sequence[str]) -> dict[str, object]:
    """Ask each question once and return the distribution in milliseconds, and the memory that was held."""
    begun = time.perf_counter()
    with open_library(folder) as library:
        library.ask(asked[0])
        cold = time.perf_counter() - begun
        taken: list[float] = []
        answered = 0
        for text in asked:
            begun = time.perf_counter()
            answered += not library.ask(text).declined
            taken.append((time.perf_counter() - begun) * 1000)
        held = library.store.counts().documents
    cuts = statistics.quantiles(taken, n=100)
    return {
        "documents": held,
        "questions": len(asked),
        "answered": answered,
        "first_ms": round(cold * 1000, 1),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "most_ms": round(max(taken), 1),
        "peak_mb": round(peak_mb()),
    }
