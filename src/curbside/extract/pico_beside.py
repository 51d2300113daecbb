"""Which name of an arm each number stands beside: before it, behind it, or in the same place of a list.

Names are runs of words that stand for an arm ("zoledronic acid plus chemotherapy", "group A", "CTZ" before "group");
a name and a short form or letter in brackets behind it stand for the same arm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from curbside.extract.pico_arms import ALONE, CONTROLS, HEADS, TESTED, Mention, key_of
from curbside.extract.pico_tokens import Token
from curbside.language.words import listed

_JOINS = listed("- plus + in combination with combined followed by added to the of dose")
_LOOSE = listed("in with to by of the dose")
_TIES = listed("combination combined followed added")
"""Words that may stand inside a name; the loose ones only beside one that ties."""
_NO_NAME = listed(
    "the each both two three four all other either this these that per between a an of in and or same any treated "
    "different parallel following one such patient age no into risk menopausal subgroup"
)
_IDLE = listed("groups arms cohort group arm only none")
_DENIED = listed(
    "difference differences significant statistically other serious grade evidence patients patient further new "
    "recurrences major adverse deaths"
)
_KEPT_DOWN = listed(
    "local disease tumor tumour locoregional symptom pain regional quality emesis complete better nausea"
)
_GROUP = frozenset(("group", "arm"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an arm where it stands.

    Attributes:
        first, last: indices of its first and last token.
        words: what it is known by.
        lean: how much its words name the arm under test (above 0) rather than the other.
        side: "I", "C", "M" for words of both, "B" for words of either, a letter or number of a group, or "-".
    """

    first: int
    last: int
    words: frozenset[str]
    lean: float
    side: str


def names_in(found: Sequence[Token], leaning: Mapping[str, float], said: Sequence[Mention]) -> list[Name]:
    """Return the names of arms in order.

    Args:
        found: the tokens of an abstract.
        leaning: word -> how much more it names the arm under test than the other.
        said: words that stand for an arm.
    """
    sides = {mention.place: mention.side for mention in said}
    made: list[Name] = []
    run: list[int] = []
    for place in range(len(found)):
        if (place not in sides and not _heads(found, place)) or _idle(found, place):
            continue
        if run and not _joined(found, run[-1], place):
            made.append(_name(found, run, leaning, sides))
            run = []
        run.append(place)
    if run:
        made.append(_name(found, run, leaning, sides))
    return made


def _heads(found: Sequence[Token], place: int) -> bool:
    """Return whether a token is what stands before "group" or "arm"."""
    token = found[place]
    behind = found[place + 1].low if place + 1 < len(found) else ""
    if token.low == "combination" and behind == "/":
        return True
    return behind in _GROUP and token.text[0].isalpha() and token.low not in _NO_NAME and token.value is None


def _idle(found: Sequence[Token], place: int) -> bool:
    """Return whether a word names no arm here ("no difference", "comparison of", "local control")."""
    low = found[place].low
    behind = found[place + 1].low if place + 1 < len(found) else ""
    if low == "no":
        return behind in _DENIED
    if low == "comparison":
        return behind in ("of", "with", "to", "between")
    if low == "control":
        return place > 0 and found[place - 1].low in _KEPT_DOWN
    return low in _IDLE


def _joined(found: Sequence[Token], last: int, place: int) -> bool:
    if place - last > 5 or found[place].sentence != found[last].sentence or found[last].low in HEADS:
        return False
    between = {token.low for token in found[last + 1 : place]}
    return between <= _JOINS and (not between & _LOOSE or bool(between & _TIES))


def _name(found: Sequence[Token], run: Sequence[int], leaning: Mapping[str, float], sides: Mapping[int, str]) -> Name:
    words = frozenset(key_of(found, place) or found[place].low for place in run)
    lows = {found[place].low for place in run}
    marks = [sides.get(place, "") for place in run]
    tested, compared = "I" in marks, "C" in marks
    side = "M" if tested and compared else "C" if compared else "I" if tested else next((m for m in marks if m), "-")
    behind = found[min(run[-1] + 1, len(found) - 1)].low
    if side not in "CM" and not words & CONTROLS and not lows & ALONE and lows & TESTED and behind in HEADS:
        side = "I"
    return Name(run[0], run[-1], words, sum(leaning.get(word, 0.0) for word in words), side)


Others = Mapping[frozenset[str], set[str]]


def same_as(found: Sequence[Token], names: Sequence[Name]) -> Others:
    """Return words of a name -> words of what stands in brackets, or behind a colon or "=", for the same arm."""
    made: dict[frozenset[str], set[str]] = {}
    for one, two in pairwise(names):
        gap = found[one.last + 1 : two.first]
        if found[one.first].sentence != found[two.first].sentence or len(gap) > 4:
            continue
        left = [token.low for token in gap if token.low not in HEADS and token.low not in ("the", "n", "patients")]
        if left in (["("], [":"], ["="]):
            made.setdefault(one.words, set()).update(two.words)
            made.setdefault(two.words, set()).update(one.words)
    return made


