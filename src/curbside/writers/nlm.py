"""The NLM (Vancouver) citation of a document (Citing Medicine, 2nd ed.; ICMJE sample references)."""

from __future__ import annotations

from curbside.records import Author, Document
from curbside.writers.fields import address_of, initials, is_journal_article, one_line, published
from curbside.writers.periodical import (
    RETRACTED,
    Cited,
    ahead_of_print,
    short_date,
    short_pages,
    split_supplement,
    stopped,
    titles,
)
from curbside.writers.signs import spelled

MOST_AUTHORS = 6
"""Authors listed before "et al."."""


def nlm(document: Document) -> str:
    """Return the citation as one line of plain text.

    Six authors and "et al." when there are more; `2025;42(5):494-501` where volume and pages are known, page ranges
    shortened (284-287 gives 284-7), else the date and "Online ahead of print"; a supplement as `33 Suppl 2`; a title
    in another language with its translation in brackets and the language at the end; DOI and PubMed ids. A retracted
    work says so.
    """
    # Signs that nobody sees are spelled out before what is left of them goes: a citation is read, not only copied.
    return one_line(spelled(nlm_cited(document).text))


def nlm_cited(document: Document) -> Cited:
    """Return the citation in its three pieces; each may hold what the source wrote, line breaks included."""
    own, translated, language = titles(document)
    title = stopped(" ".join(filter(None, (own or "[Title not given]", translated))))
    before = " ".join(filter(None, (_authors(document.authors), title)))
    ids = document.ids
    numbers = [f"PMID: {ids.pmid}"] if ids.pmid else []
    numbers += [f"PMCID: {ids.pmcid}"] if ids.pmcid else []
    numbers += [f"ClinicalTrials.gov: {ids.nct}"] if ids.nct else []
    journal, place = _where(document)
    rest = [
        place,
        f"{language}." if language else "",
        f"doi: {ids.doi}." if ids.doi else "",
        f"{'; '.join(numbers)}." if numbers else "",
        "Online ahead of print." if is_journal_article(document) and ahead_of_print(document) else "",
        RETRACTED if document.retracted else "",
    ]
    after = " ".join(filter(None, rest))
    if journal:
        return Cited(f"{before} ", journal, f". {after}".rstrip())
    return Cited(f"{before} {after}".rstrip())


def _authors(authors: tuple[Author, ...]) -> str:
    names = [vancouver_name(author) for author in authors[:MOST_AUTHORS]]
    if len(authors) > MOST_AUTHORS:
        names.append("et al")
    return ", ".join(names) + "." if names else ""


def vancouver_name(author: Author) -> str:
    """Return a name as NLM and AMA print it: "van der Rot JP", "Ärmel AB Jr", or the name of a group."""
    if author.collective:
        return author.collective.rstrip(".")
    return " ".join(filter(None, (author.family, initials(author.given), author.suffix.rstrip("."))))


def _where(document: Document) -> tuple[str, str]:
    """Return the journal's name, or "" where there is none, and the place in it."""
    if not is_journal_article(document):
        return "", _site(document)
    journal = document.journal
    name = (journal.abbreviation or journal.title).rstrip(".")
    year = published(document)[0]
    issue, supplement = split_supplement(journal.issue)
    inside = " ".join(filter(None, (issue, supplement)))
    if journal.volume and supplement and not issue:
        numbers = f"{journal.volume} {supplement}"  # a supplement to a volume stands outside the brackets
    else:
        numbers = journal.volume + (f"({inside})" if inside else "")
    if numbers:
        place = f"{year};{numbers}" if year else numbers
    else:
        place = short_date(document)
        place += ";" if place and journal.pages else ""
    place += f":{short_pages(journal.pages)}" if journal.pages else ""
    return name, f"{place}." if place else ""


def _site(document: Document) -> str:
    """Return publisher, date and address of what appeared in no journal."""
    place = "; ".join(filter(None, (document.source.rstrip("."), short_date(document))))
    address = "" if document.ids.doi else address_of(document)
    return " ".join(filter(None, (f"{place}." if place else "", f"Available from: {address}" if address else "")))
