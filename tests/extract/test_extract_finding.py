"""The numbers of a comparison: outcome, intervention and comparator asked for, both sides answered."""

from __future__ import annotations

import pytest
from trial_articles import evidence, table

from curbside.extract.evidence import Evidence
from curbside.extract.finding import find
from curbside.extract.groups import arms
from curbside.records import Comparison, Value

Four = tuple[float | None, float | None, float | None, float | None]


def number(value: Value | None) -> float | None:
    """Return what a value is worth, None where there is none."""
    return value.number if value else None


def counted(read: Evidence, outcome: str, one: str = "sirolimus", two: str = "placebo") -> Four:
    """Return events and size of both arms."""
    found = find(Comparison(outcome, one, two, True), read)
    first, second = found.intervention, found.comparator
    return number(first.count), number(first.total), number(second.count), number(second.total)


def averaged(read: Evidence, outcome: str, one: str = "sirolimus", two: str = "placebo") -> Four:
    """Return mean and SD of both arms."""
    found = find(Comparison(outcome, one, two, False), read)
    first, second = found.intervention, found.comparator
    return number(first.mean), number(first.deviation), number(second.mean), number(second.deviation)


OUTCOMES = [["Outcome", "Placebo (n = 40)", "Sirolimus (n = 42)"], ["Relapse, n (%)", "20 (50)", "9 (21)"],
            ["Pain score, mean (SD)", "4.0 (1.3)", "3.2 (1.1)"], ["Mouth ulcers, %", "10", "33"]]  # fmt: skip


def test_the_arms_are_told_by_their_names_not_by_their_order() -> None:
    """Placebo stands first; the intervention's numbers come first all the same."""
    read = evidence(table(OUTCOMES))
    assert counted(read, "relapse rate") == (9, 42, 20, 40)
    assert averaged(read, "pain") == (3.2, 1.1, 4.0, 1.3)


def test_a_percentage_becomes_a_count_with_its_arithmetic() -> None:
    """33 % of 42 is 13.86, so 14; it is marked as computed and quotes both numbers."""
    found = find(Comparison("mouth ulcers", "sirolimus", "placebo", True), evidence(table(OUTCOMES)))
    count = found.intervention.count
    assert count is not None
    assert (count.number, count.arithmetic) == (14, "33 % of 42 = 13.86, rounded to 14")
    assert [quote.words for quote in count.quotes] == ["33", "42"]


def test_a_standard_error_becomes_a_standard_deviation_with_its_arithmetic() -> None:
    """SD = SE × √n; an SE is never passed off as an SD."""
    rows = [["", "Sirolimus (n = 36)", "Placebo (n = 25)"], ["Pain, mean (SE)", "3.2 (0.4)", "4.0 (0.5)"]]
    found = find(Comparison("pain", "sirolimus", "placebo", False), evidence(table(rows)))
    deviation = found.intervention.deviation
    assert deviation is not None
    assert (deviation.printed, deviation.arithmetic) == ("2.40", "SE 0.4 × √36 = 2.40")
    assert number(found.comparator.deviation) == 2.5


def test_an_interval_of_a_mean_becomes_a_standard_deviation() -> None:
    """SD = √n × (high − low) / 3.92 (Cochrane Handbook, 6.5.2.2)."""
    rows = [
        ["", "Sirolimus (n = 100)", "Placebo (n = 100)"],
        ["Change, mean (95% CI)", "1.0 (0.6 to 1.4)", "0.2 (−0.2 to 0.6)"],
    ]
    assert averaged(evidence(table(rows)), "change") == (1.0, 2.04, 0.2, 2.04)


def test_a_median_is_no_mean() -> None:
    """Asked for means, a table of medians gives the sizes alone; asked for a median it gives that."""
    rows = [["", "Sirolimus (n = 30)", "Placebo (n = 31)"], ["Hospital stay, median (IQR)", "4 (2–9)", "5 (3–9)"]]
    found = find(Comparison("hospital stay", "sirolimus", "placebo", False), evidence(table(rows)))
    assert (found.intervention.mean, number(found.intervention.total)) == (None, 30)
    asked = find(Comparison("median hospital stay", "sirolimus", "placebo", False), evidence(table(rows)))
    assert number(asked.intervention.mean) == 4


