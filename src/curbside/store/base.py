"""The contract of a store, which every implementation passes in `tests/contracts/test_store_contract.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from curbside.records import Added, Glance, Holding, Identifiers, NoticeKind, Problem, Profile
from curbside.store.base_citing import Derived, Flags, Gate, Linkage, Links

DATABASE = "library.sqlite"
"""File of a library's folder that holds its records."""

LIVE = "live"
REPLACED = "replaced"
DELETED = "deleted"
"""States of a document: shown; outranked by a later version of itself; withdrawn by its source. What a person removed
is not kept at all."""

PUT = "put"
DROP = "drop"
"""What happened to a document, as an index has to follow it."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An editorial notice that a document issues on another work.

    Attributes:
        kind: its nature.
        keys: joining keys of the work it is about.
        date: ISO date of the notice as far as known, or ""; the latest word on a work holds.
    """

    kind: NoticeKind
    keys: tuple[str, ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way in, with everything about it that the store keeps in columns.

    Attributes:
        id: id of the sealed document.
        data: the document, packed (see `curbside.store.packing`).
        kind: document kind.
        title, year: as `Document` has them.
        ids: identifiers of its work.
        profile: what it is about.
        made_by: version of what made the profile; another value means that it wants making again.
        notices: what this document says of other works.
        line: line in the file, or 0.
        version: number by which a later version of the record outranks it, 0 where the source has none.
        problems: what was wrong with the record.
        links: keys of its titles and of what it cites.
        derived: what steps beside the profile made of it.
    """

    id: str
    data: bytes
    kind: str
    title: str
    year: int | None
    ids: Identifiers
    profile: Profile
    made_by: str
    notices: tuple[Issued, ...] = ()
    line: int = 0
    version: int = 0
    problems: tuple[Problem, ...] = ()
    links: Linkage = Linkage()
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A source's word that it withdraws a record.

    Attributes:
        key: joining key ("pmid:12345").
        line: line in the file, or 0.
        version: version of the deletion, 0 where the source has none.
        problems: what was wrong with it.
    """

    key: str
    line: int = 0
    version: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that could not be read, counted so that positions in the file stay what they are.

    Attributes:
        problems: why.
        broken: whether reading broke off here, for a reason that may be gone the next time.
    """

    problems: tuple[Problem, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was given.

    Attributes:
        sha: SHA-256 of its bytes, hexadecimal.
        size: its length in bytes.
        origin: path or address, as the user would write it.
        format: name of the reader, or "" where none was found.
        reader: version of the readers, part of what "already read" means.
        named: whether the user named it, rather than a folder above it; what a person removed comes back only so.
    """

    sha: str
    size: int
    origin: str
    format: str
    reader: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """Some consecutive records of one file.

    Attributes:
        original: the file.
        start: position of the first item in the file, from 0.
        items: the records in their order.
        problems: what was wrong with the file as a whole.
        complete: whether the file ends here.
        broken: whether reading broke off; the file is then read from its start when it is added again.
    """

    original: Original
    start: int
    items: tuple[Entry | Withdrawal | Unread, ...]
    problems: tuple[Problem, ...] = ()
    complete: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file got in earlier adds.

    Attributes:
        done: records dealt with.
        complete: whether that is all of them, and there is nothing to be had from reading the file again.
        present: documents of it that the library knows.
        problems: what stands against it.
    """

    done: int
    complete: bool
    present: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the store that an index follows.

    Attributes:
        seq: number of the change; numbers rise and are never used again.
        document: document id.
        op: `PUT` or `DROP`.
    """

    seq: int
    document: str
    op: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the store holds; the fields are those of `curbside.records.LibraryStatus`."""

    works: int
    documents: int
    originals: int
    kinds: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, int], ...]
    updated: str
    retracted: int
    tombstones: int
    jobs: int
    problems: int


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that somebody has to do, held on a lease by who does it.

    Attributes:
        id: its number.
        kind: what is to be done.
        payload: with what.
        attempts: how often it was leased, this time included.
        lease: secret of this lease; `renew`, `finish` and `fail` ask for it.
    """

    id: int
    kind: str
    payload: Mapping[str, str]
    attempts: int
    lease: str


class Jobs(Protocol):
    """Work to be done later, at least once; a crashed worker's job is taken again when its lease runs out.

    All times are seconds since 1970 and come from the caller, so that nothing here depends on a clock.
    """

    def put(
        self, kind: str, payload: Mapping[str, str], *, now: float, key: str = "", run_after: float = 0.0
    ) -> int | None:
        """Queue a job and return its id; None where an unfinished job has the same non-empty `key`."""
        ...

    def take(self, kinds: Sequence[str], *, now: float, seconds: float) -> Job | None:
        """Lease the oldest job of `kinds` that is due and nobody holds, for `seconds`; None where there is none."""
        ...

    def renew(self, job: Job, *, now: float, seconds: float) -> bool:
        """Hold a job longer; False where the lease was lost to somebody else."""
        ...

    def finish(self, job: Job) -> bool:
        """Mark a job done; False where the lease was lost."""
        ...

    def fail(self, job: Job, *, why: str, now: float, again_in: float | None) -> bool:
        """Give a job back to be tried again after `again_in` seconds, or for good where None; False if lost."""
        ...

    def waiting(self) -> int:
        """Number of jobs neither done nor failed for good."""
        ...


@runtime_checkable
class Store(Protocol):
    """Keeps documents, works and what was said of them; the only copy of the truth.

    Reading is safe while another process writes. What changes the store raises `LibraryError` where it was opened
    for reading; `LibraryFull` where the disk took no more, and then nothing of that call is kept.
    """

    @property
    def folder(self) -> Path:
        """The library's folder."""
        ...

    @property
    def seq(self) -> int:
        """Number of the last change, 0 in an empty store."""
        ...

    def holding(self, document_id: str) -> Holding:
        """Return a live document.

        Raises:
            NotHeld: if the library shows no document of that id.
        """
        ...

    def holdings(self, ids: Sequence[str]) -> list[Holding]:
        """Return live documents in the order of `ids`; what is not held is left out."""
        ...

    def glances(self, ids: Sequence[str]) -> list[Glance]:
        """Return what is known of live documents without their texts, in the order of `ids`; others are left out."""
        ...

    def resolve(self, text: str) -> tuple[str, ...]:
        """Return ids of the live documents that `text` names, oldest first.

        `text` is a work id (also one that was merged into another), a document id, a joining key ("pmid:1",
        "doi:10.1/x"), or a bare PMID, DOI, PMCID or NCT number.

        Raises:
            NotHeld: if the library shows nothing under it; the message says where it was removed or deleted.
        """
        ...

    def documents_of(self, work: str) -> tuple[str, ...]:
        """Return ids of the live documents of a work, oldest first; empty where there is none."""
        ...

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return the first `limit` changes later than `after`, in order."""
        ...

    def live_holdings(self) -> Iterator[Holding]:
        """Yield every live document, oldest first, without holding the database open."""
        ...

    def listed(self, after: int, limit: int) -> list[tuple[int, Holding]]:
        """Return up to `limit` live documents, oldest first, each with its place; those later than `after` only.

        Places are whole numbers from 1 that rise with age; what is added or removed meanwhile moves none of them.
        """
        ...

    @property
    def held(self) -> int:
        """Number of documents that are shown; cheap enough for every answer."""
        ...

    @property
    def changed(self) -> str:
        """ISO time of the last change, UTC, or "" where there was none; cheap enough for every answer."""
        ...

    def counts(self) -> Counts:
        """Count what is held."""
        ...

    def problems(self) -> list[Problem]:
        """Return the problems of past adds that still stand, by file and line."""
        ...

    @property
    def jobs(self) -> Jobs:
        """The table of jobs."""
        ...

    @property
    def links(self) -> Links:
        """Who cites whom."""
        ...

    @property
    def gate(self) -> Gate:
        """Notices of the world."""
        ...

    @property
    def flags(self) -> Flags:
        """Flags on citations."""
        ...

    def keep(self, data: bytes) -> tuple[str, Path]:
        """Keep the bytes of a file; return their SHA-256 and where they lie.

        They are safe on disk no later than the first `put` after.
        """
        ...

    def progress(self, original: Original) -> Progress | None:
        """Tell how far a file got, or None where it has to be read from its start.

        That is so where these bytes were never read by these readers, or where other bytes from the same origin
        were read since.
        """
        ...

    def put(self, deliveries: Sequence[Delivery]) -> Added:
        """Store deliveries in one transaction and return what that did."""
        ...

    def remove(self, texts: Sequence[str]) -> Added:
        """Take away works, documents, keys or origins; what is taken away leaves a tombstone.

        Each text is whatever `resolve` takes, or the origin of a file.

        Raises:
            NotHeld: if one of them names nothing; then nothing is removed.
        """
        ...

    def stale(self, made_by: str, limit: int) -> list[str]:
        """Return ids of live documents whose profile was not made by `made_by`, oldest first."""
        ...

    def reprofile(self, profiles: Mapping[str, Profile], made_by: str) -> None:
        """Take new profiles of live documents, by document id, in place of the old."""
        ...

    def close(self) -> None:
        """Let go of files and of the writer's place."""
        ...
