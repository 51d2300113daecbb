"""The measure of growth sees what is quadratic, forgives what only disturbs it, and leaves nothing behind."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import growth
from growth import assert_linear, linear


class Clock:
    """Processor time that stands still unless work says that it passed."""

    def __init__(self) -> None:
        self.now = 0.0
        self.measured = 0

    def work(self, cost: Callable[[int], float], disturbed: int = 0) -> Callable[[int], Callable[[], None]]:
        """Return what prepares work of such cost; so many of its first runs are disturbed for a second."""

        def prepare(size: int) -> Callable[[], None]:
            def run() -> None:
                self.measured += 1
                self.now += cost(size) + (self.measured <= disturbed)

            return run

        return prepare


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock of ours in place of the machine's."""
    ours = Clock()
    monkeypatch.setattr(growth.time, "thread_time", lambda: ours.now)
    return ours


def test_linear_work_passes(clock: Clock) -> None:
    """With a fixed cost, or a logarithm, too."""
    assert_linear(clock.work(lambda size: size * 1e-5), 100)
    assert_linear(clock.work(lambda size: 0.003 + size * 1e-5), 100)
    assert_linear(clock.work(lambda size: size * size.bit_length() * 1e-6), 100)


def test_quadratic_work_fails(clock: Clock) -> None:
    """However small its share is for small inputs: the input grows until it is felt."""
    for cost in (1e-4, 1e-6, 1e-8):
        with pytest.raises(AssertionError, match="takes more than 10 times as long as"):
            assert_linear(clock.work(lambda size, cost=cost: size * 1e-7 + size * size * cost), 1_000)


def test_a_disturbed_measurement_is_taken_again(clock: Clock) -> None:
    """Whatever fell into all measurements but the last."""
    assert_linear(clock.work(lambda size: size * 1e-4, disturbed=20), 100)
    disturbed = clock.work(lambda size: size * 1e-4, disturbed=clock.measured + 6)
    assert linear(lambda: disturbed(100), lambda: disturbed(400))


def test_work_that_takes_no_time_passes(clock: Clock) -> None:
    """What looks at a bounded head is done with in no time, and its noise says nothing."""
    assert_linear(clock.work(lambda size: 1e-5 * (1 + size // 1_000)), 500)


def test_the_collector_rests_meanwhile_and_comes_back() -> None:
    """It is off during the work alone, and stays off for whoever had it off."""
    seen: list[bool] = []
    growth.seconds(lambda: seen.append(gc.isenabled()))
    assert seen == [False] and gc.isenabled()
    gc.disable()
    try:
        growth.seconds(lambda: None)
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(ZeroDivisionError):
        growth.seconds(lambda: 1 // 0)
    assert gc.isenabled()


def test_real_work_is_told_apart() -> None:
    """Adding up numbers, against adding up each beginning of them."""
    assert_linear(lambda size: lambda: sum(range(size)), 10_000)
    with pytest.raises(AssertionError):
        assert_linear(lambda size: lambda: [sum(range(at)) for at in range(size)], 400)


def test_no_other_test_holds_anything_to_seconds() -> None:
    """What is measured is measured here; elsewhere a clock only bounds how long is waited for something to come."""
    timed = re.compile(r"perf_counter|process_time|thread_time|timeit|assert [^\n]*(?:time\(\)|monotonic\(\)) -")
    tests = Path(__file__).parent
    found = [
        str(path.relative_to(tests))
        for path in sorted(tests.rglob("*.py"))
        if path.name not in ("growth.py", "test_growth.py") and timed.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
