"""Small documents for tests of search, as the library holds them, and a vocabulary of a few concepts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from curbside.readers.builder import Builder
from curbside.records import (
    AgeGroup,
    Author,
    BlockKind,
    Concept,
    ConceptKind,
    Dated,
    Document,
    DocumentKind,
    EvidenceKind,
    Heading,
    Holding,
    Identifiers,
    Journal,
    Mention,
    PartRole,
    Profile,
    Span,
    sealed,
)

CONCEPTS = {
    each.id: each
    for each in (
        Concept("d:sirolimus", ConceptKind.DRUG, "sirolimus", ("rapamycin", "Rapamune"), ("k:mtor-inhibitors",)),
        Concept("d:everolimus", ConceptKind.DRUG, "everolimus", ("Afinitor",), ("k:mtor-inhibitors",)),
        Concept("d:tacrolimus", ConceptKind.DRUG, "tacrolimus"),
        Concept("k:mtor-inhibitors", ConceptKind.DRUG_CLASS, "mTOR inhibitors", ("mTOR inhibitor",)),
        Concept("c:lupus", ConceptKind.CONDITION, "lupus erythematosus"),
        Concept("c:cle", ConceptKind.CONDITION, "cutaneous lupus erythematosus", ("CLE",), ("c:lupus",)),
        Concept("c:itp", ConceptKind.CONDITION, "immune thrombocytopenia", ("ITP",)),
    )
}


@dataclass
class FewConcepts:
    """A vocabulary of seven concepts, matched as plain words; enough to tell one name from another."""

    version: str = "few-1"

    def mentions(self, text: str) -> list[Mention]:
        """Return where the text names a concept; the longest name wins."""
        lowered, found, taken = text.lower(), [], []
        for name, concept in _names():
            start = lowered.find(name.lower())
            while start >= 0:
                span = Span(start, start + len(name))
                edges = text[max(start - 1, 0) : start] + text[span.end : span.end + 1]
                if not any(each.isalnum() for each in edges) and not any(span.meets(other) for other in taken):
                    taken.append(span)
                    found.append(Mention(span, concept.id, concept.kind))
                start = lowered.find(name.lower(), start + 1)
        return sorted(found, key=lambda mention: mention.span)

    def narrower(self, identifier: str) -> tuple[str, ...]:
        """Return the id and the concepts below it."""
        if identifier not in CONCEPTS:
            return ()
        below = [each for each, concept in CONCEPTS.items() if identifier in concept.parents]
        return (identifier, *(deeper for each in below for deeper in self.narrower(each)))

    def find(self, name: str) -> Concept | None:
        """Return the concept of a name, any case."""
        return next((concept for each, concept in _names() if each.lower() == name.lower()), None)


@cache
def _names() -> tuple[tuple[str, Concept], ...]:
    pairs = [(name, concept) for concept in CONCEPTS.values() for name in (concept.name, *concept.synonyms)]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def abstract(title: str, *paragraphs: str, work: str = "", **changes: object) -> Holding:
    """Return an article with an abstract; `changes` are fields of its profile (evidence, drugs …) or document."""
    builder = Builder()
    with builder.part(PartRole.METADATA):
        builder.block(title, BlockKind.TITLE)
    with builder.part(PartRole.ABSTRACT):
        for paragraph in paragraphs:
            builder.block(paragraph)
    text, parts, sections, blocks = builder.done()
    return held(Document("", text, DocumentKind.ARTICLE, title, "en", parts, sections, blocks), work, **changes)


_OF_PROFILE = ("evidence", "drugs", "conditions", "ages", "noticed", "retracted", "n")


def held(document: Document, work: str = "", **changes: object) -> Holding:
    """Return a document as the library holds it, with fields of its profile or of itself changed."""
    profile = Profile(EvidenceKind.STUDY)
    profile = replace(profile, **{name: value for name, value in changes.items() if name in _OF_PROFILE})
    document = sealed(replace(document, **{name: value for name, value in changes.items() if name not in _OF_PROFILE}))
    return Holding(document, work or "w" + document.id[1:13], "test.xml", 1, profile)


def year(number: int) -> tuple[Dated, ...]:
    """Return the dates of a document published in a year."""
    return (Dated("published", str(number)),)


FILLER = "The ward kept its usual records of visits and of the tests that were ordered there in those months. " * 9


def long_article(title: str, abstract_text: str, sections: dict[str, list[str]], **changes: object) -> Holding:
    """Return a full text: an abstract, then headed sections of paragraphs, then a reference list."""
    builder = Builder()
    with builder.part(PartRole.METADATA):
        builder.block(title, BlockKind.TITLE)
    if abstract_text:
        with builder.part(PartRole.ABSTRACT):
            builder.block(abstract_text)
    with builder.part(PartRole.BODY):
        for heading, paragraphs in sections.items():
            with builder.section(heading):
                for paragraph in paragraphs:
                    builder.block(paragraph)
    with builder.part(PartRole.REFERENCES):
        builder.block("Quokka A. Wallabies of the reference list. J Marsup 2001.")
    text, parts, made, blocks = builder.done()
    return held(Document("", text, DocumentKind.ARTICLE, title, "en", parts, made, blocks), **changes)


LIBRARY = (
    abstract(
        "Sirolimus in immune thrombocytopenia",
        "Thirteen children with refractory immune thrombocytopenia took sirolimus; 10 of 13 responded.",
        evidence=EvidenceKind.TRIAL,
        drugs=("d:sirolimus",),
        conditions=("c:itp",),
        ages=(AgeGroup.CHILD,),
        dates=year(2015),
        ids=Identifiers(pmid="11", doi="10.1000/itp.11"),
        authors=(Author("Okafor", "Ngozi"), Author("Lindqvist", "P")),
        journal=Journal("Journal of Small Platelets", "J Small Platelets"),
        headings=(Heading("Purpura, Thrombocytopenic, Idiopathic", "D016553"),),
    ),
    abstract(
        "Rapamycin and splenectomy",
        "Adults on rapamycin before splenectomy had fewer infections than adults without.",
        evidence=EvidenceKind.COHORT,
        drugs=("d:sirolimus",),
        ages=(AgeGroup.ADULT,),
        dates=year(2008),
        ids=Identifiers(pmid="12"),
    ),
    abstract(
        "Everolimus in tuberous sclerosis",
        "Everolimus shrank the tumor in 42 of 78 patients of a randomised trial.",
        evidence=EvidenceKind.RANDOMISED,
        drugs=("d:everolimus",),
        dates=year(2013),
        noticed=True,
    ),
    abstract(
        "Topical tacrolimus for CLE",
        "Facial lesions of CLE improved under tacrolimus ointment in 11 of 20 adults.",
        drugs=("d:tacrolimus",),
        conditions=("c:cle",),
        dates=year(2010),
    ),
    abstract(
        "A class in review",
        "The mTOR inhibitors share a mechanism and differ in half-life.",
        evidence=EvidenceKind.REVIEW,
        drugs=("k:mtor-inhibitors",),
        dates=year(2019),
    ),
)
"""Five abstracts, one for each thing that a search must tell apart."""
