"""Ad-hoc retrieval on a set in BEIR's form: `python -m evals retrieval --corpus F --queries F --qrels F [--json]`.

Everything goes through the real indexes. `lexical` is the leg of words, `encoder` that of meaning alone, `both` the
two fused: each question with the weight that is best for the questions of the other folds (`weights`), and `shipped`
with the one that Curbside has. `bm25s` ranks the same documents (title and text) beside them.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.records import Holding, Query
from curbside.search.fused import WEIGHT, FusedIndex, Legs, fused
from evals.lines import json_lines
from evals.meaning import installed, with_meaning
from evals.ranking import Judgements, figures, ndcg, with_bm25s
from evals.report import fingerprint, report
from evals.through_index import holding, indexed, run


def judgements(path: Path) -> dict[str, dict[str, int]]:
    """Return query id -> document id -> grade from a BEIR qrels file (tab-separated, one head line); grades above 0."""
    graded: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines, delimiter="\t")
        next(table, None)
        for query, document, grade in table:
            if int(grade) > 0:
                graded.setdefault(query, {})[document] = int(grade)
    return graded


GRID = tuple(round(step * 0.05, 2) for step in range(21))
"""Weights of meaning that are tried."""


def ranked(scores: Mapping[str, float], names: Mapping[str, str], k: int = 100) -> list[str]:
    """Return the names of the `k` best documents, ties by document id."""
    return [names[each] for each in sorted(scores, key=lambda each: (-scores[each], each))[:k]]


def folds(questions: Sequence[str], count: int, seed: int) -> list[list[str]]:
    """Return the questions dealt out into `count` folds."""
    order = sorted(questions)
    random.Random(seed).shuffle(order)
    return [order[start::count] for start in range(count)]


def by_folds(
    legs: Mapping[str, Legs], names: Mapping[str, str], judged: Judgements, count: int, seed: int
) -> tuple[dict[str, list[str]], list[float]]:
    """Return the run in which each question has the weight that is best for the other folds, and those weights."""
    runs = {
        weight: {question: ranked(fused(each, weight), names) for question, each in legs.items()} for weight in GRID
    }
    gained = {
        weight: {question: ndcg(ranking, judged[question]) for question, ranking in run.items()}
        for weight, run in runs.items()
    }
    run: dict[str, list[str]] = {}
    weights: list[float] = []
    for held_out in folds(list(legs), count, seed):
        others = legs.keys() - set(held_out)
        weight = max(GRID, key=lambda each: (sum(gained[each][question] for question in others), -each))
        weights.append(weight)
        run |= {question: runs[weight][question] for question in held_out}
    return run, weights


def both_legs(
    index: FusedIndex, vocabulary: Vocabulary, queries: Mapping[str, str], concepts: bool
) -> tuple[dict[str, Legs], dict[str, str]]:
    """Return what both legs say of each question, and the name of each document that they put forward."""
    legs: dict[str, Legs] = {}
    names: dict[str, str] = {}
    for name, text in queries.items():
        candidates = index.candidates(Query(text, tuple(vocabulary.expansions(text)) if concepts else ()))
        if candidates is not None:
            legs[name] = candidates.legs
            names |= {document: hit.work for document, hit in candidates.hits.items()}
    return legs, names


def main(arguments: Sequence[str]) -> int:
    """Score the legs and print nDCG@10 and recall@100 of each over the judged queries, and the weights."""
    parser = argparse.ArgumentParser(prog="python -m evals retrieval", description=(__doc__ or "").partition("\n")[0])
    for name in ("corpus", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    parser.add_argument("--no-concepts", action="store_true", help="leave the vocabulary out of the questions")
    parser.add_argument("--legs", choices=("words", "both"), default="both", help="words alone, or meaning too")
    parser.add_argument("--folds", type=int, default=5, help="folds over the questions by which the weight is learned")
    parser.add_argument("--seed", type=int, default=1, help="of dealing the questions out")
    options = parser.parse_args(arguments)
    judged = judgements(options.qrels)
    queries = {row["_id"]: row["text"] for row in json_lines(options.queries) if row["_id"] in judged}
    corpus = {row["_id"]: (row.get("title", ""), row["text"]) for row in json_lines(options.corpus)}
    vocabulary = Vocabulary.shipped()
    concepts = not options.no_concepts
    encoder = installed() if options.legs == "both" else None
    result: dict[str, object] = {}
    fused_figures: dict[str, float] = {}

    def holdings() -> Iterator[Holding]:
        return (holding(name, title, [text]) for name, (title, text) in corpus.items())

    with indexed(holdings(), vocabulary) as index, tempfile.TemporaryDirectory() as folder:
        result["lexical"] = figures(run(index, vocabulary, queries, concepts=concepts), judged)
        if encoder is None:
            result["skipped"] = ["encoder", "both", "shipped", "weights", "gain"]
        else:
            fused_index = with_meaning(index, holdings(), encoder, Path(folder))
            legs, names = both_legs(fused_index, vocabulary, queries, concepts)
            alone = {question: ranked(each.meaning, names) for question, each in legs.items()}
            both, weights = by_folds(legs, names, judged, options.folds, options.seed)
            fused_figures = figures(both, judged)
            result["encoder"] = figures(alone, judged)
            result["both"] = fused_figures
            result["shipped"] = figures(run(fused_index, vocabulary, queries, concepts=concepts), judged)
            spread = {"mean": statistics.mean(weights), "sd": statistics.pstdev(weights), "of_folds": weights}
            result["weights"] = {**spread, "shipped": WEIGHT, "encoder": f"{encoder.name} {encoder.version}"}
    beside = figures(with_bm25s({name: f"{title} {text}" for name, (title, text) in corpus.items()}, queries), judged)
    result["bm25s"] = beside
    if fused_figures:
        result["gain"] = {name: fused_figures[name] - value for name, value in beside.items()}
    report(
        result,
        n=len(queries),
        fingerprint=fingerprint([options.corpus, options.queries, options.qrels]),
        as_json=options.json,
    )
    return 0
