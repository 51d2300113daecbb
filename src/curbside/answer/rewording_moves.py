"""Which changes of order leave a sentence saying what it said.

Few are known, and a change that is none of them is refused: a part that tells where, when or in whom may go to the
front or the end; "the volume of lesions" may become "lesion volume"; an adverb may stand beside its verb's other side;
what is listed may be listed in another order; "A was B" may become "B was A"; and "A reduced B" may become "B was
reduced by A".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.answer.rewording_read import Read, Word
from curbside.language.words import listed
from curbside.records import ConceptKind

MOVES = 3
"""Parts that one rewording may move."""

MOST_WORDS = 120
"""Words of a sentence whose order may change; in a longer one it may not."""

_PLACES = {
    **dict.fromkeys(("in", "at", "among", "amongst", "within", "for"), "in"),
    "on": "on",
    "with": "with",
    "to": "to",
    "as": "as",
}
"""Word before a part that may move -> its sort."""
_LEADING = listed("after before during until although whereas because whether versus except due per without when") | {
    "due to",
    "versus",
}
"""Keys that such a part may begin with."""
_GLUE = listed("than versus or not no only except plus minus between from by without nor neither both especially") | {
    "more than",
    "less than",
    "of#",
    "–",
    "at least",
    "at most",
}
"""Keys that hold on to what follows them."""
_TURNING = listed("but whereas although because if unless")
_DENYING = listed("not no without neither nor never none lack fail")
_BE = listed("is are was were be been being") | {"is seen", "were seen", "was seen"}
_MODALS = listed("may can could should would will must might")
_AMOUNTS = listed("all every each most many several some any few both only half always")
_ARMS = listed("placebo vehicle group arm side control comparator")
_TIMES = listed("day week month year hour minut baselin follow")
_VERBS = listed(
    "reduce increase improve worsen cause prevent respond remain persist resolve stop start continue switch show"
    " find say recommend concern complet reach treat use apply give tolerate differ recur survive die shrink grow"
    " need help permit describe assess inhibit suppress induc control affect block delay accelerat guid support"
    " limit complicat follow replac trigger relieve relieved clear choos produc measur record exclud confirm range"
    " com come went lost left led fell rose took gave began ran became got felt stood held kept made met"
)
_NOUNS = ("sponse", "sponses", "tion", "tions", "ment", "ments", "rence", "rences")
_NEVER_PASSIVE = listed("respond remain persist differ recur survive die shrink grow say show find need")


def moved(one: Read, other: Read, said: tuple[str, str]) -> bool:
    """Tell whether `other` says the words of `one` in an order that says the same; `said` are both texts."""
    if one.keys == other.keys:
        return True
    if "respectiv" in one.keys or max(len(one.words), len(other.words)) > MOST_WORDS:
        return False
    first, second = _Text(one, said[0]), _Text(other, said[1])
    by = other.keys.count("by") - one.keys.count("by")
    if by == 0:
        return _reaches(first, list(range(len(one.words))), second, MOVES) or _turned_about(first, second)
    if by == 1:
        return any(_reaches(each, list(range(len(each.words))), second, 1) for each in _passives(first, second))
    if by == -1:
        return any(_reaches(each, list(range(len(each.words))), first, 1) for each in _passives(second, first))
    return False


@dataclass(frozen=True, slots=True)
class _Text:
    read: Read
    text: str

    @property
    def words(self) -> tuple[Word, ...]:
        return self.read.words

    def gap(self, place: int) -> tuple[str, ...]:
        """What does not count before the word at `place`, or behind the last."""
        return self.words[place].before if place < len(self.words) else self.read.after

    def shown(self, place: int) -> str:
        return self.words[place].span.of(self.text).lower()

    def is_verb(self, place: int) -> bool:
        if self.shown(place).endswith(_NOUNS):
            return False
        if self.words[place].key in _VERBS:
            return True
        if not self.shown(place).endswith("ed"):
            return False
        # "forced vital capacity": what stands between a comma or "the" and a noun is no verb
        opens = bool(self.gap(place)) and _BE.isdisjoint(self.gap(place))
        return not (opens and place + 1 < len(self.words) and not self.gap(place + 1))

    def is_finite(self, start: int, end: int) -> bool:
        """Whether the words from `start` to `end` hold a verb."""
        return any(self.is_verb(n) or not _BE.isdisjoint(self.gap(n)) for n in range(start, end))


def _reaches(source: _Text, order: list[int], target: _Text, moves: int) -> bool:
    keys = [source.words[n].key for n in order]
    wanted = [word.key for word in target.words]
    if keys == wanted:
        return True
    if moves == 0 or len(keys) != len(wanted):
        return False
    at = next(n for n, (key, other) in enumerate(zip(keys, wanted)) if key != other)
    return any(_reaches(source, found, target, moves - 1) for found in _steps(source, order, target, at))


def _steps(source: _Text, order: list[int], target: _Text, at: int) -> Iterator[list[int]]:
    """Yield the orders that one allowed move makes: of what belongs at `at`, then of what stands there."""
    wanted = [word.key for word in target.words]
    for start in range(at + 1, len(order)):
        for size in range(_run(source, order, start, wanted, at), 0, -1):
            if _allowed(source, order, start, size, at, target, at):
                part = order[start : start + size]
                yield [*order[:at], *part, *order[at:start], *order[start + size :]]
    for place in range(at + 1, len(wanted)):
        for size in range(_run(source, order, at, wanted, place), 0, -1):
            if place + size <= len(wanted) and _allowed(source, order, at, size, place + size, target, place):
                part, rest = order[at : at + size], [*order[:at], *order[at + size :]]
                yield [*rest[:place], *part, *rest[place:]]


def _run(source: _Text, order: list[int], start: int, wanted: Sequence[str], place: int) -> int:
    """How many words from `start` on stand together in the source and are those wanted from `place` on."""
    size = 0
    while start + size < len(order) and place + size < len(wanted):
        if source.words[order[start + size]].key != wanted[place + size]:
            break
        if size and order[start + size] != order[start + size - 1] + 1:
            break
        size += 1
    return size


def _allowed(source: _Text, order: list[int], start: int, size: int, to: int, target: _Text, place: int) -> bool:
    """Whether the part of `size` words at `start` of the order may move to `to`, where the target has it at `place`."""
    first, last = order[start], order[start + size - 1]
    crossed = order[min(start + size, to) : max(start, to)] if to > start else order[to:start]
    if not crossed:
        return False
    move = _Move(source, target, first, last + 1, tuple(crossed), place, place + size)
    return _adverb(move) or _denial(move) or _partitive(move) or _compound(move) or _item(move) or _adjunct(move)


@dataclass(frozen=True, slots=True)
class _Move:
    """A part of the source, words `first` to `end`, over the words `crossed`, to `place` to `beyond` of the target."""

    source: _Text
    target: _Text
    first: int
    end: int
    crossed: tuple[int, ...]
    place: int
    beyond: int

    def part(self) -> tuple[Word, ...]:
        return self.source.words[self.first : self.end]

    def over(self) -> tuple[Word, ...]:
        return tuple(self.source.words[n] for n in self.crossed)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(word.key for word in self.part())


def _adverb(move: _Move) -> bool:
    part, over = move.part(), move.over()
    if len(part) != 1 or len(over) > 3:
        return False
    text = move.source.shown(move.first)
    if not (text.endswith("ly") and text not in ("only", "early")) and part[0].key not in ("thus", "often", "later"):
        return False
    held = frozenset(word.key for word in over)
    return held.isdisjoint(_DENYING | _GLUE) and not any(word.is_number for word in over)


def _denial(move: _Move) -> bool:
    """Tell "does not state a dose" from "states no dose": only over the verb, and not before a word of amount."""
    part, over = move.part(), move.over()
    if len(part) != 1 or part[0].key != "not" or len(over) != 1 or over[0].key not in _VERBS:
        return False
    after = move.target.words[move.beyond : move.beyond + 1]
    return move.crossed[0] > move.first and bool(after) and after[0].key not in _AMOUNTS and not after[0].is_number


def _partitive(move: _Move) -> bool:
    """Tell "Of the children who responded, 3 relapsed" from "3 of the children who responded relapsed"."""
    part = move.part()
    if len(part) != 1 or not part[0].is_number or move.place != 0 or "of" not in move.source.gap(0):
        return False
    return "," in move.source.gap(move.first) and "of" in move.target.gap(move.beyond)


def _compound(move: _Move) -> bool:
    """Tell "X of Y" from "Y X", where both stand side by side."""
    part, over = move.part(), move.over()
    if len(part) > 4 or len(over) > 4 or min(len(part), len(over)) > 2:
        return False
    together = [*part, *over]
    places = (*range(move.first, move.end), *move.crossed)
    if any(word.key in _MODALS for word in together) or any(move.source.is_verb(n) for n in places):
        return False
    if any(word.key in _DENYING | _GLUE | _TURNING or word.is_number for word in together):
        return _in_brackets(move)
    ahead = move.crossed[0] < move.first
    low, high = (move.crossed[0], move.first) if ahead else (move.first, move.crossed[0])
    if sorted([*move.crossed, *range(move.first, move.end)]) != list(range(low, low + len(together))):
        return False
    between = move.source.gap(high)
    turned = move.target.gap(move.beyond if ahead else move.place)
    return (_is_tie(between) and not _content(turned)) or (_is_tie(turned) and not _content(between))


def _content(gap: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in gap if word not in ("-", "'", "’", "s", "the", "a", "an"))


def _is_tie(gap: tuple[str, ...]) -> bool:
    held = _content(gap)
    return len(held) == 1 and held[0] in ("of", "in", "for", "to")


def _in_brackets(move: _Move) -> bool:
    """Tell "in lupus (14 patients)" from "in 14 patients with lupus"."""
    part, over = move.part(), move.over()
    if len(over) != 1 or not over[0].is_concept or len(part) != 2 or part[1].key != "people" or not part[0].is_number:
        return False
    inside = "(" in move.source.gap(move.first) or "," in move.source.gap(move.first)
    return inside and "with" in move.target.gap(move.beyond)


def _item(move: _Move) -> bool:
    """A part of a list that has only names, with commas or "and" between them."""
    part, over = move.part(), move.over()
    both = (*part, *over)
    if len(part) > 4 or len(over) > 4 or any(word.is_number or word.key in _DENYING | _GLUE for word in both):
        return False
    low, high = min(move.first, *move.crossed), max(move.end - 1, *move.crossed) + 1
    middle = move.first if move.crossed[0] < move.first else move.crossed[0]
    if high - low != len(both) or move.source.is_finite(low + 1, high) or move.source.is_verb(low):
        return False
    kinds = {frozenset(word.kind for word in side) for side in (part, over)}
    ends = move.source.gap(high)
    turned = move.target.gap(move.beyond if move.crossed[0] < move.first else move.place)
    edge = low == 0 or bool(move.source.gap(low)) or move.source.is_verb(low - 1)
    closed = high == len(move.source.words) or bool(_content(ends))
    return len(kinds) == 1 and _is_comma(move.source.gap(middle)) and _is_comma(turned) and edge and closed


def _is_comma(gap: tuple[str, ...]) -> bool:
    return bool(gap) and set(gap) <= {"and", ",", "the", "a", "an"} and bool({"and", ","} & set(gap))


def _adjunct(move: _Move) -> bool:
    """A part that tells where, when, in whom or after what, whole, in its own clause, and the only one of its sort."""
    source, target = move.source, move.target
    part, over = move.part(), move.over()
    lead, said = _lead(source, move.first), _lead(target, move.place)
    if not lead or lead != said or not _closed(source, move.end) or "(" in source.gap(move.first):
        return False
    if any(word.is_number for word in part) and not _sorts(part):
        return False  # a bare figure belongs to what it stands beside
    if move.first and (source.words[move.first - 1].key in _GLUE or _joins(source.gap(move.first))):
        return False
    if _joins(source.gap(move.end)) and _lead(source, move.end) == lead:
        return False  # "in adults and in children": one of two
    if lead not in _LEADING and (any(word.key in _TURNING for word in over) or _joined_clauses(move)):
        return False
    if any(word.key in _DENYING for word in part if lead not in _LEADING):
        return False
    at_edge = move.place == 0 or move.beyond == len(target.words)
    stops = {",", ";", ".", "(", ")"}
    if not at_edge and stops.isdisjoint(target.gap(move.beyond)) and stops.isdisjoint(target.gap(move.place)):
        return False
    if move.place and (not _closed(target, move.beyond) or target.words[move.place - 1].key in _GLUE):
        return False
    return not _has_rival(move, lead)


def _lead(text: _Text, place: int) -> str:
    """What a part begins with: the sort of its preposition or a key that leads, or ""."""
    if text.words[place].key in _LEADING:
        return text.words[place].key
    gap = [word for word in text.gap(place) if word not in ("the", "a", "an", "its", "their", "our")]
    sort = _PLACES.get(gap[-1], "") if gap else ""
    return "to do" if sort == "to" and text.words[place].key in _VERBS else sort


def _closed(text: _Text, place: int) -> bool:
    """Whether a part may end before the word at `place`."""
    if place >= len(text.words):
        return True
    gap = [word for word in text.gap(place) if word not in ("the", "a", "an")]
    return bool(gap) or text.words[place].key in _LEADING | _TURNING or text.is_verb(place)


def _joins(gap: tuple[str, ...]) -> bool:
    return "and" in gap


def _joined_clauses(move: _Move) -> bool:
    """Whether the part leaves or enters one of two clauses that are joined by "and" or a stop."""
    low, high = min(move.first, *move.crossed), max(move.end, max(move.crossed) + 1)
    for place in range(low + 1, high):
        if move.first < place < move.end:
            continue  # within the part
        gap = move.source.gap(place)
        if {";", "."} & set(gap):
            return True
        if "and" in gap and move.source.is_finite(place, high) and move.source.is_finite(low, place):
            return True
    return False


def _sorts(words: Sequence[Word]) -> frozenset[str]:
    """What a part is of: drugs, conditions, people, arms, times."""
    found = {"drug" for word in words if word.kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)}
    found |= {"arm" for word in words if word.key in _ARMS}
    found |= {"condition" for word in words if word.kind is ConceptKind.CONDITION}
    found |= {"people" for word in words if word.key in ("people", "person", "children", "adults", "women", "men")}
    found |= {"time" for word in words if word.key in _TIMES}
    return frozenset(found)


def _has_rival(move: _Move, lead: str) -> bool:
    """Whether another part of the sentence could be mistaken for this one: both would say "in whom"."""
    sorts = _sorts(move.part())
    words = move.source.words
    if lead == "to do" or (lead == "versus" and sum(word.key == "versus" for word in words) == 1):
        return False
    others = [n for n in range(len(words)) if not move.first <= n < move.end]
    if "arm" in sorts or ("drug" in sorts and lead in ("in", "on", "with", "to", "versus")):
        return bool({"drug", "arm"} & _sorts([words[n] for n in others]))
    numbers = sum(word.is_number for word in words)
    for place in others:
        if _lead(move.source, place) != lead or lead in _LEADING:
            continue
        end = next((n for n in range(place + 1, len(words)) if _closed(move.source, n)), len(words))
        shared = sorts & _sorts(words[place:end])
        if shared and numbers > 1:
            return True
    return False


def _turned_about(source: _Text, target: _Text) -> bool:
    """Tell "A was B" from "B was A", with one "was" in each; what follows may stay where it is."""
    places = [n for n in range(1, len(source.words)) if not _BE.isdisjoint(source.gap(n))]
    others = [n for n in range(1, len(target.words)) if not _BE.isdisjoint(target.gap(n))]
    if len(places) != 1 or len(others) != 1 or any(word.key in _TURNING | _DENYING for word in source.words):
        return False
    keys, wanted, split = source.read.keys, target.read.keys, places[0]
    for end in range(split + 1, len(keys) + 1):
        turned = (*keys[split:end], *keys[:split], *keys[end:])
        if wanted == turned and others[0] == end - split and _closed(source, end):
            return True
    return False


def _passives(active: _Text, passive: _Text) -> Iterator[_Text]:
    """Yield an active sentence in the order of the passive, for each verb that it may be about."""
    places = [n for n, word in enumerate(passive.words) if word.key == "by"]
    for by in places:
        if by == 0 or not _is_passive(passive, by - 1):
            continue
        verb = passive.words[by - 1].key
        for at in (n for n, word in enumerate(active.words) if word.key == verb):
            if not _BE.isdisjoint(active.gap(at)) or active.is_finite(1, at) or _lead(active, 0):
                continue
            for end in range(at + 2, len(active.words) + 1):
                if _closed(active, end):
                    words = active.words
                    turned = (*words[at + 1 : end], words[at], passive.words[by], *words[:at], *words[end:])
                    yield _Text(Read(turned, active.read.after), active.text)


def _is_passive(text: _Text, place: int) -> bool:
    word = text.words[place]
    if word.key in _NEVER_PASSIVE or not text.is_verb(place):
        return False
    return not _BE.isdisjoint(text.gap(place)) or (place > 0 and not _BE.isdisjoint(text.gap(place - 1)))
