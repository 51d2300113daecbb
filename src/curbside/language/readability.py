"""How hard a text is to read, in grades of a United States school: Flesch-Kincaid and SMOG.

Both count; neither understands. A low grade says that words and sentences are short, not that a text is clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from curbside.language.sentences import sentences

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)?|[0-9]+(?:[.,][0-9]+)*")
_GROUP = re.compile(r"[aeiouy]+")
_SPELT = {
    "ache": 1, "aches": 1, "acne": 2, "agreement": 3, "anaemia": 4, "anemia": 4, "angioma": 4, "anxiety": 4,
    "area": 3, "areas": 3, "based": 1, "being": 2, "biopsy": 3, "business": 2, "careful": 2, "cases": 2, "caused": 1,
    "causes": 2, "changes": 2, "ciclosporin": 4, "clinician": 3, "colour": 2, "cough": 1, "cream": 1, "creams": 1,
    "create": 2, "created": 3, "cushion": 2, "cyclosporine": 3, "diabetes": 4, "diarrhea": 4, "diarrhoea": 4,
    "diet": 2, "disappears": 3, "diseases": 3, "does": 1, "doing": 2, "doses": 2, "dye": 1, "eczema": 3, "edema": 3,
    "everolimus": 5, "every": 2, "eye": 1, "eyes": 1, "fashion": 2, "fewer": 2, "forehead": 2, "going": 2,
    "haemangioma": 5, "hemangioma": 5, "hour": 1, "hours": 1, "idea": 3, "improvement": 3, "improvements": 3,
    "involvement": 3, "kaposiform": 4, "lesion": 2, "lesions": 2, "leukemia": 4, "lifelong": 2, "lifestyle": 2,
    "likely": 2, "lower": 2, "lupus": 2, "lymphangioma": 5, "management": 3, "maybe": 2, "measurement": 3, "mouth": 1,
    "movement": 2, "oedema": 3, "once": 1, "outrageous": 3, "people": 2, "period": 3, "periods": 3, "physician": 3,
    "pimecrolimus": 5, "placebo": 3, "placement": 2, "psoriasis": 4, "purely": 2, "quiet": 2, "rarely": 2, "ratio": 3,
    "ratios": 3, "real": 2, "really": 3, "responses": 3, "rheumatology": 5, "safely": 2, "science": 2, "seeing": 2,
    "several": 3, "sirolimus": 4, "society": 4, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2,
    "statement": 2, "tacrolimus": 4, "the": 1, "theory": 2, "therapy": 3, "therefore": 2, "treatment": 2, "trial": 2,
    "trials": 2, "tuberous": 3, "unlikely": 3, "used": 1, "useful": 2, "wednesday": 2, "whereas": 2, "widely": 2,
    "year": 1, "years": 1, "youth": 1,
}  # fmt: skip
"""Words that the rules get wrong, as they are said."""
HARD = 3
"""Syllables from which SMOG calls a word hard."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How hard a text is.

    Attributes:
        flesch_kincaid: school grade, may be below 0.
        smog: school grade, or None for a text of fewer than three sentences, on which it says nothing.
        words, sentences: what was counted.
        hard: share of words of three syllables and more, from 0 to 1.
    """

    flesch_kincaid: float
    smog: float | None
    words: int
    sentences: int
    hard: float


def grade(texts: Iterable[str]) -> Grade | None:
    """Return how hard texts are together, None where they hold no word.

    Each text is one or more sentences; its end ends a sentence, whether or not a stop stands there. A number in figures
    is a word of one syllable; a word in capitals of up to five letters is spelt out, a syllable a letter.

    Sources: Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas. Naval Technical
    Training Command, Research Branch Report 8-75, 1975. McLaughlin GH. SMOG grading: a new readability formula.
    J Reading 1969;12(8):639-46.
    """
    words = count = total = hard = 0
    for text in texts:
        for span in sentences(text):
            found = [syllables(match.group()) for match in _WORD.finditer(span.of(text))]
            if found:
                count += 1
                words += len(found)
                total += sum(found)
                hard += sum(each >= HARD for each in found)
    if not words:
        return None
    kincaid = 0.39 * words / count + 11.8 * total / words - 15.59
    smog = 1.0430 * sqrt(hard * 30 / count) + 3.1291 if count >= 3 else None
    return Grade(round(kincaid, 2), None if smog is None else round(smog, 2), words, count, round(hard / words, 4))


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables an English word has, by rule; 1 for figures.

    Groups of vowels are counted, a silent ending is taken off, and vowels that are said apart are counted apart.
    """
    if not word or word[0].isdigit():
        return 1
    if word.isupper() and 1 < len(word) <= 5:
        return len(word) + 2 * word.count("W")
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in _SPELT:
        return _SPELT[low]
    groups = len(_GROUP.findall(low))
    groups += _apart(low)
    groups -= _silent(low)
    return max(groups, 1)


_APART = re.compile(
    r"i[ao](?![un])|ian|io(?:n(?=[^s]|$)|u|d)|ia|iu|eu[ms]\b|e[oa][ns]?$|eo|ua[lt]|ue[nl]|uo|ii|ie[tn]|oe[mt]|y[aeio]"
    r"|eat[ei]|ui(?:t[yo]|d$|n|c)|ei[nt]y|oi?ng$|aic|oic|oid$|rea(?:l$|c[tn])|rea[ls]$|leal$|eous$|abetes|xiety"
)
"""Vowels that are said apart."""
_TOGETHER = re.compile(
    r"[cstxnl]i(?:a(?![tl]|$)|on)|[cstx]i(?:a(?!t)|o|e)|g[iu](?:a|o[nu]|e)|q?qu[aeio]|[cg]eous$|geon|[lr]iage|[sh]io"
    r"|[ln]ier|eopl|ueur|oing|oi[dn]|pier|eor[g]|ieu"
)
"""Vowels that look as if they were apart and are said as one."""


def _apart(low: str) -> int:
    """How many groups hold two syllables: "a-ne-mi-a", "so-di-um"."""
    return sum(1 for match in _APART.finditer(low) if not _together(low, match.start()))


def _together(low: str, at: int) -> bool:
    return _TOGETHER.match(low, max(at - 1, 0)) is not None or _TOGETHER.match(low, at) is not None


def _silent(low: str) -> int:
    """How many groups at the end, or before an ending, are not said: "plaque", "moved", "safely"."""
    stem = low
    if stem.endswith(("que", "gue")) and _GROUP.search(stem[:-3]):
        return 1
    for ending in ("ly", "ment", "ments", "less", "ful", "ness"):
        if stem.endswith("e" + ending) and len(stem) > len(ending) + 3:
            stem = stem.removesuffix(ending)
            return _e_lost(stem)
    if stem.endswith("ed") and len(stem) > 3:
        return 0 if stem[-3] in "td" or stem[-3] in "aeiouy" else int(not _syllabic(stem[:-2]))
    if stem.endswith("es") and len(stem) > 3:
        hisses = stem[-3] in "szxcg" or stem[-4:-2] in ("sh", "ch")
        return 0 if hisses or stem[-3] in "aeiouy" else _e_lost(stem[:-1])
    return _e_lost(stem)


def _e_lost(stem: str) -> int:
    if not stem.endswith("e") or len(stem) < 3 or stem[-2] in "aeiou":
        return 0
    return int(not _syllabic(stem[:-1]))


def _syllabic(stem: str) -> bool:
    """Whether a consonant and an l carry a syllable by themselves: "little", "handled"."""
    return len(stem) > 2 and stem[-1] == "l" and stem[-2] not in "aeiouyl"
