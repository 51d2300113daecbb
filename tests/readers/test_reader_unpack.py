"""Unpacking within bounds and turning bytes into text: what is lost is said, and nothing runs away."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import unpack
from curbside.readers.unpack import Stream, decode, whole
from curbside.records import Raw
from growth import assert_linear

LINES = b"".join(b"line %06d of a made-up file\n" % n for n in range(50_000))
PACKED = gzip.compress(LINES)


def test_plain_bytes_pass_as_they_are() -> None:
    """What is not gzip is not touched."""
    assert whole(Raw("x", b"plain")) == (b"plain", None)


def test_gzip_is_unpacked() -> None:
    """A sound file comes out whole and without a word."""
    assert whole(Raw("x", PACKED)) == (LINES, None)


def test_several_members_are_one_file() -> None:
    """Concatenated gzip files, as `cat` makes them, unpack to the concatenation (RFC 1952)."""
    assert whole(Raw("x", PACKED + PACKED)) == (LINES + LINES, None)


def test_zero_padding_after_the_end_is_ignored() -> None:
    """Tapes and some servers pad with zeros."""
    assert whole(Raw("x", PACKED + bytes(1000))) == (LINES, None)


def test_a_truncated_file_gives_what_comes_before_the_break_and_says_where() -> None:
    """Everything up to the break is read, and the problem names the line."""
    data, problem = whole(Raw("x.gz", PACKED[: len(PACKED) // 2]))
    assert LINES.startswith(data)
    assert len(data) > len(LINES) // 3
    assert problem is not None
    assert problem.line == data.count(b"\n") + 1
    assert problem.where == "x.gz"
    assert "cut short" in problem.what


def test_a_damaged_file_says_so() -> None:
    """Flipped bits are found by the checksum or before."""
    broken = bytearray(PACKED)
    broken[len(broken) // 2] ^= 0xFF
    _, problem = whole(Raw("x.gz", bytes(broken)))
    assert problem is not None
    assert "damaged" in problem.what


def test_bytes_after_the_end_are_named() -> None:
    """What follows the gzip data and is none is not passed on as text."""
    data, problem = whole(Raw("x.gz", PACKED + b"<html>error</html>"))
    assert data == LINES
    assert problem is not None
    assert "not gzip" in problem.what


def test_the_cap_holds() -> None:
    """Unpacking stops at the cap and says that it did."""
    data, problem = whole(Raw("x.gz", PACKED), cap=1 << 20)
    assert len(data) <= 1 << 20
    assert problem is not None
    assert "1 MB" in problem.what


def test_a_bomb_is_refused_in_little_memory() -> None:
    """A thousandfold ratio is refused after the free 64 MB, in a process of its own."""
    code = (
        "import gzip, sys, resource\n"
        "from curbside.readers import read\nfrom curbside.records import Raw\n"
        "member = gzip.compress(bytes(64 << 20), 9)\n"
        "bomb = member * 32\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "found = [p for r in read(Raw('b.gz', bomb, sys.argv[1])) for p in r.problems]\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
        "print(any('bomb' in p.what for p in found))\n"
    )
    assert resource.RUSAGE_SELF == 0
    for name in ("pubmed", "nbib", "records"):
        done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True)
        megabytes, refused = done.stdout.splitlines()
        assert refused == "True", name
        assert int(megabytes) < 250, name


def test_a_stream_holds_one_piece_at_a_time() -> None:
    """Reading piece by piece keeps memory far under the size of the file."""
    big = gzip.compress(LINES * 20)
    tracemalloc.start()
    stream = Stream(Raw("x", big))
    total = 0
    while piece := stream.read(1 << 16):
        total += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == len(LINES) * 20
    assert peak < 8 << 20


@pytest.mark.parametrize("packed", [True, False])
def test_a_stream_gives_lines(packed: bool) -> None:
    """Iterating gives what a file object gives, across the pieces."""
    text = b"a\n\nb" + b"x" * 3_000_000 + b"\nlast"
    data = gzip.compress(text) if packed else text
    assert list(Stream(Raw("x", data))) == list(io.BytesIO(text))


@given(st.lists(st.sampled_from([b"\n", b"a", b"\r\n", b"xyz", b" "]), max_size=60), st.booleans())
@settings(max_examples=100, deadline=None)
def test_lines_are_those_of_a_file(pieces: list[bytes], packed: bool) -> None:
    """For any bytes the lines are those that io.BytesIO gives."""
    text = b"".join(pieces)
    data = gzip.compress(text) if packed else text
    assert list(Stream(Raw("x", data))) == list(io.BytesIO(text))


def test_one_long_line_takes_linear_time() -> None:
    """Ten megabytes without a line break are no harder than ten megabytes with them."""

    def prepare(size: int) -> Callable[[], object]:
        data = b"x" * size
        return lambda: sum(len(line) for line in Stream(Raw("x", data)))

    assert prepare(10_000_000)() == 10_000_000
    assert_linear(prepare, 200_000)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve – κ".encode(), "naïve – κ"),
        ("\ufeffκ".encode(), "κ"),
        ("κ = 0.8".encode("utf-16"), "κ = 0.8"),
        ("κ".encode("utf-16-be").join([b"\xfe\xff", b""]), "κ"),
        (b"", ""),
    ],
)
def test_unicode_is_read_without_a_remark(data: bytes, text: str) -> None:
    """UTF-8 with or without a mark, and UTF-16 with one, need no guess."""
    assert decode(data) == (text, None)


def test_a_declared_encoding_is_obeyed() -> None:
    """What the bytes, or whoever sent them, declare comes before a guess."""
    text = "Ünïts: 5 µg"
    inside = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + text.encode("latin-1")
    assert decode(inside)[0].endswith(text)
    assert decode(inside)[1] is None
    assert decode(text.encode("iso-8859-15"), "iso-8859-15") == (text, None)


def test_windows_1252_is_the_last_guess_and_is_said() -> None:
    """Bytes that are no UTF-8 are read as Windows-1252, with a remark that names the line and loses nothing."""
    text, remark = decode("first\n5 µg – “twice”".encode("cp1252"), origin="old.txt")
    assert text == "first\n5 µg – “twice”"
    assert remark is not None
    assert (remark.line, remark.lost, remark.where) == (2, False, "old.txt")


def test_what_no_encoding_gives_is_counted() -> None:
    """Bytes that even Windows-1252 lacks stand as U+FFFD, and that is a loss."""
    text, problem = decode(b"a\x81b\xff")
    assert "\ufffd" in text
    assert problem is not None
    assert problem.lost


@pytest.mark.parametrize("declared", ["no-such-encoding", "utf-8", "base64", "idna", ""])
def test_a_useless_declaration_does_no_harm(declared: str) -> None:
    """An unknown or untrue name falls back to the guess."""
    assert decode("café".encode("cp1252"), declared)[0] == "café"


@given(st.binary(max_size=200), st.sampled_from(["", "latin-1", "utf-16", "hex", "unknown"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_become_text(data: bytes, declared: str) -> None:
    """No bytes and no declaration raise, and the text can be stored."""
    text, _ = decode(data, declared)
    text.encode("utf-8")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_after_a_gzip_header_are_survived(data: bytes) -> None:
    """Garbage under gzip's magic number is a problem and no exception."""
    _, problem = whole(Raw("x", b"\x1f\x8b\x08" + data))
    assert problem is not None
    assert unpack.head(b"\x1f\x8b\x08" + data, 100) is not None


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb\rc\n\nd", "\n", "a\u2028b\x0bc\x85d"])
def test_only_line_feeds_and_returns_end_lines(text: str) -> None:
    """The other signs that Python's splitlines knows are part of a line, as editors count lines."""
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert list(unpack.lines(text)) == (expected[:-1] if expected[-1] == "" else expected)
