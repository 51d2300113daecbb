"""Verdicts: what single texts suggest on a yes/no question, from a file that nobody has added or from the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.extract.verdict import verdict
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Document, Problem, Raw, sealed
from curbside.records.verdict import YesNoVerdict
from curbside.store.base import Store
from curbside.workflows.show import show

RETRACTED = "the work is retracted"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A document with what it suggests.

    Attributes:
        document: the document, with every notice known on it.
        verdict: what it suggests.
    """

    document: Document
    verdict: YesNoVerdict


def verdicts_of(question: str, raw: Raw, vocabulary: Vocabulary) -> Iterator[Suggested | Problem]:
    """Yield what each document of a file suggests on a question, and what could not be read."""
    for reading in read(raw):
        if isinstance(reading.record, Document):
            yield suggested(question, sealed(reading.record), vocabulary)
        yield from reading.problems


def verdicts(question: str, name: str, store: Store, vocabulary: Vocabulary) -> tuple[Suggested, ...]:
    """Return what the documents that an id names suggest on a question, each by itself.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    return tuple(suggested(question, each.marked, vocabulary) for each in show(name, store))


def suggested(question: str, document: Document, vocabulary: Vocabulary) -> Suggested:
    """Return what a document suggests; a retracted work suggests nothing."""
    made = verdict(question, document, vocabulary)
    if document.retracted and made.says is not None:
        made = YesNoVerdict(
            question, None, made.likeliest, made.probability, made.shares, abstains=RETRACTED, maker=made.maker
        )
    return Suggested(document, made)
