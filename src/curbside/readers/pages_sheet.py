"""A page as lines, whether it came as HTML or as plain text: what recognition and structure work on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from curbside.records import BlockKind, Span, Table

_BULLET = re.compile(r"^(?:[•‣◦▪▸►●○∙·*–—-]|\(?[a-z]\)|\d{1,2}[.)])[ \t\u00a0]{1,8}(?=\S)")
_BLANK = " \t\r\f\v\u00a0\u2007\u202f\u200b\ufeff"
_TERMINAL = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,3}(?:\s?\d{1,2}(?:,\s?\d{1,2}){0,9}\.?)?$")
_LOWER = re.compile(r"(?:^|\s)[a-zà-öø-ÿ]")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
WIDEST_WRAP = 120
"""A text whose lines are longer than this was not wrapped by a program."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page as a reader sees it: a paragraph, heading, item, label or scrap of navigation.

    Attributes:
        span: its words in the sheet's text, without bullet and blanks at the edges.
        words: the words with white space single.
        gap: blank lines before it.
        bullet: whether a bullet or number stands before it.
        indent: blanks before it.
        level: level of the heading that markup says it is, or 0.
        kind: form that markup gives it, or None.
        chrome: whether markup says that it is navigation, a footer or the like.
        linked: share of its words inside links, 0 to 1.
        hints: words of the classes, ids and item properties around it.
    """

    span: Span
    words: str
    gap: int = 0
    bullet: bool = False
    indent: int = 0
    level: int = 0
    kind: BlockKind | None = None
    chrome: bool = False
    linked: float = 0.0
    hints: frozenset[str] = frozenset()

    @property
    def ends(self) -> bool:
        """Whether the line ends as a sentence does, a citation number after the full stop allowed."""
        return bool(_TERMINAL.search(self.words[-80:]))

    @property
    def prose(self) -> bool:
        """Whether the line reads as sentences rather than as a label, a menu or a name."""
        return self.kind is not BlockKind.TABLE and _sentences(self.words)

    @property
    def headlike(self) -> bool:
        """Whether the line could be a heading."""
        if self.level:
            return True
        words = self.words
        if self.bullet or not words or len(words) > 110 or words.count(" ") > 15 or self.kind is not None:
            return False
        return words[-1] not in ".,;!、。" and not words[0].islower() and any(sign.isalpha() for sign in words)


@lru_cache(maxsize=16_384)
def _sentences(words: str) -> bool:
    """Tell whether words are sentences: most of them in lower case, and a stop somewhere."""
    head = words[:2000]
    if _CJK.search(head):
        return len(words) >= 30 or (len(words) >= 12 and words[-1] in "。？！?!")
    many = head.count(" ") + 1
    if len(words) < 45 or many < 8:
        return False
    stopped = len(words) > 140 or ". " in words or bool(_TERMINAL.search(words[-80:]))
    return stopped and len(_LOWER.findall(head)) >= 0.5 * many


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid out.

    Attributes:
        text: the whole text.
        lines: its lines in order.
        markup: whether markup told levels, kinds and chrome.
        meta: name in lower case -> values of the page's metadata (HTML only).
        marks: raised figures and links to references, as (span, raised).
        tables: tables whose rows the lines of kind TABLE hold.
        language: BCP 47 tag that the page declares, or "".
        levels: how many lines the markup makes headings.
    """

    text: str
    lines: tuple[Line, ...]
    markup: bool = False
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    marks: tuple[tuple[Span, bool], ...] = ()
    tables: tuple[Table, ...] = ()
    language: str = ""
    levels: int = 0

    def one(self, *names: str) -> str:
        """Return the first value of the first of the metadata `names` that is there, else ""."""
        return next((values[0] for name in names if (values := self.meta.get(name))), "")


def from_text(text: str) -> Sheet:
    """Return a plain text as a sheet; the text stays as it is, spans point into it.

    Lines that a program wrapped (greedily, at one width) are taken together as the paragraph they were.
    """
    lines: list[Line] = []
    at, gap = 0, 0
    for physical in text.split("\n"):
        bare = physical.strip(_BLANK)
        if bare:
            start = at + physical.index(bare[0], len(physical) - len(physical.lstrip(_BLANK)))
            bullet = _BULLET.match(bare)
            skipped = bullet.end() if bullet and len(bare) > bullet.end() else 0
            span = Span(start + skipped, start + len(bare))
            indent = start - at
            lines.append(Line(span, _single(bare[skipped:]), gap, bool(skipped), indent))
            gap = 0
        else:
            gap += 1
        at += len(physical) + 1
    return Sheet(text, tuple(_unwrapped(text, lines)))


def _single(words: str) -> str:
    return " ".join(words.split())


def _width(lines: Sequence[Line]) -> int:
    """Return the width at which the lines were wrapped, or 0 where they were not."""
    lengths = [line.indent + len(line.span) for line in lines]
    if len(lines) < 6 or max(lengths) > WIDEST_WRAP:
        return 0
    most = max(lengths)
    long = [i for i in range(len(lines) - 1) if lengths[i] >= 0.7 * most and not lines[i + 1].gap]
    running = [i for i in long if not lines[i].ends]
    return most if len(running) >= 4 and 2 * len(running) >= len(long) else 0


def _unwrapped(text: str, lines: list[Line]) -> list[Line]:
    width = _width(lines)
    if not width:
        return lines
    joined: list[Line] = []
    last = lines[0]
    for line in lines:
        first = line.words.split(" ", 1)[0]
        full = last.indent + len(last.span) + 1 + len(first) > width - 1
        if joined and full and not line.gap and not line.bullet and len(last.span) >= 30:
            held = joined[-1]
            span = Span(held.span.start, line.span.end)
            joined[-1] = Line(span, _single(span.of(text)), held.gap, held.bullet, held.indent)
        else:
            joined.append(line)
        last = line
    return joined
