"""Kept threads: found under their id for some days after the last turn, and gone when forgotten, pages and all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import NotHeld, UsageError
from curbside.records import Filters, Intent, Question
from curbside.records.thread import Chip, ChipKind, Dropped, Turn
from curbside.store.asked import AskedStore
from curbside.store.threads import MOST_TURNS, ThreadStore

DAY = 86_400
CHIP = Chip(ChipKind.DRUG, "d:sirolimus", "sirolimus", 1)
TURN = Turn(
    "\u202eit?\n😀",
    Question("it?", (Intent.HARM,), filters=Filters(since=2001)),
    "it?",
    (CHIP,),
    (Dropped(CHIP, "so"),),
)


class Clock:
    """A clock that a test moves."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        """Return its time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def asked(tmp_path: Path, clock: Clock) -> AskedStore:
    """Questions and threads of a library, kept 30 days."""
    return AskedStore(tmp_path, 30, clock)


@pytest.fixture
def threads(asked: AskedStore) -> ThreadStore:
    """The threads among them."""
    return asked.threads


def test_a_thread_comes_back(threads: ThreadStore) -> None:
    """Turn for turn, with the time at which each was asked."""
    kept = threads.keep((TURN,))
    assert threads.get(kept.id) == kept
    assert kept.turns == (replace(TURN, time="2027-01-15T08:00:00Z"),)


def test_a_turn_more_stands_under_the_same_id(threads: ThreadStore, clock: Clock) -> None:
    """And the days are counted from it."""
    kept = threads.keep((TURN,))
    clock.now += 29 * DAY
    threads.keep((*kept.turns, TURN), kept.id)
    clock.now += 29 * DAY
    assert len(threads.get(kept.id).turns) == 2
    clock.now += DAY
    with pytest.raises(NotHeld):
        threads.get(kept.id)
    assert threads.sweep() == 1


def test_no_id_can_be_taken_for_an_option(threads: ThreadStore) -> None:
    """The command line is given them."""
    assert not any(threads.keep((TURN,)).id.startswith("-") for _ in range(200))


def test_nothing_is_written_where_nothing_is_kept(tmp_path: Path) -> None:
    """The turns come back without an id."""
    assert ThreadStore(tmp_path, 0).keep((TURN,)).id == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("id", ["", "x", "../../etc/passwd", "a" * 22])
def test_no_thread_under_another_id(threads: ThreadStore, id: str) -> None:
    """Whatever is asked for never becomes a path."""
    with pytest.raises(NotHeld):
        threads.get(id)
    assert not threads.forget(id)


def test_a_thread_is_not_endless(threads: ThreadStore) -> None:
    """Who asks more begins another."""
    with pytest.raises(UsageError):
        threads.keep((TURN,) * (MOST_TURNS + 1))


def test_a_damaged_thread_is_none(threads: ThreadStore, tmp_path: Path) -> None:
    """One that the disk damaged, and one without turns."""
    kept = threads.keep((TURN,))
    file = tmp_path / "threads" / f"{kept.id}.json"
    for damaged in (b"{", b'{"id":"' + kept.id.encode() + b'","turns":[]}'):
        file.write_bytes(damaged)
        with pytest.raises(NotHeld):
            threads.get(kept.id)


def test_forgetting_a_thread_leaves_no_word_of_it(asked: AskedStore, tmp_path: Path) -> None:
    """Its pages go with it; those had none of its words meanwhile."""
    first = asked.keep("a quixotropic question", Filters(), "")
    kept = asked.threads.keep((replace(TURN, text="a quixotropic question", asked=first),))
    asked.join(first, kept.id, 1)
    assert (asked.get(first).thread, asked.get(first).question) == (kept.id, "")
    asked.forget_thread(kept)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
