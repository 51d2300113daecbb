"""A form with files, taken apart while it arrives: each file goes to the inbox, nothing is held in memory.

The framework's own parser writes every file to a temporary folder first; an upload of a gigabyte would lie on the disk
twice, on one that the bound of the inbox does not watch.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from curbside.errors import TooLarge, UsageError
from curbside.store.receiving import Receiving

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD_BYTES = 2 << 20
"""How long a field that is no file may be: a text that somebody pastes."""

MOST_FIELDS = 100
_CHUNK = 1 << 20
_HEAD_BYTES = 8 << 10


@dataclass
class Sent:
    """What came beside the files.

    Attributes:
        fields: field -> value.
        files: how many files were received.
    """

    fields: dict[str, str] = field(default_factory=dict[str, str])
    files: int = 0


class _Parts:
    """Follows the parser from part to part: a file is written, a field remembered.

    A field `format` that stands before the files says what they are.
    """

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving
        self.sent = Sent()
        self._head = self._value = b""
        self._heads: dict[str, bytes] = {}
        self._name = ""
        self._is_file = False
        self._empty = True
        self._filename = ""
        self._bytes = bytearray()
        self._fields = 0
        self.ended = False

    def callbacks(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._over,
        }

    def _begin(self) -> None:
        self._heads.clear()
        self._head = self._value = b""
        self._bytes.clear()
        self._empty = True

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._head += data[start:end]
        self._short(self._head)

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._short(self._value)

    def _short(self, text: bytes) -> None:
        if len(text) > _HEAD_BYTES or len(self._heads) > 16:
            raise UsageError("The form cannot be read: the head of a part is too long.")

    def _header_end(self) -> None:
        self._heads[self._head.decode("latin-1").lower()] = self._value
        self._head = self._value = b""

    def _headers_finished(self) -> None:
        kind, options = parse_options_header(self._heads.get("content-disposition", b""))
        if kind != b"form-data" or b"name" not in options:
            raise UsageError("The form cannot be read: a part has no name.")
        self._name = options[b"name"].decode("utf-8", "replace")
        self._is_file = b"filename" in options
        if self._is_file:
            self._filename = options[b"filename"].decode("utf-8", "backslashreplace")
        else:
            self._fields += 1
            if self._fields > MOST_FIELDS:
                raise TooLarge("The form has too many fields.")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._bytes += data[start:end]
            if len(self._bytes) > FIELD_BYTES:
                raise TooLarge(f"A text longer than {FIELD_BYTES >> 20} MB is sent as a file.")
            return
        self._open()
        self._receiving.write(data[start:end])

    def _open(self) -> None:
        if self._empty:
            self._receiving.file(self._filename, self.sent.fields.get("format", "")[:40])
            self.sent.files += 1
            self._empty = False

    def _end(self) -> None:
        if not self._is_file:
            self.sent.fields[self._name] = self._bytes.decode("utf-8", "replace")
        elif self._filename:
            self._open()  # an empty file is one; a field in which no file was chosen has no name either

    def _over(self) -> None:
        self.ended = True


def boundary_of(content_type: str) -> bytes:
    """Return the boundary that a multipart form names.

    Raises:
        UsageError: if it is no such form.
    """
    message = Message()
    message["content-type"] = content_type
    boundary = message.get_param("boundary")
    if message.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not boundary:
        raise UsageError("Files are sent as a form: multipart/form-data.")
    return boundary.encode("utf-8", "replace")[:200]


async def taken(stream: AsyncIterator[bytes], content_type: str, receiving: Receiving) -> Sent:
    """Take a form apart while it arrives; files go to `receiving`, which the caller seals or closes.

    Raises:
        UsageError: if it is no form or breaks off.
        TooLarge, LibraryFull: as `Receiving` raises them.
    """
    parts = _Parts(receiving)
    try:
        parser = MultipartParser(boundary_of(content_type), parts.callbacks())
        waiting = bytearray()
        async for chunk in stream:
            waiting += chunk
            if len(waiting) >= _CHUNK:
                await run_in_threadpool(parser.write, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(parser.write, bytes(waiting))
    except MultipartParseError as error:
        raise UsageError("The form cannot be read; it may have been cut off. Send it again.") from error
    if not parts.ended:
        raise UsageError("The form broke off before its end. Send it again.")
    return parts.sent
