"""Snippets: the stretch of a passage that tells most about the question."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.records import ConceptKind, Expansion, Mention, Query, Span
from curbside.search.snippet import telling

FILLER = "Nothing of note was written here on that day. " * 20


def shown(text: str, question: str, width: int = 80) -> str:
    """Return the snippet of a whole text."""
    return telling(text, Span(0, len(text)), Query(question), (), width).of(text)


def test_the_densest_stretch_is_shown() -> None:
    """Many different words of the question outweigh one of them early on."""
    text = f"Sirolimus once. {FILLER}Ten children on sirolimus recovered within weeks. {FILLER}"
    assert "children on sirolimus recovered" in shown(text, "do children recover on sirolimus?")


def test_repeats_do_not_count() -> None:
    """One word many times is still one word."""
    text = f"Sirolimus sirolimus sirolimus sirolimus. {FILLER}Children took sirolimus."
    assert "Children took" in shown(text, "sirolimus children")


def test_a_concept_is_found_under_another_name() -> None:
    """What was read as a concept counts where the vocabulary sees it."""
    text = f"{FILLER}Rapamycin was given."
    at = text.index("Rapamycin")
    query = Query("Rapamune", (Expansion(Span(0, 8), "d:sirolimus", "sirolimus", ("d:sirolimus",)),))
    mention = Mention(Span(at, at + 9), "d:sirolimus", ConceptKind.DRUG)
    assert "Rapamycin" in telling(text, Span(0, len(text)), query, [mention], 60).of(text)


def test_without_a_match_the_beginning_is_shown() -> None:
    """A passage found by its title alone begins at its beginning."""
    assert shown(FILLER, "wombats").startswith("Nothing of note")


def test_a_short_passage_is_shown_whole() -> None:
    """Nothing is cut that has room."""
    assert shown("Wombats recovered.", "wombats") == "Wombats recovered."


@settings(max_examples=500, deadline=None, derandomize=True)
@given(text=st.text(max_size=300), question=st.text(max_size=30), start=st.integers(0, 300), width=st.integers(1, 90))
def test_a_snippet_lies_in_its_passage(text: str, question: str, start: int, width: int) -> None:
    """Whatever the texts, the span is inside the passage."""
    span = Span(min(start, len(text)), len(text))
    found = telling(text, span, Query(question), (), width)
    assert span.start <= found.start <= found.end <= span.end
