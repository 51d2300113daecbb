"""Plain text: captures of web pages and any other text; the text stays exactly as it lies in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.readers import pages
from curbside.readers.pages_sheet import from_text
from curbside.readers.unpack import decode
from curbside.records import Problem, Raw, Reading


def read(raw: Raw) -> Iterator[Reading]:
    """Yield the one document of a text file; `Document.text` is the decoded file, newlines included."""
    text, problem = decode(raw.data, origin=raw.origin)
    problems = (problem,) if problem else ()
    if not text.strip():
        what = Problem("The file holds no text.", raw.origin, 1, "Check that it was saved completely.")
        yield Reading(None, 1, problems=(*problems, what))
        return
    document = replace(pages.structured(from_text(text)), text=text)
    yield Reading(document, 1, problems=(*problems, *pages.remarks(document, raw.origin)))
