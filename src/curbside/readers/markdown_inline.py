"""Inline markdown to plain words, with the places of links and raised figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from curbside.records import Span

LONGEST = 100_000
"""Inline text longer than this is kept as it stands: no paragraph that a person wrote is."""

_LINK = re.compile(r'(!?)\[(\[?[^\[\]\n]{0,400}\]?)\]\(([^\s()]{0,2000})(?:\s"[^"\n]{0,2000}")?\)')
_SPECIAL = re.compile(r"[\\`*_<&~\n]|!\[|\]\(|\]\[")
_inline = MarkdownIt("commonmark").enable("strikethrough")


@dataclass(frozen=True, slots=True)
class Link:
    """A link and the words that carry it, as a span of the reduced text."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Words:
    """Inline text reduced to what a reader sees.

    Attributes:
        text: the words.
        links: links in order.
        raised: spans that were superscript.
    """

    text: str
    links: tuple[Link, ...] = ()
    raised: tuple[Span, ...] = ()


def reduced(source: str) -> Words:
    """Return the words of inline markdown: links as their text, emphasis and images gone, entities resolved."""
    if len(source) > LONGEST:
        return Words(source)
    quick = _links_only(source)
    return quick if quick is not None else _parsed(source)


def _links_only(source: str) -> Words | None:
    """Reduce text whose only markup is links; None where there is other markup."""
    if _SPECIAL.search(_LINK.sub("", source)):
        return None
    pieces: list[str] = []
    links: list[Link] = []
    length, at = 0, 0
    for found in _LINK.finditer(source):
        before = source[at : found.start()]
        words = "" if found.group(1) else found.group(2)
        if _SPECIAL.search(words):
            return None
        pieces += [before, words]
        length += len(before)
        if words:
            links.append(Link(Span(length, length + len(words)), found.group(3)))
        length += len(words)
        at = found.end()
    pieces.append(source[at:])
    return Words("".join(pieces), tuple(links))


class _Reduction:
    """Collects words while walking inline tokens."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.raised: list[Span] = []
        self._open_links: list[tuple[int, str]] = []
        self._open_raised: list[int] = []

    def add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def take(self, token: Token) -> None:
        kind = token.type
        if kind in ("text", "code_inline", "text_special"):
            self.add(token.content)
        elif kind in ("softbreak", "hardbreak"):
            self.add(" " if kind == "softbreak" else "\n")
        elif kind == "link_open":
            self._open_links.append((self.length, str(token.attrs.get("href", ""))))
        elif kind == "link_close" and self._open_links:
            start, target = self._open_links.pop()
            if self.length > start:
                self.links.append(Link(Span(start, self.length), target))
        elif kind == "html_inline":
            self._tag(token.content.lower())

    def _tag(self, tag: str) -> None:
        if tag.startswith("<sup"):
            self._open_raised.append(self.length)
        elif tag.startswith("</sup") and self._open_raised:
            self.raised.append(Span(self._open_raised.pop(), self.length))
        elif tag.startswith("<br"):
            self.add("\n")
        elif not re.match(r"</?[a-z][a-z0-9]{0,14}[\s/>]|<!", tag):
            self.add(tag)


def _parsed(source: str) -> Words:
    reduction = _Reduction()
    for token in _inline.parseInline(source)[0].children or []:
        reduction.take(token)
    return Words("".join(reduction.pieces), tuple(reduction.links), tuple(reduction.raised))


def plain(source: str) -> str:
    """Return the words alone, entities resolved, white space single."""
    return " ".join(unescape(reduced(source).text).split())
