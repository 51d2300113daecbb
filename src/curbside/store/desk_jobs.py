"""What one transaction sees of the work of the desk, and does to it, in SQL.

A piece of work is a row under its kind and subject until it is done. Whoever takes it holds it on a lease; who was
killed is waited for until that runs out. Finishing a piece is part of the transaction that keeps what came of it, and
is refused to who has lost the lease: so a piece may be begun often, and takes effect once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, false, func, insert, select, true, update

from curbside.records.desk_job import DeskJob, DeskJobs
from curbside.store.desk_schema import jobs

MOST_ATTEMPTS = 8
"""A piece that was begun so often and never ended is given up, and said to have failed."""

FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 3_600.0
"""After what time a piece that failed is tried again: four times as long after each attempt, at most the second."""

_CHUNK = 400
_ENDED = "Whoever did it was ended before the end, each time."
_j = jobs.c


class JobRows:
    """The work of the desk in one transaction; see `curbside.store.base_desk.JobTable`."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._rows = connection
        self._clock = clock

    def put(self, kind: str, subjects: Iterable[str]) -> None:
        """Queue a piece of work for each subject, due now; what somebody holds is taken from them."""
        wanted, now = sorted(set(subjects)), self._clock()
        fresh = {"due": now, "attempts": 0, "lease": "", "until": 0.0, "failed": False, "why": ""}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            mine = (_j.kind == kind) & _j.subject.in_(chunk)
            there = set(self._rows.execute(select(_j.subject).where(mine)).scalars())
            if there:
                self._rows.execute(update(jobs).where(mine).values(**fresh))
            new = [{"kind": kind, "subject": each, **fresh} for each in chunk if each not in there]
            if new:
                self._rows.execute(insert(jobs), new)

    def due(self, kinds: Sequence[str]) -> bool:
        """Tell whether a piece of these kinds could be taken now."""
        return self._rows.execute(select(_j.subject).where(*self._free(kinds)).limit(1)).first() is not None

    def take(self, kinds: Sequence[str], seconds: float, most: int = 1) -> list[DeskJob]:
        """Lease up to `most` pieces that are due and nobody holds, the longest due first."""
        worn = (*self._free(kinds), _j.attempts >= MOST_ATTEMPTS)
        self._rows.execute(update(jobs).where(*worn).values(failed=True, lease="", until=0.0, why=_ENDED))
        free = select(_j.kind, _j.subject, _j.attempts).where(*self._free(kinds))
        rows = list(self._rows.execute(free.order_by(_j.due, _j.kind, _j.subject).limit(most)))
        # What was begun before is begun alone: if it ends whoever does it, it ends nothing else with them.
        kept = rows[:1] if rows and rows[0].attempts else [row for row in rows if not row.attempts]
        taken = [DeskJob(row.kind, row.subject, row.attempts + 1, secrets.token_hex(16)) for row in kept]
        until = self._clock() + seconds
        for job in taken:
            mine = (_j.kind == job.kind) & (_j.subject == job.subject)
            held: dict[str, Any] = {"attempts": job.attempts, "lease": job.lease, "until": until}
            self._rows.execute(update(jobs).where(mine).values(**held))
        return taken

    def finish(self, job: DeskJob) -> bool:
        """Take a piece that is done off the table; False where the lease was lost, and what was done must not count."""
        return self._rows.execute(delete(jobs).where(*_held(job))).rowcount == 1

    def release(self, job: DeskJob) -> bool:
        """Give a piece back undone, for whoever comes next."""
        return self._rows.execute(update(jobs).where(*_held(job)).values(lease="", until=0.0)).rowcount == 1

    def fail(self, job: DeskJob, why: str) -> bool:
        """Give a piece back with what went wrong, to be tried again later, or for good after many attempts."""
        wait = min(FIRST_WAIT_S * 4.0 ** (job.attempts - 1), LONGEST_WAIT_S)
        values: dict[str, Any] = {"lease": "", "until": 0.0, "why": why[:500], "due": self._clock() + wait}
        values["failed"] = job.attempts >= MOST_ATTEMPTS
        return self._rows.execute(update(jobs).where(*_held(job)).values(**values)).rowcount == 1

    def standing(self) -> DeskJobs:
        """Tell how much waits, and what was given up."""
        waiting = self._rows.execute(select(func.count()).where(_j.failed == false())).scalar_one()
        failed = select(_j.kind, _j.subject, _j.why).where(_j.failed == true()).order_by(_j.kind, _j.subject)
        return DeskJobs(int(waiting), tuple((row.kind, row.subject, row.why) for row in self._rows.execute(failed)))

    def _free(self, kinds: Sequence[str]) -> tuple[Any, ...]:
        now = self._clock()
        return (_j.kind.in_(list(kinds)), _j.failed == false(), _j.due <= now, _j.until <= now)


def _held(job: DeskJob) -> tuple[Any, ...]:
    return (_j.kind == job.kind, _j.subject == job.subject, _j.lease == job.lease)
