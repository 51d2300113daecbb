"""Cues: what negates, what hedges, which way a result points, and how sure a sentence is in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curbside.language.cue_words import BACKWARD, DIRECTIONS, HEDGES, NEGATIONS, PSEUDO, TERMINATORS
from curbside.language.phrases import Phrases
from curbside.language.recent import remembered
from curbside.language.words import flat, listed
from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text.

    Attributes:
        span: where it stands.
        kind: its kind, as the table that was asked names it ("modal", "without", "decreased").
        words: the phrase as the table writes it, lower case; for a level, the words of the text in lower case.
    """

    span: Span
    kind: str
    words: str


_PSEUDO_KIND = "pseudo"
_NEGATING = {**NEGATIONS, **dict.fromkeys(PSEUDO, _PSEUDO_KIND)}
_NEGATION_PHRASES = Phrases(_NEGATING)
_HEDGE_PHRASES = Phrases(HEDGES)
_DIRECTION_PHRASES = Phrases(DIRECTIONS)
_TERMINATOR_PHRASES = Phrases(TERMINATORS)

LEVEL = re.compile(
    r"\b(?:level (?:of evidence )?(?:[1-5][a-d]?|iv|v|i{1,3}[a-c]?)(?: evidence)?"
    r"|grade [a-d](?: evidence| recommendation)?"
    r"|class (?:i{1,3}|iv)(?:a|b)? (?:evidence|recommendation)|evidence level [1-5a-d]{1,2}|category [1-3][ab]?"
    r"|strength of recommendation:? [a-d])\b"
)
"""Levels and grades of evidence, in flattened text."""

_CLAUSE_END = re.compile(r"[.;:!?\n]\s|[.;!?]$")
_WORD = re.compile(r"[a-z0-9][a-z0-9'%-]{0,40}")
_MONTH_OF_MAY = re.compile(r"(?:[0-9]{1,2}(?:st|nd|rd|th)? |\bin |\bsince |\buntil |\bby |\bof )$")
_YEAR = re.compile(r",? (?:[0-9]{1,2},? )?(?:19|20)[0-9]{2}\b|[ ]?[0-9]{1,2}\b")
_OF_NUMBERS = listed("about around over under mean median average < > ≤ ≥ ~ almost nearly close")
_OF_P = re.compile(r"(?:^|[^a-z])p ?$")
_NUMBER_NEXT = re.compile(
    r"[ (,:]{0,3}(?:of |age |was |were |is |a |an |the |duration |dose ){0,3}[(,]?"
    r"(?:[0-9.]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|twenty|thir|forty|fif|half|all\b|hundred)"
)
_REACH = 8  # words a negation reaches; NegEx uses five or six, medical noun phrases run longer
_SHORT_REACH = 4  # words between "not" and the verb whose direction it takes away; no comma between
_AROUND = 120  # characters looked at on either side of what may be negated


@remembered
def negations(text: str) -> list[Cue]:
    """Return what negates in `text`, in order; phrases that only look so ("not only") are left out."""
    return list(_negations(flat(text)))


def _negations(flattened: str) -> Iterator[Cue]:
    for span, phrase in _NEGATION_PHRASES.find(flattened):
        kind = _NEGATING[phrase]
        if kind != _PSEUDO_KIND and not (phrase == "no" and _is_label(flattened, span)):
            yield Cue(span, kind, phrase)


def _is_label(flattened: str, span: Span) -> bool:
    """Tell whether "no" stands for "number": "no. 5", "no 5"."""
    return re.match(r"\.? ?[0-9]", flattened[span.end : span.end + 3]) is not None


@remembered
def hedges(text: str) -> list[Cue]:
    """Return what hedges in `text`, in order, none overlapping another; a level of evidence outranks its words."""
    flattened = flat(text)
    levels = [Cue(Span(*match.span()), "level", match.group()) for match in LEVEL.finditer(flattened)]
    found = [
        Cue(span, HEDGES[phrase], phrase)
        for span, phrase in _HEDGE_PHRASES.find(flattened)
        if (phrase != "may" or not _is_month(text, flattened, span))
        and (phrase not in _OF_NUMBERS or _is_of_number(flattened, span))
    ]
    return sorted([*_apart(found, levels), *levels], key=lambda cue: cue.span)


