"""Filters as people write them: years that are none, and spans that hold no year."""

from __future__ import annotations

import pytest

from curbside.errors import UnknownValue
from curbside.language.vocabulary import Vocabulary
from curbside.workflows.narrow import Wish, narrow


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(since=-1), "since"),
        (Wish(until=10_000), "until"),
        (Wish(since=2020, until=2019), "until"),
    ],
)
def test_a_year_that_means_nothing_is_named(wish: Wish, field: str) -> None:
    """The error says which of the two it was."""
    with pytest.raises(UnknownValue) as caught:
        narrow(wish, Vocabulary.shipped())
    assert caught.value.field == field


def test_one_year_is_a_span() -> None:
    """Both bounds are included."""
    found = narrow(Wish(since=2020, until=2020), Vocabulary.shipped())
    assert (found.since, found.until) == (2020, 2020)
