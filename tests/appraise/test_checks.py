"""The count check: what it doubts, what it lets pass, and what it says of both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.appraise.check_ranges import grim
from curbside.appraise.checks import SENTENCES, checked, sentence_checks
from curbside.appraise.sides import worth
from curbside.readers import read
from curbside.records import Check, CheckKind, Document, Raw, Verdict, sealed
from growth import assert_linear


def check_of(words: str, kind: str) -> list[Check]:
    """Return the checks of one kind in a sentence."""
    return [check for check in sentence_checks("d" + "0" * 20, words) if check.kind is CheckKind(kind)]


def doubted(words: str) -> list[str]:
    """Return the kinds of the disagreements in a sentence."""
    return [check.kind.value for check in sentence_checks("d" + "0" * 20, words) if check.verdict is Verdict.DISAGREES]


WRONG = [
    ("percent", "In all, 34 of 120 patients (82.3%) responded."),
    ("percent", "A response was seen in 28.3% (43/120) of patients."),
    ("percent", "Of 25 patients in the arm, three (15%) stopped."),
    ("percent", "Seven of 20 (29.2%) carried gametocytes."),
    ("percent", "Pain fell in 281% (9/32) of them."),
    ("parts", "We enrolled 99 patients (68 men and 30 women)."),
    ("parts", "The 62 children (11 boys, 11 girls) had left."),
    ("shares", "In this sample, 59% of the participants were boys and 51% girls."),
    ("arms", "A total of 1570 patients were randomized to coaching (n = 970) or control (n = 470)."),
    ("arms", "Thus 23 patients were randomly assigned to A (n = 14) or B (n = 14)."),
    ("interval", "The hazard ratio was 0.43 (95% CI 0.54-0.78)."),
    ("interval", "Costs fell by 12 (95% CI -32 to -18)."),
    ("interval", "It was associated with death (OR 1.5, 95% CI 2.9 to 1.1)."),
    ("symmetry", "It was associated with death (OR 1.72; 95% CI: 0.83-35.9)."),
    ("symmetry", "The mean difference was 1.1 (95% CI -5.3 to 1.9)."),
    ("p value", "The odds ratio was 0.52 (95% CI 0.33, 0.82; P = 0.38)."),
    ("p value", "The mean difference was 1.0 (95% CI -3.0 to 5.0; p = 0.002)."),
    ("wording", "There was no significant difference in pain (p = 0.001)."),
    ("wording", "Pain was significantly lower with sirolimus (P = 0.57)."),
    ("wording", "However, this was not significant (p=0.008)."),
    ("deviation", "Their age was 40.9 ± 10.136 years (range 35–47)."),
    ("deviation", "The median age was 84 years (range 18-77)."),
    ("deviation", "The median follow-up was 3.5 months (IQR 4.1 to 9.8)."),
    ("mean", "The mean number of seizures was 3.47 in 10 patients."),
    ("dates", "Patients were seen between May 2010 and June 2008."),
    ("dates", "Records were searched from 1998 to 1991."),
    ("dates", "Infants were recruited (June 2015 to December 2013)."),
]


@pytest.mark.parametrize(("kind", "words"), WRONG)
def test_what_cannot_be_is_doubted(kind: str, words: str) -> None:
    """One disagreement, of the right kind, with arithmetic, a message and words that stand in the sentence."""
    assert doubted(words) == [kind]
    found = next(check for check in check_of(words, kind) if check.verdict is Verdict.DISAGREES)
    assert found.message and found.arithmetic and not found.why_not
    assert found.quotes
    assert all(quote.span.of(words) == quote.words for quote in found.quotes)


RIGHT = [
    "In all, 34 of 120 patients (28.3%) responded.",
    "In all, 34 of 120 patients (28%) responded.",
    "Two of three (66%) responded.",  # cut off
    "Eight of nine (88.90%) responded.",  # a zero for looks
    "Of 120 patients, 34 (28%) responded, of whom 12 (35%) relapsed.",
    "Over 60% of them (100/163) had completed it.",
    "The response was 52,5% (42/80) at baseline.",
    "The actuarial incidence was 44.5% (18 of 42 patients).",
    "Of the 282 students, 15 (15.8%) logged into one and 19 (20.4%) into the other.",
    "Of the 62 enrolled, 82% (26 of 29 in one arm; 25 of 33 in the other) completed the study.",
    "It was found in all but one of 74 samples (98.6%).",
    "Visual acuity was 20/40 (85%).",
    "One of four values (50%, 30%, 15% and 5%) was chosen.",
    "Its union rate was 77.4% (24 out of 31, 95% CI, 0.58 to 0.90).",
    "They were 202 students (142 female, 50 male, and 10 unknown).",
    "It was likely to 61% of participants (64% boys, 59% girls).",
    "Of 60 patients randomised to A (n = 30) or B (n = 30), 4 withdrew.",
    "Of 54 patients, 50 were randomised to A (n = 25) or B (n = 25).",
    "In 61 patients randomised to A (n = 30) or B (n = 30), one withdrew.",
    "The hazard was greater (P = 0.0001; 95% CI 2.860 to 24.383).",
    "It was 1.10 nM (N = 83; 95% CI: 0.95–1.28).",
    "The slope differed (b = 0.40, SE = 0.12, 95%CI [0.17, 0.62]).",
    "BMI mattered (OR 1.02 per kg/m2, 95% CI 0.99–1.05).",
    "It lowered risk (OR = 0.478; 95% CI = 0.323 to 0,706; P = 0.0002).",
    "The hazard ratio was 0.43 (95% CI 0.24–0.78; P=.005).",
    "The relative risk was 1.00 (95% CI 0.1–9.9).",
    "Mean cost differed by 12 (95% CI 11 to 40).",
    "A p value < 0.05 was considered significant.",
    "The groups did not differ significantly (p = 0.4).",
    "Sirolimus was better, but not significantly so, than placebo, which improved pain (p = 0.01).",
    "There were seven significant desaturations in that group (P = 0.11).",
    "It was not significant after Bonferroni correction (p = 0.02).",
    "For predicting no acidosis it was significantly higher (p = 0.034).",
    "The mean age was 45 years (range 20 days to 77 years).",
    "The mean number of seizures was 3.40 in 10 patients.",
    "The mean number of seizures per week was 3.47 in 10 patients.",
    "Patients were seen between May 2008 and June 2010.",
    "They got from 2010 to 2005 mg of it.",
    "",
]


@pytest.mark.parametrize("words", RIGHT)
def test_what_may_be_passes(words: str) -> None:
    """Ordinary readings explain these numbers; a false alarm would cost more than a miss."""
    assert doubted(words) == []


def test_what_cannot_be_told_is_said() -> None:
    """A count without its whole is not checked, and the check says why."""
    (found,) = check_of("A response was seen in 34 (28.3%).", "percent")
    assert (found.verdict, found.message) == (Verdict.NOT_CHECKED, "")
    assert found.why_not == "The sentence does not say of how many."


def test_arithmetic_and_quotes_are_shown_in_full() -> None:
    """Both sides are quoted, the doubted one first; the calculation can be followed."""
    (found,) = check_of("Overall 34 of 120 (82.3%) responded.", "percent")
    assert found.arithmetic == "34 / 120 = 28.333 %; printed 82.3 %"
    assert [quote.words for quote in found.quotes] == ["82.3%", "34 of 120"]
    assert found.message == "34 of 120 is 28.3 %, not 82.3 %."
    (p,) = check_of("The odds ratio was 0.52 (95% CI 0.33, 0.82; P = 0.38).", "p value")
    assert p.arithmetic == "SE = 0.2322; z = ln(0.52) / SE = -2.82; p = 0.0049; printed p = 0.38"
    assert [quote.words for quote in p.quotes] == ["= 0.38", "(95% CI 0.33, 0.82"]


@pytest.mark.parametrize(
    ("printed", "n", "may"),
    [
        ("3.47", 10, False),
        ("3.40", 10, True),
        ("5.19", 28, False),
        ("5.18", 28, True),
        ("3.5", 11, None),
        ("2", 9, None),
    ],
)
def test_means_of_whole_numbers(printed: str, n: int, may: bool | None) -> None:
    """GRIM: 5.19 of 28 whole numbers cannot be (Brown and Heathers 2017); a coarse print cannot tell."""
    assert grim(printed, n) is may


@pytest.mark.parametrize(
    ("printed", "value"), [("0,706", 0.706), ("1,525", 1525), ("0·43", 0.43), ("−1.5", -1.5), ("seven", 7), ("x", None)]
)
def test_printed_numbers_are_worth_what_they_say(printed: str, value: float | None) -> None:
    """Decimal commas, raised points, real minus signs and number words."""
    assert worth(printed) == value


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 2))
@settings(max_examples=80, deadline=None)
def test_no_percentage_that_is_rounded_right_is_doubted(n: int, k: int, places: int) -> None:
    """Whatever the count, its percentage as a computer rounds it passes."""
    k = min(k, n)
    assert doubted(f"In all, {k} of {n} patients ({100 * k / n:.{places}f}%) responded.") == []


@pytest.mark.parametrize(
    "piece", ["12 of 40 (", "(n = 12) ", "95% CI 1.2 to ", "significant (p = 0.", "from 2010 to ", "3 men "]
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    """Four times the text takes no more than about four times as long."""
    assert_linear(lambda n: lambda: list(sentence_checks("d", "randomised mean number of " + piece * n)), 50)


def test_every_reader_of_sentences_is_in_the_table() -> None:
    """The table is what is run."""
    assert len(SENTENCES) == len(set(SENTENCES)) == 8


def article(body: str, dates: str = "") -> Document:
    """Return a JATS article with a body."""
    text = (
        '<article article-type="research-article"><front><article-meta><title-group><article-title>T</article-title>'
        f"</title-group>{dates}</article-meta></front><body><sec><title>Results</title>{body}</sec></body></article>"
    )
    (reading,) = read(Raw("a.nxml", text.encode(), "jats"))
    assert isinstance(reading.record, Document)
    return sealed(reading.record)


def rows(head: str, *lines: str, caption: str = "Table of n (%)") -> Document:
    """Return an article with a table; cells are parted by bars."""

    def row(line: str, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in line.split("|")) + "</tr>"

    body = "".join(row(line, "td") for line in lines)
    return article(
        f"<table-wrap><label>Table 1</label><caption><p>{caption}</p></caption><table><thead>{row(head, 'th')}</thead>"
        f"<tbody>{body}</tbody></table></table-wrap>"
    )


def flags(document: Document) -> list[tuple[str, str]]:
    """Return kind and message of what is doubted; every quote holds."""
    found = checked(document).of(Verdict.DISAGREES)
    assert all(quote.holds_in(document) for check in found for quote in check.quotes)
    return [(check.kind.value, check.message) for check in found]


HEAD = " | A (n = 50) | B (n = 40) "
GOOD = ("Fever | 10 (20.0) | 8 (20.0)", "Rash | 5 (10.0) | 4 (10.0)", "Ulcer | 25 (50.0) | 10 (25.0)")


def test_a_cell_is_held_against_the_size_of_its_column() -> None:
    """More than the arm has cannot be; the rest of the table bears the reading out."""
    assert flags(rows(HEAD, *GOOD, "Cough | 20 (40.0) | 12 (20.0)")) == [("percent", "12 of 40 is 30 %, not 20.0 %.")]
    assert flags(rows(HEAD, *GOOD, "Cough | 20 (40.0) | 12 (30.0)")) == []


def test_missing_people_explain_a_percentage() -> None:
    """Of somewhat fewer people than the head says: could not check, and why."""
    document = rows(HEAD, *GOOD, "Cough | 20 (40.0) | 12 (31.6)")
    assert flags(document) == []
    (left,) = checked(document).of(Verdict.NOT_CHECKED)
    assert left.why_not == "It may be of fewer than the column's head says."


def test_means_with_deviations_are_no_counts() -> None:
    """A row that names its own statistic is not read as n (%)."""
    assert flags(rows(HEAD, *GOOD, "Age, mean (SD) | 45 (12.1) | 47 (13.5)", "BMI | 25 (4.4) | 26 (5.0)")) == []


def test_totals_of_columns_and_rows() -> None:
    """One sum that does not come out among several that do."""
    lines = ("Low | 12 | 9 | 21", "Middle | 8 | 7 | 15", "High | 3 | 4 | 9", "Total | 23 | 20 | 43")
    assert flags(rows("Risk | A | B | Total", *lines, caption="Counts")) == [
        ("totals", "The parts make 7, not 9."),
        ("totals", "The parts make 45, not 43."),
    ]
    right = ("Low | 12 | 9 | 21", "Middle | 8 | 7 | 15", "High | 3 | 4 | 7", "Total | 23 | 20 | 43")
    assert flags(rows("Risk | A | B | Total", *right, caption="Counts")) == []


def test_shares_of_a_block_of_rows() -> None:
    """Rows that make 100 % in two columns and not in the third; a row that completes them explains it."""
    lines = ("Mild | 20.5 | 30.1 | 40.2", "Moderate | 50.5 | 40.4 | 30.3", "Severe | 29.0 | 29.5 | 19.5")
    assert flags(rows("Grade | A | B | C", *lines, caption="Percent")) == [
        ("shares", "The shares make 90 %; in the other columns, 100 %.")
    ]
    assert flags(rows("Grade | A | B | C", *lines, "Unknown | | | 10.0", caption="Percent")) == []


def test_estimates_of_a_table() -> None:
    """Interval, symmetry and p value in rows; a column with negative numbers holds no ratios."""
    head = "Factor | OR (95% CI) | p"
    assert flags(rows(head, "Age | 1.45 (1.02–2.07) | 0.04", "Sex | 1.21 (1.30–1.90) | 0.01")) == [
        ("interval", "The estimate, 1.21, lies outside its interval.")
    ]
    assert [kind for kind, _ in flags(rows(head, "Age | 1.45 (1.02–2.07) | 0.60"))] == ["p value"]
    assert [kind for kind, _ in flags(rows(head, "Age | 1.45 (1.02–9.07) | 0.04"))] == ["symmetry"]
    assert flags(rows("Outcome | P value (95% CI)", "Cure | 0.6414 (-0.0248, 0.0359)")) == []
    mixed = "Factor | OR or β (95% CI) | p"
    assert flags(rows(mixed, "Age | 4.9 (0.8–8.9) | 0.02", "Sex | -0.9 (-2.1 to 0.3) | 0.2")) == []


def test_standard_errors_called_standard_deviations() -> None:
    """The p value fits what is called SD only as SE; the true deviations pass."""
    head = " | A (n = 50) | B (n = 40) | p"
    document = rows(head, "Age, mean (SD) | 33.4 (0.60) | 33.9 (0.60) | 0.56")
    assert flags(document) == [("spread", "What is called SD fits the p value only as SE.")]
    assert flags(rows(head, "Age, mean (SD) | 33.4 (4.2) | 33.9 (3.8) | 0.56")) == []
    assert flags(rows(head, "Age, mean (SE) | 33.4 (0.60) | 33.9 (0.60) | 0.56")) == []


def test_dates_that_a_record_states_of_itself() -> None:
    """A paper is not accepted before it was received."""

    def history(received: int, accepted: int) -> str:
        return (
            f'<history><date date-type="received"><day>3</day><month>5</month><year>{received}</year></date>'
            f'<date date-type="accepted"><day>1</day><month>2</month><year>{accepted}</year></date></history>'
        )

    assert [kind for kind, _ in flags(article("<p>Text.</p>", history(2012, 2011)))] == ["dates"]
    assert flags(article("<p>Text.</p>", history(2012, 2013))) == []


def test_references_and_metadata_are_not_checked() -> None:
    """Only what the document itself says is held against itself."""
    document = article("<p>Nothing.</p>")
    assert checked(document).checks == ()
