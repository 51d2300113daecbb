"""Makes the weights of the learned ranker, from questions with the snippets that answer them (BioASQ, tasks b).

Usage: `python training/ranker.py --train FILE… [--out DIR]`. The same input gives the same weights. The evaluation
(`python -m evals snippets`) trains with `learnt`.

All snippets of the files are one pool; a question's own are its gold. Each question looks at the best `TAUGHT` by words
(and vectors), and small networks (`answer.ranker`) learn which of them are its own: the gradient of a listwise softmax
(Cao et al. 2007) and of a pointwise logistic loss, by Adam (Kingma and Ba 2015). Where scores are cut is chosen on
scores of questions held out in turn. Three rankers are made: with an encoder, without, and a line over few figures for
the sentences of an answer (`answer.ranker_near`), for which each question chooses among the snippets of the sixteen
articles that fit its words best.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from evals.lines import json_lines
from evals.meaning import installed
from numpy.typing import NDArray

from curbside.answer.question import analyse
from curbside.answer.ranker import BOTH, WORDS, Ranker, damped, laid, likely, packed, taken
from curbside.answer.ranker_features import TAUGHT, figures
from curbside.answer.ranker_near import NAMES, NEAR, NearAsked, near_figures, near_read
from curbside.answer.ranker_pool import Pool, overlap, pool_of
from curbside.answer.ranker_reading import AskedRead, asked_read, named_by, sentence_read
from curbside.inference.base import Encoder
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import WORD

SHIPPED = Path(__file__).resolve().parents[1] / "src" / "curbside" / "answer" / "data" / "ranker"

WIDTH, ROUNDS, RATE, PENALTY, DROPPED, LISTWISE, BATCH = 48, 32, 2e-3, 3e-3, 0.2, 0.5, 32
NETWORKS, FOLDS, ARTICLES = 2, 2, 16
_CUTS = tuple(round(0.05 * step, 2) for step in range(1, 15))
_SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the places of its own snippets in the pool."""

    text: str
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Snippets:
    """Questions of files and all their snippets, each once.

    Attributes:
        questions: those that are asked.
        texts, sources, titles: of each snippet its words, its article and whether it is a title.
    """

    questions: tuple[Asked, ...]
    texts: tuple[str, ...]
    sources: tuple[str, ...]
    titles: tuple[bool, ...]


def folded(text: str) -> str:
    """Return the words of a text in lower case, by which two are told to be the same."""
    return " ".join(WORD.findall(text.lower()))


def asked_in(paths: Iterable[Path]) -> frozenset[str]:
    """Return the questions of files, folded."""
    return frozenset(folded(str(row["body"])) for path in paths for row in json_lines(path))


def snippets_of(paths: Iterable[Path], without: frozenset[str] = frozenset()) -> Snippets:
    """Read files; snippets of the same words are one, questions `without` are not asked but their snippets stay.

    Raises:
        ValueError: for a line that is no question with snippets, with file and line.
    """
    own: dict[str, tuple[str, set[int]]] = {}
    place: dict[str, int] = {}
    kept: list[tuple[str, str, bool]] = []
    for row in (row for path in paths for row in json_lines(path)):
        _, mine = own.setdefault(folded(row["body"]), (row["body"], set()))
        for each in row["snippets"]:
            key = folded(each["text"])
            if not key:
                continue
            if key not in place:
                place[key] = len(kept)
                kept.append((each["text"].strip(), each["document"], each.get("beginSection") == "title"))
            mine.add(place[key])
    asked = tuple(Asked(text, frozenset(mine)) for key, (text, mine) in own.items() if key not in without and mine)
    texts, sources, titles = zip(*kept) if kept else ((), (), ())
    return Snippets(asked, texts, sources, titles)


@dataclass(frozen=True, slots=True)
class Task:
    """A pool with its questions as the ranker reads them; vectors where there is an encoder."""

    snippets: Snippets
    pool: Pool
    asked: tuple[AskedRead, ...]
    vectors: Floats | None


