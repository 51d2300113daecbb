"""Tells whether work grows in proportion to its input: the one place of the tests that looks at a clock.

No test says how long anything may take: a busy machine, a garbage collection or a slow disk would decide it. What is
asked instead is how the time for n stands to the time for 4n: linear work gives 4, quadratic work 16. What disturbs a
measurement only ever adds to it, so the least of several is compared, and a doubt is measured again before it is told.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

MOST = 10.0
"""Times as long that 4n may take: 4 is linear, 16 quadratic; what lies between is noise, caches and logarithms."""

ENOUGH_S = 0.005
"""Seconds of processor time from which on a measurement says something; n grows until n takes as long."""

FLOOR_S = 0.001
"""Seconds that n counts for at the least, where it cannot be made to take long: such work is done with in no time."""

ATTEMPTS = 8
DOUBLINGS = 4

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """Return the processor time of this thread for one run; neither other processes nor the collector count."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.thread_time()
        work()
        return time.thread_time() - start
    finally:
        if collecting:
            gc.enable()


def linear(short: Callable[[], Work], long: Callable[[], Work], most: float = MOST) -> bool:
    """Tell whether the longer of two works takes less than `most` times as long as the shorter.

    Each measurement has its work prepared anew, outside the time. They take turns, so that what disturbs one disturbs
    the other too; the least of all turns so far are compared; only the last turn says no.
    """
    least_short = least_long = float("inf")
    for _ in range(ATTEMPTS):
        least_short = min(least_short, seconds(short()))
        least_long = min(least_long, seconds(long()))
        least_short = min(least_short, seconds(short()))
        if least_long < most * max(least_short, FLOOR_S):
            return True
    return False


def assert_linear(prepare: Callable[[int], Work], size: int, most: float = MOST) -> None:
    """Fail unless work of four times the size takes about four times as long.

    Args:
        prepare: makes the work for a size; called anew for each measurement, outside the time.
        size: the n to begin with; it is doubled up to four times, until n takes five milliseconds.
        most: times as long that 4n may take.
    """
    prepare(size)()  # what is loaded or compiled at the first use is no growth
    for _ in range(DOUBLINGS):
        if min(seconds(prepare(size)) for _ in range(2)) >= ENOUGH_S:
            break
        size *= 2
    assert linear(lambda: prepare(size), lambda: prepare(4 * size), most), (
        f"{4 * size} takes more than {most:g} times as long as {size}"
    )
