"""A work: what all documents that report one thing say of it together."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.document import Document
from curbside.records.library import Holding


@dataclass(frozen=True, slots=True)
class Work:
    """One work with the documents that the library holds of it.

    Attributes:
        id: work id, "w" and 12 hexadecimal digits.
        record: what is known of it (titles, contributors, journal, dates, subjects, notices), put together from the
            documents; it has no text, and no id.
        lead: the document to read first.
        abstract: the document whose abstract is shown, or None where none has one.
        documents: all of them, the lead first.
    """

    id: str
    record: Document
    lead: Holding
    abstract: Holding | None
    documents: tuple[Holding, ...]
