"""The reading half of a store that keeps its records in SQL, whichever database runs it; on the driver alone.

Importing SQLAlchemy takes longer than the whole of a first answer may, so what only reads does without it: these are
plain SELECTs in the words of SQLite, which `curbside.store.postgres` says in PostgreSQL's. What changes the store is in
`curbside.store.changing`.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from curbside.errors import LibraryError, LibraryTooNew, NotHeld
from curbside.records import Document, DocumentKind, Glance, Holding, Problem, Profile
from curbside.store.base import LIVE, Change, Counts
from curbside.store.base_citing import Flags, Gate, Links
from curbside.store.flagging import FlagsReader
from curbside.store.gate import GateReader
from curbside.store.links import LinksReader
from curbside.store.naming import names_of
from curbside.store.packing import unpacked, unpacked_profile
from curbside.store.readonly import ReadOnly

REVISIONS = ("0001", "0002", "0003")
"""Revisions of the schema, oldest first, as `migrations/versions` has them."""

_CHUNK = 500
_CACHED_TEXT = 4_000_000
"""Code points of documents kept decoded, about 2,500 abstracts."""

_HOLDINGS = """
SELECT d.id, d.number, d.work, d.origin, d.line, d.noticed, w.retracted, w.noticed, p.data, p.made_by
FROM documents d JOIN works w ON w.id = d.work JOIN derived p ON p.document = d.number AND p.step = 'profile'
WHERE +d.state = 'live' AND """
"""Live documents with what else is known of them. The plus keeps SQLite from walking all live documents by their state
where a few are asked for by name."""

_GLANCES = """
SELECT d.id, d.work, d.kind, d.title, d.year, d.noticed, w.retracted, w.noticed, p.data
FROM documents d JOIN works w ON w.id = d.work JOIN derived p ON p.document = d.number AND p.step = 'profile'
WHERE +d.state = 'live' AND d.id IN """

_STANDING = """(document IS NULL OR EXISTS
 (SELECT 1 FROM documents d WHERE d.number = problems.document AND d.state = 'live'))"""
"""Problems that stand: those of files, and those about documents that are shown."""

_HELD = "SELECT count(*) FROM documents WHERE state = 'live'"
_COUNTS = {
    # The plus has SQLite walk the index by works, where each comes once, instead of sorting them.
    "works": "SELECT count(DISTINCT work) FROM documents WHERE +state = 'live'",
    "originals": "SELECT count(*) FROM originals",
    "retracted": "SELECT count(*) FROM works WHERE retracted",
    "tombstones": "SELECT count(*) FROM tombstones WHERE subject NOT LIKE '%:%' OR subject LIKE '%|%'",
    "jobs": "SELECT count(*) FROM jobs WHERE state IN ('waiting', 'leased')",
    "problems": f"SELECT count(*) FROM problems WHERE {_STANDING}",
}
"""What `Counts` counts, and how."""


def known_revision(found: str) -> str:
    """Return a revision as a database names it, "" for one without tables.

    Raises:
        LibraryTooNew: if this version of Curbside does not know it.
    """
    if found and found not in REVISIONS:
        raise LibraryTooNew(
            f"The library has the schema {found!r}, which this version does not know. Use a later version of Curbside."
        )
    return found


def _bare(origin: str) -> str:
    """Return the name of a file of this machine without its folders; what is no path stays."""
    path = Path(origin)
    return path.name if path.is_absolute() else origin


def _most_first(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _told(profile: Profile, retracted: bool, noticed: bool) -> Profile:
    """Return a profile with what notices say of its document by now; most are as they were kept."""
    noticed = noticed or profile.noticed
    if (retracted, noticed) == (profile.retracted, profile.noticed):
        return profile
    return replace(profile, retracted=retracted, noticed=noticed)


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


class SqlReader(ReadOnly):
    """Reads a library; who inherits it says how a SELECT is run, and where."""

    def __init__(self, folder: Path, paths: bool = True) -> None:
        """Open for reading; without `paths` whatever came from a file of this machine bears that file's name alone.

        Raises:
            LibraryError: if there is no library, or one that an earlier version made and nobody has upgraded.
            LibraryTooNew: if a later version made it.
        """
        self._folder = folder
        self._paths = paths
        self._cache: dict[str, Document] = {}
        self._cached = 0
        self._held = (-1, 0, "")
        self._guard = threading.Lock()
        self._open()

    def _open(self) -> None:
        """Look whether the library can be read."""
        raise NotImplementedError

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a SELECT to its end, in a transaction of its own."""
        raise NotImplementedError

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._folder

    @property
    def seq(self) -> int:
        """Number of the last change, 0 in an empty store."""
        return int(self._rows("SELECT coalesce(max(seq), 0) FROM changes")[0][0])

    def holding(self, document_id: str) -> Holding:
        """Return a live document, or raise `NotHeld`."""
        found = self.holdings((document_id,))
        if not found:
            raise NotHeld(f"The library shows no document {document_id!r}.")
        return found[0]

    def holdings(self, ids: Sequence[str]) -> list[Holding]:
        """Return live documents in the order of `ids`; what is not held is left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Holding] = {}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            rows = self._rows(f"{_HOLDINGS} d.id IN {_marks(chunk)}", chunk)
            for holding in self._made(rows):
                found[holding.document.id] = holding
        return [found[each] for each in ids if each in found]

    def glances(self, ids: Sequence[str]) -> list[Glance]:
        """Return what is known of live documents without their texts, in the order of `ids`."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Glance] = {}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            for name, work, kind, title, year, own, retracted, noticed, data in self._rows(
                f"{_GLANCES}{_marks(chunk)}", chunk
            ):
                shown = _told(unpacked_profile(data), bool(retracted), bool(noticed or own))
                known = int(year) if year is not None else None
                found[str(name)] = Glance(str(name), str(work), DocumentKind(kind), str(title), known, shown)
        return [found[each] for each in ids if each in found]

    def _made(self, rows: list[tuple[Any, ...]]) -> list[Holding]:
        documents = self._documents([(str(row[0]), int(row[1])) for row in rows])
        holdings: list[Holding] = []
        named = str if self._paths else _bare
        marked = sorted({str(row[2]) for row in rows if row[6] or row[7]})
        elsewhere = GateReader(self._rows).of_works(marked) if marked else {}
        for name, _, work, origin, line, own, retracted, noticed, data, maker in rows:
            if str(name) in documents and isinstance(data, bytes):
                shown = _told(unpacked_profile(data), bool(retracted), bool(noticed or own))
                document = documents[str(name)]
                # What a notice says of another work is no word on itself, though both may be documents of one work.
                words = tuple(word for word in elsewhere.get(str(work), ()) if word.source != str(name))
                holdings.append(Holding(document, str(work), named(origin), int(line), shown, str(maker), words))
        return holdings

    def _documents(self, wanted: list[tuple[str, int]]) -> dict[str, Document]:
        """Return documents by id; content-addressed, so that what is cached cannot be out of date."""
        found = {name: document for name, _ in wanted if (document := self._cache.get(name)) is not None}
        missing = {number: name for name, number in wanted if name not in found}
        numbers = list(missing)
        sql = f"SELECT document, data FROM texts WHERE document IN {_marks(numbers)}"
        for number, data in self._rows(sql, numbers) if numbers else ():
            name = missing[int(number)]
            try:
                found[name] = unpacked(data if isinstance(data, bytes) else b"")
            except ValueError as error:
                raise LibraryError(f"Document {name}: {error}. Restore the library from a backup.") from error
            self._remember(name, found[name])
        return found

    def _remember(self, name: str, document: Document) -> None:
        with self._guard:
            if name not in self._cache:
                self._cache[name] = document
                self._cached += len(document.text)
            while self._cached > _CACHED_TEXT and len(self._cache) > 1:
                oldest = next(iter(self._cache))
                self._cached -= len(self._cache.pop(oldest).text)

    def live_holdings(self) -> Iterator[Holding]:
        """Yield every live document, oldest first, without holding the database open."""
        last = 0
        while True:
            rows = self._rows(f"{_HOLDINGS} d.number > ? ORDER BY d.number LIMIT ?", (last, _CHUNK))
            if not rows:
                return
            yield from self._made(rows)
            last = int(rows[-1][1])

    def listed(self, after: int, limit: int) -> list[tuple[int, Holding]]:
        """Return up to `limit` live documents later than the place `after`, oldest first, each with its place."""
        rows = self._rows(f"{_HOLDINGS} d.number > ? ORDER BY d.number LIMIT ?", (after, limit))
        places = {str(row[0]): int(row[1]) for row in rows}
        return [(places[holding.document.id], holding) for holding in self._made(rows)]

    def resolve(self, text: str) -> tuple[str, ...]:
        """Return ids of the live documents that `text` names, oldest first, or raise `NotHeld`."""
        for name in names_of(text):
            if name.startswith("d") and self._live("id", name):
                return (name,)
            works = self._rows("SELECT work FROM keys WHERE key = ?", (name,)) or self._rows(
                "SELECT coalesce(merged, id) FROM works WHERE id = ?", (name,)
            )
            if works and (documents := self.documents_of(str(works[0][0]))):
                return documents
        raise NotHeld(self._why_not(text))

    def _why_not(self, text: str) -> str:
        names = names_of(text)
        for name in names:
            sql = "SELECT reason, at FROM tombstones WHERE subject = ? OR subject LIKE ? ESCAPE '!' ORDER BY subject"
            pattern = "%|" + name.replace("!", "!!").replace("%", "!%").replace("_", "!_")
            rows = self._rows(sql, (name, pattern))
            if rows:
                return f"The library does not show {text!r}: {rows[0][0]} on {str(rows[0][1])[:10]}."
        return f"The library holds nothing under {text!r}."

    def documents_of(self, work: str) -> tuple[str, ...]:
        """Return ids of the live documents of a work, oldest first; empty where there is none."""
        return self._live("work", work)

    def _live(self, column: str, value: str) -> tuple[str, ...]:
        sql = f"SELECT id FROM documents WHERE state = ? AND {column} = ? ORDER BY number"
        return tuple(str(row[0]) for row in self._rows(sql, (LIVE, value)))

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return the first `limit` changes later than `after`, in order."""
        rows = self._rows("SELECT seq, document, op FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
        return [Change(int(seq), str(document), str(op)) for seq, document, op in rows]

    @property
    def held(self) -> int:
        """Number of documents that are shown, counted once for each state of the store."""
        return self._state()[1]

    @property
    def changed(self) -> str:
        """ISO time of the last change, read once for each state of the store."""
        return self._state()[2]

    def _state(self) -> tuple[int, int, str]:
        seq = self.seq
        if self._held[0] != seq:
            updated = self._rows("SELECT value FROM meta WHERE name = 'updated'")
            self._held = (seq, int(self._rows(_HELD)[0][0]), str(updated[0][0]) if updated else "")
        return self._held

    def counts(self) -> Counts:
        """Count what is held."""
        one = {name: int(self._rows(sql)[0][0]) for name, sql in _COUNTS.items()}
        updated = self._rows("SELECT value FROM meta WHERE name = 'updated'")
        kinds, evidence = Counter[str](), Counter[str]()
        sql = "SELECT kind, evidence, count(*) FROM documents WHERE state = 'live' GROUP BY kind, evidence"
        for kind, design, count in self._rows(sql):
            kinds[str(kind)] += int(count)
            evidence[str(design)] += int(count)
        return Counts(
            **one,
            documents=kinds.total(),
            kinds=_most_first(kinds),
            evidence=_most_first(evidence),
            updated=str(updated[0][0]) if updated else "",
        )

    @property
    def links(self) -> Links:
        """Who cites whom."""
        return LinksReader(self._rows)

    @property
    def gate(self) -> Gate:
        """Notices of the world."""
        return GateReader(self._rows)

    @property
    def flags(self) -> Flags:
        """Flags on citations."""
        return FlagsReader(self._rows)

    def problems(self) -> list[Problem]:
        """Return the problems of past adds that still stand, by file and line."""
        return self._problems("ORDER BY place, line, number")

    def _problems(self, rest: str, values: Sequence[object] = ()) -> list[Problem]:
        rows = self._rows(f"SELECT what, place, line, remedy, lost FROM problems WHERE {_STANDING} {rest}", values)
        name = str if self._paths else _bare
        return [Problem(str(w), name(p), int(n), str(r), bool(lost)) for w, p, n, r, lost in rows]
