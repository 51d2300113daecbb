"""The encoder on this machine, beyond what any encoder must do."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny

from curbside.errors import EncoderError
from curbside.inference import local
from curbside.inference.install import install
from curbside.inference.local import OnnxEncoder, load


def test_the_tokenizers_own_bounds_do_not_count(encoder: OnnxEncoder) -> None:
    """The file asks for padding and for 8 tokens; texts are read up to the model's 12 and never padded."""
    assert encoder.tokens(["sirolimus helps"]) == [[2, 4, 11, 3]]
    assert [len(tokens) for tokens in encoder.tokens(["cats " * 40, ""])] == [12, 2]


def test_what_is_read_is_what_counts(encoder: OnnxEncoder) -> None:
    """Ten words stand between the marks; the eleventh is not read."""
    rows = encoder.embed(["cats " * 10, "cats " * 10 + "sirolimus", "cats " * 9 + "sirolimus"])
    assert (rows[0] == rows[1]).all()
    assert (rows[0] != rows[2]).any()


def test_a_megabyte_costs_no_more_than_a_page(packaged: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut before it is taken apart."""
    most = packaged.manifest.max_tokens * local.SIGNS_A_TOKEN
    page = "sirolimus " * (most // 10)
    given: list[int] = []
    tokenizer = packaged._tokenizer

    class Counting:
        """The tokenizer, and how much it is given."""

        def encode(self, text: str) -> object:
            given.append(len(text))
            return tokenizer.encode(text)

    monkeypatch.setattr(packaged, "_tokenizer", Counting())
    packaged.embed([page, page * 64])
    assert len(page * 64) > 1_000_000
    assert given == [len(page), most]


def test_signs_that_are_no_text_are_passed_over(packaged: OnnxEncoder) -> None:
    """Halves of surrogate pairs, NUL and zero-width signs leave the words beside them as they are."""
    plain, *odd = packaged.embed(
        ["sirolimus dose", "sirolimus\ud800 dose", "siro\x00limus dose", "siro\u200blimus dose"]
    )
    assert all((row == plain).all() for row in odd)


def test_any_number_of_threads_gives_the_same(source: Path, home: Path) -> None:
    """And by default there are no more than cores, and no more than four."""
    folder = install(source, home).folder
    texts = [" ".join(tiny.WORDS[at % 7 : at % 7 + 1 + at % 11]) for at in range(1_100)]
    rows = [OnnxEncoder(folder, threads).embed(texts) for threads in (1, 2, 5)]
    assert (rows[0] == rows[1]).all() and (rows[0] == rows[2]).all()
    assert 1 <= OnnxEncoder(folder).threads <= local.MOST_THREADS
    assert OnnxEncoder(folder, 0).threads == OnnxEncoder(folder, None).threads


def test_two_loads_give_the_same(packaged: OnnxEncoder, packaged_home: Path) -> None:
    """The vector of a text does not depend on the process that made it."""
    again = load(packaged_home, 1)
    assert again is not None
    texts = ["Does rapamycin help children with ITP?", "tacrolimus ointment"]
    assert (again.embed(texts) == packaged.embed(texts)).all()


def test_meaning_is_found_where_words_differ(packaged: OnnxEncoder) -> None:
    """What the encoder is there for."""
    asked, meant, other = packaged.embed(
        [
            "low platelets in kids",
            "paediatric immune thrombocytopenia",
            "low-rise housing in Danish towns",
        ]
    )
    assert asked @ meant > asked @ other + 0.2


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_without_its_libraries(packaged_home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What to install is said."""
    real = builtins.__import__

    def refusing(wanted: str, *rest: Any, **more: Any) -> Any:
        if wanted == name:
            raise ImportError(wanted)
        return real(wanted, *rest, **more)

    monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(EncoderError, match=r"pip install 'curbside\[encoder\]'"):
        load(packaged_home)


def test_a_graph_that_breaks_its_word(encoder: OnnxEncoder) -> None:
    """Whatever the graph gives, a row is a direction of the length that was told, or an error."""

    class Session:
        def __init__(self, gives: Any) -> None:
            self.gives = gives

        def run(self, outputs: Sequence[str], given: dict[str, Any]) -> list[Any]:
            del outputs, given
            return [self.gives]

    for gives in (np.zeros((1, 16)), np.full((1, 16), np.nan), np.full((1, 16), np.inf), np.ones((1, 3)), np.ones(16)):
        encoder._session = Session(gives)
        with pytest.raises(EncoderError, match=r"model\.onnx: gave .*curbside encoder install"):
            encoder.embed(["sirolimus", "cats"])


def test_nothing_is_fetched_and_nothing_is_sent(packaged_home: Path) -> None:
    """Loading and embedding open no connection."""
    import subprocess

    code = (
        "import sys\n"
        "def watched(event, given):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(watched)\n"
        "from pathlib import Path\n"
        "from curbside.inference.local import load\n"
        "print(load(Path(sys.argv[1])).embed(['sirolimus', 'cats']).shape)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(packaged_home)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(2, 384)"
