"""A sentence as the words that count: classes of words, concepts and printed numbers, in order.

Words that only tie others together are kept aside: they hang before the next word that counts, for those who look at
how a sentence is built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from curbside.language.phrases import Phrases
from curbside.language.same_words import BEFORE_NUMBERS, FREE, PHRASES, SAME, TAKING, same
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import NUMBER_WORDS, TENS_IN_WORDS, UNITS_IN_WORDS, flat, listed
from curbside.records import ConceptKind, Span

_PIECE = re.compile(
    r"(?<![\w.,])[-+−–](?=\.?[0-9])|[0-9]{1,12}(?:[.,·][0-9]{1,9}){0,4}|[^\W\d_]{1,60}|[^\s\w]|_", re.UNICODE
)
_STOPS = frozenset(".;:!?")
_OPEN, _SHUT = frozenset("([{"), frozenset(")]}")
_DRUGS = frozenset({ConceptKind.DRUG, ConceptKind.DRUG_CLASS})
_PLACEBO = frozenset({"placebo", "vehicle"})
_SINGLE = frozenset({"a", "an", "one", "this", "the", "1", "single", "each", "every"})
_COUNTABLE = frozenset({"trial", "studi", "case", "report", "cohort", "review", "guideline", "seri"})
_APART = frozenset({"differ", "differenc", "vari", "choic"})
_KINDS = listed(
    "acute chronic subacute oral topical intravenous subcutaneous intramuscular inhaled nasal rectal severe mild"
    " moderate primary secondary refractory relapsed recurrent persistent early late low high pediatric paediatric"
    " juvenile adult neonatal infantile congenital acquired active inactive limited extensive cutaneous local"
    " metastatic advanced benign malignant left right upper lower recipient recipients donor donors"
)
_THIS = frozenset({"this", "these", "those"})
_AUXILIARY = listed(
    "is are was were be been has have had does do did may might can could should will would must needs need means meant"
    " remains suggests"
)
_TABLE = Phrases(PHRASES)
_CLASSES = frozenset(SAME.values())


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts.

    Attributes:
        key: what it means here: a class of words, a stem, a concept ("@d:sirolimus") or a number ("#3.0").
        span: where it stands.
        before: the words that do not count between it and the one before, with signs ("," "(" "of" "the").
        kind: of the concept, or None.
    """

    key: str
    span: Span
    before: tuple[str, ...]
    kind: ConceptKind | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is a printed number or one in words."""
        return self.key.startswith("#")

    @property
    def is_concept(self) -> bool:
        """Whether it names a drug, a condition or the like."""
        return self.key.startswith("@")


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence read.

    Attributes:
        words: those that count, in order.
        after: what does not count behind the last of them.
    """

    words: tuple[Word, ...]
    after: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the words, in order."""
        return tuple(word.key for word in self.words)


@dataclass(frozen=True, slots=True)
class _Unit:
    words: str
    span: Span
    key: str  # "" where it does not count
    kind: ConceptKind | None = None


def read(text: str, vocabulary: Vocabulary) -> Read:
    """Read a sentence."""
    units = _said_by(_settled(_units(text, vocabulary)))
    words: list[Word] = []
    before: list[str] = []
    for unit in units:
        if unit.key:
            words.append(Word(unit.key, unit.span, tuple(before), unit.kind))
            before = []
        else:
            before.append(unit.words)
    return Read(tuple(words), tuple(before))


def _units(text: str, vocabulary: Vocabulary) -> list[_Unit]:
    """Cut a text into phrases, concepts and pieces; of those that begin at one place the longest, phrases first."""
    flattened = flat(text)
    units = [
        _Unit(phrase, span, "" if phrase in FREE else _known(SAME[phrase], vocabulary))
        for span, phrase in _TABLE.find(flattened)
    ]
    units += [
        _Unit(words, mention.span, f"@{mention.concept}{_kind_of(words)}", mention.kind)
        for mention in vocabulary.mentions(text)
        for words in [mention.span.of(flattened)]
    ]
    units += [
        _Unit(match.group(), Span(*match.span()), _known(_single(match.group()), vocabulary))
        for match in _PIECE.finditer(flattened)
    ]
    units.sort(key=lambda unit: (unit.span.start, -len(unit.span)))  # stable: phrases, then concepts, then pieces
    taken: list[_Unit] = []
    for unit in units:
        if not taken or unit.span.start >= taken[-1].span.end:
            taken.append(unit)
    return taken


def _kind_of(name: str) -> str:
    """Return the words of a name that tell one kind of a concept from another ("acute", "subcutaneous")."""
    held = sorted(_KINDS.intersection(name.replace("-", " ").split()))
    return f" {' '.join(held)}" if held else ""


@lru_cache(maxsize=65_536)
def _known(key: str, vocabulary: Vocabulary) -> str:
    """Return the concept that a class of words is named after ("splenomegaly"), else the class itself."""
    concept = vocabulary.find(key) if key.isascii() and len(key) > 4 and key in _CLASSES else None
    return f"@{concept.id}" if concept is not None else key


def _single(piece: str) -> str:
    """Return the key of a piece, "" where it does not count."""
    if piece in FREE or piece in BEFORE_NUMBERS or piece in ("-", "–", "−", "'", "’", '"', "“", "”", "s"):
        return ""
    if piece[0].isdigit():
        return f"#{piece}"
    if piece in NUMBER_WORDS:
        return f"#{NUMBER_WORDS[piece]}"
    if not piece.isalpha():
        return "" if piece in ",.;:!?()[]{}" else piece
    return same(piece)


def _settled(units: Sequence[_Unit]) -> list[_Unit]:
    """Settle what a word means from those beside it."""
    found: list[_Unit] = []
    for place, unit in enumerate(units):
        left = units[place - 1] if place else None
        right = units[place + 1] if place + 1 < len(units) else None
        joined = _compound_number(unit, right, units[place + 2] if place + 2 < len(units) else None)
        if joined is not None:
            found.append(joined)
            continue
        if found and unit.span.end <= found[-1].span.end:
            continue  # part of a number in words
        found.append(_one(unit, left, right, units[place + 1 : place + 4]))
    return found


def _compound_number(unit: _Unit, dash: _Unit | None, second: _Unit | None) -> _Unit | None:
    if dash is None or second is None or unit.words not in TENS_IN_WORDS:
        return None
    if dash.words not in ("-", "–") or UNITS_IN_WORDS.get(second.words, 99) > 9:
        return None
    value = TENS_IN_WORDS[unit.words] + UNITS_IN_WORDS[second.words]
    return _Unit(unit.words, Span(unit.span.start, second.span.end), f"#{value}")


def _one(unit: _Unit, left: _Unit | None, right: _Unit | None, following: Sequence[_Unit]) -> _Unit:
    words = unit.words
    numbered = right is not None and right.key.startswith("#")
    if words in BEFORE_NUMBERS and numbered:
        return _Unit(words, unit.span, BEFORE_NUMBERS[words])
    if words in ("-", "–", "−", "+", "to") and numbered:
        ranged = left is not None and (left.key.startswith("#") or left.words == "%")
        if words == "+" or (words == "-" and not ranged) or (words in "–−" and not ranged):
            return _Unit(words, unit.span, "minus" if words != "+" else "plus sign")
        return _Unit(words, unit.span, "–") if ranged else unit
    ahead = right if right is None or right.words != "the" else next(iter(following[1:]), None)
    both = left is not None and left.key.startswith("#") and ahead is not None and ahead.key.startswith("#")
    if both and words in ("of", "out of", "among", "in", "/"):
        return _Unit(words, unit.span, "of#")
    if words == "between" and left is not None and left.key in _APART:
        return _Unit(words, unit.span, "")
    if words == "as" and any(each.words == "as" for each in following[1:3]):
        return _Unit(words, unit.span, "as … as")
    if words in _THIS:
        pronoun = right is None or right.words in _AUXILIARY
        return _Unit(words, unit.span, "" if pronoun and words != "those" else f"{words[:3]}~")
    if unit.key in TAKING and _drug_follows(following):
        return _Unit(words, unit.span, "")
    if unit.key in _COUNTABLE:
        single = left is not None and left.words in _SINGLE and not words.endswith("s")
        return _Unit(words, unit.span, unit.key if single or not words.endswith("s") else f"{unit.key}s")
    if words == "more" and left is not None and left.key.startswith("#") and (right is None or right.words != "than"):
        return _Unit(words, unit.span, "additional")
    return unit


def _drug_follows(following: Sequence[_Unit]) -> bool:
    """Whether a drug is named within three words, none of which is a number or ends a clause."""
    for unit in following:
        if unit.kind in _DRUGS or unit.words in _PLACEBO:
            return True
        if unit.key.startswith("#") or unit.words in _STOPS or unit.words in (",", "and", "or", "not"):
            return False
    return False


def _said_by(units: list[_Unit]) -> list[_Unit]:
    """Write "according to the review, …" as "the review says …"."""
    found = list(units)
    for place, unit in enumerate(units[:-2]):
        if unit.words == "according" and units[place + 1].words == "to":
            end = next((n for n in range(place + 2, min(place + 9, len(units))) if units[n].words == ","), None)
            if end is not None:
                say = _Unit("according", unit.span, "say")
                return [*found[:place], *units[place + 2 : end], say, *units[end + 1 :]]
    return found
