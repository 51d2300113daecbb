"""The encoder's bench measures what it says it measures."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
pytest.importorskip("onnxruntime", reason="needs the extra: encoder")
from bench import encoder

from curbside.inference.origin import PACKAGE

TEXTS = {
    "sentences": ["Sirolimus helped nine of twelve children.", "Two stopped because of mouth ulcers."] * 3,
    "questions": ["Does sirolimus help in ITP?", "What dose of tacrolimus is used in vitiligo?"],
    "abstracts": [
        "Background: lymphatic malformations hurt. Results: sirolimus 0.8 mg/m2 twice daily helped most. " * 4
    ],
}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """The figures of a very small run."""
    try:
        metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        pytest.skip(f"needs the packaged weights: {PACKAGE}")
    return encoder.measured(tmp_path_factory.mktemp("bench"), TEXTS, 2)


def test_every_reference_figure_stands_beside_a_measured_one(figures: dict[str, float]) -> None:
    """A reference that is compared with nothing would be an ornament."""
    assert set(encoder.REFERENCE) <= set(figures)


def test_the_figures_are_of_the_encoder(figures: dict[str, float]) -> None:
    """A graph of some 23 MB, near full precision, each row the same alone as among others, in bounded memory."""
    assert 20 < figures["graph_mb"] < 26
    assert 0.98 < figures["cosine_least"] <= figures["cosine_mean"] < 1
    assert figures["rows_differing_alone"] == 0
    assert 0.95 < figures["batched_cosine_least"] < 1.0001
    assert 0 <= figures["process_mb"] < 300
    assert min(figures[name] for name in ("sentences_s", "abstracts_s", "question_ms_p50", "load_ms")) > 0


def test_the_material_is_drawn_by_its_seed(shared: Path) -> None:
    """The same sentences and questions every time, a quarter as many abstracts."""
    one, again, other = (encoder.material(shared, 40, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert [len(one[name]) for name in ("sentences", "questions", "abstracts")] == [40, 40, 10]
