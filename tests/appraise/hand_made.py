"""Documents and cards made by hand, for what is weighed across them."""

from __future__ import annotations

from typing import Any

from curbside.appraise.studies import Reported
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Author,
    Count,
    Dated,
    Document,
    DocumentKind,
    EvidenceKind,
    Fact,
    Field,
    Holding,
    Identifiers,
    Number,
    Profile,
    Quote,
    Span,
    StudyCard,
    Terms,
)

WORDS = Vocabulary.shipped()
SIROLIMUS, ITP = "d:sirolimus", "c:immune-thrombocytopenia"
LONG = " It was a study of people who had the disease for years and did not get better with what they were given." * 2


def stated(field: Field, value: Any, document: str = "d", words: str = "so it says", **more: Any) -> Fact:
    """A fact; a number or words become the value that they stand for."""
    value = Number(value) if isinstance(value, str) and value.isdigit() else value
    value = Terms((value,)) if isinstance(value, str) else value
    return Fact(field, value, Quote(document, Span(0, len(words)), words), **more)


def counted(k: int, n: int, outcome: str = "response", **more: Any) -> Fact:
    """So many of so many had an outcome."""
    time = more.pop("time", "")
    return stated(more.pop("field", Field.OUTCOME), Count(str(k), str(n), time=time), outcome=outcome, **more)


def reported(
    name: str,
    *facts: Fact,
    title: str = "Sirolimus for immune thrombocytopenia",
    kind: EvidenceKind = EvidenceKind.COHORT,
    document: DocumentKind = DocumentKind.ARTICLE,
    work: str = "",
    year: int = 2020,
    drugs: tuple[str, ...] = (SIROLIMUS,),
    conditions: tuple[str, ...] = (ITP,),
    authors: tuple[str, ...] = (),
    **more: Any,
) -> Reported:
    """A document that states these facts; their quotes are put into it."""
    text = title + LONG + " ".join(fact.quote.words for fact in facts) if more.pop("text", True) else title
    made = Document(
        f"d{name}",
        text,
        document,
        title,
        ids=more.pop("ids", Identifiers()),
        authors=tuple(Author(family, "A") for family in authors),
        dates=(Dated("published", str(year)),),
        mentioned=more.pop("mentioned", ()),
        types=more.pop("types", ()),
        affiliations=more.pop("affiliations", ()),
    )
    profile = Profile(kind, n=more.pop("n", None), drugs=drugs, conditions=conditions, **more)
    placed = tuple(
        Fact(**{f.name: getattr(fact, f.name) for f in _fields() if f.name != "quote"}, quote=_in(made, fact))
        for fact in facts
    )
    holding = Holding(made, work or f"w{name}", "", 0, profile)
    standing = ("retracted",) if "Retracted Publication" in made.types else ()
    return Reported(holding, StudyCard(made.id, placed), standing=standing)


def _fields() -> tuple[Any, ...]:
    from dataclasses import fields

    return fields(Fact)


def _in(document: Document, fact: Fact) -> Quote:
    start = document.text.find(fact.quote.words)
    return Quote(document.id, Span(start, start + len(fact.quote.words)), fact.quote.words)
