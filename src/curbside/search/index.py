"""The index on tantivy: BM25 over documents and their passages, in a folder that can be deleted at any time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import tantivy

from curbside.errors import CurbsideError, IndexBroken, LibraryBusy, LibraryFull
from curbside.records import Facets, Filters, Hit, Hits, Holding, Order, Query
from curbside.search.advanced import Node, parse
from curbside.search.analysis import EXACT, RAW, STEMMED, exact_analyzer, stemmed_analyzer
from curbside.search.base import BEHIND, BROKEN, MISSING, READY, Concepts
from curbside.search.browse import by_year, facets, venues
from curbside.search.expand import closed, planned
from curbside.search.fields import SCHEME, Entry, entries
from curbside.search.lookup import Lookup
from curbside.search.ranked import Entries, count_of
from curbside.search.sample import Sample, chosen

HEAP = 96_000_000
"""Bytes that the writer may fill before it writes a segment."""

THREADS = 1
"""A second thread would divide the same work into more segments, which cost more; reading is the slower half."""

_META = "meta"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, fast=True, tokenizer_name=RAW, index_option="basic")
    for name in ("work", _META):
        builder.add_text_field(name, stored=True, tokenizer_name=RAW, index_option="basic")
    for name in ("start", "end"):
        builder.add_unsigned_field(name, stored=True)
    for name in ("heading", "text"):
        builder.add_text_field(name, tokenizer_name=STEMMED, index_option="freq")
    builder.add_text_field("outside", tokenizer_name=STEMMED, index_option="basic")
    builder.add_text_field("concepts", tokenizer_name=RAW, index_option="freq")
    for name in ("title", "abstract", "rest", "author", "journal", "mesh"):
        builder.add_text_field(name, tokenizer_name=EXACT, index_option="position")
    for name in ("lead", "about", "ids", "kind", "evidence", "drugs", "conditions", "ages", "noticed"):
        builder.add_text_field(name, tokenizer_name=RAW, index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    # New fields come last: an index of an older scheme answers with those it has until it is rebuilt.
    builder.add_text_field("shelves", tokenizer_name=RAW, index_option="basic")
    builder.add_text_field("venue", fast=True, tokenizer_name=RAW, index_option="basic")
    return builder.build()


@dataclass(frozen=True, slots=True)
class _Open:
    """An index as its last commit left it.

    Attributes:
        signature: of the file that names the commit; another one means another commit.
        searcher: over that commit.
        entries: what hits are made of, read from it.
        seq, scheme, vocabulary: what the commit says of itself.
        passages, documents: counts.
    """

    signature: tuple[int, int, int]
    searcher: tantivy.Searcher
    entries: Entries
    seq: int
    scheme: int
    vocabulary: str
    passages: int
    documents: int


class TantivyIndex:
    """An `Index` in a folder of its own; see `curbside.search.base.Index` for what it promises.

    Readers see each commit at their next call, also commits of other processes. What a commit holds is named by one
    small file that tantivy replaces in one step, and `seq` is an entry of the same commit, so that both are there or
    neither. Entries replaced since weigh in BM25's statistics until their segment is merged: scores may differ in
    the fourth digit from those of a fresh index.
    """

    def __init__(self, folder: Path, concepts: Concepts) -> None:
        """Use the index in `folder`, which need not exist yet; nothing is opened or made until it is asked for."""
        self._folder = folder
        self._concepts = concepts
        self._schema = _schema()
        self._index: tantivy.Index | None = None
        self._open: _Open | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._fresh: set[str] = set()
        self._mirror: TemporaryDirectory[str] | None = None

    @property
    def seq(self) -> int:
        """Last change of the store that the committed index holds; 0 where it holds none."""
        opened = self._reader()
        return opened.seq if opened else 0

    def count(self) -> int:
        """Number of passages in the committed index."""
        opened = self._reader()
        return opened.passages if opened else 0

    def state(self) -> str:
        """Tell how the index is: "ready", "behind", "missing" or "broken"."""
        try:
            opened = self._reader()
        except IndexBroken:
            return BROKEN if self._pointer().exists() else MISSING
        if opened is None:
            return MISSING
        fits = opened.scheme == SCHEME and opened.vocabulary == self._concepts.version
        return READY if fits else BEHIND

    def apply(self, holdings: Iterable[Holding], removed: Iterable[str] = ()) -> None:
        """Take in documents and drop the removed ones; visible after `commit`."""
        with _translated(self._folder):
            opened = self._reader()
            writer = self._written()
            for document in removed:
                writer.delete_documents_by_term("document", document)
            for holding in holdings:
                self._take(writer, opened, holding)

    def _take(self, writer: tantivy.IndexWriter, opened: _Open | None, holding: Holding) -> None:
        document = holding.document.id
        known = document in self._fresh or (opened is not None and opened.searcher.doc_freq("document", document) > 0)
        if known:
            writer.delete_documents_by_term("document", document)
        self._fresh.add(document)
        for entry in entries(holding, self._concepts):
            writer.add_document(_document(_values(entry), self._schema))

    def commit(self, seq: int) -> None:
        """Make everything applied so far visible and durable, together with `seq`."""
        with _translated(self._folder):
            writer = self._written()
            writer.delete_documents_by_term("lead", _META)
            meta = f"{SCHEME} {seq} {self._concepts.version}"
            writer.add_document(_document({_META: meta, "lead": _META}, self._schema))
            writer.commit()
            self._fresh.clear()

    def clear(self) -> None:
        """Drop everything with the next commit; what is damaged at once."""
        try:
            with _translated(self._folder):
                self._reader()
                self._written().delete_all_documents()
        except IndexBroken:
            self.close()
            with _translated(self._folder):
                self._throw_away()
            self.commit(0)
        self._fresh.clear()

    def _throw_away(self) -> None:
        """Move the folder aside in one step, then delete it; a thread that still writes there harms nothing."""
        aside = self._folder.with_name(f"{self._folder.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        if self._folder.exists():
            self._folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def search(self, query: Query) -> Hits:
        """Return the documents that match, best first; ties in the order of document ids."""
        tree = parse(query.text, self._concepts) if query.advanced else None
        with _translated(self._folder):
            opened = self._reader()
            if opened is None or query.limit <= 0:
                return Hits(query, (), 0)
            return self._found(opened, query, tree)

    def _found(self, opened: _Open, query: Query, tree: Node | None) -> Hits:
        lookup = Lookup(self._schema, opened.searcher)
        filters: Filters = closed(query.filters, self._concepts)
        plan = planned(query) if tree is None else None
        among = query.among
        wanted = lookup.advanced(tree, filters, among) if plan is None else lookup.plain(plan, filters, among)
        if wanted is None:
            return Hits(query, (), 0)
        first = max(query.offset, 0)
        if query.order is not Order.BEST:
            leads = wanted if plan is None else lookup.documents(plan, filters, among)
            addresses, total = by_year(lookup, leads, query.order, first, query.limit)
            return Hits(query, tuple(opened.entries.hit(address, 0.0) for address in addresses), total)
        single = plan is None or opened.passages == opened.documents
        every = plan is not None and bool(among)  # that query finds all of them, sharing words or not
        found, total = opened.entries.ranked(wanted, first + query.limit, single, every)
        if total is None and plan is not None:
            total = count_of(opened.searcher.search(lookup.documents(plan, filters, among), 1))
        return Hits(query, tuple(found[first : first + query.limit]), len(found) if total is None else total)

    def facets(self, query: Query) -> Facets:
        """Count what the documents that match are like."""
        tree = parse(query.text, self._concepts) if query.advanced else None
        with _translated(self._folder):
            opened = self._reader()
            if opened is None:
                return Facets()
            lookup = Lookup(self._schema, opened.searcher)
            filters = closed(query.filters, self._concepts)
            if tree is not None:
                wanted = lookup.advanced(tree, filters, query.among)
            else:
                plan = planned(query)
                known = lookup.plain(plan, filters, query.among) is not None
                wanted = lookup.documents(plan, filters, query.among) if known else None
            return Facets() if wanted is None else facets(lookup, wanted)

    def among(self, documents: Sequence[str], filters: Filters) -> dict[str, str]:
        """Return those of `documents` that are held and meet the filters, with their works."""
        with _translated(self._folder):
            opened = self._reader()
            if opened is None or not documents:
                return {}
            wanted = Lookup(self._schema, opened.searcher).these(documents, closed(filters, self._concepts))
            hits = opened.searcher.search(wanted, len(documents), count=False).hits
            return {each.document: each.work for each in (opened.entries.hit(address, 0.0) for _, address in hits)}

    def like(self, sample: Sample, limit: int) -> list[Hit]:
        """Return the documents that say most of what a sample says, best first, ties by document id."""
        with _translated(self._folder):
            opened = self._reader()
            if opened is None or limit <= 0:
                return []
            terms = chosen(sample, opened.searcher.doc_freq, opened.passages)
            if not terms:
                return []
            wanted = Lookup(self._schema, opened.searcher).like(terms, Filters(kinds=sample.kinds))
            # Counting all that match would have the engine look at each of them.
            return opened.entries.ranked(wanted, limit, single=False)[0][:limit]

    def venues(self) -> tuple[tuple[str, int], ...]:
        """Return the journals of the documents held with their counts."""
        with _translated(self._folder):
            opened = self._reader()
            return venues(opened.searcher) if opened else ()

    def close(self) -> None:
        """Let go of files and locks; what was applied but not committed is dropped."""
        writer, self._writer = self._writer, None
        self._index = None
        self._open = None
        self._fresh.clear()
        if self._mirror is not None:
            self._mirror.cleanup()
            self._mirror = None
        del writer

    def _pointer(self) -> Path:
        """Return the file that names the last commit."""
        return self._folder / "meta.json"

    def _reader(self) -> _Open | None:
        """Return the last commit, opened; None where there never was one."""
        try:
            stat = self._pointer().stat()
        except FileNotFoundError:
            if self._open is not None and self._open.seq:
                self.close()
                raise IndexBroken(
                    f"The index in {self._folder} was deleted while it was in use. Rebuild it with: curbside rebuild"
                ) from None
            return None
        signature = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._open is not None and self._open.signature == signature:
            return self._open
        with _translated(self._folder):
            if self._index is None or self._mirror is not None:
                self._index = tantivy.Index.open(self._readable())
                _register(self._index)
            self._index.reload()
            self._open = _opened(self._index, signature)
        return self._open

    def _readable(self) -> str:
        """Return the folder to read from: links to the files elsewhere where the folder itself cannot be written.

        The engine makes a lock file in its folder even to read; a library on a read-only disk must answer all the same.
        """
        if os.access(self._folder, os.W_OK):
            return str(self._folder)
        self._mirror = TemporaryDirectory(prefix="curbside-index-")
        for path in sorted(self._folder.iterdir()):
            if path.suffix != ".lock":
                Path(self._mirror.name, path.name).symlink_to(path)
        return self._mirror.name

    def _written(self) -> tantivy.IndexWriter:
        """Return the writer, opened on first use; it holds the folder's lock until `close`."""
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(self._schema, str(self._folder), reuse=True)
            _register(index)
            self._writer = index.writer(HEAP, THREADS)
        return self._writer


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(STEMMED, stemmed_analyzer())
    index.register_tokenizer(EXACT, exact_analyzer())


