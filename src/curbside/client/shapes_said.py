"""What the API sends of notices, tallies and flags, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes_cited import StanceTally


@dataclass(frozen=True, slots=True)
class NoticeWord:
    """One word of an editor on a work."""

    kind: str
    key: str
    date: str
    source: str
    notice: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class NoticeListShown:
    """A list of notices that the library goes by."""

    name: str
    format: str
    origin: str
    added: str
    rows: int
    problems: int


@dataclass(frozen=True, slots=True)
class WorkSaid:
    """What is known against a work."""

    asked: str
    work: str
    title: str
    retracted: bool
    standing: tuple[str, ...]
    said: tuple[NoticeWord, ...]
    says: tuple[NoticeWord, ...]


@dataclass(frozen=True, slots=True)
class NoticesShown:
    """Lists gone by, and what they and the library's own notices say."""

    lists: tuple[NoticeListShown, ...]
    works: tuple[WorkSaid, ...]


@dataclass(frozen=True, slots=True)
class Tallied:
    """How often something is cited, and how."""

    of: str
    name: str
    title: str
    works: int
    matched: int
    with_retracted: bool
    standing: tuple[str, ...]
    said: tuple[NoticeWord, ...]
    tally: StanceTally


@dataclass(frozen=True, slots=True)
class FlagMarker:
    """Where the in-text citation stands in the words of a flag."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FlagShown:
    """Somebody's word that a citation has another class."""

    number: int
    citation: str
    state: str
    old: str
    new: str
    said: str
    who: str
    why: str
    at: str
    agreed: tuple[str, ...]
    refused: tuple[str, ...]
    words: str
    marker: FlagMarker | None


@dataclass(frozen=True, slots=True)
class FlagsShown:
    """Flags in the order of coming."""

    flags: tuple[FlagShown, ...]
