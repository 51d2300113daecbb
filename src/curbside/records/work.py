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
        record: the lead, with what is known of the work (titles, contributors, journal, dates, subjects, notices) put
            together from all documents; its id is "", since no source gave it so.
        lead: the document to read first.
        documents: all of them, the lead first.
    """

    id: str
    record: Document
    lead: Holding
    documents: tuple[Holding, ...]
