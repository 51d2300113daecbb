"""The words on either side of a marker, for a model that reads them in their order."""

from __future__ import annotations

import pytest

from curbside.language.stance_sides import sides
from curbside.records.citation import StatementText
from curbside.records.span import Span


@pytest.mark.parametrize(
    ("text", "marker", "wanted"),
    [
        ("As Lee found [7], it helps.", "[7]", ("As Lee found ", ", it helps.")),
        ("Two trials [5] agree [7] and one [9] does not.", "[7]", ("Two trials  *  agree ", " and one  *  does not.")),
        ("[7] saw none.", "[7]", ("", " saw none.")),
        ("Nobody is cited.", "", ("Nobody is cited.", "")),
        ("", "", ("", "")),
    ],
)
def test_the_words_on_either_side(text: str, marker: str, wanted: tuple[str, str]) -> None:
    """Neither the marker nor what other markers name; without a marker all words stand before."""
    at = text.find(marker) if marker else -1
    span = Span(at, at + len(marker)) if at >= 0 else None
    assert sides(StatementText(text, span)) == wanted


def test_other_markers_that_only_the_document_knows() -> None:
    """A name with a year that the source marks as a citation is taken out too."""
    text = "Lee 2003 and Kim 2004 agree."
    told = StatementText(text, Span(0, 8), others=(Span(13, 21),))
    assert sides(told) == ("", " and  *  agree.")


def test_little_is_read_of_a_long_text() -> None:
    """A few thousand signs around the marker."""
    text = "so " * 100_000 + "[7]" + " but" * 100_000
    before, behind = sides(StatementText(text, Span(300_000, 300_003)))
    assert len(before) <= 2_000 and len(behind) <= 2_000
    assert before.endswith("so ") and behind.startswith(" but")
