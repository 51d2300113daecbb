"""Reads BibTeX and biblatex files, as reference managers, journals and people write them.

Field names are those of BibTeX's standard styles, of biblatex, and those that exports of databases add (`pmid`); what a
name means stands in `FIELDS`. A broken entry is read as far as it goes, with its line; the others are kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from curbside.readers import dates, fields, tex, unpack
from curbside.readers.bibtex_entries import Entry, entries
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
    Notice,
    NoticeKind,
    Problem,
    Raw,
    Reading,
    normal_doi,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title",),
        "subtitle": ("subtitle",),
        "other title": ("titleaddon", "origtitle"),
        "journal": ("journal", "journaltitle", "booktitle"),
        "abbreviation": ("shortjournal", "journal-iso", "journalabbr", "journal_abbrev"),
        "date": ("date",),
        "year": ("year",),
        "month": ("month",),
        "day": ("day",),
        "volume": ("volume",),
        "issue": ("number", "issue"),
        "pages": ("pages", "eid", "article-number", "articleno", "elocation-id"),
        "issn": ("issn",),
        "eissn": ("eissn", "e-issn", "issn-online"),
        "doi": ("doi",),
        "pmid": ("pmid", "pubmedid"),
        "pmcid": ("pmcid", "pmc"),
        "nct": ("nct",),
        "url": ("url", "link"),
        "note": ("note", "addendum", "annote"),
        "language": ("language", "langid", "hyphenation"),
        "publisher": ("publisher", "institution", "school", "organization"),
        "keywords": ("keywords", "keyword", "author_keywords", "keywords-plus"),
        "types": ("pubtype",),
        "licence": ("copyright", "rights", "license"),
        "affiliations": ("affiliation", "affiliations"),
        "abstract": ("abstract",),
    }
)
"""What is read -> names of the fields that hold it; of several the first that says something."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "book": "Book",
        "inbook": "Book Chapter",
        "incollection": "Book Chapter",
        "collection": "Book",
        "inproceedings": "Conference Paper",
        "conference": "Conference Paper",
        "dataset": "Dataset",
        "proceedings": "Conference Proceedings",
        "phdthesis": "Thesis",
        "mastersthesis": "Thesis",
        "thesis": "Thesis",
        "techreport": "Report",
        "report": "Report",
        "unpublished": "Unpublished Work",
        "online": "Web Page",
        "electronic": "Web Page",
        "www": "Web Page",
    }
)
"""Type of an entry -> publication type, where no field names one."""

