"""How the vocabulary sees words: cut out of a text with their places, and folded so that spellings meet.

Folding takes away case, accents, plural and possessive endings and the difference between British and American
spelling. It is applied to the vocabulary's names and to texts alike, so it need not be pretty, only the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

FOLDING = 2
"""Raised whenever folding or matching changes what is found; part of a vocabulary's version."""

_LETTERS = "A-Za-z\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u052f\u1e00-\u1fff"
_WORD = re.compile(rf"([{_LETTERS}]+(?:['’ʼ′][sS](?![{_LETTERS}]))?|\d+)")
_POSSESSIVE = re.compile(r"['’ʼ′][sS]$")
_LIGHT_GAP = re.compile(r"[\s'’ʼ′\-\u00ad\u2010-\u2015\u2212\u200b/·+*]{0,3}|,(?=\S?)|[,.]?")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "κ": "kappa",
    "λ": "lambda", "µ": "mu", "μ": "mu", "σ": "sigma", "τ": "tau", "ω": "omega", "ß": "ss", "æ": "e", "œ": "e",
    "ø": "o", "ł": "l", "ı": "i", "đ": "d",
}  # fmt: skip
_IRREGULAR = {
    "nevi": "nevus", "naevi": "nevus", "thrombi": "thrombus", "emboli": "embolus", "comedones": "comedo",
    "children": "child", "feet": "foot", "teeth": "tooth", "calculi": "calculus", "viruses": "virus",
    "diseases": "disease", "diagnoses": "diagnosis", "apices": "apex", "varices": "varix", "cicatrices": "cicatrix",
    "tinnitus": "tinnitus", "pruritus": "pruritus", "leucocytosis": "leukocytosis", "viscera": "viscus",
    "pneumoniae": "pneumoniae", "influenzae": "influenzae", "gonorrhoeae": "gonorrhoeae", "diphtheriae": "diphtheriae",
    "acnes": "acnes",
}  # fmt: skip
_BRITISH = (
    (re.compile("ae|oe"), "e"),
    (re.compile("sulph"), "sulf"),
    (re.compile("leuco"), "leuko"),
    (re.compile("our(?=[^aeiou]|$)"), "or"),
    (re.compile("tre$"), "ter"),
    (re.compile("bre$"), "ber"),
    (re.compile("^(.{3,30})(?:is|iz)(e|ed|ing|ation)$"), r"\1iz\2"),
    (re.compile("lysed$"), "lyzed"),
)
_PLURALS = (
    (re.compile("(?<=.{3})ae$"), "a"),
    (re.compile("(?<=.{3})omata$"), "oma"),
    (re.compile("(?<=.{3})(stas|os|lys|ias|res)es$"), r"\1is"),
    (re.compile("(?<=.{2})ies$"), "y"),
    (re.compile("(?<=.)(x|ss|sh|ch|z)es$"), r"\1"),
    (re.compile("(?<=.{3}[^siu])s$"), ""),
)
MEMO_LIMIT = 400_000
"""Words that are remembered at the most."""
LONGEST_WORD = 60
"""Letters of the longest word that is remembered."""


def pieces(text: str) -> list[str]:
    """Return the text cut into gap, word, gap, word, …, gap; joined they are the text.

    A word is a run of letters (with its possessive ending) or of digits, so that "FK506" is two words with an
    empty gap between them.
    """
    return _WORD.split(text)


class _Memo(dict[str, str]):
    """Folded words by words; made when first asked for."""

    def __missing__(self, word: str) -> str:
        if len(word) > LONGEST_WORD:  # nobody's word; not worth remembering
            return word.lower()
        if len(self) >= MEMO_LIMIT:
            self.clear()
        folded = self[word] = _folded(word)
        return folded


_memo = _Memo()

fold: Callable[[str], str] = _memo.__getitem__
"""Returns a word as the vocabulary compares it; equal for "haemangiomas", "Hemangioma" and "hemangioma's"."""


def _folded(word: str) -> str:
    word = _POSSESSIVE.sub("", word)
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        word = word[:-1]
    if not word.isascii():
        word = "".join(_GREEK.get(letter, letter) for letter in word.lower())
        word = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    word = word.lower()
    if len(word) < 4:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, replacement in _PLURALS:
        shorter, found = pattern.subn(replacement, word)
        if found:
            word = shorter
            break
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def light(gap: str) -> bool:
    """Tell whether a gap may stand inside a name: blank, hyphen, apostrophe, slash or nothing, no paragraph break."""
    if gap in _COMMON_GAPS:
        return True
    return len(gap) <= 3 and gap.count("\n") < 2 and _LIGHT_GAP.fullmatch(gap) is not None


_COMMON_GAPS = frozenset(("", " ", "-"))


def key(name: str) -> str:
    """Return the folded words of a name, blank between; "" for a name without words."""
    return " ".join([fold(word) for word in pieces(name)[1::2]])


def is_abbreviation(name: str) -> bool:
    """Tell whether a name matches only as written: `ITP`, `FK506`, `cSCC`, `TPO-RA`, but not `CellCept`."""
    if " " in name or len(name) > 10:
        return False
    letters = [letter for letter in name if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if not capitals:
        return False
    if capitals == len(letters):
        return len(letters) > 1 or any(letter.isdigit() for letter in name)
    return (len(name) <= 6 and capitals >= 2) or (len(letters) <= 4 and any(letter.isdigit() for letter in name))


def compact(name: str) -> str:
    """Return the words of an abbreviation without gaps and plural ending, case kept: `5-FU` and `5FUs` are `5FU`."""
    joined = "".join(_POSSESSIVE.sub("", word) for word in pieces(name)[1::2])
    return joined[:-1] if len(joined) > 2 and joined[-1] == "s" and joined[-2].isupper() else joined
