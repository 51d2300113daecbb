"""Figures from which the learned ranker tells which sentences answer a question.

Each figure is of one sentence, one question and the other sentences at hand; which there are, and in which order, is
told by `names`. Figures that need an encoder or likeness of spellings are left out where the pool has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curbside.answer.ranker_pool import Overlap, Pool, Row, overlap, saturated
from curbside.answer.ranker_reading import ASKED, SAID, AskedRead

TAUGHT, MOST = 100, 200
"""Sentences looked at for one question, the best by words (and vectors) first: in training, and in ranking."""

_FEEDBACK = (3, 10)
"""Sentences taken for right ones, whose words and vectors are looked for in the others (Rocchio 1971)."""
_NEAR = (20, 60)
"""Sentences on the subject, among which what is asked must stand out."""
_SHARP = 0.08
_FURTHER, _MOST_FURTHER = 0.4, 24
_TENTH = 9


@dataclass(frozen=True, slots=True)
class Figures:
    """Sentences looked at, and what was seen of each.

    Attributes:
        chosen: their places in the pool, best first as words (and vectors) go.
        rows: figures, sentences by names.
        names: of the columns.
    """

    chosen: NDArray[np.int64]
    rows: NDArray[np.float32]
    names: tuple[str, ...]


def figures(asked: AskedRead, pool: Pool, vector: NDArray[np.float32] | None = None, most: int = MOST) -> Figures:
    """Return the figures of the sentences that a question may choose among; `vector` is the question's."""
    seen = overlap(asked, pool, vector)
    chosen = np.argsort(-seen.first, kind="stable")[:most]
    columns: dict[str, Row] = {}
    for name, row in {**_scores(asked, pool, seen, chosen), **_meaning(pool, seen, chosen, vector)}.items():
        columns.update(_placed(name, row))
    columns.update(_standing_out(seen, chosen))
    columns.update(_of_sentence(asked, pool, chosen))
    columns.update(_concepts(asked, pool, chosen))
    if pool.vectors is not None and vector is not None:
        columns.update(_centred(pool.vectors, vector, chosen))
    rows = np.stack([np.broadcast_to(row, len(chosen)) for row in columns.values()], axis=1)
    return Figures(chosen, rows.astype(np.float32), tuple(columns))


def _placed(name: str, row: Row) -> dict[str, Row]:
    """A score by itself, as a share of the best, by its place, and how far it is above the tenth."""
    order = np.argsort(-row, kind="stable")
    place = np.empty(len(row))
    place[order] = np.arange(len(row))
    tenth = row[order[min(_TENTH, len(row) - 1)]]
    return {
        name: row,
        f"{name} / best": row / (abs(float(row[order[0]])) + 1e-9),
        f"{name} place": place,
        f"{name} over tenth": row - tenth,
    }


def _scores(asked: AskedRead, pool: Pool, seen: Overlap, chosen: NDArray[np.int64]) -> dict[str, Row]:
    held, around = seen.held[chosen], seen.around[chosen]
    total = float(seen.rarity.sum()) + 1e-9
    sentences = [pool.sentences[at] for at in _places(chosen)]
    further = _further(asked, pool, chosen)
    paired = np.array([[pair in each.pairs for pair in asked.pairs] for each in sentences], float)
    paired = paired.reshape(len(chosen), len(asked.pairs))
    rare = np.log(1 + len(chosen) / (paired.sum(axis=0) + 1))
    made = {
        "words": seen.words[chosen],
        "source": seen.source[chosen],
        "covered": held @ seen.rarity / total,
        "source covered": around @ seen.rarity / total,
        "hits": held.sum(axis=1).astype(float),
        "pairs": paired @ rare / (rare.sum() + 1e-9),
        "further": seen.words[chosen] + further,
        "source further": seen.source[chosen] + _best_of_source(further, pool, chosen),
        "first": seen.first[chosen],
    }
    for most in _FEEDBACK:
        made[f"feedback {most}"] = _feedback(pool, chosen, _trust(seen.first[chosen][:most]))
    if pool.letters is not None:
        one, two = pool.letters.likeness(asked.text)
        made |= {"letters": one[chosen], "source letters": two[chosen]}
    return made


def _further(asked: AskedRead, pool: Pool, chosen: NDArray[np.int64]) -> Row:
    """What other names of what is asked about add to the words."""
    stems = [stem for stem in asked.further if stem in pool.held][:_MOST_FURTHER]
    if not stems:
        return np.zeros(len(chosen))
    counts = np.array([[pool.sentences[at].counts.get(stem, 0) for stem in stems] for at in _places(chosen)], float)
    rarity = np.array([pool.rarity(stem) for stem in stems])
    return _FURTHER * (saturated(counts, pool.sizes[chosen], 0.75) @ rarity)


def _best_of_source(row: Row, pool: Pool, chosen: NDArray[np.int64]) -> Row:
    best = np.zeros(len(pool.source_sizes))
    np.maximum.at(best, pool.sources[chosen], row)
    return best[pool.sources[chosen]]


def _places(chosen: NDArray[np.int64]) -> list[int]:
    return [int(at) for at in chosen]


def _trust(first: Row) -> Row:
    powers = np.exp((first - first.max()) / _SHARP)
    return powers / powers.sum()


def _feedback(pool: Pool, chosen: NDArray[np.int64], trust: Row) -> Row:
    wanted: dict[str, float] = {}
    for at, share in zip(_places(chosen), trust):
        for stem, weight in pool.weights(at).items():
            wanted[stem] = wanted.get(stem, 0.0) + float(share) * weight
    length = sum(value * value for value in wanted.values()) ** 0.5 or 1.0
    given = wanted.get
    sums = [sum(weight * given(stem, 0.0) for stem, weight in pool.weights(at).items()) for at in _places(chosen)]
    return np.array(sums) / length


