"""What the tagger of drugs and conditions is told of each word: its letters, its shape, what is known of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from curbside.language.linear import linear
from curbside.language.short_forms import ShortForm, definitions
from curbside.language.vocabulary import Vocabulary
from curbside.language.vocabulary_text import fold
from curbside.records import ConceptKind, Mention, Span

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_KNOWN = {
    ConceptKind.DRUG: "d",
    ConceptKind.DRUG_CLASS: "k",
    ConceptKind.CONDITION: "c",
    ConceptKind.PROCEDURE: "p",
}
_DRUG_ENDS = (
    "mab", "nib", "limus", "azole", "prazole", "cillin", "mycin", "micin", "floxacin", "cycline", "caine", "statin",
    "sartan", "pril", "olol", "dipine", "oxetine", "triptan", "setron", "azepam", "azolam", "barbital", "barbitone",
    "profen", "coxib", "fenac", "gliptin", "glitazone", "gliflozin", "platin", "rubicin", "taxel", "parin", "grel",
    "xaban", "gatran", "vir", "vudine", "citabine", "trexate", "ergoline", "tidine", "triptyline", "pramine",
    "peridol", "thiazide", "semide", "sone", "olone", "onide", "terol", "phylline", "tropine", "curonium", "fentanil",
    "codone", "morphone", "orphine", "orphan", "zosin", "afil", "dronate", "parib", "ciclib", "lukast", "tadine",
)  # fmt: skip
_CHEMICAL_ENDS = (
    "ine", "ate", "ide", "one", "ole", "ium", "ane", "ene", "yl", "ol", "ite", "ose", "amide", "amine", "azine",
    "acid", "oxide", "chloride", "sulfate", "ic", "in", "an", "al", "id",
)  # fmt: skip
_CHEMICAL_PARTS = (
    "methyl", "ethyl", "propyl", "butyl", "phenyl", "hydroxy", "chlor", "fluor", "brom", "amino", "nitro", "oxy",
    "benz", "phosph", "sulf", "thio", "acet", "carb", "pyr", "dopa",
)  # fmt: skip
_CONDITION_ENDS = (
    "itis", "osis", "emia", "aemia", "oma", "opathy", "pathy", "algia", "uria", "plegia", "paresis", "trophy",
    "rrhea", "rrhoea", "rrhage", "megaly", "penia", "cytosis", "sclerosis", "ism", "toxicity", "toxic", "ectasia",
    "kinesia", "tonia", "phagia", "pnea", "pnoea", "tension", "cardia", "rhythmia", "edema", "oedema", "lysis",
    "asthenia", "phobia", "mania", "mnesia", "plasia", "ia", "tic", "mic", "sia", "opathic", "emic",
)  # fmt: skip
_STEMS = (
    "mab", "nib", "limus", "azole", "cillin", "mycin", "micin", "floxacin", "cycline", "vastatin", "sartan", "olol",
    "dipine", "oxetine", "triptan", "setron", "azepam", "azolam", "profen", "coxib", "fenac", "gliptin", "glitazone",
    "gliflozin", "platin", "rubicin", "taxel", "grel", "xaban", "gatran", "navir", "tegravir", "buvir", "previr",
    "asvir", "ciclovir", "amivir", "vudine", "citabine", "trexate", "triptyline", "peridol", "thiazide", "olone",
    "onide", "phylline", "curonium", "fentanil", "afil", "dronate", "parib", "ciclib", "lukast", "tadine", "cept",
    "kinra", "ersen", "siran", "leucel", "lisib", "racetam", "thiouracil", "gepant", "tinib", "fungin", "penem",
    "bactam", "relin", "glutide", "parin",
)  # fmt: skip
"""Endings that the World Health Organization keeps for names of drugs (stems of international nonproprietary names)."""
_STEMMED = linear(rf"\b[A-Za-z]{{3,30}}(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))})\b")
_SHORTEST_STEMMED = 7
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Told:
    """A text cut into words, with what is known of them.

    Attributes:
        text: the text.
        tokens: runs of letters, runs of digits, single signs.
        mentions: of the vocabulary.
        shorts: the text's own abbreviations.
    """

    text: str
    tokens: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    shorts: tuple[ShortForm, ...]


def told(text: str, vocabulary: Vocabulary) -> Told:
    """Return a text with its words, the mentions of the vocabulary and the text's own abbreviations."""
    tokens = tuple(Span(match.start(), match.end()) for match in _TOKEN.finditer(text))
    return Told(text, tokens, tuple(vocabulary.mentions(text)), tuple(definitions(text)))


def first_token(words: str) -> str:
    """Return the first token of some words, "" where they hold none."""
    match = _TOKEN.search(words)
    return match.group() if match is not None else ""


def lowered(text: str) -> str:
    """Return a text in small letters, every letter at its place; a text whose length would change stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else text


def stemmed(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    """Yield the words that end as only names of drugs do and are no common words."""
    for match in _STEMMED.finditer(text):
        if match.end() - match.start() >= _SHORTEST_STEMMED and not vocabulary.is_common(match.group()):
            yield Span(match.start(), match.end())


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word tells by itself, and what it tells of those beside it.

    Attributes:
        low: the word folded, as a feature.
        own: its features.
        to_next, to_last: features of the word after it, before it.
        to_second, to_second_last: of those one farther.
        plain: whether it is a word of three letters or more.
    """

    low: str
    own: tuple[str, ...]
    to_next: tuple[str, ...]
    to_last: tuple[str, ...]
    to_second: str
    to_second_last: str
    plain: bool


