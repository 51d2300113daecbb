"""The snippets that answer a question, found among all snippets of a file of questions.

`--gold` and `--train` hold a question a line with its snippets (BioASQ, tasks b). Snippets of the same words are one;
questions of the gold file that recur in training are not asked, and not learnt from, while their snippets stay in the
pool. Every question ranks all snippets of the gold file, of whatever question; gold are its own.

With `--model folds` the ranker is trained on `--train` alone; without `--train` on the questions of the gold file that
are in other folds. With `--model shipped` the weights of the package answer. Beside it, on the same rows: BM25 on
sentences (bm25s, English stop words and Snowball stems), the encoder alone, and both, each scaled to between 0 and 1
for each question and added. Figures are means over questions: `map@10` is the sum of precisions at the places of right
snippets among the first ten, divided by the least of ten and the number of right ones; `ndcg@10` has gains of 0 and 1;
`f1` is of the snippets that are taken. What is taken is all above a share of the best and above a least score, for
each of the four alike the pair that is best on training rows.

Where no encoder is installed words alone are measured, and `skipped` names what is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training import ranker as script

from curbside.answer.ranker import BOTH, WORDS, Ranker, likely, shipped, taken
from curbside.answer.ranker_features import MOST, columns
from curbside.answer.ranker_pool import scaled
from curbside.language.vocabulary import Vocabulary
from evals.meaning import installed
from evals.report import fingerprint, report

FIRST = 10
FOLDS = 5
PEERS = ("bm25", "encoder", "fusion")
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Made:
    """What one way of ranking says of every question.

    Attributes:
        chosen: snippets it orders, questions by places.
        shares: figures between 0 and 1 that it orders them by, in the same shape.
    """

    chosen: NDArray[np.int64]
    shares: Scores


def of_shares(shares: Scores) -> Made:
    """Return what a way says that gives every snippet a share; only the best are kept."""
    chosen = np.argsort(-shares, axis=1, kind="stable")[:, :MOST]
    return Made(chosen, np.take_along_axis(shares, chosen, axis=1))


def by_words(snippets: script.Snippets) -> Scores:
    """Return BM25 of every snippet for every question, as bm25s has it."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def words(texts: Sequence[str]) -> list[list[str]]:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)  # pyright: ignore[reportReturnType]

    index = bm25s.BM25()
    index.index(words(snippets.texts), show_progress=False)
    known = set(index.vocab_dict)
    asked = [[each for each in said if each in known] for said in words([each.text for each in snippets.questions])]
    return np.array(
        [index.get_scores(said) if said else np.zeros(len(snippets.texts)) for said in asked], dtype=np.float64
    )


def peers(task: script.Task) -> dict[str, Made]:
    """Return what the peers say; those with an encoder only where there is one."""
    words = np.array([scaled(row) for row in by_words(task.snippets)])
    made = {"bm25": of_shares(words)}
    if task.vectors is not None and task.pool.vectors is not None:
        cosines = (task.vectors @ task.pool.vectors.T).astype(np.float64)
        made["encoder"] = of_shares((cosines + 1) / 2)
        made["fusion"] = of_shares((words + np.array([scaled(row) for row in cosines])) / 2)
    return made


def figures(made: Made, questions: Sequence[script.Asked], cut: tuple[float, float]) -> dict[str, float]:
    """Return the mean figures of one way of ranking."""
    each = [
        _of_one(chosen, shares, asked.own, cut) for chosen, shares, asked in zip(made.chosen, made.shares, questions)
    ]
    return dict(zip(("map@10", "ndcg@10", "f1"), (round(float(value), 4) for value in np.mean(each, axis=0))))


def _of_one(
    chosen: NDArray[np.int64], shares: Scores, own: frozenset[int], cut: tuple[float, float]
) -> tuple[float, float, float]:
    order = np.argsort(-shares, kind="stable")
    hits = np.array([int(place) in own for place in chosen[order[:FIRST]]], dtype=np.float64)
    places = np.arange(1, len(hits) + 1)
    most = min(FIRST, len(own))
    precision = float((hits * np.cumsum(hits) / places).sum()) / most
    gain = float((hits / np.log2(places + 1)).sum()) / float((1 / np.log2(np.arange(2, most + 2))).sum())
    found = {int(place) for place in chosen[taken(shares, cut)] if place >= 0}
    return precision, gain, 2 * len(found & own) / (len(found) + len(own))


def cut_of(made: Made, questions: Sequence[script.Asked]) -> tuple[float, float]:
    """Return the cut with the best mean F1."""
    right = np.array([[int(at) in asked.own for at in row] for row, asked in zip(made.chosen, questions)])
    return script.cut_of(made.shares, right, [len(each.own) for each in questions])


def ranked(ranker: Ranker, lists: script.Lists) -> Made:
    """Return what a ranker says of lists of figures."""
    scores = script.scored(ranker, replace(lists, rows=_columns(lists, ranker)))
    return Made(lists.chosen, likely(scores))


