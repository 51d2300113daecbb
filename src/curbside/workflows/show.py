"""Show: what the library holds under an id, and the place a quote stands in."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.errors import UsageError
from curbside.records import Document, Holding, PartRole, Span
from curbside.store.base import Store


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document with what stands around it.

    Attributes:
        holding: the document.
        span: the words asked for.
        around: whole blocks that hold them.
        headings: headings above, outermost first.
        role: who speaks there, or None where no part covers the span.
    """

    holding: Holding
    span: Span
    around: Span
    headings: tuple[str, ...]
    role: PartRole | None


def show(name: str, store: Store) -> tuple[Holding, ...]:
    """Return the documents that an id names, oldest first: one for a document id, all for a work or identifier.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    return tuple(store.holdings(store.resolve(name)))


def place(name: str, span: Span, store: Store) -> Place:
    """Return the place of a span in a document.

    Raises:
        NotHeld: if the library shows nothing under `name`.
        UsageError: if `name` means several documents, or the span does not lie in the document.
    """
    holdings = show(name, store)
    if len(holdings) != 1:
        ids = ", ".join(holding.document.id for holding in holdings)
        raise UsageError(f"{name} has {len(holdings)} documents; a place is in one of them. Name one of: {ids}.")
    document = holdings[0].document
    if not 0 <= span.start < span.end <= len(document.text):
        raise UsageError(
            f"{span.start}-{span.end} does not lie in {document.id}, which has {len(document.text)} characters. "
            "Give START-END with START below END, both within it."
        )
    blocks = [block.span for block in document.blocks if block.span.meets(span)]
    starts, ends = [each.start for each in blocks], [each.end for each in blocks]
    around = Span(min([span.start, *starts]), max([span.end, *ends]))
    role = next((part.role for part in document.parts if part.span.covers(span)), None)
    return Place(holdings[0], span, around, _headings(document, span), role)


def _headings(document: Document, span: Span) -> tuple[str, ...]:
    above = [section for section in document.sections if section.span.covers(span) and section.heading is not None]
    above.sort(key=lambda section: section.level)
    return tuple(section.heading.of(document.text) for section in above if section.heading is not None)