def task_of(snippets: Snippets, vocabulary: Vocabulary, encoder: Encoder | None) -> Task:
    """Read snippets and questions, and embed them where there is an encoder."""
    read = [sentence_read(text) for text in snippets.texts]
    concepts = [frozenset(each.concept for each in vocabulary.mentions(text)) for text in snippets.texts]
    vectors = encoder.embed(snippets.texts) if encoder is not None else None
    pool = pool_of(read, snippets.sources, snippets.titles, concepts, vectors, letters=True)
    names = named_by(pair for each in read for pair in each.defined)
    asked = tuple(
        asked_read(each.text, analyse(each.text, vocabulary).expansions, vocabulary, names)
        for each in snippets.questions
    )
    told = encoder.embed([each.text for each in snippets.questions]) if encoder is not None else None
    return Task(snippets, pool, asked, told)


@dataclass(frozen=True, slots=True)
class Lists:
    """Figures of the sentences that each question looks at.

    Attributes:
        chosen: their places in the pool, -1 beyond the last; questions by the longest list.
        rows: figures, questions by the longest list by figures, 0 beyond the last.
        right: which are the question's own.
        names: of the figures.
    """

    chosen: NDArray[np.int64]
    rows: Floats
    right: NDArray[np.bool_]
    names: tuple[str, ...]


def lists_of(task: Task, meaning: bool = True, most: int = TAUGHT) -> Lists:
    """Return the figures of all questions among the whole pool; without `meaning` no vectors are looked at."""
    pool = task.pool if meaning else replace(task.pool, vectors=None, means=None)
    vectors = task.vectors if meaning and task.vectors is not None else [None] * len(task.asked)
    made = [figures(asked, pool, vector, most) for asked, vector in zip(task.asked, vectors)]
    return _stacked([(each.chosen, each.rows, each.names) for each in made], task.snippets.questions)


def near_lists_of(task: Task) -> Lists:
    """Return few figures of all questions, each among the snippets of the articles that fit its words best."""
    made: list[tuple[NDArray[np.int64], Floats, tuple[str, ...]]] = []
    for asked in task.asked:
        seen = overlap(asked, replace(task.pool, vectors=None), None)
        best: dict[int, None] = {}
        for at in np.argsort(-seen.source, kind="stable"):
            best[int(task.pool.sources[at])] = None
            if len(best) > ARTICLES:
                break
        here = np.flatnonzero(np.isin(task.pool.sources, list(best)[:ARTICLES]))
        rows = near_figures(
            NearAsked(asked.stems, asked.pairs, asked.concepts),
            [near_read(task.pool.sentences[at].text) for at in here],
            [str(task.pool.sources[at]) for at in here],
            [task.pool.concepts[at] for at in here],
        )
        made.append((here[:TAUGHT], np.array(rows, np.float32)[:TAUGHT], NAMES))
    return _stacked(made, task.snippets.questions)


def near_learnt(lists: Lists) -> dict[str, float]:
    """Return the weight of each figure: listwise softmax over each question's sentences, by Newton-like descent."""
    from scipy.optimize import minimize

    some = lists.right.any(axis=1) & ~(lists.right | (lists.chosen < 0)).all(axis=1)
    rows, right, inside = lists.rows[some].astype(float), lists.right[some], lists.chosen[some] >= 0
    own = right / right.sum(axis=1, keepdims=True)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = np.where(inside, rows @ weights, -60.0)
        top = scores.max(axis=1, keepdims=True)
        total = np.log(np.exp(scores - top).sum(axis=1, keepdims=True)) + top
        slope = np.einsum("qs,qsf->f", np.exp(scores - total) * inside - own, rows)
        penalty = 0.5 * float(weights @ weights)
        return float((total[:, 0] - (own * scores).sum(axis=1)).sum()) + penalty, slope + weights

    found = minimize(loss, np.zeros(rows.shape[-1]), jac=True, method="L-BFGS-B")
    return {name: round(float(weight), 4) for name, weight in zip(lists.names, found.x)}


