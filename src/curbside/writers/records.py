"""JSON Lines of plain records: one object a document, as `curbside add` reads them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from curbside.records import Author, Document, Holding
from curbside.writers.fields import abstract_of, address_of


def record(document: Document) -> dict[str, Any]:
    """Return a document's bibliographic record and abstract as plain values; empty fields are left out."""
    journal, ids = document.journal, document.ids
    plain: dict[str, Any] = {
        "pmid": ids.pmid,
        "pmcid": ids.pmcid,
        "doi": ids.doi,
        "nct": ids.nct,
        "title": document.title,
        "abstract": abstract_of(document),
        "authors": [_name(author) for author in document.authors],
        "journal": journal.title or journal.abbreviation,
        "journal_abbreviation": journal.abbreviation,
        "issn": journal.issn,
        "eissn": journal.eissn,
        "year": document.year,
        "date": document.date("published", "online"),
        "volume": journal.volume,
        "issue": journal.issue,
        "pages": journal.pages,
        "language": document.language,
        "publication_types": list(document.types),
        "keywords": list(document.keywords),
        "mesh": [heading.name for heading in document.headings],
        "url": address_of(document),
        "retracted": document.retracted,
    }
    return {key: value for key, value in plain.items() if value}


def _name(author: Author) -> str:
    return author.collective or ", ".join(filter(None, (author.family, author.given, author.suffix)))


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield one line of JSON for each document."""
    for holding in holdings:
        yield json.dumps(record(holding.document), ensure_ascii=False) + "\n"
