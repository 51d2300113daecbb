"""The works that a document cites, and the names and numbers by which its sentences mean them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from curbside.language.linear import linear
from curbside.records import (
    Document,
    Identifiers,
    PartRole,
    Reference,
    Span,
    letters_of,
    normal_doi,
    normal_pmcid,
    normal_pmid,
)

SILENT_ROLES = frozenset({PartRole.REFERENCES, PartRole.METADATA, PartRole.CHROME})
"""Parts in which nothing is cited: lists, bylines, navigation; letters of referees speak of the article, not in it."""

_NAMED = linear(
    r"(?i)\b(10\.\d{4,9}/[^\s\"<>]{1,200})"
    r"|\bPMID:?\s?(\d{4,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})|ncbi\.nlm\.nih\.gov/pubmed/(\d{1,9})"
    r"|\b(PMC\d{4,9})\b",
    "10.",
    "pmid",
    "pubmed",
    "pmc",
)
_LEAD = linear(r"^\W*(?:\d{1,3}\W+)?([^\d,.;:()]{2,60}?)(?:,|\s+[A-Z]{1,3}\b|\.)")
"""The first name of an entry whose source marks no names up: "12. Blomberg AB, …"."""

_PATHS = ("/full", "/abstract", "/pdf", "/epdf", ".pdf", ".full", "/html")
"""What publishers hang behind a DOI in the addresses of their pages."""


@dataclass(frozen=True, slots=True)
class Named:
    """A work named in running text by an identifier of its own.

    Attributes:
        span: where.
        ids: which.
    """

    span: Span
    ids: Identifiers


def identified(text: str, span: Span) -> Iterator[Named]:
    """Yield the DOIs, PMIDs and PMCIDs that stand in a stretch of text, bare or in addresses."""
    for match in _NAMED.finditer(span.of(text)):
        words = match.group(0)
        if match.group(1):
            words = _unwrapped(words)
            ids = Identifiers(doi=normal_doi(words))
        elif match.group(5):
            ids = Identifiers(pmcid=normal_pmcid(words))
        else:
            ids = Identifiers(pmid=normal_pmid(match.group(2) or match.group(3) or match.group(4)))
        if ids.keys():
            start = span.start + match.start()
            yield Named(Span(start, start + len(words)), ids)


def _unwrapped(doi: str) -> str:
    """Return a DOI without the punctuation, the bracket and the page's path that running text puts behind it."""
    doi = doi.partition("?")[0].partition("#")[0].rstrip(".,;:'’”")
    for close, opening in ((")", "("), ("]", "["), ("}", "{")):
        while doi.endswith(close) and doi.count(close) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;:")
    for path in _PATHS:
        doi = doi.removesuffix(path)
    return doi.rstrip("/")


def entries(document: Document) -> tuple[Reference, ...]:
    """Return the works that a document cites: its reference list, then what its text names by identifier alone.

    A post, a page or a plain text without a list cites by DOI, PMID or address; each work so named is an entry after
    those of the list, once. An article whose markup ties its citations has its list and nothing more.
    """
    if document.markers and document.references:
        return document.references
    own = set(document.ids.keys())
    known = set(chain.from_iterable(reference.ids.keys() for reference in document.references))
    found: list[Reference] = []
    for part in document.parts:
        if part.role in SILENT_ROLES:
            continue
        for named in identified(document.text, part.span):
            (key,) = named.ids.keys()
            if key not in known and key not in own:
                known.add(key)
                found.append(Reference(key, "", named.span, named.ids, text=named.span.of(document.text)))
    return (*document.references, *found)


def families(reference: Reference) -> tuple[str, ...]:
    """Return the family names of an entry's authors as printed; the first from its words where none are marked up."""
    if reference.authors:
        return reference.authors
    match = _LEAD.match(reference.text[:120])
    return (match.group(1).strip(),) if match is not None else ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A reference list as its document's sentences mean it.

    Attributes:
        names: letters of each entry's family names, in order; "" for those that its "et al." stands for.
        years: year of each entry, with the letter that tells it from others ("2010a").
        by_first: letters of a first author's family name -> entries.
        by_year: the same with the four digits of the year.
        known: letters of every family name.
        numbers: printed number -> entry.
        longest: words of the longest name of a person or a body, at most 8.
    """

    names: tuple[tuple[str, ...], ...]
    years: tuple[str, ...]
    by_first: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    by_year: dict[tuple[str, str], list[int]] = field(default_factory=dict[tuple[str, str], list[int]])
    known: frozenset[str] = frozenset()
    numbers: dict[str, int] = field(default_factory=dict[str, int])
    longest: int = 1


def listing(references: Iterable[Reference]) -> Listing:
    """Return the index of a reference list."""
    printed = list(references)
    families_of = [families(each) for each in printed]
    names = tuple(tuple([name for name in map(letters_of, each) if name]) for each in families_of)
    years = tuple(_year(each) for each in printed)
    by_first: dict[str, list[int]] = {}
    by_year: dict[tuple[str, str], list[int]] = {}
    numbers: dict[str, int] = {}
    names = tuple((*its, "") if " et al" in each.text[:400] else its for each, its in zip(printed, names))
    for at, (each, its) in enumerate(zip(printed, names)):
        if its and its[0]:
            by_first.setdefault(its[0], []).append(at)
            by_year.setdefault((its[0], years[at][:4]), []).append(at)
        label = each.label.strip("[]().\u00a0 ")
        numbers.setdefault(label if label.isdigit() else str(at + 1), at)
    words = max((len(name.split()) for each in families_of for name in each[:3]), default=1)
    return Listing(
        names,
        years,
        by_first,
        by_year,
        frozenset(name for each in names for name in each if name),
        numbers,
        min(8, max(1, words)),
    )


_LETTERED = linear(r"\b((?:1[6-9]|20)\d\d[a-z]?)\b")


def _year(reference: Reference) -> str:
    """Return the year of an entry with its letter, from its field or, where it has none, from its words."""
    for printed in (reference.year, reference.text[:400]):
        match = _LETTERED.search(printed)
        if match is not None:
            return match.group(1)
    return ""
