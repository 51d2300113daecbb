"""Writes the ONNX graph of a sentence encoder from its weights, in full precision or with weights of eight bits.

Operators are those of ONNX opset 20 and one of onnxruntime's own, `com.microsoft.MultiHeadAttention`, which takes a
tenth to a sixth of the time off that the same attention costs in single steps.

In eight bits each column of a weight matrix has a scale of its own. What flows in is scaled anew at each step over the
whole tensor (`DynamicQuantizeLinear`), so a row depends on whatever else is in the tensor: give the graph one text at a
time, and the text's vector depends on nothing but the text. `inference.local` does so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from curbside.errors import EncoderError
from curbside.inference.architecture import Architecture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[np.float32]]

INPUTS = ("input_ids", "attention_mask")
"""Names of the inputs: token ids and 1 for each token that is text, both int64 of shape (texts, tokens)."""

OUTPUT = "vectors"
"""Name of the output: float32 of shape (texts, hidden), each row of unit length."""

_OPSET = 20
_IR_VERSION = 10
_OWN_DOMAIN = "com.microsoft"
_LARGEST = 127
_LAYER = "encoder.layer.{}."
_PARTS = ("query", "key", "value")


def shapes(made: Architecture) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of every tensor that the graph needs."""
    hidden, between = made.hidden, made.intermediate
    wanted: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (made.vocabulary, hidden),
        "embeddings.position_embeddings.weight": (made.positions, hidden),
        "embeddings.token_type_embeddings.weight": (made.kinds, hidden),
        **_norm("embeddings.LayerNorm", hidden),
    }
    for number in range(made.layers):
        layer = _LAYER.format(number)
        for part in _PARTS:
            wanted |= _dense(f"{layer}attention.self.{part}", hidden, hidden)
        wanted |= _dense(f"{layer}attention.output.dense", hidden, hidden)
        wanted |= _norm(f"{layer}attention.output.LayerNorm", hidden)
        wanted |= _dense(f"{layer}intermediate.dense", hidden, between)
        wanted |= _dense(f"{layer}output.dense", between, hidden)
        wanted |= _norm(f"{layer}output.LayerNorm", hidden)
    return wanted


def _dense(name: str, into: int, out: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out, into), f"{name}.bias": (out,)}


def _norm(name: str, size: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (size,), f"{name}.bias": (size,)}


def checked(made: Architecture, found: Mapping[str, NDArray[Any]], where: str) -> Weights:
    """Return the tensors that the graph needs, as float32 and without the prefix `bert.` that some files have.

    Raises:
        EncoderError: if one is missing, of another shape, no floating-point numbers, or not finite.
    """
    plain = {name.removeprefix("bert."): value for name, value in found.items()}
    weights: dict[str, NDArray[np.float32]] = {}
    for name, shape in shapes(made).items():
        if name not in plain:
            raise EncoderError(f"{where}: the tensor {name} is missing. config.json belongs to another model.")
        value = plain[name]
        if value.shape != shape:
            raise EncoderError(
                f"{where}: the tensor {name} is of shape {value.shape}, and config.json makes it {shape}."
            )
        if value.dtype.kind != "f" or not bool(np.isfinite(value).all()):
            raise EncoderError(f"{where}: the tensor {name} holds what is no finite number.")
        weights[name] = value.astype(np.float32)
    return weights


def written(made: Architecture, weights: Weights, eight_bits: bool = True) -> bytes:
    """Return the graph as the bytes of an ONNX file; the same weights give the same bytes.

    `weights` are those of `checked`. With `eight_bits` the matrices are int8 and the file a quarter the size.
    """
    pen = _Pen(eight_bits)
    mask = pen.add("Cast", [INPUTS[1]], to=_kind("FLOAT"))
    padding = pen.add("Cast", [INPUTS[1]], to=_kind("INT32"))
    tokens = _normed(pen, _embedded(pen, made, weights), weights, "embeddings.LayerNorm", made)
    for number in range(made.layers):
        tokens = _layer(pen, tokens, padding, weights, _LAYER.format(number), made)
    pooled = _first(pen, tokens) if made.pooling == "cls" else _mean(pen, tokens, mask)
    pen.add_named(OUTPUT, "LpNormalization", [pooled], axis=-1, p=2)
    return pen.model(made.hidden)


def _kind(name: str) -> int:
    from onnx import TensorProto

    return int(getattr(TensorProto, name))


