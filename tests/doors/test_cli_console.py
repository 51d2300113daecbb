"""Progress and tables: what a terminal shows, and what a log gets instead."""

from __future__ import annotations

import io

import pytest

from curbside.doors.cli.console import Console, Progress, _lasting


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def watched(lively: bool) -> tuple[Progress, Clock, io.StringIO]:
    """Return a progress, its clock and what it writes."""
    err, clock = io.StringIO(), Clock()
    return Progress(Console(io.StringIO(), err, lively=lively, width=80), "records", clock), clock, err


def test_a_terminal_sees_rate_share_and_end() -> None:
    """A quarter of the work in 10 s leaves 30 s."""
    progress, clock, err = watched(lively=True)
    progress.at(0, 0.0)
    clock.now = 10.0
    progress.at(5_000, 0.25, "file 1 of 4")
    line = err.getvalue().split("\r")[1].strip()
    assert line == "5,000 records  500/s  25%  30 s left  file 1 of 4"
    progress.over()
    assert err.getvalue().endswith("\r")


def test_a_log_gets_a_line_now_and_then() -> None:
    """Not a line for every step, and no control characters."""
    progress, clock, err = watched(lively=False)
    for second in range(31):
        clock.now = float(second)
        progress.at(second * 100, second / 100)
    assert len(err.getvalue().splitlines()) == 3
    assert "\r" not in err.getvalue()
    progress.over()


def test_short_work_says_nothing() -> None:
    """What is over at once needs no progress."""
    progress, _, err = watched(lively=True)
    progress.at(0)
    progress.at(2)
    progress.over()
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (89, "89 s"), (100, "2 min"), (3_000, "50 min"), (3_900 * 1.5, "1 h 38 min")],
)
def test_durations_are_said_as_people_do(seconds: float, words: str) -> None:
    """Seconds, minutes, hours."""
    assert _lasting(seconds) == words


def test_a_table_sets_figures_right() -> None:
    """Labels left, whole numbers right, nothing behind the last word."""
    out = io.StringIO()
    Console(out, io.StringIO()).table([("added", 12_345, "new works"), ("problems", 2, "")])
    assert out.getvalue() == "  added     12,345  new works\n  problems       2\n"
    Console(out, io.StringIO()).table([])
