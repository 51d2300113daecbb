"""What the sentences of one source suggest: a study that failed is no maybe for what else it found."""

from __future__ import annotations

from curbside.extract.verdict_brief import brief
from curbside.records import Quote, Span
from curbside.records.verdict import YesNo

QUESTION = "Does sirolimus improve strength in myositis?"
FAILED = "The primary outcome was not met: sirolimus did not improve strength in myositis."
BESIDE = "Sirolimus significantly improved strength of the hand in myositis."


def suggested(*words: str) -> YesNo | None:
    """What sentences of one source suggest, None where they do not decide."""
    quotes = [Quote("d", Span(0, len(each)), each) for each in words]
    found = brief(QUESTION, quotes, frozenset())
    return None if found is None else found.says


def test_two_ways_are_a_maybe() -> None:
    """What helped in some and not in others."""
    assert suggested("Sirolimus did not improve strength in myositis.", BESIDE) in (YesNo.MAYBE, None)


def test_what_a_study_was_done_for_counts() -> None:
    """A failed primary outcome is no, or nothing is suggested; never hope."""
    assert suggested(FAILED, BESIDE) in (YesNo.NO, None)
    assert suggested(FAILED) in (YesNo.NO, None)
