"""Blocks: what stands on a printed page, before anybody has said in which form; every word in them is plain text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_SHORT = 56
"""Code points of a title that stand on top of each sheet of paper."""

_COLUMN = 24
"""Code points of a cell from which its column gets no wider: longer cells have several lines."""


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = "plain"
    SMALL = "small"
    QUOTE = "quote"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row.

    Attributes:
        words: plain text, with nothing in it that nobody sees.
        href: where they lead: an absolute http(s) address, "#" and an anchor of the same page, or "".
        strong: whether they stand out.
        said: what a screen reader says in their place, or "".
    """

    words: str
    href: str = ""
    strong: bool = False
    said: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in a paragraph."""

    runs: Runs
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title.

    Attributes:
        words: plain text.
        level: 2 or deeper; the title of the page is the only one of level 1.
    """

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list.

    Attributes:
        parts: paragraphs, the first beside its number.
        number: as printed, 0 in a list without numbers.
        anchor: what leads here, or "".
    """

    parts: tuple[Paragraph, ...]
    number: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbers rise, and some may be missing."""

    items: tuple[Item, ...]

    @property
    def numbered(self) -> bool:
        """Whether its items have numbers."""
        return any(item.number for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings; each row has as many cells as there are headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]

    @property
    def shares(self) -> tuple[int, ...]:
        """How much of a line's width each column has, in hundredths: by its longest cell, up to a bound."""
        columns = zip(self.head, *([words_of(cell) for cell in row] for row in self.rows))
        wanted = [min(_COLUMN, max(map(len, column)) + 2) for column in columns]
        return tuple(100 * each // sum(wanted) for each in wanted)


Block = Paragraph | Heading | Items | Table


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A text to be written out in some form.

    Attributes:
        title: of it.
        over: paragraphs between title and text: how it stands, who wrote it.
        blocks: the text.
        running: what stands on top of each sheet of paper.
        place: its address, at the foot of each sheet.
        authors: their names.
        about: one sentence on what it is.
        language: BCP 47 tag.
        created, modified: ISO times, UTC.
        identity: 64 hexadecimal digits; the same for the same page.
        grave: whether its readers are warned of it.
    """

    title: str
    over: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
    running: str
    place: str
    authors: tuple[str, ...]
    about: str
    created: str
    modified: str
    identity: str
    grave: bool = False
    language: str = "en"

    @property
    def short(self) -> str:
        """The title, cut between words where it is long."""
        if len(self.title) <= _SHORT:
            return self.title
        return self.title[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:(") + " …"


def turned(words: str) -> bool:
    """Tell whether words run from right to left: whether the first letter with a direction does (UAX 9, P2)."""
    for letter in words:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False


def words_of(runs: Runs) -> str:
    """Return the words of runs as one text."""
    return "".join(run.words for run in runs)
