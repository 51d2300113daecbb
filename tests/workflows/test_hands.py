"""Frames of processes that read ahead: they wait in order, up to so many bytes."""

from __future__ import annotations

from queue import Full

import pytest

from curbside.workflows.hands import Frames


def test_frames_come_in_the_order_in_which_they_were_put() -> None:
    """What was read first is stored first."""
    frames = Frames(100)
    for frame in (b"one", b"two", None):
        frames.put(frame)
    assert [frames.get() for _ in range(3)] == [b"one", b"two", None]
    assert frames.empty()


def test_frames_wait_by_their_bytes_and_not_by_their_number() -> None:
    """A process goes on reading thousands of small records; large ones do not fill the memory."""
    frames = Frames(10)
    for _ in range(9):
        frames.put(b"x")
    frames.put(b"a large one may go over the limit, once")
    with pytest.raises(Full):
        frames.put_nowait(b"x")
    for _ in range(10):
        frames.get()
    frames.put_nowait(b"x")


def test_the_last_word_of_a_process_counts_as_something_that_waits() -> None:
    """It is not mistaken for nothing at all."""
    frames = Frames(10)
    frames.put(None)
    assert not frames.empty()
    assert frames.get() is None
    assert frames.empty()
