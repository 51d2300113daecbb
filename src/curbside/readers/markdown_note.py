"""What the front matter of a note or guideline says of the work it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from curbside.readers.fields import language
from curbside.readers.markdown_front import Front
from curbside.readers.pages_dates import iso_date
from curbside.records import (
    Author,
    Dated,
    Detail,
    Document,
    DocumentKind,
    Identifiers,
    Journal,
    Span,
    normal_doi,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)

_SHOWN: tuple[str, ...] = (
    *(
        "authors",
        "journal",
        "year",
        "volume",
        "issue",
        "pages",
        "pmid",
        "pmcid",
        "doi",
        "nct",
        "design",
        "n",
        "countries",
    ),
)
"""Front-matter keys of a note that are written into its text, in this order, so that they can be quoted."""

_EVENTS: dict[str, tuple[str, ...]] = {
    "published": ("published", "date", "datepublished", "year"),
    "online": ("online", "epub"),
    "updated": ("updated", "lastupdated", "datemodified", "modified"),
    "written": ("written",),
    "reviewed": ("lastreviewed", "reviewed", "last_reviewed"),
}
"""Event -> front-matter keys that carry its date."""

_INITIALS = re.compile(r"^[A-Z][A-Z.-]{0,5}$")


def is_note(front: Front) -> bool:
    """Tell whether a file says that it is somebody's note on one record."""
    return "note" in front.one("kind").lower().split() or bool(front.one("note_of"))


def head_lines(front: Front) -> tuple[str, ...]:
    """Return the lines `key: value` that open the text of a note."""
    pairs = [(key, "; ".join(front.all(key))) for key in _SHOWN]
    return tuple(f"{key}: {value}" for key, value in pairs if value)


def described(document: Document, front: Front) -> Document:
    """Return the document with what its front matter says of it."""
    return replace(
        document,
        language=language(front.one("language", "lang")),
        ids=_ids(front),
        authors=tuple(author(name) for name in _authors(front)),
        journal=Journal(
            front.one("journal"), "", "", "", front.one("volume"), front.one("issue"), front.one("pages", "page")
        ),
        dates=_dates(front),
        types=_types(document.kind, front),
        keywords=front.all("keywords", "tags"),
        mentioned=tuple(found for nct in front.all("nct", "trials") if (found := normal_nct(nct))),
        licence=front.one("license", "licence"),
        source=front.one("source", "publisher", "note_by"),
        details=_details(document, front),
    )


def _ids(front: Front) -> Identifiers:
    url = front.one("url", "address")
    named = front.one("note_of", "record")
    pmid = front.one("pmid") or (named[5:] if named.lower().startswith("pmid:") else "")
    doi = front.one("doi") or (named[4:] if named.lower().startswith("doi:") else "")
    return Identifiers(
        pmid=normal_pmid(pmid) if pmid else None,
        pmcid=normal_pmcid(front.one("pmcid")) if front.one("pmcid") else None,
        doi=normal_doi(doi) if doi else None,
        others=(("url", url),) if url else (),
    )


def _authors(front: Front) -> tuple[str, ...]:
    listed = front.all("authors", "author")
    if len(listed) == 1 and (";" in listed[0] or listed[0].count(",") > 1):
        return tuple(name.strip() for name in re.split(r";" if ";" in listed[0] else r",", listed[0]) if name.strip())
    return listed


def author(name: str) -> Author:
    """Return an author from `Family, Given`, `Family GG` or `Given Family`; a group where the name says so."""
    bare = " ".join(name.split()).strip(" .;")
    if re.search(r"\b(?:group|consortium|committee|society|board|network|investigators|collaborat)", bare, re.I):
        return Author(collective=bare)
    family, comma, given = bare.partition(",")
    if comma:
        return Author(family.strip(), given.strip())
    words = bare.split(" ")
    if len(words) > 1 and _INITIALS.match(words[-1]):
        return Author(" ".join(words[:-1]), words[-1])
    return Author(words[-1], " ".join(words[:-1])) if words[-1] else Author()


def _dates(front: Front) -> tuple[Dated, ...]:
    found: list[Dated] = []
    for event, keys in _EVENTS.items():
        printed = front.one(*keys)
        iso = iso_date(printed) if printed else ""
        if iso:
            found.append(Dated(event, iso, printed))
    return tuple(found)


def _types(kind: DocumentKind, front: Front) -> tuple[str, ...]:
    types = front.all("design", "types", "article_type")
    guideline = kind is DocumentKind.NOTE and "guideline" in front.one("kind").lower()
    return (*types, "Guideline") if guideline and "Guideline" not in types else types


def _details(document: Document, front: Front) -> tuple[Detail, ...]:
    """Return n and design with the line of the text that states them."""
    details: list[Detail] = []
    for key in ("n", "design"):
        value = front.one(key)
        line = f"{key}: {'; '.join(front.all(key))}"
        at = document.text.find(line) if value and is_note(front) else -1
        if at >= 0:
            details.append(Detail(key, value, Span(at, at + len(line))))
    return tuple(details)
