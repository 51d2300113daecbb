"""GRIMMER: deviations that whole numbers can have, and those that they cannot."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from curbside.appraise.grimmer import grimmer, grimmer_words


@given(st.lists(st.integers(0, 20), min_size=2, max_size=25))
def test_what_whole_numbers_have_is_never_doubted(values: list[int]) -> None:
    """Neither by n - 1 nor by n, to two decimals."""
    mean = f"{statistics.mean(values):.2f}"
    for deviation in (statistics.stdev(values), statistics.pstdev(values)):
        assert grimmer(mean, f"{deviation:.2f}", len(values)) is not False


def test_the_published_example_is_impossible() -> None:
    """Mean 3.44 and SD 2.47 of 18 whole numbers (the worked example of the A-GRIMMER description)."""
    assert grimmer("3.44", "2.47", 18) is False
    assert "62" in grimmer_words("3.44", "2.47", 18)


def test_a_coarse_print_is_not_judged() -> None:
    """Of four hundred people any deviation fits, and a mean that nobody has is GRIM's business."""
    assert grimmer("3.4", "2.5", 400) is None
    assert grimmer("3.47", "2.50", 18) is None
