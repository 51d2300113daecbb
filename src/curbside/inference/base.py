"""The contract of an encoder, which every implementation passes in `tests/contracts/test_encoder_contract.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors of unit length whose inner product tells how near their meanings are."""

    @property
    def name(self) -> str:
        """What people call it ("all-MiniLM-L6-v2")."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the vector of some text would; vectors of different versions are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape `(len(texts), dimensions)`, each of unit length; safe to call from threads.

        A text longer than the model reads is embedded by its beginning. The same text gives the same bytes, whatever
        stands beside it and however often it is asked for. Raises EncoderError where the encoder's files went bad.
        """
        ...
