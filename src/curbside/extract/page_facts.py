"""What a document states of itself: title, type, issue line, numbers, dates, who asked, who replied, banners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curbside.records import Date, Detail, Document, Fact, FactValue, Field, IssueLine, Quote, Span, Terms

_FIELDS = {
    "title": Field.TITLE,
    "article type": Field.ARTICLE_TYPE,
    "issn": Field.ISSN,
    "affiliations": Field.AFFILIATIONS,
    "keywords": Field.KEYWORDS,
    "banner": Field.REVIEW_BANNER,
    "asker": Field.ASKER,
    "responder": Field.RESPONDER,
    "status": Field.REVIEW_BANNER,
}
"""Details of a page whose value is words."""
_DATES = {
    "online": Field.DATE_ONLINE,
    "updated": Field.DATE_UPDATED,
    "asked": Field.DATE_ASKED,
    "replied": Field.DATE_REPLIED,
}
"""Details whose value is a date."""
_LINE = re.compile(
    r"^(.{2,120}?)[. ]+((?:19|20)\d\d)\b[^;]{0,20};? ?([^(:;]{0,10}?)(?: ?\(([^)]{1,12})\))?:? ?([\w-]{0,14})$"
)
_ISO = re.compile(r"^\d{4}(?:-\d\d(?:-\d\d)?)?$")


def page_facts(document: Document) -> Iterator[Fact]:
    """Yield what a document states of itself where its text shows it."""
    held: Detail | None = None
    for detail in sorted(document.details, key=lambda each: (each.field != "issn", each.span.start)):
        if detail.field == "issn":
            # Print and electronic number stand side by side and are one fact.
            if held is not None and not document.text[held.span.end : detail.span.start].strip():
                held = Detail("issn", f"{held.value}; {detail.value}", Span(held.span.start, detail.span.end))
                continue
            if held is not None:
                yield _made(document, held.span, Field.ISSN, Terms(tuple(held.value.split("; "))))
            held = detail
            continue
        made = _fact(document, detail)
        if made is not None:
            yield made
    if held is not None:
        yield _made(document, held.span, Field.ISSN, Terms(tuple(held.value.split("; "))))
    if not any(detail.field == "title" for detail in document.details):
        yield from _title(document)


def _fact(document: Document, detail: Detail) -> Fact | None:
    if detail.field in _DATES:
        return (
            _made(document, detail.span, _DATES[detail.field], Date(detail.value)) if _ISO.match(detail.value) else None
        )
    if detail.field == "issue line":
        return _made(document, detail.span, Field.ISSUE_LINE, _issue(document, detail.value))
    if detail.field not in _FIELDS or not detail.value:
        return None
    parts = detail.value.split("; ") if detail.field == "keywords" else [detail.value]
    return _made(document, detail.span, _FIELDS[detail.field], Terms(tuple(parts)))


def _issue(document: Document, printed: str) -> IssueLine:
    journal = document.journal
    first, _, last = journal.pages.partition("-")
    match = _LINE.match(printed)
    year = match[2] if match is not None else (document.date("published") or "")[:4]
    name = match[1] if match is not None else journal.abbreviation or journal.title
    return IssueLine(name, year, journal.volume, journal.issue, first, last)


def _title(document: Document) -> Iterator[Fact]:
    at = document.text.find(document.title) if document.title else -1
    if at >= 0:
        yield _made(document, Span(at, at + len(document.title)), Field.TITLE, Terms((document.title,)))


def _made(document: Document, span: Span, field: Field, value: FactValue) -> Fact:
    return Fact(field, value, Quote(document.id, span, span.of(document.text)))
