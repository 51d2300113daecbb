"""Two legs as one index: what the sum does, what filters and pages promise, and what happens without vectors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="vectors need the extra `encoder`")

from curbside.errors import EncoderError, IndexBroken
from curbside.records import Filters, Hits, Query
from curbside.search import fused as module
from curbside.search.base import Embedded, Index
from curbside.search.fused import FusedIndex, Legs, fused
from curbside.search.index import TantivyIndex
from curbside.search.pieces import MOST, pieces
from curbside.search.vectors_exact import ExactVectors
from meanings import VERSION, Meanings
from search_holdings import FILLER, LIBRARY, FewConcepts, abstract, long_article

CHILDREN, INFECTIONS, TUMOUR, SKIN, CLASS = (holding.document.id for holding in LIBRARY)
HAEMORRHAGE = "What stops haemorrhage under rapamycin?"


class TestTheSum:
    """The min-max weighted sum alone."""

    def test_each_leg_is_spread_from_nought_to_one(self) -> None:
        """The best of a leg has all of its weight, the least near of meaning none."""
        scores = fused(Legs({"a": 8.0, "b": 4.0}, {"a": 0.2, "b": 0.6, "c": 0.4}), 0.5)
        assert scores == {"a": 0.5, "b": 0.75, "c": 0.25}

    def test_weight_decides_between_the_legs(self) -> None:
        """0 is words alone, 1 is meaning alone."""
        legs = Legs({"a": 8.0, "b": 4.0}, {"a": 0.2, "b": 0.6})
        assert fused(legs, 0.0) == {"a": 1.0, "b": 0.5}
        assert fused(legs, 1.0) == {"a": 0.0, "b": 1.0}

    def test_a_document_without_vectors_is_not_held_back(self) -> None:
        """What was added a moment ago is ranked by its words as if meaning agreed."""
        scores = fused(Legs({"new": 8.0, "old": 4.0}, {"old": 0.6, "far": 0.1}), 0.5)
        assert scores["new"] == 1.0
        assert scores["new"] > scores["old"] > scores["far"]

    @pytest.mark.parametrize("legs", [Legs({}, {}), Legs({"a": 0.0}, {"a": 0.3}), Legs({"a": 1.0}, {})])
    def test_few_or_equal_scores_are_no_fault(self, legs: Legs) -> None:
        """Nothing to spread gives the whole weight, nothing at all gives nothing."""
        assert all(0.0 <= score <= 1.0 for score in fused(legs, 0.5).values())


def fill(vectors: ExactVectors, encoder: Meanings, holdings: object = LIBRARY, seq: int = 5) -> None:
    """Embed documents as the library does."""
    for holding in holdings:  # type: ignore[attr-defined]
        some = pieces(holding.document)
        spans = tuple(piece.span for piece in some)
        vectors.apply([Embedded(holding.document.id, spans, encoder.embed([piece.text for piece in some]))])
    vectors.commit(seq)


@pytest.fixture
def words(tmp_path: Path) -> TantivyIndex:
    """An index of the five abstracts, of words."""
    made = TantivyIndex(tmp_path / "index", FewConcepts())
    made.apply(LIBRARY)
    made.commit(5)
    return made


@pytest.fixture
def encoder() -> Meanings:
    """A fake encoder."""
    return Meanings()


@pytest.fixture
def vectors(encoder: Meanings) -> ExactVectors:
    """Vectors of the five abstracts."""
    made = ExactVectors(VERSION)
    fill(made, encoder)
    return made


@pytest.fixture
def index(words: TantivyIndex, vectors: ExactVectors, encoder: Meanings) -> FusedIndex:
    """Both legs."""
    return FusedIndex(words, lambda: vectors, encoder.question)


def ids(hits: Hits) -> list[str]:
    """Ids of the hits, in their order."""
    return [hit.document for hit in hits.hits]


def test_it_is_an_index(index: FusedIndex) -> None:
    """It can stand where an Index is asked for."""
    assert isinstance(index, Index)
    assert (index.seq, index.count(), index.state()) == (5, 5, "ready")


def test_what_is_said_otherwise_is_found(index: FusedIndex, words: TantivyIndex) -> None:
    """No word of the question stands in the document on thrombocytopenia; its meaning leads there."""
    assert CHILDREN not in ids(words.search(Query(HAEMORRHAGE)))
    hits = index.search(Query(HAEMORRHAGE))
    assert CHILDREN in ids(hits)
    hit = next(hit for hit in hits.hits if hit.document == CHILDREN)
    assert hit.work == LIBRARY[0].work
    assert hit.span.of(LIBRARY[0].document.text) == LIBRARY[0].document.text


def test_what_both_legs_find_comes_first(index: FusedIndex) -> None:
    """Words and meaning together outweigh either."""
    assert ids(index.search(Query("rapamycin against infections")))[0] == INFECTIONS


def test_the_total_counts_words_and_what_meaning_adds(index: FusedIndex, words: TantivyIndex) -> None:
    """Documents that share no word and mean something else are no hits."""
    hits = index.search(Query(HAEMORRHAGE))
    assert hits.total == len(hits.hits) == words.search(Query(HAEMORRHAGE)).total + 1
    assert TUMOUR not in ids(hits)


@pytest.mark.parametrize("text", ["", "  ", "the of and", "???", "what is it?"])
def test_a_question_without_a_word_finds_nothing(index: FusedIndex, text: str) -> None:
    """Meaning is never asked for nothing."""
    assert index.search(Query(text)) == Hits(Query(text), (), 0)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since=2016),
        Filters(until=2010),
        Filters(kinds=("guideline",)),
        Filters(evidence=("cohort",)),
        Filters(drugs=("d:everolimus",)),
        Filters(conditions=("c:lupus",)),
        Filters(ages=("adult",)),
        Filters(noticed=True),
    ],
)
def test_filters_hold_for_what_meaning_finds(index: FusedIndex, words: TantivyIndex, filters: Filters) -> None:
    """A document that does not meet them is no hit, however near it is."""
    passing = set(words.among([holding.document.id for holding in LIBRARY], filters))
    assert CHILDREN not in passing
    hits = index.search(Query(HAEMORRHAGE, filters=filters))
    assert set(ids(hits)) <= passing
    assert hits.total == len(hits.hits)


def test_a_removed_document_is_never_found_by_its_vectors(index: FusedIndex, vectors: ExactVectors) -> None:
    """Also before anybody has told the vectors."""
    index.apply([], removed=[CHILDREN])
    index.commit(6)
    assert vectors.holding([CHILDREN])
    assert CHILDREN not in ids(index.search(Query(HAEMORRHAGE)))
    assert CHILDREN not in ids(index.search(Query("sirolimus thrombocytopenia children")))


def test_an_advanced_query_is_of_words_alone(index: FusedIndex, words: TantivyIndex, encoder: Meanings) -> None:
    """A librarian gets exactly what the query says, and nothing is loaded for it."""
    encoder.broken = AssertionError("asked for a vector")
    query = Query("rapamycin OR haemorrhage", advanced=True)
    assert index.search(query) == words.search(query)


def test_without_vectors_words_answer(words: TantivyIndex, encoder: Meanings) -> None:
    """No vectors yet is no fault and nothing to remark on."""
    for none in (lambda: None, lambda: ExactVectors(VERSION)):
        index = FusedIndex(words, none, encoder.question)
        assert index.search(Query(HAEMORRHAGE)) == words.search(Query(HAEMORRHAGE))


@pytest.mark.parametrize("error", [EncoderError("The graph is damaged.\nmore"), IndexBroken("The vectors are gone.")])
def test_a_leg_that_fails_leaves_the_other_and_says_so(
    index: FusedIndex, words: TantivyIndex, encoder: Meanings, error: Exception
) -> None:
    """The answer is that of the words, with a remark of one line."""
    encoder.broken = error
    hits = index.search(Query("rapamycin"))
    assert hits.hits == words.search(Query("rapamycin")).hits
    assert hits.notes == (f"searched by words alone: {str(error).splitlines()[0]}",)


def test_pages_are_parts_of_one_order(tmp_path: Path, encoder: Meanings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beyond the candidates of both legs; each document comes once, the total is the same on each page."""
    monkeypatch.setattr(module, "DEPTH", 7)
    some = [abstract(f"Quolls {number}", "Quolls " * (1 + number % 5) + "at rest.") for number in range(30)]
    some += [abstract(f"Near {number}", f"Platelets of marsupials, volume {number}.") for number in range(10)]
    words = TantivyIndex(tmp_path / "index", FewConcepts())
    words.apply(some)
    words.commit(1)
    vectors = ExactVectors(VERSION)
    fill(vectors, encoder, some)
    index = FusedIndex(words, lambda: vectors, encoder.question)
    query = Query("haemorrhage of quolls", limit=100)
    whole = index.search(query)
    assert whole.total == len(whole.hits) == 37
    assert len(set(ids(whole))) == 37
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    pages = [index.search(replace(query, limit=4, offset=start)) for start in range(0, 44, 4)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {37}


def test_ties_come_in_the_order_of_document_ids(tmp_path: Path, encoder: Meanings) -> None:
    """Equal documents are told apart by nothing but their ids."""
    twins = [abstract("Twin", "Quolls alike.", work=f"w{number:012}", licence=str(number)) for number in range(20)]
    words = TantivyIndex(tmp_path / "index", FewConcepts())
    words.apply(twins)
    words.commit(1)
    vectors = ExactVectors(VERSION)
    fill(vectors, encoder, twins)
    hits = FusedIndex(words, lambda: vectors, encoder.question).search(Query("quolls", limit=20))
    assert ids(hits) == sorted(holding.document.id for holding in twins)


class TestWhatIsEmbedded:
    """Pieces of a document."""

    def test_a_short_document_is_one_piece(self) -> None:
        """Title and abstract, once."""
        (piece,) = pieces(LIBRARY[0].document)
        assert piece.text.startswith("Sirolimus in immune thrombocytopenia\nThirteen children")

    def test_a_long_one_is_its_abstract_and_its_passages(self) -> None:
        """Each passage stands under its headings; what may not be quoted is left out."""
        article = long_article("Marsupials", "An overview.", {"Care": [FILLER], "Results": ["Numbats recovered."]})
        found = pieces(article.document)
        assert found[0].text == "Marsupials\nAn overview."
        assert any(piece.text.startswith("Marsupials\nCare\n") for piece in found)
        assert all("Wallabies" not in piece.text for piece in found)
        assert len({piece.span for piece in found}) == len(found)

    def test_a_very_long_one_is_capped(self) -> None:
        """What comes after is found by its words."""
        article = long_article("A book", "", {f"Chapter {number}": [FILLER * 2] for number in range(MOST + 50)})
        assert len(pieces(article.document)) == MOST
