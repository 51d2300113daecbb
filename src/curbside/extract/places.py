"""Where in an article something stands: what is reported as a result, and what is method or background."""

from __future__ import annotations

from functools import lru_cache

from curbside.language.sentences import sentences
from curbside.records import BlockKind, Category, Document, PartRole, Span, Table

_SILENT = frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})


@lru_cache(maxsize=256)
def sentences_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the sentences of a block; those who read designs, dates, money and findings ask for the same ones."""
    return tuple(sentences(text, start, end))


def table_reported(document: Document, table: Table) -> bool:
    """Tell whether a table stands among the results; one that floats outside stands where it is first cited."""
    found = category_at(document, table.span.start)
    if found is Category.NONE and table.label is not None:
        label = " ".join(table.label.of(document.text).split()).rstrip(".")
        found = _first_cited(document, label)
    return found not in _SILENT


def category_at(document: Document, place: int) -> Category:
    """Return what the innermost section with a category around `place` does."""
    found = Category.NONE
    for section in document.sections:
        if section.span.start <= place < section.span.end and section.category is not Category.NONE:
            found = section.category
    return found


def _first_cited(document: Document, label: str) -> Category:
    text, label = document.text.lower(), " ".join(label.lower().split())
    tables = [table.span for table in document.tables]
    for part in document.parts:
        if part.role is not PartRole.BODY:
            continue
        at = part.span.start
        while (at := text.find(label, at, part.span.end)) >= 0:
            after = text[at + len(label) : at + len(label) + 1]
            if not after.isdigit() and not any(span.start <= at < span.end for span in tables):
                return category_at(document, at)
            at += len(label)
    return Category.NONE


def spoken(document: Document) -> tuple[tuple[Span, bool, bool], ...]:
    """Return the blocks of running text: span, whether it reports results, whether it is of the abstract.

    An abstract counts as a report throughout; captions and tables are left to the reader of tables.
    """
    kept: list[tuple[Span, bool, bool]] = []
    tables = [table.span for table in document.tables]
    for block in document.blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.OTHER):
            continue
        if any(span.start <= block.span.start < span.end for span in tables):
            continue
        role = document.parts[block.part].role
        if role not in (PartRole.BODY, PartRole.ABSTRACT):
            continue
        abstract = role is PartRole.ABSTRACT
        category = category_at(document, block.span.start)
        kept.append((block.span, abstract or category is Category.RESULTS, abstract))
    return tuple(kept)
