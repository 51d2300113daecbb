"""A question that was kept, so that its answer has an address without the question's words in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from curbside.records.answer import Answer
from curbside.records.query import Filters


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked.

    Attributes:
        id: 22 url-safe random characters; says nothing of the question.
        question: its words, as typed.
        filters: conditions on the sources.
        time: ISO time at which it was asked, UTC.
        digest: `digest_of` the answer that was given then.
        thread: id of the thread that it is a turn of, or ""; its words then stand there and not here, so that they go
            when the thread does.
        turn: its number in that thread, from 1; 0 for none.
    """

    id: str
    question: str
    filters: Filters
    time: str
    digest: str
    thread: str = ""
    turn: int = 0


def digest_of(answer: Answer) -> str:
    """Return a hash of what an answer says and stands on, 64 hexadecimal digits.

    Two answers with one digest have the same sentences, quotes, references and absences. How many documents the
    library holds is no part of it: a library that grew without touching the answer gives the same digest. Nor is what a
    language model made of a sentence; where it changed the order, the digest is that of the answer before.
    """
    said = hashlib.sha256()
    for section in answer.sections:
        said.update(f"#{section.heading}\n".encode())
        for sentence in section.sentences:
            said.update(f"-{sentence.extracted or sentence.text}\n".encode())
            for quote in sentence.cited:
                said.update(f">{quote.document} {quote.span.start} {quote.span.end}\n".encode())
    for absence in answer.absences:
        said.update(f"?{absence.facet}\n".encode())
    for entry in answer.references:
        said.update(f"={entry.number} {entry.document} {entry.citation}\n".encode())
    return said.hexdigest()
