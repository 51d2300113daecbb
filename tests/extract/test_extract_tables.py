"""Findings out of tables: which arm, which outcome, which time, and what each figure is."""

from __future__ import annotations

import pytest
from trial_articles import article, table

from curbside.extract.tables import table_findings
from curbside.records import Finding, LabelRole, Measure


def found(results: str) -> list[Finding]:
    """Return the findings of an article's tables."""
    return table_findings(article(results))


def only(findings: list[Finding], *words: str) -> Finding:
    """Return the one finding whose labels hold all of `words`."""
    kept = [f for f in findings if all(any(word in label.text for label in f.labels) for word in words)]
    assert len(kept) == 1, [[label.text for label in finding.labels] for finding in kept]
    return kept[0]


def read_as(finding: Finding) -> dict[Measure, str]:
    """Return measure -> as printed."""
    return {value.measure: value.printed for value in finding.values}


def test_a_size_in_the_head_is_the_total_of_every_value_below() -> None:
    """ "Placebo (n = 49)" is an arm of 49; its label stays without the size."""
    findings = found(table([["", "Drug (n = 50)", "Placebo (n = 49)"], ["Relapse, n (%)", "10 (20)", "24 (49)"]]))
    placebo = only(findings, "Relapse", "Placebo")
    assert read_as(placebo) == {Measure.COUNT: "24", Measure.PERCENT: "49", Measure.TOTAL: "49"}
    assert [label.text for label in placebo.labels if label.role is LabelRole.ARM] == ["Placebo"]


def test_every_value_quotes_the_words_of_its_cell() -> None:
    """Each printed number stands where its quote says."""
    document = article(table([["", "Drug (n = 50)", "Placebo (n = 49)"], ["Pain", "3.2 ± 1.1", "4.0 ± 1.3"]]))
    for finding in table_findings(document):
        for value in finding.values:
            assert all(quote.holds_in(document) for quote in value.quotes)
            assert value.quotes[0].words == value.printed


@pytest.mark.parametrize(
    ("row", "cell", "note", "expected"),
    [
        ("Pain, mean ± SD", "3.2 ± 1.1", "", {Measure.MEAN: "3.2", Measure.SD: "1.1"}),
        ("Pain, mean (SD)", "3.2 (1.1)", "", {Measure.MEAN: "3.2", Measure.SD: "1.1"}),
        ("Pain", "3.2 (1.1)", "Values are mean (SE).", {Measure.MEAN: "3.2", Measure.SE: "1.1"}),
        ("Pain", "3.2 (SD, 1.1)", "", {Measure.MEAN: "3.2", Measure.SD: "1.1"}),
        ("Age (range)", "40 (18–65)", "", {Measure.MEDIAN: "40", Measure.RANGE: "18"}),
        ("Stay, median [IQR]", "4 [2–9]", "", {Measure.MEDIAN: "4", Measure.QUARTILE: "2"}),
        ("Change, mean (95% CI)", "−1.2 (−2.0; −0.4)", "", {Measure.MEAN: "−1.2", Measure.CI: "−2.0"}),
        ("Relapse", "12/40 (30.0)", "", {Measure.COUNT: "12", Measure.TOTAL: "40", Measure.PERCENT: "30.0"}),
        ("Relapse, %", "30", "", {Measure.PERCENT: "30"}),
        ("Rescue dose, mg: mean (SD) [n]", "194 (79) [5]", "", {Measure.MEAN: "194", Measure.SD: "79", Measure.TOTAL: "5"}),
        ("Pain, mean (SD)", "3·2 (1·1)", "", {Measure.MEAN: "3·2", Measure.SD: "1·1"}),
        ("Pain, mean (SD)", "3,2 (1,1)", "", {Measure.MEAN: "3,2", Measure.SD: "1,1"}),
    ],
)  # fmt: skip
def test_what_a_cell_holds_is_read_from_its_row_head_and_notes(
    row: str, cell: str, note: str, expected: dict[Measure, str]
) -> None:
    """The nearest words that name a statistic decide; without them the form does."""
    findings = found(table([["", "Drug", "Placebo"], [row, cell, cell]], notes=[note] if note else []))
    values = only(findings, "Drug")
    told = {measure: values.value(measure) for measure in expected}
    assert {measure: value.printed for measure, value in told.items() if value} == expected


