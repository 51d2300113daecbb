"""The events of an answer in progress, out of a stream of server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curbside.client.errors import Unexpected, error_of
from curbside.client.shapes import Answer, NumberedSection, Reading, Searched, Understood
from curbside.client.taking import taken

EVENTS: Mapping[str, type[Any]] = {
    "understood": Understood,
    "searching": Searched,
    "reading": Reading,
    "section": NumberedSection,
    "done": Answer,
}
"""Name of an event -> the shape of its data; `error` is raised instead."""


@dataclass(frozen=True, slots=True)
class Event:
    """How far an answer is.

    Attributes:
        name: "understood", "searching", "reading", "section" or "done".
        data: what there is to say of it; with "done" the whole answer.
    """

    name: str
    data: Understood | Searched | Reading | NumberedSection | Answer


def events(lines: Iterable[str]) -> Iterator[Event]:
    """Yield the events in the lines of a stream (HTML standard, 9.2.6), the last of them "done".

    Raises:
        ApiError: if the server says that something went wrong.
        Unexpected: if the stream breaks off.
    """
    done = False
    for name, data in _dispatched(lines):
        if name == "error":
            problem: dict[str, Any] = json.loads(data)
            raise error_of(int(problem["status"]), problem)
        shape = EVENTS.get(name)
        if shape is not None:  # a later server may tell more
            yield Event(name, taken(json.loads(data), shape))
        done = done or name == "done"
    if not done:
        raise Unexpected("The answer broke off before its end.")


def _dispatched(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and data of each event that an empty line ends; what the stream's end cuts off is none."""
    name, data = "message", list[str]()
    for line in lines:
        if not line:
            if data:
                yield name, "\n".join(data)
            name, data = "message", []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
