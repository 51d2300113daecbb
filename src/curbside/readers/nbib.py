"""Reads MEDLINE tagged text (.nbib), as PubMed exports it.

Tags and their meaning are those of NLM's "MEDLINE/PubMed Data Element (Field) Descriptions". A record begins with its
PMID or after a blank line; folded lines begin with blanks and are joined by one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curbside.readers import dates, fields, unpack
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.readers.notices import TAGS, complete
from curbside.records import (
    Author,
    Category,
    Dated,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    Notice,
    Problem,
    Raw,
    Reading,
    normal_doi,
    normal_nct,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}- ?(.*)")
_BY_VERSION = 10**8

Lines = list[tuple[str, str]]
"""The (tag, value) pairs of one record, unfolded, in their order."""


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each record of a file of MEDLINE tagged text with its line, and what could not be read."""
    data, stopped = unpack.whole(raw)
    if stopped and not data:
        yield Reading(None, problems=(stopped,))
        return
    text, remark = unpack.decode(data, "", raw.origin)
    if remark:
        yield Reading(None, problems=(remark,))
    found = False
    for line, pairs, problem in _records(text, raw.origin):
        found = True
        yield _reading(pairs, line, raw.origin, problem)
    if not found:
        what = "The file holds no MEDLINE record."
        yield Reading(None, problems=(Problem(what, raw.origin, 0, "Export from PubMed in the format 'PubMed'."),))
    if stopped:
        yield Reading(None, problems=(stopped,))


def _records(text: str, origin: str) -> Iterator[tuple[int, Lines, Problem | None]]:
    """Yield the records: first line, tagged values, and what of their lines could not be placed."""
    pairs: list[tuple[str, list[str]]] = []
    begun, problem, blank = 0, None, False
    for number, line in enumerate(unpack.lines(text), 1):
        if not line.strip():
            blank = True
            continue
        match = _TAG.match(line) if not line.startswith(" ") else None
        if match and pairs and _begins(match.group(1), blank, pairs):
            yield begun, _unfolded(pairs), problem
            pairs, problem = [], None
        if match:
            begun = begun if pairs else number
            pairs.append((match.group(1), [match.group(2)]))
        elif pairs and (line.startswith(" ") or not blank):
            pairs[-1][1].append(line)
            if not line.startswith(" ") and problem is None:
                what = "A line without a tag was taken as the rest of the line before it."
                problem = Problem(what, origin, number, lost=False)
        elif problem is None:
            problem = Problem("A line outside of any record was left out.", origin, number, lost=False)
        blank = False
    if pairs:
        yield begun, _unfolded(pairs), problem


_FIRST = frozenset({"PMID", "OWN", "STAT"})
_ONCE = frozenset({"TI", "AB", "DP", "JT", "TA", "SO", "VI", "IP", "PG", "LR", *_FIRST})


def _begins(tag: str, blank: bool, pairs: list[tuple[str, list[str]]]) -> bool:
    """Tell whether a tag begins a new record: a second PMID, or after a blank line what a record has only once."""
    if not blank and tag != "PMID":
        return False
    known = {name for name, _ in pairs}
    if tag == "PMID":
        return "PMID" in known or (blank and not known <= _FIRST)
    return tag in _ONCE and tag in known


def _unfolded(pairs: list[tuple[str, list[str]]]) -> Lines:
    return [(tag, " ".join(fields.clean(line) for line in lines if line.strip(" \t\r\n"))) for tag, lines in pairs]


def _reading(pairs: Lines, line: int, origin: str, problem: Problem | None) -> Reading:
    """Return the reading of one record."""
    problems = (problem,) if problem else ()
    values: dict[str, list[str]] = {}
    for tag, value in pairs:
        if value:
            values.setdefault(tag, []).append(value)
    document = _document(values, pairs)
    if not document.text and not document.ids.pmid:
        what = "The record has neither a PMID nor a title nor an abstract and was left out."
        return Reading(None, line, 0, (*problems, Problem(what, origin, line)))
    revised = dates.loose(_first(values, "LR")).replace("-", "")
    version = _BY_VERSION + int(revised.ljust(8, "0")) if revised else _BY_VERSION
    return Reading(document, line, version, problems)


def _first(values: dict[str, list[str]], *tags: str) -> str:
    return next((values[tag][0] for tag in tags if tag in values), "")


def _document(values: dict[str, list[str]], pairs: Lines) -> Document:
    people, places = _people(pairs)
    title = _first(values, "TI", "BTI", "TT")
    types = tuple(values.get("PT", ()))
    languages = [code for printed in values.get("LA", ()) if (code := fields.language(printed))]
    laid = lay_out(title, _abstracts(values), " ".join(values.get("CI", ())))
    foreign = next((code for code in languages if code != "en"), "")
    translated = _first(values, "TT")
    return Document(
        "",
        laid.text,
        DocumentKind.ARTICLE,
        title,
        "en" if "en" in languages or not languages else languages[0],
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=_ids(values),
        authors=people,
        affiliations=places,
        journal=_journal(values),
        dates=_dates(values),
        types=types,
        headings=_headings(values),
        keywords=tuple(dict.fromkeys(word.strip("*") for word in values.get("OT", ()))),
        notices=_notices(pairs, types, title),
        mentioned=_mentioned(values),
        source=_first(values, "PB"),
        other_titles=((foreign, translated),) if translated and translated != title else (),
    )


