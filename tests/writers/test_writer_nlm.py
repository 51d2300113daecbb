"""Citations in NLM style."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from writer_samples import RETRACTION, document

from curbside.records import Author, Dated, DocumentKind, Identifiers, Journal
from curbside.writers.fields import initials
from curbside.writers.nlm import nlm

NO_IDS = Identifiers()


def test_a_whole_citation() -> None:
    """Authors, title, journal, year, volume, issue, pages, identifiers."""
    assert nlm(document()) == (
        "Ärmel AB Jr, van der Rot JP, Red Spot Study Group. Zedocream for spots. J Made Up Med. 2025;42(5):494-501."
        " doi: 10.9999/mum.1. PMID: 99000001; PMCID: PMC9900001."
    )


@pytest.mark.parametrize(("n", "ends"), [(6, "F6 A."), (7, "F6 A, et al."), (40, "F6 A, et al.")])
def test_six_authors_are_listed(n: int, ends: str) -> None:
    """From the seventh on they are et al."""
    authors = tuple(Author(f"F{i}", "Ann") for i in range(1, n + 1))
    assert nlm(document(authors=authors, ids=NO_IDS)).split(" Zedocream")[0].endswith(ends)


def test_online_first() -> None:
    """Without volume and pages the date stands, and that it is ahead of print."""
    journal = Journal("Journal of Made-Up Medicine", "J Made Up Med")
    made = document(
        authors=(), journal=journal, dates=(Dated("online", "2025-10-03"),), ids=Identifiers(doi="10.1234/x")
    )
    assert nlm(made) == "Zedocream for spots. J Made Up Med. 2025 Oct 3. doi: 10.1234/x. Online ahead of print."


@pytest.mark.parametrize(
    ("journal", "shown"),
    [
        (Journal("", "J", "", "", "42", "", "e12"), "J. 2025;42:e12."),
        (Journal("", "J", "", "", "", "5", ""), "J. 2025;(5)."),
        (Journal("Full Title.", "", "", "", "1", "2", "3"), "Full Title. 2025;1(2):3."),
        (Journal("", "J", "", "", "", "", "e12"), "J. 2025 Oct 3;:e12."),
        (Journal("", "", "", "", "1", "2", "3"), "2025;1(2):3."),
    ],
)
def test_what_is_not_known_leaves_no_empty_signs(journal: Journal, shown: str) -> None:
    """Volume, issue and pages stand as far as known."""
    assert nlm(document(journal=journal, authors=(), ids=NO_IDS)) == f"Zedocream for spots. {shown}"


@pytest.mark.parametrize(
    ("title", "shown"), [("", "[Title not given]."), ("Why?", "Why?"), ("It is.", "It is."), ("It", "It.")]
)
def test_titles_end_once(title: str, shown: str) -> None:
    """No second stop after a title's own; a title that is not known is said to be so."""
    assert nlm(document(title=title, authors=(), journal=Journal("", "J"), dates=(), ids=NO_IDS)) == f"{shown} J."


def test_a_retracted_work_says_so() -> None:
    """Wherever it is cited."""
    assert nlm(document(notices=(RETRACTION,))).endswith("Retracted publication.")


def test_a_page_has_publisher_and_address() -> None:
    """What appeared in no journal is cited by where it is found."""
    made = document(
        kind=DocumentKind.PAGE, journal=Journal(), source="Invented Press", authors=(), ids=Identifiers(others=(("url", "https://example.org/x"),))
    )  # fmt: skip
    assert nlm(made) == "Zedocream for spots. Invented Press; 2025 Oct 3. Available from: https://example.org/x"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("John A.", "JA"),
        ("J.A.", "JA"),
        ("JA", "JA"),
        ("Jean-Pierre", "JP"),
        ("J P", "JP"),
        ("émile", "É"),
        ("", ""),
        ("Анна Б", "АБ"),
        ("ANNA", "ANNA"),
    ],
)
def test_initials(given: str, shown: str) -> None:
    """From full names, from initials however they are printed."""
    assert initials(given) == shown


def test_a_citation_is_one_line_without_controls() -> None:
    """A title cannot break the line or steer a terminal."""
    assert "\n" not in nlm(document(title="A\nB\x1b[31m\u202eC")) and "\x1b" not in nlm(document(title="A\x1b[0m"))
