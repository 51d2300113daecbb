"""Makes the weights that tell which way an outcome went, from prompts with their evidence and the articles.

Usage: `python training/direction.py --gold FILE --xml DIR [--out DIR]`. The same input gives the same weights. The
evaluation by folds (`python -m evals direction`) trains with `trained` on four fifths of the articles at a time.

A sentence is right when it holds, or is held by, a piece of the prompt's evidence. The ranking model learns right
sentences from wrong ones of the same article; the reading model learns the label from right sentences and, with less
weight, from the best ranked ones.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evals.lines import json_lines
from training.fitting import fitted

from curbside.extract.direction import Reader, ranked, read_reports
from curbside.extract.direction_features import features
from curbside.extract.direction_ranking import candidates
from curbside.extract.direction_reading import Asked, Reports, asked_of
from curbside.extract.evidence import read_evidence
from curbside.language.scoring import Weights, written
from curbside.readers import read
from curbside.records import Comparison, Document, Raw, sealed
from curbside.records.direction import Way

SHIPPED = Path(__file__).resolve().parent.parent / "src" / "curbside" / "extract" / "data"
_NOT_WORD = re.compile(r"\W+")
_SHORTEST, _SHORTEST_EVIDENCE = 12, 20  # letters below which a sentence or a piece of evidence proves nothing
_SHARED = 0.8  # share of the shorter one's words
_RANKING_STRENGTH, _READING_STRENGTH = 0.3, 0.04  # inverse of the penalty
_RARE = 3  # a feature that fewer sentences have is not learnt
_GUESSED, _LATER = 0.5, 0.7  # weight of a sentence that only ranks well; of a right one that does not
_TOP = 6  # best ranked sentences among which right ones are looked for
_GUESSES = 2


@dataclass
class Prompt:
    """A prompt with its article.

    Attributes:
        asked: the comparison in the words of the article.
        reports: the article.
        label: what is right.
        right: numbers of the sentences that the evidence holds.
        seen: features of sentences for the ranking model.
        read: features of sentences for the reading model, as far as they were needed.
    """

    asked: Asked
    reports: Reports
    label: str
    right: set[int]
    seen: list[tuple[int, dict[str, float]]]
    read: dict[int, dict[str, float]] = field(default_factory=dict)

    def features(self, place: int) -> dict[str, float]:
        """Return the features of a sentence for the reading model, made once."""
        if place not in self.read:
            self.read[place] = features(self.asked, self.reports, place)
        return self.read[place]


def article(folder: Path, name: str) -> Document:
    """Read an article of the folder, `PMC….nxml` or `.xml`.

    Raises:
        FileNotFoundError: if the folder does not hold it.
        ValueError: if it is no JATS article.
    """
    path = next((p for p in (folder / f"{name}{end}" for end in (".nxml", ".xml")) if p.exists()), None)
    if path is None:
        raise FileNotFoundError(f"{folder} holds no {name}.nxml")
    for reading in read(Raw(str(path), path.read_bytes(), "jats")):
        if isinstance(reading.record, Document):
            return sealed(reading.record)
    raise ValueError(f"{path} is no article")


def comparison(row: Mapping[str, Any]) -> Comparison:
    """Return what a row asks: outcome, intervention and comparator, nothing else of it."""
    return Comparison(str(row["outcome"]), str(row["intervention"]), str(row["comparator"]), False)


def prompts(gold: Sequence[Mapping[str, Any]], find: Callable[[str], Reports]) -> list[Prompt]:
    """Return the rows with what is right in their articles."""
    made: list[Prompt] = []
    for row in gold:
        reports = find(str(row["pmcid"]))
        asked = asked_of(comparison(row), reports)
        made.append(Prompt(asked, reports, str(row["label"]), right(row, reports), candidates(asked, reports)))
    return made


def right(row: Mapping[str, Any], reports: Reports) -> set[int]:
    """Return the numbers of the sentences that a row's evidence holds."""
    evidence = [_bare(str(words)) for words in row["evidence"]]
    found: set[int] = set()
    for place in range(len(reports.sets)):
        sentence = _bare(reports.text(place))
        if len(sentence) >= _SHORTEST and any(_same(sentence, words) for words in evidence):
            found.add(place)
    return found


def _bare(words: str) -> str:
    return _NOT_WORD.sub(" ", words.lower()).strip()


def _same(sentence: str, evidence: str) -> bool:
    if sentence in evidence or (len(evidence) > _SHORTEST_EVIDENCE and evidence in sentence):
        return True
    one, two = set(sentence.split()), set(evidence.split())
    return min(len(one), len(two)) > 5 and len(one & two) >= _SHARED * min(len(one), len(two))


def trained(learnt: Sequence[Prompt]) -> Reader:
    """Return the two models learnt from prompts."""
    ranking = _ranking(learnt)
    rows: list[dict[str, float]] = []
    labels: list[str] = []
    weights: list[float] = []
    for prompt in learnt:
        order = [place for place, _ in ranked(prompt.asked, prompt.reports, ranking)[:_TOP]]
        for rank, place in enumerate(order):
            if place in prompt.right or rank < _GUESSES:
                rows.append(prompt.features(place))
                weights.append(1.0 if place in prompt.right else _GUESSED / (1 + rank))
                labels.append(prompt.label)
        for place in sorted(prompt.right - set(order)):
            rows.append(prompt.features(place))
            weights.append(_LATER)
            labels.append(prompt.label)
    reading = fitted(rows, labels, [way.value for way in Way], _READING_STRENGTH, _RARE, weights)
    counted = Counter(prompt.label for prompt in learnt)
    return Reader(ranking, reading, {way: counted[way.value] / len(learnt) for way in Way})


def _ranking(learnt: Sequence[Prompt]) -> Weights:
    rows: list[dict[str, float]] = []
    hits: list[str] = []
    for prompt in learnt:
        if prompt.right:
            for place, seen in prompt.seen:
                rows.append(seen)
                hits.append("right" if place in prompt.right else "wrong")
    two = fitted(rows, hits, ["wrong", "right"], _RANKING_STRENGTH, 1)
    return Weights(("right",), (two.bias[1],), {name: (row[1],) for name, row in two.weights.items()})


def main(arguments: Sequence[str]) -> int:
    """Train on every row and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="prompts, JSON Lines")
    parser.add_argument("--xml", type=Path, required=True, help="folder of the articles, PMC….nxml")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    options = parser.parse_args(arguments)
    gold = list(json_lines(options.gold))
    articles: dict[str, Reports] = {}

    def find(name: str) -> Reports:
        if name not in articles:
            articles[name] = read_reports(read_evidence(article(options.xml, name)))
        return articles[name]

    reader = trained(prompts(gold, find))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "direction_ranking.json").write_text(written(reader.ranking), encoding="utf-8")
    (options.out / "direction_reading.json").write_text(written(reader.reading), encoding="utf-8")
    print(f"{len(gold)} prompts of {len(articles)} articles, {len(reader.reading.weights)} features")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
