"""Article sheets to test with: a plain one, one with hostile words in every field, and what is needed to draw a PDF."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from article_makers import AT, claim, version
from curbside.records import (
    Absence,
    ArticleState,
    Derivation,
    Identifiers,
    Move,
    Quote,
    ReferenceEntry,
    ReviewWord,
    Span,
)
from curbside.records.article_sheet import ArticleSheet, ClaimWord, SheetClaim, SheetVersion, Signer

HOSTILE = (
    "</p></title></script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)> "
    "<style>*{background:url(http://evil.example/y)}</style> [x](javascript:alert(3)) **b** | a `c` &lt; &copy; "
    "\x00\x0b\x1f\ufffe\ud800 turned \u202eround\u202c e\u200bnd\n# Heading\n- item\n1. one\n```\n<!--"
)

ANN = Signer("p1", "Ann Author", "Dermatology", page=True)
RITA = Signer("p2", "Rita Reviewer", "Haematology", page=True)
ED = Signer("p3", "Ed Editor")


def reference(number: int, **fields: Any) -> ReferenceEntry:
    """A reference to a document of the same number."""
    made = ReferenceEntry(
        number, f"w{number}", f"d{number}", "x", "A title", 2018, "randomised trial", number == 2,
        f"Müller Ä. Sirolimus ≥ 0.5 µg/mL in παιδιά: a trial. J Nothing. 2018;4(2):11-{number}.",
        Identifiers(pmid=str(1000 + number), doi=f"10.9999/x.{number}"),
    )  # fmt: skip
    return replace(made, **fields)


def sheet(**fields: Any) -> ArticleSheet:
    """An approved article in its second version: claims 1, 3 and 4, the second of them in the editor's words."""
    far = Quote("d2", Span(4, 9), "far words")
    claims = (
        claim(1, "Sirolimus at ≥ 5 ng/mL helped 10 of 13 (76.9 %).", heading="Short answer", references=(1, 2),
              derived=(Derivation("10", "76.9 % of 13 = 9.997"),)),
        claim(3, "Words of the editor.", edited="Shorter.", own_words="number: 12 is not quoted", quotes=(far,)),
        claim(4, "شفي تسعة من عشرة.", references=(2,)),
    )  # fmt: skip
    held = version(
        2, *claims, title="Does sirolimus help?", references=(reference(1), reference(2)),
        absences=(Absence("oral dose of sirolimus", ("d1", "d2"), far, (2,)),),
    )  # fmt: skip
    said = ClaimWord(RITA, ReviewWord.SIGNED, "Read against the paper.", "None.", AT)
    made = ArticleSheet(
        "a" + "b" * 16, "https://curbside.example.org", ArticleState.APPROVED,
        "Approved. Each claim was signed by a named reviewer, or removed.", False, "", held,
        tuple(SheetClaim(each, (said,)) for each in claims), ANN,
        ((ED, Move(AT, "p3", ArticleState.APPROVED, 2, "")),),
        (SheetVersion(1, AT, ANN, "Drawn from the library."), SheetVersion(2, AT, ANN, "Claim 2 removed: twice.")),
        (("Years", "from 1990"),),
    )  # fmt: skip
    return replace(made, **fields)


_KEPT = frozenset({"id", "at", "article", "site", "document", "work", "digest", "library"})
"""Fields that no person and no document fills."""


def poisoned(value: Any, words: str = HOSTILE) -> Any:
    """A record whose every text is hostile, at every depth, but for ids and times."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(poisoned(each, words) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in dataclasses.fields(value) if each.name not in _KEPT]
        return replace(value, **{name: poisoned(getattr(value, name), words) for name in names})
    return value


@cache
def no_drawing() -> str:
    """Why no PDF can be drawn here, "" where one can."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError) as error:
        return f"needs WeasyPrint and Pango (tests/documents.sh --system): {error}"
    return ""


def needs_drawing() -> None:
    """Skip where no PDF can be drawn."""
    if why := no_drawing():
        pytest.skip(why.splitlines()[0])


TAGS = {
    "main",
    "h1",
    "h2",
    "p",
    "strong",
    "a",
    "ol",
    "ul",
    "li",
    "table",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
"""Elements that the HTML of a written article consists of."""
