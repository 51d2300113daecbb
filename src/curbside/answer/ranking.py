"""Which of the sentences that may speak do so best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from curbside.answer.context import ANAPHOR, MULTI_TOPIC, Candidate
from curbside.answer.intents import (
    AIM_CUE,
    CATEGORY_PRIOR,
    GAP_CUE,
    METHODS_INTENTS,
    NOT_STATED_CUE,
    REPORTED_HARM,
    ROWS,
    SAFETY_HEADING,
    serves,
)
from curbside.answer.ranker_near import learned, near_read
from curbside.answer.standing import Fit, Standing
from curbside.language.counts import counts
from curbside.language.design import participants
from curbside.language.linear import linear
from curbside.language.quantities import quantities
from curbside.language.words import content_words
from curbside.records import Category, EvidenceKind, Expansion, Intent, Question

EVIDENCE_WEIGHT: dict[EvidenceKind, float] = {
    EvidenceKind.GUIDELINE: 0.6,
    EvidenceKind.SUMMARY: 0.5,
    EvidenceKind.META_ANALYSIS: 0.6,
    EvidenceKind.SYSTEMATIC_REVIEW: 0.55,
    EvidenceKind.RANDOMISED: 0.55,
    EvidenceKind.TRIAL: 0.45,
    EvidenceKind.COHORT: 0.4,
    EvidenceKind.CASE_CONTROL: 0.35,
    EvidenceKind.CROSS_SECTIONAL: 0.3,
    EvidenceKind.CASE_SERIES: 0.3,
    EvidenceKind.STUDY: 0.35,
    EvidenceKind.CASE_REPORT: 0.15,
    EvidenceKind.REVIEW: 0.3,
    EvidenceKind.SECONDARY: 0.2,
    EvidenceKind.REPLY: 0.2,
    EvidenceKind.GENERATED: -0.1,
    EvidenceKind.OTHER: -0.3,
    EvidenceKind.PROTOCOL: -0.6,
    EvidenceKind.REGISTRATION: -0.4,
    EvidenceKind.LABORATORY: -0.5,
    EvidenceKind.ANIMALS: -0.6,
}
"""How much the kind of evidence adds; order as in the OCEBM 2011 levels, gaps small beside relevance."""

STANDING_WEIGHT = {
    Standing.NAMED: 1.0,
    Standing.CLASS: 0.3,
    Standing.CARRIED: 0.5,
    Standing.ELSEWHERE: 0.1,
    Standing.OTHER: 0.0,
}


_LEVEL = frozenset({"level"})
_TESTED = linear(r"(?i)\bp ?[<>=≤] ?[0-9.·,]|\b95 ?% CI\b")
"""The print of a tested difference."""
_COUNTED = frozenset({Intent.EFFICACY, Intent.HARM, Intent.RECURRENCE, Intent.COMPARISON})
"""Intents that a sentence with counts or shares serves better than one without."""


_FRAME = frozenset({"know", "known", "tell", "say", "said"})
"""Words in which a question is put, not what it asks: "what is known" is not answered by "is not known"."""
LEARNED = 0.2
"""How much a standard deviation of the learned ranker (`ranker_near`) counts beside the rules."""


class Scored(msgspec.Struct, frozen=True):
    """A sentence, how it fits, and how well it serves.

    Attributes:
        candidate: the sentence.
        fit: how it is about what is asked.
        serves: intents of the question that it serves.
        overlap: share of the question's own words that it holds, weighted by rarity, from 0 to 1.
        score: the sum of all weights; higher is better.
        terms: its content words.
    """

    candidate: Candidate
    fit: Fit
    serves: tuple[Intent, ...]
    overlap: float
    score: float
    terms: frozenset[str]


MEASURED = {
    Intent.DOSE: frozenset({"dose", "concentration", "level"}),
    Intent.SCHEDULE: frozenset({"duration", "dose", "time"}),
}
"""Intents that are served in full only by a value."""


def stated(intent: Intent, text: str) -> bool:
    """Tell whether a sentence states the facet itself, a value where it is one, and does not only touch on it."""
    if not serves(intent, text):
        return False
    kinds = MEASURED.get(intent)
    return kinds is None or any(quantity.kind in kinds for quantity in quantities(text))


def about_words(fitting: Sequence[tuple[Candidate, Fit]], words: Sequence[str]) -> list[tuple[Candidate, Fit]]:
    """Keep sentences whose passage is about `words`, weighted by rarity; all of them where there are no words.

    A passage must hold half of the weight, and nearly as much as the best one does.
    """
    if not words:
        return list(fitting)
    passages: dict[tuple[str, int], frozenset[str]] = {}
    for candidate, _ in fitting:
        key = (candidate.document.id, candidate.part.span.start)
        if key not in passages:
            text = candidate.part.span.of(candidate.document.text)[:60_000]
            title = candidate.document.title if candidate.part.group == 0 else ""
            passages[key] = frozenset(content_words(f"{title} {text}"))
    weights = _rarity(words, list(passages.values()))
    total = sum(weights.values())
    shares = {key: sum(weights[word] for word in words if word in held) / total for key, held in passages.items()}
    least = max(0.5, max(shares.values(), default=0.0) - 0.2)
    return [one for one in fitting if shares[(one[0].document.id, one[0].part.span.start)] >= least]


def rank(fitting: Sequence[tuple[Candidate, Fit]], question: Question, relevance: Mapping[str, float]) -> list[Scored]:
    """Return the sentences, best first; ties in the order of works, documents and sentences.

    `relevance` gives each document's place in the search, from 0 to 1.
    """
    asked = _asked_words(question)
    reads = [near_read(candidate.words) for candidate, _ in fitting]
    terms = [read.stems for read in reads]
    weights = _rarity(asked, terms)
    gains = learned([candidate for candidate, _ in fitting], reads, question)
    scored = [
        _score(
            candidate, fit, held, question, weights, 0.9 * relevance.get(candidate.document.id, 0.0) + LEARNED * gain
        )
        for (candidate, fit), held, gain in zip(fitting, terms, gains)
    ]
    return sorted(scored, key=lambda one: (-round(one.score, 6), one.candidate.document.id, one.candidate.order))


def _asked_words(question: Question) -> tuple[str, ...]:
    """Content words of the question outside the concepts, those of its intents included."""
    rest = question.text
    for expansion in question.expansions:
        width = expansion.span.end - expansion.span.start
        rest = rest[: expansion.span.start] + " " * width + rest[expansion.span.end :]
    return tuple(dict.fromkeys(content_words(rest)))


def _rarity(asked: Sequence[str], terms: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency over the sentences at hand (Robertson and Spärck Jones 1976)."""
    counts = Counter(word for held in terms for word in asked if word in held)
    return {word: math.log(1 + (len(terms) - counts[word] + 0.5) / (counts[word] + 0.5)) for word in asked}


