"""`curbside encoder`, as a user at a prompt has it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("onnxruntime", reason="needs the extra: encoder")
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command line whose encoder lives in `home` of a passing folder; give code, output and remarks."""

    def given(*arguments: str, setting: str = str(tmp_path / "home")) -> tuple[int, str, str]:
        monkeypatch.setenv("CURBSIDE_ENCODER", setting)
        out, err = io.StringIO(), io.StringIO()
        code = main(["encoder", *arguments], Console(out, err))
        return code, out.getvalue(), err.getvalue()

    return given


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's own graph: a table of three words."""
    import numpy as np

    place = tmp_path / "my words"
    place.mkdir()
    table = numpy_helper.from_array(np.eye(4, 3, dtype=np.float32) + 1, "table")
    made = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "words",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["b", "t"])],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["b", "t", 3])],
        [table],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    (place / "model.onnx").write_bytes(model.SerializeToString())
    words = Tokenizer(models.WordLevel({"[UNK]": 0, "sirolimus": 1, "dose": 2, "cats": 3}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(place / "tokenizer.json"))
    return place


def told(output: str) -> dict[str, Any]:
    """Read one line of JSON."""
    found: dict[str, Any] = json.loads(output)
    return found


def test_before_anything_is_installed(run: Run, tmp_path: Path) -> None:
    """It says so, and how to begin; that is no failure."""
    code, out, _ = run("status")
    assert code == 0
    assert f"No encoder is installed in {tmp_path / 'home'}" in out and "curbside encoder install" in out
    assert told(run("status", "--json")[1]) == {"installed": False, "folder": str(tmp_path / "home")}


def test_an_empty_text_where_nothing_marks_begin_and_end(run: Run, folder: Path) -> None:
    """A tokenizer without marks gives no token for it; the graph is tried with that before it is taken."""
    code, _, err = run("install", str(folder))
    assert code == 1
    assert f"{folder / 'tokenizer.json'}: gives no token for an empty text. Nothing was installed." in err
    assert run("status")[1].startswith("No encoder")


def test_a_folder_of_ones_own(run: Run, folder: Path, tmp_path: Path) -> None:
    """Installed, told of, there already, removed."""
    _mark(folder)
    code, out, _ = run("install", str(folder))
    assert code == 0
    assert out.startswith("my words is installed.\n")
    assert "of 3 numbers, from the first 256 tokens" in out and "not stated" in out
    code, out, _ = run("install", str(folder))
    assert (code, out.partition("\n")[0]) == (0, "my words was installed already.")
    code, out, _ = run("status")
    assert code == 0 and out.startswith("my words\n")
    found = told(run("status", "--json")[1])
    assert found["installed"] and found["name"] == "my words" and found["dimensions"] == 3
    assert told(run("remove", "--json")[1]) == {"removed": True, "folder": str(tmp_path / "home")}
    assert run("remove")[1].startswith("No encoder is installed")


def _mark(folder: Path) -> None:
    from tokenizers import processors

    words = Tokenizer.from_file(str(folder / "tokenizer.json"))
    words.post_processor = processors.TemplateProcessing(single="[UNK] $A", special_tokens=[("[UNK]", 0)])
    words.save(str(folder / "tokenizer.json"))


def test_a_hash_that_does_not_fit(run: Run, folder: Path) -> None:
    """Exit code 1, and as JSON the same words."""
    code, out, err = run("install", str(folder), "--sha256", "0" * 64, "--json")
    assert code == 1
    assert "SHA-256" in err and told(out)["error"] in err


def test_damage_is_a_failure(run: Run, folder: Path, tmp_path: Path) -> None:
    """`status` reads every byte."""
    _mark(folder)
    run("install", str(folder))
    graph = next((tmp_path / "home").glob("*/model.onnx"))
    graph.write_bytes(graph.read_bytes() + b"x")
    code, out, err = run("status")
    assert (code, out) == (1, "")
    assert str(graph) in err and "curbside encoder install" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "folder"), "takes neither a folder nor --sha256"),
        (("remove", "--sha256", "0" * 64), "takes neither a folder nor --sha256"),
        (("install", "--sha256", "12"), "64 signs"),
        (("fetch",), "invalid choice"),
        ((), "required"),
    ],
)
def test_what_cannot_be_meant(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, with what may stand there."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("action", ["install", "status", "remove"])
def test_where_the_encoder_is_off(run: Run, action: str) -> None:
    """The setting is named."""
    code, _, err = run(action, setting="off")
    assert code == 2
    assert "CURBSIDE_ENCODER is off" in err
