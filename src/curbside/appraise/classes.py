"""What sources say of a class of drugs that a drug belongs to: shown as such, counted nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from curbside.appraise.studies import OWN, SYNTHESES, Reported, joined
from curbside.language.linear import linear
from curbside.language.sentences import sentences
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    EVIDENCE_ROLES,
    ClassSaid,
    Document,
    EvidenceKind,
    Fact,
    Field,
    Mention,
    Pair,
    Quote,
    Span,
    Study,
    Terms,
)

WIDEST = 30
"""Members of a class, at the most, for what is said of it to tell a reader anything of one of them."""
_QUOTES = 3
_LONGEST = 700  # code points of a sentence that is still quoted
_RANK = {EvidenceKind.GUIDELINE: 0, EvidenceKind.META_ANALYSIS: 1, EvidenceKind.SYSTEMATIC_REVIEW: 1}
_TELLING = linear(
    r"(?i)\b(?:recommend\w*|should|first-line|second-line|effective\w*|efficacy|safe\w*|respon[sd]\w*|improv\w+|adverse"
    r"|risk|evidence|option|treatment of choice|consider\w*|indicated|superior|benefi\w+|not)\b"
)
"""What makes a sentence worth quoting before another."""


def classes_of(drug: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the ids of the classes of a drug, nearest first, that are narrow enough to speak for their members."""
    return tuple(each for each in vocabulary.classes(drug) if len(vocabulary.members(each)) <= WIDEST)


def said_of_classes(
    pair: Pair, reported: Sequence[Reported], known: Iterable[Study], vocabulary: Vocabulary
) -> tuple[ClassSaid, ...]:
    """Return what documents say of a class of the drug for the condition, guidelines first.

    A source counts only where one of its sentences names the class itself; what it says of another member does not.

    Args:
        pair: the drug and the condition.
        reported: documents that name a class and the condition.
        known: studies that the profile shows already; their documents are left out.
        vocabulary: classes, and what they are called.
    """
    classes = classes_of(pair.drug, vocabulary)
    shown = {report.document for study in known for report in study.reports}
    held = {each.document.id: each.document for each in reported}
    found: list[ClassSaid] = []
    for study in joined([each for each in reported if each.document.id not in shown]):
        if study.retracted or study.design not in OWN | SYNTHESES | {EvidenceKind.GUIDELINE, EvidenceKind.REVIEW}:
            continue
        said = _said(held[study.lead.document], pair, classes, vocabulary)
        if said:
            name = said[0][0]
            facts = tuple(fact for each, fact in said if each == name)[:_QUOTES]
            found.append(ClassSaid(name, vocabulary.names(name)[0], study, facts))
    return tuple(sorted(found, key=lambda each: (_RANK.get(each.study.design, 2), -(each.study.year or 0))))


def _said(document: Document, pair: Pair, classes: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, Fact]]:
    """Return the sentences that name a class, the condition beside it or in the title; the most telling first."""
    mentions = vocabulary.mentions(document.text)
    named = [mention for mention in mentions if mention.concept in classes]
    places = [mention.span.start for mention in mentions if mention.concept in pair.conditions]
    titled = any(mention.concept in pair.conditions for mention in vocabulary.mentions(document.title))
    if not named or not (places or titled):
        return []
    found: list[tuple[tuple[int, int, int], str, Fact]] = []
    for part in document.parts:
        if part.role not in EVIDENCE_ROLES or not any(part.span.covers(mention.span) for mention in named):
            continue
        for span in sentences(document.text, part.span.start, part.span.end):
            inside = _first(named, span)
            beside = any(span.start <= at < span.end for at in places)
            if inside is None or not (beside or titled) or len(span) > _LONGEST:
                continue
            words = span.of(document.text)
            if " | " in words:
                continue  # a row of a table is no sentence
            if words.strip().rstrip(".") == document.title.strip().rstrip("."):
                continue
            value = Terms((vocabulary.names(inside.concept)[0],), (inside.concept,))
            rank = (classes.index(inside.concept), -int(beside), -len(_TELLING.findall(words)[:4]))
            fact = Fact(Field.DRUG, value, Quote(document.id, span, words), about=(pair.condition,))
            found.append((rank, inside.concept, fact))
    return [(name, fact) for _, name, fact in sorted(found, key=lambda row: row[0])]


def _first(named: Sequence[Mention], span: Span) -> Mention | None:
    """Return the first mention inside a span; mentions are in order."""
    place = bisect_right([mention.span.start for mention in named], span.start - 1)
    return named[place] if place < len(named) and named[place].span.end <= span.end else None