def test_labels_that_name_no_treatment_are_read_by_their_part() -> None:
    """ "Intervention" and "Control" stand for what was tried and what it was compared with."""
    rows = [["", "Control (n = 40)", "Intervention (n = 42)"], ["Relapse, n (%)", "20 (50)", "9 (21)"]]
    assert counted(evidence(table(rows)), "relapse", "text messages", "no text messages") == (9, 42, 20, 40)


def test_groups_that_are_numbered_are_told_apart_by_the_text() -> None:
    """ "Group I received lidocaine" says whose column "Group I" is."""
    rows = [["", "Group I", "Group II"], ["Pain", "3.2 ± 1.1", "4.0 ± 1.3"]]
    methods = "<p>Group II received intravenous lidocaine. Group I received intravenous morphine.</p>"
    read = evidence(table(rows), methods)
    assert averaged(read, "pain", "intravenous lidocaine", "intravenous morphine") == (4.0, 1.3, 3.2, 1.1)


def test_short_forms_of_the_article_are_known() -> None:
    """ "SVR" is found for "sustained virologic response" where a note or a bracket defines it."""
    rows = [
        ["", "SD48W (N = 94)", "SD24W (N = 93)"],
        ["EVR", "86/94 (91.5)", "82/93 (88.2)"],
        ["SVR", "66/94 (70.2)", "43/93 (46.2)"],
    ]
    notes = ["EVR: early virologic response, SVR: sustained virologic response."]
    read = evidence(table(rows, notes=notes))
    asked = counted(read, "sustained virologic response", "peginterferon for 48 weeks", "peginterferon for 24 weeks")
    assert asked == (66, 94, 43, 93)


def test_the_last_time_point_answers_where_none_is_asked() -> None:
    """Baseline is no outcome; the end of treatment is preferred to weeks before it."""
    rows = [["", "Sirolimus (n = 9)<3", "Placebo (n = 8)<3"], ["", "Baseline", "Week 4", "Week 24", "Baseline", "Week 4", "Week 24"],
            ["Pain, mean (SD)", "6 (1)", "5 (1)", "3 (1)", "6 (2)", "6 (2)", "5 (2)"]]  # fmt: skip
    read = evidence(table(rows, heads=2))
    assert averaged(read, "pain") == (3, 1, 5, 2)
    assert averaged(read, "pain at week 4") == (5, 1, 6, 2)
    assert averaged(read, "baseline pain") == (6, 1, 6, 2)


def test_a_comparison_with_baseline_is_of_one_arm_at_two_times() -> None:
    """The comparator "baseline" stands for the same arm before treatment."""
    rows = [["", "Baseline", "Week 24"], ["Sirolimus (n = 9)", "6 ± 1", "3 ± 1"], ["Placebo (n = 8)", "6 ± 2", "5 ± 2"]]
    read = evidence(table(rows, caption="Pain score"))
    assert averaged(read, "pain score", "sirolimus", "baseline") == (3, 1, 6, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Relapse occurred in 9 of 42 (21%) patients in the sirolimus group and 20 of 40 (50%) in the placebo group.",
        "There were fewer relapses with sirolimus than with placebo (9/42 [21%] vs 20/40 [50%]).",
        "Relapse was seen in the placebo group in 20/40 and in the sirolimus group in 9/42.",
        "Relapses in the sirolimus and placebo groups numbered 9/42 and 20/40, respectively.",
        "Relapse in the sirolimus group was 21.4% (9 of 42 patients) versus 50.0% (20 of 40 patients) in the placebo group.",
        "Nine of 42 patients on sirolimus and twenty of 40 on placebo had a relapse.",
    ],
)
def test_a_sentence_gives_both_arms(sentence: str) -> None:
    """Arms before their values, after them, or both before a pair of values."""
    assert counted(evidence(f"<p>{sentence}</p>"), "relapse") == (9, 42, 20, 40)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mean pain was 3.2 ± 1.1 with sirolimus and 4.0 ± 1.3 with placebo (p = 0.02).",
        "Pain scores were 3.2 (SD 1.1) in the sirolimus group versus 4.0 (SD 1.3) in the placebo group.",
        "Pain was lower with sirolimus (M = 3.2, SD = 1.1) than with placebo (M = 4.0, SD = 1.3).",
        "Before treatment pain was 6.1 ± 1.0 with sirolimus and 6.0 ± 1.2 with placebo. At the end pain was 3.2 ± 1.1 with sirolimus and 4.0 ± 1.3 with placebo.",
        "Pain fell with sirolimus (3.2 ± 1.1 points, 32 ± 8.4%) and with placebo (4.0 ± 1.3 points, 21 ± 7.2%).",
        "Pain was 3.2 ± 1.1 sirolimus vs.4.0 ± 1.3 placebo.",
    ],
)
def test_a_sentence_gives_means(sentence: str) -> None:
    """p values, intervals and doses beside the means are none."""
    assert averaged(evidence(f"<p>{sentence}</p>"), "pain") == (3.2, 1.1, 4.0, 1.3)