def alike(one: Name | None, two: Name | None, others: Others) -> str:
    """Return how far two names are the same: "=", "<" one holds the other, "~" in part, "a" by brackets, "!" not."""
    if one is None or two is None:
        return ""
    if one.words == two.words:
        return "="
    if one.words & two.words:
        return "<" if one.words < two.words or two.words < one.words else "~"
    bracketed = others.get(one.words, set()) & two.words or others.get(two.words, set()) & one.words
    return "a" if bracketed else "!"


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a number stands among names of arms and among numbers of its kind in the sentence.

    Attributes:
        place: index of its token.
        kind: what kind of number.
        sentence: index of the sentence.
        order, many: which of how many numbers of its kind.
        left, right: the nearest names; None where the sentence has none there.
        past_left, past_right: numbers of its kind between, 9 where there is no name.
        listed: the name in the same place of a list as long as the list of numbers, else None.
        how: which list, and whether the sentence says "respectively".
        nearest: the name that it most likely belongs to, None where the sentence has none.
        way: how that was chosen.
    """

    place: int
    kind: str
    sentence: int
    order: int
    many: int
    left: Name | None
    right: Name | None
    past_left: int
    past_right: int
    listed: Name | None
    how: str
    nearest: Name | None
    way: str

    @property
    def bare(self) -> bool:
        """Return whether the sentence names no arm."""
        return self.left is None and self.right is None


def beside(found: Sequence[Token], chosen: Sequence[tuple[int, str]], names: Sequence[Name]) -> list[Beside]:
    """Return where each number of `chosen`, (place, kind), stands."""
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        by_sentence.setdefault(found[name.first].sentence, []).append(name)
    told = {token.sentence for token in found if token.low == "respectively"}
    numbers: dict[int, list[tuple[int, str]]] = {}
    for place, kind in chosen:
        numbers.setdefault(found[place].sentence, []).append((place, kind))
    made: list[Beside] = []
    for place, kind in chosen:
        sentence = found[place].sentence
        mine = by_sentence.get(sentence, [])
        same = [other for other, its in numbers[sentence] if its == kind]
        before = [name for name in mine if name.last < place]
        behind = [name for name in mine if name.first > place]
        left, right = before[-1] if before else None, behind[0] if behind else None
        past_left = sum(left.last < other < place for other in same) if left else 9
        past_right = sum(place < other < right.first for other in same) if right else 9
        low, high = left.last if left else -1, right.first if right else len(found)
        run = [other for other in same if low < other < high]
        every = [other for other, _ in numbers[sentence]]
        among, how = _listed(run.index(place), len(run), before, behind, every)
        if among is not None:
            nearest, way, how = among, "A" + how[:1], how + ("R" if sentence in told else "")
        else:
            opens = min(every) < mine[0].first if mine else False
            ends = max(every) > mine[-1].last if mine else False
            nearest, way = _nearest(found, place, left, right, (past_left, past_right), (opens, ends))
        made.append(
            Beside(
                place, kind, sentence, same.index(place), len(same), left, right, past_left, past_right, among, how,
                nearest, way,
            )
        )  # fmt: skip
    return made


def _listed(
    at: int, many: int, before: Sequence[Name], behind: Sequence[Name], every: Sequence[int]
) -> tuple[Name | None, str]:
    """Return the name in place `at` of a list of names beside a list of `many` numbers, and which list it is."""
    if many < 2:
        return None, ""
    right, left = _run(behind, every), _run(list(reversed(before)), every)[::-1]
    for which, names in (("r", right), ("l", left)):
        if len(names) == many:
            return names[at], f"{which}{min(many, 4)}"
    for which, names in (("r", right[:2]), ("l", left[-2:])):
        if len(names) == 2 and many % 2 == 0:
            return names[at % 2], f"{which}m"
    return None, ""


def _run(names: Sequence[Name], every: Sequence[int]) -> list[Name]:
    """Return the names of a list, each once, up to the first number behind the first of them."""
    made: list[Name] = []
    last: Name | None = None
    for name in names:
        if last is not None:
            low, high = min(last.last, name.last), max(last.first, name.first)
            if any(low < place < high for place in every):
                break
        last = name
        if all(name.words != other.words for other in made):
            made.append(name)
    return made


def _nearest(
    found: Sequence[Token],
    place: int,
    left: Name | None,
    right: Name | None,
    past: tuple[int, int],
    ends: tuple[bool, bool],
) -> tuple[Name | None, str]:
    """Return the name a number belongs to and how that was chosen.

    Numbers and names that take turns belong together by what the sentence begins and ends with.
    """
    if left is None or right is None:
        alone = left or right
        if alone is None:
            return None, ""
        near = past[0] == 0 if left else past[1] == 0
        return alone, ("" if near else "W") + ("L" if left else "R")
    if (past[0] == 0) != (past[1] == 0):
        return (left, "L") if past[0] == 0 else (right, "R")
    passed = min(past[0], 1)
    if ends == (True, False):
        return right, f"TR{passed}"
    if ends == (False, True):
        return left, f"TL{passed}"
    if any(token.low in ("(", "[") for token in found[max(0, place - 4) : place]):
        return left, f"TB{passed}"
    return (left, f"NL{passed}") if place - left.last <= right.first - place else (right, f"NR{passed}")
