"""Whether evidence supports a claim, refutes it or is not enough to say, on labelled pairs of both.

`--gold` is a table with claim, evidence, label (Supports, Refutes, Neutral) and question. With `--model folds` the
model is learnt from four fifths of the questions and asked about the rest, five times, for three draws of the folds;
figures are means over the draws. With `--model shipped` the weights of the package answer. `macro_f1` is of the model
as it runs here: with an encoder where one is installed, named in `encoder`; `words` is the model of words alone;
`plain` is how many pairs rules decide over the model's head, and the share that is right. Beside them, in the same run,
the rules, the commonest label, and by the same folds words weighted by rarity with logistic regression. `--by` folds by
another column.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training import support as script

from curbside.inference.base import Encoder
from curbside.inference.support import TrainedChecker, judged, rarity
from curbside.language.support_rules import read
from curbside.records.support import Support, SupportLabel
from curbside.wiring import named_in, plainly_written, support_checker
from evals.meaning import installed
from evals.report import fingerprint, report

FOLDS = 5
SEEDS = (0, 1, 2)
LABELS = tuple(script.NAMES)
_AS_TOLD = {label: name for name, label in script.NAMES.items()}

Learn = Callable[[NDArray[np.int64], NDArray[np.int64]], list[str]]
"""Takes rows to learn from and rows to judge, as indexes; returns their labels."""


class Gold:
    """Labelled pairs, with what is looked at in them made once."""

    def __init__(self, rows: Sequence[Mapping[str, str]], by: str = "question") -> None:
        rare = rarity()
        self.pairs = [(row["claim"], row["evidence"]) for row in rows]
        self.labels = [row["label"] for row in rows]
        self.groups = [row[by] for row in rows]
        self.read = [read(*pair, rare, named_in, plainly_written) for pair in self.pairs]
        self.seen = [features for features, _, _ in self.read]

    def told(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the labels of rows as the model names them."""
        return [script.NAMES[self.labels[at]].value for at in rows]


def by_folds(gold: Gold, seed: int, learn: Learn) -> list[str]:
    """Return the label of each pair, by what was learnt from other groups."""
    fold = script.folds(gold.groups, FOLDS, seed)
    made = [""] * len(gold.pairs)
    for part in range(FOLDS):
        ask = np.flatnonzero(fold == part)
        if len(ask):
            for at, label in zip(ask, learn(np.flatnonzero(fold != part), ask)):
                made[at] = label
    return made


def by_words(gold: Gold, seed: int) -> list[str]:
    """Judge by folds with the model of words alone."""

    def learn(known: NDArray[np.int64], ask: NDArray[np.int64]) -> list[str]:
        weights, decision = script.learnt(
            [gold.seen[at] for at in known], gold.told(known), [gold.groups[at] for at in known], seed
        )
        rows = {gold.pairs[at]: gold.read[at] for at in ask}
        checker = TrainedChecker(lambda *pair: rows[pair], weights, decision)
        return told(checker.check([gold.pairs[at] for at in ask]))

    return by_folds(gold, seed, learn)


def by_both(gold: Gold, encoder: Encoder, seed: int) -> list[str]:
    """Judge by folds with words and an encoder."""
    vectors = [_embedded(encoder, [plainly_written(pair[side]) for pair in gold.pairs]) for side in (0, 1)]

    def learn(known: NDArray[np.int64], ask: NDArray[np.int64]) -> list[str]:
        head = script.learnt_both(
            [gold.seen[at] for at in known],
            (vectors[0][known], vectors[1][known]),
            gold.told(known),
            [gold.groups[at] for at in known],
            encoder.version,
            seed,
        )
        laid = script.laid_out(vectors[0][ask], vectors[1][ask], head.vectors.centre) @ head.vectors.columns
        scores = np.array([head.weights.scores(gold.seen[at]) for at in ask]) + laid
        return told([judged(row, head.decision, (), "", gold.read[at][2]) for at, row in zip(ask, scores.tolist())])

    return by_folds(gold, seed, learn)


_kept: dict[str, NDArray[np.float32]] = {}


