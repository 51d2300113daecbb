"""Reads tensors from a safetensors file: numbers and names, no code."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import safetensors

from curbside.errors import EncoderError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def read_weights(path: Path, wanted: Collection[str]) -> dict[str, NDArray[Any]]:
    """Return those of the wanted tensors that a file has, under its own names, which may begin with `bert.`.

    Raises:
        EncoderError: if the file is damaged, or holds numbers of a kind that numpy lacks.
    """
    library: Any = safetensors
    found: dict[str, NDArray[Any]] = {}
    try:
        with library.safe_open(str(path), framework="np") as opened:
            for name in opened.keys():  # noqa: SIM118 - no mapping, though it has keys
                if str(name).removeprefix("bert.") in wanted:
                    found[str(name)] = opened.get_tensor(name)
    except library.SafetensorError as error:
        raise EncoderError(f"{path}: no whole safetensors file ({error}). Get it anew.") from None
    except (TypeError, AttributeError) as error:
        raise EncoderError(f"{path}: numbers of a kind that cannot be read ({error}). Save it as float32.") from None
    return found
