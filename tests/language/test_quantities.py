"""Quantities, effects and counts as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.frequency import frequencies
from curbside.language.quantities import Quantity, counts, effects, quantities
from curbside.language.units import unit_at


def only(text: str) -> Quantity:
    """Return the one quantity of a text."""
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


def ends(quantity: Quantity) -> tuple[str, str, str]:
    """Return low, high and unit."""
    return quantity.low, quantity.high, quantity.unit


class TestDoses:
    """Amounts with what they are counted by and how often they are taken."""

    @pytest.mark.parametrize(
        ("text", "low", "unit", "per", "frequency"),
        [
            ("1 mg daily", "1", "mg", "", "1/day"),
            ("0.8 mg/m2 twice daily", "0.8", "mg/m2", "", "2/day"),
            ("0.8 mg/m(2) per dose twice daily", "0.8", "mg/m2", "dose", "2/day"),
            ("0.8 mg/m² b.i.d.", "0.8", "mg/m2", "", "2/day"),
            ("2 mg/kg/day", "2", "mg/kg", "day", ""),
            ("2 mg per day", "2", "mg", "day", ""),
            ("2 mg/d", "2", "mg", "day", ""),
            ("5 mg kg-1 day-1", "5", "mg/kg", "day", ""),
            ("0.5 tablets twice a day", "0.5", "tablet", "", "2/day"),
            ("2 mg orally once daily", "2", "mg", "", "1/day"),
            ("1 mg every other day", "1", "mg", "", "1/2 day"),
            ("40 mg q2w", "40", "mg", "", "1/2 week"),
            ("50 μg three times a week", "50", "µg", "", "3/week"),
            ("ten units at bedtime", "ten", "U", "", "1/day"),
            ("1,000 IU weekly", "1,000", "IU", "", "1/week"),
        ],
    )
    def test_dose(self, text: str, low: str, unit: str, per: str, frequency: str) -> None:
        """Unit, denominator and schedule are told apart."""
        dose = only(text)
        assert (dose.low, dose.high, dose.unit, dose.per, dose.frequency, dose.kind) == (
            low, low, unit, per, frequency, "dose",
        )  # fmt: skip

    def test_a_schedule_belongs_to_the_amount_before_it(self) -> None:
        """Two doses with two schedules keep them apart."""
        first, second = quantities("1 mg daily, then 2 mg twice daily")
        assert (first.low, first.frequency) == ("1", "1/day")
        assert (second.low, second.frequency) == ("2", "2/day")

    def test_the_span_holds_the_schedule_that_follows_directly(self) -> None:
        """A quote of the quantity is a quote of its schedule."""
        text = "They took 1 mg once daily for 6 months."
        dose, duration = quantities(text)
        assert dose.span.of(text) == "1 mg once daily"
        assert (duration.span.of(text), duration.kind) == ("6 months", "duration")

    def test_a_schedule_does_not_cross_a_sentence(self) -> None:
        """A stop parts amount and schedule."""
        assert quantities("It was 1 mg. Twice daily was usual.")[0].frequency == ""


class TestRanges:
    """Two ends, one unit or two."""

    @pytest.mark.parametrize(
        ("text", "expected", "kind"),
        [
            ("trough 5-15 ng/mL", ("5", "15", "ng/mL"), "level"),
            ("10 to 15 ng/ml", ("10", "15", "ng/mL"), "level"),
            ("strengths of 0.1%–1%", ("0.1", "1", "%"), "concentration"),
            ("between 5 and 10 mg", ("5", "10", "mg"), "dose"),
            ("5 mg to 10 mg", ("5", "10", "mg"), "dose"),
            ("aged 2-17 years", ("2", "17", "year"), "age"),
            ("aged 28 days-8 years 9 months", ("28 days", "8 years 9 months", ""), "age"),
            ("weeks 4 to 12", ("4", "12", "week"), "time"),
            ("12±2 mL", ("12", "12", "mL"), "volume"),
        ],
    )
    def test_range(self, text: str, expected: tuple[str, str, str], kind: str) -> None:
        """Both ends as printed; a spread is no range; ends with units of their own keep them."""
        assert (ends(only(text)), only(text).kind) == (expected, kind)


class TestKinds:
    """What an amount measures."""

    @pytest.mark.parametrize(
        ("text", "kind", "unit"),
        [
            ("0.1% tacrolimus ointment", "concentration", "%"),
            ("a gel of sirolimus 0.2% applied thinly", "concentration", "%"),
            ("61.5% of patients responded", "percent", "%"),
            ("20% of the gel group", "percent", "%"),
            ("for 3 continuous months", "duration", "month"),
            ("twelve weeks of treatment", "duration", "week"),
            ("a 10-year-old boy", "age", "year"),
            ("mean age, 22.5 y", "age", "year"),
            ("median age: 19, range 0.9-54 years", "age", "year"),
            ("patients < 18 years", "age", "year"),
            ("at 6 months", "time", "month"),
            ("by week 12", "time", "week"),
            ("a platelet count of 30 × 10^9/L", "level", "/L"),
            ("3 mm in depth", "size", "mm"),
            ("20 cm2 of skin", "area", "cm2"),
            ("1.0 mL of gel", "volume", "mL"),
            ("120 mmHg", "pressure", "mmHg"),
            ("13 patients", "count", "patient"),
            ("1 mg/mL solution", "concentration", "mg/mL"),
            ("8 J/cm2", "energy", "J/cm2"),
        ],
    )
    def test_kind(self, text: str, kind: str, unit: str) -> None:
        """Unit and neighbours decide the kind."""
        found = only(text)
        assert (found.kind, found.unit) == (kind, unit)

    def test_a_series_of_time_points(self) -> None:
        """Each of "weeks 4, 8 and 12" is a time point."""
        found = quantities("at weeks 4, 8 and 12")
        assert [(each.low, each.unit, each.kind) for each in found] == [
            ("4", "week", "time"),
            ("8", "week", "time"),
            ("12", "week", "time"),
        ]

    def test_a_series_ends_where_a_subject_begins(self) -> None:
        """ "course 6, and 53 were" holds one time point."""
        assert [each.low for each in quantities("by course 6, and 53 were evaluable")] == ["6"]

    def test_a_list_shares_the_unit_at_its_end(self) -> None:
        """ "5, 10 and 20 mg" are three doses, "at 6 and 12 months" two time points."""
        assert [ends(each) for each in quantities("5, 10 and 20 mg")] == [
            ("5", "5", "mg"),
            ("10", "10", "mg"),
            ("20", "20", "mg"),
        ]
        assert [(each.low, each.unit) for each in quantities("at 6 and 12 months")] == [("6", "month"), ("12", "month")]

    def test_a_level_of_confidence_is_no_quantity(self) -> None:
        """The 95% of an interval measures nothing."""
        assert [each.low for each in quantities("35% (95% CI 15-52)")] == ["35"]

    def test_numbers_that_measure_nothing_are_left_out(self) -> None:
        """References, dates, names and bare numbers are no quantities."""
        assert quantities("In 2019 [12], IL-2 and Table 3 of 13; 0.43") == []


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("once daily", "1/day"), ("twice-daily", "2/day"), ("b.i.d.", "2/day"), ("tid", "3/day"), ("qd", "1/day"),
        ("q12h", "1/12 hour"), ("every 8 weeks", "1/8 week"), ("every 4-6 weeks", "1/4-6 week"),
        ("every other day", "1/2 day"), ("on alternate days", "1/2 day"), ("three times a day", "3/day"),
        ("2-3 times per week", "2-3/week"), ("once weekly", "1/week"), ("monthly", "1/month"),
        ("nightly", "1/day"), ("each morning", "1/day"), ("every day", "1/day"),
    ],
)  # fmt: skip
def test_frequencies(text: str, canonical: str) -> None:
    """Every way of saying how often has one canonical form, alone as a quantity of its own kind."""
    assert [often for _, often in frequencies(text)] == [canonical]
    alone = only(f"given {text}")
    assert (alone.kind, alone.frequency, alone.low) == ("frequency", canonical, "")


@pytest.mark.parametrize("text", [" foo", " 9**9**9", "", " of", " Mg/quux", "'", " xyz/kg"])
def test_unknown_units_are_none(text: str) -> None:
    """What is not in the table is no unit, and nothing is evaluated."""
    unit = unit_at(text, 0)
    assert unit is None or unit.name == "mg"


class TestEffects:
    """Effect sizes with interval and p value."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("(HR 0.43,95% CI 0.24–0.78)", ("HR", "0.43", "95", "0.24", "0.78", "", "")),
            ("hazard ratio, 0.56; 95% CI, 0.40 to 0.79; P=.001", ("HR", "0.56", "95", "0.40", "0.79", ".001", "=")),
            ("(OR = 2.1 [1.2, 3.8])", ("OR", "2.1", "", "1.2", "3.8", "", "")),
            ("aHR (95% CI) 0.56 (0.40–0.79), p<0.001", ("HR", "0.56", "95", "0.40", "0.79", "0.001", "<")),
            ("risk ratio [RR], 0.80; 95% CI, 0.59-1.08", ("RR", "0.80", "95", "0.59", "1.08", "", "")),
            ("mean difference -2.1 (95% CI, -3.0 to -1.2)", ("MD", "-2.1", "95", "-3.0", "-1.2", "", "")),
            ("MD of 5.3 mm Hg (2.1-8.5; P = 0.02)", ("MD", "5.3", "", "2.1", "8.5", "0.02", "=")),
            ("(difference 35%, 95% CI 15–52)", ("difference", "35", "95", "15", "52", "", "")),
            ("standardised mean difference 0.4", ("SMD", "0.4", "", "", "", "", "")),
            ("rate ratio 1.5 (90% confidence interval 1.1–2.0)", ("IRR", "1.5", "90", "1.1", "2.0", "", "")),
            ("OR 2·1, 95% credible interval 1·2 to 3·8", ("OR", "2·1", "95", "1·2", "3·8", "", "")),
        ],
    )
    def test_effect(self, text: str, expected: tuple[str, ...]) -> None:
        """Measure, estimate, level, bounds and p value as printed."""
        found = effects(text)
        assert [(e.measure, e.estimate, e.level, e.low, e.high, e.p, e.p_sign) for e in found] == [expected]

    def test_adjusted(self) -> None:
        """An adjusted effect says so."""
        assert effects("adjusted odds ratio (aOR) 1.63")[0].adjusted
        assert not effects("odds ratio 1.63")[0].adjusted

    def test_two_effects_keep_their_numbers(self) -> None:
        """Each name takes the numbers up to the next name."""
        found = effects("HR 0.8 (95% CI 0.6 to 1.1) and OR 2.0 (95% CI 1.0 to 4.0).")
        assert [(effect.measure, effect.estimate, effect.high) for effect in found] == [
            ("HR", "0.8", "1.1"),
            ("OR", "2.0", "4.0"),
        ]

    @pytest.mark.parametrize(
        "text",
        ["sirolimus OR 2 others", "a difference of 5 points", "HR was not reported. 13 died", "the RR interval", "HR"],
    )
    def test_no_effect(self, text: str) -> None:
        """A name without its number is no effect."""
        assert effects(text) == []


