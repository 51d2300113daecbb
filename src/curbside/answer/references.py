"""Entries of an answer's reference list."""

from __future__ import annotations

from curbside.records import DocumentKind, EvidenceKind, Holding, ReferenceEntry


def entry(holding: Holding, number: int) -> ReferenceEntry:
    """Return the entry of a document; its citation is the writers' work and still empty."""
    document = holding.document
    evidence = holding.profile.evidence
    kind = evidence.value if document.kind is not DocumentKind.NOTE else f"{evidence.value}, from a study note"
    secondary = evidence in (EvidenceKind.SECONDARY, EvidenceKind.REPLY, EvidenceKind.GENERATED)
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
