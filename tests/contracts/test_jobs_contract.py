"""What every table of jobs promises: at least once, one holder at a time, nothing lost to a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.store.base import Jobs
from library_makers import LASTING, STORES, place_of, store_of


@pytest.fixture(params=STORES)
def jobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Jobs]:
    """An empty table of jobs."""
    with store_of(request.param, tmp_path / "library") as store:
        yield store.jobs


def test_a_job_is_taken_with_what_it_was_given(jobs: Jobs) -> None:
    """Kind and payload come back as they went in, and the first attempt is counted."""
    number = jobs.put("fetch", {"url": "https://example.org/ä", "since": "2024"}, now=10.0)
    job = jobs.take(["fetch"], now=11.0, seconds=60.0)
    assert job is not None
    assert (job.id, job.kind, job.attempts) == (number, "fetch", 1)
    assert dict(job.payload) == {"url": "https://example.org/ä", "since": "2024"}


def test_there_may_be_nothing_to_do(jobs: Jobs) -> None:
    """No job, none of the kind, or none yet due."""
    assert jobs.take(["fetch"], now=0.0, seconds=1.0) is None
    jobs.put("mail", {}, now=0.0)
    jobs.put("fetch", {}, now=0.0, run_after=50.0)
    assert jobs.take(["fetch"], now=49.0, seconds=1.0) is None
    assert jobs.take([], now=99.0, seconds=1.0) is None
    assert jobs.take(["fetch"], now=50.0, seconds=1.0) is not None


def test_the_oldest_due_comes_first(jobs: Jobs) -> None:
    """By the time from which it may run, then by age."""
    late = jobs.put("a", {}, now=0.0, run_after=5.0)
    first = jobs.put("a", {}, now=1.0)
    second = jobs.put("a", {}, now=1.0)
    taken = [jobs.take(["a"], now=9.0, seconds=60.0) for _ in range(3)]
    assert [job.id for job in taken if job] == [first, second, late]


def test_nobody_else_gets_a_job_on_lease(jobs: Jobs) -> None:
    """Until the lease runs out."""
    jobs.put("a", {}, now=0.0)
    assert jobs.take(["a"], now=0.0, seconds=30.0) is not None
    assert jobs.take(["a"], now=29.9, seconds=30.0) is None


def test_a_crashed_workers_job_is_taken_again(jobs: Jobs) -> None:
    """After the lease the next one gets it, and the first one's word no longer counts."""
    jobs.put("a", {}, now=0.0)
    crashed = jobs.take(["a"], now=0.0, seconds=30.0)
    again = jobs.take(["a"], now=30.0, seconds=30.0)
    assert crashed is not None
    assert again is not None
    assert (again.id, again.attempts) == (crashed.id, 2)
    assert again.lease != crashed.lease
    assert not jobs.finish(crashed)
    assert not jobs.renew(crashed, now=31.0, seconds=30.0)
    assert not jobs.fail(crashed, why="late", now=31.0, again_in=0.0)
    assert jobs.finish(again)


def test_a_renewed_lease_holds_longer(jobs: Jobs) -> None:
    """Whoever is still alive says so."""
    jobs.put("a", {}, now=0.0)
    job = jobs.take(["a"], now=0.0, seconds=30.0)
    assert job is not None
    assert jobs.renew(job, now=20.0, seconds=30.0)
    assert jobs.take(["a"], now=40.0, seconds=30.0) is None
    assert jobs.take(["a"], now=50.0, seconds=30.0) is not None


def test_a_finished_job_is_not_done_again(jobs: Jobs) -> None:
    """It neither waits nor can be finished twice."""
    jobs.put("a", {}, now=0.0)
    job = jobs.take(["a"], now=0.0, seconds=30.0)
    assert job is not None
    assert jobs.finish(job)
    assert jobs.waiting() == 0
    assert jobs.take(["a"], now=999.0, seconds=30.0) is None
    assert not jobs.finish(job)


def test_a_failed_job_is_tried_again_later(jobs: Jobs) -> None:
    """As soon as its time has come, and with the attempts counted."""
    jobs.put("a", {}, now=0.0)
    job = jobs.take(["a"], now=0.0, seconds=30.0)
    assert job is not None
    assert jobs.fail(job, why="busy", now=1.0, again_in=60.0)
    assert jobs.waiting() == 1
    assert jobs.take(["a"], now=60.0, seconds=30.0) is None
    again = jobs.take(["a"], now=61.0, seconds=30.0)
    assert again is not None
    assert again.attempts == 2


def test_a_job_may_fail_for_good(jobs: Jobs) -> None:
    """Then nobody waits for it."""
    jobs.put("a", {}, now=0.0)
    job = jobs.take(["a"], now=0.0, seconds=30.0)
    assert job is not None
    assert jobs.fail(job, why="no such thing", now=1.0, again_in=None)
    assert jobs.waiting() == 0
    assert jobs.take(["a"], now=999.0, seconds=30.0) is None


@pytest.mark.parametrize("end", ["finish", "fail"])
def test_one_unfinished_job_for_a_key(jobs: Jobs, end: str) -> None:
    """A second one is refused while the first waits, runs or is to be tried again, and taken after its end."""
    assert jobs.put("a", {}, now=0.0, key="daily") is not None
    assert jobs.put("a", {}, now=0.0, key="daily") is None
    assert jobs.put("a", {}, now=0.0, key="weekly") is not None
    assert jobs.put("a", {}, now=0.0) is not None
    job = jobs.take(["a"], now=0.0, seconds=30.0)
    assert job is not None
    assert jobs.put("a", {}, now=0.0, key="daily") is None
    assert jobs.finish(job) if end == "finish" else jobs.fail(job, why="", now=0.0, again_in=None)
    assert jobs.put("a", {}, now=0.0, key="daily") is not None


@pytest.mark.parametrize("kind", LASTING)
def test_jobs_outlive_the_process(kind: str, tmp_path: Path) -> None:
    """What was queued is there after the library was closed and opened again."""
    with place_of(kind, tmp_path / "library") as place:
        store = place.store()
        store.jobs.put("a", {"n": "1"}, now=0.0)
        store.close()
        store = place.store()
        assert store.counts().jobs == 1
        assert store.jobs.take(["a"], now=1.0, seconds=1.0) is not None
        store.close()
