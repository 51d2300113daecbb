"""Entries of an answer's reference list."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.records import SECOND_HAND, DocumentKind, EvidenceKind, Holding, ReferenceEntry


def entry(holding: Holding, number: int, cited: Iterable[EvidenceKind] = ()) -> ReferenceEntry:
    """Return the entry of a document; its citation is the writers' work and still empty.

    `cited` are the kinds of the passages quoted: a page may hold a reply and unsigned text, an author's page a trial
    and a case report.
    """
    document = holding.document
    kinds = tuple(dict.fromkeys(cited)) or (holding.profile.evidence,)
    kind = " and ".join(sorted(each.value for each in kinds))
    if document.kind is DocumentKind.NOTE:
        kind += ", from a study note"
    secondary = any(each in SECOND_HAND for each in kinds)
    return ReferenceEntry(
        number,
        holding.work,
        document.id,
        holding.origin,
        document.title,
        document.year,
        kind,
        secondary or document.kind is DocumentKind.NOTE,
        "",
        document.ids,
    )
