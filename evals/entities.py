"""Drugs and conditions that abstracts name: `python -m evals entities --gold PUBTATOR [--model folds|shipped]`.

The gold file is in PubTator's form (BC5CDR: Li et al., Database 2016, doi:10.1093/database/baw068); a chemical counts
as a drug. A mention is right where its place and its type are exactly those of the gold. `drug.…` and `disease.…` hold
`precision`, `recall` and `f1`; `dictionary.…` the same of the vocabulary alone; `mesh` the share of right mentions with
a MeSH id in the gold that bear one of ours, and of those the share with the right one. `--model folds` (default) trains
on four fifths of the texts and scores the rest, five times; `--model shipped` scores the shipped weights, which were
made from BC5CDR's training set alone, so that on that file the figures mean nothing. `--rows` writes a JSON line for
each text: {"id", "found", "missed"}, each with start, end, type and words.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.entities import train

from curbside.extract.entities import Entity, Tagger, entities_of
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Span
from evals.pubtator import Annotated, annotated
from evals.report import fingerprint, report

FOLDS = 5
KINDS = {ConceptKind.DRUG: "drug", ConceptKind.CONDITION: "disease"}
Marked = frozenset[tuple[str, Span]]


@dataclass(frozen=True, slots=True)
class Row:
    """A text with what was found in it."""

    item: Annotated
    found: tuple[Entity, ...]

    @property
    def right(self) -> Marked:
        """What is annotated."""
        return frozenset((place.kind, place.span) for place in self.item.places)

    @property
    def ours(self) -> Marked:
        """What was found."""
        return frozenset((KINDS[each.kind], each.span) for each in self.found)


def by_folds(items: Sequence[Annotated], vocabulary: Vocabulary) -> list[Row]:
    """Return each text read by weights that four other fifths of the texts gave."""
    made: dict[int, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            out = Path(folder) / str(fold)
            train([item for at, item in enumerate(items) if at % FOLDS != fold], vocabulary, out)
            tagger = Tagger(out.read_bytes())
            for at in range(fold, len(items), FOLDS):
                made[at] = Row(items[at], tuple(entities_of(items[at].text, vocabulary, tagger)))
    return [made[at] for at in range(len(items))]


def shares(pairs: Iterable[tuple[Marked, Marked]], kind: str) -> dict[str, float]:
    """Return precision, recall and F1 of one type over (right, found) pairs."""
    right = wanted = made = 0
    for gold, found in pairs:
        gold, found = (frozenset(each for each in side if each[0] == kind) for side in (gold, found))
        right, wanted, made = right + len(gold & found), wanted + len(gold), made + len(found)
    precision, recall = right / made if made else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def dictionary(item: Annotated, vocabulary: Vocabulary) -> Marked:
    """Return what the vocabulary alone finds in a text."""
    return frozenset((KINDS[each.kind], each.span) for each in vocabulary.mentions(item.text) if each.kind in KINDS)


def linked(rows: Sequence[Row], vocabulary: Vocabulary) -> dict[str, float]:
    """Return how many right mentions bear a MeSH id, and how many of these ids are the gold's."""
    total = with_id = right = 0
    for row in rows:
        gold = {(place.kind, place.span): place.mesh for place in row.item.places if place.mesh}
        for each in row.found:
            mesh = gold.get((KINDS[each.kind], each.span))
            if mesh is None:
                continue
            concept = vocabulary.get(each.concept) if each.concept else None
            total += 1
            with_id += bool(concept and concept.mesh)
            right += bool(concept and concept.mesh in mesh)
    return {
        "share": round(with_id / total, 4) if total else 0.0,
        "accuracy": round(right / with_id, 4) if with_id else 0.0,
    }


def main(arguments: Sequence[str]) -> int:
    """Score the texts and print `drug.…`, `disease.…`, `dictionary.…`, `mesh.…` and texts a second."""
    parser = argparse.ArgumentParser(prog="python -m evals entities", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="texts with annotations, PubTator form")
    parser.add_argument("--model", choices=("folds", "shipped"), default="folds", help="whose weights")
    parser.add_argument("--rows", type=Path, help="write what was found and what was missed here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    vocabulary = Vocabulary.shipped()
    items = list(annotated(options.gold))
    made: dict[str, Any] = {}
    if options.model == "folds":
        rows = by_folds(items, vocabulary)
    else:
        entities_of("", vocabulary)  # opens the weights
        start = time.thread_time()
        rows = [Row(item, tuple(entities_of(item.text, vocabulary))) for item in items]
        made["texts_per_second"] = round(len(items) / max(time.thread_time() - start, 1e-9), 1)
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(written(row), ensure_ascii=False) + "\n")
    alone = [(row.right, dictionary(row.item, vocabulary)) for row in rows]
    made |= {kind: shares(((row.right, row.ours) for row in rows), kind) for kind in KINDS.values()}
    made["dictionary"] = {kind: shares(alone, kind) for kind in KINDS.values()}
    made["mesh"] = linked(rows, vocabulary)
    report(made, n=len(items), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0


def written(row: Row) -> dict[str, Any]:
    """Return a text's row as JSON: what was found with concept and probability, what was missed."""
    text = row.item.text
    return {
        "id": row.item.id,
        "found": [
            {
                "type": KINDS[each.kind], "start": each.span.start, "end": each.span.end, "words": each.words,
                "concept": each.concept, "probability": round(each.probability, 3),
                "right": (KINDS[each.kind], each.span) in row.right,
            }
            for each in row.found
        ],
        "missed": [
            {"type": kind, "start": span.start, "end": span.end, "words": span.of(text)}
            for kind, span in sorted(row.right - row.ours, key=lambda each: each[1])
        ],
    }  # fmt: skip