class _Own(dict[str, _Word]):
    """Words with what they tell; each made when it is first met."""

    def __missing__(self, word: str) -> _Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        own = tuple(_own(word))
        beside = (own[0], own[1], *[each for each in own[2:] if each[0] == ">"][1:2])
        made = self[word] = _Word(
            own[0],
            own,
            tuple(f"-1{each}" for each in beside),
            tuple(f"+1{each}" for each in beside),
            f"-2{own[0]}",
            f"+2{own[0]}",
            len(word) > 2 and word.isalpha(),
        )
        return made


_own_of = _Own()
_EDGE = _Word("^", (), ("-1^",), (), "-2^", "", False)
_END = _Word("$", (), (), ("+1$",), "", "+2$", False)


@lru_cache(maxsize=8_192)
def _known(before: str, here: str, after: str) -> tuple[str, ...]:
    return (f"k={here}", f"k-1={before}", f"k+1={after}", f"kk={before}|{here}|{after}")


def _own(word: str) -> list[str]:
    low = word.lower()
    found = [f"w={fold(low) if len(low) < 30 else low[:30]}", f"s={shape(word)}"]
    if word.isalpha() and len(word) > 3:
        found += [f"<{low[:3]}", f"<{low[:4]}", f">{low[-2:]}", f">{low[-3:]}", f">{low[-4:]}"]
        if len(word) > 6:
            found.append(f">{low[-5:]}")
        if len(word) > 5:
            found += [f"drug>{end}" for end in _DRUG_ENDS if low.endswith(end)][:1]
            found += [f"chem>{end}" for end in _CHEMICAL_ENDS if low.endswith(end)][:1]
            found += [f"cond>{end}" for end in _CONDITION_ENDS if low.endswith(end)][:1]
            found += [f"part={part}" for part in _CHEMICAL_PARTS if part in low][:2]
    elif word.isalpha():
        found.append(f"x={word}")
    if word.isupper() and len(word) > 1:
        found.append("caps")
    return found


def shape(word: str) -> str:
    """Return a word's shape: "Aa", "aA", "A", "a", "0", with its length up to four; a sign is itself."""
    if word.isdigit():
        return f"0{min(len(word), 4)}"
    if not word.isalpha():
        return word
    made = ""
    for letter in word:
        kind = "A" if letter.isupper() else "a"
        if not made.endswith(kind):
            made += kind
    return f"{made[:4]}{min(len(word), 4)}"


def features(told: Told, vocabulary: Vocabulary) -> list[list[str]]:
    """Return the features of each token; the vocabulary says which words are common ones."""
    tokens = told.tokens
    if not tokens:
        return []
    written = [token.of(told.text) for token in tokens]
    words = [_EDGE, _EDGE, *[_own_of[word] for word in written], _END, _END]
    known = ["^", *_marks(told), "$"]
    short = _short_marks(told, known[1:-1])
    made: list[list[str]] = []
    glued = [one.end == two.start for one, two in pairwise(tokens)]
    for index, (left, right) in enumerate(zip([False, *glued], [*glued, False])):
        further, before, word, after, beyond = words[index : index + 5]
        here = known[index + 1]
        row = [*word.own, *before.to_next, *after.to_last, further.to_second, beyond.to_second_last]
        row += (f"{before.low}|{word.low}", f"{word.low}|{after.low}", _GLUED[left, right])
        row += _known(known[index], here, known[index + 2])
        if here != "O":
            row.append(f"k={here}|{word.low}")
        if index + 3 < len(known) - 1:
            row.append(f"k+2={known[index + 3]}")
        if index > 1:
            row.append(f"k-2={known[index - 1]}")
        if short[index]:
            row.append(f"sf={short[index]}")
        if word.plain:
            row.append("common" if vocabulary.is_common(written[index]) else "rare")
        made.append(row)
    return made


_GLUED = {(left, right): f"g={int(left)}{int(right)}" for left in (False, True) for right in (False, True)}
"""Whether nothing stands before a token, behind it."""


def _marks(told: Told) -> list[str]:
    """Return for each token whether a mention of the vocabulary begins at it, goes on, or is not there."""
    made = ["O"] * len(told.tokens)
    at = 0
    for mention in told.mentions:
        kind = _KNOWN[mention.kind]
        while at < len(told.tokens) and told.tokens[at].end <= mention.span.start:
            at += 1
        first = True
        while at < len(told.tokens) and told.tokens[at].start < mention.span.end:
            made[at] = ("B" if first else "I") + kind
            first = False
            at += 1
    return made


def _short_marks(told: Told, known: Sequence[str]) -> list[str]:
    """Return for each token that belongs to a short form what its long form is known to hold, else ""."""
    made = [""] * len(told.tokens)
    if not told.shorts:
        return made
    kinds: dict[str, str] = {}
    starts = [token.start for token in told.tokens]
    for each in told.shorts:
        inside = known[bisect_left(starts, each.long.start) : bisect_left(starts, each.long.end)]
        held = [mark[1:] for mark in inside if mark != "O"]
        kinds[each.short.of(told.text)] = (held[-1] if held else "?") + ("!" if inside and inside[-1] != "O" else "")
    lengths: dict[str, set[int]] = {}
    for written in kinds:
        lengths.setdefault(first_token(written), set()).add(len(written))
    past = 0
    for index, token in enumerate(told.tokens):
        if token.start < past:
            continue
        for length in sorted(lengths.get(token.of(told.text), ()), reverse=True):
            end = token.start + length
            kind = kinds.get(told.text[token.start : end])
            if kind is not None and not told.text[end : end + 1].isalnum():
                past, at = end, index
                while at < len(told.tokens) and told.tokens[at].end <= end:
                    made[at] = ("B" if at == index else "I") + kind
                    at += 1
                break
    return made
