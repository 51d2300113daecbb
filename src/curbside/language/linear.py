"""Patterns whose time is linear in the text whatever the text is: RE2, behind the few typed calls that are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

import re2 as _re2  # pyright: ignore[reportMissingTypeStubs]

_engine: Any = _re2
"""The package has no types of its own."""


_MEMORY = 64 << 20
"""Bytes that the automaton of several patterns may take; a set that outgrew them would find nothing."""


class Match(Protocol):
    """A match: words and half-open offsets of code points."""

    def group(self, index: int = 0, /) -> str:
        """Return the words of the match or of one of its groups."""
        ...

    def start(self, index: int = 0, /) -> int:
        """Return where it starts."""
        ...

    def end(self, index: int = 0, /) -> int:
        """Return where it ends."""
        ...


class Pattern(Protocol):
    """A compiled pattern (RE2 syntax: no look-around, no back-references)."""

    @property
    def groupindex(self) -> Mapping[str, int]:
        """Name of a group -> its index."""
        ...

    def search(self, text: str, /) -> Match | None:
        """Return the first match, or None."""
        ...

    def match(self, text: str, /) -> Match | None:
        """Return the match at the start of the text, or None."""
        ...

    def finditer(self, text: str, /) -> Iterator[Match]:
        """Yield the matches in order, without overlap."""
        ...

    def findall(self, text: str, /) -> list[str]:
        """Return the words of the matches in order, for a pattern without groups."""
        ...


class _Found:
    """A match as offsets of code points, half-open, one pair for the whole and one for each group; -1 where none."""

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._spans = spans

    def group(self, index: int = 0, /) -> str:
        low, high = self._spans[index]
        return cast(str, None) if low < 0 else self._text[low:high]  # as `re` does for a group that took no part

    def start(self, index: int = 0, /) -> int:
        return self._spans[index][0]

    def end(self, index: int = 0, /) -> int:
        return self._spans[index][1]


_NOWHERE = (-1, -1)
_ANYWHERE = _engine._re2.RE2.Anchor.UNANCHORED
_AT_START = _engine._re2.RE2.Anchor.ANCHOR_START


class _Compiled:
    """A pattern asked of the engine without its wrapper, which costs more than most searches of a sentence do."""

    __slots__ = ("_ask", "_folded", "_stems", "_whole")

    def __init__(self, pattern: str, stems: tuple[str, ...]) -> None:
        self._whole: Any = _engine.compile(pattern)
        self._ask: Any = self._whole._regexp.Match
        self._stems = stems
        self._folded = pattern.startswith("(?i)")

    def _hopeless(self, text: str) -> bool:
        """Tell whether none of the stems stands in a text, so that the pattern need not be asked."""
        if not self._stems:
            return False
        low = text.lower() if self._folded else text
        for stem in self._stems:
            if stem in low:
                break
        else:
            return True
        return False

    @property
    def groupindex(self) -> Mapping[str, int]:
        return self._whole.groupindex

    def search(self, text: str, /) -> Match | None:
        if self._hopeless(text):
            return None
        said = text.encode()
        spans = self._ask(_ANYWHERE, said, 0, len(said))
        return None if spans[0] == _NOWHERE else _Found(text, spans if text.isascii() else _in_points(said, spans))

    def match(self, text: str, /) -> Match | None:
        said = text.encode()
        spans = self._ask(_AT_START, said, 0, len(said))
        return None if spans[0] == _NOWHERE else _Found(text, spans if text.isascii() else _in_points(said, spans))

    def finditer(self, text: str, /) -> Iterator[Match]:
        if self._hopeless(text):
            return
        if not text.isascii():
            yield from self._whole.finditer(text)  # it counts code points in one pass over all matches
            return
        said = text.encode()
        at, end = 0, len(said)
        while True:
            spans = self._ask(_ANYWHERE, said, at, end)
            low, high = spans[0]
            if low < 0:
                return
            yield _Found(text, spans)
            if at == end:
                return
            at = at + 1 if at == high else high  # the empty match would be found again

    def findall(self, text: str, /) -> list[str]:
        return self._whole.findall(text)


def _in_points(said: bytes, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return offsets of bytes as offsets of code points, in one pass over the text."""
    points = {-1: -1}
    at = before = 0
    for offset in sorted({each for span in spans for each in span if each >= 0}):
        at += len(said[before:offset].decode())
        before = offset
        points[offset] = at
    return [(points[low], points[high]) for low, high in spans]


def linear(pattern: str, *stems: str) -> Pattern:
    """Compile a pattern with RE2 (Cox 2010: matching by automaton, linear in the length of the text).

    Every match of the pattern must hold one of `stems` (in lower case where the pattern starts with `(?i)`): a text
    without any of them is not searched at all. They change nothing but the time.

    Raises:
        re2.error: if the pattern is none; patterns are constants, so a test meets it first.
    """
    return _Compiled(pattern, stems)


def quoted(words: str) -> str:
    """Return a pattern that matches `words` and nothing else."""
    return "".join(
        f"\\{char}" if char.isascii() and not char.isalnum() and not char.isspace() else char for char in words
    )


class Patterns:
    """Several patterns tried on a text in one pass."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Compile the patterns.

        Raises:
            re2.error: if one of them is none.
        """
        options = _engine.Options()
        options.max_mem = _MEMORY
        self._set: Any = _engine.Set.SearchSet(options)
        for pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def found(self, text: str) -> tuple[int, ...]:
        """Return the places of the patterns that are found in `text`, lowest first."""
        return tuple(sorted(self._set.Match(text) or ()))