_RETRACTED = re.compile(r"\bretracted (?:publication|article)\b", re.IGNORECASE)


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each entry of a BibTeX file with its line, and what could not be read."""
    data, stopped = unpack.whole(raw)
    if stopped and not data:
        yield Reading(None, problems=(stopped,))
        return
    text, remark = unpack.decode(data, "", raw.origin)
    if remark:
        yield Reading(None, problems=(remark,))
    found = False
    for entry in entries(text.replace("\r\n", "\n").replace("\r", "\n")):
        found = True
        yield _reading(entry, raw.origin)
    if not found:
        remedy = "A BibTeX entry begins with a line '@article{key,'."
        yield Reading(None, problems=(Problem("The file holds no BibTeX entry.", raw.origin, 0, remedy),))
    if stopped:
        yield Reading(None, problems=(stopped,))


def _reading(entry: Entry, origin: str) -> Reading:
    remedy = "Correct the entry and add the file again." if entry.broken else ""
    problems = [Problem(what, origin, line, remedy, entry.broken) for line, what in entry.faults]
    if entry.kind == "string":
        return Reading(None, entry.line, 0, tuple(problems))
    people, others = _people(entry.fields.get("author", ""))
    if others:
        what = "The list of authors ends in 'and others'; those that it leaves out are not known."
        problems.append(Problem(what, origin, entry.line, lost=False))
    document = _document(entry, people)
    if not document.text and not document.ids.keys():
        what = "The entry has neither a title nor an abstract nor an identifier and was left out."
        return Reading(None, entry.line, 0, (*problems, Problem(what, origin, entry.line)))
    return Reading(document, entry.line, 0, tuple(problems))


def _raw(entry: Entry, name: str) -> str:
    return next((value for each in FIELDS[name] if (value := entry.fields.get(each, "").strip())), "")


def _document(entry: Entry, people: tuple[Author, ...]) -> Document:
    def said(name: str) -> str:
        return fields.clean(tex.text_of(_raw(entry, name)))

    title, subtitle = said("title"), said("subtitle")
    if title and subtitle:
        title += (" " if title[-1] in ":?!.–—-" else ": ") + subtitle
    pieces = fields.paragraphs(re.sub(r"\n[ \t]{0,99}\n", "\n\n", _paragraphed(_raw(entry, "abstract"))))
    laid = lay_out(title, [Abstract([Passage("", Category.NONE, piece) for piece in pieces])] if pieces else [])
    types = _listed(_raw(entry, "types")) or tuple(filter(None, (_TYPES.get(entry.kind, ""),)))
    note, other = said("note"), said("other title")
    notices: list[Notice] = []
    if _RETRACTED.search(note) and "Retracted Publication" not in types:
        notices.append(Notice(NoticeKind.RETRACTION, False, Identifiers(), note))
    ids = _ids(entry, note)
    return Document(
        "",
        laid.text,
        _kind(entry, ids),
        title,
        fields.language(said("language")),
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=ids,
        authors=people,
        affiliations=_listed(_raw(entry, "affiliations")),
        journal=_journal(entry),
        dates=_dates(entry),
        types=types,
        keywords=fields.keywords(said("keywords")),
        notices=complete(types, notices, title),
        licence=said("licence"),
        source=said("publisher"),
        other_titles=(("", other),) if other and other != title else (),
    )


def _listed(value: str) -> tuple[str, ...]:
    """Return the values of a list, which semicolons divide; braces keep together what stands in them."""
    pieces: list[str] = []
    depth = start = 0
    for match in re.finditer(r"[{};]", value):
        depth = max(depth + {"{": 1, "}": -1, ";": 0}[match[0]], 0)
        if match[0] == ";" and not depth:
            pieces.append(value[start : match.start()])
            start = match.end()
    pieces.append(value[start:])
    return tuple(dict.fromkeys(filter(None, (fields.clean(tex.text_of(piece)) for piece in pieces))))


def _paragraphed(value: str) -> str:
    """Return an abstract as plain text, its blank lines kept as borders of paragraphs."""
    return "\n\n".join(filter(None, (tex.text_of(piece) for piece in re.split(r"\n[ \t]{0,99}\n", value))))


def _kind(entry: Entry, ids: Identifiers) -> DocumentKind:
    bare = not ids.keys() and not _raw(entry, "journal") and _raw(entry, "url")
    page = entry.kind in ("online", "electronic", "www") or (entry.kind == "misc" and bare)
    return DocumentKind.PAGE if page else DocumentKind.ARTICLE


_NAMES = re.compile(r"\{|\}|,|(?<=\s)and(?=\s)|^and(?=\s)", re.IGNORECASE)


def _divided(value: str) -> list[list[str]]:
    """Return the names of a list, each as its pieces between commas; braces keep together what stands in them."""
    names: list[list[str]] = [[]]
    depth = start = 0
    for match in _NAMES.finditer(value):
        sign = match[0]
        if sign in "{}":
            depth = max(depth + (1 if sign == "{" else -1), 0)
        elif not depth:
            names[-1].append(value[start : match.start()])
            start = match.end()
            if sign != ",":
                names.append([])
    names[-1].append(value[start:])
    return names


def _grouped(printed: str) -> bool:
    """Tell whether braces hold the whole of a name, which makes it a group's."""
    bare = printed.strip()
    if not bare.startswith("{"):
        return False
    depth = 0
    for place, sign in enumerate(bare):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth:
            return place == len(bare) - 1
    return False


