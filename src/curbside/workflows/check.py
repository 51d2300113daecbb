"""The count check of what a file holds, without a library: a manuscript, a reply, an article, bibliographic records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.appraise.checks import checked
from curbside.readers import read
from curbside.records import Checked, Document, Problem, Raw, sealed


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with what became of its checks."""

    document: Document
    checked: Checked


def checks_of(raw: Raw) -> Iterator[CheckedDocument | Problem]:
    """Yield each document of a file with its checks, and what could not be read."""
    for reading in read(raw):
        if isinstance(reading.record, Document):
            document = sealed(reading.record)
            yield CheckedDocument(document, checked(document))
        yield from reading.problems
