"""RIS, the tagged format of reference managers (Research Information Systems, 2011 description)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curbside.records import Author, Document, DocumentKind, Holding
from curbside.writers.fields import abstract_of, address_of, inverted, one_line, page_range, published, types_of

_TYPES: dict[DocumentKind, str] = {
    DocumentKind.ARTICLE: "JOUR",
    DocumentKind.GUIDELINE: "RPRT",
    DocumentKind.SUMMARY: "RPRT",
    DocumentKind.TRIAL: "DBASE",
    DocumentKind.NOTE: "JOUR",
}
"""Kind of document -> `TY`; everything else is a web page (`ELEC`)."""


def ris(document: Document) -> str:
    """Return one record, ended by `ER` and a blank line; every value is one line.

    PubMed's id stands in `AN` (with `DB`, since other databases number their records too), PubMed Central's in `C2`,
    the publication types in `M3`, a retraction there and in `N1`.
    """
    journal, ids = document.journal, document.ids
    year, month, day = published(document)
    first, last = page_range(document)
    simple = "," not in journal.pages and "-" not in last
    fields: list[tuple[str, str]] = [("TY", _TYPES.get(document.kind, "ELEC"))]
    fields += [("AU", _author(author)) for author in document.authors]
    fields += [
        ("TI", document.title),
        *(("TT", title) for _, title in document.other_titles),
        ("T2", journal.title),
        ("J2", journal.abbreviation),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if month else ""),
        ("VL", journal.volume),
        ("IS", journal.issue),
        ("ET", document.date("online").replace("-", "/")),
        *(("SP", journal.pages),) * (not simple),
        *(("SP", first), ("EP", last)) * simple,
        ("SN", journal.issn),
        ("SN", journal.eissn and f"{journal.eissn}{'' if journal.issn else ' (Electronic)'}"),
        ("DO", ids.doi or ""),
        ("AN", ids.pmid or ids.nct or ""),
        ("C2", ids.pmcid or ""),
        *(("KW", word) for word in document.keywords),
        *(("KW", heading.name) for heading in document.headings),
        ("LA", document.language),
        ("PB", document.source),
        *(("M3", kind) for kind in types_of(document)),
        *(("AD", place) for place in document.affiliations),
        ("DB", "PubMed" if ids.pmid else ""),
        ("N1", "Retracted publication" if document.retracted else ""),
        ("UR", address_of(document)),
        ("AB", abstract_of(document)),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if one_line(value)]
    return "\n".join([*lines, "ER  - ", "", ""])


def _author(author: Author) -> str:
    """Return a name as `inverted` has it; a comma behind a group's name, as EndNote writes it, keeps it whole."""
    if author.collective:
        return f"{inverted(author)},"
    alone = not author.given and not author.suffix and " " in author.family
    return f"{inverted(author)}, " if alone else inverted(author)


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield the records of many documents, one piece each."""
    for holding in holdings:
        yield ris(holding.marked)
