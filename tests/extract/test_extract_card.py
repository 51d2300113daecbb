"""The study card: what is read of people, regimens, outcomes and harms, and what is said to be missing."""

from __future__ import annotations

from typing import Any

import pytest

from curbside.extract.card import read_card
from curbside.language.counted import plain, whole
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Count, Document, Fact, Field, Raw, StudyCard, sealed
from curbside.writers.card_terminal import card_terminal
from curbside.writers.facts import card_json, fact_json, value_json, value_words


def document(text: str, title: str = "Sirolimus for lymphatic malformations") -> Document:
    """Return a record with this abstract."""
    raw = Raw("one.nbib", f"PMID- 1\nTI  - {title}\nAB  - {text}\n\n".encode(), "nbib")
    return next(sealed(each.record) for each in read(raw) if isinstance(each.record, Document))


def card(text: str, title: str = "Sirolimus for lymphatic malformations") -> StudyCard:
    """Return its card, every quote checked against the document."""
    source = document(text, title)
    found = read_card(source, Vocabulary.shipped())
    assert all(fact.quote.holds_in(source) for fact in found.facts)
    return found


def values(text: str, field: Field, title: str = "Sirolimus for lymphatic malformations") -> list[Any]:
    """Return the values of a field as JSON."""
    return [value_json(fact.value) for fact in card(text, title).of(field)]


def one(text: str, field: Field) -> Fact:
    """Return the only fact of a field."""
    found = card(text).of(field)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "digits"),
    [("Fifteen", "15"), ("1,234", "1234"), ("31·0", "31.0"), (".5", "0.5"), ("twenty-two", "22"), ("0.30", "0.30"), ("many", "many")],
)  # fmt: skip
def test_numbers_in_plain_digits(printed: str, digits: str) -> None:
    """Words become digits; trailing zeros stay, since a check of rounding needs them."""
    assert plain(printed) == digits
    assert whole("Fifteen") == 15 and whole("1.5") is None


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("Fifteen pediatric patients were retrospectively analyzed.", "15"),
        ("A total of 1,204 adults were enrolled; 80 patients withdrew.", "1204"),
        ("Of the 25 patients enrolled, 20 completed the study.", "25"),
        ("We describe a 3-year-old boy with cytopenia.", "1"),
        ("Records were studied (n=834). Controls, n=748.", "834"),
    ],
)
def test_the_size_of_a_study(words: str, n: str) -> None:
    """Who was enrolled counts, not who is left of them."""
    assert set(values(words, Field.N)) == {n}


def test_no_size_where_parts_are_told_one_by_one() -> None:
    """Parts treated for different things add up to nothing that the source says."""
    text = "Four patients were treated for cytopenias; all had a response. Two patients were treated for arthritis."
    assert values(text, Field.N) == []
    assert all(value.get("n") in (None, "4") for value in values(text, Field.OUTCOME) if "k" in value)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("Their average age was 3.1 years (range 12 days-6 years 4 months)", {"low": "12 day", "high": "6 year 4 month", "mean": "3.1 year"}),
        ("The median age was 31·0 years (range 18-61).", {"low": "18 year", "high": "61 year", "median": "31.0 year"}),
        ("median age 12 years (IQR 8-15)", {"median": "12 year"}),
        ("mean age 35.2 ± 10.1 years", {"mean": "35.2 year", "sd": "10.1"}),
        ("patients aged 2 to 17 years", {"low": "2 year", "high": "17 year"}),
        ("adults between 18 and 65 years of age", {"low": "18 year", "high": "65 year"}),
        ("2 patients younger than 3 months", {"high": "3 month"}),
        ("patients aged 18 years or older", {"low": "18 year"}),
        ("a 58-year-old man", {"amount": "58", "unit": "year"}),
    ],
)  # fmt: skip
def test_ages(words: str, age: dict[str, str]) -> None:
    """Ends bring their own units; an interquartile range is no range."""
    assert values(f"METHODS: We treated {words} with sirolimus.", Field.AGE)[0] == age


def test_a_time_is_no_age() -> None:
    """Follow-up over 18 years and disease for 5 years are no ages."""
    assert values("METHODS: The disease had lasted 5 years; follow-up was over 18 years.", Field.AGE) == []


