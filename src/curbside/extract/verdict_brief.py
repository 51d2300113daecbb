"""What a source's sentences in an answer suggest on a yes/no question: quick, and silent where two readings part.

A whole text is judged by `extract.verdict`, in some milliseconds. Here only the sentences that an answer shows are
read, by the same weights and by the signs of what they report. Nothing is suggested where the two part, nor by a
sentence that does not name what is asked of the drug: that a tumour shrank is no answer on cognition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curbside.extract.verdict import LIKELY, Model, shipped, why
from curbside.extract.verdict_features import features, lead
from curbside.extract.verdict_reading import Said, read_sentences
from curbside.language import verdict_words
from curbside.language.cues import hedges
from curbside.language.linear import linear
from curbside.language.words import content_words
from curbside.records import Quote, Span
from curbside.records.verdict import YesNo

_STEM = 5
"""Letters that forms of one word share."""
_PLAIN = frozenset(
    content_words(
        """
        effective effectively efficacy work works working help helps helpful improve improves improvement benefit
        beneficial useful good treat treats treatment therapy treated use used using safe safety safely cause causes
        lead reduce reduces increase increases raise raises lower lowers prevent prevents affect influence change people
        patient patients child children adult adults infant infants person cases disease any evidence proven shown
        recommended topical oral topically orally there really worth option long term short result results response
        respond responds need needed give given better than taking take taken
        """
    )
)
"""Words of a question that name no outcome."""


_FAILED = linear(
    r"(?i)\bno evidence (?:of|for|that) (?:[\w-]+ ){0,3}?(?:efficacy|effect\w*|benefit|works?)\b"
    r"|\bno (?:significant )?(?:difference|effect|improvement)s? [^.;]{0,40}\bprimary (?:outcome|end ?point)"
    r"|\bprimary (?:outcome|end ?point)s? (?:was|were|did|is) not\b"
    r"|\b(?:did|does) not (?:meet|reach) (?:its|the|their) primary (?:outcome|end ?point)"
)
"""Words of a study that did not find what it was done to find."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a source's sentences suggest.

    Attributes:
        says: the suggestion.
        quote: the sentence that decided.
        why: what is read in it.
        hedged: whether it is worded with doubt.
    """

    says: YesNo
    quote: Quote
    why: str
    hedged: bool


def asks_yes_or_no(question: str) -> bool:
    """Tell whether a question is one that yes or no answers: it begins with a verb, not with how, what or which."""
    word = lead(question)
    return bool(word) and word not in verdict_words.OPEN


def outcomes_of(question: str, named: Sequence[Span]) -> frozenset[str]:
    """Return stems of what is asked of a treatment beyond the concepts that the question names: "cognit"."""
    rest = question
    for span in named:
        rest = rest[: span.start] + " " * len(span) + rest[span.end :]
    return frozenset(each for each in content_words(rest) if each not in _PLAIN and not each.isdigit())


def brief(question: str, quotes: Sequence[Quote], outcomes: frozenset[str], model: Model | None = None) -> Brief | None:
    """Return what the sentences of one source suggest, or None where they do not decide.

    `quotes` are whole sentences of one source that are about what is asked, weightiest first; one decides only if it
    names one of `outcomes`, where there are any.
    """
    said = read_sentences(question, [(quote.span, quote.words) for quote in quotes])
    telling = [
        (each, quote, sign)
        for each, quote in zip(said, quotes)
        if (sign := _sign(each)) and _names(each.text, outcomes)
    ]
    if not telling:
        return None
    ways = {sign > 0 for _, _, sign in telling}
    best, shares = (model or shipped()).judged(features(question, said))
    says = YesNo.MAYBE if len(ways) > 1 or _limited(telling[0][0]) else YesNo.YES if True in ways else YesNo.NO
    if says is YesNo.MAYBE and False in ways and any(_FAILED.search(each.text) for each, _, _ in telling):
        says = YesNo.NO  # what else such a study found does not make up for what it was done to find
    if says is not YesNo.MAYBE and best is not says and shares[tuple(YesNo).index(best)] >= LIKELY:
        return None
    wanted = 1.0 if says is YesNo.YES else -1.0
    decisive, quote, _ = max(telling, key=lambda each: (wanted * each[2], each[0].cover))
    return Brief(says, quote, why(decisive), bool(hedges(decisive.text)))


def _limited(said: Said) -> bool:
    """Whether a sentence takes back part of what it says: "but", "only in the younger ones"."""
    return bool(said.whole["only"] or said.whole["turn"])


def _sign(said: Said) -> float:
    """Which way a sentence points: above 0 for, below 0 against, 0 where it reports nothing."""
    found = said.whole
    if found["net"]:
        return found["net"]
    if found["doubt"] and not found["welcome"]:
        return 0.0
    return found["welcome"] - found["unwelcome"]


def _names(text: str, outcomes: frozenset[str]) -> bool:
    low = text.lower()
    return not outcomes or any(stem[:_STEM] in low for stem in outcomes)
