"""Reads JSON Lines of plain records: objects with a title, an abstract or a text, and what is known of them.

The keys are those that people and programs use for such records; `KEYS` says which mean what, in any case and with
`-` or a space for `_`. Keys that no line of the table names are reported once for a file and not read. What a record
does not say stays unsaid: a row of figures with a title is a document of that title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from curbside.language import labels
from curbside.readers import dates, fields
from curbside.readers.json_values import values
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.readers.notices import complete
from curbside.records import (
    Author,
    Category,
    Dated,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    PartRole,
    Problem,
    Raw,
    Reading,
    normal_doi,
    normal_nct,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)

Record = dict[str, Any]

KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "article_title", "ti"),
    "abstract": ("abstract", "abstract_text", "abstracttext", "ab"),
    "text": ("text", "full_text", "fulltext", "body", "content"),
    "sections": ("sections", "body_sections"),
    "summary": ("tldr", "plain_summary", "plain_language_summary"),
    "kind": ("kind", "document_kind"),
    "language": ("language", "lang"),
    "pmid": ("pmid", "pubmed_id"),
    "pmcid": ("pmcid", "pmc", "pmc_id"),
    "doi": ("doi",),
    "nct": ("nct", "nct_id"),
    "registration": ("registration", "trial_registration", "registrations"),
    "url": ("url", "urls", "link"),
    "id": ("id", "_id", "corpus_id"),
    "journal": ("journal", "journal_title", "venue"),
    "issn": ("issn",),
    "eissn": ("eissn", "e_issn"),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("pages",),
    "date": ("date", "publication_date", "pub_date", "published"),
    "year": ("year", "publication_year", "pub_year"),
    "updated": ("updated", "last_updated"),
    "authors": ("authors", "author"),
    "first_author": ("first_author",),
    "affiliations": ("affiliations", "affiliation"),
    "types": ("types", "type", "pub_types", "publication_types", "study_kind", "study_type", "design"),
    "keywords": ("keywords", "topics", "topic", "tags"),
    "mesh": ("mesh", "meshes", "mesh_terms", "mesh_headings", "headings"),
    "retracted": ("retracted", "is_retracted"),
    "license": ("license", "licence"),
    "publisher": ("publisher",),
}
"""Field -> keys of a record that mean it; of several the first that says something counts, of lists all."""

PROVENANCE = frozenset({"source", "note", "notes", "copy", "seen", "seen_at", "checked", "checked_fields", "metadata"})
"""Keys that say how a record came to be written down; they are no evidence and are not read."""

_KNOWN = frozenset(key for keys in KEYS.values() for key in keys) | PROVENANCE
_KINDS = {kind.value: kind for kind in DocumentKind}


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each record with its line; lines that are no record, and unknown keys, as problems."""
    unknown: dict[str, int] = {}
    found = False
    for line, value in values(raw):
        found = True
        if isinstance(value, Problem):
            yield Reading(None, line, 0, (value,))
            continue
        record = {_plain(key): item for key, item in value.items()}
        for key in record:
            if key not in _KNOWN:
                unknown.setdefault(key, line)
        document = _document(record)
        if document.text:
            yield Reading(document, line)
        else:
            what = "The record has no title, abstract or text and was left out."
            yield Reading(None, line, 0, (Problem(what, raw.origin, line, "Give it at least a title."),))
    if unknown:
        named = ", ".join(sorted(unknown))
        what = f"Keys without a meaning for Curbside were not read: {named}."
        first = min(unknown.values())
        yield Reading(
            None, first, 0, (Problem(what, raw.origin, first, "The manual lists those it reads.", lost=False),)
        )
    if not found:
        yield Reading(None, problems=(Problem("The file holds no record.", raw.origin),))


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    return re.sub(r"[\s-]", "_", key.strip()).lower()


def _value(record: Record, field: str) -> Any:
    """Return what the record says of a field under the first of its keys that says something, else None."""
    for key in KEYS[field]:
        value = record.get(key)
        if value is not None and value not in ("", [], {}):
            return value
    return None


