"""Spans of trial abstracts: `python -m evals pico --dir FOLDER [--model folds|shipped] [--rows FILE]`.

FOLDER holds NAME.txt with NAME.ann (brat): who took part, the arms, what was measured, and the numbers of each arm.
`f1.CLASS` counts tokens (a word, a sign, a number with its percent sign), `span.CLASS` spans with exactly the marked
ends; `macro_f1` is the mean of `f1` over the classes. Classes with fewer than 20 spans are named in `too_few` and not
scored. By default every abstract is tagged by weights trained on the other four fifths of the abstracts; beside it, in
the same folds, stands a plain conditional random field over the same tokens (`baseline.f1.CLASS`,
`baseline.span.CLASS`: words, endings, shapes in a window of two to either side), as sklearn-crfsuite's users would
write it. With `--model shipped` the shipped weights are scored, and there is no baseline.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from training.pico import Prepared, weights
from training.pico_reading import Abstract, abstracts, labelled

from curbside.extract.pico import Tagger
from curbside.extract.pico_models import NUMERIC, TEXTUAL, shipped, shipped_classes
from curbside.extract.pico_tokens import Token
from evals.report import fingerprint, report

CLASSES = (*NUMERIC, *TEXTUAL)
FOLDS = 5
FEWEST = 20
Spans = set[tuple[str, int, int]]


def ours(given: Sequence[Abstract], fold: int) -> dict[str, list[dict[str, Any]]]:
    """Return what weights trained on the other folds find in the abstracts of `fold`, by name."""
    prepared = Prepared(given, shipped_classes())
    tagger = Tagger(weights(prepared, [i for i in range(len(given)) if i % FOLDS != fold]))
    return {each.name: found(tagger, each.text) for each in given[fold::FOLDS]}


def found(tagger: Tagger, text: str) -> list[dict[str, Any]]:
    """Return the spans of a text as rows."""
    return [
        {"class": span.kind, "start": span.span.start, "end": span.span.end, "probability": span.probability}
        for span in tagger.tag(text)
    ]


def plain(given: Sequence[Abstract], fold: int) -> dict[str, list[dict[str, Any]]]:
    """Return what the baseline, trained on the other folds, finds in the abstracts of `fold`, by name."""
    import sklearn_crfsuite

    crf = sklearn_crfsuite.CRF(c1=0.1, c2=0.1, max_iterations=60, min_freq=2)
    learnt = [each for i, each in enumerate(given) if i % FOLDS != fold]
    rows, labels = [], []
    for each in learnt:
        marked = labelled(each, CLASSES)
        for first, last in _sentences(each.tokens):
            rows.append(_plain_features(each.tokens[first:last]))
            labels.append(marked[first:last])
    crf.fit(rows, labels)
    return {each.name: list(_plain_spans(crf, each)) for each in given[fold::FOLDS]}


def _sentences(tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    first = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or tokens[place].sentence != tokens[first].sentence:
            yield first, place
            first = place


def _plain_features(tokens: Sequence[Token]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for place in range(len(tokens)):
        row: dict[str, Any] = {"bias": 1.0}
        for step in range(-2, 3):
            if not 0 <= place + step < len(tokens):
                row[f"{step}:edge"] = True
                continue
            word = tokens[place + step].text
            shape = "".join("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in word)
            row[f"{step}:word"], row[f"{step}:shape"] = word.lower(), shape[:10]
            row[f"{step}:digit"], row[f"{step}:title"] = word.isdigit(), word.istitle()
            if step == 0:
                row |= {"suffix3": word[-3:], "suffix2": word[-2:], "prefix3": word[:3], "upper": word.isupper()}
        made.append(row)
    return made


def _plain_spans(crf: Any, abstract: Abstract) -> Iterable[dict[str, Any]]:
    tokens = abstract.tokens
    for first, last in _sentences(tokens):
        labels = [*crf.predict_single(_plain_features(tokens[first:last])), "O"]
        start = -1
        for place, label in enumerate(labels):
            if start >= 0 and (label[:1] != "I" or label[2:] != labels[start][2:]):
                kind = labels[start][2:]
                yield {"class": kind, "start": tokens[first + start].start, "end": tokens[first + place - 1].end}
                start = -1
            if label != "O" and start < 0:
                start = place


def scored(given: Sequence[Abstract], answers: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Return `f1`, `span`, `precision` and `recall` (of tokens) by class, and `macro_f1` over the classes."""
    tokens: Counter[tuple[str, str]] = Counter()
    spans: Counter[tuple[str, str]] = Counter()
    marked: Counter[str] = Counter(kind for each in given for kind, _, _ in each.spans)
    for each in given:
        right = {span for span in each.spans if span[0] in CLASSES}
        told: Spans = {(row["class"], row["start"], row["end"]) for row in answers[each.name]}
        _count(spans, right, told)
        _count(tokens, _covered(each, right), _covered(each, told))
    kinds = [kind for kind in CLASSES if marked[kind] >= FEWEST]
    f1 = {kind: _f1(tokens, kind) for kind in kinds}
    return {
        "f1": f1,
        "span": {kind: _f1(spans, kind) for kind in kinds},
        "precision": {kind: _share(tokens[kind, "both"], tokens[kind, "told"]) for kind in kinds},
        "recall": {kind: _share(tokens[kind, "both"], tokens[kind, "right"]) for kind in kinds},
        "macro_f1": round(sum(f1.values()) / max(1, len(f1)), 4),
        "macro_span": round(sum(_f1(spans, kind) for kind in kinds) / max(1, len(kinds)), 4),
    }


