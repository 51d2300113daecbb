"""Manuscripts to test with."""

from __future__ import annotations

from dataclasses import replace

from curbside.records import (
    Contributor,
    KeptFile,
    Manuscript,
    ManuscriptContent,
    ManuscriptMove,
    ManuscriptReview,
    ManuscriptState,
    ManuscriptVersion,
    Recommendation,
)

AT = "2027-01-15T08:00:00Z"
ID = "m" + "b" * 16


def content(**fields: object) -> ManuscriptContent:
    """What an author wrote, whole."""
    made = ManuscriptContent(
        title="A small work",
        type="Case report",
        abstract=(("Results", "It helped."),),
        keywords=("sirolimus",),
        authors=(Contributor("Ada", "Quillfeather", "0000-0002-1825-0097", ("University of Nowhere",)),),
        ethics="Approved.",
        funding="None.",
        conflicts="None.",
        data="On request.",
        file=KeptFile("0" * 64, "a.md", "markdown", 10),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def move(state: ManuscriptState, number: int = 0, who: int = 1, at: str = AT, words: str = "") -> ManuscriptMove:
    """A change of state by a person."""
    return ManuscriptMove(at, f"p{who:016d}", state, number, words)


def review(who: int, number: int = 1, version: int = 1, **fields: object) -> ManuscriptReview:
    """What a person said of a version."""
    made = ManuscriptReview(
        number, version, f"p{who:016d}", Recommendation.MINOR, "Mend it.", "I doubt it.", (("Results", "Where?"),), "None.", AT
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def manuscript(state: ManuscriptState = ManuscriptState.DRAFT, **fields: object) -> Manuscript:
    """A manuscript of person 1; beyond a draft it has one version."""
    versions = () if state is ManuscriptState.DRAFT else (ManuscriptVersion(1, AT, content()),)
    made = Manuscript(ID, "p" + "1".zfill(16), state, content(), versions, moves=(move(ManuscriptState.DRAFT),))
    return replace(made, **fields)  # type: ignore[arg-type]
