"""What a store changes that keeps its records in SQL, whichever database runs it."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import DBAPIError

from curbside.errors import LibraryError, LibraryFull
from curbside.records import Added, Profile
from curbside.store import schema
from curbside.store.base import LIVE, PUT, Delivery, Original, Progress
from curbside.store.batch import Batch
from curbside.store.flagging_writing import SqlFlags
from curbside.store.gate_writing import SqlGate
from curbside.store.jobs import SqlJobs
from curbside.store.known import NOWHERE, among, load
from curbside.store.links_writing import SqlLinks
from curbside.store.lock import WriterLock
from curbside.store.originals import Originals
from curbside.store.packing import packed_profile
from curbside.store.reading import SqlReader
from curbside.store.removing import remove
from curbside.store.saving import flag, record, save

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class SqlStore(SqlReader):
    """Keeps a library, one at a time for a folder; who inherits it opens the database and says what its errors mean."""

    _engine: Engine
    _errors: ClassVar[tuple[type[Exception], ...]] = ()
    """What the driver raises where it is used without SQLAlchemy."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Open for writing; makes the library where there is none and upgrades one of an earlier version.

        Raises:
            LibraryBusy: if another process writes to it.
            LibraryTooNew: if a later version made it.
            LibraryFull: if the disk took no more.
        """
        self._clock = clock
        self._one = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(folder / "lock")
        except OSError as error:
            raise explained(error, folder) from error
        self._originals = Originals(folder / "originals")
        try:
            SqlReader.__init__(self, folder)
        except BaseException:
            self.close()
            raise

    def _is_full(self, error: BaseException) -> bool:
        """Tell whether an error of the database says that its disk takes no more."""
        raise NotImplementedError

    def _explained(self, error: BaseException) -> LibraryError:
        return explained(error, self._folder, self._is_full(error))

    def _is_original(self, sha: str) -> bool:
        return bool(self._rows("SELECT 1 FROM originals WHERE sha = ?", (sha,)))

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Open a transaction; whatever goes wrong inside, nothing of it is kept."""
        with self._one:
            try:
                with self._engine.begin() as connection:
                    yield connection
            except DBAPIError as error:
                raise self._explained(error.orig or error) from error
            except (OSError, *self._errors) as error:
                raise self._explained(error) from error

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def jobs(self) -> SqlJobs:
        """The table of jobs."""
        return SqlJobs(self.writing)

    @property
    def links(self) -> SqlLinks:
        """Who cites whom."""
        return SqlLinks(self._rows, self.writing)

    @property
    def gate(self) -> SqlGate:
        """Notices of the world."""
        return SqlGate(self._rows, self.writing, self._originals, self._now)

    @property
    def flags(self) -> SqlFlags:
        """Flags on citations."""
        return SqlFlags(self._rows, self.writing, self._now)

    def keep(self, data: bytes) -> tuple[str, Path]:
        """Keep the bytes of a file; return their SHA-256 and where they lie."""
        try:
            return self._originals.keep(data)
        except OSError as error:
            raise explained(error, self._folder) from error

    def progress(self, original: Original) -> Progress | None:
        """Tell how far a file got, or None where it has to be read from its start."""
        rows = self._rows("SELECT reader, done, complete, withheld FROM files WHERE sha = ?", (original.sha,))
        if not rows or rows[0][0] != original.reader or (original.named and rows[0][3]):
            return None
        if original.origin not in NOWHERE:
            latest = "SELECT sha FROM origins WHERE origin = ? ORDER BY number DESC LIMIT 1"
            now = self._rows(latest, (original.origin,))
            if not now or now[0][0] != original.sha:
                return None
        mine = "sha = ? AND origin = ?"
        if self._rows(f"SELECT 1 FROM problems WHERE {mine} AND broken LIMIT 1", (original.sha, original.origin)):
            return None
        stood = "SELECT count(DISTINCT document) FROM sightings WHERE sha = ? AND reader = ?"
        present = int(self._rows(stood, (original.sha, original.reader))[0][0])
        problems = self._problems(f"AND {mine} ORDER BY number", (original.sha, original.origin))
        return Progress(int(rows[0][1]), bool(rows[0][2]), present, tuple(problems))

    def put(self, deliveries: Sequence[Delivery]) -> Added:
        """Store deliveries in one transaction and return what that did."""
        shas = {delivery.original.sha for delivery in deliveries}
        with self.writing() as connection:
            self._originals.sync(shas)
            known = load(connection, deliveries)
            last = connection.execute(select(func.coalesce(func.max(schema.documents.c.number), 0))).scalar_one()
            batch = Batch(known, last + 1, self._now())
            for delivery in deliveries:
                batch.take(delivery)
            save(connection, known, batch.outcome, deliveries, self._now())
        self._originals.settle(shas)
        return batch.outcome.tally()

    def remove(self, texts: Sequence[str]) -> Added:
        """Take away works, documents, keys or origins; what is taken away leaves a tombstone."""
        dropped: list[str] = []
        try:
            with self.writing() as connection:
                tally, dropped = remove(connection, texts, self._now())
                self._originals.unsettle(dropped)
        except BaseException:
            self._originals.settle(dropped)
            raise
        self._originals.sweep(dropped)
        return tally

    def stale(self, made_by: str, limit: int) -> list[str]:
        """Return ids of live documents whose profile was not made by `made_by`, oldest first."""
        sql = """SELECT d.id FROM documents d JOIN derived p ON p.document = d.number AND p.step = 'profile'
                 WHERE d.state = 'live' AND p.made_by <> ? ORDER BY d.number LIMIT ?"""
        return [str(row[0]) for row in self._rows(sql, (made_by, limit))]

    def reprofile(self, profiles: Mapping[str, Profile], made_by: str) -> None:
        """Take new profiles of live documents, by document id, in place of the old."""
        documents, derived = schema.documents, schema.derived
        d = documents.c
        with self.writing() as connection:
            shown = select(d.number, d.id, d.work, d.retracted, d.noticed).where(d.state == LIVE)
            rows = list(among(connection, shown, d.id, profiles))
            warned: set[str] = set()
            for row in rows:
                profile = profiles[row.id]
                mine = (derived.c.document == row.number) & (derived.c.step == "profile")
                connection.execute(update(derived).where(mine).values(made_by=made_by, data=packed_profile(profile)))
                said = {"evidence": profile.evidence.value, "retracted": profile.retracted, "noticed": profile.noticed}
                connection.execute(update(documents).where(d.number == row.number).values(**said))
                if (row.retracted, row.noticed) != (profile.retracted, profile.noticed):
                    warned.add(row.work)
            record(connection, [(row.id, PUT) for row in rows], self._now())
            flag(connection, warned, self._now())

    def close(self) -> None:
        """Let go of the writer's place."""
        self._lock.release()


def explained(error: BaseException, folder: Path, full: bool = False) -> LibraryError:
    """Return what an error of the disk, or of a database that may be `full`, means to the user."""
    said = str(error).strip().partition("\n")[0]  # what a server adds on further lines may hold what was to be stored
    if full or (isinstance(error, OSError) and error.errno in _NO_ROOM):
        what = f"{folder}: the disk took no more ({said}). What was stored before stays."
        return LibraryFull(f"{what} Make room, then run the same command again.")
    return LibraryError(f"{folder}: the library cannot be used ({said}).")
