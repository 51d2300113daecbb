"""The sentences at hand, and how a question's words stand in them and in the sources that they come from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from curbside.answer.ranker_letters import Letters
from curbside.answer.ranker_reading import AskedRead, SentenceRead

Row = NDArray[np.float64]

_K1, _B, _B_SOURCE = 1.2, 0.75, 0.4
_MANY = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Sentences among which a question chooses.

    Attributes:
        sentences: as they were read.
        sources: for each sentence the source it stands in, from 0 without gaps.
        titles: for each whether it is a title.
        concepts: ids of the concepts that each names.
        vectors: a row a sentence, each of unit length, by an encoder; None without one.
        letters: likeness of spellings; None where nobody needs it.
        held: content stem -> sentences that hold it.
        sizes: content words of each sentence, repeats counted.
        source_sizes: the same of each source.
        source_concepts: ids of the concepts that each source names.
        means: for each source the mean of its vectors, of unit length; None without vectors.
        postings: content stem -> the sentences that hold it and how often, for a pool of very many.
        unit: weights of the stems of a sentence, of unit length, as they were asked for.
    """

    sentences: Sequence[SentenceRead]
    sources: NDArray[np.int64]
    titles: NDArray[np.bool_]
    concepts: Sequence[frozenset[str]]
    vectors: NDArray[np.float32] | None
    letters: Letters | None
    held: Mapping[str, int]
    sizes: Row
    source_sizes: Row
    source_concepts: Sequence[frozenset[str]]
    means: NDArray[np.float32] | None
    postings: Mapping[str, tuple[list[int], list[int]]] | None = None
    unit: dict[int, dict[str, float]] = field(default_factory=dict[int, dict[str, float]])

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is among the sentences (Robertson and Spärck Jones 1976)."""
        held, many = self.held.get(stem, 0), len(self.sentences)
        return math.log(1 + (many - held + 0.5) / (held + 0.5))

    def weights(self, at: int) -> dict[str, float]:
        """Return the weight of each stem of a sentence, by rarity and saturated count; of unit length together."""
        found = self.unit.get(at)
        if found is None:
            read = self.sentences[at]
            norm = _K1 * (1 - _B + _B * read.size / max(1e-9, float(self.sizes.mean())))
            found = {stem: self.rarity(stem) * n * (_K1 + 1) / (n + norm) for stem, n in read.counts.items()}
            length = math.sqrt(sum(value * value for value in found.values())) or 1.0
            found = {stem: value / length for stem, value in found.items()}
            self.unit[at] = found
        return found


def pool_of(
    sentences: Sequence[SentenceRead],
    sources: Sequence[str],
    titles: Sequence[bool],
    concepts: Sequence[frozenset[str]],
    vectors: NDArray[np.float32] | None = None,
    *,
    letters: bool = False,
) -> Pool:
    """Return the pool of sentences; `sources` names for each the source that it stands in."""
    place: dict[str, int] = {}
    of = np.array([place.setdefault(name, len(place)) for name in sources], np.int64)
    held: Counter[str] = Counter()
    for read in sentences:
        held.update(read.counts.keys())
    sizes = np.array([read.size for read in sentences], float)
    named: list[set[str]] = [set() for _ in place]
    for at, ids in zip((int(at) for at in of), concepts):
        named[at] |= ids
    means = None
    if vectors is not None:
        means = np.zeros((len(place), vectors.shape[1]), np.float32)
        np.add.at(means, of, vectors)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return Pool(
        sentences,
        of,
        np.array(titles, bool),
        concepts,
        vectors,
        Letters([read.text for read in sentences], of) if letters else None,
        held,
        sizes,
        np.bincount(of, sizes, minlength=len(place)).astype(float),
        [frozenset(ids) for ids in named],
        means,
        _postings(sentences) if len(sentences) > _MANY else None,
    )


def _postings(sentences: Sequence[SentenceRead]) -> dict[str, tuple[list[int], list[int]]]:
    made: dict[str, tuple[list[int], list[int]]] = {}
    for at, read in enumerate(sentences):
        for stem, n in read.counts.items():
            places, counts = made.setdefault(stem, ([], []))
            places.append(at)
            counts.append(n)
    return made


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the words of a question stand in every sentence of a pool.

    Attributes:
        held: sentences by stems, whether the sentence holds the stem.
        around: the same of the sentence's source.
        rarity: of each stem.
        words: BM25 of each sentence.
        source: BM25 of its source.
        cosine: of its vector with the question's; None without vectors.
        nearest: the best cosine of its source; None without vectors.
        first: the mean of all these, each scaled to between 0 and 1: the order in which sentences are looked at.
    """

    held: NDArray[np.bool_]
    around: NDArray[np.bool_]
    rarity: Row
    words: Row
    source: Row
    cosine: Row | None
    nearest: Row | None
    first: Row


def overlap(asked: AskedRead, pool: Pool, vector: NDArray[np.float32] | None) -> Overlap:
    """Return how the words and the vector of a question stand in a pool (Robertson and Zaragoza 2009)."""
    stems = asked.stems or ("",)
    counts = _counted(pool, stems)
    around = np.zeros((len(pool.source_sizes), len(stems)))
    np.add.at(around, pool.sources, counts)
    rarity = np.array([pool.rarity(stem) for stem in stems])
    words = saturated(counts, pool.sizes, _B) @ rarity
    source = (saturated(around, pool.source_sizes, _B_SOURCE) @ rarity)[pool.sources]
    parts, cosine, nearest = [scaled(words), scaled(source)], None, None
    if pool.vectors is not None and vector is not None:
        cosine = (pool.vectors @ vector).astype(float)
        best = np.full(len(pool.source_sizes), -1.0)
        np.maximum.at(best, pool.sources, cosine)
        nearest = best[pool.sources]
        parts += [scaled(cosine), scaled(nearest)]
    first = sum(parts) / len(parts)
    return Overlap(counts > 0, (around > 0)[pool.sources], rarity, words, source, cosine, nearest, np.asarray(first))


def _counted(pool: Pool, stems: Sequence[str]) -> Row:
    if pool.postings is None:
        return np.array([[read.counts.get(stem, 0) for stem in stems] for read in pool.sentences], float)
    counts = np.zeros((len(pool.sentences), len(stems)))
    for column, stem in enumerate(stems):
        places, held = pool.postings.get(stem, ([], []))
        counts[places, column] = held
    return counts


def saturated(counts: Row, sizes: Row, b: float) -> Row:
    """Return counts as BM25 counts them: each further one adds less, and less in a long text."""
    norm = _K1 * (1 - b + b * sizes / max(1e-9, float(sizes.mean())))
    return counts * (_K1 + 1) / (counts + norm[:, None])


def scaled(row: Row) -> Row:
    """Return figures between 0 and 1, the least and the most of them."""
    low, high = float(row.min()), float(row.max())
    return (row - low) / (high - low + 1e-9)
