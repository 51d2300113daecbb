"""Makes the weights that tell how a statement stands to what it cites, from labelled citation statements.

Usage: `python training/stance.py --gold FILE [--out DIR]`. The same input gives the same weights. The evaluation by
folds (`python -m evals stance`) trains with `trained` on four fifths of the articles at a time.

A multinomial logistic regression over `language.stance_features`. What is counted over the text is scaled by how rare
it is (Spärck Jones 1972). The temperature, and the allowance for the rare classes, are chosen on statements of articles
that were held out in turn from inside the training rows, never on the rows that are scored.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from evals.lines import json_lines
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from training.deciding import kept, loss, worth

from curbside.inference.stance import DECISION, WEIGHTS, Decision, TrainedJudge, written_decision
from curbside.language.scoring import Weights, written
from curbside.language.stance_cues import cues_of
from curbside.language.stance_features import features, of_cues
from curbside.language.stance_rules import denied
from curbside.records.citation import Stance, StatementText
from curbside.records.span import Span

SHIPPED = Path(__file__).resolve().parent.parent / "src" / "curbside" / "inference" / "data" / "stance"
LABELS = tuple(stance.value for stance in Stance)
_STRENGTH = 0.5  # inverse of the penalty
_FEWEST = 3  # statements that have a feature, for it to be learnt
_RARITY = 1.5 / 3.5  # weight of the logarithm of how rare a feature is
_INNER = 4
_ROUNDS = 200
_SHARPNESS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
_ALLOWANCES = ((0.0, 0.5), (0.0, 0.7), (0.0, 0.9), (0.1, 0.7), (0.1, 0.9))
"""Of the scores of supporting and contrasting; few, since a few hundred contrasting rows tell no more apart."""
_SMALL = 0.015  # a weight that rounds to less than this in every class is left out

Features = Mapping[str, float]


def statement(row: Mapping[str, Any]) -> StatementText:
    """Return what a row says: its sentence, and the first place of its marker."""
    words, marker = str(row["sentence"]), str(row["marker"])
    at = words.find(marker)
    return StatementText(words, Span(at, at + len(marker)) if marker and at >= 0 else None)


def folds(articles: Sequence[str], parts: int, seed: int) -> list[int]:
    """Return the fold of each row; the rows of an article are in one fold, drawn by `seed`."""
    order = sorted(set(articles))
    random.Random(seed).shuffle(order)
    place = {name: at % parts for at, name in enumerate(order)}
    return [place[name] for name in articles]


def fitted(rows: Sequence[Features], labels: Sequence[str]) -> Weights:
    """Return the weights of the regression."""
    counted = Counter(name for row in rows for name in row)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in row.items() if counted[n] >= _FEWEST} for row in rows])
    names = [str(name) for name in vectors.get_feature_names_out()]
    scale = np.array([1.0 if of_cues(name) else _RARITY * np.log(len(rows) / counted[name]) for name in names])
    model = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS, tol=1e-3).fit(matrix @ sparse.diags(scale), list(labels))
    known = list(model.classes_)
    # A class that no row has is never told.
    column = {label: known.index(label) for label in LABELS if label in known}
    coefficients = np.vstack([-model.coef_[0], model.coef_[0]]) / 2 if len(known) == 2 else model.coef_
    bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2 if len(known) == 2 else model.intercept_
    found = {
        name: tuple(float(coefficients[column[x], at] * scale[at]) if x in column else 0.0 for x in LABELS)
        for at, name in enumerate(names)
    }
    return Weights(LABELS, tuple(float(bias[column[x]]) if x in column else -9.0 for x in LABELS), found)


def trained(rows: Sequence[Features], labels: Sequence[str], articles: Sequence[str], seed: int = 0) -> TrainedJudge:
    """Return a judge learnt from rows; `seed` draws the inner folds."""
    weights, made = learnt(rows, labels, articles, seed)
    return TrainedJudge(features, cues_of, weights, made, denied)


def learnt(
    rows: Sequence[Features], labels: Sequence[str], articles: Sequence[str], seed: int = 0
) -> tuple[Weights, Decision]:
    """Return weights from all rows, and the decision chosen on rows held out from them in turn."""
    fold = folds(articles, _INNER, seed)
    held = np.zeros((len(rows), len(LABELS)))
    for part in range(_INNER):
        inside = [at for at, mine in enumerate(fold) if mine != part]
        weights = fitted([rows[at] for at in inside], [labels[at] for at in inside])
        for at, mine in enumerate(fold):
            if mine == part:
                held[at] = weights.scores(rows[at])
    return fitted(rows, labels), decided(held, labels)


def decided(scores: np.ndarray[Any, Any], labels: Sequence[str]) -> Decision:
    """Return the temperature of least log loss, and the allowance of the best accuracy plus mean F1."""
    right = np.array([LABELS.index(label) for label in labels])
    sharpness = min(_SHARPNESS, key=lambda by: loss(scores * by, right))
    best = max(_ALLOWANCES, key=lambda by: worth(scores, right, [*by, 0.0]))
    return Decision(sharpness, {Stance.SUPPORTING.value: best[0], Stance.CONTRASTING.value: best[1]})


def main(arguments: Sequence[str]) -> int:
    """Train on every row and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="labelled statements, JSON Lines")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    options = parser.parse_args(arguments)
    gold = list(json_lines(options.gold))
    rows = [features(statement(row)) for row in gold]
    labels, articles = [str(row["label"]) for row in gold], [str(row["article"]) for row in gold]
    weights, made = learnt(rows, labels, articles)
    options.out.mkdir(parents=True, exist_ok=True)
    weights = kept(weights, _SMALL)
    (options.out / WEIGHTS).write_text(written(weights, 2), encoding="utf-8")
    (options.out / DECISION).write_text(written_decision(made), encoding="utf-8")
    print(f"{len(gold)} statements of {len(set(articles))} articles, {len(weights.weights)} features, {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
