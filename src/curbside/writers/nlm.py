"""The NLM (Vancouver) citation of a document (Citing Medicine, 2nd ed.; ICMJE sample references)."""

from __future__ import annotations

from calendar import month_abbr

from curbside.records import Author, Document
from curbside.writers.fields import address_of, initials, is_journal_article, one_line, published
from curbside.writers.signs import spelled

MOST_AUTHORS = 6
"""Authors listed before "et al."."""


def nlm(document: Document) -> str:
    """Return the citation as one line of plain text.

    Six authors and "et al." when there are more; `2025;42(5):494-501` where volume and pages are known, else the
    date and "Online ahead of print"; DOI and PubMed ids at the end. A retracted work says so.
    """
    pieces = [_authors(document.authors), _titled(document), _where(document)]
    line = " ".join(piece for piece in pieces if piece)
    numbers = [f"doi: {document.ids.doi}." if document.ids.doi else ""]
    ids = [f"PMID: {document.ids.pmid}"] if document.ids.pmid else []
    ids += [f"PMCID: {document.ids.pmcid}"] if document.ids.pmcid else []
    ids += [f"ClinicalTrials.gov: {document.ids.nct}"] if document.ids.nct else []
    numbers.append("; ".join(ids) + "." if ids else "")
    if is_journal_article(document) and _ahead_of_print(document):
        numbers.append("Online ahead of print.")
    numbers.append("Retracted publication." if document.retracted else "")
    # Signs that nobody sees are spelled out before what is left of them goes: a citation is read, not only copied.
    return one_line(spelled(" ".join([line, *filter(None, numbers)])))


def _authors(authors: tuple[Author, ...]) -> str:
    names = [_name(author) for author in authors[:MOST_AUTHORS]]
    if len(authors) > MOST_AUTHORS:
        names.append("et al")
    return ", ".join(names) + "." if names else ""


def _name(author: Author) -> str:
    if author.collective:
        return author.collective.rstrip(".")
    suffix = author.suffix.rstrip(".")
    return " ".join(filter(None, (author.family, initials(author.given), suffix)))


def _titled(document: Document) -> str:
    title = document.title.strip() or "[Title not given]"
    return title if title[-1] in ".?!" else title + "."


def _where(document: Document) -> str:
    if not is_journal_article(document):
        return _site(document)
    journal = document.journal
    name = (journal.abbreviation or journal.title).rstrip(".")
    year, month, day = published(document)
    numbers = journal.volume + (f"({journal.issue})" if journal.issue else "")
    if numbers:
        place = f"{year};{numbers}" if year else numbers
    else:
        place = " ".join(filter(None, (year, _month(month), day.lstrip("0"))))
        place += ";" if place and journal.pages else ""
    place += f":{journal.pages}" if journal.pages else ""
    return " ".join(f"{piece}." for piece in (name, place) if piece)


def _month(number: str) -> str:
    return month_abbr[int(number)] if number.isdecimal() and 1 <= int(number) <= 12 else ""


def _ahead_of_print(document: Document) -> bool:
    journal = document.journal
    return not (journal.volume or journal.issue or journal.pages) and bool(document.date("online"))


def _site(document: Document) -> str:
    """Return publisher, date and address of what appeared in no journal."""
    year, month, day = published(document)
    date = " ".join(filter(None, (year, _month(month), day.lstrip("0"))))
    place = "; ".join(filter(None, (document.source.rstrip("."), date)))
    address = "" if document.ids.doi else address_of(document)
    return " ".join(filter(None, (f"{place}." if place else "", f"Available from: {address}" if address else "")))
