"""The plain summary of one text: short sentences filled from its card, each on the words it stands on.

A sentence is a fixed form filled with what the source prints, or the source's own words. It goes through the guards
(numbers, amounts, hedges, subjects); one that a guard stops is left out, or said in the source's own words instead.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from curbside.answer.forms import Source, distinct, filled, in_figures
from curbside.answer.forms_given import given
from curbside.answer.forms_people import WITHOUT_PEOPLE, kind, people
from curbside.answer.intents import REPORTED_HARM
from curbside.answer.plain_words import STATED, explained
from curbside.answer.tldr import LEAST, sentence_of, tldr, told
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import (
    AnswerSection,
    AnswerSentence,
    Basis,
    Count,
    Derivation,
    Document,
    DocumentKind,
    EvidenceKind,
    Fact,
    Field,
    Holding,
    PartRole,
    Span,
    StudyCard,
    WorkSummary,
)

KIND = "What this is"
PEOPLE = "Who was studied"
GIVEN = "What was given"
FOUND = "What was found"
HARMS = "Harms"

MOST: dict[str, int] = {KIND: 1, PEOPLE: 3, GIVEN: 5, FOUND: 3, HARMS: 2}
"""Heading -> sentences under it at the most."""

LONGEST = 400
"""Code points of the source's own words that are shown under harms."""

_HAPPENED = linear(
    r"(?i)^(?:had|have|showed|achieved|reached|developed|responded|died|survived|improved|experienced|reported|relapsed"
    r"|recurred|discontinued|stopped|withdrew|needed|required|received|remained|became|stabili[sz]ed|recovered|worsened"
    r"|tolerated|lost|gained|underwent|failed|suffered|presented|completed|maintained|attained|were|was)\s\w"
)
"""An outcome that goes on from "8 of 12" as a sentence does."""

_CAME = linear(
    r"(?i)^(?:[a-z-]+ ){0,3}(?:responses?|remissions?|survival|deaths?|relapses?|recurrences?|improvement|cure"
    r"|resolution|clearance|healing|success|rejection|progression|mortality)$"
)
"""An outcome that is a name: "partial response"."""

_TOLERATED = linear(
    r"(?i)\b(?:(?:well|poorly|better|worse) tolerated|(?:few|no|mild|minor|without|minimal)(?: \w+){0,3}"
    r" (?:side[- ]effects?|adverse (?:events?|effects?|reactions?)|toxicit(?:y|ies)))\b"
)
"""How a treatment was borne, where no harm is named."""


def summary(holding: Holding, card: StudyCard, vocabulary: Vocabulary) -> WorkSummary:
    """Return the short account of a document.

    Args:
        holding: the document.
        card: what it states (`curbside.extract.card`).
        vocabulary: tells drugs and conditions apart.
    """
    document = holding.document
    basis = basis_of(document)
    short = tldr(holding, vocabulary)
    notes = _notes(holding, basis)
    if basis in (Basis.TITLE, Basis.PAGE):
        return WorkSummary(document.id, basis, short.sentences, short.reason, notes=notes)
    source = Source(holding, card, vocabulary)
    said = {quote.span for sentence in short.sentences for quote in sentence.quotes}
    harms = distinct(_harms(source, said))[: MOST[HARMS]]
    told_of = said | {quote.span for sentence in harms for quote in sentence.quotes}
    made = {
        KIND: kind(source),
        PEOPLE: people(source),
        GIVEN: given(source),
        FOUND: _found(source, told_of),
        HARMS: harms,
    }
    sections: list[AnswerSection] = []
    for heading, sentences in made.items():
        kept = distinct(sentences)[: MOST[heading]]
        if kept:
            sections.append(AnswerSection(heading, tuple(kept)))
    texts = [sentence.text for section in sections for sentence in section.sentences]
    texts += [sentence.text for sentence in short.sentences]
    stated = {heading for heading in (HARMS,) if any(section.heading == heading for section in sections)}
    missing = tuple(
        field
        for field in card.not_stated()
        if field in STATED and not (field is Field.ADVERSE_EVENT and HARMS in stated)
    )
    return WorkSummary(
        document.id, basis, short.sentences, short.reason, tuple(sections), missing, explained(texts), notes
    )