def test_arithmetic_tells_a_count_with_its_share_from_a_mean_with_its_sd() -> None:
    """22 of 40 is 55 %, so "22 (55.0)" is a count without any word that says so; "22 (7.5)" is not."""
    findings = found(table([["", "Drug (n = 40)", "Placebo (n = 41)"], ["Men", "22 (55.0)", "20 (48.8)"]]))
    assert read_as(only(findings, "Drug"))[Measure.COUNT] == "22"
    findings = found(table([["", "Drug (n = 40)", "Placebo (n = 41)"], ["Weight", "22 (7.5)", "20 (6.8)"]]))
    assert read_as(only(findings, "Drug"))[Measure.SD] == "7.5"


def test_columns_of_one_statistic_each_are_put_together() -> None:
    """n, mean and SD in columns of their own are one finding of the arm above them."""
    rows = [["", "Drug<3", "Placebo<3"], ["", "n", "Mean", "SD", "n", "Mean", "SD"]]
    findings = found(table([*rows, ["Pain", "30", "3.2", "1.1", "31", "4.0", "1.3"]], heads=2))
    assert read_as(only(findings, "Drug")) == {Measure.TOTAL: "30", Measure.MEAN: "3.2", Measure.SD: "1.1"}
    assert read_as(only(findings, "Placebo"))[Measure.TOTAL] == "31"


def test_an_interval_in_its_own_column_belongs_to_the_mean_beside_it() -> None:
    """ "95% CI" beside "Mean change" gives the bounds of that mean."""
    rows = [["", "Drug<2", "Placebo<2"], ["", "Mean change", "95% CI", "Mean change", "95% CI"]]
    findings = found(table([*rows, ["Pain", "−1.2", "−2.0 to −0.4", "−0.1", "−0.9 to 0.7"]], heads=2))
    drug = only(findings, "Drug")
    assert [value.printed for value in drug.all_of(Measure.CI)] == ["−2.0", "−0.4"]


def test_arms_in_rows_and_times_in_columns() -> None:
    """A transposed table gives the same findings: outcome, arm and time are labels wherever they stand."""
    rows = [
        ["Score", "Treatment", "Baseline", "Week 3"],
        ["Pain^2", "Drug", "5 ± 1", "3 ± 1"],
        ["Placebo", "5 ± 2", "4 ± 2"],
    ]
    findings = found(table(rows))
    assert read_as(only(findings, "Pain", "Placebo", "Week 3")) == {Measure.MEAN: "4", Measure.SD: "2"}


def test_printed_numbers_under_a_head_of_time_are_times() -> None:
    """ "24" under "Week" is week 24."""
    rows = [
        ["Variable", "Week", "Drug", "Placebo"],
        ["Pain^2", "12", "4.1 ± 1", "4.4 ± 1"],
        ["24", "3.0 ± 1", "4.2 ± 1"],
    ]
    late = only(found(table(rows)), "Drug", "24")
    assert [label.text for label in late.labels if label.role is LabelRole.TIME] == ["Week 24"]


def test_rows_that_head_others_are_groups() -> None:
    """A row without values heads the rows below it, until the next."""
    rows = [["", "Drug (n = 9)", "Placebo (n = 8)"], ["Left side", "", ""], ["Grip", "4 ± 1", "3 ± 1"], ["Right side", "", ""],
            ["Grip", "5 ± 1", "2 ± 1"]]  # fmt: skip
    findings = found(table(rows))
    assert read_as(only(findings, "Right side", "Grip", "Placebo"))[Measure.MEAN] == "2"


def test_heads_that_come_again_replace_those_above() -> None:
    """Further down a table may change its heads; sizes in a row of their own hold until the next such row."""
    rows = [["Weeks", "Score<2"], ["", "Drug, n = 9", "Placebo, n = 8"], ["0", "4 ± 1", "3 ± 1"], ["", "Dose<2"],
            ["", "n = 5", "n = 6"], ["0", "7 ± 1", "6 ± 1"]]  # fmt: skip
    findings = found(table(rows))
    late = only(findings, "Dose", "Drug")
    assert read_as(late) == {Measure.MEAN: "7", Measure.SD: "1", Measure.TOTAL: "5"}


