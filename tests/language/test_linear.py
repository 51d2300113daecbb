"""Patterns behave as the engine's own do, on text of any script, and stems change nothing but the time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.linear import linear

TEXTS = st.text("abcé β%12 ", max_size=30)


def spans(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return where a pattern matches."""
    return [(match.start(), match.end()) for match in linear(pattern).finditer(text)]


@pytest.mark.parametrize("pattern", [r"a(b)?c+", r"\b(\d+) ?%", r"é|b+", r"(a|é)(b)?"])
@given(text=TEXTS)
def test_places_are_code_points(pattern: str, text: str) -> None:
    """As `re` counts them, whatever bytes the text takes; a group without part is None at -1."""
    assert spans(pattern, text) == [match.span() for match in re.finditer(pattern, text, re.ASCII)]
    mine, other = linear(pattern).search(text), re.search(pattern, text, re.ASCII)
    assert (mine is None) is (other is None)
    if mine is not None and other is not None:
        groups = range(len(other.groups()) + 1)
        assert [(mine.group(at), mine.start(at), mine.end(at)) for at in groups] == [
            (other.group(at), other.start(at), other.end(at)) for at in groups
        ]
    assert (linear(pattern).match(text) is None) is (re.match(pattern, text, re.ASCII) is None)


@given(text=TEXTS)
def test_an_empty_match_is_not_found_for_ever(text: str) -> None:
    """A pattern that matches nothing matches between all letters, once each."""
    assert len(spans(r"x*", text)) == len(text) + 1


@given(text=TEXTS)
def test_stems_change_nothing(text: str) -> None:
    """A text without any stem of a pattern cannot match it; one that has a stem is searched as before."""
    assert [m.start() for m in linear(r"\b12|ab+", "12", "ab").finditer(text)] == [
        s for s, _ in spans(r"\b12|ab+", text)
    ]
    assert (linear("(?i)ABC?", "ab").search(text.upper()) is None) is (linear("(?i)ABC?").search(text.upper()) is None)


def test_names_of_groups() -> None:
    """Are kept, and `findall` returns words."""
    assert dict(linear(r"(?P<n>\d+)").groupindex) == {"n": 1}
    assert linear(r"\d+").findall("1 and 22") == ["1", "22"]
