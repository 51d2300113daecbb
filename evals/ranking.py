"""Ranked retrieval, measured: the figures of BEIR and TREC, and bm25s beside us on the same documents."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import bm25s
import Stemmer

Run = Mapping[str, Sequence[str]]
"""Query id -> document ids, best first."""

Judgements = Mapping[str, Mapping[str, int]]
"""Query id -> document id -> grade above 0."""


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], k: int = 10) -> float:
    """Return the normalised discounted cumulative gain at `k`, linear gains, as trec_eval and BEIR take it.

    DCG = sum of grade / log2(rank + 1) (Järvelin and Kekäläinen 2002).
    """
    gained = sum(grades.get(document, 0) / math.log2(rank + 2) for rank, document in enumerate(ranking[:k]))
    ideal = sorted(grades.values(), reverse=True)[:k]
    best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(ideal))
    return gained / best if best else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], k: int = 100) -> float:
    """Return the share of the relevant documents among the first `k`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], wanted: str) -> float:
    """Return 1 / rank of the wanted document, 0 where it is not in the ranking."""
    return 1 / (ranking.index(wanted) + 1) if wanted in ranking else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, 0 for none."""
    return sum(values) / len(values) if values else 0.0


def figures(run: Run, judgements: Judgements) -> dict[str, float]:
    """Return `ndcg@10` and `recall@100`, each averaged over the judged queries."""
    return {
        "ndcg@10": mean([ndcg(run.get(query, ()), grades) for query, grades in judgements.items()]),
        "recall@100": mean([recall(run.get(query, ()), grades) for query, grades in judgements.items()]),
    }


def with_bm25s(documents: Mapping[str, str], queries: Mapping[str, str], k: int = 100) -> dict[str, list[str]]:
    """Return the run of bm25s with its defaults (Lucene's BM25, k1 1.5, b 0.75), English stems and stop words.

    Args:
        documents: id -> title and text.
        queries: id -> text.
        k: documents wanted for each query.
    """
    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)

    names = list(documents)
    model = bm25s.BM25()
    model.index(tokens(list(documents.values())), show_progress=False)
    found, _ = model.retrieve(tokens(list(queries.values())), k=min(k, len(names)), show_progress=False)
    return {query: [names[int(row)] for row in rows] for query, rows in zip(queries, found)}
