"""Makes the pictures of the documentation, from the starter shelf: an answer, a profile, a study card. `make screenshots`."""

from __future__ import annotations

import struct
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import browsing
from browsing import DESK, HERE, PHONE, Desk

IMAGES = HERE.parents[1] / "docs" / "images"
QUESTION = "Does sirolimus help children with refractory autoimmune cytopenias?"
ANSWER = {"question": QUESTION, "citation": 0, "top": True}
PICTURES = {
    "answer-desk.png": (ANSWER, {**DESK, "height": 860}),
    "answer-phone.png": (ANSWER, {**PHONE, "scale": 2}),
    "patient-desk.png": ({**ANSWER, "audience": "Patient or carer"}, {**DESK, "height": 900}),
    "patient-phone.png": ({**ANSWER, "audience": "Patient or carer"}, {**PHONE, "scale": 2}),
    "researcher-desk.png": ({**ANSWER, "audience": "Researcher"}, {**DESK, "height": 900}),
    "evidence-desk.png": (
        {"path": "/evidence?drug=everolimus&condition=tuberous+sclerosis"},
        {**DESK, "height": 1000},
    ),
    "harms-desk.png": (
        {"path": "/evidence?drug=everolimus&condition=tuberous+sclerosis#outcomes"},
        {**DESK, "height": 900},
    ),
    "study-phone.png": ({"path": "/studies/26504182"}, {**PHONE, "scale": 2}),
    "work-desk.png": ({"path": "/works/26504182"}, {**DESK, "height": 1000}),
    "ledger-desk.png": ({"path": "/ledger?drug=sirolimus"}, {**DESK, "height": 860}),
}
"""File -> what it shows, and in which window."""
MOST_BYTES = 150_000
COLOURS = 192


def _packed(png: bytes) -> bytes:
    """Return a PNG with a palette of its most frequent colours, and nothing else in it: text on a page needs no more."""
    width, height, depth, colour, rows = _read(png)
    if (depth, colour) == (8, 6):
        rows = [bytes(value for at, value in enumerate(row) if at % 4 != 3) for row in rows]
    shares = Counter(row[at : at + 3] for row in rows for at in range(0, len(row), 3))
    palette = [colour for colour, _ in shares.most_common(COLOURS)]
    number = {each: _nearest(each, palette) for each in shares}
    plain = [bytes(number[row[at : at + 3]] for at in range(0, len(row), 3)) for row in rows]
    return _written(width, height, b"".join(b"\0" + row for row in plain), b"".join(palette))


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    distances = [sum((one - other) ** 2 for one, other in zip(colour, each)) for each in palette]
    return distances.index(min(distances))


def _read(png: bytes) -> tuple[int, int, int, int, list[bytes]]:
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[colour]
    data, at = b"", 8
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw, rows, above = zlib.decompress(data), [], bytes(width * size)
    for line in range(height):
        start = line * (width * size + 1)
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + width * size], above, size)
        rows.append(above)
    return width, height, depth, colour, rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))


def _unfiltered(kind: int, line: bytes, above: bytes, size: int) -> bytes:
    row = bytearray(line)
    for at in range(len(row)):
        left, corner = (row[at - size], above[at - size]) if at >= size else (0, 0)
        up = above[at]
        row[at] = (row[at] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
    return bytes(row)


def _written(width: int, height: int, data: bytes, palette: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
    body = chunk(b"PLTE", palette) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + body


def main() -> int:
    """Make the pictures; 1 where no browser is there, or one came out too large."""
    lacking = browsing.lacking()
    if lacking:
        print(f"No pictures were made: {lacking}", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Path(home))
        desk.types("shelf")
        with desk.served() as base, browsing.bridge() as browser:
            for name, (shows, window) in PICTURES.items():
                file = Path(home) / name
                browser.goes("pictures.take", base, given={**shows, "file": str(file)}, **window)
                packed = _packed(file.read_bytes())
                (IMAGES / name).write_bytes(packed)
                print(f"{IMAGES / name}: {len(packed):,} bytes")
                if len(packed) > MOST_BYTES:
                    print(f"{name} is larger than {MOST_BYTES:,} bytes", file=sys.stderr)
                    return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
