"""One record of a work out of several documents: filled, joined, and nothing mixed that belongs together."""

from __future__ import annotations

from dataclasses import replace

from curbside.appraise.works import described, fullest_first
from curbside.records import (
    Author,
    Dated,
    Document,
    DocumentKind,
    EvidenceKind,
    Heading,
    Holding,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    Part,
    PartRole,
    Profile,
    Reference,
    Span,
    sealed,
)


def held(document: Document) -> Holding:
    """Return the document as a library holds it."""
    return Holding(sealed(document), "w0123456789ab", "a.xml", 1, Profile(EvidenceKind.STUDY))


RECORD = Document(
    id="",
    text="Title\nSome abstract.",
    kind=DocumentKind.ARTICLE,
    title="Title",
    parts=(Part(Span(6, 20), PartRole.ABSTRACT),),
    ids=Identifiers(pmid="1"),
    authors=(Author("Lee", "A"), Author("Ek", "B")),
    journal=Journal("", "Blood Adv", "2473-9529", "", "9", "2", "1-7"),
    dates=(Dated("published", "2020-02"),),
    types=("Journal Article",),
    headings=(Heading("Sirolimus"),),
    notices=(Notice(NoticeKind.CORRECTION, False, Identifiers(pmid="2")),),
)
FULL = Document(
    id="",
    text="Title\nSome abstract. And then the whole long text of the article.",
    kind=DocumentKind.ARTICLE,
    title="Title.",
    parts=(Part(Span(6, 20), PartRole.ABSTRACT), Part(Span(21, 66), PartRole.BODY)),
    ids=Identifiers(doi="10.1000/a", pmcid="PMC3"),
    authors=(Author("Lee", "Ann", affiliations=(0,)), Author("Ek", "Bo", orcid="0000-0002-1825-0097")),
    affiliations=("Here",),
    journal=Journal("Blood Advances", "", "", "2473-9537", "9", "", ""),
    dates=(Dated("published", "2020-02-03"), Dated("online", "2019-12")),
    keywords=("sirolimus",),
    licence="CC BY",
    references=(Reference("1", span=Span(0, 5), title="Other"),),
)
NOTE = Document(
    id="", text="A very long note. " * 20, kind=DocumentKind.NOTE, title="My note", authors=(Author("Me"),), source="me"
)


def test_the_works_own_fullest_text_leads_and_a_note_on_it_never_does() -> None:
    """However long the note is; the order of what is given does not matter."""
    for given in ([NOTE, RECORD, FULL], [FULL, NOTE, RECORD]):
        work = described("w0123456789ab", [held(each) for each in given])
        assert [each.document.title for each in work.documents] == ["Title.", "Title", "My note"]
        assert work.lead.document.licence == "CC BY"


def test_each_record_fills_what_the_others_leave_empty() -> None:
    """Identifiers, both names of the journal and both ISSNs, dates by event, notices."""
    record = described("w0123456789ab", [held(RECORD), held(FULL)]).record
    assert record.ids == Identifiers("1", "PMC3", "10.1000/a")
    assert (record.journal.title, record.journal.abbreviation) == ("Blood Advances", "Blood Adv")
    assert (record.journal.issn, record.journal.eissn) == ("2473-9529", "2473-9537")
    assert record.dates == (Dated("published", "2020-02-03"), Dated("online", "2019-12"))
    assert record.types == ("Journal Article",)
    assert [notice.kind for notice in record.notices] == [NoticeKind.CORRECTION]
    assert (record.keywords, record.headings) == (("sirolimus",), (Heading("Sirolimus"),))


def test_volume_issue_and_pages_come_from_one_record() -> None:
    """The fuller text knows the volume alone; nobody adds another record's pages to it."""
    journal = described("w0123456789ab", [held(RECORD), held(FULL)]).record.journal
    assert (journal.volume, journal.issue, journal.pages) == ("9", "", "")


def test_people_come_with_their_own_affiliations() -> None:
    """From one document, the one that says most of them."""
    record = described("w0123456789ab", [held(RECORD), held(FULL)]).record
    assert record.authors == FULL.authors
    assert record.affiliations == ("Here",)


def test_text_and_structure_are_those_of_the_lead() -> None:
    """Spans of one document mean nothing in another; and what was put together has no id."""
    record = described("w0123456789ab", [held(RECORD), held(FULL)]).record
    assert (record.text, record.parts, record.references) == (FULL.text, FULL.parts, FULL.references)
    assert record.id == ""


def test_a_work_known_by_a_note_alone_is_described_by_it() -> None:
    """Its kind says what it is."""
    work = described("w0123456789ab", [held(NOTE)])
    assert (work.record.kind, work.record.title) == (DocumentKind.NOTE, "My note")


def test_a_record_of_registration_never_leads_where_the_article_is_held() -> None:
    """It is often the longer text, and written before there were results."""
    registered = replace(RECORD, kind=DocumentKind.TRIAL, text=RECORD.text * 50, title="A registered trial")
    for given in ([registered, RECORD], [RECORD, registered]):
        assert fullest_first([held(each) for each in given])[0].document.kind is DocumentKind.ARTICLE
    assert fullest_first([held(registered), held(NOTE)])[0].document.kind is DocumentKind.TRIAL
