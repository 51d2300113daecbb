"""Opens gzip within bounds and turns bytes into text; a damaged or hostile file becomes a `Problem`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Protocol, cast

from isal import isal_zlib as _zlib

from curbside.records import Problem, Raw

STREAM_CAP = 2 << 30
"""Most bytes that one file may unpack to when it is read piece by piece."""

WHOLE_CAP = 256 << 20
"""Most bytes that one file may unpack to when its reader needs it whole."""

RATIO_FREE = 64 << 20
"""Up to so many unpacked bytes the ratio does not matter."""

RATIO_CAP = 200
"""Unpacked bytes for one packed byte beyond which a file counts as a bomb; bibliographic XML stays under 30."""


class _Member(Protocol):
    """What of isal's decompressor is used; its own stubs leave the types out."""

    unconsumed_tail: bytes
    unused_data: bytes
    eof: bool

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_member = cast(Callable[[int], _Member], _zlib.decompressobj)  # pyright: ignore[reportUnknownMemberType]
_FAULT = cast(type[Exception], _zlib.error)
_GZIP = 31  # window bits: a gzip header with the largest window

_SLICE = 1 << 16
_PIECE = 1 << 20


def is_gzip(data: bytes) -> bool:
    """Tell whether the bytes begin as gzip does (RFC 1952)."""
    return data[:3] == b"\x1f\x8b\x08"


class Stream:
    """Unpacked bytes of a `Raw`, read piece by piece like a binary file.

    Bytes that are not gzip pass as they are. Where unpacking has to stop, `read` behaves as at the end of the file
    and `problem` says why.

    Attributes:
        refused: whether it stopped because the file unpacks to more than it may.
    """

    def __init__(self, raw: Raw, cap: int = STREAM_CAP) -> None:
        self._stopped: tuple[str, str] | None = None
        self.refused = False
        self._origin = raw.origin
        self._cap = cap
        self._pieces = self._unpacked(raw.data) if is_gzip(raw.data) else _sliced(raw.data)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes (all that is left for a negative size), b"" at the end."""
        if size < 0:
            out = self._rest + b"".join(self._pieces)
            self._rest = b""
            return out
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        out, self._rest = self._rest[:size], self._rest[size:]
        return out

    def problem(self, line: int) -> Problem | None:
        """Return what stopped the unpacking, or None; `line` is the line up to which the caller got."""
        if self._stopped is None:
            return None
        what, remedy = self._stopped
        return Problem(f"{what}; what comes after line {line} is lost.", self._origin, line, remedy)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines, each with its line break; a last line without one too."""
        held: list[bytes] = []
        while piece := self.read(_PIECE):
            first, broken, rest = piece.partition(b"\n")
            held.append(first + broken)
            if not broken:
                continue
            yield b"".join(held)
            lines = rest.split(b"\n")
            for line in lines[:-1]:
                yield line + b"\n"
            held = [lines[-1]] if lines[-1] else []
        if held:
            yield b"".join(held)

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        """Yield what the gzip members of `data` hold, until the end, the first fault or a bound."""
        packed = memoryview(data)
        taken, given = 0, 0
        member, tail, more = _member(_GZIP), b"", False
        while more or taken < len(packed):
            if not more:
                tail = bytes(packed[taken : taken + _SLICE])
                taken += len(tail)
            try:
                piece = member.decompress(tail, _PIECE)
            except _FAULT as fault:
                self._stop(f"The gzip data is damaged ({fault})", "Fetch the file again.")
                return
            given += len(piece)
            if bound := self._overstepped(given, taken):
                self.refused = True
                self._stop(bound, "If you trust it, unpack it and split it yourself.")
                return
            if piece:
                yield piece
            tail = member.unconsumed_tail
            more = bool(tail) or len(piece) == _PIECE
            if member.eof:
                taken -= len(member.unused_data)
                rest = bytes(packed[taken : taken + _SLICE])
                if not rest.strip(b"\0"):
                    return
                if not is_gzip(rest):
                    self._stop("Bytes that are not gzip follow the gzip data", "Fetch the file again.")
                    return
                member, tail, more = _member(_GZIP), b"", False
        self._stop("The gzip data breaks off: the file was cut short", "Fetch the file again.")

    def _overstepped(self, given: int, taken: int) -> str:
        if given > self._cap:
            return f"The file unpacks to more than {self._cap >> 20} MB"
        if given > RATIO_FREE and given > RATIO_CAP * taken:
            return f"The file unpacks to more than {RATIO_CAP} times its size and looks like a gzip bomb"
        return ""

    def _stop(self, what: str, remedy: str) -> None:
        self._stopped = (what, remedy)


def _sliced(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]


def lines(text: str) -> Iterator[str]:
    """Yield the lines of a text without their ends (LF, CRLF or CR); nothing else ends a line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    if start < len(text):
        yield text[start:]


def head(data: bytes, size: int = _SLICE) -> bytes:
    """Return at most `size` bytes from the start of what `data` holds, unpacked; b"" where that cannot be done."""
    if not is_gzip(data):
        return data[:size]
    try:
        return _member(_GZIP).decompress(data[:size], size)
    except _FAULT:
        return b""


def whole(raw: Raw, cap: int = WHOLE_CAP) -> tuple[bytes, Problem | None]:
    """Return all the unpacked bytes up to the first fault, and what that was; of a file over a bound, none."""
    stream = Stream(raw, cap)
    data = stream.read()
    problem = stream.problem(data.count(b"\n") + 1)
    return b"" if stream.refused else data, problem


_DECLARED = re.compile(rb"""(?:encoding|charset)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, declared: str = "", origin: str = "") -> tuple[str, Problem | None]:
    """Return bytes as text, and a remark where the encoding had to be guessed.

    Tried in this order: a byte order mark, UTF-8, the encoding `declared` by whoever sent the bytes or by their own
    first kilobyte (`encoding="…"`, `charset=…`), Windows-1252. Nothing is dropped: what Windows-1252 leaves
    undefined stands as U+FFFD and the problem then counts it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return text, _replaced(text, encoding, origin)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
    inside = _DECLARED.search(data[:1024])
    for name in (declared, inside.group(1).decode("ascii") if inside else ""):
        if name and name.lower().replace("_", "-") not in ("utf-8", "utf8"):
            try:
                return data.decode(name), None
            except (LookupError, UnicodeDecodeError):
                continue
    text = data.decode("cp1252", "replace")
    what = "The text is not UTF-8 and was read as Windows-1252."
    return text, _replaced(text, "Windows-1252", origin) or Problem(what, origin, line, "Save it as UTF-8.", lost=False)


def _replaced(text: str, encoding: str, origin: str) -> Problem | None:
    count = text.count("\ufffd")
    if not count:
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    what = f"{count} character(s) could not be read as {encoding} and stand as U+FFFD."
    return Problem(what, origin, line, "Save the file as UTF-8.")
