"""Which way an outcome went: full texts asked for the direction of an outcome in one arm against the other.

`--gold` holds a prompt a line: article, outcome, intervention and comparator in a reader's words, and the label
(increased, decreased, no difference). Only outcome, intervention and comparator are looked at; the evidence is found in
the article. With `--model folds` the models are learnt from four fifths of the articles and asked about the rest, five
times; with `--model shipped` those of the package answer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training import direction as script

from curbside.extract.direction import Reader, direction, read_reports
from curbside.extract.direction_reading import Reports
from curbside.extract.evidence import read_evidence
from curbside.records import Quote
from curbside.records.direction import Direction, Way
from evals.lines import json_lines
from evals.report import fingerprint, report

FOLDS = 5
LABELS = tuple(way.value for way in Way)


class Articles:
    """Articles of a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Reports] = {}

    def __call__(self, name: str) -> Reports:
        """Return an article read for comparisons."""
        if name not in self._read:
            self._read[name] = read_reports(read_evidence(script.article(self._folder, name)))
        return self._read[name]


def folds(gold: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the fold of each row; the rows of an article are in one fold."""
    order = {name: place for place, name in enumerate(sorted({str(row["pmcid"]) for row in gold}))}
    return [order[str(row["pmcid"])] % FOLDS for row in gold]


def by_folds(gold: Sequence[Mapping[str, Any]], articles: Articles) -> list[Direction]:
    """Answer each row with models that have not seen its article."""
    prompts = script.prompts(gold, articles)
    fold = folds(gold)
    answers: dict[int, Direction] = {}
    for part in range(FOLDS):
        reader: Reader = script.trained([prompt for prompt, mine in zip(prompts, fold) if mine != part])
        for place, row in enumerate(gold):
            if fold[place] == part:
                answers[place] = direction(script.comparison(row), articles(str(row["pmcid"])), reader)
    return [answers[place] for place in range(len(gold))]


def shipped(gold: Sequence[Mapping[str, Any]], articles: Articles) -> list[Direction]:
    """Answer each row with the models of the package."""
    return [direction(script.comparison(row), articles(str(row["pmcid"]))) for row in gold]


def figures(right: Sequence[str], found: Sequence[Direction]) -> dict[str, Any]:
    """Return accuracy, F1 by label, their mean, and how far probabilities are from shares of right answers."""
    told = [answer.label.value for answer in found]
    f1 = {label: round(_f1(label, right, told), 4) for label in LABELS}
    hits = [one == two for one, two in zip(right, told)]
    return {
        "macro_f1": round(sum(f1.values()) / len(LABELS), 4),
        "accuracy": round(sum(hits) / len(hits), 4) if hits else 0.0,
        "f1": f1,
        "ece": round(_calibration([answer.probability for answer in found], hits), 4),
        "confusion": {
            label: {other: sum(a == label and b == other for a, b in zip(right, told)) for other in LABELS}
            for label in LABELS
        },
    }


def _f1(label: str, right: Sequence[str], told: Sequence[str]) -> float:
    both = sum(one == two == label for one, two in zip(right, told))
    either = sum(one == label for one in right) + sum(two == label for two in told)
    return 2 * both / either if either else 0.0


def _calibration(shares: Sequence[float], hits: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017) over ten bins of equal width."""
    error = 0.0
    for place in range(bins):
        mine = [at for at, share in enumerate(shares) if min(int(share * bins), bins - 1) == place]
        if mine:
            error += abs(sum(shares[at] for at in mine) - sum(hits[at] for at in mine)) / len(shares)
    return error


def quoted(quote: Quote | None) -> dict[str, Any] | None:
    """Return a quote with its offsets into the article's text."""
    if quote is None:
        return None
    return {"words": quote.words, "start": quote.span.start, "end": quote.span.end}


def main(arguments: Sequence[str]) -> int:
    """Score the rows and print `macro_f1`, `accuracy`, `f1.LABEL`, `ece` and `confusion`."""
    parser = argparse.ArgumentParser(prog="python -m evals direction", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="prompts, JSON Lines")
    parser.add_argument("--xml", type=Path, required=True, help="folder of the articles, PMC….nxml")
    parser.add_argument("--model", choices=["folds", "shipped"], default="folds", help="whose models answer")
    parser.add_argument("--rows", type=Path, help="write each row's label and quote here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    gold = list(json_lines(options.gold))
    articles = Articles(options.xml)
    found = by_folds(gold, articles) if options.model == "folds" else shipped(gold, articles)
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row, answer in zip(gold, found):
                record = {
                    "id": row["prompt"],
                    "article": row["pmcid"],
                    "label": answer.label.value,
                    "probability": round(answer.probability, 4),
                    "quote": quoted(answer.quote),
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    names = sorted({str(row["pmcid"]) for row in gold})
    files = [next(options.xml.glob(f"{name}.*ml")) for name in names]
    made = figures([str(row["label"]) for row in gold], found)
    report(made, n=len(gold), fingerprint=fingerprint([options.gold, *files]), as_json=options.json)
    return 0
