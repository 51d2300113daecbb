"""What the store already knows about the records of a batch, fetched in a few queries rather than a few a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, func, or_, select

from curbside.store import schema
from curbside.store.base import Delivery, Entry, Withdrawal

_CHUNK = 500

NOWHERE = frozenset({"-", ""})
"""Origins that are no place: two streams from the standard input are not versions of one file."""


@dataclass(slots=True)
class Row:
    """A document as far as decisions need it; `fresh` where it is not in the database yet, `changed` where the
    database has an older state of it."""

    number: int
    id: str
    work: str
    state: str
    slot: str
    title: str
    version: int
    retracted: bool
    noticed: bool
    fresh: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Tomb:
    """Why something must stay out, up to which version (None: whichever), and since when."""

    reason: str
    version: int | None
    at: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """How far a file was read."""

    reader: int
    done: int
    complete: bool
    withheld: bool


@dataclass(slots=True)
class Known:
    """What the store knows; kept up to date while a batch is decided.

    Attributes:
        rows: documents by id.
        slots: documents by slot.
        keyless: documents without identifiers of other or earlier readings of a file, by the file's hash.
        sole: hashes of files that hold one record only.
        owner, held, born: works by key, keys by work, age by work.
        tombs: tombstones by subject.
        files: how far files were read, by hash.
        earlier: hashes that an origin had before, by origin.
        seen: (hash, reader version) of the places where a document stands, by its number.
    """

    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    slots: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    keyless: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    sole: set[str] = field(default_factory=set[str])
    owner: dict[str, str] = field(default_factory=dict[str, str])
    held: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    born: dict[str, int] = field(default_factory=dict[str, int])
    tombs: dict[str, Tomb] = field(default_factory=dict[str, Tomb])
    files: dict[str, FileRow] = field(default_factory=dict[str, FileRow])
    earlier: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    seen: dict[int, set[tuple[str, int]]] = field(default_factory=dict[int, set[tuple[str, int]]])

    def reread(self, delivery: Delivery) -> bool:
        """Tell whether the file was read before by an earlier version of the readers."""
        file = self.files.get(delivery.original.sha)
        return file is not None and file.reader < delivery.original.reader

    def precedes(self, row: Row, delivery: Delivery) -> bool:
        """Tell whether `row` is what this place said before: other bytes of one origin, or an earlier reading."""
        given = delivery.original
        before = self.earlier.get(given.origin, set())
        return any(
            sha in before or (sha == given.sha and reader < given.reader)
            for sha, reader in self.seen.get(row.number, ())
        )


def keys_of(entry: Entry) -> tuple[str, ...]:
    """Return the joining keys of a document, strongest first."""
    return entry.ids.keys()


def slot_of(form: str, keys: Sequence[str]) -> str:
    """Return the source's own name for a record: its format and strongest key; "" where it has no key."""
    return f"{form}|{keys[0]}" if keys else ""


def among(
    connection: Connection, statement: Any, column: Column[Any], values: Iterable[Any], *then: Column[Any]
) -> Iterator[Any]:
    """Yield the rows of `statement` whose `column` is one of `values`, some hundred values at a time.

    They come in the order of the column, which every database can say, and of `then`.
    """
    wanted = sorted(set(values))
    for start in range(0, len(wanted), _CHUNK):
        some = statement.where(column.in_(wanted[start : start + _CHUNK]))
        yield from connection.execute(some.order_by(column, *then))


_d = schema.documents.c
_ROW = select(_d.number, _d.id, _d.work, _d.state, _d.slot, _d.title, _d.version, _d.retracted, _d.noticed)


def load(connection: Connection, deliveries: Sequence[Delivery]) -> Known:
    """Fetch what the store knows about everything that `deliveries` name."""
    known = Known()
    entries = [(d, item) for d in deliveries for item in d.items if isinstance(item, Entry)]
    gone = [(d, item) for d in deliveries for item in d.items if isinstance(item, Withdrawal)]
    ids = {entry.id for _, entry in entries}
    keys = {key for _, entry in entries for key in keys_of(entry)}
    keys |= {key for _, entry in entries for issued in entry.notices for key in issued.keys}
    slots = {slot_of(d.original.format, keys_of(entry)) for d, entry in entries} - {""}
    slots |= {slot_of(d.original.format, (item.key,)) for d, item in gone}
    _files(connection, known, deliveries)
    for row in among(connection, _ROW, _d.id, ids):
        known.rows[row.id] = Row(*row)
    for row in among(connection, _ROW, _d.slot, slots, _d.number):
        known.slots.setdefault(row.slot, []).append(known.rows.setdefault(row.id, Row(*row)))
    _works(connection, known, keys)
    tombs = schema.tombstones
    for row in among(connection, select(tombs), tombs.c.subject, ids | keys | slots):
        known.tombs[row.subject] = Tomb(row.reason, row.version, row.at)
    _predecessors(connection, known, deliveries)
    return known


def _files(connection: Connection, known: Known, deliveries: Sequence[Delivery]) -> None:
    files, origins = schema.files, schema.origins
    for row in among(connection, select(files), files.c.sha, (d.original.sha for d in deliveries)):
        known.files[row.sha] = FileRow(row.reader, row.done, row.complete, row.withheld)
    current = {d.original.origin: d.original.sha for d in deliveries if d.original.origin not in NOWHERE}
    for row in among(connection, select(origins.c.origin, origins.c.sha), origins.c.origin, current):
        if row.sha != current.get(row.origin):
            known.earlier.setdefault(row.origin, set()).add(row.sha)


def _works(connection: Connection, known: Known, keys: Iterable[str]) -> None:
    table, works = schema.keys, schema.works
    for row in among(connection, select(table), table.c.key, keys):
        known.owner[row.key] = row.work
    involved = set(known.owner.values()) | {row.work for row in known.rows.values()}
    for row in among(connection, select(table), table.c.work, involved):
        known.held.setdefault(row.work, set()).add(row.key)
        known.owner[row.key] = row.work
    for row in among(connection, select(works.c.id, works.c.born), works.c.id, involved):
        known.born[row.id] = row.born


def _predecessors(connection: Connection, known: Known, deliveries: Sequence[Delivery]) -> None:
    """Fetch what only matters where a file has changed or is read by later readers."""
    shas: set[str] = set()
    for delivery in deliveries:
        shas |= known.earlier.get(delivery.original.origin, set())
        if known.reread(delivery):
            shas.add(delivery.original.sha)
    if not shas:
        return
    seen = schema.sightings.c
    titles = sorted({item.title for d in deliveries for item in d.items if isinstance(item, Entry)})[:_CHUNK]
    counted = select(seen.sha, func.count().label("records")).group_by(seen.sha)
    known.sole = {row.sha for row in among(connection, counted, seen.sha, shas) if row.records == 1}
    joined = _ROW.add_columns(seen.sha).join(schema.sightings, seen.document == _d.number)
    wanted = joined.where(_d.slot == "").where(or_(_d.title.in_(titles), seen.sha.in_(known.sole)))
    for *values, sha in among(connection, wanted, seen.sha, shas, _d.number):
        row = Row(*values)
        known.keyless.setdefault(sha, []).append(known.rows.setdefault(row.id, row))
    places = select(seen.document, seen.sha, seen.reader)
    for row in among(connection, places, seen.document, (row.number for row in known.rows.values())):
        known.seen.setdefault(row.document, set()).add((row.sha, row.reader))
