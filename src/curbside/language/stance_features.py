"""What a statistical model of stance looks at in a statement: cues and where they stand, words near the marker, order.

Each feature is a name and how much of it there is. Names begin with what they are of: `k` a kind of cue, `p` a
pattern, `g` anything counted over the text; a linear model (`language.scoring`) has a weight for each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

from curbside.language.linear import linear
from curbside.language.stance_cues import Placed, cues, placed
from curbside.language.stance_rules import ruled_of
from curbside.language.stance_words import DIFFERENT_RESULT, HELD_AGAINST, MEASURED_AGAINST, NOT_AGREEING, SAME_RESULT
from curbside.records.citation import StanceCue, StatementText

CITED, CITED_TOO = "@ref", "@oth"
"""Stand for the marker and for further markers among the tokens."""

_CUES, _COUNTED = 0.5, 3.0  # weight of a feature of cues; length of the vector of what is counted
_MOST_TOKENS = 160  # nearest the marker; sentences have 42 on average
_NEAR, _NEXT = 8, 3
_TOKEN = linear(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*|[%<>=≤≥;:,.()]")
_ENDS = ("ingly", "edly", "ing", "ed", "ly", "ies", "es", "s", "e")
_NAME = linear(r"(?:^|[\s(])(\p{Lu}[\p{L}'’-]+)[\w ,.&]{0,12}$")
_TRIAL = linear(r"\b\p{Lu}{3,}\b")
_SHORT = {
    "agree": "A", "alike": "S", "contrast": "C", "differ": "D", "more_than": "M", "however": "H", "own": "O",
    "earlier": "E", "named": "N", "denied": "X",
    "finding_verb": "F", "also_found": "L", "as_reported": "R", "this_is": "T",
}  # fmt: skip
_PATTERNS = {
    "not_agreeing": NOT_AGREEING,
    "same": SAME_RESULT,
    "held": HELD_AGAINST,
    "different": DIFFERENT_RESULT,
    "measured": MEASURED_AGAINST,
}


def features(statement: StatementText) -> dict[str, float]:
    """Return the features of a statement, name -> how much; none where it has no words.

    Only the sentence and the marker are looked at: what the weights were learnt from has neither neighbours nor
    section.
    """
    place = placed(statement)
    if not place.text.strip():
        return {}
    found = cues(place)
    tokens = _tokens(place)
    stems = [_stem(word) for word, _ in tokens]
    seen = {name: _CUES * value for name, value in _of_cues(place, found)}
    seen |= {name: _CUES * value for name, value in _of_place(place, len(tokens))}
    seen["rule:" + (rule := ruled_of(place, found)).rule] = _CUES
    seen["ruled:" + rule.stance.value] = _CUES
    counted = {*_of_words(stems, place, tokens), *_of_order(place, found)}
    share = _COUNTED / math.sqrt(len(counted)) if counted else 0.0
    return seen | dict.fromkeys(counted, share)


def of_cues(name: str) -> bool:
    """Tell whether a feature is of cues, patterns or places, which are few, rather than counted over the text."""
    head = name.partition(":")[0]
    return head not in _COUNTED_HEADS


_COUNTED_HEADS = frozenset(
    "w b t c cb l l3 r r3 L1 L2 L3 L4 R1 R2 R3 R4 s1 s2 s3 kw x q2 q3 ql qr".split()  # noqa: SIM905 - a list to read
)


def _tokens(place: Placed) -> list[tuple[str, int]]:
    """Return words in lower case with where they start, numbers as "0", markers by their signs."""
    spans = sorted([(span, CITED_TOO) for span in place.others] + ([(place.marker, CITED)] if place.marker else []))
    made: list[tuple[str, int]] = []
    low = place.text.lower()
    if len(low) != len(place.text):  # a letter whose small form is two code points
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in place.text)

    def words(start: int, end: int) -> None:
        for match in _TOKEN.finditer(low[start:end]):
            word = match.group()
            made.append(("0" if word[0].isdigit() else word, start + match.start()))

    at = 0
    for span, sign in spans:
        if span.start >= at:
            words(at, span.start)
            made.append((sign, span.start))
            at = span.end
    words(at, len(low))
    middle = next((number for number, (word, _) in enumerate(made) if word == CITED), 0)
    first = max(0, min(middle - _MOST_TOKENS * 2 // 3, len(made) - _MOST_TOKENS))
    return made[first : first + _MOST_TOKENS]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def _of_cues(place: Placed, found: tuple[StanceCue, ...]) -> Iterator[tuple[str, float]]:
    at = place.marker.start if place.marker else len(place.text)
    kinds: dict[str, list[StanceCue]] = {}
    for cue in found:
        kinds.setdefault(cue.kind, []).append(cue)
    for kind, mine in kinds.items():
        near = min(mine, key=lambda cue: abs(cue.span.start - at))
        side = "<" if near.span.start < at else ">"
        low, high = sorted((near.span.start, at))
        yield f"k:{kind}", 1.0
        yield f"kn:{kind}", min(3, len(mine)) / 3
        yield f"k:{kind}{side}", 1.0
        yield f"kd:{kind}{side}{min(5, (high - low) // 25)}", 1.0
        if any(place.clause.meets(cue.span) for cue in mine):
            yield f"kc:{kind}", 1.0
        if not any(low < other.start < high for other in place.others):
            yield f"ku:{kind}", 1.0
        if mine[0].span.start < 12:
            yield f"k0:{kind}", 1.0
    for name, pattern in _PATTERNS.items():
        starts = [match.start() for match in pattern.finditer(place.text)]
        if starts:
            yield f"p:{name}", 1.0
            if any(place.clause.start <= start < place.clause.end for start in starts):
                yield f"pc:{name}", 1.0
            if "own" in kinds:
                yield f"po:{name}", 1.0
            if any(start < at for start in starts):
                yield f"pb:{name}", 1.0
    if "own" in kinds:
        inside = any(place.clause.meets(cue.span) for cue in kinds["own"])
        outside = any(not place.clause.meets(cue.span) for cue in kinds["own"])
        yield f"own{int(inside)}{int(outside)}{int('however' in kinds)}{int('denied' in kinds)}", 1.0
        if "more_than" in kinds and ("earlier" in kinds or "named" in kinds):
            yield "own_more_theirs", 1.0
        if "numbers" in kinds and len(kinds["numbers"]) > 1 and ("earlier" in kinds or "named" in kinds):
            yield "own_numbers_theirs", 1.0


def _of_place(place: Placed, tokens: int) -> Iterator[tuple[str, float]]:
    at = place.marker.start if place.marker else len(place.text)
    behind = len(place.text[place.marker.end :].strip(" .")) if place.marker else 0
    yield "end", float(behind == 0)
    yield "behind", min(6, behind.bit_length()) / 6
    yield "at", at / max(1, len(place.text))
    yield "start", float(at < 30)
    yield "others", min(5, len(place.others)) / 5
    yield f"others{min(3, len(place.others))}", 1.0
    yield "long", min(8, tokens.bit_length()) / 8
    marker = place.marker.of(place.text) if place.marker else ""
    yield f"works{min(4, sum(not one.isdigit() and two.isdigit() for one, two in zip(' ' + marker, marker)))}", 1.0
    before = place.text[max(0, at - 60) : at].rstrip(" [(")
    if _NAME.search(before) is not None:
        yield "name_before", 1.0
    if _TRIAL.search(before) is not None:
        yield "trial_before", 1.0


def _of_words(stems: list[str], place: Placed, tokens: list[tuple[str, int]]) -> Iterator[str]:
    at = stems.index(CITED) if CITED in stems else len(stems)
    for number, stem in enumerate(stems):
        yield f"w:{stem}"
        yield from _grams("b:", stems[number : number + 2], 2)
        yield from _grams("t:", stems[number : number + 3], 3)
    inside = [stem for stem, (_, start) in zip(stems, tokens) if place.clause.start <= start < place.clause.end]
    for number, stem in enumerate(inside):
        yield f"c:{stem}"
        yield from _grams("cb:", inside[number : number + 2], 2)
    for distance in range(1, _NEAR + 1):
        ring = "3" if distance <= _NEXT else ""
        if at - distance >= 0:
            yield f"l{ring}:{stems[at - distance]}"
        if at + distance < len(stems):
            yield f"r{ring}:{stems[at + distance]}"
    for size in range(1, 5):
        yield from _grams(f"L{size}:", stems[max(0, at - size) : at], size)
        yield from _grams(f"R{size}:", stems[at + 1 : at + 1 + size], size)
    for size in range(1, 4):
        yield from _grams(f"s{size}:", stems[:size], size)


def _grams(name: str, words: list[str], size: int) -> Iterable[str]:
    return (name + " ".join(words),) if len(words) == size else ()


def _of_order(place: Placed, found: tuple[StanceCue, ...]) -> Iterator[str]:
    kinds: dict[str, int] = {}
    for cue in found:
        kinds.setdefault(cue.kind, cue.span.start)
        yield f"kw:{cue.kind}:{' '.join(cue.words.split())[:60]}"
    names = sorted(kinds)
    for number, one in enumerate(names):
        for two in names[number + 1 :]:
            yield f"x:{one}+{two}"
            yield f"x:{one}{'<' if kinds[one] < kinds[two] else '>'}{two}"
    at = place.marker.start if place.marker else len(place.text)
    signs = [(cue.span.start, _SHORT[cue.kind]) for cue in found if cue.kind in _SHORT]
    line = [sign for _, sign in sorted([*signs, (at, "@"), *((other.start, "#") for other in place.others)])]
    for size in (2, 3):
        for number in range(len(line) - size + 1):
            yield f"q{size}:{''.join(line[number : number + size])}"
    middle = line.index("@")
    yield f"ql:{''.join(line[max(0, middle - 3) : middle])}"
    yield f"qr:{''.join(line[middle + 1 : middle + 4])}"
