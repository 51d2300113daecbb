"""Which sentence encoder a folder holds: read from the settings that lie beside its weights, and checked.

Supported are encoders of the BERT family (Devlin et al. 2019, doi 10.18653/v1/N19-1423) that pool by the mean over the
tokens or take the first token (Reimers & Gurevych 2019, doi 10.18653/v1/D19-1410).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from curbside.errors import EncoderError

WRITER = 1
"""Raised whenever `inference.graph` would make another graph from the same weights."""

POOLINGS = ("mean", "cls")
"""How the vectors of the tokens become one: their mean, or the first."""

DEFAULT_TOKENS = 256
"""How many tokens a text may have where no file beside the model says it."""

_FIXED: Mapping[str, tuple[object, ...]] = {
    "model_type": ("bert",),
    "hidden_act": ("gelu",),
    "position_embedding_type": ("absolute", None),
    "is_decoder": (False, None),
    "add_cross_attention": (False, None),
}
"""Setting -> what it may be; anything else is a network that the graph writer does not know."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The measures of a BERT encoder.

    Attributes:
        layers: how many layers of attention.
        heads: heads of attention in each; they divide `hidden`.
        hidden: length of a token's vector, and of the text's.
        intermediate: length of the vector between the two halves of a feed-forward step.
        vocabulary: how many tokens there are.
        positions: how many places for tokens there are.
        kinds: how many kinds of segment there are; a text alone is of the first.
        epsilon: what a layer norm adds to a variance.
        pooling: one of `POOLINGS`.
    """

    layers: int
    heads: int
    hidden: int
    intermediate: int
    vocabulary: int
    positions: int
    kinds: int
    epsilon: float
    pooling: str = "mean"


def architecture(folder: Path) -> Architecture:
    """Return what `config.json` (and `1_Pooling/config.json`, where there is one) say of the network.

    Raises:
        EncoderError: if they are missing or no JSON, or describe a network that is not supported, saying which.
    """
    path = folder / "config.json"
    config = settings(path)
    for name, allowed in _FIXED.items():
        if config.get(name) not in allowed:
            raise EncoderError(
                f"{path}: {name} is {config.get(name)!r}, and only {allowed[0]!r} can be read from weights. "
                "Give a folder with model.onnx and tokenizer.json instead."
            )
    made = Architecture(
        layers=_count(config, "num_hidden_layers", path),
        heads=_count(config, "num_attention_heads", path),
        hidden=_count(config, "hidden_size", path),
        intermediate=_count(config, "intermediate_size", path),
        vocabulary=_count(config, "vocab_size", path),
        positions=_count(config, "max_position_embeddings", path),
        kinds=_count(config, "type_vocab_size", path),
        epsilon=_epsilon(config, path),
        pooling=pooling(folder),
    )
    if made.hidden % made.heads:
        raise EncoderError(f"{path}: hidden_size {made.hidden} is no multiple of num_attention_heads {made.heads}.")
    return made


def pooling(folder: Path) -> str:
    """Return how the vectors of the tokens become one; the mean where no file says it.

    Raises:
        EncoderError: if the folder asks for another way, or for a layer behind the pooling.
    """
    modules = folder / "modules.json"
    if modules.exists():
        known = ("Transformer", "Pooling", "Normalize")
        for module in _objects(modules):
            kind = str(module.get("type", "")).rpartition(".")[2]
            if kind not in known:
                raise EncoderError(f"{modules}: a layer {kind!r} is not supported; only {', '.join(known)}.")
    path = folder / "1_Pooling" / "config.json"
    if not path.exists():
        return "mean"
    ways = {
        name.removeprefix("pooling_mode_").removesuffix("_tokens").removesuffix("_token")
        for name, wanted in settings(path).items()
        if name.startswith("pooling_mode_") and wanted is True
    }
    if len(ways) != 1 or not ways <= set(POOLINGS):
        asked = " and ".join(sorted(ways)) or "no way of"
        raise EncoderError(f"{path}: {asked} pooling is not supported; only {' or '.join(POOLINGS)}.")
    return ways.pop()


def max_tokens(folder: Path) -> int:
    """Return how many tokens of a text are read, marks of begin and end included.

    From `sentence_bert_config.json`, never more than the network has places for; else `DEFAULT_TOKENS`.

    Raises:
        EncoderError: if a file is no JSON, gives no sensible number, or wants texts in small letters.
    """
    path = folder / "sentence_bert_config.json"
    wanted = DEFAULT_TOKENS
    if path.exists():
        config = settings(path)
        if config.get("do_lower_case") is True:
            raise EncoderError(f"{path}: do_lower_case is not supported; tokenizer.json may do it instead.")
        if config.get("max_seq_length") is not None:
            wanted = _count(config, "max_seq_length", path)
    beside = folder / "config.json"
    if beside.exists() and settings(beside).get("max_position_embeddings") is not None:
        wanted = min(wanted, _count(settings(beside), "max_position_embeddings", beside))
    if wanted < 3:
        raise EncoderError(f"{path}: {wanted} tokens leave no room for a word between the marks of begin and end.")
    return wanted


def settings(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file.

    Raises:
        EncoderError: if there is no such file, or none with an object in it.
    """
    found = _json(path)
    if not isinstance(found, dict):
        raise EncoderError(f"{path}: an object is wanted.")
    return cast("dict[str, Any]", found)


def _objects(path: Path) -> list[dict[str, Any]]:
    found = _json(path)
    if not isinstance(found, list):
        raise EncoderError(f"{path}: a list is wanted.")
    return [cast("dict[str, Any]", each) for each in cast("list[object]", found) if isinstance(each, dict)]


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EncoderError(f"{path}: this file is missing.") from None
    except (ValueError, RecursionError) as error:
        raise EncoderError(f"{path}: no JSON ({error}).") from None


def _count(config: Mapping[str, Any], name: str, path: Path) -> int:
    value = config.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 10_000_000:
        raise EncoderError(f"{path}: {name} is {value!r}; a whole number above 0 is wanted.")
    return value


def _epsilon(config: Mapping[str, Any], path: Path) -> float:
    value = config.get("layer_norm_eps", 1e-12)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1:
        raise EncoderError(f"{path}: layer_norm_eps is {value!r}; a number from 0 to 1 is wanted.")
    return float(value)