def _stacked(made: Sequence[tuple[NDArray[np.int64], Floats, tuple[str, ...]]], questions: Sequence[Asked]) -> Lists:
    names, wide = made[0][2], max(len(places) for places, _, _ in made)
    chosen = np.full((len(made), wide), -1, np.int64)
    rows = np.zeros((len(made), wide, len(names)), np.float32)
    for at, (places, figured, _) in enumerate(made):
        chosen[at, : len(places)], rows[at, : len(places)] = places, figured
    right = np.array([[int(place) in each.own for place in line] for each, line in zip(questions, chosen)])
    return Lists(chosen, rows, right, names)


def part_of(lists: Lists, at: NDArray[np.int64]) -> Lists:
    """Return the lists of some questions."""
    return Lists(lists.chosen[at], lists.rows[at], lists.right[at], lists.names)


def learnt(lists: Lists, own: Sequence[int], networks: int = NETWORKS, folds: int = FOLDS) -> Ranker:
    """Return a ranker trained on all lists; its cut is chosen on lists held out in turn.

    Args:
        lists: figures of each question's sentences.
        own: how many snippets each question has, those included that it does not look at.
        networks: how many are averaged.
        folds: parts that are held out in turn; below 2 the cut is chosen on what was trained on.
    """
    ranker = fitted(lists, networks)
    held = np.zeros(lists.right.shape)
    fold = np.random.default_rng(0).permutation(len(held)) % max(1, folds)
    for part in range(folds if folds > 1 else 0):
        ask, known = np.flatnonzero(fold == part), np.flatnonzero(fold != part)
        if len(ask) and len(known):
            held[ask] = scored(fitted(part_of(lists, known), 1), part_of(lists, ask))
    if folds < 2:
        held = scored(ranker, lists)
    return replace(ranker, cut=cut_of(likely(held), lists.right, own))


def scored(ranker: Ranker, lists: Lists) -> NDArray[np.float64]:
    """Return a score for each sentence of each list, far below all beyond a list's end."""
    made = ranker.of_rows(lists.rows.reshape(-1, lists.rows.shape[-1])).reshape(lists.chosen.shape)
    return np.where(lists.chosen < 0, -60.0, made)


def cut_of(shares: NDArray[np.float64], right: NDArray[np.bool_], own: Sequence[int]) -> tuple[float, float]:
    """Return the cut with the best mean F1 over questions."""
    return max(((low, share) for low in _CUTS for share in _SHARES), key=lambda cut: mean_f1(shares, right, own, cut))


def mean_f1(
    shares: NDArray[np.float64], right: NDArray[np.bool_], own: Sequence[int], cut: tuple[float, float]
) -> float:
    """Return the mean over questions of the F1 of what is taken."""
    found = np.array([taken(row, cut) for row in shares])
    return float(np.mean(2 * (found & right).sum(axis=1) / (found.sum(axis=1) + np.asarray(own))))


def fitted(lists: Lists, networks: int) -> Ranker:
    """Return networks trained on all lists; the cut is left open."""
    inside = lists.chosen.reshape(-1) >= 0
    seen = damped(lists.rows.reshape(-1, lists.rows.shape[-1])[inside])
    middle, scale = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    rows = laid(lists.rows, middle, scale)
    rows[lists.chosen < 0] = 0
    made = [_trained(rows, lists.right, lists.chosen >= 0, seed) for seed in range(networks)]
    hidden, bias, out, straight, level = (np.stack(each) for each in zip(*made))
    return Ranker(lists.names, middle, scale, hidden, bias, out, straight, level.reshape(-1), (0.5, 0.0))


