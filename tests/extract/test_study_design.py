"""How a study was done, out of its own words."""

from __future__ import annotations

import pytest

from curbside.extract.study_design import designs
from curbside.extract.study_frame import iso, registered
from curbside.readers import read
from curbside.records import Document, Fact, Field, Range, Raw, Terms, sealed


def stated(document: Document, field: Field) -> list[str]:
    """Return the terms stated of a field, in the order of the text."""
    return [fact.value.terms[0] for fact in designs(document) if fact.field is field and isinstance(fact.value, Terms)]


def of(methods: str) -> Document:
    """Return an article with these methods."""
    title = "<title-group><article-title>Pain</article-title></title-group>"
    text = f"<article><front><article-meta>{title}</article-meta></front><body><sec sec-type='methods'><title>Methods</title><p>{methods}</p></sec></body></article>"
    record = next(iter(read(Raw("a.nxml", text.encode(), "jats")))).record
    assert isinstance(record, Document)
    return sealed(record)


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ("Patients were randomly assigned to sirolimus or placebo.", ["randomised"]),
        ("This was a multicentre, cluster-randomised trial in 20 villages.", ["multicentre", "cluster-randomised"]),
        ("Fifteen patients were retrospectively analysed.", ["retrospective"]),
        ("The authors present 2 patients younger than 3 months.", ["case series"]),
        ("We report a 4-year-old girl with a lymphatic malformation.", ["case report"]),
        ("We did a systematic review and meta-analysis of randomised trials.", ["systematic review", "meta-analysis"]),
        ("This was a prospective cohort study.", ["cohort", "prospective"]),
        ("In this non-randomised study two groups of patients were compared.", ["non-randomised"]),
        ("Randomised trials of children are needed.", []),
        ("Previous randomised trials showed that pain is common.", []),
    ],
)
def test_designs(methods: str, expected: list[str]) -> None:
    """A design counts where a sentence names it for its own study, not for others' or for a wish."""
    assert stated(of(methods), Field.DESIGN) == expected


def test_phase_blinding_and_setting() -> None:
    """Phase in Arabic digits, blinding in one word, the setting as worded."""
    document = of("This phase IIb/III, double-blind trial took place at 12 hospitals in Italy; assessors were masked.")
    assert stated(document, Field.PHASE) == ["phase 2b/3"]
    assert stated(document, Field.BLINDING) == ["double-blind", "assessor-blinded"]
    assert stated(document, Field.SETTING) == ["at 12 hospitals in Italy"]
    assert stated(of("The luteal phase 2 weeks later was normal in patients."), Field.PHASE) == []


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("From November 2020 to December 2023, 13 patients were enrolled.", "2020-11", "2023-12"),
        ("Patients were treated between 3 May and 12 June 2004.", "2004-05-03", "2004-06-12"),
        ("Children admitted from January 1, 2010 through March 31, 2012 were included.", "2010-01-01", "2012-03-31"),
        ("We included patients seen in 2003–2007.", "2003", "2007"),
    ],
)
def test_enrolment(words: str, low: str, high: str) -> None:
    """Dates are ISO dates as far as they go; a year that the first leaves out is the second's."""
    values = [fact.value for fact in designs(of(words)) if fact.field is Field.ENROLMENT]
    assert values == [Range(low=low, high=high, unit="date")]


def test_dates_of_a_search_are_no_enrolment() -> None:
    """When a database was searched is not when people were enrolled."""
    assert not [
        f for f in designs(of("We searched MEDLINE for trials from 1990 to 2010.")) if f.field is Field.ENROLMENT
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("NCT 00392951", "NCT00392951"),
        ("ISRCTN48489393", "ISRCTN48489393"),
        ("EudraCT Number: 2008-006151-42", "EudraCT 2008-006151-42"),
        ("ChiCTR-TRC-12002195", "ChiCTR-TRC-12002195"),
        ("UMIN000009153", "UMIN000009153"),
    ],
)
def test_registration(printed: str, expected: str) -> None:
    """Numbers of the WHO's primary registers, in one writing."""
    assert registered(printed) == expected
    assert stated(of(f"The trial is registered ({printed})."), Field.REGISTRATION) == [expected]


def test_every_quote_holds() -> None:
    """Each fact stands on words of the document."""
    document = of("From May 2001 to June 2002 patients were randomised in this open-label phase 2 trial (NCT00392951).")
    facts: list[Fact] = designs(document)
    assert len(facts) >= 5 and all(fact.quote.holds_in(document) for fact in facts)


def test_iso_dates() -> None:
    """Day and month in either order, or none."""
    assert [iso("March 2004"), iso("2004"), iso("12th of May 2003"), iso("May", "2003")] == [
        "2004-03",
        "2004",
        "2003-05-12",
        "2003-05",
    ]
