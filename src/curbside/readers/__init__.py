"""Readers: bytes in, documents out, and what could not be read as data. "What does it say?"

What lives here: one module for each format, named in `READERS`, each with a function
`read(raw: Raw) -> Iterator[Reading]`; `formats` tells which of them a file is for; `unpack` opens gzip within
bounds and turns bytes into text; `builder` and `labels` are what several readers share.

What may not: opening a file or a socket (a reader gets bytes and cannot ask for more), deciding what a sentence
means (that is `extract`), wording anything (a record without an abstract is a title and no more), keeping state from
one record to the next, and raising: whatever is wrong with the input becomes a `Problem` with its line.

A new format is a new module, its line in `READERS`, a rule in `formats`, a test of the same name and its cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import cast

from curbside.readers import formats, unpack
from curbside.records import Problem, Raw, Reading

Reader = Callable[[Raw], Iterator[Reading]]
"""Reads the records of one file in their order; never raises for what the bytes hold."""

READERS: Mapping[str, str] = MappingProxyType(
    {
        "pubmed": "curbside.readers.pubmed",
        "jats": "curbside.readers.jats",
        "nbib": "curbside.readers.nbib",
        "ris": "curbside.readers.ris",
        "bibtex": "curbside.readers.bibtex",
        "csl": "curbside.readers.csl",
        "openalex": "curbside.readers.openalex",
        "records": "curbside.readers.plain_records",
        "markdown": "curbside.readers.markdown",
        "html": "curbside.readers.html",
        "docx": "curbside.readers.docx",
        "text": "curbside.readers.capture",
    }
)
"""Format name -> module with its `read`, imported on first use so that starting up costs nothing."""

STREAMING = frozenset({"pubmed", "csl", "openalex", "records"})
"""Formats whose readers unpack gzip themselves, piece by piece, because their files may be large."""


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        KeyError: if `READERS` does not name the format.
    """
    return cast(Reader, import_module(READERS[name]).read)


def read(raw: Raw) -> Iterator[Reading]:
    """Read every record of a file with the reader that `raw.format` names or that its bytes call for.

    What cannot be read comes as a `Reading` without a record whose problem says what, where and what to do.
    """
    found = raw.format or formats.detect(raw)
    if isinstance(found, str) and found not in READERS:
        remedy = f"Use one of {', '.join(READERS)}."
        found = Problem(f"There is no reader for the format {found!r}.", raw.origin, remedy=remedy)
    if isinstance(found, Problem):
        yield Reading(None, problems=(found,))
        return
    if found in STREAMING or not unpack.is_gzip(raw.data):
        yield from reader(found)(raw)
        return
    data, problem = unpack.whole(raw)
    if data:
        yield from reader(found)(replace(raw, data=data))
    if problem:
        yield Reading(None, problems=(problem,))
