"""From the bytes of a file to what the store takes: read, profiled and packed, one record after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.readers import formats, read
from curbside.records import Deletion, Document, Problem, Raw, Reading, sealed
from curbside.store.base import Entry, Unread, Withdrawal
from curbside.store.packing import entry_of
from curbside.workflows.cites import linked, may_cite, shipped_judge
from curbside.workflows.made import made_by

READERS_VERSION = 2
"""Raised whenever readers give other documents for the same bytes; files are then read again when they are added."""

Item = Entry | Withdrawal | Unread

_FAULTS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    SyntaxError,
    RuntimeError,
    MemoryError,
    OSError,
)
"""What a fault in a reader may raise. Readers must not; one that does costs its file, not the add."""


def format_of(raw: Raw) -> str:
    """Return the name of the reader that `raw` is for, "" where none is."""
    found = raw.format or formats.detect(raw)
    return found if isinstance(found, str) else ""


def items(raw: Raw, vocabulary: Vocabulary, skip: int = 0) -> Iterator[Item]:
    """Yield every record of a file as the store takes it, without the first `skip`; never raises for its content."""
    maker = made_by(vocabulary)
    position = 0
    try:
        for position, reading in enumerate(read(raw), 1):
            if position > skip:
                yield _item(reading, vocabulary, maker)
    except _FAULTS as error:
        what = f"A reader failed after record {position} ({type(error).__name__}: {error}); the rest was not read."
        problem = Problem(what, raw.origin, remedy="This is a fault of Curbside; please report it.")
        yield Unread((problem,), broken=True)


def _item(reading: Reading, vocabulary: Vocabulary, maker: str) -> Item:
    record = reading.record
    if isinstance(record, Document):
        document = sealed(record)
        entry = entry_of(document, profile(document, vocabulary), maker, reading.line, reading.version)
        if may_cite(document):
            links, made = linked(document, shipped_judge())
            entry = replace(entry, links=links, derived=(made,) if made else ())
        return replace(entry, problems=reading.problems) if reading.problems else entry
    if isinstance(record, Deletion):
        return Withdrawal(record.key, reading.line, reading.version, reading.problems)
    return Unread(reading.problems)
