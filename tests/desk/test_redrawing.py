"""An article drawn anew: what stays keeps number and signature, what people said stays theirs, nothing is lost unsaid."""

from __future__ import annotations

from dataclasses import replace

from article_makers import article, claim, version, word
from curbside.desk.articles import unsigned
from curbside.desk.redrawing import GONE, redrawn
from curbside.records import ArticleClaim, ArticleState, Identifiers, Quote, ReferenceEntry, Span


def entry(number: int, document: str) -> ReferenceEntry:
    """An entry of a reference list."""
    return ReferenceEntry(number, f"w-{document}", document, "file", document, 2020, "trial", False, "", Identifiers())


def said(number: int, text: str, document: str = "d1", **fields: object) -> ArticleClaim:
    """A claim on words of a document."""
    return claim(number, text, quotes=(Quote(document, Span(0, len(text)), text),), **fields)


ONE, TWO = said(1, "It helped 3 of 4."), said(2, "It hurt 1 of 4.")
LISTED = (entry(1, "d1"),)


def test_what_the_answer_still_says_keeps_its_number_and_its_signature() -> None:
    """Wherever it stands now: an answer that grew by a sentence wants only that one signed."""
    new = said(1, "It helped 8 of 9.", "d2", references=(2,))
    before = article(ArticleState.UNDER_REVIEW, ONE, TWO, reviewers=("p0000000000000002",))
    before = replace(before, signatures=(word(ONE, 2), word(TWO, 2, number=2)))
    fresh = (new, replace(ONE, number=2), replace(TWO, number=3))
    claims, references = redrawn(before.version, fresh, (entry(1, "d1"), entry(2, "d2")))
    assert [(each.number, each.text) for each in claims] == [(3, new.text), (1, ONE.text), (2, TWO.text)]
    assert len(references) == 2
    assert [each.number for each in unsigned(replace(before, version=version(2, *claims)))] == [3]


def test_what_the_answer_no_longer_says_is_taken_out_and_comes_back_with_it() -> None:
    """It is kept, with the reason; its number waits for it."""
    gone, _ = redrawn(version(1, ONE, TWO), (ONE,), LISTED)
    assert [(each.number, each.removed) for each in gone] == [(1, ""), (2, GONE)]
    back, _ = redrawn(version(2, *gone), (replace(TWO, number=1), ONE), LISTED)
    assert [(each.number, each.removed) for each in back] == [(2, ""), (1, "")]


def test_what_people_took_out_stays_out() -> None:
    """The machine does not overrule them."""
    out = replace(TWO, removed="The source does not say it.")
    claims, _ = redrawn(version(1, ONE, out), (ONE, TWO), LISTED)
    assert claims == (ONE, out)


def test_words_of_people_stay_theirs() -> None:
    """On the same quote in their place; and where the answer lacks it, behind their section, with its reference."""
    mended = replace(ONE, text="It helped three of four.", edited="Plainer.")
    claims, _ = redrawn(version(1, mended), (replace(ONE, references=(4,)),), (entry(4, "d1"),))
    assert claims == (replace(mended, references=(4,)),)
    other = said(1, "Something else.", "d2", heading=ONE.heading)
    claims, references = redrawn(version(1, mended, references=LISTED), (other,), (entry(1, "d2"),))
    assert [(each.number, each.text, each.references) for each in claims] == [
        (2, "Something else.", (1,)),
        (1, "It helped three of four.", (2,)),
    ]
    assert [(each.number, each.document) for each in references] == [(1, "d2"), (2, "d1")]


def test_no_looser_likeness_takes_what_a_closer_one_has() -> None:
    """A claim on the same quote as two of before is the one whose words it has."""
    first = replace(ONE, number=1, text="It helped some.")
    claims, _ = redrawn(version(1, first, replace(ONE, number=2)), (ONE,), LISTED)
    assert [(each.number, each.text, each.removed) for each in claims] == [(2, ONE.text, ""), (1, first.text, GONE)]


def test_a_revised_text_with_the_same_words_is_the_same_claim_to_be_signed_again() -> None:
    """Another span is another key: the number stays, the signature does not."""
    moved = replace(ONE, quotes=(Quote("d1", Span(5, 5 + len(ONE.text)), ONE.text),))
    claims, _ = redrawn(version(1, ONE), (moved,), LISTED)
    assert claims[0].number == 1
    assert claims[0].key != ONE.key
