"""What all vectors do: one suite for those on disk and those in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("faiss", reason="vectors need the extra `encoder`")
import numpy as np

from curbside.records import Span
from curbside.search import vectors_flat
from curbside.search.base import Embedded, Vectors
from curbside.search.vectors_exact import ExactVectors
from curbside.search.vectors_faiss import FaissVectors

VERSION = "v1"
SIZE = 48


def unit(*seeds: int) -> Any:
    """Rows of unit length, each drawn from its seed."""
    rows = np.stack([np.random.default_rng(seed).standard_normal(SIZE) for seed in seeds])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def embedded(document: str, *seeds: int) -> Embedded:
    """A document of as many pieces as there are seeds."""
    return Embedded(document, tuple(Span(10 * place, 10 * place + 9) for place in range(len(seeds))), unit(*seeds))


@pytest.fixture(params=("faiss", "few", "exact"))
def vectors(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vectors]:
    """Vectors that never held anything; those on disk as many, which faiss searches, and as few, which numpy does."""
    if request.param == "faiss":
        monkeypatch.setattr(vectors_flat, "FEW", 0)
    made: Vectors = ExactVectors(VERSION) if request.param == "exact" else FaissVectors(tmp_path, VERSION)
    yield made
    made.close()


@pytest.fixture
def three(vectors: Vectors) -> Vectors:
    """Vectors of three documents, one of them of two pieces."""
    vectors.apply([embedded("d1", 1), embedded("d2", 2, 3), embedded("d3", 4)])
    assert vectors.commit(7)
    return vectors


def names(vectors: Vectors, seed: int, limit: int = 9) -> list[str]:
    """Ids of the nearest documents."""
    return [near.document for near in vectors.nearest(unit(seed)[0], limit)]


def test_a_documents_own_vector_is_that_of_its_first_piece(three: Vectors) -> None:
    """So that a text is compared with others without being embedded again; it may have lost a little in keeping."""
    found = three.of("d2")
    assert found is not None
    assert abs(float(np.linalg.norm(found)) - 1.0) < 1e-4
    assert float(found @ unit(2)[0]) > 0.99
    assert three.of("d9") is None


def test_both_keep_the_protocol(vectors: Vectors) -> None:
    """Either can stand where Vectors are asked for."""
    assert isinstance(vectors, Vectors)
    assert vectors.version == VERSION


def test_vectors_that_never_held_anything_are_empty(vectors: Vectors) -> None:
    """Nothing has to be made before the first question."""
    assert (vectors.state(), vectors.seq, vectors.count(), vectors.documents) == ("missing", 0, 0, 0)
    assert vectors.nearest(unit(1)[0], 5) == []
    assert vectors.scored(unit(1)[0], ["d1"]) == []
    assert vectors.holding(["d1"]) == frozenset()


def test_nothing_shows_before_its_commit(vectors: Vectors) -> None:
    """Vectors and the number of the change become visible together."""
    vectors.apply([embedded("d1", 1)])
    assert (vectors.seq, vectors.count(), names(vectors, 1)) == (0, 0, [])
    assert vectors.commit(7)
    assert (vectors.seq, vectors.count(), vectors.documents, vectors.state()) == (7, 1, 1, "ready")
    assert names(vectors, 1) == ["d1"]


def test_the_nearest_come_first_each_document_once(three: Vectors) -> None:
    """A document is as near as its nearest piece, and that piece is shown."""
    best = three.nearest(unit(3)[0], 9)
    assert len(best) == 3
    assert (best[0].document, best[0].span) == ("d2", Span(10, 19))
    assert best[0].score == pytest.approx(1.0, abs=0.01)
    assert [near.score for near in best] == sorted((near.score for near in best), reverse=True)
    assert names(three, 4, limit=1) == ["d3"]
    assert three.nearest(unit(4)[0], 0) == []


def test_scores_are_cosines(three: Vectors) -> None:
    """To within what eight bits a value can hold."""
    question = unit(99)[0]
    expected = {"d1": float(unit(1)[0] @ question), "d3": float(unit(4)[0] @ question)}
    expected["d2"] = max(float(unit(2)[0] @ question), float(unit(3)[0] @ question))
    for near in three.nearest(question, 3):
        assert near.score == pytest.approx(expected[near.document], abs=0.01)


def test_some_documents_are_scored_as_among_all(three: Vectors) -> None:
    """In the order asked for; those without vectors are left out."""
    question = unit(99)[0]
    every = {near.document: near for near in three.nearest(question, 3)}
    assert three.scored(question, ["d3", "nowhere", "d2"]) == [every["d3"], every["d2"]]


def test_which_documents_are_held(three: Vectors) -> None:
    """What has vectors need not be embedded again."""
    assert three.holding(["d2", "d9", "d1"]) == {"d1", "d2"}


def test_a_document_given_again_is_there_once(three: Vectors) -> None:
    """Its former vectors are gone."""
    three.apply([embedded("d2", 5)])
    assert three.commit(8)
    assert (three.count(), three.documents) == (3, 3)
    assert three.nearest(unit(5)[0], 1)[0].document == "d2"
    assert three.nearest(unit(3)[0], 1)[0].score < 0.9


def test_a_removed_document_is_gone(three: Vectors) -> None:
    """A removal shows with its commit; one of an unknown id is no fault."""
    three.apply([], removed=["d2", "d9"])
    assert three.commit(8)
    assert (three.count(), three.documents, three.seq) == (2, 2, 8)
    assert set(names(three, 3)) == {"d1", "d3"}
    assert three.scored(unit(3)[0], ["d2"]) == []


def test_a_document_may_come_and_go_in_one_commit(three: Vectors) -> None:
    """The last word counts."""
    three.apply([embedded("d4", 6)])
    three.apply([], removed=["d4"])
    three.apply([embedded("d1", 1)], removed=["d1"])
    assert three.commit(8)
    assert three.holding(["d1", "d4"]) == {"d1"}


def test_a_document_without_pieces_is_none(vectors: Vectors) -> None:
    """What has no words has no vector."""
    vectors.apply([Embedded("d1", (), np.zeros((0, SIZE), np.float32))])
    assert vectors.commit(1)
    assert (vectors.count(), vectors.documents, vectors.seq) == (0, 0, 1)


def test_a_commit_after_another_one_than_thought_is_refused(three: Vectors) -> None:
    """Whoever was overtaken drops what it made, and nothing is skipped."""
    three.apply([embedded("d4", 6)])
    assert not three.commit(9, after=3)
    assert (three.seq, three.count()) == (7, 4)
    assert three.commit(8, after=7)
    assert three.holding(["d4"]) == frozenset()


def test_clear_drops_everything_at_once(three: Vectors) -> None:
    """What was applied before too; then they can be filled again."""
    three.apply([embedded("d4", 6)])
    three.clear()
    assert (three.seq, three.count(), three.documents, names(three, 1)) == (0, 0, 0, [])
    three.apply([embedded("d5", 1)])
    assert three.commit(2)
    assert names(three, 1) == ["d5"]


def test_ties_come_in_the_order_of_document_ids(vectors: Vectors) -> None:
    """Equal vectors are told apart by nothing but the ids of their documents."""
    for start in (40, 0, 20):
        vectors.apply([embedded(f"d{number:02}", 1) for number in range(start, start + 20)])
        assert vectors.commit(start + 1)
    assert names(vectors, 1, limit=60) == [f"d{number:02}" for number in range(60)]


def test_closed_vectors_drop_what_was_not_committed(three: Vectors) -> None:
    """A process that dies between apply and commit leaves the last commit."""
    three.apply([embedded("d4", 6)])
    three.close()
    assert three.commit(8)
    assert three.holding(["d4", "d1"]) == {"d1"}


def test_many_documents_of_many_pieces(vectors: Vectors) -> None:
    """As many documents as asked for come, however many pieces the first of them have."""
    vectors.apply([embedded("long", *[1] * 300), *(embedded(f"d{number}", number) for number in range(2, 40))])
    assert vectors.commit(1)
    assert len(names(vectors, 1, limit=20)) == 20
    assert names(vectors, 1, limit=20)[0] == "long"
