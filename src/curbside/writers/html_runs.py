"""A stretch of a document as runs for a page: plain words, lit words, and citation marks that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from curbside.records import Document, Span

QUOTE = "quote"
"""Anchor of the first lit words of a page."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are shown in one way.

    Attributes:
        words: as they stand in the document; not escaped, so that a page must do it.
        lit: whether they are quoted words.
        anchor: id that these words carry on the page, or "".
        href: where they lead on the page ("#ref-3"), or "".
        raised: whether they were printed raised, as citation marks often are.
    """

    words: str
    lit: bool = False
    anchor: str = ""
    href: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A citation mark in the text and where it leads."""

    span: Span
    href: str
    raised: bool = False


def runs(text: str, span: Span, lit: Sequence[Span] = (), links: Sequence[Link] = (), anchor: str = "") -> list[Run]:
    """Return the words of `span` as runs, in order; together they are exactly the words of the span.

    `lit` may overlap; what any of them covers is lit. The first lit run carries `anchor`. Links do not overlap.
    """
    lights = [each for each in lit if each.meets(span)]
    marks = [each for each in links if each.span.meets(span)]
    cuts = {span.start, span.end}
    for each in (*lights, *(mark.span for mark in marks)):
        cuts |= {min(max(each.start, span.start), span.end), min(max(each.end, span.start), span.end)}
    ordered = sorted(cuts)
    found: list[Run] = []
    for start, end in pairwise(ordered):
        piece = Span(start, end)
        mark = next((each for each in marks if each.span.covers(piece)), None)
        bright = any(each.covers(piece) for each in lights)
        name = anchor if bright and anchor else ""
        found.append(
            Run(piece.of(text), bright, name, mark.href if mark else "", mark.raised if mark else False),
        )
        anchor = "" if name else anchor
    return found


def links_of(document: Document, base: str = "") -> list[Link]:
    """Return the citation marks of a document, each leading to the first entry that it names."""
    return [
        Link(marker.span, f"{base}#ref-{marker.references[0]}", marker.superscript)
        for marker in document.markers
        if marker.references
    ]


def within(links: Iterable[Link], spans: Iterable[Span]) -> Iterator[list[Link]]:
    """Yield for each of `spans` the links that meet it; both in order of their place. Linear."""
    ordered = list(links)
    first = 0
    for span in spans:
        while first < len(ordered) and ordered[first].span.end <= span.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].span.start < span.end:
            last += 1
        yield ordered[first:last]
