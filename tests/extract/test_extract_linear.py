"""Every pattern of the readers of findings is linear, and so is reading: n against 4n on hostile strings."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from trial_articles import article, evidence, table

import curbside.extract
from curbside.extract.card import read_card
from curbside.extract.finding import find
from curbside.extract.labels import bared, role_of, says
from curbside.extract.profile import profile
from curbside.extract.tables import table_findings
from curbside.language.short_forms import definitions
from curbside.language.summaries import CELL, PROSE, cell_summary, prose_summaries
from curbside.language.vocabulary import Vocabulary
from curbside.records import Comparison, Document, DocumentKind, sealed
from growth import assert_linear
from linear_time import OF_STUDIES, compiled, finds_all, is_linear

HOSTILE = ["1 ", "1.", "1,", "1 (", "1 (1", "1 ± ", "(", "n = ", "n=1 ", "1/", "1 of ", "95% CI ", "p = ", "a (b", "SD ",
           "week 1 ", "group a ", "and ", "a ", "±", "(1 ± 1) ", "per 100 patient ", "no ", "M = 1 ", "-", "1-", "A; B (C"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_cells_labels_and_sentences_are_read_in_linear_time(piece: str) -> None:
    """Four times the text takes about four times as long, whatever the text is."""
    assert [run for run in (cell_summary, prose_summaries, says, bared, role_of) if not is_linear(run, piece)] == []


PATTERNS = compiled(curbside.extract)

READERS: dict[str, Callable[[str], object]] = {
    "card": lambda text: read_card(_document(text), Vocabulary.shipped()),
    "profile": lambda text: profile(_document(text), Vocabulary.shipped()),
    "short forms": definitions,
}


def _document(text: str) -> Document:
    return sealed(Document(id="", kind=DocumentKind.ARTICLE, title="A trial", text=text))


def test_patterns_are_found() -> None:
    """They are discovered, not listed by hand, so that a new one is tested too."""
    assert len(PATTERNS) > 150


def test_every_pattern_is_linear() -> None:
    """Finding all matches in 4n characters takes about four times as long as in n, for every hostile text."""
    faults = [
        (name, piece)
        for name, pattern in PATTERNS.items()
        for piece in OF_STUDIES
        if not is_linear(finds_all(pattern), piece)
    ]
    assert faults == []


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_of_a_document_is_linear(name: str) -> None:
    """The same of what reads a document whole."""
    READERS[name]("warm")
    assert [piece for piece in OF_STUDIES[::3] if not is_linear(READERS[name], piece)] == []


def test_patterns_that_backtrack_hold_no_open_repetition_inside_another() -> None:
    """What is not RE2 is bounded or possessive: no group that repeats without end holds one that does."""
    nested = re.compile(r"\([^()]*(?<![\\])[*+](?![+])[^()]*\)(?:[*](?![+])|[+](?![+])|\{[0-9]+,\}(?![+]))")
    parted = re.compile(r"\(\?:\[[^]\\a-z0-9]+\]\\d\+\)\*")  # "1,000,000": a sign must stand between, so one way only
    for name, pattern in PATTERNS.items():
        if isinstance(pattern, re.Pattern):
            assert not nested.search(parted.sub("", pattern.pattern)), name
    assert all(type(pattern).__module__ == "curbside.language.linear" for _, pattern in CELL)
    assert type(PROSE).__module__ == "curbside.language.linear"


def test_a_table_of_many_rows_is_read_in_linear_time() -> None:
    """A long table of figures costs by its cells."""

    def rows(count: int) -> str:
        return table([["", "A (n = 9)", "B (n = 8)"], *([f"Row {i}", "4 (44)", "5 (63)"] for i in range(count))])

    def prepare(count: int) -> Callable[[], object]:
        read = article(rows(count))
        return lambda: table_findings(read)

    assert_linear(prepare, 50)


def test_a_hostile_sentence_is_asked_in_linear_time() -> None:
    """A sentence of nothing but values and arms is read within its bound or left alone."""
    asked = Comparison("pain", "A drug", "B drug", False)

    def prepare(size: int) -> Callable[[], object]:
        read = evidence(f"<p>{'Pain in A was 1 ± 1 and in B 2 ± 2 ' * 40}.</p><p>{'A 1% B 2% ' * size}</p>")
        return lambda: find(asked, read)

    assert_linear(prepare, 250)
