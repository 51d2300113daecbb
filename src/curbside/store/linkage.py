"""Which keys a document goes by and which it cites, for whoever looks up who cites whom."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.records import Document, DocumentKind, Reference, title_key
from curbside.store.base_citing import Linkage

_WORKS = frozenset({DocumentKind.ARTICLE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY, DocumentKind.TRIAL})
"""Kinds of document whose title is that of a work somebody may cite; a page about it or a post is none."""


def linkage_of(document: Document, references: Sequence[Reference] | None = None) -> Linkage:
    """Return the keys of a document's titles and of what its `references` name, by default those of its list.

    An entry goes by its identifiers; by its title only where it has none.
    """
    cites: dict[tuple[int, str], None] = {}
    for entry, reference in enumerate(document.references if references is None else references):
        keys = reference.ids.keys()
        if not keys:
            family = reference.authors[0] if reference.authors else ""
            keys = (title_key(reference.title, reference.year, family),) if reference.title else ()
        cites |= {(entry, key): None for key in keys if key}
    return Linkage(_titles(document), tuple(cites))


def _titles(document: Document) -> tuple[str, ...]:
    if document.kind not in _WORKS:
        return ()
    first = document.authors[0] if document.authors else None
    family = (first.family or first.collective) if first else ""
    year = str(document.year or "")
    printed = (document.title, *(title for _, title in document.other_titles))
    keys = (title_key(title, year, family) for title in printed if title)
    return tuple(dict.fromkeys(key for key in keys if key))
