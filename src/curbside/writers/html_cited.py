"""Citations as a page shows them: a statement with what decided its stance, an entry with where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records import Quote, Span
from curbside.records.cited import CitedEntry, ShownCitation
from curbside.writers.html_runs import Run, runs
from curbside.writers.links import identifier_links

_NEAR = 320
"""Code points shown of a sentence that stands beside the one that cites."""


@dataclass(frozen=True, slots=True)
class StatementView:
    """A citation statement, ready to be laid out.

    Attributes:
        id: name of the citation, for flagging it.
        stance: its class.
        why: what decided, in a line: probability, reason, who changed it.
        title, href, year: the citing work and its page.
        section: where the statement stands.
        self_citation, retracted, repeat: marks; of the citing work, and of a marker that only a name made.
        before, after: the sentences beside it, "" where there are none.
        sentence: the citing sentence, its deciding words lit.
        words_href: the citing document, open at the sentence.
        entry: the cited entry as the citing list prints it.
        flagged: whether the entry was joined to the work by description alone.
    """

    id: str
    stance: str
    why: str
    title: str
    href: str
    year: int | None
    section: str
    self_citation: bool
    retracted: bool
    repeat: bool
    before: str
    sentence: tuple[Run, ...]
    after: str
    words_href: str
    entry: str
    flagged: bool


def statement_view(each: ShownCitation) -> StatementView:
    """Return a citation for a page."""
    statement, judgement = each.citation.statement, each.citation.judgement
    start = each.sentence.span.start
    lit = [span.moved(-start) for span in judgement.deciding]
    whole = Span(0, len(each.sentence.words))
    return StatementView(
        id=each.citation.id,
        stance=judgement.stance.value,
        why=_why(each),
        title=each.title or "Untitled",
        href=f"/works/{each.work}",
        year=each.year,
        section=statement.section.value,
        self_citation=each.citation.self_citation,
        retracted=each.retracted,
        repeat=statement.repeat,
        before=_beside(each.before, last=True),
        sentence=tuple(runs(each.sentence.words, whole, [span for span in lit if whole.covers(span)])),
        after=_beside(each.after),
        words_href=f"/documents/{statement.document}?at={start}-{each.sentence.span.end}#quote",
        entry=each.entry,
        flagged=each.link.flagged,
    )


def _why(each: ShownCitation) -> str:
    judgement = each.citation.judgement
    if each.changed:
        return f"changed by {' and '.join(each.changed)}"
    return ", ".join(filter(None, (f"probability {judgement.probability:.2f}", judgement.reason)))


def _beside(quote: Quote | None, last: bool = False) -> str:
    """Return the words of a neighbour, the end or the beginning of a long one."""
    words = quote.words if quote else ""
    if len(words) <= _NEAR:
        return words
    return f"… {words[-_NEAR:]}" if last else f"{words[:_NEAR]} …"


@dataclass(frozen=True, slots=True)
class EntryView:
    """A work cited, ready to be laid out.

    Attributes:
        label: number as printed.
        text: the entry as printed; where the work is held its title instead, with its page as `href`.
        href: page of the work, "" where it is not held.
        links: identifiers with addresses, of a work that is not held.
        retracted: whether the work held is retracted.
        flagged: whether it was found by description alone.
        stances: (stance, times) pairs of what is said of it, most first.
        places: documents open at the sentences, at most `PLACES`.
        others: works of the library that cite it too.
    """

    label: str
    text: str
    href: str
    links: tuple[tuple[str, str], ...]
    retracted: bool
    flagged: bool
    stances: tuple[tuple[str, int], ...]
    places: tuple[str, ...]
    others: int


PLACES = 5


def entry_view(each: CitedEntry) -> EntryView:
    """Return an entry of a work's reference list for a page."""
    stances: dict[str, int] = {}
    for said in each.citations:
        name = said.citation.judgement.stance.value
        stances[name] = stances.get(name, 0) + 1
    places = [
        f"/documents/{said.citation.statement.document}?at={said.sentence.span.start}-{said.sentence.span.end}#quote"
        for said in each.citations[:PLACES]
    ]
    return EntryView(
        label=each.label,
        text=each.title if each.link.work and each.title else each.text,
        href=f"/works/{each.link.work}" if each.link.work else "",
        links=identifier_links(each.stub.ids) if each.stub else (),
        retracted=each.retracted,
        flagged=each.link.flagged,
        stances=tuple(sorted(stances.items(), key=lambda pair: (-pair[1], pair[0]))),
        places=tuple(places),
        others=max(each.stub.works - 1, 0) if each.stub else 0,
    )