def _meaning(
    pool: Pool, seen: Overlap, chosen: NDArray[np.int64], vector: NDArray[np.float32] | None
) -> dict[str, Row]:
    if pool.vectors is None or pool.means is None or vector is None or seen.cosine is None or seen.nearest is None:
        return {}
    mine = pool.vectors[chosen]
    made = {
        "meaning": seen.cosine[chosen],
        "source meaning": (pool.means @ vector)[pool.sources[chosen]].astype(float),
        "nearest meaning": seen.nearest[chosen],
    }
    for most in _FEEDBACK:
        centre = _trust(seen.first[chosen][:most]) @ mine[:most]
        made[f"feedback meaning {most}"] = mine @ (centre / (np.linalg.norm(centre) + 1e-9))
    return made


def _centred(vectors: NDArray[np.float32], vector: NDArray[np.float32], chosen: NDArray[np.int64]) -> dict[str, Row]:
    """Cosines without what all sentences on the subject share: what is left is what is asked of it."""
    made: dict[str, Row] = {}
    mine = vectors[chosen]
    for near in _NEAR:
        for share in (0.6, 1.0):
            centre = share * mine[:near].mean(axis=0)
            one, many = vector - centre, mine - centre
            length = np.linalg.norm(many, axis=1) * np.linalg.norm(one) + 1e-9
            made[f"centred meaning {near} {share}"] = (many @ one / length).astype(float)
    return made


def _standing_out(seen: Overlap, chosen: NDArray[np.int64]) -> dict[str, Row]:
    """How the words that tell sentences on the subject apart are covered, and which are missing."""
    held, around, rarity = seen.held[chosen].astype(float), seen.around[chosen].astype(float), seen.rarity
    made: dict[str, Row] = {}
    for near in _NEAR:
        many, mine = min(near, len(chosen)), held[:near].sum(axis=0)
        local = np.log(1 + (many - mine + 0.5) / (mine + 0.5))
        both = local * rarity
        made[f"apart {near}"] = held @ local / (local.sum() + 1e-9)
        made[f"apart and rare {near}"] = held @ both / (both.sum() + 1e-9)
        made[f"source apart and rare {near}"] = around @ both / (both.sum() + 1e-9)
    order = np.argsort(-rarity, kind="stable")
    second = order[min(1, len(order) - 1)]
    made |= {
        "rarest": held[:, order[0]],
        "source rarest": around[:, order[0]],
        "second rarest": held[:, second],
        "missing": (1 - held) @ rarity,
        "most missing": ((1 - held) * rarity).max(axis=1),
        "source most missing": ((1 - around) * rarity).max(axis=1),
        "unknown": np.full(len(chosen), float((~seen.held.any(axis=0)).sum())),
        "first word": held[:, 0],
        "last word": held[:, -1],
    }
    return made


def _of_sentence(asked: AskedRead, pool: Pool, chosen: NDArray[np.int64]) -> dict[str, Row]:
    sentences = [pool.sentences[at] for at in _places(chosen)]
    wants = dict(zip(ASKED, asked.cues))
    cues = np.array([each.cues for each in sentences], float).reshape(len(chosen), len(SAID))
    defines = [wants["name"] and any(f"({word}" in each.text for word in asked.printed) for each in sentences]
    printed = [sum(word in each.text for word in asked.printed) / max(1, len(asked.printed)) for each in sentences]
    numbers = np.array([each.numbers for each in sentences], float)
    made = {
        "printed": np.array(printed),
        "defines": np.array(defines, float),
        "numbers asked for": numbers * wants["how many"],
        "size": pool.sizes[chosen],
        "title": pool.titles[chosen].astype(float),
        "printed words": np.array([float(len(asked.printed))]),
        "question size": np.array([float(asked.size)]),
        "further names": np.array([float(len(asked.further))]),
    }
    made |= {f"says {name}": cues[:, at] for at, name in enumerate(SAID)}
    made |= {f"asks {name}": np.array([float(held)]) for name, held in wants.items()}
    return made


def _concepts(asked: AskedRead, pool: Pool, chosen: NDArray[np.int64]) -> dict[str, Row]:
    """Concepts of the question that a sentence and its source name."""
    many = max(1, len(asked.concepts))
    mine = [pool.concepts[at] for at in _places(chosen)]
    theirs = [pool.source_concepts[at] for at in _places(pool.sources[chosen])]
    own = [sum(not ids.isdisjoint(named) for ids in asked.concepts) for named in mine]
    around = [sum(not ids.isdisjoint(named) for ids in asked.concepts) for named in theirs]
    return {
        "concepts": np.array(own) / many,
        "source concepts": np.array(around) / many,
        "concepts missing": len(asked.concepts) - np.array(own, float),
        "source concepts missing": len(asked.concepts) - np.array(around, float),
        "concepts asked": np.array([float(len(asked.concepts))]),
        "concepts named": np.array([float(len(named)) for named in mine]),
    }


def columns(names: Sequence[str], wanted: Sequence[str]) -> NDArray[np.int64]:
    """Return where `wanted` columns stand among `names`.

    Raises:
        ValueError: if one of them is not there.
    """
    place = {name: at for at, name in enumerate(names)}
    missing = [name for name in wanted if name not in place]
    if missing:
        raise ValueError(f"figures that were not made: {', '.join(missing)}")
    return np.array([place[name] for name in wanted], np.int64)
