"""Remembers what short texts were read as: making an answer asks the same of a sentence again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_TEXTS = 1_024
_SHORT = 1_000
"""How many texts of up to how many code points are remembered for each reader: the sentences of an answer or two."""

_T = TypeVar("_T")


def remembered(read: Callable[[str], list[_T]]) -> Callable[[str], list[_T]]:
    """Return `read`, a pure reader of texts, with a memory of its latest short ones; safe to share between threads."""

    @lru_cache(maxsize=_TEXTS)
    def known(text: str) -> tuple[_T, ...]:
        return tuple(read(text))

    @wraps(read)
    def reading(text: str) -> list[_T]:
        return list(known(text)) if len(text) <= _SHORT else read(text)

    return reading
