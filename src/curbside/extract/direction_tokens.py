"""A sentence as a comparison is read in it: the arms, the outcome, p values and words of direction, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from curbside.extract.direction_reading import Asked
from curbside.extract.naming import mentions
from curbside.extract.terms import first_term, terms
from curbside.language.direction_words import CLAUSES, PValue, kind, p_values
from curbside.language.words import fold, stem

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'-]*|[<>≤≥]|\d+(?:[.,·]\d+)*")
_ARMS = ("INT", "CMP", "THIRD")
_TELLING = 0.9  # weight from which a word of the outcome is not taken for an arm's name
_FEW = 2  # words of an outcome that is nothing but them
_SHORTEST = 8  # code points of a clause
_DECIDING = frozenset(("UP", "DOWN", "GOOD", "BAD", "NOT", "SAME", "NOTSIG", "SIG", "P+", "P-"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence with what it does there.

    Attributes:
        start: code points from the beginning of the sentence.
        word: its stem; OUT, INT, CMP, THIRD for names; P+ and P- for p values; N for a number.
        kind: what it does: the same capitals or a kind of `direction_words`, "" for nothing.
    """

    start: int
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence read for one comparison.

    Attributes:
        words: the sentence.
        tokens: all of it.
        clause: those of the clause that names the outcome best.
        start, end: that clause.
        ps: its p values.
    """

    words: str
    tokens: tuple[Token, ...]
    clause: tuple[Token, ...]
    start: int
    end: int
    ps: tuple[PValue, ...]


def told(asked: Asked, words: str) -> Told:
    """Read a sentence for a comparison."""
    ps = p_values(words)
    tokens = _tokens(asked, words, ps)
    start, end = _clause(asked, words, tokens)
    inside = tuple(token for token in tokens if start <= token.start < end)
    return Told(words, tuple(tokens), inside, start, end, tuple(ps))


def _tokens(asked: Asked, words: str, ps: Sequence[PValue]) -> list[Token]:
    arms = [(m.start, m.end, _ARMS[m.whose]) for m in mentions(words, asked.known, asked.swapped)]
    taken = [(p.start, p.end, "P+" if p.significant else "P-") for p in ps]
    done: set[int] = set()
    found: list[Token] = []
    for match in _TOKEN.finditer(words):
        at, word = match.start(), match.group()
        p = next((each for each in taken if each[0] <= at < each[1]), None)
        arm = next((each for each in arms if each[0] <= at < each[1]), None)
        own = terms(word) if word[0].isalpha() else ()
        outcome = any(term in asked.named for term in own)
        if outcome and arm is not None:
            outcome = len(asked.weights) <= _FEW or asked.weights.get(first_term(word), 1.0) > _TELLING
        name = p if p is not None else None if outcome else arm
        if name is not None:
            if name[0] not in done:
                done.add(name[0])
                found.append(Token(at, name[2], name[2]))
        elif outcome:
            if not found or found[-1].word != "OUT":
                found.append(Token(at, "OUT", "OUT"))
            elif kind(word):
                found.append(Token(at, "o " + stem(word.lower()), ""))
        elif word[0].isdecimal():
            if not found or found[-1].word != "N":
                found.append(Token(at, "N", ""))
        elif not word[0].isalpha():
            found.append(Token(at, word, ""))
        else:
            found.append(Token(at, stem(fold(word.lower())), kind(word)))
    return found


def _clause(asked: Asked, words: str, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the clause that names most of the outcome, with the next one where it decides nothing alone."""
    cuts = [0, *(match.start() for match in CLAUSES.finditer(words)), len(words)]
    clauses = [(low, high) for low, high in pairwise(cuts) if high - low > _SHORTEST] or [(0, len(words))]
    named = [round(asked.covered(set(terms(words[low:high]))), 3) for low, high in clauses]
    best = named.index(max(named))
    low, high = clauses[best]
    decided = any(token.kind in _DECIDING for token in tokens if low <= token.start < high)
    if not decided and best + 1 < len(clauses):
        high = clauses[best + 1][1]
    return low, high
