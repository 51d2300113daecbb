"""Fits a small adapter to a sentence encoder, so that it judges the place of a marker in a sentence.

Factors of low rank (Hu et al. 2021, LoRA, arXiv 2106.09685) are added to the matrices of the upper layers; the lower
ones stay as they are and are run once. On top, the state at the marker and the mean over the sentence go through one
matrix to the classes. The network and its slopes are written out in numpy (`training.layers`), which on a processor is
several times faster than what derives slopes by itself, and needs nothing that is not installed anyway.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from training.layers import Floats, Layer, below, softmax

from curbside.inference.adapter import ADAPTED, BIAS, HEAD, Adapter
from curbside.inference.architecture import Architecture

_LAYER = "encoder.layer.{}."
_WARM = 0.1  # share of the steps over which the rate grows
_FIRST, _SECOND, _LITTLE = 0.9, 0.999, 1e-8  # of Adam
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adapter is fitted.

    Attributes:
        rank: of the factors.
        frozen: lower layers that stay as they are.
        epochs: how often each row is seen.
        batch: rows a step.
        rate: highest step of Adam (Kingma & Ba 2015); it grows over a tenth of the steps, then falls to 0.
        decay: what a layer's rate is to that of the layer above.
        drop: share of numbers left out where the fitted layers begin and below the matrix on top.
        shrink: share of a weight that is taken off at each step, times the rate (Loshchilov & Hutter 2019).
    """

    rank: int = 8
    frozen: int = 2
    epochs: int = 3
    batch: int = 16
    rate: float = 1e-3
    decay: float = 0.9
    drop: float = 0.1
    shrink: float = 0.01