@pytest.mark.parametrize(
    ("words", "dose"),
    [
        ("starting with a daily dose of 1 mg", {"amount": "1", "unit": "mg", "per": "day"}),
        ("sirolimus 0.8 mg/m2 twice daily", {"amount": "0.8", "unit": "mg", "per": "m2", "frequency": "2/day"}),
        ("4.5 mg per square meter per day", {"amount": "4.5", "unit": "mg", "per": "m2/day"}),
        ("0.05 mg/kg/day", {"amount": "0.05", "unit": "mg", "per": "kg/day"}),
        ("Danazol (0.5 tablets twice a day)", {"amount": "0.5", "unit": "tablet", "frequency": "2/day"}),
        ("1-4 mg once daily", {"low": "1", "high": "4", "unit": "mg", "per": "day", "frequency": "1/day"}),
        ("6 mg/kg, or four alternate-day doses of another drug", {"amount": "6", "unit": "mg", "per": "kg"}),
    ],
)  # fmt: skip
def test_doses(words: str, dose: dict[str, str]) -> None:
    """Unit, denominators and frequency apart; a frequency that other words part from an amount is not its own."""
    assert values(f"METHODS: Patients were treated with {words}.", Field.DOSE) == [dose]


@pytest.mark.parametrize(
    "words",
    [
        "Target trough levels were 5 to 15 ng per milliliter.",
        "Proteinuria was 3 g/day at baseline.",
        "Serum creatinine was 1.2 mg/dL.",
        "A birth weight of 900 g was recorded.",
    ],
)
def test_what_is_no_dose(words: str) -> None:
    """A level, what a kidney loses and a weight never become a dose."""
    assert values(f"METHODS: Patients received sirolimus. {words}", Field.DOSE) == []


def test_the_drug_of_each_dose() -> None:
    """Each amount is one of the drug beside it."""
    text = "METHODS: Patients received tacrolimus 2 mg twice daily and sirolimus 3 mg/day."
    assert [fact.about[0] for fact in card(text).of(Field.DOSE)] == ["d:tacrolimus", "d:sirolimus"]


@pytest.mark.parametrize(
    ("words", "schedule"),
    [
        ("2 continuous months as a course, the next course beginning after 1 month interval", {"on": "2 month", "off": "1 month"}),
        ("4 weeks on and 2 weeks off", {"on": "4 week", "off": "2 week"}),
    ],
)  # fmt: skip
def test_schedules(words: str, schedule: dict[str, str]) -> None:
    """Treatment and pause in turn."""
    assert values(f"METHODS: Sirolimus was given, that is {words}.", Field.SCHEDULE) == [schedule]


STUDY = "METHODS: Thirteen patients were enrolled and received sirolimus. RESULTS: "


@pytest.mark.parametrize(
    ("words", "count", "arithmetic"),
    [
        ("The overall response rate at 3 months was 61.5%.", {"k": "8", "n": "13", "percent": "61.5", "time": "3 month"}, "61.5 % of 13 = 8"),
        ("After 6 months 7 patients achieved a response.", {"k": "7", "n": "13", "time": "6 month"}, "of 13 in all"),
        ("All patients improved.", {"k": "13", "n": "13"}, "all of 13"),
        ("None of the patients relapsed.", {"k": "0", "n": "13"}, "none of 13"),
        ("Four of 11 patients relapsed.", {"k": "4", "n": "11"}, ""),
        ("Of 11 patients who stopped, 4 relapsed.", {"k": "4", "n": "11"}, "of the 11 named before it"),
        ("The response rate was 60.0%.", {"percent": "60.0"}, ""),
    ],
)  # fmt: skip
def test_counts_of_outcomes(words: str, count: dict[str, str], arithmetic: str) -> None:
    """What follows is computed and says so; a share that no count of all rounds to stays a share."""
    fact = one(STUDY + words, Field.OUTCOME)
    assert (value_json(fact.value), fact.arithmetic) == (count, arithmetic)


def test_a_study_of_two_arms_has_no_number_of_all() -> None:
    """Where people were compared, a bare count says of how many only where the source does."""
    text = (
        "METHODS: 40 patients were randomly assigned to sirolimus (n = 20) or placebo (n = 20). "
        "RESULTS: Five patients relapsed. Mucositis occurred in 8 of 20 patients on sirolimus."
    )
    assert values(text, Field.OUTCOME) == [{"k": "5"}]
    assert {fact.arm for fact in card(text).of(Field.ARM)} == {"sirolimus", "placebo"}


def test_two_arms_of_one_event() -> None:
    """The second count has the event of the first, and each the arm of its size."""
    text = (
        "METHODS: 118 patients were randomly assigned to everolimus (n=79) or placebo (n=39). RESULTS: The most common "
        "adverse events were stomatitis (48% [38 of 79], 8% [3 of 39], respectively) and acne (22% [17 of 79])."
    )
    found = [(fact.arm, fact.outcome, value_json(fact.value)["k"]) for fact in card(text).of(Field.ADVERSE_EVENT)]
    assert found == [("everolimus", "stomatitis", "38"), ("placebo", "stomatitis", "3"), ("everolimus", "acne", "17")]