def basis_of(document: Document) -> Basis:
    """Return how much of a work a document holds."""
    if document.kind is DocumentKind.NOTE:
        return Basis.NOTE
    if document.kind not in (
        DocumentKind.ARTICLE,
        DocumentKind.GUIDELINE,
        DocumentKind.SUMMARY,
        DocumentKind.TRIAL,
    ):
        return Basis.PAGE
    title = document.title.strip()
    said = ((part.role, part.span.of(document.text).strip().removeprefix(title).strip()) for part in document.parts)
    roles = {role for role, words in said if words}
    if PartRole.BODY in roles and _body(document) > 2_000:
        return Basis.FULL_TEXT
    return Basis.ABSTRACT if roles & {PartRole.ABSTRACT, PartRole.BODY} else Basis.TITLE


def _body(document: Document) -> int:
    return sum(len(part.span) for part in document.parts if part.role is PartRole.BODY)


def _notes(holding: Holding, basis: Basis) -> tuple[str, ...]:
    notes: list[str] = []
    if holding.profile.retracted:
        notes.append("This work is retracted: what follows is what it said, not what holds.")
    elif holding.profile.noticed:
        notes.append("An editorial notice stands on this work; read it first.")
    if basis is Basis.ABSTRACT:
        notes.append("Only the abstract is held; what the full text says further is not in here.")
    elif basis is Basis.TITLE:
        notes.append("Only the title is held; there is nothing to summarise.")
    elif basis is Basis.NOTE:
        notes.append("Made from a study note, which tells the paper in somebody else's words.")
    if holding.profile.evidence in WITHOUT_PEOPLE and holding.profile.evidence is not EvidenceKind.NOTICE:
        notes.append("It was not done in people.")
    return tuple(notes)


def _found(source: Source, said: Container[Span]) -> Iterator[AnswerSentence | None]:
    """Say what was found in natural counts; without any, the best results in the source's own words."""
    counted = distinct(_counted(source, fact) for fact in source.of(Field.OUTCOME))
    if counted:
        yield from counted
        return
    ranked = sorted(told(source.holding, source.vocabulary), key=lambda each: (-each.score, each.candidate.order))
    for each in ranked:
        if each.score >= LEAST and not each.concludes and each.candidate.span not in said:
            yield sentence_of(each.candidate, source.vocabulary)
            return


def _counted(source: Source, fact: Fact) -> AnswerSentence | None:
    """Return a count as "8 of 12 reached a complete response", where the source gives both numbers and says of what."""
    value = fact.value
    if not isinstance(value, Count) or not value.k or not value.n or fact.negated:
        return None
    outcome = " ".join(fact.outcome.split())
    happened = _HAPPENED.search(outcome) is not None
    if fact.arm or not content_words(outcome) or not (happened or _CAME.search(outcome)):
        return None
    if "%" in fact.arithmetic or fact.arithmetic.endswith("in all"):
        return None  # the source prints no such count; and those who could be judged are often fewer than all
    derived = in_figures(fact.quote, value.k, value.n)
    if fact.arithmetic:
        there = {number.printed for number in numbers(fact.quote.words)} | {each.value for each in derived}
        derived += tuple(Derivation(each, fact.arithmetic) for each in (value.k, value.n) if each not in there)
    text = (
        f"{value.k} of {value.n} {outcome}."
        if happened
        else f"{outcome[:1].upper()}{outcome[1:]}: {value.k} of {value.n}."
    )
    return filled(source, text, [fact.quote], derived)


def _harms(source: Source, said: Container[Span]) -> Iterator[AnswerSentence | None]:
    """Say harms in the sentences that name or deny them, those with figures first; else how it was tolerated."""
    spans = [fact.quote.span for fact in source.of(Field.ADVERSE_EVENT)]
    found = [
        each
        for each in told(source.holding, source.vocabulary)
        if each.candidate.span not in said
        and not each.concludes
        and each.score > 0
        and (
            REPORTED_HARM.search(each.candidate.own) and any(each.candidate.span.covers(span) for span in spans)
            if spans
            else _TOLERATED.search(each.candidate.own)
        )
    ]
    for each in sorted(found, key=lambda each: (not each.figures, each.candidate.order)):
        if len(each.candidate.words) <= LONGEST:
            yield sentence_of(each.candidate, source.vocabulary)
