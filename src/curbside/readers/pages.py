"""Which of five kinds of page a sheet is, by what it says of itself and how it is built; and its structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from curbside.readers import pages_answer, pages_article, pages_author, pages_plain, pages_question, pages_study
from curbside.readers.pages_features import signs
from curbside.readers.pages_issue import issns
from curbside.readers.pages_sheet import Sheet
from curbside.records import Document, DocumentKind, Problem

WEIGHTS: Mapping[DocumentKind, Mapping[str, tuple[float, float]]] = {
    DocumentKind.ANSWER_PAGE: {
        "guideline heading": (3.0, 1),
        "research heading": (1.5, 1),
        "review states": (1.0, 2),
        "review banner": (1.0, 2),
        "updated": (1.0, 1),
        "bare citations": (0.4, 5),
        "question title": (1.5, 1),
        "key points": (0.7, 1),
        "disclaimer": (0.5, 1),
        "follow-up": (1.0, 1),
        "issn": (-4.0, 1),
        "issue line": (-1.5, 1),
        "citation metadata": (-4.0, 1),
        "affiliations": (-0.7, 3),
        "responder": (-1.5, 2),
        "asker": (-1.0, 1),
        "votes": (-1.0, 3),
        "tldr": (-1.0, 1),
    },
    DocumentKind.ARTICLE: {
        "issn": (2.5, 2),
        "issue line": (2.5, 1),
        "citation metadata": (5.0, 1),
        "article schema": (3.0, 1),
        "doi": (1.0, 1),
        "abstract sections": (0.8, 5),
        "keywords": (1.5, 1),
        "affiliations": (0.7, 3),
        "article type": (1.0, 1),
        "dates of an article": (1.0, 2),
        "votes": (-1.0, 3),
        "responder": (-0.7, 3),
        "tldr": (-2.0, 1),
        "guideline heading": (-1.0, 1),
        "metrics": (-0.5, 2),
        "many issue lines": (-3.0, 1),
    },
    DocumentKind.QUESTION_PAGE: {
        "asker": (2.0, 1),
        "responder": (2.0, 2),
        "reply label": (1.5, 2),
        "question label": (1.5, 1),
        "similar questions": (2.0, 1),
        "generated label": (1.0, 1),
        "faq": (1.0, 1),
        "question schema": (4.0, 1),
        "question title": (0.5, 1),
        "issn": (-4.0, 1),
        "citation metadata": (-4.0, 1),
        "guideline heading": (-1.5, 1),
        "votes": (-0.5, 3),
        "abstract sections": (-0.4, 5),
    },
    DocumentKind.STUDY_PAGE: {
        "tldr": (3.0, 1),
        "posts heading": (2.0, 1),
        "votes": (1.0, 3),
        "ages": (0.5, 2),
        "counts of results": (1.0, 2),
        "related research": (1.5, 2),
        "in journal": (2.0, 1),
        "discuss": (1.0, 1),
        "issn": (-3.0, 1),
        "responder": (-0.7, 2),
    },
    DocumentKind.AUTHOR_PAGE: {
        "abstracts": (2.5, 3),
        "works heading": (1.5, 1),
        "many issue lines": (2.5, 1),
        "person title": (2.0, 1),
        "metrics": (1.0, 3),
        "orcid": (1.0, 1),
        "person schema": (3.0, 1),
        "citing": (1.5, 1),
        "issn": (-3.0, 1),
        "keywords": (-1.5, 1),
        "tldr": (-3.0, 1),
        "guideline heading": (-2.0, 1),
        "responder": (-1.5, 2),
        "article type": (-1.0, 1),
        "question label": (-1.0, 1),
        "question title": (-1.0, 1),
        "similar questions": (-2.0, 1),
    },
}
"""Kind -> sign -> (weight, how often it counts at most). Several weak signs make a kind; one phrase never does."""

THRESHOLD = 4.5
"""A page of no kind reaches this for any."""

STRUCTURES: Mapping[DocumentKind, Callable[[Sheet], Document]] = {
    DocumentKind.ANSWER_PAGE: pages_answer.document,
    DocumentKind.ARTICLE: pages_article.document,
    DocumentKind.QUESTION_PAGE: pages_question.document,
    DocumentKind.STUDY_PAGE: pages_study.document,
    DocumentKind.AUTHOR_PAGE: pages_author.document,
    DocumentKind.PAGE: pages_plain.document,
}
"""Kind -> the function that gives its lines to voices."""


def scores(found: Mapping[str, float]) -> dict[DocumentKind, float]:
    """Return how strongly a sheet with these signs shows each kind of page."""
    return {
        kind: round(sum(weight * min(most, found[name]) for name, (weight, most) in table.items()), 3)
        for kind, table in WEIGHTS.items()
    }


def kind_of(sheet: Sheet) -> DocumentKind:
    """Return the kind of page that a sheet shows most strongly, or PAGE."""
    found = signs(sheet)
    ranked = sorted(scores(found).items(), key=lambda pair: -pair[1])
    kind, score = ranked[0]
    if kind is DocumentKind.AUTHOR_PAGE and found["abstracts"] < 1:
        kind, score = ranked[1]
    return kind if score >= THRESHOLD else DocumentKind.PAGE


def structured(sheet: Sheet) -> Document:
    """Return the document that a sheet is."""
    return STRUCTURES[kind_of(sheet)](sheet)


_INVISIBLE = {
    "zero-width characters": "\u200b\u200c\u200d\u2060\ufeff",
    "direction marks": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f",
}


def remarks(document: Document, origin: str) -> tuple[Problem, ...]:
    """Return remarks on what a reader of the page would not see."""
    found: list[Problem] = []
    for name, signs_of in _INVISIBLE.items():
        count = sum(document.text.count(sign) for sign in signs_of)
        if count:
            what = f"The text holds {count} invisible {name}; they were kept."
            found.append(Problem(what, origin, lost=False))
    for line in document.text.split("\n") if document.kind is DocumentKind.ARTICLE else ():
        for issn in issns(line) if "ISSN" in line.upper() else ():
            if not issn.issn:
                what = f"The ISSN {issn.printed} has a wrong check digit and was left out."
                found.append(Problem(what, origin, lost=False))
    return tuple(found)
