"""What every sentence must pass before it is shown; what fails is dropped, never patched.

The guards know nothing of how a sentence was made: they hold its text against its quotes, so that they judge a
reworded sentence as they judge a quoted one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from curbside.answer.wording import bare, matches, without
from curbside.language.cues import hedges, negations
from curbside.language.numbers import numbers
from curbside.language.quantities import Quantity, quantities
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import Derivation, Document, Quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on trial.

    Attributes:
        text: as it would be shown.
        quotes: what it stands on.
        documents: the quoted documents by id.
        subjects: for each drug and condition asked about, the ids of which the quoted passage must name one.
        derived: computed numbers, which need not stand in a quote.
        vocabulary: for telling drugs and conditions apart.
        named: document id -> ids of the concepts that its whole text names, where that is known; else it is read.
    """

    text: str
    quotes: tuple[Quote, ...]
    documents: Mapping[str, Document]
    subjects: tuple[frozenset[str], ...]
    derived: tuple[Derivation, ...]
    vocabulary: Vocabulary
    named: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])

    @property
    def quoted(self) -> str:
        """All quoted words, less the marks of citations, which are no numbers ("week 12.1" where 1 is a reference)."""
        return " ".join(self._unmarked(quote) for quote in self.quotes)

    def _unmarked(self, quote: Quote) -> str:
        document = self.documents[quote.document]
        return without(document.text, quote.span, [marker.span for marker in document.markers_in(quote.span)])

    @property
    def claim(self) -> str:
        """The text without the fixed words that a template put before it."""
        return bare(self.text, self.quoted)

    @property
    def is_verbatim(self) -> bool:
        """Whether the claim is the quoted words and nothing else; guards that compare the two then read neither."""
        return self.claim == self.quoted


@dataclass(frozen=True, slots=True)
class Failure:
    """A guard that a sentence did not pass, and why, in words."""

    guard: str
    reason: str


def quote_guard(sentence: Sentence) -> str:
    """Every quote holds in its document, and there is at least one."""
    if not sentence.quotes:
        return "it stands on no quote"
    for quote in sentence.quotes:
        document = sentence.documents.get(quote.document)
        if document is None or not quote.holds_in(document):
            return f"the quote at {quote.span.start}-{quote.span.end} does not stand in {quote.document}"
    return ""


def number_guard(sentence: Sentence) -> str:
    """Every number of the sentence stands in its quotes as often, or is derived with its arithmetic."""
    if sentence.is_verbatim:
        return ""
    held = _printed(sentence.quoted)
    for derivation in sentence.derived:
        held.update(_printed(derivation.value))
    missing = _printed(sentence.claim) - held
    return f"the numbers {sorted(missing)} stand in no quote" if missing else ""


def _printed(text: str) -> Counter[str]:
    return Counter(number.printed.lower() for number in numbers(text) if number.form != "citation")


def quantity_guard(sentence: Sentence) -> str:
    """Every amount keeps its unit, its "per" and its frequency."""
    if sentence.is_verbatim:
        return ""
    held = frozenset(_amount(quantity) for quantity in quantities(sentence.quoted))
    for quantity in quantities(sentence.claim):
        if _amount(quantity) not in held:
            return f"'{quantity.span.of(sentence.claim)}' stands in no quote in that unit and frequency"
    return ""


_PEOPLE = frozenset({"patient", "participant", "subject", "individual"})


def _amount(quantity: Quantity) -> tuple[str, ...]:
    """What an amount is, whether or not it begins its sentence; patients are people."""
    unit = "person" if quantity.unit in _PEOPLE else quantity.unit
    return quantity.low.lower(), quantity.high.lower(), unit, quantity.per, quantity.frequency


def negation_guard(sentence: Sentence) -> str:
    """The sentence denies neither more nor less than its quotes."""
    if sentence.is_verbatim:
        return ""
    said = Counter(cue.words.lower() for cue in negations(sentence.claim))
    held = Counter(cue.words.lower() for cue in negations(sentence.quoted))
    if said == held:
        return ""
    return f"negations differ from the quote: {sorted((held - said) | (said - held))}"


