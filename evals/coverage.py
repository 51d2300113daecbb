"""How much of what a careful reader finds about a subject its answer holds, and how much of it is off the subject.

`python -m evals coverage --shared DIR [--gold FILE] [--judged FILE] [--rows FILE] [--json]`

`evals/coverage_topics.jsonl` holds twenty subjects: a question, its drugs and conditions, and the facets that a reader
finds in the sources (line, dose, efficacy, interval, harms, gap …), written before any answer was seen. A facet is held
when all its patterns (regular expressions, case-insensitive) stand in what the answer says, absences with it. The
library holds the starter shelf, the sirolimus set and the shared guideline summaries.

A sentence is off the subject when it speaks of something else. A person's judgement in `evals/coverage_judged.jsonl`
(a subject's id and the sentence's `mark`) counts; where there is none, a rule does. It calls a sentence on the subject
that names a drug of the subject, or, with a heading over its quote, its condition and no other drug alone; a source
whose title names the drug, or, for a sentence without any drug, the condition, lends its subject. All others are off.

`coverage` is the share of facets held, over all topics; `coverage.guidelines` and `coverage.set` over each part;
`false_absences` counts what an answer calls not stated though the list holds such a facet ("dose", "harms").
`off_subject` is the share of sentences off the subject, `on_subject` the rest, `judged` how many of the sentences a
person has judged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, AnswerSentence, ConceptKind, Document, Span
from curbside.wiring import Library
from evals.own_questions import SHARED, library_of, read_rows, sources, wording
from evals.report import fingerprint, report

GOLD = Path(__file__).parent / "coverage_topics.jsonl"
JUDGED = Path(__file__).parent / "coverage_judged.jsonl"


@dataclass(frozen=True, slots=True)
class Covered:
    """Facets held and missed, what is wrongly called not stated, and each sentence's mark with whether it is off."""

    held: tuple[str, ...]
    missed: tuple[str, ...]
    denied: tuple[str, ...]
    sentences: Mapping[str, bool]


