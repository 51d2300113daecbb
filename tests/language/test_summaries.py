"""Summary figures as cells and sentences print them: their shape, their numbers, where they stand."""

from __future__ import annotations

import pytest

from curbside.language.summaries import Shape, cell_summary, prose_summaries


@pytest.mark.parametrize(
    ("cell", "shape", "values"),
    [
        ("12.2 (18.6)", Shape.PAIR, [12.2, 18.6]),
        ("5 (22.7%)", Shape.PAIR, [5, 22.7]),
        ("10/13 (77%)", Shape.FRACTION, [10, 13, 77]),
        ("19/27", Shape.FRACTION, [19, 27]),
        ("74.1±12.2", Shape.SPREAD, [74.1, 12.2]),
        ("16.74 ± 2.75iii", Shape.SPREAD, [16.74, 2.75]),
        ("3.2 (0 to 8)", Shape.INTERVAL, [3.2, 0, 8]),
        ("27.5* (15.0, 38.0)", Shape.INTERVAL, [27.5, 15, 38]),
        ("-1.65 (-2.25; -1.06)", Shape.INTERVAL, [-1.65, -2.25, -1.06]),
        ("(− 0.70; − 0.27)", Shape.RANGE, [-0.7, -0.27]),
        ("1944 (1793) [5]", Shape.TRIPLE, [1944, 1793, 5]),
        ("10.80±2.0 (4.90±1.88)", Shape.TWIN, [10.8, 2, 4.9, 1.88]),
        ("n = 18", Shape.SIZE, [18]),
        ("1,138", Shape.SINGLE, [1138]),
        ("9,0", Shape.SINGLE, [9.0]),
        ("− 0.48", Shape.SINGLE, [-0.48]),
        ("(54.5)", Shape.SINGLE, [54.5]),
        ("3,2 (1,1)", Shape.PAIR, [3.2, 1.1]),
        ("0·40", Shape.SINGLE, [0.4]),
        ("34 responders", Shape.SINGLE, [34]),
    ],
)
def test_a_cell_has_a_shape_and_numbers(cell: str, shape: Shape, values: list[float]) -> None:
    """Minus signs, raised points, thousands and footnote marks are read as printed."""
    summary = cell_summary(cell)
    assert summary is not None
    assert (summary.shape, [figure.value for figure in summary.figures]) == (shape, values)
    assert all(figure.span.of(cell) == figure.printed for figure in summary.figures)


@pytest.mark.parametrize("cell", ["", "–", "Mean", "n (%)", "N/A", "not reported", "see text 4"])
def test_words_and_dashes_are_no_summary(cell: str) -> None:
    """A cell of words holds no figure."""
    assert cell_summary(cell) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pain was 3.2 (SD 1.1) and 4.2 ± 3.", [(Shape.PAIR, [3.2, 1.1]), (Shape.SPREAD, [4.2, 3])]),
        ("12 of 40 (30%) against 20/41", [(Shape.FRACTION, [12, 40, 30]), (Shape.FRACTION, [20, 41])]),
        ("longer (M = 236.8, SD = 43.3ms)", [(Shape.SPREAD, [236.8, 43.3])]),
        ("6.3 [12.6] vs 3.1 [13.2]", [(Shape.PAIR, [6.3, 12.6]), (Shape.PAIR, [3.1, 13.2])]),
        ("60.1% (n = 12) improved", [(Shape.PAIR, [60.1, 12])]),
        ("areas of 100–500 mm", [(Shape.RANGE, [100, 500])]),
        ("median 4 (IQR 2–9) days", [(Shape.INTERVAL, [4, 2, 9])]),
    ],
)
def test_a_sentence_is_read_figure_by_figure(sentence: str, expected: list[tuple[Shape, list[float]]]) -> None:
    """The fuller shape is taken before the barer one, and every figure stands where it says."""
    found = prose_summaries(sentence)
    assert [(summary.shape, [figure.value for figure in summary.figures]) for summary in found] == expected
    assert all(figure.span.of(sentence) == figure.printed for summary in found for figure in summary.figures)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("53.6% (30/56)", [30, 56, 53.6]),
        ("3.66 (9/246)", [9, 246, 3.66]),
        ("Mean = 4.00 (2.04)", [4.0, 2.04]),
        ("n = 19: 4.09 (2.32)", [4.09, 2.32]),
    ],
)
def test_a_share_before_its_count_and_names_before_a_figure(cell: str, values: list[float]) -> None:
    """The count comes first among the figures wherever the percentage is printed; a name or a size may stand ahead."""
    summary = cell_summary(cell)
    assert summary is not None
    assert [figure.value for figure in summary.figures] == values


def test_a_percent_sign_may_be_shared_and_a_count_spelt() -> None:
    """ "49 vs. 23 %" are two shares; "Three (7.5 %)" is a count with its share; "vs.1.9" is no ".1"."""
    shared = prose_summaries("(49 vs. 23 %)")
    assert [figure.percent for summary in shared for figure in summary.figures] == [True, True]
    assert [figure.value for figure in prose_summaries("Three (7.5 %) had it")[0].figures] == [3, 7.5]
    assert [summary.figures[0].value for summary in prose_summaries("2.0 ± 0.7 vs.1.9 ± 0.6")] == [2.0, 1.9]
