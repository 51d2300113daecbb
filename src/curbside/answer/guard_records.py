"""What the guards find of a claim, as a record that anybody can make again from its words and its quotes alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curbside.answer.guards import GUARDS, Sentence, failures
from curbside.language.cues import hedges, negations
from curbside.language.numbers import numbers
from curbside.language.quantities import quantities
from curbside.language.vocabulary import Vocabulary
from curbside.records import Derivation, Document, DocumentKind, Marker, Quote, Span
from curbside.records.bundle import BundledGuard, BundledQuote

GUARDS_ALONE = tuple(name for name in GUARDS if name not in ("quote", "asked"))
"""Guards that need no more than a claim and its quotes: whether a quote stands in its document, and whether the passage
around it names what was asked, only somebody who has the document can say."""


def guarded(
    text: str, quotes: Sequence[BundledQuote], derived: Sequence[Derivation], vocabulary: Vocabulary
) -> tuple[int, tuple[BundledGuard, ...]]:
    """Return how many of the quotes a claim's words are taken from, and what each guard finds.

    An answer cites further sources beside a sentence that say the same in other words; its own quotes come first. So
    the words are held against the first quote, then the first two …; where they pass with none of these, against those
    with which fewest guards stop them.
    """
    best: tuple[int, int] | None = None
    for count in range(1, len(quotes) + 1):
        stopped = len(failures(_trial(text, quotes[:count], derived, vocabulary)))
        if best is None or stopped < best[1]:
            best = count, stopped
        if not stopped:
            break
    if best is None:
        return 0, tuple(BundledGuard(name, "it stands on no quote", (), ()) for name in GUARDS_ALONE)
    return best[0], guarded_by(text, quotes[: best[0]], derived, vocabulary)


def guarded_by(
    text: str, quotes: Sequence[BundledQuote], derived: Sequence[Derivation], vocabulary: Vocabulary
) -> tuple[BundledGuard, ...]:
    """Return what each guard finds of a claim that is held against all of some quotes."""
    trial = _trial(text, quotes, derived, vocabulary)
    stopped = {each.guard: each.reason for each in failures(trial)}
    return tuple(
        BundledGuard(name, stopped.get(name, ""), *_compared(name, trial, vocabulary)) for name in GUARDS_ALONE
    )


def _trial(
    text: str, quotes: Sequence[BundledQuote], derived: Sequence[Derivation], vocabulary: Vocabulary
) -> Sentence:
    """Put a claim on trial with each quote for a document of its own, which is all that a bundle holds of it."""
    held = [
        Document(
            f"q{place}",
            quote.words,
            DocumentKind.NOTE,
            markers=tuple(Marker(Span(start, end), ()) for start, end in quote.marks),
        )
        for place, quote in enumerate(quotes)
    ]
    alone = tuple(Quote(document.id, Span(0, len(document.text)), document.text) for document in held)
    return Sentence(text, alone, {each.id: each for each in held}, (), tuple(derived), vocabulary)


def _compared(name: str, trial: Sentence, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a guard compares of a claim and of its quotes; nothing where it compares all their words."""
    reads: dict[str, Callable[[str], list[str]]] = {
        "number": lambda words: [each.printed for each in numbers(words) if each.form != "citation"],
        "quantity": lambda words: [each.span.of(words) for each in quantities(words)],
        "negation": lambda words: [cue.words.lower() for cue in negations(words)],
        "hedge": lambda words: [cue.words.lower() for cue in hedges(words)],
        "subject": lambda words: [mention.concept for mention in vocabulary.mentions(words)],
    }
    read = reads.get(name)
    if read is None:
        return (), ()
    held = read(trial.quoted)
    if name == "number":
        held += [figure for each in trial.derived for figure in read(each.value)]
    return tuple(read(trial.claim)), tuple(held)
