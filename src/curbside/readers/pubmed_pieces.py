"""Cuts PubMed XML into its records as bytes, each with its line, without parsing what lies between them.

Each record is then parsed alone: a record that is broken costs only itself, memory is bounded by one record, several
answers in one file are fine, and no document type is ever looked at, so that a file's own entities, inside or outside
of it, expand to nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from curbside.readers import unpack
from curbside.records import Problem, Raw

LARGEST = 16 << 20
"""Most bytes of one record; the largest that PubMed has given out stay under 3 MB."""

_PIECE = 1 << 19
_OPEN = re.compile(rb"<(PubmedArticle|PubmedBookArticle|MedlineCitation|DeleteCitation|DeleteDocument)(?=[\s>/])")
_ROOT = re.compile(rb"<(PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet)(?=[\s>])")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})["']""")
_OVERLAP = 64  # longer than any opening or closing tag looked for


class Piece(NamedTuple):
    """The bytes of one record (UTF-8), the name of its element, and its line; or a problem in their place."""

    name: str
    data: bytes
    line: int
    problem: Problem | None = None


def pieces(raw: Raw) -> Iterator[Piece]:
    """Yield the records of a PubMed XML file in their order, and what is wrong with the file as a whole."""
    stream = unpack.Stream(raw)
    cutter = _Cutter(raw.origin)
    for data in _utf8(stream):
        yield from cutter.feed(data)
    yield from cutter.close(stream)


def _utf8(stream: unpack.Stream) -> Iterator[bytes]:
    """Yield the bytes of a file as UTF-8, whatever encoding it declares."""
    first = stream.read(_PIECE)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    else:
        declared = _DECLARED.search(first[:300])
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    try:
        decoder = None if name in ("utf-8", "utf8", "us-ascii") else codecs.getincrementaldecoder(name)("replace")
    except LookupError:
        decoder = None
    while first:
        yield first if decoder is None else decoder.decode(first).encode("utf-8", "replace")
        first = stream.read(_PIECE)


class _Cutter:
    """Finds whole records in bytes that come piece by piece."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._held = b""
        self._line = 1
        self._found = 0
        self._root = b""
        self._closed = False
        self._searched = 0

    def feed(self, data: bytes) -> Iterator[Piece]:
        """Yield the records that `data` completes."""
        held = self._held + data
        at = 0
        while match := _OPEN.search(held, at):
            self._gap(held[at : match.start()])
            at = match.start()
            name = match.group(1)
            close = b"</" + name + b">"
            end = held.find(close, max(match.end(), at + self._searched))
            if end < 0:
                self._searched = max(0, len(held) - at - _OVERLAP)
                break
            self._searched = 0
            end += len(close)
            yield self._piece(name.decode(), held[at:end])
            at = end
        else:
            keep = max(at, len(held) - _OVERLAP)
            self._gap(held[at:keep])
            at = keep
        self._held = held[at:]
        if len(self._held) > LARGEST:
            yield self._broken(self._held, f"A record of more than {LARGEST >> 20} MB was left out")
            self._held = b""

    def _piece(self, name: str, data: bytes) -> Piece:
        self._found += 1
        piece = Piece(name, data, self._line)
        self._line += data.count(b"\n")
        return piece

    def _broken(self, data: bytes, what: str) -> Piece:
        problem = Problem(f"{what}.", self._origin, self._line, "Fetch the file again.")
        self._line += data.count(b"\n")
        return Piece("", b"", problem.line, problem)

    def _gap(self, data: bytes) -> None:
        """Note what stands between records: line breaks, and whether the set is opened and closed."""
        self._line += data.count(b"\n")
        if not self._root and (root := _ROOT.search(data)):
            self._root = root.group(1)
        if self._root and b"</" + self._root + b">" in data:
            self._closed = True

    def close(self, stream: unpack.Stream) -> Iterator[Piece]:
        """Yield what is wrong at the end of the file."""
        opened = _OPEN.match(self._held)
        if opened:
            yield self._broken(
                self._held, f"The file ends before </{opened.group(1).decode()}>; this record was left out"
            )
        else:
            self._gap(self._held)
        if stopped := stream.problem(self._line):
            yield Piece("", b"", stopped.line, stopped)
        elif self._root and not self._closed and not opened:
            what = f"The file ends before </{self._root.decode()}>; records may be missing after this line."
            yield Piece("", b"", self._line, Problem(what, self._origin, self._line, "Fetch the file again."))
        elif not self._found and not opened:
            what = "The file holds no PubMed record."
            yield Piece("", b"", 0, Problem(what, self._origin, 0, "Check the search or the ids it was fetched by."))


def halves(piece: Piece) -> tuple[Piece, Piece] | None:
    """Return a piece in which a second record opens before the first has closed, cut in two there; else None."""
    again = re.compile(rb"<" + piece.name.encode() + rb"[\s>]").search(piece.data, 1)
    if again is None:
        return None
    first, second = piece.data[: again.start()], piece.data[again.start() :]
    return piece._replace(data=first), piece._replace(data=second, line=piece.line + first.count(b"\n"))
