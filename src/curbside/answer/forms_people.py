"""What kind of study a summary tells of, and who was studied."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.answer.forms import Source, figures_of, filled, in_figures, value_words, whole_words
from curbside.answer.plain_words import KINDS
from curbside.answer.wording import shown
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.records import AnswerSentence, Count, EvidenceKind, Fact, Field, Number, Quote, Terms

WITHOUT_PEOPLE = frozenset({EvidenceKind.LABORATORY, EvidenceKind.ANIMALS, EvidenceKind.NOTICE})
"""Kinds in which nobody took part."""

_ADVISING = frozenset({EvidenceKind.GUIDELINE, EvidenceKind.SUMMARY})
_OF_STUDIES = frozenset({EvidenceKind.SYSTEMATIC_REVIEW, EvidenceKind.META_ANALYSIS, EvidenceKind.REVIEW})
_PERSONS = linear(
    r"(?i)\b(?:patients?|participants?|people|persons?|children|adults?|wom[ae]n|m[ae]n|subjects?|infants?|individuals?"
    r"|volunteers?|recipients?|boys?|girls?|adolescents?|neonates?|newborns?|cases?|inpatients?|outpatients?|users?"
    r"|students?|smokers?|residents?|mothers?|girl|boy|survivors?|veterans?|workers?|nurses?|physicians?|males?|females?)\b"
)
_GOES_ON = linear(r"(?i)[(\[;:,]|\b(?:whose|who|which|that|were|was|had|reduced|showed|underwent|received)\b")
"""Words after which a group of people is no longer only named."""
_CASES = frozenset({EvidenceKind.CASE_REPORT, EvidenceKind.CASE_SERIES})
_ONSET = linear(r"(?i)\b(?:onset|diagnos\w+|death|first|gestational)\b")
"""Ages that are not those of the people when they were studied."""


def kind(source: Source) -> Iterator[AnswerSentence | None]:
    """Say what kind of study it is; the words "consensus" or "probable" in a design's name hedge nothing."""
    profile, document = source.holding.profile, source.document
    words = KINDS.get(profile.evidence)
    if words is None:
        return
    span = profile.evidence_span
    if span is not None and span.end <= len(document.text):
        yield filled(source, words, [Quote(document.id, span, span.of(document.text))], guards=("quote", "number"))
        return
    for fact in source.of(Field.DESIGN):
        if isinstance(fact.value, Terms) and _names_kind(profile.evidence, fact.value.terms[0]):
            yield filled(source, words, [fact.quote], guards=("quote", "number"))


def _names_kind(kind: EvidenceKind, design: str) -> bool:
    """Tell whether a design as the card words it is what a kind says: "randomised" of a randomised trial."""
    return kind.value.split()[0] in design or design in kind.value


def people(source: Source) -> Iterator[AnswerSentence | None]:
    """Say how many people there were and who, how old they were, and how many of them were of one sex."""
    evidence = source.holding.profile.evidence
    if evidence in WITHOUT_PEOPLE or evidence in _ADVISING:
        return
    if evidence not in _OF_STUDIES:
        yield from (_number_of_people(source, fact) for fact in source.of(Field.N)[:1])
    for fact in source.of(Field.AGE)[:1]:
        yield _of_age(source, fact)
    for fact in source.of(Field.SEX)[:1]:
        value = fact.value
        if isinstance(value, Count) and value.k and value.n and fact.outcome in ("female", "male"):
            said = f"{value.k} of {value.n} were {fact.outcome}."
            yield filled(source, said, [fact.quote], in_figures(fact.quote, value.k, value.n))


def _number_of_people(source: Source, fact: Fact) -> AnswerSentence | None:
    """Say how many people there were, in the source's own words where these name them."""
    if not isinstance(fact.value, Number):
        return None
    whole = [
        other.quote
        for other in source.of(Field.POPULATION)
        if other.quote.span.covers(fact.quote.span) and other.quote.span.start == fact.quote.span.start
    ]
    described = source.holding.profile.evidence in _CASES
    for quote in (*whole, fact.quote):
        words = shown(source.document, quote.span).rstrip(".,;:")
        opens = numbers(words)
        if described and _PERSONS.search(words) and not _GOES_ON.search(words):
            return filled(source, f"Described: {words}.", [quote])
        if (
            not described
            and _PERSONS.search(words)
            and opens
            and opens[0].span.start == 0
            and not _GOES_ON.search(words)
        ):
            return filled(source, f"{words} took part.", [quote])
    if described or not _PERSONS.search(fact.quote.words):
        return None
    printed = fact.value.printed
    return filled(source, f"{printed} took part.", [fact.quote], in_figures(fact.quote, printed))


def _of_age(source: Source, fact: Fact) -> AnswerSentence | None:
    if _ONSET.search(fact.quote.words):
        return None
    words = value_words(fact)
    if not words:
        return None
    made = filled(source, f"Age: {words}.", [fact.quote], in_figures(fact.quote, *figures_of(words)))
    stated = whole_words(source, fact.quote).removeprefix("aged ")
    if made is not None or " and " in stated:
        return made  # ages at which something was measured are no range
    return filled(source, f"Age: {stated}.", [fact.quote])
