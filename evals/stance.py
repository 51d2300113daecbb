"""How a statement stands to the work it cites: supporting, contrasting or mentioning, on labelled citation statements.

`--gold` holds a statement a line: article, citation, marker, label, sentence. With `--model folds` the model is learnt
from four fifths of the articles and asked about the rest, five times, for three draws of the folds; figures are means
over the draws. With `--model shipped` the weights of the package answer. Beside it, in the same run, the rules and, by
the same folds, words weighted by rarity with logistic regression.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from training import stance as script

from curbside.inference.base import StanceJudge
from curbside.inference.stance import TrainedJudge
from curbside.language.stance_features import features
from curbside.language.stance_rules import denied
from curbside.records import Judgement, Stance
from curbside.records.citation import StatementText
from curbside.wiring import stance_judge
from evals.lines import json_lines
from evals.report import fingerprint, report

FOLDS = 5
SEEDS = (0, 1, 2)
LABELS = tuple(stance.value for stance in Stance)


class Gold:
    """Labelled statements, with what is looked at in them made once."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.statements: list[StatementText] = [script.statement(row) for row in rows]
        self.labels = [str(row["label"]) for row in rows]
        self.articles = [str(row["article"]) for row in rows]
        self._seen: list[dict[str, float]] = []

    @property
    def seen(self) -> list[dict[str, float]]:
        """Features of each statement."""
        self._seen = self._seen or [features(each) for each in self.statements]
        return self._seen


def by_folds(gold: Gold, seed: int, learn: Callable[[list[int], list[int]], list[Judgement]]) -> list[Judgement]:
    """Judge each statement by what was learnt from other articles; `learn` takes rows to learn from and to judge."""
    fold = script.folds(gold.articles, FOLDS, seed)
    made: dict[int, Judgement] = {}
    for part in range(FOLDS):
        ask = [at for at, mine in enumerate(fold) if mine == part]
        if ask:
            made |= zip(ask, learn([at for at, mine in enumerate(fold) if mine != part], ask))
    return [made[at] for at in range(len(fold))]


def by_model(gold: Gold, seed: int) -> list[Judgement]:
    """Judge by folds with the model."""

    def learn(known: list[int], ask: list[int]) -> list[Judgement]:
        weights, decision = script.learnt(
            [gold.seen[at] for at in known],
            [gold.labels[at] for at in known],
            [gold.articles[at] for at in known],
            seed,
        )
        place = {id(gold.statements[at]): at for at in ask}
        judge = TrainedJudge(lambda statement: gold.seen[place[id(statement)]], lambda _: (), weights, decision, denied)
        return judge.judge([gold.statements[at] for at in ask])

    return by_folds(gold, seed, learn)


def by_words(gold: Gold, seed: int) -> list[Judgement]:
    """Judge by folds with words and pairs of words, weighted by rarity, and logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    def learn(known: list[int], ask: list[int]) -> list[Judgement]:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        matrix = words.fit_transform([gold.statements[at].text for at in known])
        model = LogisticRegression(C=10, max_iter=500, class_weight="balanced")
        model.fit(matrix, [gold.labels[at] for at in known])
        shares = model.predict_proba(words.transform([gold.statements[at].text for at in ask]))
        return [Judgement(Stance(str(model.classes_[row.argmax()])), float(row.max())) for row in shares]

    return by_folds(gold, seed, learn)


def figures(right: Sequence[str], found: Sequence[Judgement]) -> dict[str, Any]:
    """Return accuracy, F1 by class, their mean, and how far probabilities are from shares of right answers."""
    told = [judgement.stance.value for judgement in found]
    f1 = {label: _f1(label, right, told) for label in LABELS}
    hits = [one == two for one, two in zip(right, told)]
    return {
        "accuracy": sum(hits) / max(1, len(hits)),
        "macro_f1": fmean(f1.values()),
        "f1": f1,
        "ece": _error(calibration([judgement.probability for judgement in found], hits), len(hits)),
    }


def _f1(label: str, right: Sequence[str], told: Sequence[str]) -> float:
    both = sum(one == two == label for one, two in zip(right, told))
    either = sum(one == label for one in right) + sum(two == label for two in told)
    return 2 * both / either if either else 0.0


def calibration(shares: Sequence[float], hits: Sequence[bool], bins: int = 10) -> list[dict[str, float]]:
    """Return, for each tenth of probability that is used, its mean, the share that was right, and how many."""
    made: list[dict[str, float]] = []
    for place in range(bins):
        mine = [at for at, share in enumerate(shares) if min(int(share * bins), bins - 1) == place]
        if mine:
            said, so = fmean(shares[at] for at in mine), fmean(hits[at] for at in mine)
            made.append({"said": round(said, 4), "right": round(so, 4), "n": len(mine)})
    return made


def _error(curve: Sequence[Mapping[str, float]], n: int) -> float:
    """Return the expected calibration error (Guo et al. 2017)."""
    return sum(each["n"] * abs(each["said"] - each["right"]) for each in curve) / max(1, n)


def mean(made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return figures as means over draws."""
    return {
        name: mean([each[name] for each in made])
        if isinstance(value, Mapping)
        else round(fmean(each[name] for each in made), 4)
        for name, value in made[0].items()
    }


def measured(gold: Gold, draws: Sequence[list[Judgement]]) -> dict[str, Any]:
    """Return the figures of one model over draws, with its calibration curve and confusions over all of them."""
    single = [figures(gold.labels, found) for found in draws]
    right = gold.labels * len(draws)
    found = [judgement for draw in draws for judgement in draw]
    hits = [label == judgement.stance.value for label, judgement in zip(right, found)]
    pairs = [(label, judgement.stance.value) for label, judgement in zip(right, found)]
    spread = {
        name: round(max(each[name] for each in single) - min(each[name] for each in single), 4)
        for name in ("accuracy", "macro_f1")
    }
    return {
        **mean(single),
        "seeds": [{name: round(each[name], 4) for name in ("accuracy", "macro_f1", "ece")} for each in single],
        "spread": spread,
        "calibration": calibration([judgement.probability for judgement in found], hits),
        "confusion": {
            label: {other: round(pairs.count((label, other)) / len(draws), 1) for other in LABELS} for label in LABELS
        },
    }


def judged(gold: Gold, judge: StanceJudge) -> dict[str, Any]:
    """Return the figures of a judge that learns nothing here."""
    return mean([figures(gold.labels, judge.judge(gold.statements))])


def main(arguments: Sequence[str]) -> int:
    """Score the rows and print `accuracy`, `macro_f1`, `f1.LABEL`, `ece` and what stands beside."""
    parser = argparse.ArgumentParser(prog="python -m evals stance", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="labelled statements, JSON Lines")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose weights answer")
    parser.add_argument("--rows", type=Path, help="write each row's stance and why here (folds: of the first draw)")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    rows = list(json_lines(options.gold))
    gold = Gold(rows)
    if options.model == "folds":
        draws = [by_model(gold, seed) for seed in SEEDS]
        beside = {"tfidf": mean([figures(gold.labels, by_words(gold, seed)) for seed in SEEDS])}
    else:
        draws, beside = [stance_judge("trained").judge(gold.statements)], {}
    made = measured(gold, draws) | {"rules": judged(gold, stance_judge("rules"))} | beside
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row, found in zip(rows, draws[0]):
                record = {
                    "article": row["article"],
                    "citation": row["citation"],
                    "label": row["label"],
                    "stance": found.stance.value,
                    "probability": round(found.probability, 4),
                    "reason": found.reason,
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    report(made, n=len(rows), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
