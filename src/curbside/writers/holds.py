"""What each form of reference managers can hold of a record: one table, and what a test compares field by field.

The forms differ: RIS has no place for an ORCID iD, CSL-JSON does not tell a printed ISSN from an electronic one. What
stands in `HOLDS` for a form comes back when its export is read again; what does not is lost there, and this table is
where that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from curbside.records import Author, Document
from curbside.writers.fields import abstract_of, address_of, mesh_line, one_line, published, types_of

Value = str | tuple[object, ...]


def _plain(text: str) -> str:
    return " ".join(one_line(text).split())


def _person(author: Author) -> tuple[str, str, str, str]:
    return (
        _plain(author.family),
        _plain(author.given),
        _plain(author.suffix).rstrip("."),
        _plain(author.collective),
    )


def _words(document: Document) -> tuple[str, ...]:
    named = [*document.keywords, *(heading.name for heading in document.headings)]
    return tuple(sorted({_plain(word.replace(";", ",")).strip(" ;,") for word in named} - {""}))


FIELDS: Mapping[str, Callable[[Document], Value]] = MappingProxyType(
    {
        "title": lambda document: _plain(document.title),
        "other title": lambda document: _plain(next((t for _, t in document.other_titles), "")),
        "authors": lambda document: tuple(_person(author) for author in document.authors),
        "ORCID iDs": lambda document: tuple(author.orcid for author in document.authors if author.orcid),
        "affiliations": lambda document: tuple(dict.fromkeys(_plain(each) for each in document.affiliations)),
        "affiliations by author": lambda document: tuple(
            tuple(_plain(document.affiliations[at]) for at in author.affiliations)
            for author in document.authors
            if author.affiliations
        ),
        "journal": lambda document: _plain(document.journal.title),
        "abbreviation": lambda document: _plain(document.journal.abbreviation),
        "ISSNs": lambda document: tuple(sorted({document.journal.issn, document.journal.eissn} - {""})),
        "printed and electronic ISSN": lambda document: (document.journal.issn, document.journal.eissn),
        "volume": lambda document: document.journal.volume,
        "issue": lambda document: document.journal.issue,
        "pages": lambda document: document.journal.pages,
        "date": lambda document: "-".join(filter(None, published(document))),
        "online date": lambda document: document.date("online"),
        "dates of the manuscript": lambda document: (document.date("received"), document.date("accepted")),
        "PMID": lambda document: document.ids.pmid or "",
        "PMCID": lambda document: document.ids.pmcid or "",
        "DOI": lambda document: document.ids.doi or "",
        "register's number": lambda document: document.ids.nct or "",
        "address": address_of,
        "language": lambda document: document.language,
        "publication types": types_of,
        "subject words": _words,
        "subject headings": lambda document: tuple(
            mesh_line(heading) for heading in document.headings if "/" not in heading.name
        ),
        "abstract": lambda document: _plain(abstract_of(document).replace(":", " ")),  # a label may get its colon
        "publisher": lambda document: _plain(document.source),
        "licence": lambda document: _plain(document.licence),
        "retraction": lambda document: "retracted" if document.retracted else "",
        "notices": lambda document: tuple(
            (notice.kind.value, notice.issued) for notice in document.notices if notice.ids.keys() or notice.text
        ),
        "registered trials and data": lambda document: document.mentioned,
    }
)
"""Field -> its value in a form that can be compared: blanks run together; "" or empty where the record has none."""

_EVERY = (
    *("title", "other title", "authors", "journal", "abbreviation", "ISSNs", "volume", "issue", "pages", "date"),
    *("PMID", "PMCID", "DOI", "language", "subject words", "abstract", "publisher", "retraction"),
)

HOLDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ris": frozenset(
            (
                *_EVERY,
                "affiliations",
                "printed and electronic ISSN",
                "online date",
                "register's number",
                "address",
                "publication types",
            )
        ),
        "nbib": frozenset(
            (
                *_EVERY,
                *("ORCID iDs", "affiliations by author", "printed and electronic ISSN", "online date"),
                *("dates of the manuscript", "publication types", "subject headings", "notices"),
                *("registered trials and data",),
            )
        ),
        "bibtex": frozenset(
            (
                *_EVERY,
                "affiliations",
                "printed and electronic ISSN",
                "register's number",
                "address",
                "publication types",
                "licence",
            )
        ),
        "csl": frozenset((*_EVERY, "online date", "register's number", "address", "licence")),
    }
)
"""Form -> the fields that it holds."""


def held(document: Document, form: str) -> tuple[str, ...]:
    """Return the fields that a document has and that a form can hold, in the order of `FIELDS`."""
    return tuple(name for name, value in FIELDS.items() if name in HOLDS[form] and _there(value(document)))


def lost(before: Document, after: Document, form: str) -> tuple[str, ...]:
    """Return the fields that a form holds and that did not come back: there before, and not the same afterwards."""
    return tuple(name for name in held(before, form) if FIELDS[name](before) != FIELDS[name](after))


def _there(value: Value) -> bool:
    return any(value) if isinstance(value, tuple) else bool(value)
