"""Makes the weights that tell whether evidence supports a claim, from labelled pairs of both.

Usage: `python training/support.py --gold FILE [--background FILE] [--out DIR]`. The same input gives the same weights.
The evaluation by folds (`python -m evals support`) trains with `learnt` and `learnt_both` on four fifths of the
questions at a time.

Of words: multinomial logistic regression over `language.support_features`, classes weighted alike. With an encoder:
ridge regression onto the classes (Hoerl and Kennard 1970) over the same and `inference.support.laid_out`. How sharp
probabilities are, and what the scores of refuting are raised by, are chosen on questions held out in turn from inside
the training rows, never on the rows that are scored. `--background` holds records of MEDLINE from which the rarity of
words is counted; without it the shipped table is kept.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from evals.meaning import installed
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from curbside.inference.stance import Decision, written_decision
from curbside.inference.support import (
    BOTH_DECISION,
    BOTH_WEIGHTS,
    DECISION,
    RARITY,
    VECTORS,
    WEIGHTS,
    Head,
    Vectors,
    laid_out,
    rarity,
    written_vectors,
)
from curbside.language.scoring import Weights, written
from curbside.language.support_features import of_figures
from curbside.language.support_rules import seen
from curbside.language.words import content_words
from curbside.records.support import SupportLabel
from curbside.wiring import named_in, plainly_written

SHIPPED = Path(__file__).resolve().parent.parent / "src" / "curbside" / "inference" / "data" / "support"
NAMES = {"Supports": SupportLabel.SUPPORTS, "Refutes": SupportLabel.REFUTES, "Neutral": SupportLabel.NOT_ENOUGH}
LABELS = tuple(label.value for label in SupportLabel)

_INNER = 4
_STRENGTH, _FIGURES = 0.1, 0.2  # inverse of the penalty; length of figures beside words
_FEWEST = 5  # pairs that share a word, for it to be learnt
_LEAST = {"g": 0.1, "m": 0.3}  # least spread of a figure that it is scaled by: what hardly ever varies is not blown up
_RIDGE = 60.0
_BLOCKS = (1.0, 1.0, 1.0, 1.0, 1.4)  # lengths of claim, evidence, product, difference, cosine
_WORDS = 0.35  # length of a shared word beside figures
_CENTRED = 0.8  # share of the mean that is taken off vectors
_SHARPNESS = (0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_ALLOWANCES = (0.0, 0.1, 0.2, 0.3)
_MOST, _SEEN = 8_000, 3  # abstracts counted for rarity; in how many of them a word is

Features = Mapping[str, float]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table with claim, evidence, label and question."""
    with path.open(encoding="utf-8", newline="") as given:
        return list(csv.DictReader(given))


