"""The graph that is written from weights computes what the network computes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from curbside.errors import EncoderError
from curbside.inference import graph
from curbside.inference.architecture import Architecture, architecture, max_tokens, pooling
from curbside.inference.local import OnnxEncoder
from curbside.inference.origin import origin_of
from curbside.inference.weights import read_weights

IDS = np.array([[2, 4, 6, 7, 8, 3], [2, 5, 3, 0, 0, 0]])
MASK = np.array([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]])
TEXTS = [
    "Does sirolimus help children with refractory immune thrombocytopenia?",
    "Cats eat fish.",
    "",
    "In 12 of 30 patients (40 %) the lesions had cleared by week 12; two stopped because of mouth ulcers.",
    "Mean trough level 8.2 ng/mL (95% CI 6.1-10.3), p<0.001 " * 3,
]


def vectors(model: bytes, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """Run a graph."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found: Any = session.run([graph.OUTPUT], dict(zip(graph.INPUTS, (ids, mask))))[0]
    return found


@pytest.mark.parametrize("way", ["mean", "cls"])
def test_in_full_precision_it_is_the_network(way: str) -> None:
    """To the sixth digit of a forward pass in numpy, padded rows included."""
    made = replace(tiny.SHAPE, pooling=way)
    found = vectors(graph.written(made, tiny.weights(), eight_bits=False), IDS, MASK)
    assert np.abs(found - tiny.forward(made, tiny.weights(), IDS, MASK)).max() < 1e-6


def test_other_measures_make_another_network() -> None:
    """Layers, heads and sizes are the configuration's."""
    made = Architecture(layers=3, heads=2, hidden=8, intermediate=20, vocabulary=30, positions=9, kinds=1, epsilon=1e-3)
    weights = tiny.weights(made, 3)
    found = vectors(graph.written(made, weights, eight_bits=False), IDS, MASK)
    assert np.abs(found - tiny.forward(made, weights, IDS, MASK)).max() < 1e-6


def test_in_eight_bits_it_is_near_the_network() -> None:
    """Vectors of random weights, which are worse to round than trained ones, turn by no more than 15 degrees."""
    found = vectors(graph.written(tiny.SHAPE, tiny.weights()), IDS[:1], MASK[:1])
    assert (found * tiny.forward(tiny.SHAPE, tiny.weights(), IDS[:1], MASK[:1])).sum() > 0.966


def test_the_same_weights_make_the_same_bytes() -> None:
    """So that an encoder's version says what it computes."""
    assert graph.written(tiny.SHAPE, tiny.weights()) == graph.written(
        tiny.SHAPE, dict(reversed(tiny.weights().items()))
    )


def test_the_graph_is_valid() -> None:
    """By the rules of the standard; the one operator of onnxruntime's own is left out of them."""
    model = onnx.load_from_string(graph.written(tiny.SHAPE, tiny.weights()))
    onnx.checker.check_model(model)
    assert {node.domain for node in model.graph.node} == {"", "com.microsoft"}


@given(arrays.arrays(np.float32, (3, 4), elements=st.floats(-1e6, 1e6, width=32)))
def test_rounding_moves_a_number_by_half_a_scale(matrix: NDArray[np.float32]) -> None:
    """Each column has a scale of its own; a column of zeros stays one."""
    small, scales = graph.in_eight_bits(matrix, 0)
    assert small.dtype == np.int8
    assert (np.abs(small * scales - matrix) <= scales * 0.501 + 1e-30).all()


@pytest.mark.usefixtures("packaged_home")
def test_the_packaged_weights_in_full_precision() -> None:
    """The real network too is the one in numpy, at a text of real length."""
    origin = origin_of(None)
    made = architecture(origin.folder)
    weights = graph.checked(made, read_weights(origin.folder / origin.model, graph.shapes(made)), "packaged")
    ids = np.array([[101, *range(2000, 2040), 102], [101, *range(3000, 3010), 102, *[0] * 30]])
    mask = (ids > 0).astype(np.int64)
    found = vectors(graph.written(made, weights, eight_bits=False), ids, mask)
    assert np.abs(found - tiny.forward(made, weights, ids, mask)).max() < 1e-5


