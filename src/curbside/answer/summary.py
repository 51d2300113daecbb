"""The plain summary of one text: short sentences filled from its card, each on the words it stands on.

A sentence is a fixed form filled with what the source prints, or the source's own words. It goes through the guards
(numbers, amounts, hedges, subjects); one that a guard stops is left out, or said in the source's own words instead.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from curbside.answer.guards import Sentence, failures
from curbside.answer.plain_words import KINDS, STATED, explained, quantity_words, range_words
from curbside.answer.tldr import LEAST, sentence_of, tldr, told
from curbside.answer.wording import shown
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
    Number,
    PartRole,
    Quantity,
    Quote,
    Range,
    Span,
    StudyCard,
    Terms,
    WorkSummary,
)

KIND = "What this is"
PEOPLE = "Who was studied"
GIVEN = "What was given"
FOUND = "What was found"
HARMS = "Harms"

MOST: dict[str, int] = {KIND: 1, PEOPLE: 3, GIVEN: 5, FOUND: 3, HARMS: 2}
"""Heading -> sentences under it at the most."""

GUARDS = ("quote", "number", "quantity", "hedge", "subject")
"""Guards of a filled form: its order and its wording are its own, its content is not."""

_FEWEST = 1
LONGEST = 400
"""Code points of the source's own words that are shown under harms."""

_WITHOUT_PEOPLE = frozenset({EvidenceKind.LABORATORY, EvidenceKind.ANIMALS, EvidenceKind.NOTICE})
_OF_STUDIES = frozenset({EvidenceKind.SYSTEMATIC_REVIEW, EvidenceKind.META_ANALYSIS, EvidenceKind.REVIEW})
_PERSONS = linear(
    r"(?i)\b(?:patients?|participants?|people|persons?|children|adults?|wom[ae]n|m[ae]n|subjects?|infants?|individuals?"
    r"|volunteers?|recipients?|boys?|girls?|adolescents?|neonates?|newborns?|cases?|inpatients?|outpatients?|users?"
    r"|students?|smokers?|residents?|mothers?|girl|boy|survivors?|veterans?|workers?|nurses?|physicians?|males?|females?)\b"
)
_HAPPENED = linear(
    r"(?i)^(?:had|have|showed|achieved|reached|developed|responded|died|survived|improved|experienced|reported|relapsed"
    r"|recurred|discontinued|stopped|withdrew|needed|required|received|remained|became|stabili[sz]ed|recovered|worsened"
    r"|tolerated|lost|gained|underwent|failed|suffered|presented|completed|maintained|attained|were|was)\s\w"
)
"""An outcome that goes on from "8 of 12" as a sentence does."""
_GOES_ON = linear(r"(?i)[(\[]|\b(?:whose|who|which|that|were|was|had)\b")
"""Words after which a group of people is no longer only named."""
_CASES = frozenset({EvidenceKind.CASE_REPORT, EvidenceKind.CASE_SERIES})
_UNSAID = frozenset({"control", "controls", "baseline", "before", "control group"})
_TREATING = frozenset(KINDS) - {
    EvidenceKind.GUIDELINE,
    EvidenceKind.SUMMARY,
    EvidenceKind.REVIEW,
    EvidenceKind.SYSTEMATIC_REVIEW,
    EvidenceKind.META_ANALYSIS,
    EvidenceKind.LABORATORY,
    EvidenceKind.REGISTRATION,
} | {EvidenceKind.STUDY}
"""Kinds of studies in which something was given to somebody."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What a summary is made from."""

    holding: Holding
    card: StudyCard
    vocabulary: Vocabulary

    @property
    def document(self) -> Document:
        return self.holding.document

    def of(self, field: Field) -> tuple[Fact, ...]:
        """Return what the document states of a field in its title and abstract, or without an abstract anywhere.

        A full text says much of other studies and of parts of its own; what it is about as a whole stands in front.
        """
        facts = self.card.of(field)
        document = self.document
        front = [part.span for part in document.parts if part.role is PartRole.ABSTRACT and part.group == 0]
        if not front:
            return facts
        end = len(document.title) if document.text.startswith(document.title) else 0
        return tuple(
            fact for fact in facts if fact.quote.span.end <= end or any(span.covers(fact.quote.span) for span in front)
        )


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
    source = _Source(holding, card, vocabulary)
    said = {quote.span for sentence in short.sentences for quote in sentence.quotes}
    harms = _distinct(_harms(source, said))[: MOST[HARMS]]
    told_of = said | {quote.span for sentence in harms for quote in sentence.quotes}
    made = {
        KIND: _kind(source),
        PEOPLE: _people(source),
        GIVEN: _given(source),
        FOUND: _found(source, told_of),
        HARMS: harms,
    }
    sections: list[AnswerSection] = []
    for heading, sentences in made.items():
        kept = _distinct(sentences)[: MOST[heading]]
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
    roles = {part.role for part in document.parts if part.span.of(document.text).strip()}
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
    if holding.profile.evidence in _WITHOUT_PEOPLE and holding.profile.evidence is not EvidenceKind.NOTICE:
        notes.append("It was not done in people.")
    return tuple(notes)


