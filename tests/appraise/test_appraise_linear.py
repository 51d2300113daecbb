"""Every pattern of the room that weighs is linear, and so are its checks: n against 4n on hostile strings."""

from __future__ import annotations

import curbside.appraise
from curbside.appraise.checks import checked
from curbside.records import Document, DocumentKind, sealed
from linear_time import OF_STUDIES, compiled, finds_all, is_linear

PATTERNS = compiled(curbside.appraise)


def _checked(text: str) -> object:
    return checked(sealed(Document(id="", kind=DocumentKind.ARTICLE, title="A trial", text=text)))


def test_patterns_are_found() -> None:
    """They are discovered, not listed by hand, so that a new one is tested too."""
    assert len(PATTERNS) > 40


def test_every_pattern_is_linear() -> None:
    """Finding all matches in 4n characters takes about four times as long as in n, for every hostile text."""
    faults = [
        (name, piece)
        for name, pattern in PATTERNS.items()
        for piece in OF_STUDIES
        if not is_linear(finds_all(pattern), piece)
    ]
    assert faults == []


def test_checks_of_a_document_are_linear() -> None:
    """The same of all checks over one text."""
    _checked("warm")
    assert [piece for piece in OF_STUDIES[::3] if not is_linear(_checked, piece)] == []
