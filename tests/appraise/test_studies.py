"""Studies out of reports: what is one study, what is not, and who may be in two."""

from __future__ import annotations

from hand_made import counted, reported, stated

from curbside.appraise.studies import joined, label_of, overlaps
from curbside.records import Bond, DocumentKind, EvidenceKind, Field, Range


def test_documents_of_one_work_are_one_study_and_the_paper_speaks_before_a_note_on_it() -> None:
    """Figures of the note are not put beside those of the paper."""
    note = reported("1", counted(9, 12), stated(Field.FOLLOW_UP, "1 year"), document=DocumentKind.NOTE, work="w1")
    paper = reported("2", counted(10, 12), work="w1")
    (study,) = joined([note, paper])
    assert [report.document for report in study.reports] == ["d2", "d1"]
    assert [fact.quote.document for fact in study.of(Field.OUTCOME)] == ["d2"]
    assert [fact.quote.document for fact in study.of(Field.FOLLOW_UP)] == ["d1"]
    assert study.links[0].bond is Bond.IDENTIFIER


def test_a_registration_number_joins_works() -> None:
    """Where it is their own: a review that names a trial is no report of it."""
    first = reported("1", stated(Field.REGISTRATION, "NCT01234567"), kind=EvidenceKind.RANDOMISED)
    second = reported("2", mentioned=("NCT01234567",), year=2024)
    review = reported("3", stated(Field.REGISTRATION, "NCT01234567"), kind=EvidenceKind.REVIEW)
    several = reported("4", stated(Field.REGISTRATION, "NCT01234567"), mentioned=("NCT07654321",))
    studies = joined([first, second, review, several])
    assert [len(study.reports) for study in studies] == [2, 1, 1]
    assert studies[0].links[0].bond is Bond.REGISTRATION
    assert studies[0].design is EvidenceKind.RANDOMISED
    assert studies[0].year == 2024


def test_likeness_joins_and_is_flagged() -> None:
    """The same n, drug and condition, with two authors or the dates of enrolment in common; never n alone."""
    one = reported("1", stated(Field.N, "17"), authors=("Marsh", "Okafor"))
    two = reported("2", stated(Field.N, "17"), authors=("Okafor", "Marsh", "Ito"))
    other = reported("3", stated(Field.N, "17"), authors=("Weber",))
    studies = joined([one, two, other])
    assert [len(study.reports) for study in studies] == [2, 1]
    assert studies[0].links[0].bond is Bond.LIKENESS
    dates = Range("2010-01", "2014-12", unit="date")
    dated = [reported(name, stated(Field.N, "17"), stated(Field.ENROLMENT, dates)) for name in "45"]
    assert len(joined(dated)) == 1
    assert len(joined([reported(name, stated(Field.N, "17")) for name in "67"])) == 2


def test_two_works_with_one_title_are_two_studies() -> None:
    """A title joins nothing."""
    assert len(joined([reported("1"), reported("2")])) == 2


def test_what_no_report_states_is_said_once() -> None:
    """Absence is a record: of the first report that was read for it."""
    (study,) = joined(
        [reported("1", stated(Field.DOSE, None), work="w1"), reported("2", stated(Field.DOSE, None), work="w1")]
    )
    assert [fact.value for fact in study.facts if fact.field is Field.DOSE] == [None]


def test_the_same_place_and_years_may_be_the_same_people() -> None:
    """Years that do not meet clear it; years that are not stated do not."""
    place = ("Department of Blood, Hospital of the Hill, Town",)
    early, late, unsaid = (Range("2000", "2004", unit="date"), Range("2004", "2008", unit="date"), None)
    made = [
        reported(name, *([stated(Field.ENROLMENT, years)] if years else []), affiliations=place)
        for name, years in (("1", early), ("2", late), ("3", Range("2010", "2012", unit="date")), ("4", unsaid))
    ]
    documents = {each.document.id: each.document for each in made}
    found = {each.studies: each.words for each in overlaps(joined(made), documents.get)}
    assert found["w1", "w2"].endswith("both enrolled in 2004")
    assert ("w1", "w3") not in found
    assert "not stated" in found["w1", "w4"]


def test_a_study_is_called_by_its_first_author_else_by_its_title() -> None:
    """And its year."""
    assert label_of(reported("1", authors=("Marsh",)).document) == "Marsh 2020"
    assert label_of(reported("1").document) == "Sirolimus for immune thrombocytopenia 2020"