def _score(
    candidate: Candidate,
    fit: Fit,
    terms: frozenset[str],
    question: Question,
    weights: Mapping[str, float],
    beside: float,
) -> Scored:
    served = _served(candidate, question)
    total = sum(weights.values())
    met = sum(weight for word, weight in weights.items() if word in terms and word not in _FRAME)
    overlap = met / total if total else 0.0
    title = candidate.document.title.lower()
    titled = sum(weight for word, weight in weights.items() if word in title) / total if total else 0.0
    first = question.intents[0]
    score = 3.0 * overlap + 0.8 * titled + beside
    score += 1.3 if first in served else 0.0
    score += 0.5 * sum(1 for intent in served if intent is not first)
    score += 0.9 * STANDING_WEIGHT[fit.treatment] + 1.1 * STANDING_WEIGHT[fit.condition]
    score += 0.5 * fit.population + 0.6 * fit.route
    score += _for_the_first(candidate, fit, question)
    score += _prior(candidate, question) + EVIDENCE_WEIGHT.get(candidate.evidence, 0.0)
    score -= _unwieldy(candidate, terms, question)
    return Scored(candidate, fit, served, overlap, score, terms)


def _served(candidate: Candidate, question: Question) -> tuple[Intent, ...]:
    """Intents of the question that a sentence serves, by its words, its place, or what it names."""
    text = candidate.words
    found: list[Intent] = []
    for intent in question.intents:
        # The line that introduces a list of many things makes no harm of each of them.
        by_words = serves(intent, candidate.own if intent is Intent.HARM else text)
        if intent is Intent.COUNT and intent is question.intents[0]:
            by_words = by_words and bool(counts(text) or participants(text))
        if by_words or _serves_otherwise(intent, candidate, question):
            found.append(intent)
    return tuple(found)


