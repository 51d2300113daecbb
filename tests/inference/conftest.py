"""Encoders to test with: a tiny one made here, and the packaged one where its weights are installed."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="needs the extra: encoder")
import tiny

from curbside.inference.install import install
from curbside.inference.local import OnnxEncoder
from curbside.inference.origin import PACKAGE


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with the tiny encoder's weights, settings and tokenizer."""
    return tiny.folder(tmp_path / "tiny")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to install into, which is not there yet."""
    return tmp_path / "data" / "curbside-encoder"


@pytest.fixture
def encoder(source: Path, home: Path) -> OnnxEncoder:
    """The tiny encoder, installed and loaded."""
    return OnnxEncoder(install(source, home).folder, 2)


@pytest.fixture(scope="session")
def packaged_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the packaged encoder is installed; do not change it."""
    try:
        metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        pytest.skip(f"needs the packaged weights: {PACKAGE}")
    home = tmp_path_factory.mktemp("packaged")
    install(None, home)
    return home


@pytest.fixture(scope="session")
def packaged(packaged_home: Path) -> OnnxEncoder:
    """The packaged encoder, loaded."""
    return OnnxEncoder(packaged_home / (packaged_home / "current").read_text().strip(), 2)
