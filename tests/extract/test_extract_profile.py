"""What a document is about, read from its own words and indexing."""

from __future__ import annotations

import pytest

from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    AgeGroup,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    EvidenceKind,
    Heading,
    Identifiers,
    Notice,
    NoticeKind,
    Part,
    PartRole,
    Span,
    sealed,
)

VOCABULARY = Vocabulary(
    [
        "d:sirolimus\tsirolimus\trapamycin\t\t\t\nd:prednisone\tprednisone\t\t\t\t\nc:psoriasis\tpsoriasis\t\t\t\t\n"
        "c:migraine\tmigraine\t\t\t\t\n"
    ]
)


def article(text: str, title: str = "", role: PartRole = PartRole.ABSTRACT, **given: object) -> Document:
    """An article of one part and one block."""
    span = Span(0, len(text))
    kind = given.pop("kind", DocumentKind.ARTICLE)
    return sealed(
        Document(
            "",
            text,
            kind,
            title=title,
            parts=(Part(span, role),),
            blocks=(Block(span, BlockKind.PARAGRAPH, 0),),
            **given,
        )  # type: ignore[arg-type]
    )


def test_drugs_and_conditions_come_most_prominent_first() -> None:
    """The title counts five times: what a study is about stands there."""
    found = profile(article("Prednisone failed. Prednisone again. Psoriasis.", "Sirolimus in psoriasis"), VOCABULARY)
    assert found.drugs == ("d:sirolimus", "d:prednisone")
    assert found.conditions == ("c:psoriasis",)


def test_a_question_asked_is_no_subject() -> None:
    """What a stranger takes says nothing of what the page is evidence for."""
    asked = article("I take prednisone for migraine.", role=PartRole.QUESTION, kind=DocumentKind.QUESTION_PAGE)
    assert profile(asked, VOCABULARY).drugs == ()


def test_the_number_of_participants_is_where_it_stands() -> None:
    """A count without its place would be a claim without a quote."""
    document = article("A total of 30 patients took sirolimus.")
    found = profile(document, VOCABULARY)
    assert found.n == 30
    assert found.n_span is not None
    assert found.n_span.of(document.text) == "30"


def test_age_groups_come_from_headings_else_from_words() -> None:
    """Check tags are an indexer's judgement; without them the words must do."""
    indexed = article("Children took part.", headings=(Heading("Aged"),))
    assert profile(indexed, VOCABULARY).ages == (AgeGroup.AGED,)
    assert profile(article("Infants and adults took part."), VOCABULARY).ages == (AgeGroup.INFANT, AgeGroup.ADULT)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (DocumentKind.GUIDELINE, EvidenceKind.GUIDELINE),
        (DocumentKind.ANSWER_PAGE, EvidenceKind.SECONDARY),
        (DocumentKind.STUDY_PAGE, EvidenceKind.SECONDARY),
        (DocumentKind.QUESTION_PAGE, EvidenceKind.REPLY),
        (DocumentKind.PAGE, EvidenceKind.OTHER),
        (DocumentKind.ARTICLE, EvidenceKind.STUDY),
    ],
)
def test_the_kind_of_document_bounds_the_kind_of_evidence(kind: DocumentKind, evidence: EvidenceKind) -> None:
    """A page about a randomised trial is no randomised trial."""
    assert profile(article("Sirolimus was given.", kind=kind), VOCABULARY).evidence is evidence


def test_a_notice_is_not_the_paper_it_is_about() -> None:
    """A retraction notice is evidence of nothing; a retracted paper says so."""
    about = Identifiers(pmid="1")
    notice = article("Retracted.", notices=(Notice(NoticeKind.RETRACTION, True, about),))
    paper = article("Sirolimus cured.", notices=(Notice(NoticeKind.RETRACTION, False, about),))
    assert profile(notice, VOCABULARY).evidence is EvidenceKind.NOTICE
    assert not profile(notice, VOCABULARY).retracted
    assert profile(paper, VOCABULARY).retracted
    assert profile(paper, VOCABULARY).noticed


def test_a_comment_is_no_notice() -> None:
    """That somebody wrote a letter casts no doubt on a paper."""
    paper = article("Sirolimus.", notices=(Notice(NoticeKind.COMMENT, False, Identifiers(pmid="1")),))
    assert not profile(paper, VOCABULARY).noticed


def test_what_updates_an_earlier_work_is_no_notice() -> None:
    """A review in its second edition is a review."""
    about = Identifiers(pmid="1")
    review = article("A systematic review of sirolimus.", notices=(Notice(NoticeKind.UPDATE, True, about),))
    assert profile(review, VOCABULARY).evidence is not EvidenceKind.NOTICE
    assert not profile(review, VOCABULARY).noticed


def test_places_say_where_each_name_stands() -> None:
    """Two numbers for each of the names in order; an answer then need not look for them again."""
    text = "Sirolimus, like prednisone, helped in psoriasis."
    found = profile(article(text), VOCABULARY)
    assert found.named == ("d:sirolimus", "d:prednisone", "c:psoriasis")
    at, words = 0, []
    for gap, length in zip(found.places[::2], found.places[1::2]):
        words.append(text[at + gap : at + gap + length])
        at += gap + length
    assert words == ["Sirolimus", "prednisone", "psoriasis"]


@pytest.mark.parametrize("text", ["Sirolimus. " * 2_000, "I take sirolimus."])
def test_places_are_not_told_of_a_text_that_was_not_read_whole(text: str) -> None:
    """Too long, or with a part that is no evidence: what they said would lack something."""
    role = PartRole.QUESTION if len(text) < 100 else PartRole.ABSTRACT
    assert profile(article(text, role=role), VOCABULARY).places == ()


def test_a_guideline_that_says_it_is_none_is_an_evidence_summary() -> None:
    """Wherever in the text it says so, and the words can be opened."""
    body = "Surgery comes first. " * 900
    told = "It does not provide formal guidelines or recommendations for making decisions."
    denying = profile(article(body + told, "Treatment of carcinoma", kind=DocumentKind.GUIDELINE), VOCABULARY)
    assert denying.evidence is EvidenceKind.SUMMARY
    assert denying.evidence_span is not None and denying.evidence_span.start >= len(body)
    plain = profile(article(body, "Treatment of carcinoma", kind=DocumentKind.GUIDELINE), VOCABULARY)
    assert plain.evidence is EvidenceKind.GUIDELINE
