"""Facts of a study card that the span tagger of trial abstracts finds: who took part, the arms, what happened in each.

For trials with two or more arms only: where the tagger sees no number of either arm it says nothing. Sides ("of the
arm under test") are a suggestion of a trained model: a value is given only where the model is sure beyond `SURE`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from curbside.extract.pico import PicoSpan, tag
from curbside.extract.pico_models import SIZES
from curbside.extract.pico_tokens import worth
from curbside.language.number_words import number_words
from curbside.language.sentences import sentences
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import flat
from curbside.records import Document, Quote, Span
from curbside.records.fact import Count, Fact, Field, Number

SURE = 0.9
TESTED, COMPARED = "arm under test", "comparison arm"
"""How an arm is called where the abstract's own name for it is not known."""


def sizes(document: Document, vocabulary: Vocabulary) -> list[Fact]:
    """Return total, sizes of arms, counts and percentages of arms, each on its sentence, in the order of the text.

    Args:
        document: an abstract, or a text that begins with one.
        vocabulary: names the outcomes; unused where it knows none of them.
    """
    spans = tag(document)
    names = _names(document, spans)
    outcomes = [each for each in spans if each.kind in ("outcome", "outcome-Measure")]
    lines = sentences(document.text, 0, max((each.span.end for each in spans), default=0) + 600)
    starts = [line.start for line in lines]
    made: list[Fact] = []
    for each in spans:
        field = _field(each.kind)
        if field is None or each.probability < SURE:
            continue
        line = lines[max(0, bisect_right(starts, each.span.start) - 1)]
        printed = plain(each.span.of(document.text))
        arm = "" if field is Field.N else names[each.kind in _COMPARED]
        outcome = _nearest(outcomes, each.span, line, document.text) if field is Field.OUTCOME else ""
        about = tuple(dict.fromkeys(each.concept for each in vocabulary.mentions(outcome))) if outcome else ()
        if field is Field.OUTCOME and not outcome:
            continue
        made.append(
            Fact(
                field,
                _value(each.kind, printed),
                Quote(document.id, line, line.of(document.text)),
                outcome=outcome,
                about=about,
                arm=arm,
            )
        )
    return made


_COMPARED = frozenset((SIZES[1], "cv-bin-abs", "cv-bin-percent"))


def _field(kind: str) -> Field | None:
    if kind == "total-participants":
        return Field.N
    if kind in SIZES:
        return Field.ARM
    return Field.OUTCOME if "-bin-" in kind else None


def _value(kind: str, printed: str) -> Number | Count:
    if kind == "total-participants":
        return Number(printed)
    if kind in SIZES:
        return Count(n=printed)
    return Count(percent=printed) if kind.endswith("percent") else Count(k=printed)


def plain(words: str) -> str:
    """Return the digits of a printed number, without sign of percent or thousands; of one in words its digits."""
    low = flat(words).rstrip("% ").removesuffix("percent").removesuffix("per cent").strip()
    for span, value, form in number_words(low):
        if form == "word" and span == Span(0, len(low)):
            return f"{value:g}"
    whole = "".join(letter for letter in low if letter not in ", +").replace("·", ".").replace("∙", ".")
    return whole if whole else f"{worth(words):g}"


def _names(document: Document, spans: Sequence[PicoSpan]) -> tuple[str, str]:
    """Return what the abstract calls either arm: the likeliest name that the tagger found."""
    made: list[str] = []
    for kind, other in (("intervention", TESTED), ("control", COMPARED)):
        found = max((each for each in spans if each.kind == kind), key=lambda each: each.probability, default=None)
        made.append(found.span.of(document.text) if found is not None else other)
    return made[0], made[1]


def _nearest(outcomes: Sequence[PicoSpan], span: Span, line: Span, text: str) -> str:
    """Return the words of the outcome nearest to a number in its sentence, or "" where the sentence names none."""
    inside = [each for each in outcomes if line.covers(each.span)]
    near = min(
        inside,
        key=lambda each: max(each.span.start - span.end, span.start - each.span.end, 0),
        default=None,
    )
    return near.span.of(text) if near is not None else ""