def hedge_guard(sentence: Sentence) -> str:
    """Every hedge of the quotes is in the sentence."""
    if sentence.is_verbatim:
        return ""
    said = Counter(cue.words.lower() for cue in hedges(sentence.claim))
    held = Counter(cue.words.lower() for cue in hedges(sentence.quoted))
    lost = held - said
    return f"it is surer than its quote, which says {sorted(lost)}" if lost else ""


def subject_guard(sentence: Sentence) -> str:
    """Drugs, classes, conditions and procedures of the sentence are those of its quotes, in their order."""
    if sentence.is_verbatim:
        return ""
    said = [m.concept for m in sentence.vocabulary.mentions(sentence.claim)]
    held = [m.concept for m in sentence.vocabulary.mentions(sentence.quoted)]
    for concept in said:
        if concept not in held:
            return f"it names {concept}, which no quote names"
        held = held[held.index(concept) + 1 :]
    return ""


def asked_guard(sentence: Sentence) -> str:
    """The drug and the condition asked about are those of the quoted passage."""
    for ids in sentence.subjects:
        if not any(_names(sentence, quote, ids) for quote in sentence.quotes):
            return f"no quoted passage names {min(ids)}"
    return ""


def _names(sentence: Sentence, quote: Quote, ids: frozenset[str]) -> bool:
    document = sentence.documents[quote.document]
    known = sentence.named.get(quote.document)
    texts, passages = [quote.words], list[str]()
    for part in document.parts:
        if not part.span.meets(quote.span):
            continue
        if known is not None and len(part.span) == len(document.text):
            if not ids.isdisjoint(known):
                return True
        else:
            passages.append(part.span.of(document.text))
        texts.append(document.title if part.group == 0 else "")
        texts.append(part.title.of(document.text) if part.title else "")
    if any(mention.concept in ids for text in texts for mention in sentence.vocabulary.mentions(text)):
        return True
    return any(not ids.isdisjoint(_named_in(passage, sentence.vocabulary)) for passage in passages)


@lru_cache(maxsize=16)
def _named_in(passage: str, vocabulary: Vocabulary) -> frozenset[str]:
    """What a passage names; remembered, since each sentence of an answer asks the same of a few long ones."""
    return frozenset(mention.concept for mention in vocabulary.mentions(passage))


def order_guard(sentence: Sentence) -> str:
    """The sentence's content words stand in its quotes, in the same order: nothing is added, swapped or turned."""
    if sentence.is_verbatim:
        return ""
    held = iter(content_words(sentence.quoted))
    for word in content_words(sentence.claim):
        if word not in held:  # consumes the iterator up to the word
            return f"'{word}' does not stand in the quote at its place"
    return ""


def wording_guard(sentence: Sentence) -> str:
    """The sentence is its quotes' own words, or a fixed template filled from them."""
    if matches(sentence.text, sentence.quotes, sentence.documents):
        return ""
    return "it is neither the source's own words nor a fixed template filled from them"


GUARDS: dict[str, Callable[[Sentence], str]] = {
    "quote": quote_guard,
    "number": number_guard,
    "quantity": quantity_guard,
    "negation": negation_guard,
    "hedge": hedge_guard,
    "subject": subject_guard,
    "asked": asked_guard,
    "order": order_guard,
    "wording": wording_guard,
}
"""Name -> guard; a guard returns why a sentence fails, or "". All of them run on every sentence."""


def failures(sentence: Sentence, guards: Sequence[str] = tuple(GUARDS)) -> tuple[Failure, ...]:
    """Return every guard that `sentence` does not pass; an empty result lets it through.

    A sentence whose quotes do not hold is not tried further.
    """
    broken = quote_guard(sentence) if "quote" in guards else ""
    if broken:
        return (Failure("quote", broken),)
    found = ((name, GUARDS[name](sentence)) for name in guards if name != "quote")
    return tuple(Failure(name, reason) for name, reason in found if reason)
