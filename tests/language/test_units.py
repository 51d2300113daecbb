"""The allow-list of units and how a unit is read after a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.units import KNOWN, known, unit_at

DIMENSIONS = {dimension for _, dimension in KNOWN.values()}


class TestTable:
    """The table of units."""

    @pytest.mark.parametrize("spelling", sorted(KNOWN))
    def test_every_spelling_is_read_after_a_number(self, spelling: str) -> None:
        """Each spelling gives its canonical name and dimension, with and without a space."""
        name, dimension = KNOWN[spelling]
        for gap in ("", " "):
            unit = unit_at(f"5{gap}{spelling}", 1)
            assert unit is not None
            assert (unit.name, unit.dimension, unit.per) == (name, dimension, "")
            assert unit.end == 1 + len(gap) + len(spelling)

    @pytest.mark.parametrize("name", sorted({name for name, _ in KNOWN.values()}))
    def test_a_canonical_name_is_its_own_spelling(self, name: str) -> None:
        """Reading a canonical name gives it back."""
        found = known(name)
        assert found is not None
        assert found[0] == name

    def test_the_dimensions_that_rules_speak_of_are_there(self) -> None:
        """Mass, volume, time and the rest stand in the table."""
        assert {"mass", "volume", "time", "ratio", "activity", "length", "form", "count"} <= DIMENSIONS

    @pytest.mark.parametrize(("small", "large"), [("mg", "Mg"), ("mL", "ML"), ("L", "l")])
    def test_short_spellings_in_either_case_mean_one_unit(self, small: str, large: str) -> None:
        """Where print varies in case and nothing else could be meant, both cases are listed."""
        assert KNOWN[small] == KNOWN[large]

    @pytest.mark.parametrize("word", ["Weeks", "MONTHS", "Tablets", "Litres"])
    def test_long_spellings_are_read_in_any_case(self, word: str) -> None:
        """Titles and capitals do not hide a unit."""
        assert known(word) is not None

    @pytest.mark.parametrize("word", ["of", "and", "m²g", "quux", "MMHG2", "Mm", "dl/"])
    def test_nothing_else_is_known(self, word: str) -> None:
        """What is not listed is no unit."""
        assert known(word) is None


class TestCompounds:
    """Units over units."""

    @pytest.mark.parametrize(
        ("text", "name", "per"),
        [
            ("mg/kg", "mg/kg", ""),
            ("mg/kg/day", "mg/kg", "day"),
            ("mg/kg/d", "mg/kg", "day"),
            ("mg per kg per day", "mg/kg", "day"),
            ("mg kg-1 day-1", "mg/kg", "day"),
            ("mg kg⁻¹", "mg/kg", ""),
            ("mg/m2", "mg/m2", ""),
            ("mg/m²", "mg/m2", ""),
            ("mg/m(2)", "mg/m2", ""),
            ("mg/m^2", "mg/m2", ""),
            ("mg m-2", "mg/m2", ""),
            ("mg/m2/day", "mg/m2", "day"),
            ("mg/m2 per dose", "mg/m2", "dose"),
            ("ng/ml", "ng/mL", ""),
            ("μg/L", "µg/L", ""),
            ("mg/dL", "mg/dL", ""),
            ("mmol/l", "mmol/L", ""),
            ("IU/L", "IU/L", ""),
            ("IU/kg", "IU/kg", ""),
            ("mL/min", "mL/min", ""),
            ("mL/min/1.73 m2", "mL/min/1.73m2", ""),
            ("J/cm2", "J/cm2", ""),
            ("mg/h", "mg", "hour"),
            ("tablets a day", "tablet", "day"),
            ("mg each week", "mg", "week"),
        ],
    )
    def test_denominators(self, text: str, name: str, per: str) -> None:
        """Times and doses go to `per`, everything else into the name; the whole is read."""
        unit = unit_at(f"5 {text}", 1)
        assert unit is not None
        assert (unit.name, unit.per, unit.end) == (name, per, len(text) + 2)

    @pytest.mark.parametrize(
        ("text", "name", "dimension"),
        [
            (" mm3", "mm3", "volume"),
            (" cm2", "cm2", "area"),
            (" cm²", "cm2", "area"),
            ("/L", "/L", "level"),
            ("/mm3", "/mm3", "level"),
            ("/µL", "/µL", "level"),
            (" per hpf", "/hpf", "level"),
            (" ng/mL", "ng/mL", "level"),
            ("%", "%", "ratio"),
            (" per cent", "%", "ratio"),
            ("-fold", "fold", "ratio"),
            ("-year", "year", "time"),
            (" consecutive months", "month", "time"),
            (" full weeks", "week", "time"),
        ],
    )
    def test_dimensions(self, text: str, name: str, dimension: str) -> None:
        """Powers, counts in a volume, shares and joined words have dimensions of their own."""
        unit = unit_at(f"5{text}", 1)
        assert unit is not None
        assert (unit.name, unit.dimension) == (name, dimension)

    @pytest.mark.parametrize("text", ["months per patient", "patients per year", "mg/quux", "days a week"])
    def test_what_cannot_be_divided_is_read_alone(self, text: str) -> None:
        """Times and people have no denominators, and an unknown denominator is left where it is."""
        unit = unit_at(f"5 {text}", 1)
        assert unit is not None
        assert unit.per == ""
        assert "/" not in unit.name


@given(st.text(max_size=40), st.integers(0, 45))
def test_any_text_is_read_without_harm(text: str, at: int) -> None:
    """For any text and place: nothing is raised, and a unit ends inside the text."""
    unit = unit_at(text, at)
    assert unit is None or at < unit.end <= len(text)


@pytest.mark.parametrize(
    ("words", "name", "per"),
    [
        (" ng per milliliter", "ng/mL", ""),
        (" mg per square meter of body-surface area per day", "mg/m2", "day"),
        (" mg per kilogram of body weight per day", "mg/kg", "day"),
    ],
)
def test_units_in_words(words: str, name: str, per: str) -> None:
    """A level told in words is a level and no dose."""
    found = unit_at(f"5{words}", 1)
    assert found is not None and (found.name, found.per) == (name, per)
