"""A research question to its own abstract: `python -m evals pubmedqa_retrieval --gold FILE [--json]`.

Each row's abstract (its `contexts`; never the answers) is a document without a title, so that nothing but its text
can lead from the question to it. `both` is both legs fused with the weight that Curbside has.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.records import Holding
from evals.lines import json_lines
from evals.meaning import installed, with_meaning
from evals.ranking import mean, reciprocal_rank, with_bm25s
from evals.report import fingerprint, report
from evals.through_index import holding, indexed, run


def scores(found: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the mean reciprocal rank (at 100) of each question's own abstract, and the share found first."""
    ranks = [reciprocal_rank(ranking, name) for name, ranking in found.items()]
    return {"mrr": mean(ranks), "recall@1": mean([float(rank == 1.0) for rank in ranks])}


def main(arguments: Sequence[str]) -> int:
    """Score the legs and print `lexical.mrr`, `lexical.recall@1` and the same of `both` and `bm25s`."""
    parser = argparse.ArgumentParser(
        prog="python -m evals pubmedqa_retrieval", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    parser.add_argument("--no-concepts", action="store_true", help="leave the vocabulary out of the questions")
    parser.add_argument("--legs", choices=("words", "both"), default="both", help="words alone, or meaning too")
    options = parser.parse_args(arguments)
    gold = {row["pmid"]: row for row in json_lines(options.gold)}
    questions = {name: row["question"] for name, row in gold.items()}
    vocabulary = Vocabulary.shipped()
    encoder = installed() if options.legs == "both" else None
    concepts = not options.no_concepts
    result: dict[str, object] = {}

    def holdings() -> Iterator[Holding]:
        return (holding(name, "", row["contexts"]) for name, row in gold.items())

    with indexed(holdings(), vocabulary) as index, tempfile.TemporaryDirectory() as folder:
        result["lexical"] = scores(run(index, vocabulary, questions, concepts=concepts))
        if encoder is None:
            result["skipped"] = ["both"]
        else:
            both = with_meaning(index, holdings(), encoder, Path(folder))
            result["both"] = scores(run(both, vocabulary, questions, concepts=concepts))
    beside = with_bm25s({name: " ".join(row["contexts"]) for name, row in gold.items()}, questions)
    result["bm25s"] = scores(beside)
    report(result, n=len(gold), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
