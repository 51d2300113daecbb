"""What is indexed of a document: an entry that stands for it, and one for each further passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.records import Document, Holding
from curbside.records.shelf import shelf_keys
from curbside.search.analysis import sound
from curbside.search.base import Concepts
from curbside.search.passages import Cut, Passage, cut

SCHEME = 2
"""Raised whenever the fields or their making change; an index of another scheme is "behind"."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What filters ask for; the same in every entry of a document.

    Attributes:
        document, work: ids.
        kind, evidence: values of `DocumentKind` and `EvidenceKind`.
        year: of publication, or None.
        drugs, conditions: concept ids of the profile.
        ages: values of `AgeGroup`.
        noticed: "yes" or "no".
        shelves: keys of the shelf.
    """

    document: str
    work: str
    kind: str
    evidence: str
    year: int | None
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    ages: tuple[str, ...]
    noticed: str
    shelves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """What the advanced language asks of a document as a whole.

    Attributes:
        title, abstract, rest: words as written; `rest` is all that may be quoted outside the abstract.
        authors, journal, mesh: one name each.
        ids: joining keys ("pmid:1").
        about: concept ids named outside the lead, each once.
        outside: words outside the lead's heading and text.
        venue: the journal as printed, or "".
    """

    title: str
    abstract: str
    rest: str
    authors: tuple[str, ...]
    journal: tuple[str, ...]
    mesh: tuple[str, ...]
    ids: tuple[str, ...]
    about: tuple[str, ...]
    outside: str
    venue: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an index.

    Attributes:
        facts: of its document.
        start, end: the span that a hit shows.
        heading, text: what questions are matched with; `heading` counts again on its own.
        concepts: ids of the concepts named in both, as often as they are.
        whole: in the lead of a document, None in its further passages; every document has exactly one lead.
    """

    facts: Facts
    start: int
    end: int
    heading: str
    text: str
    concepts: tuple[str, ...]
    whole: Whole | None = None


def entries(holding: Holding, concepts: Concepts) -> Iterator[Entry]:
    """Yield the entries of a document as the library holds it, its lead first."""
    facts = _facts(holding)
    pieces = cut(holding.document)
    further = [_entry(facts, passage, concepts) for passage in pieces.passages]
    # A document of one passage was read whole for its profile; nothing is gained by reading it again.
    known = holding.profile.named if not further else ()
    lead = _entry(facts, pieces.lead, concepts, known)
    whole = _whole(holding.document, pieces, further)
    yield Entry(lead.facts, lead.start, lead.end, lead.heading, lead.text, lead.concepts, whole)
    yield from further


def _facts(holding: Holding) -> Facts:
    document, profile = holding.document, holding.profile
    return Facts(
        document=document.id,
        work=holding.work,
        kind=document.kind.value,
        evidence=profile.evidence.value,
        year=document.year,
        drugs=profile.drugs,
        conditions=profile.conditions,
        ages=tuple(group.value for group in profile.ages),
        noticed="yes" if profile.noticed else "no",
        shelves=tuple(sound(key) for key in shelf_keys(document)),
    )


def _entry(facts: Facts, passage: Passage, concepts: Concepts, known: tuple[str, ...] = ()) -> Entry:
    heading, text = sound(passage.heading), sound(passage.text)
    named = known or tuple(mention.concept for mention in concepts.mentions(f"{heading}\n{text}"))
    return Entry(facts, passage.span.start, passage.span.end, heading, text, named)


def _whole(document: Document, pieces: Cut, further: list[Entry]) -> Whole:
    return Whole(
        title=sound(document.title),
        abstract=sound(pieces.abstract),
        rest=sound(pieces.rest),
        authors=tuple(sound(author.collective or f"{author.family} {author.given}") for author in document.authors),
        journal=tuple(sound(name) for name in (document.journal.title, document.journal.abbreviation) if name),
        mesh=tuple(sound(heading.name) for heading in document.headings),
        ids=document.ids.keys(),
        about=tuple(dict.fromkeys(concept for entry in further for concept in entry.concepts)),
        venue=sound(document.journal.title or document.journal.abbreviation),
        outside="\n".join(f"{entry.heading}\n{entry.text}" for entry in further),
    )
