"""Reads RIS, as reference managers and databases export it, with the liberties that they take.

Tags follow the RIS specification (Research Information Systems, 2001 and 2011 revisions) and what EndNote, Zotero,
Ovid, Embase and Cochrane make of it. A record runs from TY to ER or to the next TY; a line without a tag goes on with
the value before it; lines between records are no part of any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curbside.readers import dates, fields, unpack
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.readers.notices import complete
from curbside.records import (
    Author,
    Category,
    Dated,
    Document,
    DocumentKind,
    Identifiers,
    Journal,
    Problem,
    Raw,
    Reading,
    normal_doi,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)

_TAG = re.compile(r"\s{0,4}([A-Z][A-Z0-9]) {1,3}-(?: (.*)|\s*$)")

Values = dict[str, list[str]]
"""The values of one record by tag, in their order, unfolded."""

_PAGES: frozenset[str] = frozenset({"ELEC", "BLOG", "ICOMM", "WEB"})
_TYPES: dict[str, str] = {
    "JOUR": "",
    "EJOUR": "",
    "JFULL": "",
    "ABST": "Abstract",
    "BOOK": "Book",
    "CHAP": "Book Chapter",
    "CONF": "Conference Proceedings",
    "CPAPER": "Conference Paper",
    "DATA": "Dataset",
    "DBASE": "Database",
    "EBOOK": "Book",
    "ECHAP": "Book Chapter",
    "ELEC": "Web Page",
    "GOVDOC": "Government Document",
    "INPR": "Preprint",
    "MGZN": "Magazine Article",
    "NEWS": "Newspaper Article",
    "RPRT": "Report",
    "STAND": "Standard",
    "THES": "Thesis",
    "UNPB": "Unpublished Work",
}
"""TY -> publication type; "" where it says no more than that it is an article."""


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each record of a RIS file with its line, and what could not be read."""
    data, stopped = unpack.whole(raw)
    if stopped and not data:
        yield Reading(None, problems=(stopped,))
        return
    text, remark = unpack.decode(data, "", raw.origin)
    if remark:
        yield Reading(None, problems=(remark,))
    found = 0
    outside: list[int] = []
    for line, values, ended in _records(text, outside):
        found += 1
        yield _reading(values, line, raw.origin, ended)
    if not found:
        remedy = "A RIS record begins with a line 'TY  - JOUR'."
        yield Reading(None, problems=(Problem("The file holds no RIS record.", raw.origin, 0, remedy),))
    elif outside:
        what = f"{len(outside)} line(s) outside of the records were left out, the first of them here."
        yield Reading(None, outside[0], 0, (Problem(what, raw.origin, outside[0], lost=False),))
    if stopped:
        yield Reading(None, problems=(stopped,))


def _records(text: str, outside: list[int]) -> Iterator[tuple[int, Values, bool]]:
    """Yield first line, values and whether ER closed it, for each record; `outside` takes lines of no record."""
    pairs: list[tuple[str, list[str]]] = []
    begun = 0
    for number, line in enumerate(unpack.lines(text), 1):
        match = _TAG.match(line)
        tag = match.group(1) if match else ""
        if tag == "TY":
            if begun:
                yield begun, _unfolded(pairs), False
            pairs, begun = [], number
        if tag == "ER" and begun:
            yield begun, _unfolded(pairs), True
            pairs, begun = [], 0
        elif not begun:
            if line.strip() and tag != "ER":
                outside.append(number)
        elif match:
            pairs.append((tag, [match.group(2) or ""]))
        elif pairs and line.strip():
            pairs[-1][1].append(line)
    if begun:
        yield begun, _unfolded(pairs), False


def _unfolded(pairs: list[tuple[str, list[str]]]) -> Values:
    values: Values = {}
    for tag, lines in pairs:
        value = " ".join(piece for line in lines if (piece := fields.clean(line)))
        if value:
            values.setdefault(tag, []).append(value)
    return values


def _first(values: Values, *tags: str) -> str:
    return next((values[tag][0] for tag in tags if tag in values), "")


def _all(values: Values, *tags: str) -> list[str]:
    return [value for tag in tags for value in values.get(tag, ())]


def _reading(values: Values, line: int, origin: str, ended: bool) -> Reading:
    """Return the reading of one record."""
    problems: list[Problem] = []
    if not ended:
        what = "The record has no closing line 'ER  -'; it was read as far as it goes."
        problems.append(Problem(what, origin, line, "If the file was cut short, export it again.", lost=False))
    document = _document(values)
    if not document.text and not document.ids.keys():
        what = "The record has neither a title nor an abstract nor an identifier and was left out."
        return Reading(None, line, 0, (*problems, Problem(what, origin, line)))
    return Reading(document, line, 0, tuple(problems))


