"""What every desk promises of its work: at least once begun, one holder at a time, in effect once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.records.desk_job import DeskJob, DeskJobs
from curbside.store.base_desk import Desk
from curbside.store.desk_jobs import FIRST_WAIT_S, MOST_ATTEMPTS
from desk_makers import KINDS, Clock, desk_of

KIND = "article"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An empty desk."""
    with desk_of(request.param, tmp_path, clock) as made:
        yield made


def put(desk: Desk, *subjects: str) -> None:
    """Queue work."""
    with desk.writing() as change:
        change.jobs.put(KIND, subjects)


def take(desk: Desk, most: int = 1, seconds: float = 60.0) -> list[DeskJob]:
    """Lease work."""
    with desk.writing() as change:
        return change.jobs.take([KIND], seconds, most)


def test_work_is_begun_by_one_and_gone_when_it_is_done(desk: Desk) -> None:
    """Each subject once, however often it was put."""
    put(desk, "b", "a", "b")
    put(desk, "a")
    jobs = take(desk, most=9)
    assert [(job.kind, job.subject, job.attempts) for job in jobs] == [(KIND, "a", 1), (KIND, "b", 1)]
    assert take(desk, most=9) == []
    with desk.writing() as change:
        assert all(change.jobs.finish(job) for job in jobs)
        assert not change.jobs.finish(jobs[0]), "done twice is not done"
    with desk.reading() as view:
        assert view.jobs.standing() == DeskJobs(0, ())


def test_what_is_undone_with_its_transaction_was_not_finished(desk: Desk) -> None:
    """What came of the work and its end are kept together, or neither is."""
    put(desk, "a")
    (job,) = take(desk)
    with pytest.raises(RuntimeError), desk.writing() as change:
        assert change.jobs.finish(job)
        raise RuntimeError
    with desk.writing() as change:
        assert change.jobs.finish(job)


def test_who_is_killed_is_waited_for_until_the_lease_runs_out(desk: Desk, clock: Clock) -> None:
    """Then another may; the word of the first does not count any more."""
    put(desk, "a")
    (first,) = take(desk, seconds=60.0)
    clock.now += 59.0
    with desk.reading() as view:
        assert not view.jobs.due([KIND])
    clock.now += 1.0
    with desk.reading() as view:
        assert view.jobs.due([KIND])
    (second,) = take(desk)
    assert second.attempts == 2
    with desk.writing() as change:
        assert not change.jobs.finish(first)
        assert not change.jobs.fail(first, "late")
        assert not change.jobs.release(first)
        assert change.jobs.finish(second)


def test_work_put_again_while_somebody_is_at_it_is_done_once_more(desk: Desk) -> None:
    """What they do may be out of date."""
    put(desk, "a")
    (first,) = take(desk)
    put(desk, "a")
    (second,) = take(desk)
    with desk.writing() as change:
        assert not change.jobs.finish(first)
        assert change.jobs.finish(second)


def test_work_that_failed_waits_longer_each_time_and_is_given_up_at_last(desk: Desk, clock: Clock) -> None:
    """With what went wrong; put again it begins anew."""
    put(desk, "a")
    wait = FIRST_WAIT_S
    for attempt in range(1, MOST_ATTEMPTS + 1):
        (job,) = take(desk)
        assert job.attempts == attempt
        with desk.writing() as change:
            assert change.jobs.fail(job, f"It went wrong {attempt} times.")
        assert take(desk) == []
        clock.now += min(wait, 3_600.0)
        wait *= 4
    assert take(desk) == []
    with desk.reading() as view:
        assert view.jobs.standing() == DeskJobs(0, ((KIND, "a", f"It went wrong {MOST_ATTEMPTS} times."),))
    put(desk, "a")
    (job,) = take(desk)
    assert job.attempts == 1


def test_work_that_ends_whoever_does_it_takes_nothing_else_along(desk: Desk, clock: Clock) -> None:
    """Begun before and never ended, it is begun alone, and given up at last."""
    put(desk, "a", "b")
    assert len(take(desk, most=9)) == 2
    for attempt in range(2, MOST_ATTEMPTS + 1):
        clock.now += 60.0
        (job,) = take(desk, most=9)
        assert (job.subject, job.attempts) == ("a", attempt)
        if attempt == 2:
            with desk.writing() as change:
                (other,) = change.jobs.take([KIND], 60.0, 9)
                assert other.subject == "b" and change.jobs.finish(other)
    clock.now += 60.0
    assert take(desk) == []
    with desk.reading() as view:
        ((_, subject, why),) = view.jobs.standing().failed
    assert subject == "a" and why


def test_kinds_are_kept_apart(desk: Desk) -> None:
    """Who takes one kind sees nothing of another."""
    put(desk, "a")
    with desk.writing() as change:
        assert change.jobs.take(["letter"], 60.0) == []
        assert not change.jobs.due(["letter"])
        assert not change.jobs.due([])
