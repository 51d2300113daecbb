"""What is embedded of a document: its title with its abstract, and each passage with the headings above it."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records import Document, Span
from curbside.search.analysis import sound
from curbside.search.passages import Passage, cut

MOST = 400
"""Pieces of one document that are embedded; what a longer one says further on is found by its words alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to be embedded.

    Attributes:
        span: what a hit on it shows.
        text: its words, with those that say what it is about.
    """

    span: Span
    text: str


def pieces(document: Document) -> tuple[Piece, ...]:
    """Return the pieces of a document, at most `MOST`; none of them twice.

    A short document is one piece. A long one is its title with its abstract, and its passages (see
    `curbside.search.passages`), those of which nothing may be quoted left out.
    """
    made = cut(document)
    lead = Passage(made.lead.span, made.lead.heading or document.title, made.lead.text)
    found = [
        Piece(passage.span, text)
        for passage in (lead, *made.passages)
        if (text := sound(f"{passage.heading}\n{passage.text}").strip())
    ]
    return tuple(found[:MOST])
