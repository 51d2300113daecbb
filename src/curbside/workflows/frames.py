"""What passes between the process that adds and those that read for it: length-prefixed MessagePack."""

from __future__ import annotations

from typing import IO

import msgspec

from curbside.store.base import Entry, Unread, Withdrawal
from curbside.workflows.reading import Item

_LENGTH = 4
_KINDS: tuple[type[Item], ...] = (Entry, Withdrawal, Unread)
_encoder = msgspec.msgpack.Encoder()


class Task(msgspec.Struct, frozen=True):
    """A file to read.

    Attributes:
        origin: what it is called.
        path: where its bytes lie.
        format: name of a reader, or "".
        skip: records to pass over.
    """

    origin: str
    path: str
    format: str
    skip: int


class Frame(msgspec.Struct, frozen=True):
    """Some records of the file at hand.

    Attributes:
        items: (index into the kinds of item, the item packed).
        last: whether the file ends here.
    """

    items: list[tuple[int, bytes]]
    last: bool


class Hello(msgspec.Struct, frozen=True):
    """The first word of a process that reads: the version of what it profiles with."""

    made_by: str


_items = tuple(msgspec.msgpack.Decoder(kind) for kind in _KINDS)


def framed(batch: list[Item], last: bool) -> Frame:
    """Pack items for the way."""
    return Frame([(_KINDS.index(type(item)), _encoder.encode(item)) for item in batch], last)


def unframed(frame: Frame) -> list[Item]:
    """Unpack the items of a frame."""
    return [_items[kind].decode(data) for kind, data in frame.items]


def send(stream: IO[bytes], message: Task | Frame | Hello) -> None:
    """Write a message at once."""
    data = _encoder.encode(message)
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read a message, or None where the other side has gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None
