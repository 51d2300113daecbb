"""CSL-JSON, what citation processors and Zotero read (Citation Style Language 1.0.2 input schema)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from curbside.records import Author, Document, DocumentKind, Holding
from curbside.writers.fields import abstract_of, address_of, is_journal_article, one_line, published, subject_words

_TYPES: dict[DocumentKind, str] = {
    DocumentKind.GUIDELINE: "report",
    DocumentKind.SUMMARY: "report",
    DocumentKind.TRIAL: "dataset",
}
"""Kind of document -> CSL type, where it is neither a journal's article nor a page."""


def csl(document: Document) -> dict[str, Any]:
    """Return one item; empty fields are left out."""
    journal, ids = document.journal, document.ids
    numbers = _parts(published(document))
    kind = "article-journal" if is_journal_article(document) else _TYPES.get(document.kind, "webpage")
    item: dict[str, Any] = {
        "id": document.id or next(iter(ids.keys()), document.title),
        "type": kind,
        "title": one_line(document.title),
        "author": [_author(author) for author in document.authors],
        "original-title": next((one_line(title) for _, title in document.other_titles), ""),
        "issued": _date(numbers),
        "available-date": _date(_parts(document.date("online").split("-"))),
        "container-title": journal.title or (document.source if kind == "webpage" else ""),
        "container-title-short": journal.abbreviation,
        "volume": journal.volume,
        "issue": journal.issue,
        "page": journal.pages,
        "DOI": ids.doi,
        "PMID": ids.pmid,
        "PMCID": ids.pmcid,
        "number": ids.nct,
        "ISSN": ", ".join(filter(None, (journal.issn, journal.eissn))),
        "publisher": document.source,
        "language": document.language,
        "keyword": subject_words(document),
        "license": document.licence,
        "URL": address_of(document),
        "abstract": abstract_of(document),
        "note": "Retracted publication" if document.retracted else "",
    }
    return {key: _harmless(value) for key, value in item.items() if value}


def _harmless(value: Any) -> Any:
    """Return words line by line without controls, anything else as it is."""
    return "\n".join(one_line(line) for line in value.split("\n")) if isinstance(value, str) else value


def _parts(pieces: Iterable[str]) -> list[int]:
    return [int(piece) for piece in pieces if piece.isdecimal()]


def _date(numbers: list[int]) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [numbers]} if numbers else None


def _author(author: Author) -> dict[str, str]:
    if author.collective:
        return {"literal": one_line(author.collective)}
    named = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {key: one_line(value) for key, value in named.items() if value}


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield a JSON array of many items, one piece each."""
    lead = "[\n"
    for holding in holdings:
        yield lead + json.dumps(csl(holding.marked), ensure_ascii=False)
        lead = ",\n"
    yield ("[" if lead == "[\n" else "") + "\n]\n"
