"""What any encoder must do, real or scripted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from curbside.inference.base import Encoder
from curbside.inference.install import install
from curbside.inference.local import load
from curbside.inference.origin import PACKAGE
from curbside.inference.scripted import ScriptedEncoder

TEXTS = [
    "Sirolimus for refractory immune thrombocytopenia in children",
    "Children with refractory immune thrombocytopenia were given sirolimus",
    "The moons of Jupiter were seen by Galileo",
    "skin",
    "A case series of topical tacrolimus 0.1 % in eleven adults. " * 60,
]

HOSTILE = {
    "empty": "",
    "blank": " \t\r\n\u00a0\u2003",
    "megabyte": "sirolimus " * 104_858,
    "megabyte of one word": "a" * 1_048_576,
    "lone surrogates": "\ud800 sirolimus \udfff\udc00",
    "NUL": "siro\x00limus\x00",
    "control signs": "".join(map(chr, range(32))),
    "emoji": "👩‍⚕️💊 " * 300,
    "right to left": "\u202eسيروليموس\u202c \u200f",
    "zero width": "si\u200bro\ufefflimus",
    "combining": "e" + "\u0301" * 5_000,
    "marks of the model": "[CLS] [SEP] [PAD] [MASK] <s> ##",
    "outside the plane": "\U0010ffff\U000e0001",
}


def _real(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    pytest.importorskip("onnxruntime", reason="needs the extra: encoder")
    try:
        metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        pytest.skip(f"needs the packaged weights: {PACKAGE}")
    home: Path = tmp_path_factory.mktemp("encoder")
    install(None, home)
    loaded = load(home, 2)
    assert loaded is not None
    return loaded


def _scripted(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    del tmp_path_factory
    return ScriptedEncoder()


BACKENDS: dict[str, Callable[[pytest.TempPathFactory], Encoder]] = {"scripted": _scripted, "local": _real}


@pytest.fixture(scope="module", params=BACKENDS)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encoder]:
    """Each encoder in turn."""
    yield BACKENDS[request.param](tmp_path_factory)


def test_it_says_what_it_is(encoder: Encoder) -> None:
    """A name for people; a version that can name a folder; the length of its vectors."""
    assert isinstance(encoder, Encoder)
    assert encoder.name
    assert encoder.version.isascii() and encoder.version.isalnum() and len(encoder.version) <= 40
    assert encoder.dimensions > 0


def test_one_row_a_text_of_unit_length(encoder: Encoder) -> None:
    """In the order of the texts."""
    rows = encoder.embed(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5


def test_no_text_no_row(encoder: Encoder) -> None:
    """The shape still says how long a vector is."""
    rows = encoder.embed([])
    assert rows.shape == (0, encoder.dimensions)
    assert rows.dtype == np.float32


def test_texts_about_the_same_are_near(encoder: Encoder) -> None:
    """Nearer than texts about different things."""
    rows = encoder.embed(TEXTS)
    near, far = rows[0] @ rows[1], rows[0] @ rows[2]
    assert near > 0.5
    assert far < near - 0.3


def test_the_same_bytes_whatever_stands_beside_it(encoder: Encoder) -> None:
    """Alone, among others, twice, in another order: a question asked again finds the same."""
    together = encoder.embed(TEXTS)
    assert all((encoder.embed([text])[0] == row).all() for text, row in zip(TEXTS, together))
    assert (encoder.embed(TEXTS[::-1])[::-1] == together).all()
    many = encoder.embed(TEXTS[:4] * 150)
    assert (many == np.tile(together[:4], (150, 1))).all()


@pytest.mark.parametrize("name", HOSTILE)
def test_any_string_is_a_text(encoder: Encoder, name: str) -> None:
    """It has a vector of unit length, the same every time, and its neighbours keep theirs."""
    rows = encoder.embed([HOSTILE[name], TEXTS[0], HOSTILE[name]])
    assert np.isfinite(rows).all()
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5
    assert (rows[0] == rows[2]).all()
    assert (rows[1] == encoder.embed(TEXTS[:1])[0]).all()


def test_a_long_text_is_read_by_its_beginning(encoder: Encoder) -> None:
    """What comes after what is read changes nothing."""
    beginning = "topical tacrolimus for vitiligo " * 2_000
    rows = encoder.embed([beginning, beginning + "The moons of Jupiter"])
    assert (rows[0] == rows[1]).all()


def test_threads_share_it(encoder: Encoder) -> None:
    """Eight askers at once get what each would get alone."""
    wanted = {text: encoder.embed([text])[0] for text in TEXTS}

    def asked(number: int) -> bool:
        chosen = [TEXTS[(number + place) % len(TEXTS)] for place in range(1 + number % 3)]
        return all((row == wanted[text]).all() for text, row in zip(chosen, encoder.embed(chosen)))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(asked, range(64)))


def test_other_sequences_than_lists(encoder: Encoder) -> None:
    """A tuple is as good."""
    assert (encoder.embed(tuple(TEXTS[:2])) == encoder.embed(TEXTS[:2])).all()


def test_nothing_heavy_is_loaded_with_the_module() -> None:
    """Naming an encoder costs no import of numpy or onnxruntime: the command line comes up in no time."""
    import subprocess

    code = (
        "import sys; import curbside.inference.local, curbside.inference.scripted, curbside.inference.install;"
        "print([name for name in ('numpy', 'onnx', 'onnxruntime', 'tokenizers', 'safetensors') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
