"""The reference list of a JATS article, and the places in the text that cite it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from curbside.readers.fields import bare_pmid
from curbside.readers.inline import squeezed
from curbside.readers.jats_flow import HREF, Cite, plain
from curbside.records import Identifiers, Marker, Reference, Span, normal_doi, normal_pmcid

_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation", "citation-alternatives")
_TITLES = frozenset({"article-title", "chapter-title", "data-title", "part-title", "trans-title"})
_WIDEST_RANGE = 200
_AROUND = "[]().\u00a0 "

_PMID_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|list_uids=)(\d{1,9})")
_PMC_LINK = re.compile(r"(PMC\d{1,9})")
_DOI_IN = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,200}")


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference list.

    Attributes:
        references: entries in order; an entry that cites several works gives one reference each.
        keys: the source's keys -> indexes.
        labels: printed numbers -> index, where the list prints any or can be counted.
        unkeyed: how many entries could not be read at all.
    """

    references: tuple[Reference, ...] = ()
    keys: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    labels: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(slots=True)
class _Found:
    """What a walk through one citation finds."""

    title: str = ""
    year: str = ""
    source: str = ""
    authors: list[str] = field(default_factory=list[str])
    names: list[str] = field(default_factory=list[str])
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    others: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def cited(article: Any) -> Cited:
    """Return the reference list of an article element, sub-articles' own lists left out."""
    references: list[Reference] = []
    keys: dict[str, tuple[int, ...]] = {}
    labels: dict[str, int] = {}
    for ref in article.iterfind("./back//ref"):
        start = len(references)
        key = ref.get("id") or ""
        label = squeezed("".join(found.itertext())) if (found := ref.find("label")) is not None else ""
        citations = [child for child in ref if isinstance(child.tag, str) and child.tag in _CITATIONS]
        for citation in citations or [ref]:
            inner = citation.get("id") or ""
            if inner:
                keys[inner] = (len(references),)
            references.append(_reference(citation, key or inner, label))
        if key:
            keys[key] = tuple(range(start, len(references)))
        printed = label.strip(_AROUND)
        labels.setdefault(printed if printed.isdigit() else str(start + 1), start)
    return Cited(tuple(references), keys, labels)


def _reference(citation: Any, key: str, label: str) -> Reference:
    found = _Found()
    for element in citation.iter():
        handler = _HANDLERS.get(element.tag)
        if handler is not None:
            handler(element, found)
            if not element.tail:
                element.tail = " "  # fields without print between them; a space keeps their words apart
    mixed = citation.tag != "element-citation" and not (citation.tag in ("citation", "nlm-citation") and found.names)
    text = squeezed("".join(citation.itertext())) if mixed else _composed(found)
    if mixed and citation.tag == "ref" and label:
        text = squeezed(text.removeprefix(label))
    text = text or squeezed(" ".join(citation.itertext()))
    if found.doi is None and (match := _DOI_IN.search(text)):
        found.doi = normal_doi(match.group(0).rstrip(")]"))
    ids = Identifiers(found.pmid, found.pmcid, found.doi, None, tuple(found.others))
    return Reference(key or label, label, None, ids, found.title, found.year, found.source, tuple(found.authors), text)


def _text(element: Any) -> str:
    return plain(element) if len(element) else squeezed(element.text or "")


def _name(element: Any, found: _Found) -> None:
    family = given = ""
    for part in element:
        if part.tag == "surname":
            family = _text(part)
            part.tail = part.tail or " "
        elif part.tag == "given-names":
            given = _text(part)
    if family:
        if element.getparent().get("person-group-type", "author") == "author":
            found.authors.append(family)
        found.names.append(f"{family} {given}" if given else family)


def _group(element: Any, found: _Found) -> None:
    text = _text(element)
    found.authors.append(text)
    found.names.append(text)


def _pub_id(element: Any, found: _Found) -> None:
    text = _text(element)
    kind = (element.get("pub-id-type") or "").lower()
    if kind in ("pmid", "medline", "pubmed") and kind != "medline":
        found.pmid = found.pmid or bare_pmid(text or "x")
    elif kind == "doi":
        found.doi = found.doi or normal_doi(text)
    elif kind in ("pmcid", "pmc"):
        found.pmcid = found.pmcid or normal_pmcid(text)
    elif text and kind not in ("medline", "other", ""):
        found.others.append((kind, text))


def _address(element: Any, found: _Found) -> None:
    href = element.get(HREF) or _text(element)
    if found.doi is None and (element.get("ext-link-type") == "doi" or "doi.org/" in href):
        found.doi = normal_doi(href)
    elif found.pmid is None and (match := _PMID_LINK.search(href)):
        found.pmid = match.group(1)
    elif found.pmcid is None and (match := _PMC_LINK.search(href)):
        found.pmcid = normal_pmcid(match.group(1))
    elif href.startswith("http") and "doi.org/" not in href:
        found.others.append(("url", href))


def _title(element: Any, found: _Found) -> None:
    found.title = found.title or _text(element)


def _year(element: Any, found: _Found) -> None:
    found.year = found.year or _text(element)


def _source(element: Any, found: _Found) -> None:
    found.source = found.source or _text(element)


def _number(element: Any, found: _Found) -> None:
    found.numbers.setdefault(element.tag, _text(element))


_HANDLERS: dict[Any, Callable[[Any, _Found], None]] = {
    "name": _name,
    "string-name": _name,
    "collab": _group,
    "pub-id": _pub_id,
    "ext-link": _address,
    "uri": _address,
    **dict.fromkeys(_TITLES, _title),
    "year": _year,
    "source": _source,
    **dict.fromkeys(
        ("volume", "issue", "fpage", "lpage", "elocation-id", "publisher-name", "publisher-loc", "edition", "comment"),
        _number,
    ),
}