def _filled(
    source: _Source,
    text: str,
    quotes: Sequence[Quote],
    derived: tuple[Derivation, ...] = (),
    guards: Sequence[str] = GUARDS,
) -> AnswerSentence | None:
    """Return a filled form, or None where a guard stops it."""
    document = source.document
    kept = tuple(dict.fromkeys(quotes))
    trial = Sentence(text, kept, {document.id: document}, (), derived, source.vocabulary)
    return None if failures(trial, guards) else AnswerSentence(text, kept, (), derived)


def _distinct(sentences: Iterable[AnswerSentence | None]) -> list[AnswerSentence]:
    """Return sentences that say something new, in order."""
    kept: list[AnswerSentence] = []
    for sentence in sentences:
        if sentence is not None and all(sentence.text.lower() != other.text.lower() for other in kept):
            kept.append(sentence)
    return kept


def _in_figures(quote: Quote, *printed: str) -> tuple[Derivation, ...]:
    """Return those numbers that the quote has in words ("Fifteen"), as the figures that stand for them."""
    there = numbers(quote.words)
    figures = {number.printed for number in there}
    found: list[Derivation] = []
    for each in dict.fromkeys(printed):
        spelt = [number.printed for number in there if each not in figures and _same(number.value, each)]
        if each and spelt:
            found.append(Derivation(each, f"“{spelt[0]}” in figures"))
    return tuple(found)


def _same(value: float | None, printed: str) -> bool:
    bare = printed.replace(",", "").lstrip("+-")
    return value is not None and bare.replace(".", "", 1).isdigit() and abs(value - float(bare)) < 1e-9


def _kind(source: _Source) -> Iterator[AnswerSentence | None]:
    """Say what kind of study it is; the words "consensus" or "probable" in a design's name hedge nothing."""
    profile, document = source.holding.profile, source.document
    words = KINDS.get(profile.evidence)
    if words is None:
        return
    span = profile.evidence_span
    if span is not None and span.end <= len(document.text):
        yield _filled(source, words, [Quote(document.id, span, span.of(document.text))], guards=("quote", "number"))
        return
    for fact in source.of(Field.DESIGN):
        if isinstance(fact.value, Terms) and _names_kind(profile.evidence, fact.value.terms[0]):
            yield _filled(source, words, [fact.quote], guards=("quote", "number"))


def _names_kind(kind: EvidenceKind, design: str) -> bool:
    """Tell whether a design as the card words it is what a kind says: "randomised" of a randomised trial."""
    return kind.value.split()[0] in design or design in kind.value


def _people(source: _Source) -> Iterator[AnswerSentence | None]:
    evidence = source.holding.profile.evidence
    if evidence in _WITHOUT_PEOPLE:
        return
    if evidence not in _OF_STUDIES:
        yield from (_number_of_people(source, fact) for fact in source.of(Field.N)[:1])
    for fact in source.of(Field.AGE)[:1]:
        yield _of_age(source, fact)
    for fact in source.of(Field.SEX)[:1]:
        value = fact.value
        if isinstance(value, Count) and value.k and value.n and fact.outcome in ("female", "male"):
            said = f"{value.k} of {value.n} were {fact.outcome}."
            yield _filled(source, said, [fact.quote], _in_figures(fact.quote, value.k, value.n))


def _number_of_people(source: _Source, fact: Fact) -> AnswerSentence | None:
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
            return _filled(source, f"Described: {words}.", [quote])
        if (
            not described
            and _PERSONS.search(words)
            and opens
            and opens[0].span.start == 0
            and not _GOES_ON.search(words)
        ):
            return _filled(source, f"{words} took part.", [quote])
    if described or not _PERSONS.search(fact.quote.words):
        return None
    printed = fact.value.printed
    return _filled(source, f"{printed} took part.", [fact.quote], _in_figures(fact.quote, printed))


def _of_age(source: _Source, fact: Fact) -> AnswerSentence | None:
    match fact.value:
        case Range():
            words = range_words(fact.value)
        case Quantity():
            words = quantity_words(fact.value)
        case _:
            return None
    made = _filled(source, f"Age: {words}.", [fact.quote], _in_figures(fact.quote, *_figures(words)))
    return made or _filled(source, f"Age: {_whole_words(source, fact.quote)}.", [fact.quote])


def _whole_words(source: _Source, quote: Quote) -> str:
    """Return quoted words without a bracket that is opened and not closed in them, or the other way round."""
    words = shown(source.document, quote.span).rstrip(".,;:")
    for opens, closes in ("()", "[]"):
        if words.count(opens) > words.count(closes):
            words = " ".join(words.replace(opens, " ").split())
        elif words.count(closes) > words.count(opens):
            words = " ".join(words.replace(closes, " ").split())
    return words


