"""Who cites a work and what it cites, as people are shown it: statements in their words, links, stubs."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.citation import Citation, FindingsCompared, Linked, StanceTally
from curbside.records.fact import Fact
from curbside.records.identifiers import Identifiers
from curbside.records.span import Quote


@dataclass(frozen=True, slots=True)
class FiguresBeside:
    """Findings of two works on one outcome, held against each other; shown beside a stance, which it does not change.

    Attributes:
        citing, cited: the findings, each on its words.
        compared: how their figures stand to each other.
    """

    citing: Fact
    cited: Fact
    compared: FindingsCompared


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation in its words, with the document that cites.

    Attributes:
        citation: statement, stance, whether it is a self-citation.
        work: id of the citing work.
        title: of the citing document.
        year: of the citing work, or None.
        sentence: the citing sentence.
        before, after: the sentences beside it, or None.
        entry: the cited entry as the citing document's list prints it.
        link: how the entry was joined to the cited work.
        retracted: whether the citing work is retracted; then it is in no tally.
        changed: names of the reviewers who gave it another class than the judge did, or ().
        figures: findings of both works on one outcome, where they were asked for and there are such.
    """

    citation: Citation
    work: str
    title: str
    year: int | None
    sentence: Quote
    before: Quote | None
    after: Quote | None
    entry: str
    link: Linked
    retracted: bool = False
    changed: tuple[str, ...] = ()
    figures: FiguresBeside | None = None

    @property
    def marker(self) -> str:
        """The in-text citation as printed."""
        span = self.citation.statement.marker
        return span.moved(-self.sentence.span.start).of(self.sentence.words)


@dataclass(frozen=True, slots=True)
class CitedStub:
    """A cited work that the library does not hold: what lists print of it, and nothing more.

    Attributes:
        key: joining key, or key of its title; "" where the list gives neither.
        title, year, authors: as the entry prints them, or empty.
        ids: identifiers that the entry gives.
        text: the entry as printed.
        works: works of the library that cite it under this key.
    """

    key: str
    title: str
    year: str
    authors: tuple[str, ...]
    ids: Identifiers
    text: str
    works: int


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """An entry of a document's list with what it names and where it is cited.

    Attributes:
        reference: index of the entry.
        label: number as printed, or its place in the list.
        text: the entry as printed.
        link: the work that it names, "" where none is held.
        title: title of the work held, or "".
        retracted: whether the work held is retracted.
        stub: what is known of a work that is not held, else None.
        citations: statements of the document about it, in order; () where it only stands in the list.
    """

    reference: int
    label: str
    text: str
    link: Linked
    title: str = ""
    retracted: bool = False
    stub: CitedStub | None = None
    citations: tuple[ShownCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationsShown:
    """Who cites a work, or the works of an author, and what it cites.

    Attributes:
        name: what was asked for: a work id, or a key of the shelf ("author:blomberg,j").
        title: of the work, or the author as asked for.
        documents: ids of the documents whose lists were read.
        tally: of every statement about it, shown or not.
        citing: statements about it, by stance (contrasting, supporting, mentioning), latest first; one page of them.
        total: statements in all.
        offset: how many stand before this page.
        unstated: works that have it in their list and no statement that is known, for the library holds a record of
            them and not their text, or they cite it nowhere in their words.
        cited: what it cites, in the order of the list; () for an author.
    """

    name: str
    title: str
    documents: tuple[str, ...]
    tally: StanceTally
    citing: tuple[ShownCitation, ...]
    total: int
    offset: int
    unstated: tuple[str, ...]
    cited: tuple[CitedEntry, ...]
