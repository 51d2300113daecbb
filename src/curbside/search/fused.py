"""Two legs: words find what is said so, meaning finds what is said otherwise, and a weighted sum orders both.

Each leg's scores are spread from 0 to 1 over the candidates and added, meaning with the weight `WEIGHT` (min-max sum;
Fox and Shaw 1994, Bruch and others 2023). Candidates are the best `DEPTH` documents of each leg, so that the order
does not depend on the page that is asked for; what the words find beyond them follows in the order of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curbside.errors import CurbsideError, EncoderError, IndexBroken
from curbside.records import Facets, Filters, Hit, Hits, Holding, Order, Query
from curbside.search.base import Index, Near, Vectors
from curbside.search.expand import planned
from curbside.search.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

WEIGHT = 0.5
"""Weight of meaning, of words 1 - it.

Learned on 809 claims over 5,183 abstracts with all-MiniLM-L6-v2 (`python -m evals retrieval`): of five folds over the
claims four chose 0.5 on the others, one 0.55.
"""

DEPTH = 100
"""Documents that each leg puts forward."""

FILTERED = 5
"""Filters leave out what is nearest: so many times as many documents are looked through then."""

LEAST = 0.2
"""Cosine below which a document that shares no word with the question is no hit."""

Embed = Callable[[str], "NDArray[np.float32]"]
"""Gives the vector of a question, shape `(dimensions,)`."""


@dataclass(frozen=True, slots=True)
class Legs:
    """What both legs say of a question.

    Attributes:
        words: BM25 scores of the candidates that share words with the question, by document.
        meaning: cosines of the candidates that have vectors, by document.
    """

    words: Mapping[str, float]
    meaning: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both legs put forward.

    Attributes:
        legs: their scores.
        hits: a hit for each candidate, by document, with the score of the leg that found it.
        total: documents that match in all.
    """

    legs: Legs
    hits: Mapping[str, Hit]
    total: int


def fused(legs: Legs, weight: float) -> dict[str, float]:
    """Return the weighted sum of each candidate, from 0 to 1.

    A candidate that shares no word has 0 of the words. One that has no vector yet is not held back for it: its words
    speak for both.
    """
    words = _spread(legs.words, 0.0)
    meaning = _spread(legs.meaning, min(legs.meaning.values(), default=0.0))
    scores: dict[str, float] = {}
    for document in legs.words.keys() | legs.meaning.keys():
        said = words.get(document, 0.0)
        scores[document] = round((1 - weight) * said + weight * meaning.get(document, said), 6)
    return scores


