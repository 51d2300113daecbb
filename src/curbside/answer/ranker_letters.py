"""Likeness of spellings: runs of four letters, weighted by rarity, by the cosine of question and sentence.

Vector space after Salton, Wong and Yang 1975; runs of letters after Damashek 1995 (Science 267:843). Words that were
compounded, misspelt or put into the plural still share most of their runs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_RUN = 4


class Letters:
    """Runs of letters of a pool of sentences, and of the sources that they stand in."""

    def __init__(self, texts: Sequence[str], sources: NDArray[np.int64]) -> None:
        """Count the runs of `texts`; `sources` tells for each text which source it stands in, from 0."""
        many = len(texts)
        coded = [_runs(text) for text in texts]
        rows = np.repeat(np.arange(many), [len(each) for each in coded])
        codes = np.concatenate(coded) if coded else np.zeros(0, np.int64)
        self._codes, place, held = np.unique(codes, return_inverse=True, return_counts=True)
        self._rarity = np.log(1 + many / np.maximum(held, 1))
        # A run that a third of all texts hold tells nothing and costs most.
        weights = np.where(held[place] * 3 > many, 0.0, self._rarity[place]) if many > 30 else self._rarity[place]
        order = np.argsort(place, kind="stable")
        self._rows, self._weights = rows[order], weights[order]
        self._starts = np.concatenate([[0], np.cumsum(held)])
        self._lengths = np.sqrt(np.bincount(rows, weights**2, minlength=many)) + 1e-9
        self._sources = sources
        joined = np.unique(sources[rows] * len(self._codes) + place) if len(place) else np.zeros(0, np.int64)
        of, code = np.divmod(joined, max(1, len(self._codes)))
        least = np.zeros(len(self._codes))
        least[place] = weights
        self._source_lengths = np.sqrt(np.bincount(of, least[code] ** 2, minlength=self._wide)) + 1e-9
        at = np.argsort(code, kind="stable")
        self._source_rows = of[at]
        self._source_starts = np.concatenate([[0], np.cumsum(np.bincount(code, minlength=len(self._codes)))])
        self._least = least

    @property
    def _wide(self) -> int:
        return int(self._sources.max()) + 1 if len(self._sources) else 0

    def likeness(self, question: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each text how like it is to the question, from 0 to 1, and how like its source is."""
        asked = _runs(question)
        at = np.searchsorted(self._codes, asked)
        known = at[(at < len(self._codes)) & (self._codes[np.minimum(at, len(self._codes) - 1)] == asked)]
        one, two = np.zeros(len(self._lengths)), np.zeros(self._wide)
        for each in known:
            mine = slice(self._starts[each], self._starts[each + 1])
            one[self._rows[mine]] += self._weights[mine] * self._rarity[each]
            theirs = self._source_rows[self._source_starts[each] : self._source_starts[each + 1]]
            two[theirs] += self._least[each] * self._rarity[each]
        length = float(np.sqrt((self._rarity[known] ** 2).sum())) + 1e-9
        return one / self._lengths / length, (two / self._source_lengths / length)[self._sources]


def _runs(text: str) -> NDArray[np.int64]:
    """Return the different runs of four signs as numbers; signs outside of letters and digits are blanks."""
    lower = "".join(sign if sign.isalnum() else " " for sign in text.lower())
    signs = np.frombuffer(f" {' '.join(lower.split())} ".encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    if len(signs) < _RUN:
        return np.zeros(0, np.int64)
    signs &= 0x7FFF
    made = signs[: len(signs) - _RUN + 1].copy()
    for step in range(1, _RUN):
        made = made << 15 | signs[step : len(signs) - _RUN + 1 + step]
    return np.unique(made)