def test_a_row_that_names_a_statistic_alone_speaks_of_the_row_above() -> None:
    """ "Score, n" and below it "Median": the sizes and the outcome come from the row above."""
    rows = [["", "Drug", "Placebo"], ["Score at day 21, n", "59", "55"], ["Median", "1.3 (1–4.1)", "1.2 (0–3.6)"]]
    findings = [f for f in found(table(rows)) if f.value(Measure.MEDIAN)]
    assert read_as(only(findings, "Score", "Drug"))[Measure.TOTAL] == "59"


def test_a_row_of_sizes_gives_the_arms_their_totals() -> None:
    """ "No. of patients" in the first row is the size of every arm below."""
    rows = [["", "Drug", "Placebo"], ["No. of patients", "22", "20"], ["Cured", "20 (90.9)", "10 (50)"]]
    assert read_as(only(found(table(rows)), "Cured", "Drug"))[Measure.TOTAL] == "22"


def test_a_bare_number_in_brackets_behind_an_arm_is_its_size() -> None:
    """ "Simvastatin (10,269)" is an arm of 10,269; a year in brackets is none."""
    findings = found(
        table([["", "Simvastatin (10,269)", "Placebo (2007)"], ["Deaths", "1,328 (12.9%)", "1,507 (14.7%)"]])
    )
    assert read_as(only(findings, "Simvastatin"))[Measure.TOTAL] == "10,269"
    assert Measure.TOTAL not in read_as(only(findings, "Placebo"))


def test_a_row_may_give_each_arm_its_own_size() -> None:
    """ "(I = 12, C = 8)" in the label of a row names the arms by their letters."""
    rows = [
        ["", "Intervention (n = 28)", "Control (n = 14)"],
        ["Named the drug (I = 12, C = 8), n (%)", "9 (75)", "3 (37.5)"],
    ]
    findings = found(table(rows))
    assert read_as(only(findings, "Intervention"))[Measure.TOTAL] == "12"
    assert read_as(only(findings, "Control"))[Measure.TOTAL] == "8"


def test_two_arms_in_one_cell_are_taken_apart() -> None:
    """Under "Intervention (control)" a cell "10.8 ± 2.0 (4.9 ± 1.9)" holds both arms."""
    rows = [["", "Mean±SD of Post-test; Intervention (control)"], ["Motivation", "10.8±2.0 (4.9±1.9)"]]
    findings = found(table(rows))
    assert read_as(only(findings, "control"))[Measure.MEAN] == "4.9"
    assert read_as(only(findings, "Intervention"))[Measure.SD] == "2.0"


@pytest.mark.parametrize("head", ["P", "p-value", "Difference (95% CI)", "Odds ratio (95% CI)", "P value for trend"])
def test_columns_that_compare_arms_hold_no_arms_values(head: str) -> None:
    """A p value or a ratio is of no arm."""
    findings = found(table([["", "Drug", "Placebo", head], ["Pain", "3 ± 1", "4 ± 1", "0.04"]]))
    assert len(findings) == 2


def test_a_change_from_baseline_is_a_value_of_its_arm() -> None:
    """ "Mean change from baseline" compares times, not arms."""
    rows = [
        ["", "Drug<2", "Placebo<2"],
        ["", "Mean baseline", "Mean change from baseline", "Mean baseline", "Mean change from baseline"],
    ]
    findings = found(table([*rows, ["Pain", "5.0", "−1.2", "5.1", "−0.2"]], heads=2))
    assert len(findings) == 4


def test_a_table_of_the_methods_is_not_reported_as_a_result() -> None:
    """Where a table stands decides whether it is a result; one that floats stands where it is first cited."""
    rows = [["", "Drug (n = 9)", "Placebo (n = 8)"], ["Men", "4 (44)", "5 (63)"]]
    document = article("", methods=table(rows))
    assert [finding.reported for finding in table_findings(document)] == [False, False]
