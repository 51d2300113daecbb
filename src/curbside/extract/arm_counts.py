"""Whose a count is and of how many: arms by their names or by what only one of them is called, sizes that fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.extract.counting import Counted
from curbside.extract.shares import k_of, rounds
from curbside.language.counted import PEOPLE, whole
from curbside.language.linear import linear
from curbside.language.words import listed
from curbside.records import Count, Fact, Field

_COMMON = listed(
    """
    group groups arm arms patients treatment treated therapy dose daily with plus and the alone only receiving received
    for from oral topical once twice week weeks day days month months
    """
)
_OF_PEOPLE = linear(
    rf"\b(?:{PEOPLE}|rates?|proportion|percentage of|respon\w+|remissions?|achiev\w+|incidence|occurred|developed)\b"
)
_OF_LEVELS = linear(
    r"\b(?:raise[sd]?|lower(?:ed|ing)?|mean|median|levels?|ratio|concentrations?|score|volume|frequency|reduc(?:ed|tion)"
    r"|increased? (?:from|by)|decreased? (?:from|by)|change[sd]?|improvement (?:of|from))\b"
)
"""A share of a level is none of people, and no number of them follows from it."""
_NEAR = 60  # code points between a count and the name of its arm behind it


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms of a study.

    Attributes:
        sizes: name -> size as printed.
        called: words that stand for an arm -> its name: the name itself, and words that no other arm has.
    """

    sizes: Mapping[str, str]
    called: Mapping[str, str]

    @classmethod
    def of(cls, known: Sequence[Fact]) -> Arms:
        """Return the arms that facts name."""
        sizes = {each.arm: each.value.n for each in known if each.field is Field.ARM and isinstance(each.value, Count)}
        words = Counter(word for name in sizes for word in {*name.split()})
        called = {name: name for name in sizes}
        for name in sizes:
            for word in name.split():
                if words[word] == 1 and len(word) > 4 and word not in _COMMON and not word[0].isdigit():
                    called.setdefault(word, name)
        return cls(sizes, called if len(sizes) > 1 else {name: name for name in sizes})

    def named(self, low: str, each: Counted) -> str:
        """Return the arm of a count: the one of its size, else the one named nearest behind it, else before it."""
        sized = [name for name, n in self.sizes.items() if n and n == each.value.n]
        if len(sized) == 1:
            return sized[0]
        behind = [
            (at, -len(words), name)
            for words, name in self.called.items()
            if (at := _place(low, words, each.end, min(each.high, each.end + _NEAR))) >= 0
        ]
        if behind:
            return min(behind)[2]
        before = [
            (at, len(words), name)
            for words, name in self.called.items()
            if (at := low.rfind(words, each.low, each.start)) >= 0
        ]
        return max(before)[2] if before else ""

    def completed(self, made: Fact) -> Fact:
        """Return a count with the size of its arm, where the printed share agrees with it; what follows says so."""
        value = made.value
        if not isinstance(value, Count) or value.n or not self.sizes:
            return made
        k = whole(value.k) if value.k else None
        size = whole(self.sizes.get(made.arm, "")) if made.arm else None
        if k is not None and size is None and value.percent and not made.arm:
            fitting = {n for n in map(whole, self.sizes.values()) if n and k <= n and rounds(k, n, value.percent)}
            size = fitting.pop() if len(fitting) == 1 else None
            names = [name for name, n in self.sizes.items() if size and whole(n) == size]
            made = replace(made, arm=names[0]) if len(names) == 1 else made
        if size is None:
            return made
        if k is not None and k <= size and (not value.percent or rounds(k, size, value.percent)):
            return _with(made, replace(value, n=str(size)), f"of {size} in the arm")
        shared = _OF_PEOPLE.search(made.quote.words.lower()) and not _OF_LEVELS.search(made.quote.words.lower())
        if k is None and shared and value.percent and (k := k_of(value.percent, size)) is not None:
            return _with(made, replace(value, k=str(k), n=str(size)), f"{value.percent} % of {size} = {k}")
        return made


def _place(low: str, words: str, start: int, end: int) -> int:
    """Return where words stand whole between two offsets, or -1."""
    at = low.find(words, start, end)
    while at >= 0 and (low[at - 1 : at].isalnum() or low[at + len(words) : at + len(words) + 1].isalnum()):
        at = low.find(words, at + 1, end)
    return at


def _with(made: Fact, value: Count, note: str) -> Fact:
    return replace(made, value=value, arithmetic="; ".join(filter(None, (made.arithmetic, note))))
