"""What the API sends of a count check, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Problem


@dataclass(frozen=True, slots=True)
class WordsChecked:
    """Words that were checked and where they stand in the text: code points, half open."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class CheckMade:
    """One thing held against another: the doubted words come first, `why_not` says why it could not be checked."""

    kind: str
    verdict: str
    message: str
    arithmetic: str
    why_not: str
    quotes: tuple[WordsChecked, ...]


@dataclass(frozen=True, slots=True)
class TextChecked:
    """The checks of one document of a text, with how many came out how."""

    document: str
    title: str
    disagrees: int
    agrees: int
    could_not_check: int
    checks: tuple[CheckMade, ...]


@dataclass(frozen=True, slots=True)
class ChecksMade:
    """What became of the checks of a text, and what could not be read of it."""

    documents: tuple[TextChecked, ...]
    problems: tuple[Problem, ...]
