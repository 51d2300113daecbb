"""Makes the weights that answer a yes/no question from one text, from questions with abstracts and their answers.

Usage: `python training/yesno.py --gold FILE [--out DIR]`. The same input gives the same weights. The evaluation by
folds (`python -m evals yesno`) trains with `learnt` on nine tenths of the questions at a time.

A multinomial logistic regression over `extract.verdict_features`. Readings are scaled to unit spread, counted words by
how rare they are (Spärck Jones 1972). The temperature, and the allowance for the rarer answers, are chosen on questions
that were held out in turn from inside the training rows, never on the rows that are scored. The authors' conclusion
(`long_answer`) is taken out of a row before anything else sees it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from evals.lines import json_lines
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from training.deciding import kept, loss, worth

from curbside.extract.verdict import DECISION, WEIGHTS, Decision, written_decision
from curbside.extract.verdict_features import COUNTED, features
from curbside.extract.verdict_reading import read_for
from curbside.language.labels import category
from curbside.language.scoring import Weights, written
from curbside.records import Block, BlockKind, Document, DocumentKind, Part, PartRole, Section, Span, sealed
from curbside.records.verdict import YesNo

SHIPPED = Path(__file__).resolve().parent.parent / "src" / "curbside" / "extract" / "data" / "verdict"
LABELS = tuple(answer.value for answer in YesNo)
HIDDEN = "long_answer"
"""The authors' own conclusion; nothing here reads it."""
STRENGTH = 0.003  # inverse of the penalty on features of unit spread
FEWEST = 5  # rows that have a feature, for it to be learnt
COUNTED_WEIGHT = 8.0  # of counted words beside readings
_INNER = 5
_ROUNDS = 150
_SHARPNESS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5)
_ALLOWANCES = tuple((no / 10, maybe / 10) for no in range(-1, 4) for maybe in range(12))
_SMALL = 0.0015  # a weight that is less than this in every class is left out

Features = Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """A question with the text that may answer it.

    Attributes:
        question: as asked.
        document: the abstract without its conclusion.
        label: "yes", "no" or "maybe".
        id: PMID of the abstract.
        seen: features.
    """

    question: str
    document: Document
    label: str
    id: str
    seen: dict[str, float]


def examples(path: Path) -> list[Example]:
    """Return the questions of a file, JSON Lines; what the authors concluded is dropped as a line is read."""
    return [example(_without_answer(row)) for row in json_lines(path)]


def _without_answer(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != HIDDEN}


def example(row: Mapping[str, Any]) -> Example:
    """Return what a row asks, with features.

    Raises:
        ValueError: if the row still holds the authors' conclusion.
    """
    if HIDDEN in row:
        raise ValueError("the authors' conclusion is not to be read")
    text = abstract(row["sections"], row["contexts"])
    question = str(row["question"])
    return Example(question, text, str(row["decision"]), str(row["pmid"]), features(question, read_for(question, text)))


def abstract(labels: Sequence[str], texts: Sequence[str]) -> Document:
    """Return a structured abstract as a document."""
    whole, sections, blocks = "", list[Section](), list[Block]()
    for label, text in zip(labels, texts, strict=True):
        start = len(whole)
        whole += f"{label}: {text}\n\n"
        span = Span(start, len(whole) - 2)
        blocks.append(Block(Span(start + len(label) + 2, span.end), BlockKind.PARAGRAPH, 0, len(sections)))
        sections.append(Section(span, 0, 1, Span(start, start + len(label)), category(label)))
    part = Part(Span(0, len(whole)), PartRole.ABSTRACT)
    return sealed(
        Document("", whole, DocumentKind.ARTICLE, parts=(part,), sections=tuple(sections), blocks=tuple(blocks))
    )


def folds(n: int, parts: int, seed: int) -> list[int]:
    """Return the fold of each of `n` questions, drawn by `seed`."""
    order = list(range(n))
    random.Random(seed).shuffle(order)
    made = [0] * n
    for at, place in enumerate(order):
        made[place] = at % parts
    return made


def fitted(rows: Sequence[Features], labels: Sequence[str]) -> Weights:
    """Return the weights of the regression."""
    counted = Counter(name for row in rows for name in row)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in row.items() if counted[n] >= FEWEST} for row in rows]).tocsc()
    names = [str(name) for name in vectors.get_feature_names_out()]
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    spread = np.sqrt(np.maximum(np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel() - mean**2, 1e-4))
    rarity = np.array([COUNTED_WEIGHT * np.log(len(rows) / counted[name]) for name in names])
    scale = np.where([name.startswith(COUNTED) for name in names], rarity, 1 / spread)
    model = LogisticRegression(C=STRENGTH, max_iter=_ROUNDS, tol=1e-3)
    model.fit((matrix @ sparse.diags(scale)).tocsr(), list(labels))
    known = list(model.classes_)
    if len(known) == 2:
        coefficients, bias = (
            np.vstack([-model.coef_[0], model.coef_[0]]) / 2,
            np.array([-1, 1]) * model.intercept_[0] / 2,
        )
    else:
        coefficients, bias = model.coef_, model.intercept_
    column = {label: known.index(label) for label in LABELS if label in known}
    found = {
        name: tuple(float(coefficients[column[x], at] * scale[at]) if x in column else 0.0 for x in LABELS)
        for at, name in enumerate(names)
    }
    return Weights(LABELS, tuple(float(bias[column[x]]) if x in column else -9.0 for x in LABELS), found)


def learnt(rows: Sequence[Features], labels: Sequence[str], seed: int = 0) -> tuple[Weights, Decision]:
    """Return weights from all rows, and the decision chosen on rows held out from them in turn."""
    fold = folds(len(rows), min(_INNER, max(2, len(rows))), seed)
    held = np.zeros((len(rows), len(LABELS)))
    for part in set(fold):
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
    of = {by: worth(scores, right, [0.0, *by]) for by in _ALLOWANCES}
    near = [by for by in _ALLOWANCES if of[by] >= max(of.values()) - 0.01]
    # The best few lie side by side and differ by a question or two: their mean is steadier than the first of them.
    no, maybe = (float(np.mean([by[at] for by in near])) for at in range(2))
    return Decision(sharpness, {YesNo.NO.value: round(no, 3), YesNo.MAYBE.value: round(maybe, 3)})


def main(arguments: Sequence[str]) -> int:
    """Train on every row and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="questions with abstracts and answers, JSON Lines")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    options = parser.parse_args(arguments)
    gold = examples(options.gold)
    weights, made = learnt([each.seen for each in gold], [each.label for each in gold])
    options.out.mkdir(parents=True, exist_ok=True)
    weights = kept(weights, _SMALL)
    (options.out / WEIGHTS).write_text(written(weights), encoding="utf-8")
    (options.out / DECISION).write_text(written_decision(made), encoding="utf-8")
    print(f"{len(gold)} questions, {len(weights.weights)} features, {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
