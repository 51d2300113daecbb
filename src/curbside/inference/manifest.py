"""What an installed encoder's folder holds: three files, one of which vouches for the other two.

curbside-encoder/
  current               name of the folder in use
  <version>/
    model.onnx          the graph with its weights
    tokenizer.json      how a text becomes tokens
    manifest.json       this record
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from curbside.errors import EncoderError
from curbside.inference.architecture import settings

GRAPH, TOKENIZER, MANIFEST, CURRENT = "model.onnx", "tokenizer.json", "manifest.json", "current"

REMEDY = "Install it anew: curbside encoder install"

_MANY = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an encoder is and what it was made from.

    Attributes:
        name: what people call it.
        version: a hash over graph, tokenizer and what is said of them here: another vector, another version.
        dimensions: length of a vector.
        max_tokens: tokens of a text that are read, marks of begin and end included.
        pooling: "graph" where the graph gives one vector for a text; else "mean" or "cls", made from its tokens.
        inputs: names of the graph's inputs, of "input_ids", "attention_mask" and "token_type_ids".
        output: name of the output that is read.
        source: where the weights came from.
        licence: under what terms, as far as known.
        files: file -> SHA-256 of its bytes, of the graph and the tokenizer.
        made_from: file of the source -> SHA-256, and "writer" -> version of the writer; the same make the same graph.
    """

    name: str
    version: str
    dimensions: int
    max_tokens: int
    pooling: str
    inputs: tuple[str, ...]
    output: str
    source: str
    licence: str
    files: dict[str, str]
    made_from: dict[str, str]


def version_of(manifest: Manifest) -> str:
    """Return sixteen signs of a hash over all of a manifest that a vector depends on."""
    told = (manifest.dimensions, manifest.max_tokens, manifest.pooling, manifest.inputs, manifest.output)
    words = json.dumps([sorted(manifest.files.items()), *told])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal; raises OSError where it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_MANY):
            digest.update(piece)
    return digest.hexdigest()


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as the bytes of its file; the same manifest gives the same bytes."""
    return (json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an encoder's folder, without looking at the other files.

    Raises:
        EncoderError: if it is missing or cannot be understood, with the remedy.
    """
    path = folder / MANIFEST
    try:
        found = settings(path)
        made: dict[str, Any] = {each.name: found[each.name] for each in fields(Manifest)}
        made["inputs"] = tuple(made["inputs"])
        manifest = Manifest(**made)
        if min(manifest.dimensions, manifest.max_tokens) < 1 or set(manifest.files) != {GRAPH, TOKENIZER}:
            raise ValueError("its fields do not fit")
    except (EncoderError, KeyError, TypeError, ValueError) as error:
        raise EncoderError(f"{path}: the encoder's manifest is damaged ({error}). {REMEDY}") from None
    return manifest


def verified(folder: Path) -> Manifest:
    """Return the manifest of an encoder's folder after reading every byte that it vouches for.

    Raises:
        EncoderError: if a file is missing or another than was installed, naming it and the remedy.
    """
    manifest = read_manifest(folder)
    if version_of(manifest) != manifest.version:
        raise EncoderError(f"{folder / MANIFEST}: the manifest is not the one that was installed. {REMEDY}")
    for name, wanted in manifest.files.items():
        path = folder / name
        try:
            found = sha256_of(path)
        except OSError as error:
            raise EncoderError(f"{path}: {error.strerror}. {REMEDY}") from None
        if found != wanted:
            raise EncoderError(f"{path}: the file is not the one that was installed. {REMEDY}")
    return manifest


def current_folder(home: Path) -> Path | None:
    """Return the folder of the encoder in use below `home`, or None where none is installed.

    Raises:
        EncoderError: if the pointer cannot be understood or points at nothing, with the remedy.
    """
    path = home / CURRENT
    try:
        named = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path}: {error}. {REMEDY}") from None
    if not named.isalnum() or not (home / named).is_dir():
        raise EncoderError(f"{path}: points at {named!r}, which is not there. {REMEDY}")
    return home / named
