"""The AMA citation of a document (AMA Manual of Style, 11th ed., chapter 3), and the plain one for copying."""

from __future__ import annotations

from curbside.records import Author, Document
from curbside.writers.fields import address_of, is_journal_article, one_line, published
from curbside.writers.nlm import vancouver_name
from curbside.writers.periodical import (
    RETRACTED,
    Cited,
    ahead_of_print,
    long_date,
    split_supplement,
    stopped,
    titles,
)
from curbside.writers.signs import spelled

MOST_AUTHORS = 6
"""Authors that are all listed."""

WHEN_MORE = 3
"""Authors listed before "et al" where there are more."""


def ama(document: Document) -> str:
    """Return the citation as one line of plain text.

    All authors up to six, else three and "et al"; groups after a semicolon; page ranges in full; a supplement as
    `33(suppl 2)`; what is ahead of print with "Published online" and the date; the DOI last, or the address of what
    appeared in no journal. A retracted work says so.
    """
    return one_line(spelled(ama_cited(document).text))


def ama_cited(document: Document) -> Cited:
    """Return the citation in its three pieces; each may hold what the source wrote, line breaks included."""
    own, translated, language = titles(document)
    title = stopped(" ".join(filter(None, (own or "[Title not given]", translated))))
    article = f"Article in {language}." if language else ""
    before = " ".join(filter(None, (_authors(document.authors), title, article)))
    journal, place = _where(document)
    link = _link(document)
    after = " ".join(filter(None, (place, RETRACTED if document.retracted else "", link)))
    if journal:
        return Cited(f"{before} ", journal, f". {after}".rstrip())
    return Cited(f"{before} {after}".rstrip())


def plain_line(document: Document) -> str:
    """Return "Title. Journal. Year;vol(issue):pages. doi", without authors: a line for pasting into a note."""
    return one_line(spelled(plain_cited(document).text))


def plain_cited(document: Document) -> Cited:
    """Return the plain citation in its three pieces."""
    title = stopped(document.title.strip() or "[Title not given]")
    journal = (document.journal.title or document.journal.abbreviation or document.source).rstrip(".")
    doi = _link(document)
    place = _numbers(document) if is_journal_article(document) else published(document)[0]
    after = " ".join(filter(None, (f"{place}." if place else "", RETRACTED if document.retracted else "", doi)))
    if journal:
        return Cited(f"{title} ", journal, f". {after}".rstrip())
    return Cited(f"{title} {after}".rstrip())


def _link(document: Document) -> str:
    """Return the DOI, else the address of what appeared in no journal, else ""."""
    if document.ids.doi:
        return f"doi:{document.ids.doi}"
    return "" if is_journal_article(document) else address_of(document)


def _authors(authors: tuple[Author, ...]) -> str:
    """Return the authors; groups that stand after all the people follow a semicolon."""
    if len(authors) > MOST_AUTHORS:
        return ", ".join(vancouver_name(author) for author in authors[:WHEN_MORE]) + ", et al."
    people = len(authors)
    while people and authors[people - 1].collective:
        people -= 1
    people = people or len(authors)
    named = ", ".join(vancouver_name(author) for author in authors[:people])
    groups = "; ".join(vancouver_name(author) for author in authors[people:])
    listed = "; ".join(filter(None, (named, groups)))
    return f"{listed}." if listed else ""


def _where(document: Document) -> tuple[str, str]:
    """Return the journal's name, or "" where there is none, and the place in it."""
    if not is_journal_article(document):
        return "", _site(document)
    journal = document.journal
    name = (journal.abbreviation or journal.title).replace(".", "")
    if ahead_of_print(document):
        return name, f"Published online {long_date(document)}."
    place = _numbers(document)
    return name, f"{place}." if place else ""


def _numbers(document: Document) -> str:
    """Return year, volume, issue and pages: 2008;36(1 suppl):S12-S15, 2002;33(suppl 2):S93-S99, or what is known."""
    journal = document.journal
    year = published(document)[0]
    volume, with_volume = split_supplement(journal.volume)
    issue, with_issue = split_supplement(journal.issue)
    inside = " ".join(filter(None, (issue, (with_issue or with_volume).lower())))
    numbers = volume + (f"({inside})" if inside else "")
    if not numbers:
        date = long_date(document)
        return ":".join(filter(None, (date, journal.pages)))
    place = f"{year};{numbers}" if year else numbers
    return f"{place}:{journal.pages}" if journal.pages else place


def _site(document: Document) -> str:
    """Return publisher and date of what appeared in no journal."""
    source, date = document.source.rstrip("."), long_date(document)
    return " ".join(f"{piece}." for piece in (source, date) if piece)