def _opened(index: tantivy.Index, signature: tuple[int, int, int]) -> _Open:
    searcher = index.searcher()
    schema = index.schema
    of_meta = tantivy.Query.term_query(schema, "lead", _META)
    hits = searcher.search(of_meta, 1).hits
    stored = str(searcher.doc(hits[0][1]).get_first(_META)) if hits else "0 0 "
    scheme, seq, vocabulary = stored.split(" ", 2)
    leads = count_of(searcher.search(tantivy.Query.term_query(schema, "lead", "yes"), 1))
    passages = searcher.num_docs - len(hits)
    return _Open(signature, searcher, Entries(searcher, passages), int(seq), int(scheme), vocabulary, passages, leads)


def _values(entry: Entry) -> dict[str, Any]:
    """Return the field values of an entry; an empty one is left out."""
    facts, whole = entry.facts, entry.whole
    values: dict[str, Any] = {
        "document": facts.document,
        "work": facts.work,
        "start": entry.start,
        "end": entry.end,
        "heading": entry.heading,
        "text": f"{entry.heading}\n{entry.text}",
        "concepts": list(entry.concepts),
        "kind": facts.kind,
        "evidence": facts.evidence,
        "drugs": list(facts.drugs),
        "conditions": list(facts.conditions),
        "ages": list(facts.ages),
        "noticed": facts.noticed,
        "shelves": list(facts.shelves),
    }
    if facts.year is not None:
        values["year"] = facts.year
    if whole is not None:
        values |= {
            "lead": "yes",
            "title": whole.title,
            "abstract": whole.abstract,
            "rest": whole.rest,
            "outside": whole.outside,
            "venue": whole.venue,
            "author": list(whole.authors),
            "journal": list(whole.journal),
            "mesh": list(whole.mesh),
            "ids": list(whole.ids),
            "about": list(whole.about),
        }
    return {name: value for name, value in values.items() if value not in ("", [])}


def _document(values: dict[str, Any], schema: tantivy.Schema) -> tantivy.Document:
    make: Any = tantivy.Document.from_dict  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast(tantivy.Document, make(values, schema))


_FULL = ("No space left", "StorageFull", "QuotaExceeded", "code: 28", "code: 122")


@contextmanager
def _translated(folder: Path) -> Generator[None]:
    """Turn what tantivy and the file system raise into our own errors."""
    try:
        yield
    except CurbsideError:
        raise
    except (ValueError, OSError) as error:
        words = str(error)
        if "LockBusy" in words:
            raise LibraryBusy(
                f"Another process writes to the index in {folder}. Wait for it to end, then try again."
            ) from error
        if any(sign in words for sign in _FULL):
            raise LibraryFull(
                f"The disk took no more of the index in {folder}. Free some space, then go on with: curbside rebuild"
            ) from error
        first = words.splitlines()[0][:200] if words else type(error).__name__
        raise IndexBroken(
            f"The index in {folder} cannot be used ({first}). Rebuild it with: curbside rebuild"
        ) from error