class Subject:
    """The drugs and conditions of a topic, as concepts of the vocabulary with their narrower ones."""

    def __init__(self, topic: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        """Look the topic's names up."""
        self._vocabulary = vocabulary
        self.drugs = self._ids(topic["drug"])
        self.conditions = self._ids(topic["condition"])

    def _ids(self, names: Collection[str]) -> frozenset[str]:
        return frozenset(
            identifier
            for name in names
            for found in self._vocabulary.expansions(name, widen=True)
            for identifier in found.ids
        )

    def met(self, text: str) -> tuple[bool, bool, bool]:
        """Tell whether a text names a drug of the subject, its condition, and another drug."""
        found = {mention.concept for mention in self._vocabulary.mentions(text)}
        drugs = {one for one in found if self._kind(one) is ConceptKind.DRUG}
        return bool(found & self.drugs), bool(found & self.conditions), bool(drugs - self.drugs)

    def _kind(self, identifier: str) -> ConceptKind | None:
        concept = self._vocabulary.get(identifier)
        return None if concept is None else concept.kind

    def off(self, text: str, headings: str, title: str) -> bool:
        """Tell whether a sentence under these headings of a source with this title is off the subject."""
        drug, condition, other = self.met(text)
        if drug or (condition and (not other or not self.drugs)):
            return False
        above_drug, above_condition, _ = self.met(headings)
        if above_drug or (above_condition and not other):
            return False
        title_drug, title_condition, _ = self.met(title)
        return not (title_drug or (title_condition and (not other or not self.drugs)))


def mark_of(sentence: AnswerSentence) -> str:
    """Return a short name of a sentence's words, the same wherever they stand."""
    return hashlib.sha256(sentence.text.encode()).hexdigest()[:12]


def headings_over(document: Document, span: Span) -> str:
    """Return the headings of the sections that a span lies in, a line each."""
    return "\n".join(section.heading.of(document.text) for section in document.sections_over(span) if section.heading)


def covered(
    topic: Mapping[str, Any], answer: Answer, library: Library, subject: Subject, judged: Mapping[tuple[str, str], bool]
) -> Covered:
    """Hold an answer to a topic's facets and look at each of its sentences."""
    said = wording(answer)[1]
    held = [
        facet["facet"]
        for facet in topic["facets"]
        if all(re.search(pattern, said, re.IGNORECASE) for pattern in facet["must"])
    ]
    off: dict[str, bool] = {}
    for sentence in answer.sentences:
        mark = mark_of(sentence)
        quote = sentence.quotes[0]
        document = library.store.holding(quote.document).document
        rule = subject.off(sentence.text, headings_over(document, quote.span), document.title)
        off[mark] = judged.get((topic["id"], mark), rule)
    names = [facet["facet"] for facet in topic["facets"]]
    listed = {word.strip(",") for name in names if "none is stated" not in name for word in name.split()}
    denied = tuple(absence.facet for absence in answer.absences if absence.facet.split()[0] in listed)
    return Covered(tuple(held), tuple(name for name in names if name not in held), denied, off)


def figures_of(
    topics: Sequence[Mapping[str, Any]], found: Sequence[Covered], judged: Collection[tuple[str, str]]
) -> dict[str, object]:
    """Sum topics up; see the module."""

    def share(chosen: Sequence[Covered]) -> float:
        facets = sum(len(one.held) + len(one.missed) for one in chosen)
        return round(sum(len(one.held) for one in chosen) / facets, 4) if facets else 1.0

    pairs = list(zip(topics, found, strict=True))
    sentences = [(topic["id"], mark, off) for topic, one in pairs for mark, off in one.sentences.items()]
    off_subject = sum(off for _, _, off in sentences) / len(sentences) if sentences else 0.0
    return {
        "coverage": share(found),
        "coverage.guidelines": share([one for topic, one in pairs if topic["documents"]]),
        "coverage.set": share([one for topic, one in pairs if not topic["documents"]]),
        "false_absences": sum(len(one.denied) for one in found),
        "off_subject": round(off_subject, 4),
        "on_subject": round(1 - off_subject, 4),
        "judged": sum((topic, mark) in judged for topic, mark, _ in sentences),
        "sentences": len(sentences),
        "facets": sum(len(one.held) + len(one.missed) for one in found),
    }


def shown(topic: Mapping[str, Any], one: Covered, answer: Answer) -> dict[str, object]:
    """Return what `--rows` writes of a topic."""
    places = {facet["facet"]: facet["where"] for facet in topic["facets"]}
    return {
        "id": topic["id"],
        "question": topic["question"],
        "declined": answer.declined,
        "held": one.held,
        "missed": {name: places[name] for name in one.missed},
        "denied": one.denied,
        "sections": {
            part.heading: [
                {"text": each.text, "mark": mark_of(each), "off": one.sentences[mark_of(each)]}
                for each in part.sentences
            ]
            for part in answer.sections
        },
        "absences": [absence.facet for absence in answer.absences],
    }


def main(arguments: Sequence[str]) -> int:
    """Run the eval; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m evals coverage", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of shared data")
    parser.add_argument("--gold", type=Path, default=GOLD, help="topics of the same form")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="sentences that a person has judged")
    parser.add_argument("--rows", type=Path, help="file to write each topic's facets and answer to")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    topics = read_rows(given.gold)
    judged = {(row["id"], row["mark"]): bool(row["off"]) for row in read_rows(given.judged)}
    guidelines = sorted((given.shared / "data" / "guidelines").glob("*.md"))
    vocabulary = Vocabulary.shipped()
    with library_of([*sources(given.shared), *guidelines]) as library:
        answers = [library.ask(topic["question"]) for topic in topics]
        found = [
            covered(topic, answer, library, Subject(topic, vocabulary), judged)
            for topic, answer in zip(topics, answers, strict=True)
        ]
    if given.rows:
        lines = [
            json.dumps(shown(topic, one, answer), ensure_ascii=False)
            for topic, one, answer in zip(topics, found, answers, strict=True)
        ]
        given.rows.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    mark = fingerprint([given.gold, given.judged, given.shared / "data" / "sirolimus", *guidelines])
    report(figures_of(topics, found, judged.keys()), n=len(topics), fingerprint=mark, as_json=given.json)
    return 0
