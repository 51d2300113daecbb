"""What a text that somebody types may name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.store.naming import names_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("12345", ("pmid:12345",)),
        ("  0012345 ", ("pmid:12345",)),
        ("pmid:12345", ("pmid:12345",)),
        ("PMID: 12345", ("pmid:12345",)),
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", ("pmid:12345",)),
        ("10.1000/ABC.(1)", ("doi:10.1000/abc.(1)",)),
        ("doi:10.1000/abc", ("doi:10.1000/abc",)),
        ("https://doi.org/10.1000/abc", ("doi:10.1000/abc",)),
        ("PMC123", ("pmcid:PMC123",)),
        ("pmcid:PMC123", ("pmcid:PMC123",)),
        ("nct00392951", ("nct:NCT00392951",)),
        ("nct:NCT00392951", ("nct:NCT00392951",)),
        ("w0123456789ab", ("w0123456789ab",)),
        ("d0123456789abcdef0123", ("d0123456789abcdef0123",)),
        ("", ()),
        ("sirolimus", ()),
        ("notes/a.md", ()),
        ("w0123", ()),
        ("1234567890123", ()),
    ],
)
def test_spellings(text: str, names: tuple[str, ...]) -> None:
    """Ids stay as they are, identifiers become joining keys, anything else names nothing."""
    assert names_of(text) == names


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    """Whatever is typed, there is an answer and no error."""
    for name in names_of(text):
        assert name[:1] in "dw" or ":" in name