def _spread(scores: Mapping[str, float], least: float) -> dict[str, float]:
    most = max(scores.values(), default=0.0)
    if most <= least:
        return dict.fromkeys(scores, 1.0)
    return {document: (score - least) / (most - least) for document, score in scores.items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was found out for a question: its vector, and the `depth` nearest as of a commit of the vectors."""

    text: str
    vector: NDArray[np.float32]
    mark: tuple[str, int] = ("", 0)
    depth: int = 0
    near: tuple[Near, ...] = ()


class FusedIndex:
    """An `Index` over an index of words, vectors and an encoder.

    What changes the index changes the words alone: vectors follow the store behind it (`curbside.workflows.embed`).
    An advanced query, and one among named documents or by year, is answered by the words alone. So is every question
    while there are no vectors, or where they or the encoder fail; then `Hits.notes` says why.

    Every hit is held by the index of words and meets the filters: a document that was removed is never found by its
    vectors. `Hits.total` counts the documents that share words with the question, and those among the `DEPTH` nearest
    in meaning that share none; it is the same on each page. Where the filters ask for a concept that the question
    names, meaning orders what the words find and puts nothing forward.
    """

    def __init__(
        self, words: Index, vectors: Callable[[], Vectors | None], embed: Embed, weight: float = WEIGHT
    ) -> None:
        """Search `words` and `vectors` together.

        `vectors` is asked for them at each question, and may have none or fail; `embed` gives a question's vector.
        """
        self.words = words
        self._vectors = vectors
        self._embed = embed
        self._weight = weight
        self._last: _Asked | None = None

    @property
    def seq(self) -> int:
        """Last change of the store that the index of words holds."""
        return self.words.seq

    def apply(self, holdings: Iterable[Holding], removed: Iterable[str] = ()) -> None:
        """Take in documents and drop the removed ones, in the index of words."""
        self.words.apply(holdings, removed)

    def commit(self, seq: int) -> None:
        """Make what was applied visible and durable, in the index of words."""
        self.words.commit(seq)

    def clear(self) -> None:
        """Drop everything with the next commit, in the index of words."""
        self.words.clear()

    def among(self, documents: Sequence[str], filters: Filters) -> Mapping[str, str]:
        """Return those of `documents` that are held and meet the filters, with their works."""
        return self.words.among(documents, filters)

    def facets(self, query: Query) -> Facets:
        """Count what the documents are like that share words with the question."""
        return self.words.facets(query)

    def like(self, sample: Sample, limit: int) -> list[Hit]:
        """Return the documents that say most of what a sample says."""
        return self.words.like(sample, limit)

    def venues(self) -> tuple[tuple[str, int], ...]:
        """Return the journals of the documents held with their counts."""
        return self.words.venues()

    def count(self) -> int:
        """Number of passages in the index of words."""
        return self.words.count()

    def state(self) -> str:
        """Tell how the index of words is."""
        return self.words.state()

    def close(self) -> None:
        """Let go of the files and locks of the index of words; the vectors are shared, and not ours to close."""
        self.words.close()

    def search(self, query: Query) -> Hits:
        """Return the documents that match, best first; ties in the order of document ids."""
        by_year = query.order is not Order.BEST
        if query.advanced or query.among or query.limit <= 0 or by_year or not _asks(query):
            return self.words.search(query)
        try:
            candidates = self.candidates(query)
        except (EncoderError, IndexBroken) as error:
            hits = self.words.search(query)
            return replace(hits, notes=(*hits.notes, f"searched by words alone: {_first_line(error)}"))
        return self._ranked(query, candidates) if candidates is not None else self.words.search(query)

    def candidates(self, query: Query) -> Candidates | None:
        """Return what both legs put forward for a plain question, or None while there are no vectors.

        Raises:
            EncoderError: if the encoder cannot be used.
            IndexBroken: if the vectors or the index of words are damaged.
        """
        vectors = self._vectors()
        if vectors is None or not vectors.count():
            return None
        best = self.words.search(replace(query, limit=DEPTH, offset=0))
        vector = self._vector(query.text)  # after the words: a first question waits for the encoder, which is loaded
        found = {hit.document: hit for hit in best.hits}
        nearest: Sequence[Near] = ()
        if not _all_named(query):
            nearest = self._nearest(query.text, vectors, vector, _depth(query))
        few = len(nearest) <= DEPTH
        if few:  # those that share words are known as held by that; only the others are asked for
            found |= self._rescored(query, [each.document for each in nearest if each.document not in found])
        near, works = self._held(query, nearest, found)
        if not few:
            found |= self._rescored(query, [document for document in works if document not in found])
        near |= {each.document: each for each in vectors.scored(vector, [each for each in found if each not in near])}
        alone = [each for each in works if each not in found and near[each].score >= LEAST]
        by_meaning = {each: Hit(each, works[each], near[each].span, near[each].score) for each in alone}
        legs = Legs(
            {document: hit.score for document, hit in found.items()},
            {document: near[document].score for document in (*found, *alone) if document in near},
        )
        return Candidates(legs, {**found, **by_meaning}, best.total + len(alone))

    def _ranked(self, query: Query, candidates: Candidates) -> Hits:
        scores = fused(candidates.legs, self._weight)
        order = sorted(scores, key=lambda document: (-scores[document], document))
        first = max(query.offset, 0)
        last = first + query.limit
        hits = [replace(candidates.hits[document], score=scores[document]) for document in order[first:last]]
        if last > len(order) and candidates.total > len(order):
            least = scores[order[-1]] if order else 1.0
            further = self._further(query, candidates.hits, last, least)
            hits += further[max(first - len(order), 0) : last - len(order)]
        return Hits(query, tuple(hits), candidates.total)

    def _vector(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question; that of the last one is kept, since an answer searches several times."""
        last = self._last
        if last is None or last.text != text:
            last = self._last = _Asked(text, self._embed(text))
        return last.vector

    def _nearest(self, text: str, vectors: Vectors, vector: NDArray[np.float32], depth: int) -> Sequence[Near]:
        """Return the documents nearest to a question; what was found for the last one is kept, while it holds."""
        mark = (vectors.version, vectors.seq)
        last = self._last
        if last is not None and last.text == text and last.mark == mark and last.depth >= depth:
            return last.near[:depth]
        near = vectors.nearest(vector, depth)
        self._last = _Asked(text, vector, mark, depth, tuple(near))
        return near

    def _held(
        self, query: Query, nearest: Sequence[Near], found: Mapping[str, Hit]
    ) -> tuple[dict[str, Near], dict[str, str]]:
        """Return the nearest documents that are held and meet the filters, as those found do, and their works."""
        works = {each.document: found[each.document].work for each in nearest if each.document in found}
        rest = [each.document for each in nearest if each.document not in works]
        works |= self.words.among(rest, query.filters) if rest else {}
        kept = [each for each in nearest if each.document in works][:DEPTH]
        return {each.document: each for each in kept}, {each.document: works[each.document] for each in kept}

    def _rescored(self, query: Query, documents: list[str]) -> dict[str, Hit]:
        """Return what the words say of some documents beyond the best."""
        if not documents:
            return {}
        hits = self.words.search(replace(query, limit=len(documents), offset=0, among=tuple(documents)))
        return {hit.document: hit for hit in hits.hits}

    def _further(self, query: Query, known: Container[str], last: int, least: float) -> list[Hit]:
        """Return what the words find beyond the candidates, in their order, scored no higher than those."""
        every = self.words.search(replace(query, limit=last + DEPTH, offset=0)).hits
        most = every[0].score if every else 1.0
        share = (1 - self._weight) / most if most > 0 else 0.0
        return [
            replace(hit, score=min(least, round(share * hit.score, 6))) for hit in every if hit.document not in known
        ]


def _asks(query: Query) -> bool:
    """Tell whether a question has a word or a concept to be looked up; stop words alone find nothing."""
    plan = planned(query)
    return bool(plan.words or plan.named)


def _depth(query: Query) -> int:
    """Return how many of the nearest are looked through."""
    return DEPTH if query.filters == Filters() else DEPTH * FILTERED


def _all_named(query: Query) -> bool:
    """Tell whether the filters ask for a concept of the question: the words then find whatever passes them."""
    asked = {expansion.concept for expansion in query.expansions}
    return not asked.isdisjoint((*query.filters.drugs, *query.filters.conditions))


def _first_line(error: CurbsideError) -> str:
    return str(error).partition("\n")[0]
