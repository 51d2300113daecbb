"""Vectors on disk, searched with faiss: every one up to 500,000 of them, by inverted lists beyond.

A vector is kept as eight bits a dimension (`QT_8bit_direct_signed`): an error of about .001 in a cosine, a quarter of
the room, and faster than floats. Found by codes, the best are scored again with the question as it is.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from curbside.errors import IndexBroken
from curbside.records import Span
from curbside.search.base import BROKEN, MISSING, READY, Embedded, Near
from curbside.search.vectors_files import (
    MANIFEST,
    REMEDY,
    SCHEME,
    Manifest,
    append,
    folder_of,
    read_manifest,
    tidy,
    write_manifest,
    writing,
)
from curbside.search.vectors_flat import Few, flat_of
from curbside.search.vectors_lists import lists_wanted, made_lists, opened_lists

if find_spec("faiss") is None:  # imported where there are many vectors; missing, it is missed at once
    raise ImportError("No module named 'faiss'", name="faiss")

THREADS = 1
"""Threads of one search; who serves many questions has a thread for each."""

ROW = np.dtype([("key", "<u8"), ("document", "S24"), ("start", "<u4"), ("end", "<u4"), ("check", "<u4"), ("_", "<u4")])
"""A record of the file of rows: hash of the document id, the id, the span, and a checksum of these and the codes."""

WIPED_SHARE = 0.25
WIPED_LEAST = 1_000
"""From so many wiped rows on, at the least and of all, the files are written anew without them."""

_HALF = 127.0
_FACTS = 40  # bytes of a record before its checksum


@dataclass(slots=True)
class _Open:
    """A commit, opened.

    Attributes:
        signature: of the manifest's file; another one means another commit.
        manifest: what it says.
        table: records of `ROW`.
        order, keys: rows sorted by the hash of their document, and those hashes.
        flat: the rows that no list holds, searched one by one.
        lists: inverted lists of the others, or None.
        sound: for each row whether its codes, held in memory, were found to be what was written.
    """

    signature: tuple[int, int, int]
    manifest: Manifest
    table: NDArray[Any]
    order: NDArray[np.int64]
    keys: NDArray[np.uint64]
    flat: Any
    lists: Any
    sound: NDArray[np.bool_]


class FaissVectors:
    """`Vectors` in a folder of a library; see `curbside.search.base.Vectors` for what they promise.

    Readers see each commit at their next call. A document that is taken out is wiped from the files just before the
    commit that drops it.
    """

    def __init__(self, library: Path, version: str) -> None:
        """Use the vectors of an encoder's `version` in the folder of a library; nothing has to be there yet."""
        self.folder = folder_of(library, version)
        self._version = version
        self._guard = threading.RLock()
        self._open: _Open | None = None
        self._pending: dict[str, Embedded | None] = {}

    @property
    def version(self) -> str:
        """Version of the encoder that made them."""
        return self._version

    @property
    def seq(self) -> int:
        """Last change of the store that is committed; 0 where there is none."""
        return self._manifest().seq

    @property
    def documents(self) -> int:
        """Number of documents that have committed vectors."""
        return self._manifest().documents

    def count(self) -> int:
        """Number of committed vectors."""
        manifest = self._manifest()
        return manifest.rows - manifest.wiped

    def _manifest(self) -> Manifest:
        opened = self._open
        if opened is not None and opened.signature == self._signature():
            return opened.manifest
        return read_manifest(self.folder, self._version) or Manifest(SCHEME, self._version)

    def _signature(self) -> tuple[int, int, int]:
        """Return what tells the last commit from others, without reading it."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except FileNotFoundError:
            return 0, 0, 0
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def state(self) -> str:
        """Tell how they are: "ready", "missing" or "broken"; every checksum is looked at."""
        try:
            manifest = read_manifest(self.folder, self._version)
            if manifest is None:
                return MISSING
            opened = self._opened()
            live = np.flatnonzero(opened.table["document"] != b"")
            for start in range(0, len(live), 65_536):
                self._codes(opened, live[start : start + 65_536])
        except IndexBroken:
            return BROKEN
        return READY

    def holding(self, documents: Sequence[str]) -> frozenset[str]:
        """Return those of `documents` whose vectors are committed."""
        opened = self._opened()
        found: set[bytes] = set(opened.table["document"][_rows_of(opened, documents)].tolist())
        return frozenset(document for document in documents if document.encode() in found)

    def apply(self, embedded: Iterable[Embedded], removed: Iterable[str] = ()) -> None:
        """Take in documents and drop the removed ones; visible after `commit`."""
        with self._guard:
            for document in removed:
                self._pending[document] = None
            for each in embedded:
                if each.spans:
                    self._pending[each.document] = each

    def commit(self, seq: int, after: int | None = None) -> bool:
        """Make everything applied so far visible and durable together with `seq`; see the contract for `after`."""
        with self._guard:
            pending, self._pending = self._pending, {}
            with writing(self.folder):
                before = self._manifest()
                if after is not None and before.seq != after:
                    return False
                manifest = self._wiped(before, pending) if before.documents else before
                manifest = self._grown(manifest, [each for each in pending.values() if each is not None])
                manifest = replace(self._tidied(manifest), seq=seq)
                if lists_wanted(manifest):
                    manifest = made_lists(self.folder, manifest)
                write_manifest(self.folder, manifest)
                if (manifest.generation, manifest.lists) != (before.generation, before.lists):
                    tidy(self.folder, manifest)
        return True

    def _wiped(self, manifest: Manifest, gone: Iterable[str]) -> Manifest:
        """Wipe the rows of documents, records before codes: a record without a name is none."""
        opened = self._opened()
        rows = _rows_of(opened, list(gone))
        if not len(rows):
            return manifest
        size = manifest.dimensions
        with (self.folder / manifest.rows_file).open("r+b") as table:
            for row in rows:
                table.seek(int(row) * ROW.itemsize)
                table.write(bytes(ROW.itemsize))
        with (self.folder / manifest.codes_file).open("r+b") as codes:
            for row in rows:
                codes.seek(int(row) * size)
                codes.write(b"\x80" * size)
        documents = manifest.documents - len(np.unique(opened.table["document"][rows]))
        return replace(manifest, documents=documents, wiped=manifest.wiped + len(rows))

    def _grown(self, manifest: Manifest, embedded: Sequence[Embedded]) -> Manifest:
        if not embedded:
            return manifest
        vectors = np.concatenate([each.vectors for each in embedded]).astype(np.float32, copy=False)
        if not manifest.dimensions:
            # Values of a unit vector lie around 1/sqrt(d); the rare one beyond the reach is drawn in.
            size = int(vectors.shape[1])
            reach = max(6.0 / size**0.5, 1.25 * float(np.abs(vectors).max()))
            manifest = replace(manifest, dimensions=size, reach=min(reach, 1.0))
        codes = (np.clip(np.rint(vectors * (_HALF / manifest.reach)), -_HALF, _HALF) + 128).astype(np.uint8)
        table = np.zeros(len(codes), ROW)
        row = 0
        for each in embedded:
            for span in each.spans:
                table[row] = (_key(each.document), each.document.encode(), span.start, span.end, 0, 0)
                row += 1
        table["check"] = _checks(table, codes)
        append(self.folder / manifest.codes_file, manifest.rows * manifest.dimensions, codes.tobytes())
        append(self.folder / manifest.rows_file, manifest.rows * ROW.itemsize, table.tobytes())
        rows, documents = manifest.rows + len(codes), manifest.documents + len(embedded)
        return replace(manifest, rows=rows, documents=documents)

    def _tidied(self, manifest: Manifest) -> Manifest:
        """Write the files anew where too much of them is wiped."""
        if manifest.wiped < max(WIPED_LEAST, WIPED_SHARE * manifest.rows):
            return manifest
        table = np.fromfile(self.folder / manifest.rows_file, ROW, manifest.rows)
        codes = np.fromfile(self.folder / manifest.codes_file, np.uint8, manifest.rows * manifest.dimensions)
        live = table["document"] != b""
        tidied = replace(
            manifest, generation=manifest.generation + 1, rows=int(live.sum()), wiped=0, lists="", listed=0
        )
        append(self.folder / tidied.codes_file, 0, codes.reshape(manifest.rows, -1)[live].tobytes())
        append(self.folder / tidied.rows_file, 0, table[live].tobytes())
        return tidied

    def clear(self) -> None:
        """Drop everything at once."""
        with self._guard:
            self._pending.clear()
            self._open = None
            with writing(self.folder):
                try:
                    generation = self._manifest().generation + 1
                except IndexBroken:
                    named = [path.name.rpartition("-")[2] for path in self.folder.glob("rows-*")]
                    generation = max((int(number) for number in named if number.isdigit()), default=0) + 1
                manifest = Manifest(SCHEME, self._version, generation=generation)
                write_manifest(self.folder, manifest)
                tidy(self.folder, manifest)

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[Near]:
        """Return the `limit` documents nearest to a vector, best first, ties by document id."""
        opened = self._opened()
        manifest = opened.manifest
        if not manifest.documents or limit <= 0:
            return []
        coded = np.rint(vector * (_HALF / max(float(np.abs(vector).max()), 1e-9))).astype(np.float32)[None, :]
        wanted = limit * -(-manifest.rows // manifest.documents) + 8
        while True:
            size = min(wanted, manifest.rows)
            rows = _found(opened, coded, size)
            rows = rows[opened.table["document"][rows] != b""]
            if size == manifest.rows or len(np.unique(opened.table["key"][rows])) >= limit:
                return self._best(opened, vector, rows)[:limit]
            wanted *= 4

    def of(self, document: str) -> NDArray[np.float32] | None:
        """Return the vector of a document's first piece, or None; it is what the codes kept of it."""
        opened = self._opened()
        rows = _rows_of(opened, (document,))[:1]
        if not len(rows):
            return None
        vector = self._codes(opened, rows)[0].astype(np.float32) - 128.0
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def scored(self, vector: NDArray[np.float32], documents: Sequence[str]) -> list[Near]:
        """Return how near each of `documents` is, in their order; those without vectors are left out."""
        opened = self._opened()
        rows = _rows_of(opened, documents)
        if not len(rows):
            return []
        best = {near.document: near for near in self._best(opened, vector, rows)}
        return [best[document] for document in documents if document in best]

    def close(self) -> None:
        """Let go of what is held in memory; what was applied but not committed is dropped."""
        with self._guard:
            self._pending.clear()
            self._open = None

    def _best(self, opened: _Open, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> list[Near]:
        """Return the documents of some rows, each by its nearest, best first."""
        codes = self._codes(opened, rows)
        scores = (codes.astype(np.float32) - 128.0) @ vector * (opened.manifest.reach / _HALF)
        some = opened.table[rows]
        found = zip(
            np.round(scores, 5).tolist(), some["document"].tolist(), some["start"].tolist(), some["end"].tolist()
        )
        best: dict[bytes, tuple[float, int, int]] = {}
        for score, document, start, end in found:
            mine = (-score, start, end)
            if document not in best or mine < best[document]:
                best[document] = mine
        nearest = [
            Near(document.decode(), Span(start, end), round(-score, 5))
            for document, (score, start, end) in best.items()
        ]
        return sorted(nearest, key=lambda near: (-near.score, near.document))

    def _codes(self, opened: _Open, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the codes of rows: from memory, and from the disk those that lists hold.

        Raises:
            IndexBroken: if they are not what was written.
        """
        size, first = opened.manifest.dimensions, opened.manifest.listed if opened.lists is not None else 0
        codes = np.empty((len(rows), size), np.uint8)
        held = rows >= first
        if held.all():
            codes = opened.flat.codes[rows - first]
        else:
            codes[held] = opened.flat.codes[rows[held] - first]
            try:
                with (self.folder / opened.manifest.codes_file).open("rb", buffering=0) as handle:
                    for place in np.flatnonzero(~held):
                        handle.seek(int(rows[place]) * size)
                        handle.readinto(memoryview(codes[place]))
            except OSError as error:
                raise self._broken(error.strerror or str(error)) from error
        unsure = np.flatnonzero(~opened.sound[rows])
        if len(unsure):
            asked = rows[unsure]
            wrong = _checks(opened.table[asked], codes[unsure]) != opened.table["check"][asked]
            if wrong.any() and not self._wiped_since(opened, asked[wrong]):
                raise self._broken("a checksum does not hold")
            opened.sound[asked] = ~wrong & held[unsure]
        return codes

    def _wiped_since(self, opened: _Open, rows: NDArray[np.int64]) -> bool:
        """Tell whether rows were taken out since their commit was opened."""
        table = np.fromfile(self.folder / opened.manifest.rows_file, ROW, opened.manifest.rows)
        return len(table) == opened.manifest.rows and bool((table["document"][rows] == b"").all())

    def _opened(self) -> _Open:
        """Return the last commit, opened.

        Raises:
            IndexBroken: if its files are not what it says.
        """
        with self._guard:
            signature = self._signature()
            if self._open is None or self._open.signature != signature:
                self._open = self._read(signature)
            return self._open

    def _read(self, signature: tuple[int, int, int]) -> _Open:
        manifest = self._manifest()
        size = manifest.dimensions
        table = np.zeros(0, ROW)
        flat: Any = None
        lists: Any = None
        if manifest.rows:
            try:
                table = np.fromfile(self.folder / manifest.rows_file, ROW, manifest.rows)
                lists = opened_lists(self.folder, manifest)
                first = manifest.listed if lists is not None else 0
                wanted = manifest.rows - first
                codes = np.fromfile(
                    self.folder / manifest.codes_file, np.uint8, wanted * size, offset=first * size
                ).reshape(-1, size)
            except (OSError, ValueError, RuntimeError) as error:
                raise self._broken(str(error).splitlines()[0][:200]) from error
            if len(table) != manifest.rows or len(codes) != wanted:
                raise self._broken("a file is shorter than it should be")
            flat = flat_of(codes, size)
        order = np.argsort(table["key"], kind="stable")
        sound = np.zeros(len(table), np.bool_)
        return _Open(signature, manifest, table, order, table["key"][order], flat, lists, sound)

    def _broken(self, why: str) -> IndexBroken:
        return IndexBroken(f"The vectors in {self.folder} cannot be used ({why}). {REMEDY}")


def _found(opened: _Open, coded: NDArray[np.float32], size: int) -> NDArray[np.int64]:
    """Return about `size` rows by their codes, the best first, lists and what is in none of them together."""
    if not isinstance(opened.flat, Few) or opened.lists is not None:
        import faiss

        faiss.omp_set_num_threads(THREADS)
    scores, rows = opened.flat.search(coded, size)
    rows = rows[0] + (opened.manifest.listed if opened.lists is not None else 0)
    scores = scores[0]
    if opened.lists is not None:
        of_lists, listed = opened.lists.search(coded, size)
        scores, rows = np.concatenate([scores, of_lists[0]]), np.concatenate([rows, listed[0]])
        known = np.concatenate([rows[: len(rows) - len(listed[0])] >= opened.manifest.listed, listed[0] >= 0])
        scores, rows = scores[known], rows[known]
    best = np.argsort(-scores, kind="stable")[:size]
    return cast("NDArray[np.int64]", rows[best][rows[best] >= 0])


def _rows_of(opened: _Open, documents: Sequence[str]) -> NDArray[np.int64]:
    """Return the rows of documents; a hash that two share is told apart by the name."""
    if not documents:
        return np.zeros(0, np.int64)
    keys = np.fromiter((_key(document) for document in documents), np.uint64, len(documents))
    first = np.searchsorted(opened.keys, keys, "left")
    many = np.searchsorted(opened.keys, keys, "right") - first
    asked = np.repeat(np.arange(len(documents)), many)
    rows = opened.order[np.repeat(first - np.cumsum(many) + many, many) + np.arange(len(asked))]
    names = np.array([document.encode() for document in documents])
    return rows[opened.table["document"][rows] == names[asked]]


def _key(document: str) -> int:
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:8], "little")


def _checks(table: NDArray[Any], codes: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return the checksum of each row: of its record up to the checksum, then of its codes."""
    facts, size = table.tobytes(), ROW.itemsize
    found = (
        zlib.crc32(codes[row].tobytes(), zlib.crc32(facts[row * size : row * size + _FACTS]))
        for row in range(len(table))
    )
    return np.fromiter(found, np.uint32, len(table))
