"""A form with files is taken apart while it arrives, however it is cut, and whatever it holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.doors.http.upload import FIELD_BYTES, Sent, taken
from curbside.errors import CurbsideError, TooLarge, UsageError
from curbside.store.inbox import Inbox
from curbside.store.receiving import Bounds

BOUNDARY = "----cut-here"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, data: bytes, filename: str | None = None) -> bytes:
    """A part of a form."""
    file = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def form(*parts: bytes) -> bytes:
    """A whole form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def sent(folder: Path, body: bytes, sizes: int = 1 << 16, kind: str = TYPE) -> tuple[Sent, list[tuple[str, bytes]]]:
    """Send a form in pieces; return what came beside the files, and the files."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), sizes):
            yield body[start : start + sizes]

    inbox = Inbox(folder, Bounds(file=1 << 20, whole=1 << 21, files=5, room=0))
    with inbox.receive() as receiving:
        beside = asyncio.run(taken(pieces(), kind, receiving))
        if not beside.files:
            return beside, []
        id = receiving.seal()
    return beside, [(file.name, data or b"") for file, data in inbox.contents(id)]


@given(
    files=st.lists(st.tuples(st.text("abé./\\ ", max_size=12), st.binary(max_size=300)), max_size=4),
    text=st.text(max_size=200),
    size=st.integers(1, 400),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_comes_out(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, bytes]], text: str, size: int
) -> None:
    """Names and bytes are those that were sent, wherever the pieces were cut."""
    files = [(name.replace("\\", "").strip(), data) for name, data in files]
    files = [(name, data) for name, data in files if name]
    body = form(part("text", text.encode()), *(part("files", data, name) for name, data in files))
    beside, found = sent(tmp_path_factory.mktemp("inbox"), body, size)
    assert beside.fields["text"] == text
    assert found == files


def test_a_field_in_which_no_file_was_chosen(tmp_path: Path) -> None:
    """Browsers send an empty part without a name; it is no file."""
    beside, found = sent(tmp_path, form(part("files", b"", ""), part("text", b"x")))
    assert (beside.files, found) == (0, [])


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    """It has a name; that it holds nothing is for the reader to say."""
    assert sent(tmp_path, form(part("files", b"", "empty.xml")))[1] == [("empty.xml", b"")]


def test_the_kind_that_was_chosen_before_the_files(tmp_path: Path) -> None:
    """It is kept with each of them."""

    async def pieces() -> AsyncIterator[bytes]:
        yield form(part("format", b"ris"), part("files", b"x", "a"), part("files", b"y", "b"))

    inbox = Inbox(tmp_path, Bounds(room=0))
    with inbox.receive() as receiving:
        asyncio.run(taken(pieces(), TYPE, receiving))
        id = receiving.seal()
    assert [file.format for file in inbox.get(id).files] == ["ris", "ris"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (part("files", b"x" * 100, "a"), UsageError),
        (b"no form at all", UsageError),
        (b"", UsageError),
        (form(b"--" + BOUNDARY.encode() + b"\r\n\r\nno name\r\n"), UsageError),
        (form(part("files", b"x" * (2 << 20), "a")), TooLarge),
        (form(*(part("files", b"x", str(n)) for n in range(6))), TooLarge),
        (form(*(part("files", b"x" * 900_000, str(n)) for n in range(3))), TooLarge),
        (form(part("text", b"x" * (FIELD_BYTES + 1))), TooLarge),
        (form(*(part(f"f{n}", b"") for n in range(200))), TooLarge),
        (b"--" + BOUNDARY.encode() + b"\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n", UsageError),
        (b"--" + BOUNDARY.encode() + b"\r\n" + b"X: y\r\n" * 1000 + b"\r\n", UsageError),
    ],
    ids=["cut off", "no form", "nothing", "no name", "large file", "many files", "large whole", "long field",
         "many fields", "long head", "many heads"],
)  # fmt: skip
def test_what_is_not_taken(tmp_path: Path, body: bytes, error: type[CurbsideError]) -> None:
    """Refused with a sentence, and nothing of it stays."""
    with pytest.raises(error) as caught:
        sent(tmp_path, body)
    assert str(caught.value).endswith(".")
    assert list((tmp_path / "inbox").iterdir()) == []


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "x" * 9]
)
def test_another_kind_of_form(tmp_path: Path, kind: str) -> None:
    """Files come as a multipart form and not otherwise."""
    with pytest.raises(UsageError, match="multipart/form-data"):
        sent(tmp_path, b"x", kind=kind)
