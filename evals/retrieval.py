"""Ad-hoc retrieval on a set in BEIR's form: `python -m evals retrieval --corpus F --queries F --qrels F [--json]`.

The lexical leg goes through the real index; `bm25s` ranks the same documents (title and text) beside it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from curbside.language.vocabulary import Vocabulary
from evals.ranking import figures, with_bm25s
from evals.report import fingerprint, report
from evals.through_index import holding, indexed, run


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


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


def main(arguments: Sequence[str]) -> int:
    """Score both legs and print `lexical.…` and `bm25s.…`: nDCG@10 and recall@100 over the judged queries."""
    parser = argparse.ArgumentParser(prog="python -m evals retrieval", description=(__doc__ or "").partition("\n")[0])
    for name in ("corpus", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    parser.add_argument("--no-concepts", action="store_true", help="leave the vocabulary out of the questions")
    options = parser.parse_args(arguments)
    judged = judgements(options.qrels)
    queries = {row["_id"]: row["text"] for row in rows(options.queries) if row["_id"] in judged}
    corpus = {row["_id"]: (row.get("title", ""), row["text"]) for row in rows(options.corpus)}
    vocabulary = Vocabulary.shipped()
    holdings = (holding(name, title, [text]) for name, (title, text) in corpus.items())
    with indexed(holdings, vocabulary) as index:
        lexical = run(index, vocabulary, queries, concepts=not options.no_concepts)
    beside = with_bm25s({name: f"{title} {text}" for name, (title, text) in corpus.items()}, queries)
    report(
        {"lexical": figures(lexical, judged), "bm25s": figures(beside, judged)},
        n=len(queries),
        fingerprint=fingerprint([options.corpus, options.queries, options.qrels]),
        as_json=options.json,
    )
    return 0
