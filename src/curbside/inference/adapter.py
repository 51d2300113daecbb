"""What is added to the weights of a sentence encoder so that it judges: factors of low rank, and a matrix on top.

Factors of low rank: Hu et al. 2021, arXiv 2106.09685. The file is an npz archive of a few hundred kilobytes, in half
precision and without pickle; the encoder's own weights stay where they were installed from.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""Matrices of a layer that factors are added to."""

SCALE = 2.0
"""What the product of two factors is multiplied by before it is added."""

HEAD, BIAS = "head.weight", "head.bias"
_DOWN, _UP = ".down", ".up"


@dataclass(frozen=True, slots=True)
class Adapter:
    """What is added to an encoder.

    Attributes:
        parts: `NAME.down`, shape `(rank, in)`, and `NAME.up`, shape `(out, rank)`, for each matrix NAME that is
            changed; `head.weight`, shape `(classes, 2 hidden)`, over the state at the marker and the mean over all
            tokens; `head.bias`, shape `(classes,)`.
    """

    parts: Mapping[str, NDArray[np.float32]]

    def added(self, weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        """Return the encoder's weights with the factors added, and the matrix on top among them."""
        import numpy as np

        made = dict(weights) | {name: self.parts[name] for name in (HEAD, BIAS)}
        for name, down in self.parts.items():
            if name.endswith(_DOWN):
                whole = name.removesuffix(_DOWN)
                product: NDArray[np.float32] = np.float32(SCALE) * (self.parts[whole + _UP] @ down)
                made[f"{whole}.weight"] = weights[f"{whole}.weight"] + product
        return made


def written_adapter(made: Adapter) -> bytes:
    """Return an adapter as an npz archive in half precision."""
    import numpy as np

    out = io.BytesIO()
    arrays: dict[str, Any] = {name: made.parts[name].astype(np.float16) for name in sorted(made.parts)}
    np.savez(out, **arrays)
    return out.getvalue()


def adapter(content: bytes) -> Adapter:
    """Return what `written_adapter` wrote."""
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        return Adapter({name: held[name].astype(np.float32) for name in held.files})
