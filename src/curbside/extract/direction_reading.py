"""One article read for what it says of comparisons: its sentences' words, where they stand, how rare each word is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from curbside.extract.arms import Sides, is_control
from curbside.extract.evidence import Evidence
from curbside.extract.naming import Marks, marks
from curbside.extract.places import category_at
from curbside.extract.terms import alike, has, terms
from curbside.language.summaries import levelled
from curbside.records import Category, Comparison

_RARE = 4.5  # weight beyond which a rare word says no more
_UNKNOWN = 1.0  # weight of a word that the article does not have
_LONG_NAME = 6  # words of the longest name whose short form is widened
_STEM = 5  # letters that forms of one word share
_COMMON = 0.5  # what statistics' own words and the arms' names keep of their weight in an outcome


@dataclass(frozen=True, slots=True)
class Reports:
    """An article's sentences, ready to be asked which way an outcome went.

    Attributes:
        evidence: the article, read for its numbers.
        words: the terms of each sentence, in order.
        sets: the same without repeats.
        places: what the section around each sentence does.
        heads: terms of the headings over each sentence.
        rarity: term -> log(1 + sentences / sentences with it).
        families: first letters -> terms of the article.
        index: term -> sentences with it.
    """

    evidence: Evidence
    words: tuple[tuple[str, ...], ...]
    sets: tuple[frozenset[str], ...]
    places: tuple[Category, ...]
    heads: tuple[frozenset[str], ...]
    rarity: dict[str, float]
    families: dict[str, list[str]]
    index: dict[str, list[int]]

    def forms(self, term: str) -> frozenset[str]:
        """Return the article's forms of a term."""
        known = {term} if term in self.rarity else set[str]()
        if len(term) >= _STEM:
            known |= {other for other in self.families.get(term[:_STEM], ()) if alike(term, other)}
        return frozenset(known)

    def text(self, place: int) -> str:
        """Return the words of a sentence, with plain spaces; offsets are those of the document."""
        return levelled(self.evidence.sentences[place].span.of(self.evidence.document.text))


def read_reports(evidence: Evidence) -> Reports:
    """Read an article's sentences for comparisons."""
    document = evidence.document
    words = tuple(terms(sentence.span.of(document.text)) for sentence in evidence.sentences)
    sets = tuple(frozenset(found) for found in words)
    met = Counter(term for found in sets for term in found)
    families: dict[str, list[str]] = defaultdict(list)
    for term in met:
        families[term[:_STEM]].append(term)
    index: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(sets):
        for term in found:
            index[term].append(place)
    headed = [section for section in document.sections if section.heading is not None]
    heads: list[frozenset[str]] = []
    known: dict[tuple[int, ...], frozenset[str]] = {}
    for sentence in evidence.sentences:
        over = [s for s in headed if s.span.start <= sentence.span.start < s.span.end]
        key = tuple(section.span.start for section in over)
        if key not in known:
            known[key] = frozenset(t for s in over if s.heading for t in terms(s.heading.of(document.text)))
        heads.append(known[key])
    return Reports(
        evidence,
        words,
        sets,
        tuple(category_at(document, sentence.span.start) for sentence in evidence.sentences),
        tuple(heads),
        {term: math.log(1 + len(sets) / count) for term, count in met.items()},
        dict(families),
        dict(index),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison in the words of one article.

    Attributes:
        comparison: as asked.
        outcome: terms of the outcome in order.
        forms: term of the outcome -> the article's forms of it.
        weights: term of the outcome -> how telling it is there.
        named: all forms together.
        sides: the two arms.
        own, other: the article's forms of terms that only one of the arms is named by.
        known: how a sentence may name the arms.
        swapped: whether the intervention is the one that gets nothing new.
    """

    comparison: Comparison
    outcome: tuple[str, ...]
    forms: dict[str, frozenset[str]]
    weights: dict[str, float]
    named: frozenset[str]
    sides: Sides
    own: frozenset[str]
    other: frozenset[str]
    known: Marks
    swapped: bool

    def covered(self, among: frozenset[str] | set[str]) -> float:
        """Return the share of the outcome's weight that stands in `among`, from 0 to 1."""
        total = sum(self.weights.values())
        return sum(w for term, w in self.weights.items() if self.forms[term] & among) / total if total else 0.0


def asked_of(comparison: Comparison, reports: Reports) -> Asked:
    """Return a comparison in the words of an article."""
    lexicon = reports.evidence.lexicon
    outcome = terms(comparison.outcome)
    forms = {term: reports.forms(term) for term in dict.fromkeys(outcome)}
    for short, long in lexicon.short.items():
        _widen(forms, terms(short), terms(long))
    sides = Sides.of(comparison.intervention, comparison.comparator, lexicon)
    arms = frozenset((*sides.own, *sides.other)) | sides.both
    weights: dict[str, float] = {}
    for term, known in forms.items():
        weight = min(max((reports.rarity.get(form, 0.0) for form in known), default=0.0) or _UNKNOWN, _RARE)
        weight *= _COMMON if lexicon.weight(term) == 0.25 else 1.0  # statistics' own words
        weights[term] = weight * (_COMMON if has(term, arms) else 1.0)
    return Asked(
        comparison,
        outcome,
        forms,
        weights,
        frozenset(form for known in forms.values() for form in known),
        sides,
        _all_forms(sides.own, reports),
        _all_forms(sides.other, reports),
        marks(sides, lexicon, (), ()),
        is_control(comparison.intervention) and not is_control(comparison.comparator),
    )


def _widen(forms: dict[str, frozenset[str]], short: Sequence[str], long: Sequence[str]) -> None:
    """Let a name stand for its short form, and the short form for the name's longer words."""
    if not short or not long:
        return
    if all(term in forms for term in long):
        for term in long:
            forms[term] |= frozenset(short)
    if len(long) <= _LONG_NAME:
        for term in short:
            if term in forms:
                forms[term] |= frozenset(word for word in long if len(word) > 3)


def _all_forms(wanted: Sequence[str], reports: Reports) -> frozenset[str]:
    return frozenset(form for term in wanted for form in reports.forms(term))
