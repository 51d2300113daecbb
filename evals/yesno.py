"""Yes, no or maybe to a research question, from the abstract without its conclusion.

`--gold` holds a question a line: question, contexts, sections, decision, pmid. The authors' conclusion (`long_answer`)
is dropped as a line is read, and a row that still holds it is refused. With `--model folds` the model is learnt from
nine tenths of the questions and asked about the rest, ten times, for three draws of the folds; figures are means over
the draws. With `--model shipped` the weights of the package answer. Beside it the most frequent answer and, by the same
folds, words weighted by rarity with logistic regression.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from training import yesno as script

from curbside.extract.verdict import LIKELY, Model, shipped, verdict
from curbside.language.vocabulary import Vocabulary
from evals.report import fingerprint, report
from evals.stance import mean

FOLDS = 10
SEEDS = (0, 1, 2)
LABELS = script.LABELS


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the probability of each, in the order of `LABELS`."""

    label: str
    shares: tuple[float, ...]


Learn = Callable[[list[int], list[int]], list[Answered]]


def by_folds(n: int, seed: int, learn: Learn) -> list[Answered]:
    """Answer each question by what was learnt from the others; `learn` takes rows to learn from and to answer."""
    fold = script.folds(n, min(FOLDS, n), seed)
    made: dict[int, Answered] = {}
    for part in sorted(set(fold)):
        ask = [at for at, mine in enumerate(fold) if mine == part]
        made |= zip(ask, learn([at for at, mine in enumerate(fold) if mine != part], ask))
    return [made[at] for at in range(n)]


def by_model(gold: Sequence[script.Example], seed: int) -> list[Answered]:
    """Answer by folds with the model."""

    def learn(known: list[int], ask: list[int]) -> list[Answered]:
        made = Model(*script.learnt([gold[at].seen for at in known], [gold[at].label for at in known], seed))
        return [answered(gold[at], made) for at in ask]

    return by_folds(len(gold), seed, learn)


def by_words(gold: Sequence[script.Example], seed: int) -> list[Answered]:
    """Answer by folds with words and pairs of words, weighted by rarity, and logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [f"{each.question} {each.document.text}" for each in gold]

    def learn(known: list[int], ask: list[int]) -> list[Answered]:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        matrix = words.fit_transform([texts[at] for at in known])
        model = LogisticRegression(C=10, max_iter=200, class_weight="balanced")
        model.fit(matrix, [gold[at].label for at in known])
        place = {str(label): at for at, label in enumerate(model.classes_)}
        shares = model.predict_proba(words.transform([texts[at] for at in ask]))
        return [
            Answered(
                str(model.classes_[row.argmax()]), tuple(float(row[place[x]]) if x in place else 0.0 for x in LABELS)
            )
            for row in shares
        ]

    return by_folds(len(gold), seed, learn)


def by_frequency(gold: Sequence[script.Example]) -> list[Answered]:
    """Answer all with the most frequent answer."""
    counts = Counter(each.label for each in gold)
    most = counts.most_common(1)[0][0] if counts else LABELS[0]
    return [Answered(most, tuple(counts[label] / len(gold) for label in LABELS))] * len(gold)


def answered(example: script.Example, model: Model) -> Answered:
    """Return the likeliest answer; one is given even where the product would suggest nothing."""
    best, shares = model.judged(example.seen)
    return Answered(best.value, shares)


def figures(right: Sequence[str], found: Sequence[Answered]) -> dict[str, Any]:
    """Return accuracy, F1 of each answer, their mean, and how far probabilities are from shares of right answers."""
    told = [each.label for each in found]
    f1 = {label: _f1(label, right, told) for label in LABELS}
    hits = [one == two for one, two in zip(right, told)]
    sure = [each.shares[LABELS.index(each.label)] for each in found]
    return {
        "accuracy": sum(hits) / max(1, len(hits)),
        "macro_f1": fmean(f1.values()),
        "f1": f1,
        "ece": _error(sure, hits),
    }


def _f1(label: str, right: Sequence[str], told: Sequence[str]) -> float:
    both = sum(one == two == label for one, two in zip(right, told))
    either = sum(one == label for one in right) + sum(two == label for two in told)
    return 2 * both / either if either else 0.0


def _error(sure: Sequence[float], hits: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017)."""
    total = 0.0
    for place in range(bins):
        mine = [at for at, share in enumerate(sure) if min(int(share * bins), bins - 1) == place]
        total += abs(sum(sure[at] for at in mine) - sum(hits[at] for at in mine))
    return total / max(1, len(hits))


def measured(right: Sequence[str], draws: Sequence[Sequence[Answered]]) -> dict[str, Any]:
    """Return the figures of one model over draws, their spread, confusions, and how often it is `LIKELY`."""
    single = [figures(right, found) for found in draws]
    pairs = [(label, each.label) for found in draws for label, each in zip(right, found)]
    sure = [(label, each.label) for found in draws for label, each in zip(right, found) if max(each.shares) >= LIKELY]
    return {
        **mean(single),
        "seeds": [{name: round(each[name], 4) for name in ("accuracy", "macro_f1")} for each in single],
        "sure": {
            "n": round(len(sure) / len(draws), 1),
            "accuracy": round(sum(one == two for one, two in sure) / max(1, len(sure)), 4),
        },
        "spread": {
            name: round(max(each[name] for each in single) - min(each[name] for each in single), 4)
            for name in ("accuracy", "macro_f1")
        },
        "confusion": {
            label: {other: round(pairs.count((label, other)) / len(draws), 1) for other in LABELS} for label in LABELS
        },
    }


def suggested(gold: Sequence[script.Example]) -> dict[str, Any]:
    """Return, of the shipped weights, how many questions a suggestion is made for, and how many of these are right."""
    vocabulary = Vocabulary.shipped()
    made = [verdict(each.question, each.document, vocabulary) for each in gold]
    given = [(one.says.value, each.label) for one, each in zip(made, gold) if one.says is not None]
    return {"n": len(given), "accuracy": round(sum(one == two for one, two in given) / max(1, len(given)), 4)}


def main(arguments: Sequence[str]) -> int:
    """Score the rows and print `accuracy`, `macro_f1`, `f1.LABEL`, `ece` and what stands beside."""
    parser = argparse.ArgumentParser(prog="python -m evals yesno", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="questions with abstracts and answers, JSON Lines")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose weights answer")
    parser.add_argument("--rows", type=Path, help="write each question's answer here (folds: of the first draw)")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    gold = script.examples(options.gold)
    right = [each.label for each in gold]
    beside: dict[str, Any] = {"majority": mean([figures(right, by_frequency(gold))])}
    if options.model == "folds":
        draws = [by_model(gold, seed) for seed in SEEDS]
        beside["tfidf"] = mean([figures(right, by_words(gold, seed)) for seed in SEEDS])
    else:
        draws = [[answered(each, shipped()) for each in gold]]
        beside["suggested"] = suggested(gold)
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for each, found in zip(gold, draws[0]):
                record = {
                    "pmid": each.id,
                    "label": each.label,
                    "answer": found.label,
                    "shares": {label: round(share, 4) for label, share in zip(LABELS, found.shares)},
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    made = measured(right, draws) | beside
    report(made, n=len(gold), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