def _composed(found: _Found) -> str:
    """Return an entry that comes as bare fields as one line, in the order of an NLM citation."""
    numbers = found.numbers
    place = numbers.get("volume", "") + (f"({numbers['issue']})" if numbers.get("issue") else "")
    pages = numbers.get("fpage") or numbers.get("elocation-id") or ""
    if numbers.get("lpage") and numbers["lpage"] != pages:
        pages += f"-{numbers['lpage']}"
    where = found.year + (f";{place}" if place else "") + (f":{pages}" if pages else "")
    house = ": ".join(filter(None, (numbers.get("publisher-loc", ""), numbers.get("publisher-name", ""))))
    pieces = [", ".join(found.names), found.title, numbers.get("edition", ""), found.source, house, where]
    pieces.append(numbers.get("comment", ""))
    line = " ".join(piece if piece[-1] in ".?!" else piece + "." for piece in pieces if piece)
    return line + (f" doi:{found.doi}." if found.doi else "")


_JOINED = re.compile(r"[\s,;\[\]()–—−‐‑\-]{0,12}$|\s?(?:and|&|to)\s$")
_DASH = re.compile(r"[–—−‐‑-]|\bto\b")
_RANGE_INSIDE = re.compile(r"\D{0,3}(\d{1,4})\s?[-–—−‐‑]\s?(\d{1,4})\D{0,3}$")
_PAIRS = {"[": "]", "(": ")"}


def markers(text: str, cites: Sequence[Cite], shift: int, listed: Cited) -> tuple[list[Marker], int]:
    """Return the markers of one stretch of text, and how many citations name no entry of the list.

    Citations that only separators keep apart make one marker ("[1,2,5–8]", "1,2" raised); a dash between two
    stands for all entries from one to the other; brackets around belong to it.

    Args:
        text: the stretch.
        cites: its citations, in order of place.
        shift: added to every offset.
        listed: the reference list.
    """
    found: list[Marker] = []
    missing = at = 0
    while at < len(cites):
        first = cites[at]
        indexes = _named(text, first, listed)
        missing += not indexes
        end, last = first.end, indexes
        at += 1
        while at < len(cites) and cites[at].raised == first.raised and _JOINED.match(text, end, cites[at].start):
            named = _named(text, cites[at], listed)
            missing += not named
            if named and last and _DASH.search(text, end, cites[at].start):
                low, high = last[-1], named[0]
                if low < high <= low + _WIDEST_RANGE:
                    indexes += range(low + 1, high)
            indexes, end, last = indexes + named, max(end, cites[at].end), named or last
            at += 1
        if indexes and end > first.start:
            start, end = _bracketed(text, _named_before(text, first.start, end), end)
            span = Span(start + shift, end + shift)
            found.append(Marker(span, tuple(dict.fromkeys(indexes)), first.raised))
    return found, missing


def _named(text: str, cite: Cite, listed: Cited) -> list[int]:
    """Return the entries that one `xref` names, with what a range printed inside it stands for."""
    indexes = [index for rid in cite.rids for index in listed.keys.get(rid, ())]
    match = _RANGE_INSIDE.match(text[cite.start : cite.end]) if indexes and len(cite.rids) < 3 else None
    if match is None:
        return indexes
    low, high = int(match.group(1)), int(match.group(2))
    first, last = listed.labels.get(str(low)), listed.labels.get(str(high))
    if first is None or last is None or not first < last <= first + _WIDEST_RANGE or first not in indexes:
        return indexes
    return list(range(first, last + 1))


_NAME_AND_YEAR = re.compile(r"(?:[^\W\d_][^();]{0,80})?\d{4}[a-z]?[\s,]{0,2}$")


def _named_before(text: str, start: int, end: int) -> int:
    """Return where a marker begins whose own print is a mere arrow: at the name and year before it."""
    if any(char.isalnum() for char in text[start:end]):
        return start
    lead = max(text.rfind("(", max(0, start - 90), start), text.rfind(";", max(0, start - 90), start)) + 1
    match = _NAME_AND_YEAR.search(text, lead or max(0, start - 40), start)
    return match.start() if match else start


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    before = start - 1 if text[start - 1 : start] != " " else start - 2
    after = end if text[end : end + 1] != " " else end + 1
    if before >= 0 and text[before] in _PAIRS and text[after : after + 1] == _PAIRS[text[before]]:
        return before, after + 1
    return start, end


_NUMBERS = r"\d{1,3}(?:\s?[,;–—-]\s?\d{1,3}){0,30}"
_PRINTED = re.compile(rf"\[({_NUMBERS})\]")
_PIECE = re.compile(r"(\d{1,3})(?:\s?[–—-]\s?(\d{1,3}))?")


def unmarked(text: str, listed: Cited, lifted: Sequence[tuple[int, int]] = ()) -> list[Marker]:
    """Return the markers of a text whose citations are mere print: "[3-6]", or raised numbers.

    For articles that tie no citation at all; every number must be one of the list.
    """
    found: list[Marker] = []
    spots = [(match.start(), match.end(), match.group(1), False) for match in _PRINTED.finditer(text)]
    spots += [(start, end, text[start:end].strip(), True) for start, end in lifted]
    for start, end, printed, up in sorted(spots):
        indexes: list[int] = []
        if not re.fullmatch(_NUMBERS, printed):
            continue
        for low, high in _PIECE.findall(printed):
            first, last = listed.labels.get(low), listed.labels.get(high or low)
            if first is None or last is None or not first <= last <= first + _WIDEST_RANGE:
                indexes = []
                break
            indexes += range(first, last + 1)
        if indexes:
            found.append(Marker(Span(start, end), tuple(dict.fromkeys(indexes)), up))
    return found
