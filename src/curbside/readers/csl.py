"""Reads CSL-JSON, what Zotero, Pandoc and citation processors exchange (Citation Style Language 1.0.2 input schema).

Fields are those of the schema; titles may be lists, as Crossref sends them, since much that is called CSL comes from
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, cast

from curbside.readers import dates, fields
from curbside.readers.json_values import readings
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.readers.notices import complete
from curbside.records import (
    Author,
    Category,
    Dated,
    Document,
    DocumentKind,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    Raw,
    Reading,
    normal_doi,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)

Item = dict[str, Any]

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "book": "Book",
        "chapter": "Book Chapter",
        "paper-conference": "Conference Paper",
        "report": "Report",
        "thesis": "Thesis",
        "webpage": "Web Page",
        "post-weblog": "Web Page",
        "dataset": "Dataset",
        "article-newspaper": "Newspaper Article",
        "article-magazine": "Magazine Article",
        "standard": "Standard",
        "manuscript": "Unpublished Work",
        "legislation": "Legislation",
        "patent": "Patent",
    }
)
"""CSL type -> publication type, where it says more than that the item is an article."""

_PAGES = frozenset({"webpage", "post", "post-weblog"})
_RETRACTED = re.compile(r"\bretracted (?:publication|article)\b", re.IGNORECASE)


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each item with its line, and what could not be read."""
    yield from readings(raw, _document, "item", "The file holds no CSL item.")


def _said(item: Item, *keys: str) -> str:
    """Return the first of the keys that holds words or a number, as text; of a list its first entry."""
    for key in keys:
        value: Any = item.get(key)
        if isinstance(value, list) and value:
            value = cast(list[Any], value)[0]
        if isinstance(value, str) and (text := fields.clean(value)):
            return text
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _document(item: Item) -> Document:
    kind = _said(item, "type")
    title = fields.unmarked(_said(item, "title"))
    subtitle = fields.unmarked(_said(item, "subtitle"))
    if title and subtitle:
        title += (" " if title[-1] in ":?!.–—-" else ": ") + subtitle
    abstract = item.get("abstract")
    pieces = fields.paragraphs(fields.unmarked(abstract).replace("\n", "\n\n")) if isinstance(abstract, str) else []
    laid = lay_out(title, [Abstract([Passage("", Category.NONE, piece) for piece in pieces])] if pieces else [])
    types = tuple(filter(None, (_TYPES.get(kind, ""),)))
    note, other = _said(item, "note"), fields.unmarked(_said(item, "original-title"))
    notices: list[Notice] = []
    if _RETRACTED.search(note):
        notices.append(Notice(NoticeKind.RETRACTION, False, Identifiers(), note))
    ids = _ids(item, note)
    return Document(
        "",
        laid.text,
        _kind(kind, ids),
        title,
        fields.language(_said(item, "language")),
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=ids,
        authors=tuple(_people(item.get("author"))),
        journal=_journal(item),
        dates=_dates(item),
        types=types,
        keywords=fields.keywords(_said(item, "keyword")),
        notices=complete(types, notices, title),
        licence=_said(item, "license"),
        source=_said(item, "publisher"),
        other_titles=(("", other),) if other and other != title else (),
    )


def _kind(kind: str, ids: Identifiers) -> DocumentKind:
    if kind in _PAGES:
        return DocumentKind.PAGE
    return DocumentKind.TRIAL if kind == "dataset" and ids.nct else DocumentKind.ARTICLE


def _people(listed: Any) -> Iterator[Author]:
    for each in cast(list[Any], listed) if isinstance(listed, list) else []:
        if not isinstance(each, dict):
            continue
        person = cast(Item, each)
        particles = (_said(person, "dropping-particle"), _said(person, "non-dropping-particle"))
        family = " ".join(filter(None, (*particles, _said(person, "family"))))
        given, suffix = _said(person, "given"), _said(person, "suffix")
        if literal := _said(person, "literal", "name"):
            yield Author(collective=literal)
        elif family or given:
            orcid = fields.orcid(_said(person, "ORCID")) or ""
            yield Author(family or given, given if family else "", suffix, "", orcid)


_ISSN = re.compile(r"(?<![\d-])(\d{4}-?\d{3}[\dXx])(?![\d-])")


def _journal(item: Item) -> Journal:
    """Return where it appeared; CSL does not tell printed and electronic ISSN apart, so the first counts as printed."""
    listed = item.get("ISSN")
    printed = " ".join(str(each) for each in cast(list[Any], listed)) if isinstance(listed, list) else str(listed or "")
    issns = list(dict.fromkeys(issn for found in _ISSN.findall(printed) if (issn := fields.issn(found))))
    title, short = _said(item, "container-title"), _said(item, "container-title-short", "journalAbbreviation")
    return Journal(
        title,
        short,
        issns[0] if issns else "",
        issns[1] if len(issns) > 1 else "",
        _said(item, "volume"),
        _said(item, "issue"),
        fields.pages(_said(item, "page")),
    )


def _dates(item: Item) -> tuple[Dated, ...]:
    found = [_dated("published", item.get("issued")), _dated("online", item.get("available-date"))]
    return tuple(each for each in found if each is not None)


def _dated(event: str, value: Any) -> Dated | None:
    """Return a date given as parts, as text in one of CSL's keys, or as text alone; of a range its beginning."""
    if isinstance(value, str):
        given = value
    elif isinstance(value, dict):
        date = cast(Item, value)
        listed: Any = date.get("date-parts")
        first: Any = cast(list[Any], listed)[0] if isinstance(listed, list) and listed else None
        if isinstance(first, list) and first and first[0]:
            year, month, day = (*(str(part) for part in cast(list[Any], first)[:3]), "", "")[:3]
            iso = dates.iso(year, month, day)
            return Dated(event, iso, iso) if iso else None
        given = _said(date, "raw", "literal")
    else:
        return None
    iso = dates.loose(given.split("/")[0] if re.match(r"\d{4}-", given) else given)
    return Dated(event, iso, given) if iso else None


def _ids(item: Item, note: str) -> Identifiers:
    """Return the identifiers; Zotero writes those that it has no field for into the note, as `PMID: 123`."""
    noted = fields.ids_in(note)
    address = _said(item, "URL")
    doi = normal_doi(_said(item, "DOI")) or (normal_doi(address) if "doi.org/" in address else None) or noted[2]
    pmid = normal_pmid(_said(item, "PMID")) or noted[0]
    pmcid = normal_pmcid(_said(item, "PMCID")) or noted[1]
    others = (("url", address),) if address.startswith(("http://", "https://")) else ()
    return Identifiers(pmid, pmcid, doi, normal_nct(_said(item, "number")), others)