_GIVEN = (
    (Field.DOSE, "Dose"),
    (Field.ROUTE, "Way it was given"),
    (Field.DURATION, "For how long"),
)


def _given(source: _Source) -> Iterator[AnswerSentence | None]:
    """Say which drug was studied, and its dose, route, duration and comparator where each is said of it."""
    if source.holding.profile.evidence not in _TREATING:
        return
    first, name, main = _drug_studied(source)
    if first is not None:
        yield _filled(source, f"The drug studied: {name}.", [first.quote])
        for field, label in _GIVEN:
            own = [fact for fact in source.of(field) if _drugs(fact) == [main]]
            made = (_of_drug(source, f"{label} ({name})", first, fact) for fact in own)
            yield next((each for each in made if each is not None), None)
    yield from (_own_comparator(source, fact) for fact in source.of(Field.COMPARATOR)[:1])


def _drug_studied(source: _Source) -> tuple[Fact | None, str, str]:
    """Return where the drug that the study is about is named, by what name, and its id: the first of the title."""
    vocabulary, profile = source.vocabulary, source.holding.profile
    titled = [each.concept for each in vocabulary.mentions(source.document.title)]
    drugs = [each for each in titled if each.startswith("d:")] or list(profile.drugs[:1])
    for main in drugs[:1]:
        for fact in sorted(source.of(Field.DRUG), key=lambda fact: (len(fact.quote.words), fact.quote.span)):
            for mention in vocabulary.mentions(fact.quote.words):
                if mention.concept == main:
                    return fact, mention.span.of(fact.quote.words), main
    return None, "", ""


def _of_drug(source: _Source, label: str, named: Fact, fact: Fact) -> AnswerSentence | None:
    words = _value(fact)
    if not words:
        return None
    quotes = [named.quote, fact.quote]
    made = _filled(source, f"{label}: {words}.", quotes, _in_figures(fact.quote, *_figures(words)))
    if made is not None or fact.field is not Field.DOSE:
        return made
    return _filled(source, f"{label}: {_whole_words(source, fact.quote)}.", quotes)


def _drugs(fact: Fact) -> list[str]:
    return [each for each in fact.about if each.startswith("d:")]


def _figures(words: str) -> list[str]:
    return [number.printed for number in numbers(words)]


def _value(fact: Fact) -> str:
    """Return a dose, route or duration in words; "" where it says nothing plain."""
    match fact.value:
        case Quantity():
            return quantity_words(fact.value)
        case Range():
            return range_words(fact.value)
        case Terms():
            return fact.value.terms[0] if len(fact.value.terms[0]) < 40 else ""
        case _:
            return ""


def _own_comparator(source: _Source, fact: Fact) -> AnswerSentence | None:
    words = _value(fact)
    return _filled(source, f"Compared with: {words}.", [fact.quote]) if words and words not in _UNSAID else None


def _found(source: _Source, said: Container[Span]) -> Iterator[AnswerSentence | None]:
    """Say what was found in natural counts; without any, the best results in the source's own words."""
    counted = _distinct(_counted(source, fact) for fact in source.of(Field.OUTCOME))
    if counted:
        yield from counted
        return
    ranked = sorted(told(source.holding, source.vocabulary), key=lambda each: (-each.score, each.candidate.order))
    for each in ranked:
        if each.score >= LEAST and not each.concludes and each.candidate.span not in said:
            yield sentence_of(each.candidate, source.vocabulary)
            return


def _counted(source: _Source, fact: Fact) -> AnswerSentence | None:
    """Return a count as "8 of 12 reached a complete response", where the source gives both numbers and says of what."""
    value = fact.value
    if not isinstance(value, Count) or not value.k or not value.n or fact.negated:
        return None
    outcome = " ".join(fact.outcome.split())
    if _HAPPENED.search(outcome) is None or len(content_words(outcome)) < _FEWEST or fact.arm:
        return None
    if fact.arithmetic.endswith("in all"):
        return None  # those who could be judged are often fewer than all
    derived = _in_figures(fact.quote, value.k, value.n)
    if fact.arithmetic:
        there = {number.printed for number in numbers(fact.quote.words)} | {each.value for each in derived}
        derived += tuple(Derivation(each, fact.arithmetic) for each in (value.k, value.n) if each not in there)
    return _filled(source, f"{value.k} of {value.n} {outcome}.", [fact.quote], derived)


def _harms(source: _Source, said: Container[Span]) -> Iterator[AnswerSentence | None]:
    """Say harms in the sentences that name or deny them, those with figures first."""
    spans = [fact.quote.span for fact in source.of(Field.ADVERSE_EVENT)]
    if not spans:
        return
    found = [
        each
        for each in told(source.holding, source.vocabulary)
        if each.candidate.span not in said
        and not each.concludes
        and each.score > 0
        and any(each.candidate.span.covers(span) for span in spans)
    ]
    for each in sorted(found, key=lambda each: (not each.figures, each.candidate.order)):
        if len(each.candidate.words) <= LONGEST:
            yield sentence_of(each.candidate, source.vocabulary)