def test_the_packaged_weights_in_eight_bits(packaged: OnnxEncoder) -> None:
    """Each text's vector stays within twelve degrees of the network's, and their mean within eight."""
    origin = origin_of(None)
    made = architecture(origin.folder)
    weights = graph.checked(made, read_weights(origin.folder / origin.model, graph.shapes(made)), "packaged")
    cosines: list[float] = []
    for row, tokens in zip(packaged.embed(TEXTS), packaged.tokens(TEXTS)):
        ids = np.array([tokens])
        cosines.append(float(row @ tiny.forward(made, weights, ids, np.ones_like(ids))[0]))
    assert min(cosines) > 0.98
    assert sum(cosines) / len(cosines) > 0.991


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model_type": "roberta"}, "model_type is 'roberta'"),
        ({"hidden_act": "relu"}, "hidden_act is 'relu'"),
        ({"position_embedding_type": "relative_key"}, "position_embedding_type is 'relative_key'"),
        ({"is_decoder": True}, "is_decoder is True"),
        ({"num_hidden_layers": 0}, "num_hidden_layers is 0; a whole number above 0"),
        ({"num_hidden_layers": "six"}, "num_hidden_layers is 'six'"),
        ({"hidden_size": True}, "hidden_size is True"),
        ({"num_attention_heads": 5}, "hidden_size 16 is no multiple of num_attention_heads 5"),
        ({"layer_norm_eps": "small"}, "layer_norm_eps is 'small'"),
    ],
)
def test_what_is_not_supported_is_said(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """Another kind of network is refused by the name of the setting, with its file."""
    folder = tiny.folder(tmp_path, **change)
    with pytest.raises(EncoderError, match=f"config.json: .*{said}"):
        architecture(folder)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("config.json", "{", "config.json: no JSON"),
        ("config.json", "[]", "config.json: an object is wanted"),
        ("config.json", "[" * 100_000, "config.json: no JSON"),
        ("1_Pooling/config.json", '{"pooling_mode_max_tokens": true}', "max pooling is not supported"),
        ("1_Pooling/config.json", '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}', "cls and mean"),
        ("1_Pooling/config.json", "{}", "no way of pooling"),
        ("modules.json", '[{"type": "sentence_transformers.models.Dense"}]', "a layer 'Dense' is not supported"),
        ("modules.json", "{}", "modules.json: a list is wanted"),
        ("sentence_bert_config.json", '{"max_seq_length": 2}', "2 tokens leave no room"),
        ("sentence_bert_config.json", '{"max_seq_length": -1}', "max_seq_length is -1"),
        ("sentence_bert_config.json", '{"do_lower_case": true}', "do_lower_case is not supported"),
    ],
)
def test_settings_that_cannot_be_meant_are_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    """Whatever stands in a file, the error names it."""
    folder = tiny.folder(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    with pytest.raises(EncoderError, match=said):
        _ = architecture(folder), max_tokens(folder)


def test_the_settings_of_a_folder(tmp_path: Path) -> None:
    """Measures from config.json, pooling and tokens from the files beside it; no more tokens than there are places."""
    folder = tiny.folder(tmp_path)
    assert (architecture(folder), pooling(folder), max_tokens(folder)) == (tiny.SHAPE, "mean", 12)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 512}))
    assert (architecture(folder).pooling, max_tokens(folder)) == ("cls", 40)


def test_without_settings_beside_it() -> None:
    """The mean, and 256 tokens."""
    nowhere = Path("nowhere")
    assert (pooling(nowhere), max_tokens(nowhere)) == ("mean", 256)


NAME = "encoder.layer.1.output.dense.weight"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, f"{NAME} is missing"),
        (np.zeros((24, 16), np.float32), r"is of shape \(24, 16\), and config.json makes it \(16, 24\)"),
        (np.full((16, 24), np.nan, np.float32), "no finite number"),
        (np.zeros((16, 24), np.int64), "no finite number"),
    ],
)
def test_weights_that_do_not_fit_are_said(value: NDArray[Any] | None, said: str) -> None:
    """By the name of the tensor."""
    found: dict[str, NDArray[Any]] = dict(tiny.weights())
    found.pop(NAME)
    if value is not None:
        found[NAME] = value
    with pytest.raises(EncoderError, match=f"here: the tensor .*{said}"):
        graph.checked(tiny.SHAPE, found, "here")


def test_weights_under_a_prefix_and_in_half_precision() -> None:
    """As some files have them; what else is in the file is passed over."""
    found = {f"bert.{name}": value.astype(np.float16) for name, value in tiny.weights().items()}
    checked = graph.checked(tiny.SHAPE, {**found, "bert.pooler.dense.bias": np.zeros(3)}, "here")
    assert set(checked) == set(graph.shapes(tiny.SHAPE))
    assert all(value.dtype == np.float32 for value in checked.values())
