"""What the tests of bibliographic readers share: their cases, and short ways to look at what was read."""

from __future__ import annotations

import re
from pathlib import Path

from curbside.readers import read
from curbside.records import BlockKind, Deletion, Document, Problem, Raw, Reading, Section, misplaced, sealed

CASES = Path(__file__).resolve().parents[1] / "cases" / "readers"


def case(name: str, format: str = "") -> Raw:
    """A made-up file of the cases, as bytes."""
    return Raw(name, (CASES / name).read_bytes(), format)


def readings(data: bytes | str | Raw, format: str = "", origin: str = "made-up") -> list[Reading]:
    """Everything that a reader says of some bytes."""
    if isinstance(data, str):
        data = data.encode()
    return list(read(data if isinstance(data, Raw) else Raw(origin, data, format)))


def documents(data: bytes | str | Raw, format: str = "") -> list[Document]:
    """The documents among the readings, each checked to be sound and sealable."""
    found = [reading.record for reading in readings(data, format) if isinstance(reading.record, Document)]
    for document in found:
        assert not list(misplaced(document))
        assert sealed(document).id
    return found


def problems(data: bytes | str | Raw, format: str = "") -> list[Problem]:
    """The problems of all readings."""
    return [problem for reading in readings(data, format) for problem in reading.problems]


def deletions(data: bytes | str | Raw) -> list[str]:
    """The keys of all deletions."""
    return [reading.record.key for reading in readings(data) if isinstance(reading.record, Deletion)]


def sections(document: Document) -> list[tuple[str, str, str]]:
    """(heading, category, text) of each section, in order."""
    return [
        (_heading(section, document), str(section.category), section.span.of(document.text))
        for section in document.sections
    ]


def _heading(section: Section, document: Document) -> str:
    return section.heading.of(document.text) if section.heading else ""


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    """(kind, text) of each block, in order."""
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def words(text: str) -> list[str]:
    """The words and numbers of a text, for comparing what was read with what was there."""
    return re.findall(r"[^\W_]+", text)
