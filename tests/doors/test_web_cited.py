"""The table of studies under an answer: counts by what was counted, harms by what happened."""

from __future__ import annotations

from curbside.doors.web.cited import CitedTable
from curbside.records import Count, Fact, Field, Quote, Span

TABLE = CitedTable()


def fact(field: Field, value: Count, outcome: str, words: str) -> Fact:
    """A fact that stands on words."""
    return Fact(field, value, Quote("d0", Span(0, len(words)), words), outcome=outcome)


def test_a_harm_is_called_by_what_happened() -> None:
    """With its interval where it was counted of some, as printed where it was not."""
    stopped = fact(
        Field.ADVERSE_EVENT, Count("2", "61"), "adverse effects", "Two stopped it because of adverse effects"
    )
    assert TABLE.words(stopped) == "stopping because of adverse events: 2 of 61, 3 %, 95 % CI 1–11"
    ulcers = fact(Field.ADVERSE_EVENT, Count("47", ""), "adverse event", "Mucositis was the most common adverse event")
    assert TABLE.words(ulcers) == "stomatitis or mouth ulcers: 47"


def test_a_time_point_is_told_in_words() -> None:
    """And the outcome by its name."""
    stable = fact(Field.OUTCOME, Count("3", "57", "", "6 course"), "stable disease", "3 of 57 had stable disease")
    assert TABLE.words(stable).startswith("no change at 6 courses: 3 of 57")
