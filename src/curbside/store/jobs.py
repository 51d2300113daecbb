"""The table of jobs: work to be done later, at least once, each held on a lease that runs out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, func, insert, or_, select, update

from curbside.store import schema
from curbside.store.base import Job

WAITING, LEASED, DONE, FAILED = "waiting", "leased", "done", "failed"

_j = schema.jobs.c


class SqlJobs:
    """Jobs in the store's database; `writing` opens a transaction that nobody else writes beside."""

    def __init__(self, writing: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._writing = writing

    def put(
        self, kind: str, payload: Mapping[str, str], *, now: float, key: str = "", run_after: float = 0.0
    ) -> int | None:
        """Queue a job and return its id; None where an unfinished job has the same non-empty `key`."""
        with self._writing() as connection:
            if key and connection.execute(select(_j.id).where(_j.key == key)).first() is not None:
                return None
            text = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True)
            values = {"kind": kind, "payload": text, "key": key or None, "run_after": max(run_after, now)}
            fixed = {"state": WAITING, "attempts": 0, "lease_until": 0.0, "why": ""}
            return connection.execute(insert(schema.jobs).values(**values, **fixed).returning(_j.id)).scalar_one()

    def take(self, kinds: Sequence[str], *, now: float, seconds: float) -> Job | None:
        """Lease the oldest job of `kinds` that is due and nobody holds, for `seconds`; None where there is none."""
        free = or_(_j.state == WAITING, (_j.state == LEASED) & (_j.lease_until <= now))
        due = select(schema.jobs).where(_j.kind.in_(list(kinds)), free, _j.run_after <= now)
        with self._writing() as connection:
            row = connection.execute(due.order_by(_j.run_after, _j.id).limit(1)).first()
            if row is None:
                return None
            job = Job(row.id, row.kind, json.loads(row.payload), row.attempts + 1, secrets.token_hex(8))
            held = {"state": LEASED, "attempts": job.attempts, "lease": job.lease, "lease_until": now + seconds}
            connection.execute(update(schema.jobs).where(_j.id == job.id).values(**held))
            return job

    def renew(self, job: Job, *, now: float, seconds: float) -> bool:
        """Hold a job longer; False where the lease was lost to somebody else."""
        return self._set(job, {"lease_until": now + seconds})

    def finish(self, job: Job) -> bool:
        """Mark a job done; False where the lease was lost."""
        return self._set(job, {"state": DONE, "lease": None, "key": None})

    def fail(self, job: Job, *, why: str, now: float, again_in: float | None) -> bool:
        """Give a job back to be tried again after `again_in` seconds, or for good where None; False if lost."""
        if again_in is None:
            return self._set(job, {"state": FAILED, "lease": None, "key": None, "why": why})
        return self._set(job, {"state": WAITING, "lease": None, "run_after": now + again_in, "why": why})

    def waiting(self) -> int:
        """Number of jobs neither done nor failed for good."""
        with self._writing() as connection:
            counted = select(func.count()).where(_j.state.in_((WAITING, LEASED)))
            return connection.execute(counted).scalar_one()

    def _set(self, job: Job, values: Mapping[str, object]) -> bool:
        mine = (_j.id == job.id) & (_j.state == LEASED) & (_j.lease == job.lease)
        with self._writing() as connection:
            return connection.execute(update(schema.jobs).where(mine).values(**values)).rowcount == 1
