"""JSON Lines of plain records: one object a document, as `curbside add` reads them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from curbside.records import Author, Document, DocumentKind, Holding, PartRole
from curbside.writers.fields import abstract_pieces, address_of, mesh_line, one_line, types_of


def record(document: Document) -> dict[str, Any]:
    """Return a document's bibliographic record and abstract as plain values; empty fields are left out.

    A labelled abstract is a list of `{label, text}`; a document without an abstract has its body as `text`.
    """
    ids = document.ids
    abstract = _abstract(document)
    plain: dict[str, Any] = {
        "pmid": ids.pmid,
        "pmcid": ids.pmcid,
        "doi": ids.doi,
        "nct": ids.nct,
        "kind": document.kind.value if document.kind is not DocumentKind.ARTICLE else "",
        "title": document.title,
        "abstract": abstract,
        "text": "" if abstract else _body(document),
        "authors": [_author(author, document) for author in document.authors],
        "journal": _filled({"title": document.journal.title, "abbreviation": document.journal.abbreviation}),
        "issn": document.journal.issn,
        "eissn": document.journal.eissn,
        "year": document.year,
        "date": document.date("published", "online"),
        "volume": document.journal.volume,
        "issue": document.journal.issue,
        "pages": document.journal.pages,
        "language": document.language,
        "types": list(types_of(document)),
        "keywords": list(document.keywords),
        "mesh": [mesh_line(heading) for heading in document.headings],
        "registration": list(document.mentioned),
        "license": document.licence,
        "publisher": document.source,
        "url": address_of(document),
        "retracted": document.retracted,
    }
    return _filled(plain)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _abstract(document: Document) -> str | list[dict[str, str]]:
    pieces = abstract_pieces(document)
    if not any(label for label, _ in pieces):
        return "\n\n".join(words for _, words in pieces)
    return [_filled({"label": label, "text": words}) for label, words in pieces]


def _body(document: Document) -> str:
    """Return the paragraphs of the document's own text; nobody else's voice in it is passed off as its body."""
    own = {i for i, part in enumerate(document.parts) if part.role is PartRole.BODY and not part.group}
    return "\n\n".join(one_line(b.span.of(document.text)) for b in document.blocks if b.part in own)


def _author(author: Author, document: Document) -> dict[str, Any]:
    return _filled(
        {
            "family": author.family,
            "given": author.given,
            "suffix": author.suffix,
            "collective": author.collective,
            "orcid": author.orcid,
            "affiliations": [document.affiliations[index] for index in author.affiliations],
        }
    )


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield one line of JSON for each document."""
    for holding in holdings:
        yield json.dumps(record(holding.marked), ensure_ascii=False) + "\n"
