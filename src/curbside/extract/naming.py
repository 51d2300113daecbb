"""How a sentence names the arms of a comparison: by their words, by the labels of tables, as groups in general."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.extract.arms import Sides, is_control
from curbside.extract.terms import Lexicon, first_term, has, terms
from curbside.language.linear import linear

_GROUP_OF = linear(
    r"(?i)\b(?:intervention|treatment|experimental|treated|active|study|training)(?:al)?[- ](?:group|arm|"
    r"patients|subjects|participants|condition|cohort)\b"
)


_CONTROLS = linear(
    r"(?i)\b(?:controls?|placebo|sham|usual care|standard care|conventional(?: care)?|untreated|waiting list|"
    r"wait-?list)(?:[- ](?:group|arm|patients|subjects|participants))?\b"
    r"|(?i)\bcomparison[- ](?:group|arm|patients|subjects|participants)\b"
)


_NAMED = re.compile(r"\b(?:groups?|arms?|cohorts?|series|regimens?) ?(?:[A-Z]|[0-9]{1,2}|[IVX]{1,4})\b")


_SHORT = re.compile(r"\(([A-Za-z0-9][A-Za-z0-9+/-]{1,11})\)")


_JOINED = re.compile(r"\b[^\W\d_]{1,20}+(?:[-‐‑][^\W\d_]{1,20}+)++")
"""A compound: "off-pump" against "on-pump" differs in a word that alone tells nothing."""

_PIECE = re.compile(r"[^\W\d_]{2,60}+")


_APART = 40  # code points between the names of two arms


OWN, OTHER, THIRD = 0, 1, 2
"""Whose a mention is: the intervention's, the comparator's, another arm's."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How a sentence may name the two arms.

    Attributes:
        own, other: terms that only one of them is named by.
        phrases: (words in lower case, whose: `OWN`, `OTHER` or `THIRD`).
        general: whether "intervention group" and "control group" may stand for them.
        base: terms of both, where the intervention has none of its own: alone they name it ("A" against "A plus B").
    """

    own: frozenset[str]
    other: frozenset[str]
    phrases: tuple[tuple[str, int], ...]
    general: bool
    base: frozenset[str] = frozenset()


def marks(sides: Sides, lexicon: Lexicon, names: Sequence[tuple[str, str]], thirds: Sequence[str]) -> Marks:
    """Return how the arms may be named.

    Args:
        sides: the two arms as asked.
        lexicon: the article's.
        names: labels that tables give the two.
        thirds: labels that tables give to further arms beside them.
    """
    first, second = lexicon.widened(sides.intervention), lexicon.widened(sides.comparator)
    others = frozenset(term for label in thirds for term in lexicon.widened(label))
    own = frozenset(t for t in first if not has(t, second) and not has(t, others) and _tells(t, lexicon))
    other = frozenset(t for t in second if not has(t, first) and not has(t, others) and _tells(t, lexicon))
    phrases: dict[str, int] = {}
    for words, whose in ((sides.intervention, OWN), (sides.comparator, OTHER)):
        phrases.setdefault(" ".join(words.lower().split()), whose)
        for named in (*_NAMED.findall(words), *_SHORT.findall(words), *_JOINED.findall(words)):
            if named.lower() not in (sides.comparator if whose == OWN else sides.intervention).lower():
                phrases.setdefault(named.lower(), whose)
    for one, two in names:
        for words, whose in ((one, OWN), (two, OTHER)):
            phrases.setdefault(words.lower().strip(), whose)
            for short, long in lexicon.short.items():
                if long.lower() == words.lower().strip():
                    phrases.setdefault(short.lower(), whose)
    for words in thirds:
        phrases.setdefault(words.lower().strip(), THIRD)
        for short, long in lexicon.short.items():
            if long.lower() == words.lower().strip():
                phrases.setdefault(short.lower(), THIRD)
    general = is_control(sides.comparator) != is_control(sides.intervention) or bool(names)
    kept = tuple((words, whose) for words, whose in phrases.items() if len(words) > 1 and not words.isdigit())
    base = frozenset(t for t in terms(sides.intervention) if not own and has(t, second) and _tells(t, lexicon))
    return Marks(own, other, kept, general, base)


def _tells(term: str, lexicon: Lexicon) -> bool:
    return not term[0].isdigit() and len(term) > 1 and lexicon.weight(term) > 0.3


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence names an arm; `whose` is `OWN`, `OTHER` or `THIRD`."""

    start: int
    end: int
    whose: int


def mentions(words: str, known: Marks, control_is_mine: bool = False) -> list[Mention]:
    """Return where a sentence names the arms, in order, neighbours of one arm put together."""
    found: list[Mention] = []
    low = words.lower()
    for match in _PIECE.finditer(words):
        term = first_term(match.group())
        if term and has(term, known.own):
            found.append(Mention(match.start(), match.end(), OWN))
        elif term and has(term, known.other):
            found.append(Mention(match.start(), match.end(), OTHER))
    for phrase, whose in known.phrases:
        at = low.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if not low[max(0, at - 1) : at].isalnum() and not low[end : end + 1].isalnum():
                found.append(Mention(at, end, whose))
            at = low.find(phrase, end)
    if known.general:
        found.extend(Mention(m.start(), m.end(), OTHER if control_is_mine else OWN) for m in _GROUP_OF.finditer(words))
        found.extend(Mention(m.start(), m.end(), OWN if control_is_mine else OTHER) for m in _CONTROLS.finditer(words))
    if known.base:
        found.extend(_plain(words, known, found))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    merged: list[Mention] = []
    for mention in found:
        last = merged[-1] if merged else None
        if last is not None and mention.start < last.end:
            continue
        near = last is not None and mention.whose == last.whose and mention.start - last.end < 25
        if last is not None and near and not any(letter.isdigit() for letter in words[last.end : mention.start]):
            merged[-1] = Mention(last.start, mention.end, mention.whose)
            continue
        merged.append(mention)
    return merged


def _plain(words: str, known: Marks, told: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions of what both arms got where nothing of the other arm stands near."""
    others = [mention for mention in told if mention.whose == OTHER]
    for match in _PIECE.finditer(words):
        names = any(has(term, known.base) for term in terms(match.group()))
        if names and all(m.start - match.end() > _APART or match.start() - m.end > _APART for m in others):
            yield Mention(match.start(), match.end(), OWN)
