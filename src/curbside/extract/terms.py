"""Words of a question against words of an article: one form for each, weights by how telling they are there."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from curbside.language.words import STOP_WORDS, fold, listed, stem

_PIECE = re.compile(r"[^\W\d_]{1,60}+|[0-9]{1,12}+(?:[.·][0-9]{1,6}+)?")
_NON = re.compile(r"\b[Nn]on[-‐‑– ]([a-z])")
_BOUNDS = {"<": "<", ">": ">", "≤": "<", "≥": ">", "⩽": "<", "⩾": ">"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_KEPT = listed("a b c d e f g h t")  # letters that name groups; "a" only as a capital
_WEAK = listed(
    """
    mean score level value women men children report any overall least more stud studi day week month year min n
    sd ci intention treat primari secondari analysi protocol rate change improv reduct decreas increas incid
    number percentag percent proport differ total outcom measur effect chang group patient subject particip
    averag frequenc use valu occurr sever assess scale index questionnair test time base treatment intervent
    amount degre plus mg
    """
)
_WEAKS = frozenset(stem(word) for word in _WEAK) | _WEAK

_SAME: tuple[tuple[str, ...], ...] = (
    ("pain", "vas"),
    ("death", "died", "mortality", "deceased", "dead"),
    ("length", "duration"),
    ("adverse", "side", "ae", "aes", "teae", "teaes"),
    ("operative", "operation", "operating", "surgery", "surgical"),
    ("baseline", "pretest", "initial"),
    ("posttest", "posttreatment", "postintervention"),
    ("male", "men", "man"),
    ("female", "women", "woman"),
    ("bmi", "body-mass"),
    ("event", "effect", "reaction"),
    ("cure", "cured"),
    ("birth", "born"),
    ("satisfaction", "satisfied"),
    ("expenditure", "cost"),
    ("recurrence", "relapse"),
    ("return", "resume"),
    ("latrine", "ihl", "toilet"),
    ("hospitalization", "hospitalisation", "hospitalized", "admission"),
    ("hemorrhage", "bleeding"),
    ("fever", "febrile"),
    ("sex", "gender"),
    ("smoker", "smoking"),
    ("hypertension", "hypertensive"),
    ("diabetes", "diabetic"),
    ("anemia", "anemic"),
    ("infant", "neonatal", "newborn"),
    ("weight", "bw"),
    ("beta", "β"),
    ("alpha", "α"),
    ("stool", "feces", "fecal", "faecal", "faeces"),
)
"""Words of the same thing in tables of trials, each line one thing."""
_ONE: dict[str, str] = {stem(fold(word)): stem(fold(line[0])) for line in _SAME for word in line}


@lru_cache(maxsize=65_536)
def terms(text: str) -> tuple[str, ...]:
    """Return the words and numbers of `text` that can tell things apart, in one form, in order, repeats kept."""
    found: list[str] = []
    for match in _PIECE.finditer(_NON.sub(r"non\1", text)):
        word = match.group()
        low = word.lower()
        if word[0].isdecimal():  # "①" is a digit that no number can be read from
            number = f"{float(word.replace('·', '.')):g}"
            found.append(number)
            before = text[max(0, match.start() - 2) : match.start()].strip()
            if before and before[-1] in _BOUNDS:
                found.append(_BOUNDS[before[-1]] + number)
        elif len(word) == 1:
            if word in "IVX" or low in _ROMAN:
                found.append(_ROMAN.get(low, low))
            elif low in _KEPT and (low != "a" or word == "A"):
                found.append(low)
            elif not low.isascii():
                found.append(_ONE.get(low, low))
        elif low in _ROMAN:
            found.append(_ROMAN[low])
        elif low not in STOP_WORDS or low in ("no", "without", "before", "after"):
            base = stem(fold(low))
            found.append(_ONE.get(base, base))
    return tuple(found)


def first_term(words: str) -> str:
    """Return the first term of some words, "" where they have none."""
    for term in terms(words):
        return term
    return ""


def alike(first: str, second: str) -> bool:
    """Tell whether two terms are forms of one word: the same, or the same for most of their letters."""
    if first == second:
        return True
    if first[0] != second[0] or first[0].isdigit() or len(first) < 5 or len(second) < 5:
        return False
    common = 0
    for a, b in zip(first, second):
        if a != b:
            break
        common += 1
    return (common >= 5 and common * 10 >= 6 * max(len(first), len(second))) or _one_apart(first, second)


def _one_apart(first: str, second: str) -> bool:
    """Tell whether two words of seven letters or more differ in one letter: a slip of the pen."""
    if min(len(first), len(second)) < 7 or abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


@dataclass(slots=True)
class Lexicon:
    """What words weigh in one article, and what its short forms stand for.

    Attributes:
        short: short form -> long form, as printed.
        counts: how often a term stands in the article.
    """

    short: Mapping[str, str]
    counts: Counter[str]
    _long: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    _memo: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    @classmethod
    def of(cls, text: str, short: Mapping[str, str]) -> Lexicon:
        """Return the lexicon of an article's text."""
        lexicon = cls(short, Counter(terms(text)))
        lexicon._long = {key: terms(long) for key, long in short.items()}
        return lexicon

    def weight(self, term: str) -> float:
        """Return how telling a term is: rare ones more, statistics' own words little, unknown ones little."""
        if term in _WEAKS:
            return 0.25
        count = self.counts.get(term, 0)
        if count == 0:
            return 0.5
        return 1.0 / (1.0 + 0.12 * math.log(count))

    def widened(self, text: str) -> frozenset[str]:
        """Return the terms of `text` with those that its short forms stand for, and short forms of its long forms."""
        known = self._memo.get(text)
        if known is not None:
            return known
        own = set(terms(text))
        added: set[str] = set()
        for short, long in self._long.items():
            if long and _names(text, short):
                added.update(long)
            elif long and len(long) > 1 and own.issuperset(long):
                added.update(terms(short))
        made = frozenset(own | added)
        self._memo[text] = made
        return made

    def covered(self, wanted: Iterable[str], among: frozenset[str]) -> float:
        """Return the share of the weight of `wanted` that stands in `among`, from 0 to 1."""
        total = got = 0.0
        for term in wanted:
            weight = self.weight(term)
            total += weight
            if has(term, among):
                got += weight
        return got / total if total else 0.0


def has(term: str, among: frozenset[str]) -> bool:
    """Tell whether a term or a form of it stands in `among`."""
    return term in among or (len(term) >= 5 and any(alike(term, other) for other in among))


def _names(text: str, short: str) -> bool:
    at = text.find(short)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(short) : at + len(short) + 1]
        if not before.isalpha() and not after.islower():
            return True
        at = text.find(short, at + 1)
    return False
