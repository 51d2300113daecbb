"""How documents and profiles lie in the database."""

from __future__ import annotations

import pytest

from curbside.records import AgeGroup, EvidenceKind, NoticeKind, Profile, Span, sealed
from curbside.store.base import Issued
from curbside.store.packing import entry_of, packed, packed_profile, unpacked, unpacked_profile
from store_makers import document, notice


def test_a_document_survives() -> None:
    """Every field comes back, and the packed form is smaller than the text."""
    made = sealed(document("Sirolimus was given. " * 200, pmid="1", doi="10.1000/a"))
    assert unpacked(packed(made)) == made
    assert len(packed(made)) < len(made.text)


@pytest.mark.parametrize("data", [b"", b"\x00", b"no deflate", packed(sealed(document("x")))[:-4]])
def test_damage_is_a_value_error(data: bytes) -> None:
    """Never a document that is almost right."""
    with pytest.raises(ValueError, match="damaged"):
        unpacked(data)


def test_a_profile_survives() -> None:
    """With its spans and groups."""
    made = Profile(
        EvidenceKind.CASE_SERIES,
        Span(1, 4),
        13,
        Span(5, 7),
        ("d:sirolimus",),
        ("c:itp",),
        (AgeGroup.CHILD,),
        True,
        True,
    )
    assert unpacked_profile(packed_profile(made)) == made


def test_an_entry_carries_what_columns_need() -> None:
    """Sealed on the way, with the notices that it issues and their date."""
    made = notice(NoticeKind.RETRACTION, "Retraction.", date="2021-03", pmid="1", doi="10.1000/a")
    assert made.notices == (Issued(NoticeKind.RETRACTION, ("pmid:1", "doi:10.1000/a"), "2021-03"),)
    plain = entry_of(document("One two three four five.", pmid="7"), Profile(EvidenceKind.COHORT), "1", 4, 9)
    assert (plain.id[0], len(plain.id), plain.title, plain.year) == ("d", 21, "One two three four", 2020)
    assert (plain.line, plain.version, plain.made_by, plain.notices) == (4, 9, "1", ())
