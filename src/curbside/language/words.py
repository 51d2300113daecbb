"""Words: where they stand, which carry content, and one form for the spellings that mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from curbside.records import Span

WORD = re.compile(r"[0-9]{1,30}+(?:[.·,][0-9]{1,30}+){0,8}+[^\W_]{0,60}+|[^\W_]{1,60}+(?:['’][^\W\d_]{1,20}+)?+")
"""A word or a printed number; hyphens and slashes part words, apostrophes do not."""

_SAME = str.maketrans(
    {
        **dict.fromkeys("\t\n\r\x0b\x0c\x85\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u2028\u2029", " "),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("‘’ʼ", "'"),
        **dict.fromkeys("“”", '"'),
        "μ": "µ",  # Greek mu and the micro sign are printed alike
    }
)


def flat(text: str) -> str:
    """Return `text` in lower case with one kind of space, hyphen and quote, length and offsets unchanged."""
    lower = text.lower()
    if len(lower) != len(text):
        # A few letters (İ) grow when lowered; they stay as they are, so that offsets hold.
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower.translate(_SAME)


def listed(words: str) -> frozenset[str]:
    """Return a set of words written with spaces between them, so that a table of words reads as one."""
    return frozenset(words.split())


UNITS_IN_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "dozen": 12,
}  # fmt: skip
TENS_IN_WORDS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES_IN_WORDS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
FRACTIONS_IN_WORDS = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
    "fourth": 1 / 4, "fourths": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "sixth": 1 / 6, "sixths": 1 / 6,
    "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
TIMES_IN_WORDS = {"once": 1, "twice": 2, "thrice": 3}
NUMBER_WORDS = {**UNITS_IN_WORDS, **TENS_IN_WORDS, **SCALES_IN_WORDS}
"""Number word -> its value; fractions and times stand in tables of their own."""

STOP_WORDS = listed(
    """
    a about above after again against all also am among an and another any are as at be because been before being
    between both but by can could did do does doing done down during each either etc ever every few for from
    further get gets give given had has have having he her here hers him his how however i if in into is it its
    itself just may me might more most much must my nor not of off on once one only or other our out over own per
    quite rather s same shall she should since so some still such t than that the their them then there these they
    this those through thus to too toward towards under until up upon us used uses using very was we were what when
    where whether which while who whom whose why will with within without would you your
    """
)
"""Words that carry no content of their own when two sentences are compared."""

_AMERICAN = {
    "centre": "center", "fibre": "fiber", "litre": "liter", "metre": "meter", "programme": "program",
    "behaviour": "behavior", "colour": "color", "favour": "favor", "favourable": "favorable", "tumour": "tumor",
    "labour": "labor", "vapour": "vapor", "humour": "humor", "odour": "odor", "aluminium": "aluminum",
    "titre": "titer", "grey": "gray", "ageing": "aging", "orthopaedic": "orthopedic", "judgement": "judgment",
    "rumour": "rumor", "neighbour": "neighbor", "honour": "honor", "rigour": "rigor", "practise": "practice",
    "licence": "license", "defence": "defense", "mould": "mold", "sceptical": "skeptical", "cheque": "check",
}  # fmt: skip
_OUR = re.compile(r"(tum|col|fav|behavi|lab|vap|hum|od|rum|neighb|hon|rig|arm|harb|sav|vig|flav)our")
_RE_ENDING = re.compile(r"(cent|fib|lit|met|tit|calib|goit|lust|spect|theat|macrofib|microfib)re(s?)$")
_ISE = re.compile(r"([a-z]{3,30})is(e|ed|es|ing|ation|ations|er|ers)$")
_YSE = re.compile(r"([a-z]{2,30}l)ys(e|ed|es|ing|er|ers)$")
_DOUBLED = re.compile(r"(label|model|cancel|travel|signal|channel|fuel|level|tunnel|counsel|equal)l(ed|ing|er|ers)$")
_KEEPS_S = listed(
    "exercise disease increase decrease release precise concise otherwise likewise promise premise surprise revise "
    "advise supervise enterprise compromise raise rise wise noise praise expertise excise incise arise phase"
)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return one spelling for a word: lower case, no accents, American (tumour, haem-, oedema, randomised)."""
    word = word.lower()
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("æ", "ae"))
        word = "".join(part for part in parts if not unicodedata.combining(part))
    if word in _AMERICAN:
        return _AMERICAN[word]
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if "ae" in word or "oe" in word:
        word = _folded_ligatures(word)
    if "ulph" in word:
        word = word.replace("sulph", "sulf")
    word = _RE_ENDING.sub(r"\1er\2", word)
    word = _YSE.sub(r"\1yz\2", word)
    word = _DOUBLED.sub(r"\1\2", word)
    if "is" in word and not any(word.startswith(kept[:-1]) for kept in _KEEPS_S):
        word = _ISE.sub(r"\1iz\2", word)
    return word


def _folded_ligatures(word: str) -> str:
    # Greek and Latin ae/oe only; "does", "shoes", "aerosol" and "michael" keep theirs.
    if word.startswith(("aer", "doe", "goe", "shoe", "toe", "hoe", "coex", "coeff")):
        return word
    return word.replace("ae", "e").replace("oe", "e")


_PLURAL_KEEPS = ("ss", "us", "is", "sis", "ous")
_KEEPS_E = frozenset({"rate", "care"})  # not the animal, not the vehicle
_DOUBLES = re.compile(r"([bdfgklmnprt])\1$")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a light stem of a folded word: plural, -ing, -ed and -ly taken off, so that forms of one word meet.

    A cautious relative of Porter's step 1 (Program 14, 1980): it never takes a word below three letters and leaves
    words with digits alone.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    word = _singular(word)
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("eed"):
            word = _DOUBLES.sub(r"\1", word[: -len(ending)])
            break
    if word.endswith("e") and len(word) > 3 and word not in _KEEPS_E:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 5:
        # "diagnoses" meets "diagnosis", "doses" meets "dose".
        return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
    if word.endswith("sis"):
        return word[:-2] + "e"
    if word.endswith("s") and not word.endswith(_PLURAL_KEEPS):
        return word[:-1]
    return word


def tokens(text: str) -> list[Span]:
    """Return where the words and printed numbers of `text` stand, in order."""
    return [Span(*match.span()) for match in WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Return the words of `text` that carry content, folded and stemmed, in order, repeats kept."""
    return [content for content in map(_content, WORD.findall(text.lower())) if content is not None]


@lru_cache(maxsize=65_536)
def _content(word: str) -> str | None:
    """Return the stem of a word in lower case, None where it carries no content."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return None if word in STOP_WORDS else stem(fold(word))
