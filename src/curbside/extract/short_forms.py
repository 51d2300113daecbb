"""A document's own abbreviations: those that its text defines, then those that the notes of its tables list."""

from __future__ import annotations

from curbside.language.short_forms import ShortForm, definitions, listed
from curbside.records import Document, Span

_LONGEST = 400_000
"""Code points in which short forms are looked for."""


def short_forms(document: Document) -> dict[str, str]:
    """Return short form -> long form, both as printed; the first definition of a short form holds."""
    return {each.short.of(document.text): each.long.of(document.text) for each in reversed(defined(document))}


def defined(document: Document) -> list[ShortForm]:
    """Return the definitions of the text in its order, then those of its tables' notes."""
    text = document.text[:_LONGEST]
    found = definitions(text)
    for table in document.tables:
        for note in table.footnotes:
            found += listed(document.text, Span(note.start, note.end))
    return found
