"""What an HTML page says of itself in its head: meta elements, links, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from curbside.readers.fields import language
from curbside.readers.pages_dates import iso_date
from curbside.readers.pages_people import named
from curbside.readers.pages_sheet import Sheet
from curbside.records import Author, Dated, Document, DocumentKind

LONGEST_DATA = 500_000
"""JSON-LD longer than this is passed over."""

MOST_NODES = 5_000
"""No more nodes of JSON-LD are looked at."""

_DATA_KEYS = frozenset(
    (
        *("headline", "name", "datepublished", "datemodified", "lastreviewed", "license", "inlanguage", "description"),
        *("datecreated", "text", "upvotecount"),
    )
)
_EVENTS: Mapping[str, tuple[str, ...]] = {
    "published": ("article:published_time", "ld:datepublished", "dc.date", "dc.date.issued", "dcterms.date", "date"),
    "updated": ("article:modified_time", "ld:datemodified", "og:updated_time", "last-modified", "dcterms.modified"),
    "reviewed": ("ld:lastreviewed", "lastreviewed"),
}
"""Event -> names of metadata that carry its date."""


def metadata(root: Any) -> dict[str, tuple[str, ...]]:
    """Return name in lower case -> values, in order, of everything in the head of a page.

    `citation_author_institution` rows come as `number of the author TAB institution`, since they belong to the
    author named last before them.
    """
    found: dict[str, list[str]] = {}
    authors = 0
    for element in root.iter("meta", "link", "title", "script"):
        if element.tag == "title":
            found.setdefault("title", []).append(" ".join((element.text or "").split()))
        elif element.tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                found.setdefault(f"link:{rel}", []).append(element.get("href") or "")
        elif element.tag == "script":
            if "ld+json" in (element.get("type") or ""):
                _data(element.text or "", found)
        else:
            name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
            value = " ".join((element.get("content") or "").split())
            if name and value:
                authors += name == "citation_author"
                row = f"{max(0, authors - 1)}\t{value}" if name == "citation_author_institution" else value
                found.setdefault(name, []).append(row)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if language:
        found["lang"] = [language]
    for element in root.xpath("//*[@itemtype]"):
        found.setdefault("@type", []).append(str(element.get("itemtype")).rstrip("/").rsplit("/", 1)[-1])
    return {name: tuple(value for value in values if value) for name, values in found.items() if any(values)}


def _data(source: str, found: dict[str, list[str]]) -> None:
    """Collect types, names and dates from JSON-LD, whatever its nesting."""
    if len(source) > LONGEST_DATA:
        return
    try:
        waiting: list[tuple[str, object]] = [("", json.loads(source))]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < MOST_NODES:
        seen += 1
        key, node = waiting.pop()
        if isinstance(node, dict):
            _node(key, cast("dict[str, object]", node), found)
            waiting += [(name.lower(), inner) for name, inner in reversed(cast("dict[str, object]", node).items())]
        elif isinstance(node, list):
            waiting += [(key, inner) for inner in reversed(cast("list[object]", node))]


def _node(key: str, node: dict[str, object], found: dict[str, list[str]]) -> None:
    kinds = node.get("@type")
    listed = cast("list[object]", kinds) if isinstance(kinds, list) else [kinds]
    found.setdefault("@type", []).extend(kind for kind in listed if isinstance(kind, str))
    for name, value in node.items():
        if name.lower() in _DATA_KEYS and isinstance(value, str):
            place = f"ld:{key}.{name.lower()}" if key and name.lower() == "name" else f"ld:{name.lower()}"
            found.setdefault(place, []).append(" ".join(value.split()))


def described(document: Document, sheet: Sheet) -> Document:
    """Return the document with what the page's metadata say and its lines did not."""
    one = sheet.one
    known = {dated.event for dated in document.dates}
    dates = list(document.dates)
    for event, names in _EVENTS.items():
        printed = one(*names)
        if printed and event not in known and iso_date(printed):
            dates.append(Dated(event, iso_date(printed), printed))
    address = one("link:canonical", "og:url", "citation_public_url", "citation_fulltext_html_url")
    others = (*document.ids.others, ("url", address)) if address.startswith("http") else document.ids.others
    title = document.title or one("og:title", "ld:headline", "title")
    return replace(
        document,
        title=title,
        language=document.language or language(one("lang", "dc.language", "citation_language", "ld:inlanguage")),
        ids=replace(document.ids, others=others),
        dates=tuple(dates),
        authors=document.authors or _authors(document, sheet),
        licence=document.licence or one("dc.rights", "link:license", "ld:license", "citation_license"),
        source=document.source or one("og:site_name", "citation_publisher", "dc.publisher", "ld:publisher.name"),
        keywords=document.keywords or _keywords(document, sheet),
    )


def _authors(document: Document, sheet: Sheet) -> tuple[Author, ...]:
    if document.kind not in (DocumentKind.PAGE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY):
        return ()
    names = sheet.meta.get("author", ()) or sheet.meta.get("ld:author.name", ())
    return tuple(author for name in names[:50] if (author := named(name)))


def _keywords(document: Document, sheet: Sheet) -> tuple[str, ...]:
    if document.kind is DocumentKind.ARTICLE:
        return ()
    return tuple(word.strip() for row in sheet.meta.get("keywords", ()) for word in row.split(",") if word.strip())
