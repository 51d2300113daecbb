"""A layer of a BERT encoder in numpy, with factors of low rank added to its matrices, and the slopes of those.

Devlin et al. 2019 (doi 10.18653/v1/N19-1423); the order of steps is that of `inference.graph`. Slopes by the chain
rule, from the last step to the first; only factors have any, since everything else stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from curbside.inference.adapter import ADAPTED, SCALE
from curbside.inference.architecture import Architecture

Floats = NDArray[np.float32]
Slopes = dict[str, Floats]
Back = Callable[[Floats, bool], tuple[Floats, Slopes]]
"""Takes slopes of a layer's output back to its input, where that is wanted, and to its factors."""

_SELF = ADAPTED[:3]
_HALF, _BELL = np.float32(math.sqrt(0.5)), np.float32(1 / math.sqrt(2 * math.pi))


def softmax(scores: Floats) -> Floats:
    """Return shares along the last axis that add up to 1."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def below(
    made: Architecture, weights: Mapping[str, Floats], ids: NDArray[np.int64], mask: Floats, layers: int
) -> Floats:
    """Return the states of tokens after the first layers, shape `(texts, tokens, hidden)`."""
    states = weights["embeddings.word_embeddings.weight"][ids]
    states = states + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    states = states + weights["embeddings.token_type_embeddings.weight"][0]
    states, _ = _normed(states, weights, "embeddings.LayerNorm", made)
    for number in range(layers):
        states, _ = Layer(made, weights, {}, f"encoder.layer.{number}.").forward(states, mask)
    return states


class Layer:
    """One layer: attention to each other, then a step of each token by itself; each added and normed."""

    def __init__(
        self, made: Architecture, weights: Mapping[str, Floats], parts: Mapping[str, Floats], name: str
    ) -> None:
        """Take the matrices of the layer whose tensors' names begin with `name`, with the factors in `parts` added."""
        self._made, self._weights, self._parts, self._name = made, weights, parts, name
        self._whole: dict[str, Floats] = {}
        for part in ADAPTED:
            whole = weights[f"{name}{part}.weight"]
            if f"{name}{part}.down" in parts:
                whole = whole + np.float32(SCALE) * (parts[f"{name}{part}.up"] @ parts[f"{name}{part}.down"])
            self._whole[part] = whole

    def forward(self, states: Floats, mask: Floats) -> tuple[Floats, Back]:
        """Return the states after the layer, and what takes slopes back through it."""
        made, name = self._made, self._name
        size = made.hidden // made.heads
        by = np.float32(1 / math.sqrt(size))
        query, key, value = (self._heads(self._linear(states, part)) for part in _SELF)
        near = query @ key.swapaxes(-1, -2) * by + (mask[:, None, None] - 1) * np.float32(1e9)
        shares = softmax(near)
        mixed = self._flat(shares @ value)
        first, first_back = _normed(
            states + self._linear(mixed, ADAPTED[3]), self._weights, f"{name}attention.output.LayerNorm", made
        )
        between = self._linear(first, ADAPTED[4])
        below_mean = np.float32(0.5) * (1 + erf(between * _HALF))
        step = between * below_mean  # GELU, Hendrycks & Gimpel 2016
        last, last_back = _normed(
            first + self._linear(step, ADAPTED[5]), self._weights, f"{name}output.LayerNorm", made
        )

        def back(towards: Floats, further: bool) -> tuple[Floats, Slopes]:
            slopes: Slopes = {}
            on_sum = last_back(towards)
            on_step = self._back(on_sum, step, ADAPTED[5], slopes)
            bell = _BELL * np.exp(np.float32(-0.5) * between**2)
            on_first = on_sum + self._back(on_step * (below_mean + between * bell), first, ADAPTED[4], slopes)
            on_sum = first_back(on_first)
            on_mixed = self._heads(self._back(on_sum, mixed, ADAPTED[3], slopes))
            on_shares = on_mixed @ value.swapaxes(-1, -2)
            on_near = shares * (on_shares - (on_shares * shares).sum(-1, keepdims=True)) * by
            ways = (on_near @ key, on_near.swapaxes(-1, -2) @ query, shares.swapaxes(-1, -2) @ on_mixed)
            down = on_sum
            for part, way in zip(_SELF, ways):
                into = self._back(self._flat(way), states, part, slopes, further)
                down = down + into if further else down
            return down, slopes

        return last, back

    def _linear(self, values: Floats, part: str) -> Floats:
        rows = values.reshape(-1, values.shape[-1]) @ self._whole[part].T + self._weights[f"{self._name}{part}.bias"]
        return rows.reshape(*values.shape[:-1], -1)

    def _back(self, towards: Floats, values: Floats, part: str, slopes: Slopes, further: bool = True) -> Floats:
        """Put the slopes of a matrix's factors among `slopes` and return those of what went into it."""
        flat, into = towards.reshape(-1, towards.shape[-1]), values.reshape(-1, values.shape[-1])
        down, up = (self._parts[f"{self._name}{part}.{end}"] for end in ("down", "up"))
        slopes[f"{self._name}{part}.up"] = np.float32(SCALE) * (flat.T @ (into @ down.T))
        slopes[f"{self._name}{part}.down"] = np.float32(SCALE) * ((flat @ up).T @ into)
        return (flat @ self._whole[part]).reshape(*towards.shape[:-1], -1) if further else towards

    def _heads(self, values: Floats) -> Floats:
        made = self._made
        return values.reshape(*values.shape[:2], made.heads, made.hidden // made.heads).transpose(0, 2, 1, 3)

    def _flat(self, values: Floats) -> Floats:
        return values.transpose(0, 2, 1, 3).reshape(values.shape[0], values.shape[2], -1)


def _normed(
    values: Floats, weights: Mapping[str, Floats], name: str, made: Architecture
) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Return values normed (Ba et al. 2016, arXiv 1607.06450), and what takes slopes back."""
    middle = values - values.mean(-1, keepdims=True)
    rough = 1 / np.sqrt((middle**2).mean(-1, keepdims=True) + np.float32(made.epsilon))
    even = middle * rough
    scale = weights[f"{name}.weight"]

    def back(towards: Floats) -> Floats:
        on = towards * scale
        return rough * (on - on.mean(-1, keepdims=True) - even * (on * even).mean(-1, keepdims=True))

    return even * scale + weights[f"{name}.bias"], back