@dataclass
class _Pen:
    """Collects nodes and constants under names of its own."""

    eight_bits: bool
    nodes: list[Any] = field(default_factory=list[Any])
    constants: dict[str, NDArray[Any]] = field(default_factory=dict[str, Any])

    def add(self, kind: str, inputs: Sequence[str], domain: str = "", **options: Any) -> str:
        """Add a node with one output and return the output's name."""
        return self.add_many(kind, inputs, 1, domain, **options)[0]

    def add_many(self, kind: str, inputs: Sequence[str], count: int, domain: str = "", **options: Any) -> list[str]:
        """Add a node and return the names of its outputs."""
        outputs = [f"{kind}_{len(self.nodes)}_{place}" for place in range(count)]
        self._put(kind, inputs, outputs, domain, **options)
        return outputs

    def add_named(self, output: str, kind: str, inputs: Sequence[str], **options: Any) -> None:
        """Add a node whose output has the given name."""
        self._put(kind, inputs, [output], "", **options)

    def _put(self, kind: str, inputs: Sequence[str], outputs: list[str], domain: str, **options: Any) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, outputs, f"n{len(self.nodes)}", domain=domain, **options))

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Keep a constant under its name, once, and return the name."""
        self.constants.setdefault(name, np.asarray(value, order="C"))
        return name

    def whole(self, *values: int) -> str:
        """Keep whole numbers and return the constant's name."""
        return self.constant(f"whole_{'_'.join(map(str, values))}", np.array(values, np.int64))

    def model(self, hidden: int) -> bytes:
        """Return the graph as the bytes of an ONNX file."""
        from onnx import helper, numpy_helper

        graph = helper.make_graph(
            self.nodes,
            "sentence encoder",
            [helper.make_tensor_value_info(name, _kind("INT64"), ["texts", "tokens"]) for name in INPUTS],
            [helper.make_tensor_value_info(OUTPUT, _kind("FLOAT"), ["texts", hidden])],
            [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN_DOMAIN, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="curbside")
        return bytes(model.SerializeToString(deterministic=True))


def _embedded(pen: _Pen, made: Architecture, weights: Weights) -> str:
    """Return the sum of what stands for each token, its place and its kind: (texts, tokens, hidden)."""
    words = weights["embeddings.word_embeddings.weight"]
    if pen.eight_bits:
        rows, scales = in_eight_bits(words, 1)
        taken = pen.add("Cast", [pen.add("Gather", [pen.constant("words", rows), INPUTS[0]])], to=_kind("FLOAT"))
        scale = pen.add("Gather", [pen.constant("words_scale", scales), INPUTS[0]])
        token = pen.add("Mul", [taken, pen.add("Unsqueeze", [scale, pen.whole(-1)])])
    else:
        token = pen.add("Gather", [pen.constant("words", words), INPUTS[0]])
    # A text alone is of the first kind throughout, so that its row can be added to all places beforehand.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    length = pen.add("Shape", [INPUTS[0]], start=1, end=2)
    place = pen.add("Slice", [pen.constant("places", places), pen.whole(0), length, pen.whole(0)])
    return pen.add("Add", [token, place])


def _layer(pen: _Pen, tokens: str, padding: str, weights: Weights, layer: str, made: Architecture) -> str:
    """Return the tokens after one layer: attention to each other, then a step of their own; each added and normed."""
    together = {
        end: np.concatenate([weights[f"{layer}attention.self.{part}.{end}"] for part in _PARTS])
        for end in ("weight", "bias")
    }
    joined = _linear(pen, tokens, together["weight"], together["bias"], f"{layer}attention.self")
    query, key, value = pen.add_many("Split", [joined], 3, axis=-1, num_outputs=3)
    attended = pen.add(
        "MultiHeadAttention",
        [query, key, value, "", padding],
        _OWN_DOMAIN,
        num_heads=made.heads,
        scale=1 / math.sqrt(made.hidden // made.heads),
    )
    out = _linear_of(pen, attended, weights, f"{layer}attention.output.dense")
    tokens = _normed(pen, pen.add("Add", [out, tokens]), weights, f"{layer}attention.output.LayerNorm", made)
    between = pen.add("Gelu", [_linear_of(pen, tokens, weights, f"{layer}intermediate.dense")])
    out = _linear_of(pen, between, weights, f"{layer}output.dense")
    return _normed(pen, pen.add("Add", [out, tokens]), weights, f"{layer}output.LayerNorm", made)


def _linear_of(pen: _Pen, tokens: str, weights: Weights, name: str) -> str:
    return _linear(pen, tokens, weights[f"{name}.weight"], weights[f"{name}.bias"], name)


def _linear(pen: _Pen, tokens: str, weight: NDArray[np.float32], bias: NDArray[np.float32], name: str) -> str:
    """Return tokens times a matrix, given as (out, in), plus a bias."""
    if pen.eight_bits:
        columns, scales = in_eight_bits(np.ascontiguousarray(weight.T), 0)
        small, scale, zero = pen.add_many("DynamicQuantizeLinear", [tokens], 3)
        whole = pen.add("MatMulInteger", [small, pen.constant(f"{name}.weight", columns), zero])
        both = pen.add("Mul", [scale, pen.constant(f"{name}.scale", scales)])
        product = pen.add("Mul", [pen.add("Cast", [whole], to=_kind("FLOAT")), both])
    else:
        product = pen.add("MatMul", [tokens, pen.constant(f"{name}.weight", weight.T)])
    return pen.add("Add", [product, pen.constant(f"{name}.bias", bias)])


def _normed(pen: _Pen, tokens: str, weights: Weights, name: str, made: Architecture) -> str:
    scale, bias = (pen.constant(f"{name}.{end}", weights[f"{name}.{end}"]) for end in ("weight", "bias"))
    return pen.add("LayerNormalization", [tokens, scale, bias], axis=-1, epsilon=made.epsilon)


def _mean(pen: _Pen, tokens: str, mask: str) -> str:
    """Return the mean over the tokens that are text: (texts, hidden)."""
    kept = pen.add("Mul", [tokens, pen.add("Unsqueeze", [mask, pen.whole(-1)])])
    total = pen.add("ReduceSum", [kept, pen.whole(1)], keepdims=0)
    return pen.add("Div", [total, pen.add("ReduceSum", [mask, pen.whole(1)], keepdims=1)])


def _first(pen: _Pen, tokens: str) -> str:
    first = pen.constant("first", np.array(0, np.int64))
    return pen.add("Gather", [tokens, first], axis=1)


def in_eight_bits(matrix: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix in whole numbers from -127 to 127 and the scale of each of its slices along `axis`' others.

    `axis` is what a scale is taken over: 0 gives one for each column, 1 one for each row. Times its scale, a number is
    within half a scale of what it was.
    """
    scales = np.abs(matrix).max(axis=axis, keepdims=True) / np.float32(_LARGEST)
    scales[scales == 0] = 1
    small = np.clip(np.rint(matrix / scales), -_LARGEST, _LARGEST).astype(np.int8)
    return small, scales.reshape(-1).astype(np.float32)
