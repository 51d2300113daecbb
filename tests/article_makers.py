"""Articles to test with, drawn from a small real library."""

from __future__ import annotations

from dataclasses import replace

from curbside.records import (
    Article,
    ArticleClaim,
    ArticleState,
    ArticleVersion,
    Filters,
    Move,
    Quote,
    ReviewWord,
    Signature,
    Span,
)

AT = "2027-01-15T08:00:00Z"


def claim(number: int, text: str = "", **fields: object) -> ArticleClaim:
    """A claim on a quote of its own."""
    words = text or f"Sentence {number} says something."
    made = ArticleClaim(number, "From the Research", words, (Quote("d1", Span(0, len(words)), words),), (1,))
    return replace(made, **fields)  # type: ignore[arg-type]


def version(number: int, *claims: ArticleClaim, **fields: object) -> ArticleVersion:
    """A version with some claims."""
    made = ArticleVersion(
        number, AT, "p0000000000000001", "Drawn from the library.", "Does it help?", "Does it help?",
        Filters(), claims or (claim(1), claim(2)), (), (), (3, 9), "0" * 64, AT,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def article(state: ArticleState = ArticleState.DRAFT, *claims: ArticleClaim, **fields: object) -> Article:
    """An article of person 1, in its first version."""
    moves = (Move(AT, "p0000000000000001", ArticleState.DRAFT, 1, ""),)
    made = Article("a" + "b" * 16, "p0000000000000001", state, version(1, *claims), 1, moves=moves)
    return replace(made, **fields)  # type: ignore[arg-type]


def word(on: ArticleClaim, who: int, said: ReviewWord = ReviewWord.SIGNED, number: int = 1) -> Signature:
    """What a reviewer said of a claim as it stands."""
    words = "Mend it." if said is ReviewWord.RETURNED else ""
    return Signature(number, on.number, on.key, 1, f"p{who:016d}", said, words, "None.", AT)
