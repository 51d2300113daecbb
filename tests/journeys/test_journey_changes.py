"""What changes after the first add: revisions, deletions, removals and retractions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from journey import NOT_DONE, PAPER, QUESTION, Person, pubmed_set

REVISED = replace(
    PAPER,
    abstract=(
        ("METHODS", "In this cohort study 14 adults took oral sirolimus 2 mg once daily for 24 weeks."),
        ("RESULTS", "Pyoderma gangrenosum cleared in 8 of 14 adults (57.1%) who took sirolimus."),
    ),
)


def _text(someone: Person, question: str = QUESTION) -> str:
    answer = someone.asks(question)
    return " ".join(sentence["text"] for section in answer["sections"] for sentence in section["sentences"])


def test_a_revision_replaces_what_it_revises(reader: Person) -> None:
    """Version 2 of a PubMed record takes the place of version 1: its figure answers, the old one does not."""
    assert "9 of 14" in _text(reader)
    reader.writes("revision.xml", pubmed_set(REVISED.pubmed(version=2)))
    told = reader.types("add", "revision.xml", "--json").json
    assert (told["replaced"], told["added"], told["joined"]) == (1, 0, 0)
    assert "8 of 14" in _text(reader) and "9 of 14" not in _text(reader)
    assert reader.types("status", "--json").json["documents"] == 1


def test_an_older_version_does_not_come_back(reader: Person) -> None:
    """Adding version 1 after version 2 changes nothing."""
    reader.writes("revision.xml", pubmed_set(REVISED.pubmed(version=2)))
    reader.types("add", "revision.xml")
    reader.types("add", "paper.xml")
    assert "8 of 14" in _text(reader) and "9 of 14" not in _text(reader)


def test_a_deletion_leaves_a_tombstone(reader: Person) -> None:
    """PubMed's DeleteCitation takes the record away, says so when it is asked for, and it does not come back."""
    other = replace(PAPER, pmid="99000002", doi="10.5555/curbside.2", title="A second paper on everolimus.")
    reader.writes("other.xml", pubmed_set(other.pubmed()))
    reader.types("add", "other.xml")
    reader.writes("deleted.xml", pubmed_set(f'<DeleteCitation><PMID Version="1">{PAPER.pmid}</PMID></DeleteCitation>'))
    assert reader.types("add", "deleted.xml", "--json").json["deleted"] == 1
    said = reader.types("show", PAPER.pmid, code=NOT_DONE)
    assert "deleted by its source" in said.err
    reader.types("add", "paper.xml", code=None)
    assert reader.types("status", "--json").json["documents"] == 1
    assert reader.types("status", "--json").json["tombstones"] == 1


def test_a_deletion_before_its_record_holds_too(someone: Person) -> None:
    """Update files may come out of order: a record that was deleted before it was added stays out."""
    someone.writes("deleted.xml", pubmed_set(f'<DeleteCitation><PMID Version="1">{PAPER.pmid}</PMID></DeleteCitation>'))
    someone.writes("paper.xml", pubmed_set(PAPER.pubmed()))
    someone.types("add", "deleted.xml")
    someone.types("add", "paper.xml", code=None)
    assert someone.types("status", "--json").json["documents"] == 0


def test_removed_work_answers_nothing_and_stays_away(shelved: Person) -> None:
    """What was removed is gone from answers, search and export, and adding its folder does not bring it back."""
    shelved.writes("papers/paper.xml", pubmed_set(PAPER.pubmed()))
    shelved.types("add", "papers")
    assert "9 of 14" in _text(shelved)
    shelved.types("remove", PAPER.pmid)
    assert "9 of 14" not in _text(shelved)
    assert PAPER.doi not in shelved.types("export").out
    assert PAPER.doi not in shelved.types("search", "pyoderma gangrenosum").out
    said = shelved.types("add", "papers")
    assert "was removed" in said.out and "9 of 14" not in _text(shelved)


def test_a_removed_work_comes_back_when_its_file_is_named(reader: Person) -> None:
    """Removing is a decision that can be taken back, by naming the file."""
    reader.types("remove", PAPER.doi)
    reader.types("add", "paper.xml")
    assert "9 of 14" in _text(reader)


