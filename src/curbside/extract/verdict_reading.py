"""A text read for one yes/no question: which sentences name what is asked about, and what each reports.

A sentence is read whole and in the clause that names most of the question. Which way a comparison went is asked of the
trained reader of directions (`extract.direction`) with the question as the outcome.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from curbside.extract.direction import ranked, shipped
from curbside.extract.direction_features import features as direction_features
from curbside.extract.direction_reading import Reports, asked_of, read_reports
from curbside.extract.evidence import read_evidence
from curbside.language import verdict_words as words
from curbside.language.direction_words import AIM, CLAUSES, intervals, p_values, ratios
from curbside.language.linear import Pattern
from curbside.language.words import content_words
from curbside.records import Category, Comparison, Document, Span
from curbside.records.direction import Way

MOST = 120
"""Sentences of a text that are read."""
_LONGEST = 1_500  # code points of a sentence that are read
_VOTING = 5  # sentences that the reader of directions is asked about
_SILENT = frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})
_COMMON = frozenset(content_words(words.COMMON))
_KIN = {term: frozenset(content_words(said)) for names, said in words.KIN.items() for term in content_words(names)}
_COMMON_WEIGHT, _UNSAID_WEIGHT = 0.4, 0.6
_STEM = 5  # letters that forms of one word share
_SHORT = 3  # letters of a word of a long form that says little
_SHORTEST_CLAUSE = 15
_MOST_EACH = 1.5

READINGS = (
    *("denied", "notable", "linked", "more", "less", "p+", "p-", "ratio+", "ratio0", "welcome", "unwelcome"),
    *("nothing", "doubt", "only", "turn", "adjusted", "for", "against", "net"),
)
"""What is read in a sentence or clause, from 0 to 1.5; "net" from -1.5 to 1.5."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what it reports.

    Attributes:
        span: where in the document.
        text: its words.
        results: whether it stands among results or conclusions, or where a text without sections has them.
        cover: share of what is asked about that it names, by weight, from 0 to 1.
        whole, clause: readings of the sentence, and of its clause that names most of the question.
        alike: how likely the reader of directions finds no difference in it, None where that was not asked.
        rank: how well it reports an outcome, for those that were asked.
    """

    span: Span
    text: str
    results: bool
    cover: float
    whole: Mapping[str, float]
    clause: Mapping[str, float]
    alike: float | None = None
    rank: float = 0.0


def read_for(question: str, document: Document) -> tuple[Said, ...]:
    """Return the sentences of the abstract, or of the body where there is none, read for a question."""
    reports = read_reports(read_evidence(document))
    every = reports.evidence.sentences
    abstract = any(sentence.abstract for sentence in every)
    places = [at for at, sentence in enumerate(every) if sentence.abstract or not abstract][:MOST]
    if not places:
        return ()
    sets = [frozenset(content_words(reports.text(at))) for at in places]
    asked = _weights(question, sets, reports.evidence.lexicon.short)
    results = _results(reports, places)
    votes = _votes(question, reports, frozenset(at for at in places if at in results))
    made: list[Said] = []
    for at in places:
        text = reports.text(at)[:_LONGEST]
        alike, rank = votes.get(at, (None, 0.0))
        made.append(
            Said(
                every[at].span,
                text,
                at in results,
                _cover(asked, text),
                reading(text),
                reading(max(_clauses(text), key=lambda clause: _cover(asked, clause))),
                alike,
                rank,
            )
        )
    return tuple(made)


def read_sentences(question: str, sentences: Sequence[tuple[Span, str]]) -> tuple[Said, ...]:
    """Return sentences that report, as chosen already, read for a question; the reader of directions is not asked."""
    sets = [frozenset(content_words(text)) for _, text in sentences]
    asked = _weights(question, sets, {})
    made: list[Said] = []
    for span, whole in sentences[:MOST]:
        text = whole[:_LONGEST]
        clause = max(_clauses(text), key=lambda each: _cover(asked, each))
        made.append(Said(span, text, True, _cover(asked, text), reading(text), reading(clause)))
    return tuple(made)


def reading(text: str) -> dict[str, float]:
    """Return what a stretch of text reports, by `READINGS`."""
    ps = p_values(text)
    denied = [(match.start(), match.end()) for match in words.DENIED.finditer(text)]
    left = text
    for start, end in denied:
        left = left[:start] + " " * (end - start) + left[end:]
    sides = {side for _, side in ratios(text)}
    found = {
        "denied": float(bool(denied)),
        "notable": _has(words.NOTABLE, left),
        "linked": _has(words.LINKED, left),
        "more": _has(words.MORE, left),
        "less": _has(words.LESS, left),
        "p+": float(any(p.significant for p in ps)),
        "p-": float(any(not p.significant for p in ps)),
        "ratio+": float("above" in sides or "below" in sides),
        "ratio0": float("across" in sides or (not sides and "across" in intervals(text))),
        "welcome": _has(words.WELCOME, text),
        "unwelcome": _has(words.UNWELCOME, text),
        "nothing": _has(words.NOTHING, text),
        "doubt": _has(words.DOUBT, text),
        "only": _has(words.SOME_ONLY, text),
        "turn": _has(words.TURN, text),
        "adjusted": _has(words.ADJUSTED, text),
    }
    told = 0.4 * max(found["linked"], found["more"], found["less"])
    found["for"] = min(_MOST_EACH, found["notable"] + found["p+"] + found["ratio+"] + told)
    found["against"] = min(_MOST_EACH, 1.2 * found["denied"] + found["p-"] + found["ratio0"])
    found["net"] = found["for"] - found["against"]
    return found


def _has(pattern: Pattern, text: str) -> float:
    return float(pattern.search(text) is not None)


def _clauses(text: str) -> list[str]:
    cuts = [0, *(match.start() for match in CLAUSES.finditer(text)), len(text)]
    return [text[low:high] for low, high in pairwise(cuts) if high - low > _SHORTEST_CLAUSE] or [text]


def _weights(
    question: str, sets: Sequence[frozenset[str]], short: Mapping[str, str]
) -> dict[str, tuple[float, frozenset[str]]]:
    """Return each word of the question with its weight, by how rare it is in the text, and its forms there."""
    asked = tuple(dict.fromkeys(content_words(question)))
    widened = {term: set(_KIN[term]) for term in asked if term in _KIN}
    for form, name in short.items():
        brief, long = content_words(form), content_words(name)
        if long and set(long) <= set(asked):
            for term in long:
                widened.setdefault(term, set()).update(brief)
        for term in set(brief) & set(asked):
            widened.setdefault(term, set()).update(word for word in long if len(word) > _SHORT)
    families: dict[str, set[str]] = {}
    for term in Counter(term for found in sets for term in found):
        families.setdefault(term[:_STEM], set()).add(term)
    made: dict[str, tuple[float, frozenset[str]]] = {}
    for term in asked:
        family = families.get(term[:_STEM], ()) if len(term) >= _STEM else ()
        forms = frozenset({term, *family, *widened.get(term, ())})
        held = sum(not forms.isdisjoint(found) for found in sets)
        weight = math.log(1 + len(sets) / held) if held else _UNSAID_WEIGHT
        made[term] = weight * (_COMMON_WEIGHT if term in _COMMON else 1.0), forms
    return made


def _cover(asked: Mapping[str, tuple[float, frozenset[str]]], text: str) -> float:
    named = frozenset(content_words(text))
    total = sum(weight for weight, _ in asked.values())
    return sum(weight for weight, forms in asked.values() if not forms.isdisjoint(named)) / total if total else 0.0


def _results(reports: Reports, places: Sequence[int]) -> frozenset[int]:
    """Return the sentences that report; in a text without sections those of its second half that state no aim."""
    labelled = [at for at in places if reports.places[at] in (Category.RESULTS, Category.CONCLUSIONS)]
    if not labelled:
        open_ = [at for at in places if reports.places[at] not in _SILENT] or list(places)
        labelled = open_[len(open_) // 2 :]
    kept = [at for at in labelled if AIM.search(reports.text(at)) is None]
    return frozenset(kept or labelled)


def _votes(question: str, reports: Reports, among: frozenset[int]) -> dict[int, tuple[float, float]]:
    """Return for the sentences that report best: how likely they report no difference, and how well they report."""
    reader = shipped()
    asked = asked_of(Comparison(question, "treatment", "control", False), reports)
    best = [each for each in ranked(asked, reports, reader.ranking) if each[0] in among][:_VOTING]
    column = reader.reading.labels.index(Way.NO_DIFFERENCE.value)
    return {at: (reader.reading.shares(direction_features(asked, reports, at))[column], score) for at, score in best}
