"""The count check of what a file holds, without a library: a manuscript, a reply, an article, bibliographic records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.appraise.checks import checked
from curbside.readers import read
from curbside.records import Checked, Document, Problem, Raw, sealed

PASTED = "the text"
"""Where problems of a text that has no name lie."""


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with what became of its checks."""

    document: Document
    checked: Checked


def checks_of_text(text: str) -> tuple[tuple[CheckedDocument, ...], tuple[Problem, ...]]:
    """Return what became of the checks of a text that somebody gave, as `checks_of` reads it; nothing of it is kept."""
    found = tuple(checks_of(Raw(PASTED, text.encode("utf-8", "replace"))))
    documents = tuple(each for each in found if isinstance(each, CheckedDocument))
    return documents, tuple(each for each in found if isinstance(each, Problem))


def checks_of(raw: Raw) -> Iterator[CheckedDocument | Problem]:
    """Yield each document of a file with its checks, and what could not be read."""
    for reading in read(raw):
        if isinstance(reading.record, Document):
            document = sealed(reading.record)
            yield CheckedDocument(document, checked(document))
        yield from reading.problems
