"""Spans of trial abstracts: `python -m evals pico --dir FOLDER [--model folds|shipped] [--rows FILE]`.

FOLDER holds NAME.txt with NAME.ann (brat): who took part, the arms, what was measured, and the numbers of each arm.
`f1.CLASS` counts tokens (a word, a sign, a number with its percent sign), `span.CLASS` spans with exactly the marked
ends; `macro_f1` is the mean of `f1` over the classes. Classes with fewer than 20 spans are named in `too_few` and not
scored. By default every abstract is tagged by weights trained on the other four fifths of the abstracts; beside it, in
the same folds, stand plain conditional random fields (of words, of numbers) over the same tokens (`baseline.f1.CLASS`,
`baseline.span.CLASS`: words, endings, shapes in a window of two to either side), as sklearn-crfsuite's users would
write it. With `--model shipped` the shipped weights are scored, and there is no baseline.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from training.pico import Leaning, Prepared, arms_apart, weights
from training.pico_reading import Abstract, abstracts, labelled

from curbside.extract.pico import Tagger
from curbside.extract.pico_models import NUMERIC, TEXTUAL, shipped, shipped_classes
from curbside.extract.pico_tokens import Token
from evals.report import fingerprint, report

CLASSES = (*NUMERIC, *TEXTUAL)
FOLDS = 5
FEWEST = 20
Spans = set[tuple[str, int, int]]
Answers = dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=1)
def prepared(folder: Path) -> Prepared:
    """Return the abstracts of a folder with their features, made once in each process."""
    return Prepared(abstracts(folder), shipped_classes())


def arms(folder: Path, apart: Sequence[int]) -> dict[int, Leaning]:
    """Return the names of arms in the folds `apart`, as a tagger finds them that learned from the other folds.

    What is said of fold 1 without folds 0 and 1 trains the later steps for fold 0, and the other way round, so that
    each two folds are left out once.
    """
    mine = prepared(folder)
    everything = range(len(mine.abstracts))
    return arms_apart(mine, everything, [i for i in everything if i % FOLDS in apart])


def ours(folder: Path, fold: int, leanings: Mapping[int, Leaning]) -> Answers:
    """Return what weights trained on the other folds find in the abstracts of `fold`, by name.

    Args:
        folder: of the abstracts.
        fold: that is tagged.
        leanings: what `arms` gives for each abstract of another fold, by taggers that did not see `fold` either.
    """
    mine = prepared(folder)
    tagger = Tagger(weights(mine, [i for i in range(len(mine.abstracts)) if i % FOLDS != fold], leanings))
    return {each.name: found(tagger, each.text) for each in mine.abstracts[fold::FOLDS]}


def _by_folds(folder: Path, folds: Sequence[int]) -> tuple[Answers, Answers]:
    """Return what the tagger and the plain one beside it find in the abstracts of `folds`."""
    with ProcessPoolExecutor(2, initializer=_one_thread) as pool:
        pairs = [pair for pair in combinations(range(FOLDS), 2) if not set(pair).isdisjoint(folds)]
        apart = {pair: pool.submit(arms, folder, pair) for pair in pairs}
        theirs = [pool.submit(plain, abstracts(folder), fold) for fold in folds]
        told = {pair: job.result() for pair, job in apart.items()}
        mine = [pool.submit(ours, folder, fold, _of_fold(told, fold)) for fold in folds]
        answers = {name: rows for job in mine for name, rows in job.result().items()}
        return answers, {name: rows for job in theirs for name, rows in job.result().items()}


def _one_thread() -> None:
    # Two processes with two threads each would wait for one another; read when scikit-learn is first loaded.
    os.environ["OMP_NUM_THREADS"] = "1"


def _of_fold(told: Mapping[tuple[int, int], Mapping[int, Leaning]], fold: int) -> dict[int, Leaning]:
    return {
        i: leaning
        for pair, leanings in told.items()
        if fold in pair
        for i, leaning in leanings.items()
        if i % FOLDS != fold
    }


def found(tagger: Tagger, text: str) -> list[dict[str, Any]]:
    """Return the spans of a text as rows."""
    return [
        {"class": span.kind, "start": span.span.start, "end": span.span.end, "probability": span.probability}
        for span in tagger.tag(text)
    ]


def plain(given: Sequence[Abstract], fold: int) -> Answers:
    """Return what the baseline, trained on the other folds, finds in the abstracts of `fold`, by name.

    It is two fields, one of the classes of words and one of the classes of numbers, the latter over the sentences that
    hold a number: the same features and rounds as one field of all classes, in half the time.
    """
    made: Answers = {each.name: [] for each in given[fold::FOLDS]}
    for classes, numbers in ((TEXTUAL, False), (NUMERIC, True)):
        for name, rows in _plainly(given, fold, classes, numbers).items():
            made[name] += rows
    return made


def _plainly(given: Sequence[Abstract], fold: int, classes: Sequence[str], numbers: bool) -> Answers:
    import sklearn_crfsuite

    crf = sklearn_crfsuite.CRF(c1=0.1, c2=0.1, max_iterations=60, min_freq=2)
    learnt = [each for i, each in enumerate(given) if i % FOLDS != fold]
    rows, labels = [], []
    for each in learnt:
        marked = labelled(each, classes)
        for first, last in _sentences(each.tokens, numbers):
            rows.append(_plain_features(each.tokens[first:last]))
            labels.append(marked[first:last])
    crf.fit(rows, labels)
    return {each.name: list(_plain_spans(crf, each, numbers)) for each in given[fold::FOLDS]}


def _sentences(tokens: Sequence[Token], numbers: bool) -> Iterable[tuple[int, int]]:
    """Return the first token of each sentence and the one behind its last; with `numbers`, of those that hold one."""
    first = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or tokens[place].sentence != tokens[first].sentence:
            if not numbers or any(token.value is not None for token in tokens[first:place]):
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


def _plain_spans(crf: Any, abstract: Abstract, numbers: bool) -> Iterable[dict[str, Any]]:
    tokens = abstract.tokens
    for first, last in _sentences(tokens, numbers):
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
        answers, beside = _by_folds(options.dir, folds)
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
