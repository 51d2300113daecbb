"""Names written one way, so that two texts on one thing share its name and an encoder knows it.

Drugs, classes and conditions are written as the vocabulary calls them. Names that came into use after the encoders and
tables of rarity were made, whose pieces tell nothing, are written as what they were named after.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from curbside.language.linear import Match, linear
from curbside.language.vocabulary import Vocabulary

_NEWER = (
    (
        linear(
            r"(?i)(?:\bthe )?(?:\b(?:severe )?acute respiratory syndrome[ -](?:related )?coronavirus[ -]?2"
            r"|\bsars[ -]?cov[ -]?2|\bcovid(?:[ –-]?19)?|\b2019[ -]?ncov|\bcoronavirus disease(?: 2019)?"
            r"|\b(?:new |novel )?coronavirus)\b(?: ?\((?:covid[ -]?19|sars[ -]?cov[ -]?2|2019[ -]?ncov|coronavirus)\))?"
        ),
        "coronavirus",
    ),
)
"""What is found -> how it is written."""

_TEXTS = 4_096


@lru_cache(maxsize=_TEXTS)
def plainly(text: str, vocabulary: Vocabulary) -> str:
    """Return `text` with every drug, class and condition under one name; linear in the text, nothing else changes."""
    pieces: list[str] = []
    at = 0
    for mention in vocabulary.mentions(text):
        concept = vocabulary.get(mention.concept)
        if mention.span.start >= at and concept is not None:
            pieces += [text[at : mention.span.start], concept.name]
            at = mention.span.end
    written = "".join((*pieces, text[at:]))
    for pattern, name in _NEWER:
        written = _replaced(written, pattern.finditer(written), name)
    return written


def _replaced(text: str, found: Iterator[Match], name: str) -> str:
    pieces: list[str] = []
    at = 0
    for match in found:
        pieces += [text[at : match.start()], name]
        at = match.end()
    return "".join((*pieces, text[at:]))