def _document(values: Values) -> Document:
    form = _first(values, "TY").upper()
    title = _first(values, "TI", "T1", "CT", "BT") or ("" if "AB" in values else _first(values, "T2"))
    abstract = _first(values, "AB", "N2")
    others = [text for text in _all(values, "AB", "N2") if text != abstract]
    abstracts = [Abstract([Passage("", Category.NONE, text) for text in (abstract, *others)])] if abstract else []
    laid = lay_out(title, abstracts, _first(values, "C6") if "opyright" in _first(values, "C6") else "")
    kinds = [kind for kind in _all(values, "M3", "PT") if normal_doi(kind) is None]
    types = tuple(dict.fromkeys(kind for kind in (*kinds, _TYPES.get(form, "")) if kind))
    places = tuple(dict.fromkeys(_all(values, "AD", "IN")))
    other = _first(values, "TT", "OT") if _first(values, "TT", "OT") != title else ""
    language = fields.language(_first(values, "LA").split(",")[0])
    return Document(
        "",
        laid.text,
        DocumentKind.PAGE if form in _PAGES else DocumentKind.ARTICLE,
        title,
        language,
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=_ids(values),
        authors=tuple(_author(printed) for printed in _all(values, "AU", "A1") if printed.strip(" ,")),
        affiliations=places,
        journal=_journal(values),
        dates=_dates(values),
        types=types,
        keywords=tuple(dict.fromkeys(word.lstrip("*") for word in values.get("KW", ()))),
        notices=complete(types, [], title),
        source=_first(values, "PB"),
        other_titles=(("", other),) if other else (),
    )


def _author(printed: str) -> Author:
    """Return an author; a name that ends in a comma is a group's, as EndNote writes them."""
    return Author(collective=printed.rstrip(" ,")) if printed.endswith(",") else fields.name(printed)


_ISSN = re.compile(r"(?<![\d-])(\d{4}-?\d{3}[\dXx])(?![\d-])(\s{0,2}\([^()]{1,40}\))?")


def _journal(values: Values) -> Journal:
    title = _first(values, "JF", "T2", "JO")
    short = _first(values, "JA", "J2") or next((name for name in values.get("JO", ()) if name != title), "")
    issn = eissn = ""
    for printed, kind in _ISSN.findall(" ".join(values.get("SN", ()))):
        checked = fields.issn(printed)
        if checked and "lectronic" in kind:
            eissn = eissn or checked
        elif checked and issn and not eissn and checked != issn:
            eissn = checked
        elif checked:
            issn = issn or checked
    first, last = _first(values, "SP"), _first(values, "EP")
    pages = first if not last or last == first or "-" in first else f"{first}-{last}"
    pages = pages or _first(values, "C7")
    volume, issue = _first(values, "VL"), _first(values, "IS")
    return Journal(title, short, issn, eissn, volume, issue, fields.pages(pages))


def _dates(values: Values) -> tuple[Dated, ...]:
    """Return the date of publication: the fullest of those given for the year of publication."""
    year = dates.loose(_first(values, "PY", "Y1", "YR", "DA"))
    given = [printed for printed in _all(values, "DA", "Y1", "PY") if dates.loose(printed)[:4] == year[:4]]
    if not year or not given:
        return ()
    best = max(given, key=lambda printed: len(dates.loose(printed)))
    published = Dated("published", dates.loose(best), best.rstrip("/"))
    # EndNote writes the day on which an article appeared online where books have their edition.
    online = [printed for printed in values.get("ET", ()) if len(dates.loose(printed)) > 4]
    return (published, *(Dated("online", dates.loose(printed), printed) for printed in online[:1]))


_NLM = re.compile(r"\b(?:medline|pubmed|nlm)\b", re.IGNORECASE)
_PUBMED = re.compile(r"ncbi\.nlm\.nih\.gov/(?:m?pubmed/)?(?:\?term=)?(\d{1,9})\b")
_PMC = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d{1,9})\b", re.IGNORECASE)


def _ids(values: Values) -> Identifiers:
    """Return the identifiers.

    A bare number in AN, ID or C7 is a PMID only where the record says that it comes from MEDLINE or PubMed: other
    databases number their records too, and a wrong PMID would join two works.
    """
    pmid = pmcid = doi = None
    addresses = _all(values, "UR", "L1", "L2", "LK")
    for printed in addresses:
        address = _PUBMED.search(printed)
        pmid = pmid or (normal_pmid(address.group(1)) if address else None)
        article = _PMC.search(printed)
        pmcid = pmcid or (normal_pmcid(article.group(1)) if article else None)
    for printed in _all(values, "DO", "M3", "L3", *(["UR"] if "DO" not in values else [])):
        doi = doi or (normal_doi(printed) if "10." in printed[:30] else None)
    for printed in _all(values, "N1", "C2", "AN", "ID"):
        noted = fields.ids_in(printed)
        pmid, pmcid = pmid or noted[0], pmcid or noted[1]
    if pmid is None and _NLM.search(" ".join(_all(values, "DB", "DP", "N1", "UR"))):
        numbers = [normal_pmid(printed) for printed in _all(values, "AN", "ID", "C7")]
        pmid = next((number for number in numbers if number and 4 <= len(number) <= 8), None)
    others = [
        ("accession", printed) for printed in values.get("AN", ()) if pmid is None or normal_pmid(printed) != pmid
    ]
    others += [("url", printed) for printed in dict.fromkeys(addresses) if printed.startswith(("http://", "https://"))]
    register = normal_nct(_first(values, "AN")) if _first(values, "TY").upper() in ("DBASE", "DATA") else None
    return Identifiers(pmid, pmcid, doi, register, tuple(others))
