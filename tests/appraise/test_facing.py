"""Which finding of a citing work answers to one of the cited work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curbside.appraise.facing import facing
from curbside.records import Count, Effect, Fact, Field, Quote, Span, StudyCard

WORDS = Quote("d1", Span(0, 3), "abc")
RESPONSE = Fact(Field.OUTCOME, Count("9", "12"), WORDS, "complete response", ("d:sirolimus", "c:itp"))
DEATH = Fact(Field.EFFECT, Effect("HR", "0.7", "0.5", "0.9"), WORDS, "death from any cause", ("d:sirolimus",))


def card(*facts: Fact) -> list[StudyCard]:
    """Return a card with facts."""
    return [StudyCard("d1", facts)]


def test_findings_of_one_outcome_face_each_other() -> None:
    """The figures of both, and how they stand to each other."""
    ours = replace(RESPONSE, value=Count("10", "13"))
    found = facing(card(DEATH, ours), card(RESPONSE))
    assert found is not None and (found.citing, found.cited) == (ours, RESPONSE)
    assert found.compared.overlap is True and "10 of 13" in found.compared.words


@pytest.mark.parametrize(
    "other",
    [
        replace(RESPONSE, outcome="relapse"),
        replace(RESPONSE, outcome=""),
        replace(RESPONSE, about=("d:everolimus", "c:itp")),
        replace(RESPONSE, about=()),
        replace(RESPONSE, negated=True),
        replace(RESPONSE, field=Field.ADVERSE_EVENT),
        replace(RESPONSE, value=None),
        DEATH,
    ],
)
def test_what_does_not_answer(other: Fact) -> None:
    """Another outcome, another drug, another kind of figure, no subject: nothing is compared."""
    assert facing(card(other), card(RESPONSE)) is None


def test_the_most_alike_outcome_is_taken() -> None:
    """An "overall response" answers less to "complete response" than "complete response" does."""
    near = replace(RESPONSE, outcome="overall response", value=Count("1", "13"))
    found = facing(card(near, RESPONSE), card(RESPONSE))
    assert found is not None and found.citing == RESPONSE


def test_effects_point_the_same_way_or_not() -> None:
    """Hazard ratios on either side of 1."""
    against = replace(DEATH, value=Effect("HR", "1.4", "1.1", "1.8"))
    found = facing(card(against), card(DEATH))
    assert found is not None
    assert (found.compared.same_direction, found.compared.overlap) == (False, False)
