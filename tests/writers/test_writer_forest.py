"""Forest plots: the numbers of the table, words for those who cannot see, nothing that a strict page refuses."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from curbside.records import Interval, Pooled, PooledStudy, Pooling, Weighed
from curbside.writers.forest import described, forest_rows, forest_svg, forest_table

SVG = "{http://www.w3.org/2000/svg}"


def study(label: str, k: int, n: int, estimate: float, low: float, high: float, weight: float) -> Weighed:
    """Return a study of one arm."""
    return Weighed(PooledStudy(label, k, n), estimate, Interval(low, high, 0.95, "Wilson 1927"), weight)


def shares() -> Pooled:
    """Return three pooled proportions."""
    return Pooled(
        Pooling.PROPORTION,
        "proportion",
        "a model",
        (
            study("Ade 2010", 10, 13, 10 / 13, 0.50, 0.92, 40.0),
            study("Bek <script>alert(1)</script> 2012", 0, 15, 0.0, 0.0, 0.2, 25.0),
            study("A name of a study that is far longer than fits beside the plot 2013", 3, 9, 1 / 3, 0.12, 0.65, 35.0),
        ),
        0.41,
        Interval(0.12, 0.77, 0.95, "a model"),
        Interval(0.01, 0.98, 0.95, "Higgins 2009"),
        1.7,
        12.1,
        2,
        0.002,
        83.2,
        (),
        ("Ade 2010 and Bek 2012 are both from Ghent; they may share people.",),
    )


def ratios() -> Pooled:
    """Return two pooled risk ratios, one of them far off."""
    wide = Weighed(PooledStudy("Ode 2001", 1, 50, 20, 50), 0.05, Interval(0.001, 400.0, 0.95, "Katz 1978"), 10.0)
    near = Weighed(PooledStudy("Pim 2004", 12, 50, 20, 52), 0.62, Interval(0.34, 1.14, 0.95, "Katz 1978"), 90.0)
    return Pooled(
        Pooling.RATIO, "RR", "REML", (wide, near), 0.5, Interval(0.2, 1.3, 0.95, "REML"), None, 0.1, 2.0, 1, 0.16, 50.0
    )


def test_the_table_has_every_number_of_the_plot() -> None:
    """Studies, the pooled estimate and the prediction, as words."""
    rows = forest_rows(shares())
    assert [row.label for row in rows][-2:] == ["Pooled", "Prediction"]
    assert (rows[0].counts, rows[0].estimate, rows[0].weight) == ("10/13", "77 % (50 to 92)", "40.0 %")
    assert rows[-2].estimate == "41 % (12 to 77)"
    assert rows[-1].estimate == "1 to 98 %"
    two = forest_rows(ratios())
    assert (two[1].counts, two[1].estimate) == ("12/50 against 20/52", "0.62 (0.34 to 1.14)")
    assert [row.label for row in two] == ["Ode 2001", "Pim 2004", "Pooled"]


@pytest.mark.parametrize("pooled", [shares(), ratios()], ids=["shares", "ratios"])
def test_the_plot_is_told_to_those_who_cannot_see_it(pooled: Pooled) -> None:
    """Role, title and description by id; each row has its own title with all its numbers."""
    root = etree.fromstring(forest_svg(pooled, "Response to sirolimus").encode())
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    found = {child.get("id"): child.text for child in root}
    assert [found[each] for each in ids] == ["Response to sirolimus", described(pooled)]
    groups = root.findall(f"{SVG}g")
    assert len(groups) == len(forest_rows(pooled))
    for group, row in zip(groups, forest_rows(pooled)):
        told = group.findtext(f"{SVG}title") or ""
        assert told.startswith(row.label) and row.estimate in told


def test_nothing_that_a_strict_page_refuses() -> None:
    """No style, no script, no colour of its own; names are escaped."""
    drawn = forest_svg(shares(), 'A "title" & <more>') + forest_table(shares(), "<b>")
    assert "style=" not in drawn and "<script" not in drawn and "<b>" not in drawn
    assert "&lt;script&gt;" in drawn and "&amp; &lt;more&gt;" in drawn
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) == {"currentColor", "none"}


def test_long_names_are_cut_in_the_plot_alone() -> None:
    """The row's title and the table have all of it."""
    drawn, name = forest_svg(shares(), "T"), "A name of a study that is far longer than fits beside the plot 2013"
    assert "A name of a study that is far longer …" in drawn
    assert name in drawn and name in forest_table(shares(), "T")


def test_what_lies_beyond_the_axis_gets_an_arrow() -> None:
    """An interval from 0.001 to 400 ends in two heads; every mark lies inside the plot."""
    drawn = forest_svg(ratios(), "T")
    assert drawn.count("l7 -4v8z") == drawn.count("l-7 -4v8z") == 1
    places = [float(x) for x in re.findall(r' x[12]?="([0-9.-]+)"', drawn)]
    assert min(places) >= 0 and max(places) <= 760
    assert 'class="forest-null"' in drawn and 'class="forest-null"' not in forest_svg(shares(), "T")


def test_the_table_ties_heads_to_cells() -> None:
    """A caption, heads of columns and of rows."""
    table = forest_table(ratios(), "Death")
    assert "<caption>Death</caption>" in table
    assert table.count('<th scope="col">') == 4 and table.count('<th scope="row">') == 3
    assert "Risk ratio (95 % CI)" in table


def test_plots_on_one_page_have_ids_of_their_own() -> None:
    """By content, or by the name that is given; the same result is drawn the same."""
    assert forest_svg(shares(), "T") == forest_svg(shares(), "T")
    assert 'id="forest-title-x"' in forest_svg(shares(), "T", "x")
    one, two = forest_svg(shares(), "T"), forest_svg(shares(), "U")
    ids = [set(re.findall(r'id="([^"]+)"', drawn)) for drawn in (one, two)]
    assert not ids[0] & ids[1]


def test_the_description_says_how_much_studies_differ_and_warns() -> None:
    """Heterogeneity, prediction, method and warnings in words."""
    words = described(shares())
    for piece in (
        "3 studies; proportion pooled 41 % (12 to 77).",
        "I² 83 %",
        "between 1 and 98 %",
        "may share people",
        "a model",
    ):
        assert piece in words