def test_removing_by_file_takes_all_that_came_from_it(shelved: Person) -> None:
    """A file is a name too: everything that only it brought goes."""
    second = replace(PAPER, pmid="99000002", doi="10.5555/curbside.2", title="A second paper on everolimus.")
    shelved.writes("both.xml", pubmed_set(PAPER.pubmed(), second.pubmed()))
    shelved.types("add", "both.xml")
    assert shelved.types("remove", "both.xml", "--json").json["deleted"] == 2
    shelved.types("show", "99000002", code=NOT_DONE)


def test_removing_what_is_not_held_removes_nothing(reader: Person) -> None:
    """All that is named or nothing: one wrong name and everything stays, exit 1."""
    reader.types("remove", PAPER.pmid, "99999999", code=NOT_DONE)
    assert reader.types("status", "--json").json["documents"] == 1


LINK = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="{type}"><RefSource>J Inv Derm. 2023;5(1):9</RefSource>'
    '<PMID Version="1">{pmid}</PMID></CommentsCorrections></CommentsCorrectionsList>'
)


@pytest.fixture
def second_opinion(reader: Person) -> Person:
    """A library with a further paper, so that something is left to answer."""
    other = replace(
        PAPER,
        pmid="99000002",
        doi="10.5555/curbside.2",
        title="Sirolimus for pyoderma gangrenosum: a case series.",
        abstract=(("RESULTS", "Pyoderma gangrenosum improved in 2 of 5 adults who took oral sirolimus."),),
    )
    reader.writes("other.xml", pubmed_set(other.pubmed()))
    reader.types("add", "other.xml")
    assert "9 of 14" in _text(reader) and "2 of 5" in _text(reader)
    return reader


def test_a_revision_that_is_marked_retracted_falls_silent(second_opinion: Person) -> None:
    """A record with publication type and link of a retraction answers nothing; the rest still does."""
    marked = replace(PAPER, types=("Journal Article", "Retracted Publication"))
    extra = LINK.format(type="RetractionIn", pmid="99000009")
    second_opinion.writes("marked.xml", pubmed_set(marked.pubmed(version=2, extra=extra)))
    second_opinion.types("add", "marked.xml")
    assert "9 of 14" not in _text(second_opinion) and "2 of 5" in _text(second_opinion)


def test_a_retraction_notice_silences_the_work_it_names(second_opinion: Person) -> None:
    """The notice alone, from another record, is enough; the notice itself is no evidence either."""
    notice = replace(
        PAPER,
        pmid="99000009",
        doi="10.5555/curbside.9",
        title="Retraction: Oral sirolimus for refractory pyoderma gangrenosum.",
        abstract=(),
        types=("Retraction of Publication",),
        year=2023,
    )
    extra = LINK.format(type="RetractionOf", pmid=PAPER.pmid)
    second_opinion.writes("notice.xml", pubmed_set(notice.pubmed(extra=extra)))
    second_opinion.types("add", "notice.xml")
    answer = second_opinion.asks(QUESTION)
    assert "9 of 14" not in _text(second_opinion) and "2 of 5" in _text(second_opinion)
    assert not {PAPER.pmid, "99000009"} & {entry["ids"].get("pmid") for entry in answer["references"]}
    assert second_opinion.types("status", "--json").json["retracted"] == 1
    assert "RETRACTED" in second_opinion.types("search", "refractory pyoderma gangrenosum").out


def test_a_notice_that_came_first_holds_as_well(someone: Person) -> None:
    """The order of the two records does not matter."""
    notice = replace(PAPER, pmid="99000009", doi="10.5555/curbside.9", title="Retraction.", abstract=())
    extra = LINK.format(type="RetractionOf", pmid=PAPER.pmid)
    someone.writes("notice.xml", pubmed_set(notice.pubmed(extra=extra)))
    someone.writes("paper.xml", pubmed_set(PAPER.pubmed()))
    someone.types("add", "notice.xml")
    someone.types("add", "paper.xml")
    assert someone.asks(QUESTION)["declined"] is True


def test_every_document_of_a_retracted_work_is_silent(second_opinion: Person) -> None:
    """The RIS and NBIB copies of a retracted article carry no mark of their own, and are silent all the same."""
    second_opinion.writes("copy.ris", PAPER.ris())
    second_opinion.writes("copy.nbib", PAPER.nbib())
    marked = replace(PAPER, types=("Journal Article", "Retracted Publication"))
    second_opinion.writes("marked.xml", pubmed_set(marked.pubmed(version=2)))
    second_opinion.types("add", "copy.ris", "copy.nbib", "marked.xml")
    assert "9 of 14" not in _text(second_opinion) and "2 of 5" in _text(second_opinion)
