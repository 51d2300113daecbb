"""HTML pages: laid out as a reader sees them, recognised, and described by their own metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from curbside.readers import pages, pages_meta, pages_plain
from curbside.readers.pages_html import laid_out
from curbside.readers.pages_sheet import Sheet
from curbside.readers.unpack import decode
from curbside.records import EVIDENCE_ROLES, Document, DocumentKind, Problem, Raw, Reading

_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""HTML takes what claims to be ISO 8859-1 for Windows-1252, whose signs stand where the other has controls."""


def read(raw: Raw) -> Iterator[Reading]:
    """Yield the one document of an HTML page; `Document.text` is the page laid out, one line a block."""
    source, problem = decode(raw.data, origin=raw.origin)
    problems = [problem] if problem else []
    sheet, remarks = laid_out(source.translate(_CONTROLS), raw.origin)
    problems += remarks
    if not sheet.text.strip():
        what = "The page shows no text: it may build itself by a script."
        remedy = "Open it in a browser and save what it shows, as text or as a complete page."
        yield Reading(None, 1, problems=(*problems, Problem(what, raw.origin, 1, remedy)))
        return
    document = pages.structured(sheet)
    if document.kind is DocumentKind.PAGE and evidence(document) < 200 <= len(sheet.text) - evidence(document):
        document = _rescued(source, sheet, document)
    document = pages_meta.described(document, sheet)
    yield Reading(document, 1, problems=(*problems, *pages.remarks(document, raw.origin)))


def evidence(document: Document) -> int:
    """Return how many code points of a document may be quoted."""
    return sum(len(part.span) for part in document.parts if part.role in EVIDENCE_ROLES)


def _rescued(source: str, sheet: Sheet, document: Document) -> Document:
    """Read a page again on which nothing was left but chrome, with the lines that trafilatura calls its main text."""
    import trafilatura

    found = trafilatura.extract(source, include_comments=False, include_tables=True) or ""
    main = {_bare(line) for line in found.split("\n")}
    if not main:
        return document
    lines = tuple(
        replace(line, chrome=False) if line.chrome and _bare(line.words) in main else line for line in sheet.lines
    )
    again = pages_plain.document(replace(sheet, lines=lines))
    return again if evidence(again) > evidence(document) else document


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()
