"""The kind of a study from title and abstract alone: MEDLINE records against their publication types.

Publication types say what is right (`training/design.py` holds the table) and are not looked at otherwise, nor is any
other metadata. With `--model folds` the model is learnt from four fifths of the records and asked about the rest, five
times; with `--model shipped` that of the package answers. `shown` is what the product makes of the same words: rules
where they are plain, the model where they are not (`language/study_kind.py`), randomised trials alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training import design as script

from curbside.language.design_reading import KINDS, likely
from curbside.language.scoring import Weights
from curbside.language.study_kind import study_kind
from evals.report import fingerprint, report

FOLDS = 5


def by_folds(gold: Sequence[script.Record]) -> list[tuple[str, float, str]]:
    """Answer each record with a model that has not seen it."""
    found: dict[int, tuple[str, float, str]] = {}
    for part in range(FOLDS):
        weights = script.trained([record for place, record in enumerate(gold) if place % FOLDS != part])
        for place in range(part, len(gold), FOLDS):
            found[place] = answered(gold[place], weights)
    return [found[place] for place in range(len(gold))]


def answered(record: script.Record, weights: Weights | None = None) -> tuple[str, float, str]:
    """Return the model's kind with its probability, and the kind that the product shows."""
    shown = study_kind(record.title, record.abstract, abstract=record.abstract, weights=weights).kind.value
    return *likely(record.title, record.abstract, weights), shown


def figures(right: Sequence[str], told: Sequence[str], shown: Sequence[str]) -> dict[str, Any]:
    """Return accuracy, precision, recall and F1 of randomised trials, F1 of every kind that occurs."""
    kinds = [kind for kind in KINDS if kind in right]
    trial, seen = (scores("randomised trial", right, each) for each in (told, shown))
    return {
        "accuracy": round(sum(a == b for a, b in zip(right, told)) / len(right), 4) if right else 0.0,
        "rct": {name: round(value, 4) for name, value in zip(("precision", "recall", "f1"), trial)},
        "shown": {name: round(value, 4) for name, value in zip(("precision", "recall", "f1"), seen)},
        "f1": {kind: round(scores(kind, right, told)[2], 4) for kind in kinds},
        "counts": {kind: right.count(kind) for kind in kinds},
    }


def scores(kind: str, right: Sequence[str], told: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one kind."""
    both = sum(one == two == kind for one, two in zip(right, told))
    said, are = list(told).count(kind), list(right).count(kind)
    return both / said if said else 0.0, both / are if are else 0.0, 2 * both / (said + are) if said + are else 0.0


def main(arguments: Sequence[str]) -> int:
    """Score the records and print `rct.f1`, `shown.f1`, `accuracy` and `f1.KIND`."""
    parser = argparse.ArgumentParser(prog="python -m evals design", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="records, MEDLINE form")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose model answers")
    parser.add_argument("--rows", type=Path, help="write each record's kind here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    gold = script.records(options.gold)
    found = by_folds(gold) if options.model == "folds" else [answered(each) for each in gold]
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for record, (kind, share, shown) in zip(gold, found):
                row = {
                    "id": record.id,
                    "kind": kind,
                    "probability": round(share, 4),
                    "shown": shown,
                    "gold": record.kind,
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    made = figures([record.kind for record in gold], [each[0] for each in found], [each[2] for each in found])
    report(made, n=len(gold), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
