"""What the readers of public vocabularies have in common: a term, and how a line that cannot be read is told."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from curbside.records import ConceptKind, Problem

LONGEST_NAME = 120
"""Names longer than this, in characters, are descriptions and are left out."""


@dataclass(frozen=True, slots=True)
class Term:
    """A concept as a public vocabulary gives it.

    Attributes:
        source: its id there, "D020123" in MeSH or "35302" in RxNorm.
        kind: what it is.
        name: preferred name.
        synonyms: other names.
        brands: brand names.
        trees: MeSH tree numbers.
        mesh: MeSH descriptor id, or "".
    """

    source: str
    kind: ConceptKind
    name: str
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    mesh: str = ""


def opened(path: Path) -> IO[bytes]:
    """Open a file for reading as bytes, unpacking it where it is gzipped."""
    stream = path.open("rb")
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if packed else stream


def lines_of(stream: IO[bytes], where: str, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a UTF-8 stream with their numbers from 1; lines that are not UTF-8 become problems."""
    for number, raw in enumerate(stream, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            problems.append(Problem("The line is not UTF-8 and was left out.", where, number, "Save it as UTF-8."))
            continue
        yield number, line


def natural_order(name: str) -> str:
    """Return an inverted heading as people write it, "Anemia, Hemolytic" as "Hemolytic Anemia"."""
    parts = name.split(", ")
    return " ".join(reversed(parts)) if 1 < len(parts) <= 4 else name


def spellings(name: str) -> tuple[str, ...]:
    """Return the orders in which an inverted heading is written, the likeliest first; one name for a plain one."""
    parts = name.split(", ")
    if not 1 < len(parts) <= 4:
        return (name,)
    orders = [" ".join(reversed(parts))]
    if len(parts) == 3:
        orders.append(f"{parts[1]} {parts[2]} {parts[0]}")
    return tuple(orders)