def _count(counts: Counter[tuple[str, str]], right: set[Any], told: set[Any]) -> None:
    counts.update((each[0], "right") for each in right)
    counts.update((each[0], "told") for each in told)
    counts.update((each[0], "both") for each in right & told)


def _covered(abstract: Abstract, spans: Spans) -> set[tuple[str, int]]:
    return {
        (kind, place)
        for kind, start, end in spans
        for place, token in enumerate(abstract.tokens)
        if token.start < end and start < token.end
    }


def _f1(counts: Counter[tuple[str, str]], kind: str) -> float:
    return _share(2 * counts[kind, "both"], counts[kind, "right"] + counts[kind, "told"])


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def main(arguments: Sequence[str]) -> int:
    """Score the folder by folds with the baseline beside, or by the shipped weights."""
    parser = argparse.ArgumentParser(prog="python -m evals pico", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dir", type=Path, required=True, help="folder of abstracts, NAME.txt with NAME.ann")
    parser.add_argument("--model", choices=("folds", "shipped"), default="folds", help="weights by folds, or shipped")
    parser.add_argument("--only", type=int, default=FOLDS, help="how many of the five folds to score")
    parser.add_argument("--rows", type=Path, help="write each abstract's spans here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    given = abstracts(options.dir)
    figures: dict[str, Any] = {}
    if options.model == "shipped":
        tagger = Tagger(shipped())
        answers = {each.name: found(tagger, each.text) for each in given}
        used = given
    else:
        folds = range(min(options.only, FOLDS))
        used = [each for i, each in enumerate(given) if i % FOLDS in folds]
        with ProcessPoolExecutor(2) as pool:
            mine = [pool.submit(ours, given, fold) for fold in folds]
            theirs = [pool.submit(plain, given, fold) for fold in folds]
            answers = {name: rows for each in mine for name, rows in each.result().items()}
            beside = {name: rows for each in theirs for name, rows in each.result().items()}
        figures["baseline"] = scored(used, beside)
    figures = {**scored(used, answers), **figures}
    marked = Counter(kind for each in used for kind, _, _ in each.spans)
    figures["too_few"] = {kind: count for kind, count in sorted(marked.items()) if count < FEWEST}
    if "baseline" in figures:
        plainly = figures["baseline"]["f1"]
        figures["below_baseline"] = sorted(kind for kind, f1 in figures["f1"].items() if f1 <= plainly[kind])
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for each in used:
                out.write(json.dumps({"id": each.name, "spans": answers[each.name]}, ensure_ascii=False) + "\n")
    report(figures, n=len(used), fingerprint=fingerprint([options.dir]), as_json=options.json)
    return 0