def _text(value: Any) -> str:
    """Return a value as text: words or a number; "" for anything else."""
    if isinstance(value, str):
        return fields.clean(value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _str(record: Record, field: str) -> str:
    value = _value(record, field)
    return _text(cast(list[Any], value)[0] if isinstance(value, list) else value)


def _texts(record: Record, field: str) -> list[str]:
    """Return all that a record says of a field, under all of its keys, without repeats."""
    found: dict[str, None] = {}
    for key in KEYS[field]:
        value = record.get(key)
        for item in cast(list[Any], value) if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                named = cast(Record, item)
                item = named.get("name") or named.get("label") or named.get("display_name")
            if text := _text(item):
                found[text] = None
    return list(found)


def _document(record: Record) -> Document:
    title = _str(record, "title")
    laid = lay_out(title, _abstracts(record))
    people, places = _people(record)
    types = tuple(_texts(record, "types"))
    return Document(
        "",
        laid.text,
        _KINDS.get(_str(record, "kind").lower(), DocumentKind.ARTICLE),
        title,
        fields.language(_str(record, "language")),
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=_ids(record),
        authors=people,
        affiliations=places,
        journal=_journal(record),
        dates=_dates(record),
        types=types,
        headings=_headings(record),
        keywords=tuple(_texts(record, "keywords")),
        notices=complete(types, _notices(record), title),
        mentioned=tuple(normal_nct(text) or text for text in _texts(record, "registration")),
        licence=_str(record, "license"),
        source=_str(record, "publisher"),
    )


def _abstracts(record: Record) -> list[Abstract]:
    """Return abstract, body and summary, each where the record has it."""
    body = _passages(_value(record, "text")) + _passages(_value(record, "sections"))
    stretches = [
        Abstract(_passages(_value(record, "abstract"))),
        Abstract(body, PartRole.BODY),
        Abstract(_passages(_value(record, "summary")), PartRole.SUMMARY),
    ]
    return [stretch for stretch in stretches if stretch.passages]


def _passages(value: Any) -> list[Passage]:
    """Return the paragraphs of a text, of a list of texts or labelled objects, or of an object label -> text."""
    if isinstance(value, str):
        return [Passage("", Category.NONE, piece) for piece in fields.paragraphs(value)]
    if isinstance(value, list):
        return [passage for item in cast(list[Any], value) for passage in _labelled(item)]
    if isinstance(value, dict):
        pairs = cast(Record, value).items()
        return [passage for label, text in pairs for passage in _under(_text(label), _flat(text))]
    return []


def _labelled(item: Any) -> list[Passage]:
    if not isinstance(item, dict):
        return _passages(item) if isinstance(item, str) else []
    entry = {_plain(key): value for key, value in cast(Record, item).items()}
    label = next((text for key in ("label", "heading", "title", "name") if (text := _text(entry.get(key)))), "")
    text = next((flat for key in ("text", "paragraphs", "content", "body") if (flat := _flat(entry.get(key)))), "")
    return _under(label, text)


def _flat(value: Any) -> str:
    """Return a text, or a list of texts as paragraphs."""
    if isinstance(value, list):
        return "\n\n".join(piece for item in cast(list[Any], value) if (piece := _text(item)))
    return _text(value)


def _under(label: str, text: str) -> list[Passage]:
    """Return the paragraphs under a label; the label heads the first, the rest share its category."""
    does = labels.category(label) if label else Category.NONE
    pieces = fields.paragraphs(text)
    if label and not pieces:
        return []
    return [Passage("" if index else label, does, piece) for index, piece in enumerate(pieces)]


def _people(record: Record) -> tuple[tuple[Author, ...], tuple[str, ...]]:
    """Return the authors, given as strings or objects, or as one string with semicolons between the names."""
    value = _value(record, "authors")
    if isinstance(value, str):
        value = [name for name in re.split(r";|\band\b(?=[^,;]*$)|(?<=[A-Z]{2}),|(?<= [A-Z]),", value) if name.strip()]
    items = cast(list[Any], value) if isinstance(value, list) else [value]
    places = dict.fromkeys(_texts(record, "affiliations"))
    index = {place: at for at, place in enumerate(places)}
    people = [author for item in items if item and (author := _author(item, index))]
    if not people and (first := _str(record, "first_author")):
        people = [fields.name(first)]
    return tuple(people), tuple(index)


def _author(item: Any, places: dict[str, int]) -> Author | None:
    if isinstance(item, str):
        return fields.name(item) if item.strip() else None
    if not isinstance(item, dict):
        return None
    entry = {_plain(key): value for key, value in cast(Record, item).items()}

    def said(*keys: str) -> str:
        return next((text for key in keys if (text := _text(entry.get(key)))), "")

    where = entry.get("affiliations") or entry.get("affiliation") or ()
    named = [
        text for place in (cast(list[Any], where) if isinstance(where, list) else [where]) if (text := _text(place))
    ]
    indexes = tuple(dict.fromkeys(places.setdefault(place, len(places)) for place in named))
    orcid = said("orcid")
    if collective := said("collective", "group"):
        return Author(collective=collective, affiliations=indexes)
    if family := said("family", "last", "last_name", "lastname", "surname"):
        given = said("given", "first", "first_name", "firstname", "fore_name", "forename", "initials")
        return Author(family, given, said("suffix"), "", normal_orcid(orcid) or "" if orcid else "", indexes)
    printed = said("name", "display_name", "full_name")
    return fields.name(printed, orcid, indexes) if printed else None


def _journal(record: Record) -> Journal:
    """Return the journal, given as its title or as an object."""
    value = _value(record, "journal")
    entry = {_plain(key): item for key, item in cast(Record, value).items()} if isinstance(value, dict) else {}
    title = _text(entry.get("title") or entry.get("name")) if entry else _str(record, "journal")

    def said(field: str) -> str:
        return _str(record, field) or _text(entry.get(field))

    volume, issue, pages = said("volume"), said("issue"), fields.pages(said("pages"))
    if not volume and not pages:
        title, volume, issue, pages = fields.placed(title)
    return Journal(
        title,
        _text(entry.get("abbreviation")),
        fields.issn(said("issn")),
        fields.issn(said("eissn")),
        volume,
        issue,
        pages,
    )


def _dates(record: Record) -> tuple[Dated, ...]:
    published = dates.dated("published", _str(record, "date")) or dates.dated("published", _str(record, "year"))
    return (*published, *dates.dated("updated", _str(record, "updated")))


def _ids(record: Record) -> Identifiers:
    others: list[tuple[str, str]] = []
    if own := _str(record, "id"):
        openalex = re.search(r"openalex\.org/(W\d{1,20})$", own)
        others.append(("openalex", openalex.group(1)) if openalex else ("id", own))
    others += [("url", text) for text in _texts(record, "url") if text.startswith(("http://", "https://"))]
    pmcid = re.sub(r"^https?://\S{0,60}/(?=PMC\d)", "", _str(record, "pmcid"))
    return Identifiers(
        normal_pmid(_str(record, "pmid")),
        normal_pmcid(pmcid.rstrip("/")),
        normal_doi(_str(record, "doi")),
        normal_nct(_str(record, "nct")),
        tuple(others),
    )


def _headings(record: Record) -> tuple[Heading, ...]:
    """Return MeSH headings, given as strings in MEDLINE's form or as objects."""
    found: list[Heading] = []
    for text in _texts(record, "mesh"):
        if heading := fields.mesh(text):
            found.append(heading)
    return tuple(found)


def _notices(record: Record) -> list[Notice]:
    """Return the retraction that a record says it has received: a truth value, or words that say more."""
    value = _value(record, "retracted")
    if value is True or (isinstance(value, str) and value.strip().lower() not in ("", "no", "false", "0", "none")):
        pmid, pmcid, doi = fields.ids_in(value) if isinstance(value, str) else (None, None, None)
        text = value if isinstance(value, str) else "retracted"
        return [Notice(NoticeKind.RETRACTION, False, Identifiers(pmid, pmcid, doi), text)]
    return []