def test_changes_and_thresholds_are_no_shares_of_people() -> None:
    """A reduction by a share is a change; what sets a threshold or plans a study is nothing."""
    text = STUDY + "Lesions showed a reduction in volume of 40%. Power was 80%; a reduction of 20% or more was needed."
    assert {"amount": "40", "unit": "%"} in values(text, Field.OUTCOME)
    assert not any(value.get("percent") for value in values(text, Field.OUTCOME))


def test_effects_with_intervals() -> None:
    """Estimate, bounds, level, p and what it is an effect on."""
    text = "RESULTS: Sirolimus lowered the risk of graft rejection (HR 0.52,95% CI 0.31–0.87; P=.005)."
    fact = one(text, Field.EFFECT)
    assert value_json(fact.value) == {
        "measure": "HR", "estimate": "0.52", "low": "0.31", "high": "0.87", "level": "95", "p": "=0.005",
        "outcome": "graft rejection",
    }  # fmt: skip


def test_harms() -> None:
    """Counts, lists with route, grave ones, and what nobody had as 0 of n."""
    text = STUDY + (
        "Two patients developed severe pneumonia. Side effects included mucositis and nausea with oral therapy. "
        "No treatment-related deaths were reported."
    )
    counted, listed, none = card(text).of(Field.ADVERSE_EVENT)
    assert (value_json(counted.value), counted.outcome, counted.serious) == (
        {"k": "2", "n": "13"},
        "severe pneumonia",
        True,
    )
    assert {"mucositis", "nausea"} <= set(value_json(listed.value)["terms"]) and "oral" in listed.quote.words
    assert isinstance(none.value, Count) and (none.value.k, none.value.n, none.negated) == ("0", "13", True)


def test_what_others_found_is_no_count_of_this_study() -> None:
    """An earlier report without toxicity is a denial, never 0 of this study's patients."""
    text = "Recently, sirolimus has been used without significant toxicity. We present 2 patients who got pneumonia."
    assert all("k" not in value for value in values(text, Field.ADVERSE_EVENT) if isinstance(value, dict))


def test_doubt_and_denial_are_kept() -> None:
    """Words of doubt stand beside the value; a drug said to do no harm is denied to."""
    text = "TCIs do not cause skin atrophy. Sirolimus may be considered as a second-line therapy."
    found = card(text)
    assert found.of(Field.ADVERSE_EVENT)[0].negated
    assert "may be" in found.of(Field.LINE_OF_THERAPY)[0].hedges or "may" in found.of(Field.LINE_OF_THERAPY)[0].hedges


def test_routes_are_no_parts_of_names() -> None:
    """Lichen planus of the mouth is not given by mouth."""
    text = "METHODS: Thirty patients with oral lichen planus applied topical tacrolimus ointment."
    assert {value["terms"][0] for value in values(text, Field.ROUTE)} == {"topical"}


def test_not_stated_is_said_once_and_never_beside_a_value() -> None:
    """A trial that tells no dose says so, with the words where a reader would look."""
    found = card("METHODS: Thirteen patients were retrospectively analyzed; they received oral sirolimus.")
    missing = [fact for fact in found.facts if fact.value is None]
    assert {Field.DOSE, Field.AGE, Field.COMPARATOR, Field.FOLLOW_UP} <= set(found.not_stated())
    assert all(fact.quote.words for fact in missing)
    assert len({fact.field for fact in missing}) == len(missing)
    assert not {fact.field for fact in missing} & {fact.field for fact in found.facts if fact.value is not None}
    assert Field.ROUTE not in found.not_stated()


def test_a_text_without_a_study_misses_nothing() -> None:
    """Nobody looks for a comparator in a text on nothing."""
    assert card("Words about nothing in particular.", "A title").not_stated() == ()


def test_a_card_as_text_and_as_json() -> None:
    """People see groups of fields, values before words, what is missing; programs the same under names."""
    text = STUDY + "The overall response rate at 3 months was 61.5%."
    source = document(text)
    found = read_card(source, Vocabulary.shipped())
    shown = card_terminal(source, found, 100)
    assert "overall response rate: 8 of 13 (61.5 %), 3 month [61.5 % of 13 = 8]" in shown
    assert "not stated" in shown and "looked for in" in shown
    told = card_json(source, found)
    assert told["fields"]["n"][0]["value"] == "13"
    assert {each["field"] for each in told["not_stated"]} >= {"dose", "age"}
    assert fact_json(found.facts[0], "page")["document"] == "page"
    assert value_words(None) == "not stated"
