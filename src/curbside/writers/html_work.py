"""A work as its page shows it: names with their places, where it appeared, what it is about, each leading on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curbside.records import Author, Document, Holding
from curbside.records.shelf import author_key, journal_keys, plain
from curbside.records.work import Work
from curbside.writers.fields import abstract_pieces, percent
from curbside.writers.html_document import Warning, named, warnings
from curbside.writers.html_passages import standing
from curbside.writers.links import identifier_links


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor on a page.

    Attributes:
        name: as printed.
        href: the page of all under that name.
        marks: numbers of the affiliations, from 1.
        orcid: ORCID iD, or "".
    """

    name: str
    href: str
    marks: tuple[int, ...]
    orcid: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work, ready to be laid out.

    Attributes:
        id: work id.
        title: never empty.
        other_titles: (BCP 47 tag, title).
        language: BCP 47 tag, or "".
        people, affiliations: as `Person` numbers them.
        journal: (name as printed, page of the journal), names "" where there is none.
        issue: ("33(2)", page of the issue), or None.
        pages: as printed.
        facts: (label, words) rows.
        abstract: (printed label or "", paragraph) pairs.
        document: id of the document that it stands in, the one to read first.
        keywords: (words, href).
        links: identifiers with addresses.
        warnings: banners.
        standing: notices in words.
    """

    id: str
    title: str
    other_titles: tuple[tuple[str, str], ...]
    language: str
    people: tuple[Person, ...]
    affiliations: tuple[str, ...]
    journal: tuple[str, str]
    issue: tuple[str, str] | None
    pages: str
    facts: tuple[tuple[str, str], ...]
    abstract: tuple[tuple[str, str], ...]
    document: str
    keywords: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    warnings: tuple[Warning, ...]
    standing: tuple[str, ...]


def work_view(work: Work) -> WorkView:
    """Return a work for its page."""
    record = work.record
    return WorkView(
        id=work.id,
        title=record.title or "Untitled",
        other_titles=record.other_titles,
        language=record.language,
        people=tuple(person(author) for author in record.authors),
        affiliations=record.affiliations,
        journal=_journal(record),
        issue=_issue(record),
        pages=record.journal.pages,
        facts=tuple(_facts(record)),
        abstract=tuple(abstract_pieces(work.lead.document)),
        document=work.lead.document.id,
        keywords=_subjects(record),
        links=identifier_links(record.ids),
        warnings=tuple(_warnings(work.documents)),
        standing=tuple(dict.fromkeys(word for each in work.documents for word in standing(each))),
    )


def person(author: Author) -> Person:
    """Return a contributor with the page of all works under the name; an ORCID iD leads to its own."""
    key = author.orcid or author_key(author)
    marks = tuple(index + 1 for index in author.affiliations)
    return Person(named(author), f"/authors/{percent(key)}" if key else "", marks, author.orcid)


def _journal(record: Document) -> tuple[str, str]:
    name = record.journal.title or record.journal.abbreviation
    keys = journal_keys(record.journal)
    return name, f"/journals/{percent(keys[0])}" if keys else ""


def _issue(record: Document) -> tuple[str, str] | None:
    journal = record.journal
    if not journal.volume:
        return None
    printed = journal.volume + (f"({journal.issue})" if journal.issue else "")
    query = f"?volume={percent(journal.volume)}&issue={percent(journal.issue)}"
    return printed, _journal(record)[1] + query


def _facts(record: Document) -> list[tuple[str, str]]:
    journal = record.journal
    rows = (
        ("Type", ", ".join(record.types)),
        ("ISSN", journal.issn),
        ("Electronic ISSN", journal.eissn),
        *((dated.event.capitalize(), dated.printed or dated.iso) for dated in record.dates),
        ("Registered as", ", ".join(record.mentioned)),
        ("Licence", record.licence),
        ("Language", record.language),
    )
    return [(label, words) for label, words in rows if words]


def _subjects(record: Document) -> tuple[tuple[str, str], ...]:
    words = dict.fromkeys((*record.keywords, *(heading.name for heading in record.headings)))
    by_key = {plain(word): word for word in reversed(list(words)) if plain(word)}
    return tuple((word, f"/keywords/{percent(key)}") for key, word in reversed(by_key.items()))


def _warnings(holdings: Sequence[Holding]) -> list[Warning]:
    found: dict[str, Warning] = {}
    for each in holdings:
        for warning in warnings(each):
            found.setdefault(warning.words, warning)
    return sorted(found.values(), key=lambda warning: not warning.grave)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work in a list.

    Attributes:
        href, title: its page.
        language: of the title, or "".
        people: up to three names, with "et al." where there are more.
        where: journal, year, volume and pages in a line, or "".
        kind, evidence, year, secondary, standing: as badges show them.
    """

    href: str
    title: str
    language: str
    people: str
    where: str
    kind: str
    evidence: str
    year: int | None
    secondary: bool
    standing: tuple[str, ...]


_NAMED = 3


def work_line(holdings: Sequence[Holding]) -> WorkLine:
    """Return a work, known by these of its documents, for a list."""
    lead = next((each for each in holdings if not each.secondary), holdings[0])
    document = lead.document
    names = [author.collective or author.family for author in document.authors]
    journal = document.journal
    numbers = (f" {journal.volume}" if journal.volume else "") + (f"({journal.issue})" if journal.issue else "")
    where = (journal.title or journal.abbreviation) + numbers + (f":{journal.pages}" if journal.pages else "")
    return WorkLine(
        href=f"/works/{lead.work}",
        title=document.title or "Untitled",
        language=document.language,
        people=", ".join(names[:_NAMED]) + (" et al." if len(names) > _NAMED else ""),
        where=where.strip(),
        kind=document.kind.value,
        evidence=lead.profile.evidence.value,
        year=document.year,
        secondary=lead.secondary,
        standing=tuple(dict.fromkeys(word for each in holdings for word in standing(each))),
    )