class TestCounts:
    """How many, of how many."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("10 of 13 patients (76.9%)", ("10", "13", "76.9", "of")),
            ("4 out of 13 patients", ("4", "13", "", "of")),
            ("Fifteen of the twenty-two", ("Fifteen", "twenty-two", "", "of")),
            ("8/13 (61.5%)", ("8", "13", "61.5", "slash")),
            ("34 (55%) female", ("34", "", "55", "k percent")),
            ("61.5% of 13", ("", "13", "61.5", "of")),
            ("76.9% (10/13)", ("10", "13", "76.9", "of")),
            ("76.9% (10 of 13)", ("10", "13", "76.9", "of")),
            ("38 (22%) of 172 patients", ("38", "172", "22", "of")),
            ("20% (n = 6)", ("6", "", "20", "k percent")),
            ("(n = 13)", ("", "13", "", "n")),
            ("in 27%", ("", "", "27", "percent")),
            ("Of the 62 patients, ten relapsed", ("ten", "62", "", "base")),
        ],
    )
    def test_count(self, text: str, expected: tuple[str, str, str, str]) -> None:
        """Parts as printed; what is not printed stays empty."""
        assert [(c.k, c.n, c.percent, c.form) for c in counts(text)] == [expected]

    def test_a_base_holds_for_its_sentence(self) -> None:
        """ "Of 13 patients" gives n to the counts that follow, up to the stop."""
        found = counts("Of 13 patients, 4 (30.8%) restarted and 3 had fever. 5 had rash.")
        assert [(count.k, count.n) for count in found] == [("4", "13"), ("3", "13")]

    @pytest.mark.parametrize(
        "text",
        ["a phase 1/2 trial", "120/80 mmHg", "95% CI", "HPV 16/18", "12/2008", "5/3", "2 of 3 mg", "Three of them"],
    )
    def test_no_count(self, text: str) -> None:
        """Phases, pressures, levels of confidence and impossible shares are no counts."""
        assert counts(text) == []


PIECES = st.lists(
    st.sampled_from(
        ["1 ", "0.5", "mg", "/kg", " daily", "–", " to ", "%", " (", ")", "of ", "Of ", "HR ", "95% CI ", "week ", "8/",
         "n = ", "twice ", "P<", ". ", "; ", "aged ", "years ", "months", "±", "x10(9)/L", "é", "\n", "every "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text(max_size=80)))
def test_any_text_is_read_without_harm(text: str) -> None:
    """For any text spans lie inside it, in order, and parts are printed in it."""
    for found in (quantities(text), effects(text), counts(text)):
        assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    amounts = quantities(text)
    assert [amount.span.start for amount in amounts] == sorted(amount.span.start for amount in amounts)
    assert all(each.k in text and each.n in text and each.percent in text for each in counts(text))
    assert all(each.estimate in text and each.low in text and each.high in text for each in effects(text))
