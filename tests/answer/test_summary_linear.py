"""The patterns of TLDR and plain summary are linear: n against 4n on hostile strings."""

from __future__ import annotations

import curbside.answer
from linear_time import OF_STUDIES, compiled, finds_all, is_linear

ROOMS = ("tldr", "summary", "forms", "plain_words")
PATTERNS = {
    name: pattern for name, pattern in compiled(curbside.answer).items() if name.split(".")[2].startswith(ROOMS)
}


def test_patterns_are_found() -> None:
    """They are discovered, not listed by hand, so that a new one is tested too."""
    assert len(PATTERNS) > 20


def test_every_pattern_is_linear() -> None:
    """Finding all matches in 4n characters takes about four times as long as in n, for every third hostile text."""
    faults = [
        (name, piece)
        for name, pattern in PATTERNS.items()
        for piece in OF_STUDIES[::3]
        if not is_linear(finds_all(pattern), piece)
    ]
    assert faults == []