def _embedded(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a row a text; each different text is embedded once."""
    new = sorted({text for text in texts if text not in _kept})
    _kept.update(zip(new, encoder.embed(new) if new else ()))
    return np.array([_kept[text] for text in texts])


def by_tfidf(gold: Gold, seed: int) -> list[str]:
    """Judge by folds with words and pairs of words of both texts, weighted by rarity, and logistic regression."""
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    def learn(known: NDArray[np.int64], ask: NDArray[np.int64]) -> list[str]:
        words = [TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2) for _ in (0, 1)]

        def both(rows: NDArray[np.int64], how: str) -> Any:
            sides = [getattr(words[side], how)([gold.pairs[at][side] for at in rows]) for side in (0, 1)]
            return sparse.hstack(sides).tocsr()

        model = LogisticRegression(C=1, max_iter=200, class_weight="balanced", tol=1e-3)
        model.fit(both(known, "fit_transform"), [gold.labels[at] for at in known])
        return [str(label) for label in model.predict(both(ask, "transform"))]

    return by_folds(gold, seed, learn)


def by_majority(gold: Gold, seed: int) -> list[str]:
    """Tell of each pair what most of the others are."""

    def learn(known: NDArray[np.int64], ask: NDArray[np.int64]) -> list[str]:
        return [Counter(gold.labels[at] for at in known).most_common(1)[0][0]] * len(ask)

    return by_folds(gold, seed, learn)


def told(found: Sequence[Support]) -> list[str]:
    """Return labels as the gold file names them."""
    return [_AS_TOLD[SupportLabel(each.label)] for each in found]


def _plain(gold: Gold) -> dict[str, float]:
    ruled = [(label, plain) for label, (_, _, plain) in zip(gold.labels, gold.read) if plain is not None]
    hits = sum(script.NAMES[label] is plain for label, plain in ruled)
    return {"n": len(ruled), "right": round(hits / max(1, len(ruled)), 4)}


def figures(right: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    """Return accuracy, F1 by label and their mean."""
    f1 = {label: _f1(label, right, found) for label in LABELS}
    hits = sum(one == two for one, two in zip(right, found))
    return {"accuracy": hits / max(1, len(right)), "macro_f1": fmean(f1.values()), "f1": f1}


def _f1(label: str, right: Sequence[str], found: Sequence[str]) -> float:
    both = sum(one == two == label for one, two in zip(right, found))
    either = right.count(label) + found.count(label)
    return 2 * both / either if either else 0.0


def mean(made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return figures as means over draws."""
    return {
        name: mean([each[name] for each in made])
        if isinstance(value, Mapping)
        else round(fmean(each[name] for each in made), 4)
        for name, value in made[0].items()
    }


def main(arguments: Sequence[str]) -> int:
    """Score the rows and print `accuracy`, `macro_f1`, `f1.LABEL` and what stands beside."""
    parser = argparse.ArgumentParser(prog="python -m evals support", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="table of claim, evidence, label and question, CSV")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose weights answer")
    parser.add_argument("--by", choices=["question", "claim", "evidence"], default="question", help="what folds keep")
    parser.add_argument("--rows", type=Path, help="write each row's label and why here (folds: of the first draw)")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    rows = script.rows_of(options.gold)
    gold = Gold(rows, options.by)
    right = gold.labels
    encoder = installed()
    reasons = [""] * len(rows)
    if options.model == "folds":
        words = [by_words(gold, seed) for seed in SEEDS]
        draws = [by_both(gold, encoder, seed) for seed in SEEDS] if encoder is not None else words
    else:
        words = [told(support_checker("trained", meaning=False).check(gold.pairs))]
        checker = support_checker("trained")
        found = checker.check(gold.pairs)
        encoder = encoder if "encoder" in checker.name else None
        draws, reasons = [told(found)], [each.reasons[0].said for each in found]
    seeds = SEEDS if options.model == "folds" else ()
    beside = {
        name: mean([figures(right, judge(gold, seed)) for seed in seeds])
        for name, judge in (("tfidf", by_tfidf), ("majority", by_majority))
        if seeds
    }
    single = [figures(right, draw) for draw in draws]
    made = {
        **mean(single),
        "spread": round(max(each["macro_f1"] for each in single) - min(each["macro_f1"] for each in single), 4),
        "encoder": f"{encoder.name} {encoder.version}" if encoder is not None else "",
        "plain": _plain(gold),
        "words": mean([figures(right, draw) for draw in words]),
        "rules": mean([figures(right, told(support_checker("rules").check(gold.pairs)))]),
        **beside,
    }
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row, label, reason in zip(rows, draws[0], reasons):
                record = {**{name: row[name] for name in ("claim", "evidence", "label")}, "told": label}
                out.write(json.dumps(record | ({"reason": reason} if reason else {}), ensure_ascii=False) + "\n")
    report(made, n=len(rows), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