class Reading:
    """Rows that the lower layers of an encoder have read; adapters are fitted on, and asked about, any of them."""

    def __init__(
        self, made: Architecture, weights: Mapping[str, Floats], rows: Sequence[tuple[Sequence[int], int]], frozen: int
    ) -> None:
        """Read rows: token ids, and the place of the marker among them."""
        self._made, self._frozen, self._weights = made, frozen, weights
        self._places = [place for _, place in rows]
        self._lengths = [len(ids) for ids, _ in rows]
        self._low: list[Floats] = [np.empty(0, np.float32)] * len(rows)
        for some in _alike(self._lengths, range(len(rows)), _AT_ONCE):
            ids = np.zeros((len(some), max(self._lengths[row] for row in some)), np.int64)
            for at, row in enumerate(some):
                ids[at, : self._lengths[row]] = rows[row][0]
            states = below(made, weights, ids, self._mask(some), frozen)
            for at, row in enumerate(some):
                self._low[row] = states[at, : self._lengths[row]]

    def fitted(
        self, rows: Sequence[int], targets: Floats, worth: Floats, recipe: Recipe, seed: int = 0
    ) -> Adapter:  # fmt: skip
        """Return an adapter learnt from rows.

        `targets` are the shares of the classes, shape `(all rows, classes)`, and `worth` the weight of each row. Of
        another `seed` the factors begin elsewhere and the rows come in another order.
        """
        chance = np.random.default_rng(seed)
        learnt = _begun(self._made, recipe, targets.shape[1], chance)
        rates = {name: _rate(name, self._made, recipe) for name in learnt}
        first, second = ({name: np.zeros_like(value) for name, value in learnt.items()} for _ in range(2))
        steps, done = recipe.epochs * -(-len(rows) // recipe.batch), 0
        for _ in range(recipe.epochs):
            for some in _mixed(self._lengths, rows, recipe.batch, chance):
                done += 1
                share = min(1.0, done / (_WARM * steps)) * (1 - (done - 1) / steps)
                slopes = self._slopes(learnt, some, targets[some], worth[some], recipe, chance)
                size = math.sqrt(sum(float((slope**2).sum()) for slope in slopes.values()))
                for name, slope in slopes.items():
                    slope = slope / max(1.0, size)
                    first[name] += (1 - _FIRST) * (slope - first[name])
                    second[name] += (1 - _SECOND) * (slope**2 - second[name])
                    spread = np.sqrt(second[name] / (1 - _SECOND**done)) + _LITTLE
                    by = first[name] / (1 - _FIRST**done) / spread + recipe.shrink * learnt[name]
                    learnt[name] -= np.float32(share * rates[name]) * by
        return Adapter(learnt)

    def scores(self, adapter: Adapter, rows: Sequence[int]) -> Floats:
        """Return a row of scores, one a class, for each of the rows."""
        found = np.empty((len(rows), len(adapter.parts[BIAS])), np.float32)
        where = {row: at for at, row in enumerate(rows)}
        layers = self._layers(adapter.parts)
        for some in _alike(self._lengths, rows, _AT_ONCE):
            states, mask = self._states(some), self._mask(some)
            for layer in layers:
                states, _ = layer.forward(states, mask)
            both, _ = self._both(states, some, mask)
            found[[where[row] for row in some]] = both @ adapter.parts[HEAD].T + adapter.parts[BIAS]
        return found

    def slopes(self, parts: Mapping[str, Floats], some: Sequence[int], targets: Floats) -> dict[str, Floats]:
        """Return how the mean loss over rows changes with each part of an adapter, nothing left out by chance."""
        recipe = Recipe(frozen=self._frozen, batch=len(some), drop=0.0)
        worth = np.ones(len(some), np.float32)
        return self._slopes(dict(parts), some, targets, worth, recipe, np.random.default_rng(0))

    def _slopes(
        self, learnt: Mapping[str, Floats], some: Sequence[int], targets: Floats, worth: Floats, recipe: Recipe,
        chance: np.random.Generator,
    ) -> dict[str, Floats]:  # fmt: skip
        mask, layers = self._mask(some), self._layers(learnt)
        states, kept = self._states(some), list[Callable[[Floats, bool], tuple[Floats, dict[str, Floats]]]]()
        states = states * _kept(states.shape, recipe.drop, chance)
        for layer in layers:
            states, back = layer.forward(states, mask)
            kept.append(back)
        both, spread = self._both(states, some, mask)
        left = _kept(both.shape, recipe.drop, chance)
        both = both * left
        shares = softmax(both @ learnt[HEAD].T + learnt[BIAS])
        wrong = (shares * targets.sum(1, keepdims=True) - targets) * (worth[:, None] / recipe.batch)
        slopes = {HEAD: wrong.T @ both, BIAS: wrong.sum(0)}
        towards = spread(wrong @ learnt[HEAD] * left)
        for number, back in reversed(list(enumerate(kept))):
            towards, found = back(towards, number > 0)
            slopes |= found
        return slopes

    def _layers(self, parts: Mapping[str, Floats]) -> list[Layer]:
        return [
            Layer(self._made, self._weights, parts, _LAYER.format(number))
            for number in range(self._frozen, self._made.layers)
        ]

    def _states(self, some: Sequence[int]) -> Floats:
        long = max(self._lengths[row] for row in some)
        states = np.zeros((len(some), long, self._made.hidden), np.float32)
        for at, row in enumerate(some):
            states[at, : self._lengths[row]] = self._low[row]
        return states

    def _mask(self, some: Sequence[int]) -> Floats:
        lengths = np.array([self._lengths[row] for row in some])
        return (np.arange(lengths.max())[None] < lengths[:, None]).astype(np.float32)

    def _both(self, states: Floats, some: Sequence[int], mask: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
        """Return the state at the marker beside the mean over the sentence, and what takes slopes back."""
        at, place = np.arange(len(some)), np.array([self._places[row] for row in some])
        share = (mask / mask.sum(1, keepdims=True))[..., None]
        hidden = self._made.hidden

        def back(towards: Floats) -> Floats:
            made = share * towards[:, None, hidden:]
            made[at, place] += towards[:, :hidden]
            return made

        return np.concatenate([states[at, place], (states * share).sum(1)], 1), back


def _kept(shape: tuple[int, ...], drop: float, chance: np.random.Generator) -> Floats | np.float32:
    """Return what numbers are multiplied by, so that a share of them is left out and their mean stays."""
    if not drop:
        return np.float32(1)
    return (chance.random(shape, np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)


def _alike(lengths: Sequence[int], rows: Sequence[int], size: int) -> list[list[int]]:
    """Return batches of rows of like length."""
    order = sorted(rows, key=lambda row: (lengths[row], row))
    return [order[at : at + size] for at in range(0, len(order), size)]


def _mixed(lengths: Sequence[int], rows: Sequence[int], size: int, chance: np.random.Generator) -> list[list[int]]:
    """Return batches in a drawn order: rows of like length among each eight batches' worth."""
    order = [int(row) for row in chance.permutation(np.array(rows))]
    made = [some for at in range(0, len(order), 8 * size) for some in _alike(lengths, order[at : at + 8 * size], size)]
    return [made[int(at)] for at in chance.permutation(len(made))]


def _begun(made: Architecture, recipe: Recipe, classes: int, chance: np.random.Generator) -> dict[str, Floats]:
    learnt: dict[str, Floats] = {}
    for number in range(recipe.frozen, made.layers):
        for part in ADAPTED:
            name = _LAYER.format(number) + part
            out = made.intermediate if part == "intermediate.dense" else made.hidden
            into = made.intermediate if part == "output.dense" else made.hidden
            learnt[f"{name}.down"] = (chance.standard_normal((recipe.rank, into)) / math.sqrt(into)).astype(np.float32)
            learnt[f"{name}.up"] = np.zeros((out, recipe.rank), np.float32)
    head = (chance.standard_normal((classes, 2 * made.hidden)) * 0.02).astype(np.float32)
    return learnt | {HEAD: head, BIAS: np.zeros(classes, np.float32)}


def _rate(name: str, made: Architecture, recipe: Recipe) -> float:
    below_top = 0 if name in (HEAD, BIAS) else made.layers - 1 - int(name.split(".")[2])
    return recipe.rate * recipe.decay**below_top
