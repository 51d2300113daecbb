"""Amounts a thousandfold apart are asked about; ordinary differences are not."""

from __future__ import annotations

from hand_made import stated

from curbside.appraise.unit_doubts import unit_doubts
from curbside.records import Field, Quantity, Range, Stated


def level(study: str, low: str, high: str, unit: str) -> Stated:
    """A target level of a study."""
    return Stated(study, f"Study {study}", stated(Field.TROUGH, Range(low=low, high=high, unit=unit)))


def test_micrograms_among_nanograms_are_asked_about() -> None:
    """With both amounts as printed."""
    rows = (level("1", "5", "15", "ng/mL"), level("2", "8", "12", "ng/mL"), level("3", "5", "15", "µg/mL"))
    (said,) = unit_doubts([(Field.TROUGH, rows)])
    assert said.startswith("Units? Target level in blood in Study 3: 5 to 15 µg/mL")


def test_of_two_studies_one_question_is_asked() -> None:
    """Which of them is wrong cannot be told."""
    rows = (level("1", "5", "15", "ng/mL"), level("2", "5", "15", "µg/mL"))
    assert len([*unit_doubts([(Field.TROUGH, rows)])]) == 1


def test_the_same_in_another_unit_and_ordinary_differences_are_not() -> None:
    """Nanograms in a millilitre are micrograms in a litre; three times as much is a choice."""
    rows = (level("1", "5", "15", "ng/mL"), level("2", "5", "15", "µg/L"), level("3", "20", "30", "ng/mL"))
    assert [*unit_doubts([(Field.TROUGH, rows)])] == []


def test_only_amounts_of_one_sort_are_compared() -> None:
    """A dose by weight says nothing of a dose by day, and one study nothing of itself."""
    doses = (
        Stated("1", "A", stated(Field.DOSE, Quantity("2", "mg", "day"))),
        Stated("2", "B", stated(Field.DOSE, Quantity("2", "µg", "kg/day"))),
        Stated("1", "A", stated(Field.DOSE, Quantity("2", "g", "day"))),
    )
    assert [*unit_doubts([(Field.DOSE, doses)])] == []