def test_compounds_tell_arms_apart() -> None:
    """Where the arms differ in one half of a compound, the compound names them, and counts may be in words."""
    read = evidence("<p>Three (7.5%) off-pump patients had a stroke compared to 1 (2.1%) on-pump patients.</p>")
    found = find(Comparison("stroke", "off-pump surgery", "on-pump surgery", True), read)
    assert [side.count and side.count.number for side in (found.intervention, found.comparator)] == [3, 1]


def test_a_time_may_be_asked_in_another_unit() -> None:
    """One year is twelve months."""
    rows = [
        ["", "Sirolimus", "Sirolimus", "Placebo", "Placebo"],
        ["", "3 months", "12 months", "3 months", "12 months"],
    ]
    rows.append(["Pain score", "5 ± 1", "3 ± 1", "6 ± 2", "5 ± 2"])
    assert averaged(evidence(table(rows, heads=2)), "pain score at 1 year") == (3, 1, 5, 2)


def test_three_arms_in_one_sentence_are_kept_apart() -> None:
    """A list of three values goes with the list of three names."""
    rows = [["", "Everolimus (n = 9)", "Sirolimus (n = 9)", "Placebo (n = 9)"], ["Age", "40 ± 9", "41 ± 8", "42 ± 7"]]
    said = "<p>Pain was 49.4 ± 3.1, 47.5 ± 3.8 and 26.5 ± 2.7 in the everolimus, sirolimus and placebo groups respectively.</p>"
    assert averaged(evidence(said + table(rows)), "pain") == (47.5, 3.8, 26.5, 2.7)


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain fell from 4.3 ± 1.5 to 2.9 ± 0.8 in the sirolimus group; placebo changed nothing.",
        "Pain did not differ between sirolimus and placebo (p = 0.41; p = 0.38).",
        "The hazard ratio for pain with sirolimus against placebo was 0.75 (95% CI 0.61 to 0.93).",
    ],
)
def test_what_is_no_value_of_two_arms_is_left_alone(sentence: str) -> None:
    """Before and after, p values and ratios answer nothing."""
    assert averaged(evidence(f"<p>{sentence}</p>"), "pain") == (None, None, None, None)


def test_nobody_is_zero_of_both_arms() -> None:
    """ "There were no cases of …" is zero in both arms, quoted by its "no"."""
    said = "<p>There were 42 patients in the sirolimus group (n = 42) and the placebo group (n = 40).</p>"
    read = evidence(said + "<p>There were no cases of ketoacidosis.</p>")
    assert counted(read, "ketoacidosis") == (0, 42, 0, 40)
    assert counted(evidence("<p>There was no difference in ketoacidosis.</p>"), "ketoacidosis") == (None,) * 4


