"""The press: one file at a time, the same one once, and never so many waiting that others find no thread."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from curbside.doors.http.press import Press
from curbside.errors import LibraryBusy


def test_the_same_is_written_once() -> None:
    """Also when several ask at once."""
    press, written = Press(), list[str]()

    def write() -> bytes:
        written.append("x")
        return b"file"

    with ThreadPoolExecutor(3) as threads:
        assert set(threads.map(lambda _: press.file("key", write), range(3))) == {b"file"}
    assert written == ["x"] and press.file("key", lambda: b"other") == b"file"


def test_one_at_a_time() -> None:
    """Whoever comes meanwhile waits."""
    press, alone = Press(), threading.Lock()

    def write() -> bytes:
        assert alone.acquire(blocking=False)
        threading.Event().wait(0.01)
        alone.release()
        return b"file"

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda key: press.file(key, write), "abcd")) == [b"file"] * 4


def test_too_many_are_sent_away() -> None:
    """At once, so that they hold no thread; what is kept is handed out all the same."""
    press, inside, go = Press(waiting=1), threading.Event(), threading.Event()
    press.file("kept", lambda: b"kept")

    def write() -> bytes:
        inside.set()
        assert go.wait(10)
        return b"file"

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(press.file, "a", write)
        assert inside.wait(10)
        with pytest.raises(LibraryBusy, match="Try again"):
            press.file("b", write)
        assert press.file("kept", write) == b"kept"
        go.set()
        assert first.result(10) == b"file"
    assert press.file("b", lambda: b"there") == b"there"


def test_a_writing_that_fails_leaves_the_press_free() -> None:
    """And keeps nothing."""
    press = Press(waiting=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            press.file("key", lambda: (_ for _ in ()).throw(ValueError("broken")))
    assert press.file("key", lambda: b"whole") == b"whole"


def test_what_was_asked_for_last_is_kept() -> None:
    """As much as there is room for; what is larger than that is handed out and not kept."""
    press = Press(kept=10)
    for key in ("a", "b", "a", "c"):
        press.file(key, lambda: b"12345")
    kept = [key for key in "acb" if press.file(key, lambda: b"anew") == b"12345"]
    assert kept == ["a", "c"]
    assert len(press.file("large", lambda: bytes(50))) == 50
    assert press.file("large", lambda: b"anew") == b"anew"
