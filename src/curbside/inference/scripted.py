"""An encoder that needs no model: for tests, and to try out what has to work with any encoder.

A text is the bag of its words. Each word stands for a few coordinates, drawn by a hash of it (the hashing trick of
Weinberger et al. 2009, doi 10.1145/1553374.1553516), so texts that share words are near and others are nearly at right
angles. It knows nothing of meaning: "rapamycin" and "sirolimus" are strangers to it unless a script says otherwise.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from curbside.errors import EncoderError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 64
"""Length of a vector where nobody asks for another."""

_NAME = "scripted"
_PLACES = 4  # coordinates that a word stands for
_MOST_WORDS = 512  # of a text that are looked at, as a model looks at its beginning alone
_SIGNS = 16_384  # code points of a text that are looked at
_KEPT_WORDS = 200_000  # whose coordinates are remembered
_WORD = re.compile(r"\w+")


class ScriptedEncoder:
    """Gives the vectors that it was told, and for any other text that of its words.

    `script` is text -> vector of any length but 0, of `dimensions` numbers; `fails` are texts for which `embed` raises
    EncoderError, as an encoder does whose files go bad.
    """

    def __init__(
        self,
        script: Mapping[str, Sequence[float]] | None = None,
        fails: Collection[str] = (),
        dimensions: int = DIMENSIONS,
    ) -> None:
        """Take the script.

        Raises:
            UsageError: if a vector of it is of another length, or has none.
        """
        import numpy as np

        if dimensions < _PLACES:
            raise UsageError(f"A scripted encoder has at least {_PLACES} dimensions, and {dimensions} were asked for.")
        self._dimensions = dimensions
        self._fails = frozenset(fails)
        self._words: dict[str, tuple[list[int], list[float]]] = {}
        self._script: dict[str, NDArray[np.float32]] = {}
        for text, given in (script or {}).items():
            row = np.asarray(given, np.float32)
            length = float(np.linalg.norm(row))
            if row.shape != (dimensions,) or not 0 < length < float("inf"):
                raise UsageError(f"The script's vector of {text!r} is no direction in {dimensions} dimensions.")
            self._script[text] = row / np.float32(length)
        told = json.dumps([dimensions, sorted((text, row.tolist()) for text, row in self._script.items())])
        self._version = f"scripted{hashlib.sha256(told.encode()).hexdigest()[:8]}"

    @property
    def name(self) -> str:
        """Always "scripted"."""
        return _NAME

    @property
    def version(self) -> str:
        """Changes with dimensions and script."""
        return self._version

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape `(len(texts), dimensions)`, each of unit length; safe to call from threads.

        Raises:
            EncoderError: if it was told to fail on one of the texts.
        """
        import numpy as np

        if not self._fails.isdisjoint(texts):
            raise EncoderError("The scripted encoder was told to fail on this text.")
        places: list[int] = []
        values: list[float] = []
        for number, text in enumerate(texts):
            start = number * self._dimensions
            for word in _WORD.findall(text[:_SIGNS].lower())[:_MOST_WORDS] or [""]:
                at, drawn = self._words.get(word) or self._drawn(word)
                places += [start + place for place in at]
                values += drawn
        shape = (len(texts), self._dimensions)
        summed = np.bincount(places, values, shape[0] * shape[1]) if texts else np.zeros(0)
        rows = summed.reshape(shape)
        rows[~rows.any(axis=1)] = 1  # words that take each other away entirely
        rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        for number, text in enumerate(texts):
            if text in self._script:
                rows[number] = self._script[text]
        return rows

    def _drawn(self, word: str) -> tuple[list[int], list[float]]:
        """Return the coordinates of a word and their values, the same in every process."""
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_PLACES * 4).digest()
        parts = [int.from_bytes(digest[at * 4 : at * 4 + 4], "little") for at in range(_PLACES)]
        drawn = [(part >> 1) % self._dimensions for part in parts], [1.0 if part & 1 else -1.0 for part in parts]
        if len(self._words) < _KEPT_WORDS:
            self._words[word] = drawn
        return drawn