def _people(value: str) -> tuple[tuple[Author, ...], bool]:
    """Return the authors, and whether the list ends in "and others"."""
    people: list[Author] = []
    others = False
    for pieces in _divided(value) if value.strip() else []:
        plain = [fields.clean(tex.text_of(piece)) for piece in pieces]
        if len(plain) == 1 and plain[0].lower() == "others":
            others = True
        elif len(plain) == 1 and plain[0] and _grouped(pieces[0]):
            people.append(Author(collective=plain[0]))
        elif len(plain) == 1 and plain[0]:
            people.append(fields.name(plain[0]))
        elif len(plain) == 2 and plain[0]:
            people.append(Author(plain[0], plain[1]))
        elif len(plain) > 2 and plain[0]:
            people.append(Author(plain[0], ", ".join(plain[2:]), plain[1]))
    return tuple(people), others


_ISSN = re.compile(r"(?<![\d-])(\d{4}-?\d{3}[\dXx])(?![\d-])")


def _journal(entry: Entry) -> Journal:
    def said(name: str) -> str:
        return fields.clean(tex.text_of(_raw(entry, name)))

    printed = [issn for found in _ISSN.findall(_raw(entry, "issn")) if (issn := fields.issn(found))]
    electronic = [issn for found in _ISSN.findall(_raw(entry, "eissn")) if (issn := fields.issn(found))]
    title, short = said("journal"), said("abbreviation")
    pages = re.sub(r"[ \t]{0,9}(?:--?-?|–|—|\\textendash(?:\{\})?)[ \t]{0,9}", "-", _raw(entry, "pages"))
    return Journal(
        title,
        short,
        next(iter(printed), ""),
        next(iter([*electronic, *(each for each in printed[1:] if each != printed[0])]), ""),
        said("volume"),
        said("issue"),
        fields.pages(fields.clean(tex.text_of(pages))),
    )


_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s{0,3}(\d{1,2})|(\d{1,2})\s{0,3}([A-Za-z]{3,9})\.?")


def _dates(entry: Entry) -> tuple[Dated, ...]:
    """Return the date of publication: `date` as biblatex has it, else year, month and day."""
    whole = tex.text_of(_raw(entry, "date")).split("/")[0]
    if iso := dates.loose(whole):
        return (Dated("published", iso, whole),)
    year, month, day = (tex.text_of(_raw(entry, name)) for name in ("year", "month", "day"))
    if not day and (
        both := re.fullmatch(r"([A-Za-z]{3,9})\.?\s{0,3}(\d{1,2})|(\d{1,2})\s{0,3}([A-Za-z]{3,9})\.?", month)
    ):
        month, day = both[1] or both[4], both[2] or both[3]
    iso = dates.iso(year, month, day)
    return (Dated("published", iso, " ".join(filter(None, (year, month, day)))),) if iso else ()


_PUBMED = re.compile(r"ncbi\.nlm\.nih\.gov/(?:m?pubmed/)?(\d{1,9})\b")
_PMC = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d{1,9})\b", re.IGNORECASE)


def _ids(entry: Entry, note: str) -> Identifiers:
    def said(name: str) -> str:
        return tex.verbatim(_raw(entry, name))

    address = said("url")
    at_pubmed, at_pmc = _PUBMED.search(address), _PMC.search(address)
    noted = fields.ids_in(note)
    preprint = tex.verbatim(entry.fields.get("eprint", ""))
    archive = entry.fields.get("eprinttype", entry.fields.get("archiveprefix", "")).strip("{} ").lower()
    pmid = normal_pmid(said("pmid")) or (normal_pmid(preprint) if archive == "pubmed" else None)
    pmid = pmid or (normal_pmid(at_pubmed[1]) if at_pubmed else None) or noted[0]
    pmcid = normal_pmcid(said("pmcid")) or (normal_pmcid(at_pmc[1]) if at_pmc else None) or noted[1]
    doi = normal_doi(said("doi")) or (normal_doi(address) if "doi.org/" in address else None) or noted[2]
    others = [("arxiv", preprint)] if archive == "arxiv" and preprint else []
    others += [("url", address)] if address.startswith(("http://", "https://")) else []
    return Identifiers(pmid, pmcid, doi, normal_nct(said("nct")), tuple(others))
