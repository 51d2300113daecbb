"""What is added to an encoder's weights, and the graph and the slopes that follow from it."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import tiny
from numpy.typing import NDArray

pytest.importorskip("sklearn", reason="needs the group: evals")
from training.reading import Reading, Recipe

from curbside.inference import graph
from curbside.inference.adapter import ADAPTED, SCALE, Adapter, adapter, written_adapter

ROWS = [([2, 4, 6, 7, 8, 3], 2), ([2, 5, 3], 1), ([2, 9, 10, 3], 3), ([2, 11, 3], 0)]
TARGETS = np.eye(3, dtype=np.float32)[[0, 1, 2, 1]]


def parts(rank: int = 3, first: int = 1) -> dict[str, NDArray[np.float32]]:
    """Return random factors for the upper layers of the tiny encoder, and a matrix on top."""
    draw = np.random.default_rng(5)
    made: dict[str, NDArray[np.float32]] = {}
    shapes = graph.shapes(tiny.SHAPE)
    for layer in range(first, tiny.SHAPE.layers):
        for part in ADAPTED:
            name = f"encoder.layer.{layer}.{part}"
            out, into = shapes[f"{name}.weight"]
            made[f"{name}.down"] = draw.standard_normal((rank, into)).astype(np.float32) / 4
            made[f"{name}.up"] = draw.standard_normal((out, rank)).astype(np.float32) / 4
    head = draw.standard_normal((3, 2 * tiny.SHAPE.hidden)).astype(np.float32)
    return made | {"head.weight": head, "head.bias": np.array([0.1, -0.2, 0.3], np.float32)}


@pytest.fixture(scope="module")
def read() -> Reading:
    """Rows as the lower layer of the tiny encoder reads them."""
    return Reading(tiny.SHAPE, tiny.weights(), ROWS, 1)


def test_a_file_gives_back_what_was_written() -> None:
    """In half precision; the same numbers make the same bytes."""
    made = Adapter(parts())
    data = written_adapter(made)
    assert data == written_adapter(made)
    found = adapter(data)
    assert set(found.parts) == set(made.parts)
    for name, value in made.parts.items():
        assert found.parts[name].dtype == np.float32
        np.testing.assert_allclose(found.parts[name], value, rtol=1e-3, atol=1e-4)


def test_factors_are_added_to_their_matrices() -> None:
    """W + s B A, as the paper has it; everything else stays."""
    weights, made = tiny.weights(), Adapter(parts())
    added = made.added(weights)
    name = "encoder.layer.1.intermediate.dense"
    wanted = weights[f"{name}.weight"] + SCALE * made.parts[f"{name}.up"] @ made.parts[f"{name}.down"]
    np.testing.assert_allclose(added[f"{name}.weight"], wanted, rtol=1e-6)
    changed = {name for name, value in weights.items() if not np.array_equal(added[name], value)}
    assert changed == {f"encoder.layer.1.{part}.weight" for part in ADAPTED}


def test_the_graph_computes_what_was_fitted(read: Reading) -> None:
    """The scores of the graph that is installed are those of the network that was trained."""
    made = Adapter(parts())
    model = graph.written_judge(tiny.SHAPE, made.added(tiny.weights()), eight_bits=False)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    wanted = read.scores(made, range(len(ROWS)))
    for (ids, place), row in zip(ROWS, wanted):
        tokens = np.array([ids], np.int64)
        marker = np.zeros_like(tokens)
        marker[0, place] = 1
        given = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), graph.PLACE: marker}
        np.testing.assert_allclose(session.run([graph.SCORES], given)[0][0], row, atol=2e-5)


def test_slopes_are_those_of_the_loss(read: Reading) -> None:
    """Against the difference that a small step makes, in a drawn direction of each part."""
    made, draw = parts(), np.random.default_rng(3)
    slopes = read.slopes(made, range(len(ROWS)), TARGETS)
    assert set(slopes) == set(made)

    def loss(name: str, step: NDArray[np.float64]) -> float:
        moved = Adapter(made | {name: (made[name] + step).astype(np.float32)})
        scores = read.scores(moved, range(len(ROWS))).astype(np.float64)
        return float(np.mean(np.log(np.exp(scores).sum(1)) - (scores * TARGETS).sum(1)))

    for name, value in made.items():
        way = draw.standard_normal(value.shape)
        way *= 0.02 / np.linalg.norm(way)
        wanted = (loss(name, way) - loss(name, -way)) / 2
        assert float((slopes[name] * way).sum()) == pytest.approx(wanted, rel=0.05, abs=2e-6), name


def test_rows_are_learnt_and_the_same_rows_make_the_same_adapter(read: Reading) -> None:
    """A few rows are soon told apart; another seed begins elsewhere."""
    recipe = Recipe(rank=2, frozen=1, epochs=60, batch=2, rate=0.01)
    worth = np.ones(len(ROWS), np.float32)
    made = read.fitted(range(len(ROWS)), TARGETS, worth, recipe, seed=1)
    assert (read.scores(made, range(len(ROWS))).argmax(1) == TARGETS.argmax(1)).all()
    again = read.fitted(range(len(ROWS)), TARGETS, worth, recipe, seed=1)
    assert all(np.array_equal(made.parts[name], again.parts[name]) for name in made.parts)
    other = read.fitted(range(len(ROWS)), TARGETS, worth, recipe, seed=2)
    assert not np.array_equal(other.parts["head.weight"], made.parts["head.weight"])


def test_company_changes_nothing(read: Reading) -> None:
    """A row's scores are the same in any batch, to the rounding of single precision."""
    made = Adapter(parts())
    together = read.scores(made, range(len(ROWS)))
    alone = np.vstack([read.scores(made, [row]) for row in range(len(ROWS))])
    np.testing.assert_allclose(together, alone, atol=2e-5)
