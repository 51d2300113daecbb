"""Reads PubTator files: title, abstract, annotated places with types and MeSH ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Place:
    """An annotated place.

    Attributes:
        span: in the text.
        kind: "drug" or "disease".
        mesh: MeSH ids; empty where none was given ("-1").
    """

    span: Span
    kind: str
    mesh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text (title, line feed, abstract) with its places in order, each once."""

    id: str
    text: str
    places: tuple[Place, ...]


KINDS = {"Chemical": "drug", "Disease": "disease"}


def annotated(path: Path) -> Iterator[Annotated]:
    """Yield the texts of a PubTator file; offsets count from the title, one character before the abstract.

    Raises:
        ValueError: if a text has no abstract, or an annotation's words do not stand where it says.
    """
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines == [""]:
            continue
        if len(lines) < 2 or "|t|" not in lines[0] or "|a|" not in lines[1]:
            raise ValueError(f"{path}: {lines[0][:40]!r} opens no text with title and abstract")
        number, _, title = lines[0].partition("|t|")
        text = title + "\n" + lines[1].partition("|a|")[2]
        places: dict[tuple[Span, str], Place] = {}
        for line in lines[2:]:
            row = line.split("\t")
            if len(row) < 6 or row[4] not in KINDS:
                continue
            span = Span(int(row[1]), int(row[2]))
            if span.of(text) != row[3]:
                raise ValueError(f"{path}: {number} has {span.of(text)!r} where {row[3]!r} is annotated")
            mesh = tuple(each for each in row[5].split("|") if each != "-1")
            places.setdefault((span, KINDS[row[4]]), Place(span, KINDS[row[4]], mesh))
        yield Annotated(number, text, tuple(sorted(places.values(), key=lambda place: (place.span, place.kind))))
