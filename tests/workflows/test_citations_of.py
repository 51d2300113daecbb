"""From a document to its citations: what a judge is given, what becomes of its word, self-citation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from curbside.records import (
    Author,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Judgement,
    Marker,
    Part,
    PartRole,
    Reference,
    Span,
    Stance,
)
from curbside.records.citation import StatementText
from curbside.workflows.citing import MOST_TOLD, NEAR, citations_of, citing_maker
from growth import assert_linear


class Scripted:
    """A judge that says what it was told to: the first word of every text supports."""

    name = "scripted 1"

    def __init__(self) -> None:
        self.asked: list[StatementText] = []

    def judge(self, statements: Sequence[StatementText]) -> list[Judgement]:
        """Return a judgement a statement, and keep what was asked."""
        self.asked += statements
        return [Judgement(Stance.SUPPORTING, 0.9, (Span(0, 4),), "said", self.name) for _ in statements]


def document(text: str, marks: Sequence[tuple[str, tuple[int, ...]]], count: int = 3) -> Document:
    """Return an article whose in-text references are `marks` in order, with `count` entries."""
    markers: list[Marker] = []
    at = 0
    for words, references in marks:
        at = text.index(words, at)
        markers.append(Marker(Span(at, at + len(words)), references))
        at += len(words)
    listed = tuple(
        Reference(f"B{n}", str(n + 1), authors=("Kim", "Lee"), text="Kim J, Lee S. T." if n else "Cho A. T.")
        for n in range(count)
    )
    whole = Span(0, len(text))
    return Document(
        "d1", text, DocumentKind.ARTICLE, parts=(Part(whole, PartRole.BODY),),
        blocks=(Block(whole, BlockKind.PARAGRAPH, 0),), references=listed, markers=tuple(markers),
        authors=(Author("Lee", "Sun"),),
    )  # fmt: skip


TEXT = "Known. This agrees with one [1] and two [2,3]. More."
MARKS = (("[1]", (0,)), ("[2,3]", (1, 2)))


def test_each_cited_work_is_a_citation() -> None:
    """A marker of two works gives two, with one judgement."""
    made = citations_of(document(TEXT, MARKS), Scripted())
    assert [each.reference for each in made] == [0, 1, 2]
    assert made[1].judgement is made[2].judgement
    assert [each.id for each in made] == ["d1:28-31:0", "d1:40-45:1", "d1:40-45:2"]


def test_a_judge_is_given_the_sentence_and_what_stands_around_it() -> None:
    """The marker asked about, other markers of the sentence, the sentences beside it."""
    judge = Scripted()
    citations_of(document(TEXT, MARKS), judge)
    first = judge.asked[0]
    assert first.text == "This agrees with one [1] and two [2,3]."
    assert first.marker is not None and first.marker.of(first.text) == "[1]"
    assert [span.of(first.text) for span in first.others] == ["[2,3]"]
    assert (first.before, first.after) == ("Known.", "More.")


def test_deciding_words_are_places_of_the_document() -> None:
    """A judge counts from the beginning of the statement; a quote counts from that of the document."""
    made = citations_of(document(TEXT, MARKS), Scripted())
    assert [span.of(TEXT) for each in made for span in each.judgement.deciding] == ["This"] * 3


def test_self_citation_by_name_and_initial() -> None:
    """Sun Lee cites S. Lee; Cho's work is another's."""
    assert [each.self_citation for each in citations_of(document(TEXT, MARKS), Scripted())] == [False, True, True]


def test_a_long_sentence_is_judged_near_its_marker() -> None:
    """So that time stays in proportion to the text."""
    text = "Begin " + "word " * 1_000 + "[1] " + "word " * 1_000 + "end."
    judge = Scripted()
    made = citations_of(document(text, (("[1]", (0,)),)), judge)
    asked = judge.asked[0]
    assert len(asked.text) <= 2 * NEAR + 3
    assert asked.marker is not None and asked.marker.of(asked.text) == "[1]"
    assert made[0].judgement.deciding[0].of(text) == asked.text[:4]


def test_a_sentence_that_cites_too_many_is_not_judged() -> None:
    """It says nothing of each; and ten thousand markers cost no more than their reading."""
    many = 10_000
    crowd = document("Seen [1] " * many, [("[1]", (0,))] * many, 1)
    judge = Scripted()
    made = citations_of(crowd, judge)
    assert len(made) == many and judge.asked == []
    assert {each.judgement.stance for each in made} == {Stance.MENTIONING}
    assert made[0].judgement.reason.startswith("abstains: 10000 in-text citations")
    assert many > MOST_TOLD

    def prepare(count: int) -> Callable[[], object]:
        crowd = document("Seen [1] " * count, [("[1]", (0,))] * count, 1)
        return lambda: citations_of(crowd, judge)

    assert_linear(prepare, 100)


def test_what_cites_nothing_costs_nothing() -> None:
    """No judge is asked."""
    judge = Scripted()
    assert citations_of(replace(document(TEXT, ()), references=(), text="It helped."), judge) == () and not judge.asked


def test_the_maker_names_the_judge() -> None:
    """Another judge, or another version of it, makes citations anew."""
    assert citing_maker(Scripted()).endswith(".scripted 1")
