"""Reference lists of markdown guidelines and the marks in the text that point at them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.readers.markdown_inline import Words
from curbside.records import Identifiers, Marker, Reference, Span, normal_doi, normal_pmid

_PMID = re.compile(
    r"(?:list_uids=|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|\bPMID:?\s{0,3})(\d{1,9})", re.IGNORECASE
)
_DOI = re.compile(r"(?:doi\.org/|\bdoi:?\s{0,3})(10\.\d{4,9}/[^\s\"<>\]]{1,200})", re.IGNORECASE)
_NAMES = re.compile(r"^(?:[^\W\d][^\d,.;:]{1,60} [A-Z][A-Z-]{0,4}(?:, (?:and )?|$|(?=, et al)))+(?:, et al)?$")
"""Names as lists in medicine print them: "Adams DM, Trenor CC, et al"."""

_STOP = re.compile(r"[a-z)\d]\. ")
"""The end of a sentence; behind a capital letter a stop is that of an initial or of "U.S."."""

_LINKS = re.compile(r"(?:doi|https?|www)\S{0,300}|\b10\.\d{4,9}/\S{1,300}", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TAIL = re.compile(
    r"\s{0,3}\[(?:[A-Z]{2,10} Abstract|PubMed|PMC|Full text|Abstract|Link|DOI|CrossRef)\]", re.IGNORECASE
)
_MARK = re.compile(r"\[(\d{1,4}(?:\s?[,;–—-]\s?\d{1,4}){0,60})\]")
_STEP = re.compile(r"(\d{1,4})(?:\s?[–—-]\s?(\d{1,4}))?")
WIDEST_RANGE = 200
"""A range of more references than this is no citation."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One reference list of a document.

    Attributes:
        span: where the list stands.
        first: index in `Document.references` of its first entry.
        labels: printed label -> index in `Document.references`.
    """

    span: Span
    first: int
    labels: dict[str, int]


def without_tail(words: Words) -> str:
    """Return the text of an entry without the link words that only lead to a database."""
    return _TAIL.sub("", words.text).strip()


def reference(label: str, span: Span, text: str, targets: tuple[str, ...]) -> Reference:
    """Return an entry with ids from its words and links.

    Read are `Authors: Title. Source volume (issue): pages, year.` and `Authors. Title. Source. Year;volume:pages.`
    """
    where = " ".join((*targets, text))
    pmid, doi = _PMID.search(where), _DOI.search(where)
    names, colon, rest = text.partition(": ")
    if not colon or len(names) > 400 or _STOP.search(names.replace("et al. ", "")):
        lead, stop, rest = text.partition(". ")
        names = lead if stop and len(lead) <= 400 and _NAMES.match(lead) else ""
        rest = rest if names else text
    title, _, source = rest.partition(". ")
    years = _YEAR.findall(text) if colon and text.startswith(f"{names}: ") else _YEAR.findall(_LINKS.sub("", rest))[:1]
    ids = Identifiers(pmid=normal_pmid(pmid.group(1)) if pmid else None, doi=normal_doi(doi.group(1)) if doi else None)
    found = re.match(r"[^\d(]{2,200}", source)
    journal = found.group(0).strip(" .,;") if found else ""
    family = tuple(_family(name) for name in names.split(", ") if name and not name.lower().startswith("et al"))
    return Reference(label, label, span, ids, title.strip(" ."), years[-1] if years else "", journal, family, text)


def _family(name: str) -> str:
    words = name.strip(" .").split(" ")
    return " ".join(words[:-1]) if len(words) > 1 and re.match(r"^[A-Z-]{1,4}$", words[-1]) else name.strip(" .")


def marks_in(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (start, end, labels) of each bracketed citation mark in the text, ranges expanded."""
    return [(found.start(), found.end(), expanded(found.group(1))) for found in _MARK.finditer(text)]


def expanded(printed: str) -> tuple[str, ...]:
    """Return the labels that `3–6, 9` names: 3, 4, 5, 6, 9."""
    labels: list[str] = []
    for found in _STEP.finditer(printed):
        first = int(found.group(1))
        last = int(found.group(2)) if found.group(2) else first
        if first <= last <= first + WIDEST_RANGE:
            labels += [str(number) for number in range(first, last + 1)]
    return tuple(dict.fromkeys(labels))


def tied(marks: list[tuple[Span, tuple[str, ...]]], lists: list[ReferenceList]) -> tuple[Marker, ...]:
    """Tie each mark to the nearest list after it, or to the last one; labels that the list lacks are left out."""
    markers: list[Marker] = []
    at = 0
    for span, labels in marks:
        while at < len(lists) - 1 and lists[at].span.end <= span.start:
            at += 1
        known = lists[at].labels if lists else {}
        markers.append(Marker(span, tuple(known[label] for label in labels if label in known)))
    return tuple(markers)
