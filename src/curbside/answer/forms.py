"""The forms of a plain summary: fixed words filled with what a source prints, on quotes and past guards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curbside.answer.guards import Sentence, failures
from curbside.answer.plain_words import quantity_words, range_words
from curbside.answer.wording import shown
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    AnswerSentence,
    Derivation,
    Document,
    Fact,
    Field,
    Holding,
    PartRole,
    Quantity,
    Quote,
    Range,
    Span,
    StudyCard,
    Terms,
)

GUARDS = ("quote", "number", "quantity", "hedge", "subject")
"""Guards of a filled form: its order and its wording are its own, its content is not."""

_NUMBER_GOES_ON = linear(r"[0-9][.,·]?[0-9]\|$|^\|[0-9][.,·]?[0-9]")


@dataclass(frozen=True, slots=True)
class Source:
    """What a summary is made from."""

    holding: Holding
    card: StudyCard
    vocabulary: Vocabulary

    @property
    def document(self) -> Document:
        """The document."""
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


def filled(
    source: Source,
    text: str,
    quotes: Sequence[Quote],
    derived: tuple[Derivation, ...] = (),
    guards: Sequence[str] = GUARDS,
) -> AnswerSentence | None:
    """Return a filled form, or None where a guard stops it."""
    document = source.document
    kept = tuple(dict.fromkeys(quotes))
    if any(_cuts_a_number(document.text, quote.span) for quote in kept):
        return None
    trial = Sentence(text, kept, {document.id: document}, (), derived, source.vocabulary)
    return None if failures(trial, guards) else AnswerSentence(text, kept, (), derived)


def distinct(sentences: Iterable[AnswerSentence | None]) -> list[AnswerSentence]:
    """Return sentences that say something new, in order."""
    kept: list[AnswerSentence] = []
    for sentence in sentences:
        if sentence is not None and all(sentence.text.lower() != other.text.lower() for other in kept):
            kept.append(sentence)
    return kept


def in_figures(quote: Quote, *printed: str) -> tuple[Derivation, ...]:
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


def _cuts_a_number(text: str, span: Span) -> bool:
    """Tell whether a span begins or ends within a printed number: "40,80" cut to "80"."""
    return _NUMBER_GOES_ON.search(text[max(span.start - 2, 0) : span.start + 1] + "|") is not None or (
        _NUMBER_GOES_ON.search("|" + text[max(span.end - 1, 0) : span.end + 2]) is not None
    )


def whole_words(source: Source, quote: Quote) -> str:
    """Return quoted words without a bracket that is opened and not closed in them, or the other way round."""
    words = shown(source.document, quote.span).rstrip(".,;:")
    for opens, closes in ("()", "[]"):
        if words.count(opens) > words.count(closes):
            words = " ".join(words.replace(opens, " ").split())
        elif words.count(closes) > words.count(opens):
            words = " ".join(words.replace(closes, " ").split())
    return words


def figures_of(words: str) -> list[str]:
    """Return the numbers of a text as printed."""
    return [number.printed for number in numbers(words)]


def value_words(fact: Fact) -> str:
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