def _abstracts(values: dict[str, list[str]]) -> list[Abstract]:
    """Return the abstract and, where there is one, the other abstract with its language."""
    found: list[Abstract] = []
    if main := values.get("AB"):
        found.append(Abstract([Passage("", Category.NONE, text) for text in main]))
    for index, text in enumerate(values.get("OAB", ())):
        codes = values.get("OABL", ())
        code = fields.language(codes[index]) if index < len(codes) else ""
        found.append(Abstract([Passage("", Category.NONE, text)], language=code or "und"))
    return found


def _people(pairs: Lines) -> tuple[tuple[Author, ...], tuple[str, ...]]:
    """Return authors and affiliations; each AUID and AD belongs to the name before it, or to the first author."""
    people: list[list[str]] = []  # name, ORCID, "c" for a group
    where: list[list[int]] = []
    places: dict[str, int] = {}
    waiting: list[int] = []
    full = others = False
    for tag, value in pairs:
        if tag in ("FAU", "CN") or (tag == "AU" and not full):
            people.append([value, "", "c" if tag == "CN" else ""])
            where.append(waiting)
            waiting, full, others = [], tag == "FAU", False
        elif tag == "AU":
            full = False
        elif tag in ("FIR", "IR", "FED", "ED"):
            others = True
        elif tag == "AUID" and people and not others:
            people[-1][1] = normal_orcid(re.sub(r"^ORCID:\s?", "", value)) or people[-1][1]
        elif tag == "AD" and not others:
            index = places.setdefault(value, len(places))
            (where[-1] if people else waiting).append(index)
    found: list[Author] = []
    for (printed, orcid, group), indexes in zip(people, where):
        known = tuple(dict.fromkeys(indexes))
        if group:
            found.append(Author(collective=printed, orcid=orcid, affiliations=known))
        else:
            found.append(fields.name(printed, orcid, known))
    return tuple(found), tuple(places)


def _journal(values: dict[str, list[str]]) -> Journal:
    """Return the journal; the linking ISSN stands in for a missing print one."""
    by_kind = {"Print": "", "Electronic": "", "Linking": ""}
    for printed in values.get("IS", ()):
        kind = next((kind for kind in by_kind if f"({kind})" in printed), "Print")
        by_kind[kind] = by_kind[kind] or fields.issn(printed.split("(")[0])
    linking = by_kind["Linking"] if by_kind["Linking"] != by_kind["Electronic"] else ""
    return Journal(
        _first(values, "JT", "BTI", "CTI"),
        _first(values, "TA"),
        by_kind["Print"] or linking,
        by_kind["Electronic"],
        _first(values, "VI"),
        _first(values, "IP"),
        fields.pages(_first(values, "PG")),
    )


_HISTORY = {"received": "received", "accepted": "accepted", "revised": "revised", "aheadofprint": "online"}
_STAGE = re.compile(r"(.{0,40}?)\s?\[([a-z]{1,20})\]")


def _dates(values: dict[str, list[str]]) -> tuple[Dated, ...]:
    found = [*dates.dated("published", _first(values, "DP")), *dates.dated("online", _first(values, "DEP"))]
    for printed in values.get("PHST", ()):
        match = _STAGE.match(printed)
        event = _HISTORY.get(match.group(2)) if match else None
        if match and event and not (event == "online" and any(dated.event == event for dated in found)):
            found += dates.dated(event, match.group(1))
    return tuple(found)


def _ids(values: dict[str, list[str]]) -> Identifiers:
    """Return the identifiers; LID and AID say their kind in brackets."""
    doi: str | None = None
    others: list[tuple[str, str]] = []
    for printed in (*values.get("LID", ()), *values.get("AID", ())):
        for value, kind in re.findall(r"(\S.{0,300}?)\s?\[(doi|pii|bookaccession)\]", printed):
            if kind == "doi" and (found := normal_doi(value)):
                doi = doi or found
            elif (kind, value) not in others:
                others.append((kind, value))
    others += [("mid", value) for value in values.get("MID", ())]
    pmid = normal_pmid(_first(values, "PMID"))
    return Identifiers(pmid, normal_pmcid(_first(values, "PMC")), doi, None, tuple(dict.fromkeys(others)))


_SUBSTANCE = re.compile(r"\S{1,40} \((.{1,400})\)$")


def _headings(values: dict[str, list[str]]) -> tuple[Heading, ...]:
    """Return MeSH headings, then substances that are not among them."""
    found = [heading for printed in values.get("MH", ()) if (heading := fields.mesh(printed))]
    named = {heading.name for heading in found}
    for printed in (*values.get("RN", ()), *values.get("NM", ())):
        match = _SUBSTANCE.match(printed)
        name = match.group(1) if match else printed
        if name not in named:
            named.add(name)
            found.append(Heading(name))
    return tuple(found)


def _notices(pairs: Lines, types: tuple[str, ...], title: str) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for tag, value in pairs:
        if link := TAGS.get(tag):
            pmid, pmcid, doi = fields.ids_in(value)
            found.append(Notice(link[0], link[1], Identifiers(pmid, pmcid, doi), value))
    return complete(types, found, title)


def _mentioned(values: dict[str, list[str]]) -> tuple[str, ...]:
    """Return accession numbers of trials and data ("ClinicalTrials.gov/NCT00000000")."""
    numbers = [printed.rsplit("/", 1)[-1].strip() for printed in values.get("SI", ()) if "/" in printed]
    return tuple(dict.fromkeys(normal_nct(number) or number for number in numbers))
