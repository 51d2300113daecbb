"""Reading a card is linear: four times the hostile text takes about four times as long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curbside.extract.card import read_card
from curbside.language.vocabulary import Vocabulary
from curbside.records import Block, BlockKind, Document, DocumentKind, Part, PartRole, Span, sealed
from growth import assert_linear

HOSTILE = ["in 1 of 2 patients, ", "all patients (n = 1) ", "mean age 1 year, ", "sirolimus 1 mg twice daily or ", "(1% ",
           "adverse events included a, ", "no ", "of the 3 ", "compared with ", "a-b ", "for 3 months ", "increase in a "]  # fmt: skip
SHORT = 3_000


def document(piece: str, size: int) -> Document:
    """Return an abstract of sentences of some hundred code points each."""
    sentence = f"Results: {(piece * 60)[:400].strip()}. "
    text = (sentence * (size // len(sentence) + 1))[:size]
    span = Span(0, len(text))
    part, block = Part(span, PartRole.ABSTRACT), Block(span, BlockKind.PARAGRAPH, 0)
    return sealed(Document("", text, DocumentKind.ARTICLE, title="A trial", parts=(part,), blocks=(block,)))


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_card_is_read_in_linear_time(piece: str) -> None:
    """Whatever the text is."""

    def prepare(size: int) -> Callable[[], object]:
        source = document(piece, size)
        return lambda: read_card(source, Vocabulary.shipped())

    assert_linear(prepare, SHORT)
