"""How documents are cut: nothing quotable is lost, nothing else is taken, pieces are of one voice and a good size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers.builder import Builder
from curbside.records import EVIDENCE_ROLES, Document, DocumentKind, PartRole, Span
from curbside.search.passages import MOST, Cut, Passage, cut
from growth import assert_linear
from search_holdings import FILLER, abstract, long_article


def document(*parts: tuple[PartRole, int, str], title: str = "A page") -> Document:
    """Return a document of one paragraph a part, given as (role, group, words)."""
    builder = Builder()
    for role, group, words in parts:
        with builder.part(role, group):
            builder.block(words)
    text, made, sections, blocks = builder.done()
    return Document("d1", text, DocumentKind.PAGE, title, parts=made, sections=sections, blocks=blocks)


def every(pieces: Cut) -> list[Passage]:
    """Return lead and passages."""
    return [pieces.lead, *pieces.passages]


def test_a_short_document_is_one_passage_of_its_whole_text() -> None:
    """An abstract is never cut, and a hit shows all of it."""
    held = abstract("A title", "First paragraph.", "Second paragraph.").document
    pieces = cut(held)
    assert pieces.passages == ()
    assert pieces.lead == Passage(Span(0, len(held.text)), "A title", "First paragraph.\nSecond paragraph.")


def test_an_abstract_stays_whole_however_long_it_is() -> None:
    """A long abstract that is all there is has one passage."""
    assert cut(abstract("A title", FILLER * 5).document).passages == ()


def test_a_full_text_has_its_abstract_as_lead_and_passages_of_its_body() -> None:
    """Each passage knows the title and the headings above it."""
    article = long_article("A title", "The abstract.", {"Methods": [FILLER] * 3, "Results": [FILLER] * 2}).document
    pieces = cut(article)
    assert pieces.lead.text == "The abstract."
    assert len(pieces.passages) >= 4
    assert {passage.heading for passage in pieces.passages} == {"A title\nMethods", "A title\nResults"}


def test_a_long_document_without_abstract_is_found_by_its_passages_alone() -> None:
    """Its lead holds no words, so that it cannot outrank the passage that matched."""
    pieces = cut(long_article("A title", "", {"Care": [FILLER] * 6}).document)
    assert (pieces.lead.heading, pieces.lead.text) == ("", "")
    assert len(pieces.passages) > 2


@pytest.mark.parametrize("role", [role for role in PartRole if role not in EVIDENCE_ROLES])
def test_what_may_not_be_quoted_gives_no_passage(role: PartRole) -> None:
    """Navigation, questions, posts, bylines and reference lists are no evidence."""
    pieces = cut(document((role, 0, "zebra words"), (PartRole.BODY, 0, "the body")))
    assert all("zebra" not in passage.text for passage in every(pieces))
    assert "zebra" not in pieces.rest + pieces.abstract


def test_a_question_leads_to_its_reply_without_being_one() -> None:
    """A reply is also found by what was asked; what a hit shows is the reply."""
    page = document(
        (PartRole.QUESTION, 0, "May I swim?"), (PartRole.REPLY, 0, "Yes."), (PartRole.GENERATED, 0, "It is fine.")
    )
    reply, generated = cut(page).passages
    assert (reply.text, reply.span.of(page.text)) == ("Yes.", "Yes.")
    assert "May I swim?" in reply.heading
    assert generated.text == "It is fine."


def test_subjects_are_never_mixed() -> None:
    """Two abstracts on an author page are two passages, neither under the page's title."""
    page = document((PartRole.ABSTRACT, 1, "On bats."), (PartRole.ABSTRACT, 2, "On cats."), title="Prof. X")
    assert [(passage.text, passage.heading) for passage in cut(page).passages] == [("On bats.", ""), ("On cats.", "")]


def test_a_long_paragraph_is_cut_after_ends_of_sentences() -> None:
    """No passage grows far beyond the limit, and none begins inside a sentence."""
    page = document((PartRole.BODY, 0, "One short sentence stands here. " * 400))
    passages = cut(page).passages
    assert len(passages) > 5
    assert all(len(passage.text.split()) <= MOST + 60 for passage in passages)
    assert all(passage.text.startswith("One") for passage in passages)


def test_a_document_without_quotable_words_has_its_title() -> None:
    """A bibliographic record without abstract can still be found."""
    pieces = cut(document((PartRole.METADATA, 0, "Byline"), title="Only a title"))
    assert (pieces.lead.heading, pieces.lead.text, pieces.passages) == ("Only a title", "", ())


PARTS = st.lists(
    st.tuples(
        st.sampled_from(list(PartRole)), st.integers(0, 3), st.lists(st.text(max_size=400), min_size=0, max_size=4)
    ),
    max_size=8,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(parts=PARTS, title=st.text(max_size=40), scale=st.integers(1, 40))
def test_every_quotable_word_is_in_exactly_one_passage(
    parts: list[tuple[PartRole, int, list[str]]], title: str, scale: int
) -> None:
    """Cutting loses nothing, repeats nothing, and stays inside the text."""
    builder = Builder()
    quotable: list[str] = []
    for role, group, paragraphs in parts:
        with builder.part(role, group):
            for paragraph in paragraphs:
                span = builder.block(f"{paragraph} and. " * scale)
                quotable += [span] if role in EVIDENCE_ROLES else []
    text, made, sections, blocks = builder.done()
    pieces = cut(Document("d1", text, DocumentKind.PAGE, title, parts=made, sections=sections, blocks=blocks))
    words = [word for passage in every(pieces) for word in passage.text.split()]
    assert sorted(words) == sorted(word for span in quotable for word in span.of(text).split())
    assert sorted(f"{pieces.abstract} {pieces.rest}".split()) == sorted(words)
    assert all(0 <= passage.span.start <= passage.span.end <= len(text) for passage in every(pieces))


def test_cutting_is_linear_in_the_length() -> None:
    """Four times the text, at most about four times the time."""

    def prepare(size: int) -> Callable[[], object]:
        article = long_article("T", "", {f"S{n}": ["word. " * 300, "x" * 3_000] for n in range(size)}).document
        return lambda: cut(article)

    assert_linear(prepare, 20)