def folds(groups: Sequence[str], parts: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of each row; the rows of a group are in one fold, drawn by `seed`."""
    order = sorted(set(groups))
    random.Random(seed).shuffle(order)
    place = {name: at % parts for at, name in enumerate(order)}
    return np.array([place[name] for name in groups])


def _balance(labels: Sequence[str]) -> NDArray[np.float64]:
    counted = Counter(labels)
    return np.array([len(labels) / len(counted) / counted[label] for label in labels])


def fitted(rows: Sequence[Features], labels: Sequence[str]) -> Weights:
    """Return the weights of the regression over words."""
    vectors, matrix, scale, middle = _dense(rows, _FIGURES)
    model = LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3, class_weight="balanced")
    model.fit((matrix - middle) * scale, list(labels))
    known = list(model.classes_)
    two = len(known) == 2
    coefficients = np.vstack([-model.coef_[0], model.coef_[0]]) / 2 if two else model.coef_
    bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2 if two else model.intercept_
    full, level = np.zeros((len(LABELS), matrix.shape[1])), np.full(len(LABELS), -9.0)
    for at, label in enumerate(LABELS):
        if label in known:
            full[at], level[at] = coefficients[known.index(label)], bias[known.index(label)]
    return _weights(vectors, full * scale, level, middle)


def _dense(rows: Sequence[Features], length: float) -> tuple[DictVectorizer, Any, Any, Any]:
    counted = Counter(name for row in rows for name in row)
    vectors = DictVectorizer(sparse=False)
    matrix = vectors.fit_transform(
        [{name: v for name, v in row.items() if counted[name] >= _FEWEST or of_figures(name)} for row in rows]
    )
    names = [str(name) for name in vectors.get_feature_names_out()]
    figures = np.array([of_figures(name) for name in names])
    least = [_LEAST.get(name[0], 1.0) for name in names]
    scale = np.where(figures, length / np.maximum(matrix.std(axis=0), least), 1.0)
    return vectors, matrix, scale, np.where(figures, matrix.mean(axis=0), 0.0)


def _weights(vectors: DictVectorizer, full: Any, level: Any, middle: Any) -> Weights:
    names = [str(name) for name in vectors.get_feature_names_out()]
    bias = level - full @ middle
    found = {name: tuple(float(value) for value in full[:, at]) for at, name in enumerate(names)}
    return Weights(LABELS, tuple(float(value) for value in bias), found)


def learnt(
    rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str], seed: int = 0
) -> tuple[Weights, Decision]:
    """Return weights from all rows, and the decision chosen on rows held out from them in turn."""
    fold, held = folds(groups, _INNER, seed), np.zeros((len(rows), len(LABELS)))
    for part in range(_INNER):
        known, ask = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        if len(ask) and len({labels[at] for at in known}) > 1:
            weights = fitted([rows[at] for at in known], [labels[at] for at in known])
            held[ask] = [weights.scores(rows[at]) for at in ask]
    return fitted(rows, labels), decided(held, labels)


def fitted_both(
    rows: Sequence[Features], laid: NDArray[np.float32], labels: Sequence[str]
) -> tuple[Weights, NDArray[np.float32]]:
    """Return weights of words and of the columns of `laid`, by ridge regression onto the classes."""
    vectors, matrix, scale, middle = _dense(rows, 1.0)
    kinds = np.array([str(name)[:1] for name in vectors.get_feature_names_out()])
    counted = Counter(kinds.tolist())
    scale = np.where(kinds == "o", _WORDS, scale / np.sqrt([max(1, counted[kind]) for kind in kinds]))
    centre = laid.mean(axis=0)
    further = _scales(laid - centre)
    table = np.hstack([(matrix - middle) * scale, (laid - centre) * further, np.ones((len(laid), 1))])
    kernel = table @ table.T
    target = np.array([[float(label == each) for each in LABELS] for label in labels]) - 1 / len(LABELS)
    dual = np.linalg.solve(kernel + _RIDGE * np.diag(1 / _balance(labels)), target)
    primal = (table.T @ dual).T
    size = matrix.shape[1]
    columns = primal[:, size:-1] * further
    weights = _weights(vectors, primal[:, :size] * scale, primal[:, -1] - columns @ centre, middle)
    return weights, columns.T.astype(np.float32)


def _scales(laid: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what centred columns are multiplied by, so that each block has the length that `_BLOCKS` tells."""
    wide = (laid.shape[1] - 1) // 4
    made = np.ones(laid.shape[1])
    for place, length in enumerate(_BLOCKS):
        mine = slice(place * wide, (place + 1) * wide) if place < 4 else slice(4 * wide, None)
        size = math.sqrt(float((laid[:, mine] ** 2).sum(axis=1).mean()))
        made[mine] = length / max(size, 1e-6)
    return made


def learnt_both(
    rows: Sequence[Features],
    vectors: tuple[NDArray[np.float32], NDArray[np.float32]],
    labels: Sequence[str],
    groups: Sequence[str],
    version: str,
    seed: int = 0,
) -> Head:
    """Return the second head; `vectors` are of claims and of evidence, by the encoder of that version."""
    centre = (_CENTRED * np.vstack(vectors).mean(axis=0)).astype(np.float32)
    laid = laid_out(*vectors, centre)
    fold, held = folds(groups, _INNER, seed), np.zeros((len(rows), len(LABELS)))
    for part in range(_INNER):
        known, ask = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        if len(ask) and len(known):
            weights, columns = fitted_both([rows[at] for at in known], laid[known], [labels[at] for at in known])
            held[ask] = np.array([weights.scores(rows[at]) for at in ask]) + laid[ask] @ columns
    weights, columns = fitted_both(rows, laid, labels)
    return Head(weights, Vectors(version, centre, columns), decided(held, labels))


def decided(scores: NDArray[np.float64], labels: Sequence[str]) -> Decision:
    """Return the sharpness of least log loss, and what raises the score of refuting to the best mean F1."""
    right = np.array([LABELS.index(label) for label in labels])
    sharpness = min(_SHARPNESS, key=lambda by: _loss(scores * by, right))
    raised = {by: scores + by * np.eye(len(LABELS))[1] / sharpness for by in _ALLOWANCES}
    best = max(_ALLOWANCES, key=lambda by: (_mean_f1(raised[by].argmax(axis=1), right), -by))
    return Decision(sharpness, {SupportLabel.REFUTES.value: best / sharpness})


def _loss(scores: Any, right: Any) -> float:
    top = scores.max(axis=1, keepdims=True)
    total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return float((total - scores[np.arange(len(right)), right]).mean())


def _mean_f1(told: Any, right: Any) -> float:
    parts = [
        2 * ((told == at) & (right == at)).sum() / max(1, (told == at).sum() + (right == at).sum())
        for at in range(len(LABELS))
    ]
    return float(np.mean(parts))


def counted_rarity(path: Path) -> dict[str, float]:
    """Return stem -> logarithm of how rare it is, from the first abstracts of a file of PubMed XML."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    abstracts = re.findall(r"<AbstractText[^>]*>([^<]*)", content.decode("utf-8"))[:_MOST]
    counted = Counter(stem for text in abstracts for stem in set(content_words(text)))
    kept = sorted((stem, count) for stem, count in counted.items() if count >= _SEEN)
    return {stem: round(math.log(len(abstracts) / count), 2) for stem, count in kept}


def main(arguments: Sequence[str]) -> int:
    """Train on a file of pairs and write the weights; the second head too, where an encoder is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="table of claim, evidence, label and question")
    parser.add_argument("--background", type=Path, help="records of MEDLINE, PubMed XML, for the rarity of words")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    rare = counted_rarity(options.background) if options.background else rarity()
    (options.out / RARITY).write_text(json.dumps(rare, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    gold = rows_of(options.gold)
    rows = [seen(row["claim"], row["evidence"], rare, named_in, plainly_written) for row in gold]
    labels, groups = [NAMES[row["label"]].value for row in gold], [row["question"] for row in gold]
    weights, made = learnt(rows, labels, groups)
    (options.out / WEIGHTS).write_text(written(weights), encoding="utf-8")
    (options.out / DECISION).write_text(written_decision(made), encoding="utf-8")
    print(f"{len(gold)} pairs of {len(set(groups))} questions, {len(weights.weights)} features, {made}")
    encoder = installed()
    if encoder is None:
        print("the second head was left as it is")
        return 0
    both = tuple(encoder.embed([plainly_written(row[side]) for row in gold]) for side in ("claim", "evidence"))
    head = learnt_both(rows, (both[0], both[1]), labels, groups, encoder.version)
    if isinstance(head.weights, Weights):
        (options.out / BOTH_WEIGHTS).write_text(written(head.weights, 4), encoding="utf-8")
    (options.out / BOTH_DECISION).write_text(written_decision(head.decision), encoding="utf-8")
    (options.out / VECTORS).write_bytes(written_vectors(head.vectors))
    print(f"second head with {encoder.name}, {head.decision}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
