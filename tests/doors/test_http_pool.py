"""Opened libraries: a bounded number, each for one request at a time, and always the one that is in the folder now."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from curbside.doors.http import pool as module
from curbside.doors.http.pool import LibraryPool
from curbside.errors import LibraryBusy, LibraryError
from curbside.records import Query, Raw
from curbside.wiring import Library, open_library
from file_makers import articles


def add(folder: Path, first: int, count: int) -> None:
    """Add some records."""
    with open_library(folder, write=True) as library:
        library.add([Raw(f"{first}.xml", articles(first, count))])


class Opening:
    """Opens libraries and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def __call__(self) -> Library:
        """Open one."""
        self.count += 1
        return open_library(self.folder, meaning=False)


def held(pool: LibraryPool) -> int:
    """How many records a library of the pool finds."""
    with pool.reading() as library:
        return library.index.search(Query("sirolimus", limit=1)).total


def test_one_is_opened_and_sees_every_commit(tmp_path: Path) -> None:
    """What another process adds is there at the next request."""
    add(tmp_path, 1, 3)
    opening = Opening(tmp_path)
    pool = LibraryPool(opening, tmp_path)
    assert held(pool) == 3
    add(tmp_path, 11, 4)
    assert held(pool) == 7
    assert opening.count == 1
    pool.close()


def test_so_many_at_once_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others wait for one to come back, and not for ever."""
    add(tmp_path, 1, 1)
    monkeypatch.setattr(module, "PATIENCE_S", 600.0)
    opening = Opening(tmp_path)
    pool = LibraryPool(opening, tmp_path, at_once=2)

    def work() -> None:
        with pool.reading():
            time.sleep(0.02)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opening.count <= 2
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    with pool.reading(), pool.reading(), pytest.raises(LibraryBusy, match="Too many"), pool.reading():
        pass
    assert held(pool) == 1


def test_answers_take_turns_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time, first come first served, while others may read; and nobody waits for ever."""
    add(tmp_path, 1, 1)
    monkeypatch.setattr(module, "PATIENCE_S", 600.0)
    pool = LibraryPool(Opening(tmp_path), tmp_path, at_once=2)
    running, order = 0, list[int]()

    def answer(number: int) -> None:
        nonlocal running
        with pool.answering():
            running += 1
            assert running == 1
            order.append(number)
            time.sleep(0.005)
            running -= 1

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(8)]
    with pool.answering():
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(pool._turns._waiting) < number:  # until it stands in the queue, however busy the machine is
                time.sleep(0.001)
        assert held(pool) == 1
        with monkeypatch.context() as hurried:
            hurried.setattr(module, "PATIENCE_S", 0.02)
            with pytest.raises(LibraryBusy, match="Too many"), pool.answering():
                pass
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    with pytest.raises(ZeroDivisionError), pool.answering():
        raise ZeroDivisionError
    with pool.answering():
        pass
    pool.close()


def test_one_that_broke_is_not_handed_out_again(tmp_path: Path) -> None:
    """Whatever went wrong with it; the place is free again."""
    add(tmp_path, 1, 1)
    opening = Opening(tmp_path)
    pool = LibraryPool(opening, tmp_path, at_once=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), pool.reading():
            raise ZeroDivisionError
    assert held(pool) == 1
    assert opening.count == 4


def test_a_library_that_is_gone_or_another(tmp_path: Path) -> None:
    """Gone, it is said to be; another in its place is opened."""
    here, other = tmp_path / "here", tmp_path / "other"
    add(here, 1, 3)
    add(other, 1, 5)
    pool = LibraryPool(Opening(here), here)
    assert held(pool) == 3
    shutil.rmtree(here)
    with pytest.raises(LibraryError):
        held(pool)
    other.rename(here)
    assert held(pool) == 5
    pool.close()


def test_further_vocabulary_is_taken_in(tmp_path: Path) -> None:
    """What `curbside vocabulary load` adds, a server that runs knows too."""
    add(tmp_path, 1, 1)
    opening = Opening(tmp_path)
    pool = LibraryPool(opening, tmp_path)
    held(pool)
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "own.tsv").write_text("")
    held(pool)
    assert opening.count == 2