def test_no_serious_events_are_not_no_events() -> None:
    """Zero of a graver kind says nothing of all; zero of all says it of the graver kind."""
    said = "<p>There were 42 patients in the sirolimus group (n = 42) and the placebo group (n = 40).</p>"
    serious = evidence(said + "<p>There were no serious adverse events.</p>")
    assert counted(serious, "adverse events")[0] is None
    assert counted(serious, "serious adverse events")[0] == 0


def test_rates_per_person_time_are_no_counts() -> None:
    """2.3 per 100 patient-years is not 2.3 %."""
    rows = [
        ["", "Incidence rate per 100 patient-years<2"],
        ["", "Sirolimus (n = 500)", "Placebo (n = 400)"],
        ["Rash", "1.7", "1.1"],
    ]
    assert counted(evidence(table(rows, heads=2)), "rash") == (None, 500, None, 400)


def test_an_outcome_that_is_not_there_is_not_made_up() -> None:
    """The sizes of the arms are given; the rest is missing, with a reason."""
    found = find(Comparison("kidney stones", "sirolimus", "placebo", True), evidence(table(OUTCOMES)))
    assert (found.intervention.count, number(found.intervention.total), found.score) == (None, 42, 0.0)
    assert found.why


def test_serious_events_are_not_answered_by_all_events() -> None:
    """A graver outcome needs its word."""
    rows = [["", "Sirolimus (n = 47)", "Placebo (n = 45)"], ["Adverse event", "39 (83.0)", "33 (73.3)"]]
    assert counted(evidence(table(rows)), "serious adverse events")[0] is None


def test_every_number_answered_stands_in_the_article() -> None:
    """All quotes of an answer hold in the document."""
    read = evidence(table(OUTCOMES))
    for outcome, of_people in (("relapse", True), ("mouth ulcers", True), ("pain", False)):
        found = find(Comparison(outcome, "sirolimus", "placebo", of_people), read)
        for side in (found.intervention, found.comparator):
            for value in (side.total, side.count, side.mean, side.deviation):
                assert value is None or all(quote.holds_in(read.document) for quote in value.quotes)


def test_the_arms_of_a_trial_with_their_sizes() -> None:
    """Named as the heads of the tables name them, the commonest size first."""
    found = arms(evidence(table(OUTCOMES)))
    assert {arm.name: [size.printed for size in arm.sizes] for arm in found} == {"Placebo": ["40"], "Sirolimus": ["42"]}


def test_columns_of_values_are_not_taken_for_labels() -> None:
    """Heads with sizes stand over values; a share with its fraction is a value; times below a head are heads."""
    rows = [
        ["", "Sirolimus (n = 57)", "Placebo (n = 56)"],
        ["Sex (f/m/x)", "1/5/2", "2/6/6"],
        ["Relapse", "66.7% (38/57)", "53.6% (30/56)"],
    ]
    assert counted(evidence(table(rows)), "relapse") == (38, 57, 30, 56)
    years = [["", "Relapse, %<2"], ["Months", "6", "12"], ["Sirolimus", "10", "20"], ["Placebo", "30", "40"]]
    found = {value.quote.words: [label.text for label in value.labels] for value in evidence(table(years)).findings}
    assert "12" in found["20"] and "6" in found["30"] and "6" not in found


def test_sizes_stated_for_the_outcome_come_before_those_of_the_arms() -> None:
    """Fewer may have been assessed for an outcome than were allocated."""
    rows = [["", "Sirolimus (n = 33)", "Placebo (n = 34)"], ["Age, mean (SD)", "40 (9)", "41 (8)"]]
    said = "<p>Fifty-seven were assessed for transit time (placebo, n = 28; sirolimus, n = 29).</p>"
    rows_out = [["", "Sirolimus", "Placebo"], ["Transit time, mean (SD)", "39 (22)", "48 (25)"]]
    found = find(
        Comparison("transit time", "sirolimus", "placebo", False),
        evidence(said + table(rows) + table(rows_out, label=2)),
    )
    assert (number(found.intervention.total), number(found.comparator.total)) == (29, 28)