def _trained(rows: Floats, right: NDArray[np.bool_], inside: NDArray[np.bool_], seed: int) -> tuple[Floats, ...]:
    """Train one network; lists without a right sentence teach nothing and are left out."""
    draw, wide = np.random.default_rng(seed), rows.shape[-1]
    weights = [
        (draw.normal(size=(wide, WIDTH)) / np.sqrt(wide)).astype(np.float32),
        np.zeros(WIDTH, np.float32),
        (draw.normal(size=WIDTH) / np.sqrt(WIDTH)).astype(np.float32),
        np.zeros(wide, np.float32),
        np.zeros(1, np.float32),
    ]
    some = np.flatnonzero(right.any(axis=1))
    step = _adam(weights, ROUNDS * -(-len(some) // BATCH))
    for _ in range(ROUNDS):
        mixed = draw.permutation(some)
        for start in range(0, len(mixed), BATCH):
            at = mixed[start : start + BATCH]
            kept = ((draw.random((at.size, WIDTH)) > DROPPED) / (1 - DROPPED)).astype(np.float32)
            step(_slopes(weights, rows[at], right[at], inside[at], np.repeat(kept, rows.shape[1], axis=0)))
    return tuple(weights)


def _slopes(
    weights: Sequence[Floats], rows: Floats, right: NDArray[np.bool_], inside: NDArray[np.bool_], kept: Floats
) -> list[Floats]:
    """Return the gradient of the loss over some lists; `kept` drops parts of the hidden layer."""
    hidden, bias, out, straight, level = weights
    flat = rows.reshape(-1, rows.shape[-1])
    before = flat @ hidden + bias
    after = np.maximum(before, 0) * kept
    scores = np.where(inside, (after @ out + flat @ straight + level[0]).reshape(right.shape), -60.0)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    share = powers / powers.sum(axis=1, keepdims=True)
    many = np.maximum(1, right.sum(axis=1, keepdims=True))
    listwise = (share - right / many) * np.sqrt(np.minimum(many, 10))
    pointwise = (1 / (1 + np.exp(-scores)) - right) / 4
    slope = (LISTWISE * listwise + (1 - LISTWISE) * pointwise) * inside / len(right)
    slope = slope.reshape(-1).astype(np.float32)
    inner = np.outer(slope, out) * kept * (before > 0)
    return [
        flat.T @ inner + PENALTY * hidden,
        inner.sum(axis=0),
        after.T @ slope + PENALTY * out,
        flat.T @ slope + PENALTY * straight,
        slope.sum(keepdims=True),
    ]


def _adam(weights: list[Floats], steps: int) -> Callable[[list[Floats]], None]:
    """Return what moves weights down a slope, by steps that shrink to nothing along a cosine."""
    first, second = [np.zeros_like(each) for each in weights], [np.zeros_like(each) for each in weights]
    done = 0

    def step(slopes: list[Floats]) -> None:
        nonlocal done
        done += 1
        rate = RATE * (1 + np.cos(np.pi * done / steps)) / 2
        for at, slope in enumerate(slopes):
            first[at] += 0.1 * (slope - first[at])
            second[at] += 0.01 * (slope**2 - second[at])
            moved = (first[at] / (1 - 0.9**done)) / (np.sqrt(second[at] / (1 - 0.99**done)) + 1e-7)
            weights[at] -= np.float32(rate) * moved

    return step


def main(arguments: Sequence[str]) -> int:
    """Train on files of questions and write the weights; those with an encoder too, where one is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="questions with snippets, JSON Lines")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the weights")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = installed()
    task = task_of(snippets_of(options.train), Vocabulary.shipped(), encoder)
    own = [len(each.own) for each in task.snippets.questions]
    near = {"weights": near_learnt(near_lists_of(task))}
    (options.out / NEAR).write_text(json.dumps(near, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"file": NEAR, "questions": len(own), **near}))
    for name in (WORDS, BOTH) if encoder is not None else (WORDS,):
        ranker = learnt(lists_of(task, meaning=name == BOTH), own)
        (options.out / name).write_bytes(packed(ranker))
        print(json.dumps({"file": name, "questions": len(own), "figures": len(ranker.names), "cut": ranker.cut}))
    if encoder is None:
        print(f"{BOTH} was left as it is", file=sys.stderr)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "2")
    sys.exit(main(sys.argv[1:]))
