"""An encoder for tests whose vectors say which of a few meanings a text has; words of one meaning are one to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MEANINGS = (
    ("bleeding", "thrombocytopenia", "platelets", "haemorrhage"),
    ("child", "children", "infant", "paediatric"),
    ("tumor", "tumour", "sclerosis", "growth"),
    ("skin", "facial", "lesions", "ointment", "cle"),
    ("infections", "splenectomy", "germs"),
    ("mechanism", "half-life", "inhibitors", "review"),
)
VERSION = "meanings1"


def vector(text: str) -> Any:
    """A row of unit length: how often each meaning is named, and a little of everything."""
    import numpy as np

    lowered = text.lower()
    row = np.full(len(MEANINGS) + 2, 0.05, np.float32)
    for place, words in enumerate(MEANINGS):
        row[place] += sum(lowered.count(word) for word in words)
    return row / np.linalg.norm(row)


class Meanings:
    """Counts what it embeds; `broken` makes it fail."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.broken: Exception | None = None

    def embed(self, texts: Sequence[str]) -> Any:
        """One row a text."""
        import numpy as np

        if self.broken is not None:
            raise self.broken
        self.texts += texts
        return np.stack([vector(text) for text in texts])

    def question(self, text: str) -> Any:
        """The vector of a question."""
        if self.broken is not None:
            raise self.broken
        return vector(text)
