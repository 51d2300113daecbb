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


def linear(pattern: str) -> Pattern:
    """Compile a pattern with RE2 (Cox 2010: matching by automaton, linear in the length of the text).

    Raises:
        re2.error: if the pattern is none; patterns are constants, so a test meets it first.
    """
    return cast(Pattern, _engine.compile(pattern))


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