def _serves_otherwise(intent: Intent, candidate: Candidate, question: Question) -> bool:
    if intent is Intent.COMPARISON:
        return _names_several(candidate, question)
    if intent is Intent.HARM:
        inner = candidate.heading.rsplit(" / ", 1)[-1]
        of_harms = SAFETY_HEADING.search(inner) is not None and "effic" not in inner.lower()
        return bool(question.outcomes) or of_harms
    return intent is Intent.EFFICACY and _is_counted_result(candidate)


def _for_the_first(candidate: Candidate, fit: Fit, question: Question) -> float:
    """What makes a sentence better or worse for the intent that leads."""
    first, text = question.intents[0], candidate.words
    gain = 0.35 if first in _COUNTED and counts(text) else 0.0
    gain += 0.9 if first in MEASURED and stated(first, text) else 0.0
    gain += 0.9 if first is Intent.MONITORING and _gives_what_is_measured(candidate, question) else 0.0
    if first is Intent.COMPARISON and len(_treatments(question)) > 1:
        gain += 0.8 if _names_several(candidate, question) else -0.8
    if first is Intent.USE:
        gain += min(0.9, 0.3 * max(0, len(candidate.named.conditions) - 1))  # one line of several uses before one use
    if first is Intent.EFFICACY and Intent.HARM not in question.intents and _is_harm_alone(candidate):
        gain -= 0.6  # what was counted there is no benefit
    if first is Intent.HARM and REPORTED_HARM.search(candidate.own):
        gain += 0.7
    if first is Intent.HARM and fit.treatment is not Standing.NAMED and candidate.evidence in MULTI_TOPIC:
        gain -= 0.8  # a harm of the disease, as likely as one of the drug
    return gain


def _is_harm_alone(candidate: Candidate) -> bool:
    """Whether a sentence reports a harm and says nothing of a benefit."""
    cue = ROWS[Intent.EFFICACY].cue
    return REPORTED_HARM.search(candidate.own) is not None and (cue is None or cue.search(candidate.own) is None)


def _gives_what_is_measured(candidate: Candidate, question: Question) -> bool:
    """Whether a sentence gives the dose, the time or the level that is asked for; then even an aim tells it."""
    first = question.intents[0]
    kinds = {quantity.kind for quantity in quantities(candidate.own)}
    return bool(kinds & (MEASURED.get(first) or (_LEVEL if first is Intent.MONITORING else frozenset())))


def _is_counted_result(candidate: Candidate) -> bool:
    """Whether a study's results give a count, a share or a tested difference here, in whatever words."""
    if candidate.category is not Category.RESULTS:
        return False
    return bool(counts(candidate.words)) or _TESTED.search(candidate.words) is not None


def _treatments(question: Question) -> tuple[Expansion, ...]:
    return (*question.drugs, *question.classes, *question.procedures)


def _names_several(candidate: Candidate, question: Question) -> bool:
    """Whether the sentence names at least two of the treatments asked about."""
    there = candidate.named.treatments | candidate.named.classes
    return sum(bool(there & frozenset(each.ids)) for each in _treatments(question)) > 1


def _prior(candidate: Candidate, question: Question) -> float:
    if METHODS_INTENTS & set(question.intents[:2]) and candidate.category is Category.METHODS:
        return 0.2
    if candidate.category is Category.BACKGROUND and question.intents[0] in (Intent.MECHANISM, Intent.GENERAL):
        return 0.0
    return CATEGORY_PRIOR[candidate.category]


def _unwieldy(candidate: Candidate, terms: frozenset[str], question: Question) -> float:
    """Long sentences tire, short ones say little, and one that leans on unquoted words cannot stand alone."""
    penalty = 0.0
    if len(terms) > 35:
        penalty += 0.02 * (len(terms) - 35)
    if len(terms) < 4:
        penalty += 0.8
    if len(candidate.pieces) == 1 and ANAPHOR.search(candidate.own):
        penalty += 0.6
    if AIM_CUE.search(candidate.words) and not _gives_what_is_measured(candidate, question):
        penalty += 2.0
    if NOT_STATED_CUE.search(candidate.words):
        penalty += 2.0
    elif GAP_CUE.search(candidate.words):
        penalty += 0.5
    return penalty