def _columns(lists: script.Lists, ranker: Ranker) -> NDArray[np.float32]:
    return lists.rows[..., columns(lists.names, ranker.names)]


def by_folds(lists: script.Lists, taught: script.Lists, questions: Sequence[script.Asked]) -> Made:
    """Rank by what was learnt from questions of other folds; shares are moved so that a cut of one half serves all."""
    fold = np.random.default_rng(0).permutation(len(questions)) % FOLDS
    shares = np.zeros(lists.chosen.shape)
    own = [len(each.own) for each in questions]
    for part in range(FOLDS):
        known, ask = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        if len(ask) and len(known):
            ranker = script.learnt(script.part_of(taught, known), [own[at] for at in known])
            low, high = ranker.cut
            found = ranked(ranker, script.part_of(lists, ask)).shares
            # Each fold has its own cut: what it takes is marked by being above one half.
            for at, row in zip(ask, found):
                shares[at] = np.where(taken(row, (low, high)), 0.5 + row / 2, row / 2)
    return Made(lists.chosen, shares)


def main(arguments: Sequence[str]) -> int:
    """Rank, and print `map@10`, `ndcg@10`, `f1` and the same of the peers."""
    parser = argparse.ArgumentParser(prog="python -m evals snippets", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="questions with snippets, JSON Lines")
    parser.add_argument("--train", type=Path, nargs="+", default=[], help="questions to learn from, of the same form")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose weights rank")
    parser.add_argument("--rows", type=Path, help="write each question with its first ten snippets here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    vocabulary, encoder = Vocabulary.shipped(), installed()
    gold = script.snippets_of([options.gold], script.asked_in(options.train))
    if not gold.questions:
        print(f"{options.gold} holds no question that training does not hold; nothing was measured.", file=sys.stderr)
        return 1
    task = script.task_of(gold, vocabulary, encoder)
    known = script.snippets_of(options.train, script.asked_in([options.gold]))
    train = script.task_of(known, vocabulary, encoder) if known.questions else None
    beside, cuts = peers(task), dict.fromkeys(PEERS, (0.0, 0.0))
    # Without training rows the peers' cuts are the best on the gold rows themselves, which favours them.
    measured = (train, peers(train)) if train is not None else (task, beside)
    cuts |= {name: cut_of(made, measured[0].snippets.questions) for name, made in measured[1].items()}
    found: dict[str, Any] = {}
    shown: Made | None = None
    for name, meaning in (("words", False), ("both", True)):
        # Training twice would take twice as long: with an encoder the ranker of words is measured as shipped only.
        if (encoder is None) if meaning else (encoder is not None and options.model == "folds"):
            continue
        shown, cut = _learned(task, train, meaning, options.model)
        found[name] = figures(shown, gold.questions, cut)
    assert shown is not None
    best = {name: figures(made, gold.questions, cuts[name]) for name, made in beside.items()}
    ours = found.pop("both") if "both" in found else found["words"]
    made: dict[str, Any] = {
        **ours,
        **found,
        **best,
        "ahead": {key: round(ours[key] / max(each[key] for each in best.values()) - 1, 4) for key in ours},
        "snippets": len(gold.texts),
        "trained": len(known.questions),
        "by": f"{encoder.name} {encoder.version}" if encoder is not None else "words alone",
    }
    if encoder is None:
        made["skipped"] = ["encoder", "fusion", "map@10", "ndcg@10", "f1", "ahead"]
    if options.rows:
        _write(options.rows, gold, shown)
    inputs = [options.gold, *options.train]
    report(made, n=len(gold.questions), fingerprint=fingerprint(inputs), as_json=options.json)
    return 0


def _learned(
    task: script.Task, train: script.Task | None, meaning: bool, model: str
) -> tuple[Made, tuple[float, float]]:
    """Rank with the encoder or without, by what was learnt or by what is shipped."""
    lists = script.lists_of(task, meaning, MOST)
    if model == "shipped":
        ranker = shipped(BOTH if meaning else WORDS)
    elif train is not None:
        ranker = script.learnt(script.lists_of(train, meaning), [len(each.own) for each in train.snippets.questions])
    else:
        return by_folds(lists, script.lists_of(task, meaning), task.snippets.questions), (0.5, 0.0)
    return ranked(ranker, lists), ranker.cut


def _write(path: Path, gold: script.Snippets, made: Made) -> None:
    with path.open("w", encoding="utf-8") as out:
        for asked, chosen, shares in zip(gold.questions, made.chosen, made.shares):
            first = np.argsort(-shares, kind="stable")[:FIRST]
            rows: list[Mapping[str, Any]] = [
                {
                    "text": gold.texts[chosen[at]],
                    "source": gold.sources[chosen[at]],
                    "share": round(float(shares[at]), 4),
                    "right": int(chosen[at]) in asked.own,
                }
                for at in first
                if chosen[at] >= 0
            ]
            record = {"question": asked.text, "own": len(asked.own), "first": rows}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