def _apart(cues: list[Cue], levels: list[Cue]) -> Iterator[Cue]:
    """Yield the cues that share no letter with a level; both lists are in order."""
    position = 0
    for cue in cues:
        while position < len(levels) and levels[position].span.end <= cue.span.start:
            position += 1
        if position == len(levels) or not levels[position].span.meets(cue.span):
            yield cue


def _is_of_number(flattened: str, span: Span) -> bool:
    """Tell whether a word such as "about" or "over" qualifies a number, not a p value."""
    if _OF_P.search(flattened, max(0, span.start - 4), span.start):
        return False
    return _NUMBER_NEXT.match(flattened, span.end) is not None


def _is_month(text: str, flattened: str, span: Span) -> bool:
    if text[span.start] != "M":
        return False
    before = flattened[max(0, span.start - 12) : span.start]
    return _MONTH_OF_MAY.search(before) is not None or _YEAR.match(flattened, span.end) is not None


def directions(text: str) -> list[Cue]:
    """Return which way the results of `text` point, in order.

    Kinds are "increased", "decreased", "no difference", "improved" and "worsened". A negated cue ("did not improve")
    is "no difference".
    """
    flattened = flat(text)
    found: list[Cue] = []
    for span, phrase in _DIRECTION_PHRASES.find(flattened):
        kind = DIRECTIONS[phrase]
        if kind != "no difference" and _reached(flattened, span, _SHORT_REACH):
            kind = "no difference"
        found.append(Cue(span, kind, phrase))
    return found


def negated(text: str, at: Span) -> bool:
    """Tell whether the words at `at` are negated in `text`.

    A negation reaches forward over at most eight words of its clause, up to a word such as "but" or the next
    stop (NegEx, Chapman 2001); a few ("absent", "ruled out") reach backward in the same way.
    """
    return _reached(flat(text), at, _REACH)


def _reached(flattened: str, at: Span, reach: int) -> bool:
    low = max(0, at.start - _AROUND)
    before = flattened[low : at.start]
    stops = list(_CLAUSE_END.finditer(before))
    if stops:
        low += stops[-1].end()
        before = flattened[low : at.start]
    for cue in _negations(flattened[low : at.end + 1]):
        if cue.span.end <= len(before) and cue.words not in BACKWARD and _is_open(before[cue.span.end :], reach):
            return True
    after = flattened[at.end : at.end + _AROUND]
    stop = _CLAUSE_END.search(after)
    after = after[: stop.start()] if stop else after
    return any(cue.words in BACKWARD and _is_open(after[: cue.span.start], reach) for cue in _negations(after))


def _is_open(between: str, reach: int) -> bool:
    """Tell whether a negation still reaches across the words between it and what it may negate."""
    if len(_WORD.findall(between)) > reach or (reach < _REACH and "," in between):
        return False
    return next(_TERMINATOR_PHRASES.find(between), None) is None


_ORDER = (
    ("mixed", frozenset({"mixed"})),
    ("level", frozenset({"level"})),
    ("case", frozenset({"case"})),
    ("hedged", frozenset({"modal", "probability", "evidence", "need"})),
    ("opinion", frozenset({"opinion"})),
)
"""What a sentence is called, from the cues that weigh most to those that weigh least."""


def certainty(text: str) -> str:
    """Return how sure a sentence is: "mixed", "level", "case", "hedged", "opinion", "negated" or "asserted".

    The first of these that a cue of the sentence speaks for; approximators and quantifiers alone leave it
    asserted.
    """
    kinds = {cue.kind for cue in hedges(text)}
    for name, cues in _ORDER:
        if kinds & cues:
            return name
    return "negated" if negations(text) else "asserted"
