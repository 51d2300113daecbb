"""Reads PubMed XML: efetch sets, baseline and update files, the older MedlineCitationSet, book records, deletions.

The element names and their meaning are those of NLM's PubMed DTD (2025). A document's text is its title and abstract
as `layout` lays them out. Reference lists, grants, investigators and PubMed's own processing dates are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from importlib import import_module
from typing import Any

from curbside.readers import fields, unpack
from curbside.readers.layout import Abstract, lay_out
from curbside.readers.notices import complete
from curbside.readers.pubmed_fields import (
    IdFields,
    JournalFields,
    authors,
    copyright_of,
    data_banks,
    date_parts,
    headings,
    history,
    links,
    other_abstract,
    passages,
    revised,
    supplementary,
)
from curbside.readers.pubmed_inline import text_of, texts_of
from curbside.readers.pubmed_pieces import Piece, halves, pieces
from curbside.records import (
    Author,
    Dated,
    Deletion,
    Document,
    DocumentKind,
    Heading,
    Notice,
    Problem,
    Raw,
    Reading,
)

etree: Any = import_module("lxml.etree")  # it has no type stubs

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_PREDEFINED = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_BY_VERSION = 10**8  # above any yyyymmdd


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each record of a PubMed XML file, with its line and version, and what could not be read.

    `Reading.version` is `PMID/@Version` * 10^8 + the date the record was revised as yyyymmdd, so that a later
    version outranks an earlier one and, within a version, a later revision does.
    """
    parser = etree.XMLParser(
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    for piece in pieces(raw):
        if piece.problem:
            yield Reading(None, piece.line, 0, (piece.problem,))
            continue
        element, problem = _parsed(piece, parser, raw.origin)
        while element is None and (cut := halves(piece)):
            what = f"The record breaks off before </{piece.name}> and was left out."
            yield Reading(None, piece.line, 0, (Problem(what, raw.origin, piece.line, "Fetch it again."),))
            piece = cut[1]
            element, problem = _parsed(piece, parser, raw.origin)
        problems = (problem,) if problem else ()
        if element is None:
            yield Reading(None, piece.line, 0, problems)
        elif piece.name in ("DeleteCitation", "DeleteDocument"):
            yield from _deletions(element, piece.line)
        else:
            yield _reading(element, piece.line, raw.origin, problems)


def _parsed(piece: Piece, parser: Any, origin: str) -> tuple[Any, Problem | None]:
    """Return the element of a record, or None and why not; a remark where its encoding had to be mended."""
    try:
        return etree.fromstring(_without_references(piece), parser), None
    except etree.XMLSyntaxError as first:
        fault: Any = first
    text, remark = unpack.decode(piece.data, "", origin)
    mended = _ENTITY.sub(_entity, text.encode("utf-8", "replace"))
    if mended != piece.data:
        try:
            element = etree.fromstring(mended, parser)
        except etree.XMLSyntaxError as second:
            fault = second
        else:
            if remark:
                remark = Problem(remark.what, origin, piece.line + max(0, remark.line - 1), remark.remedy, remark.lost)
            return element, remark
    line = piece.line + max(0, (fault.lineno or 1) - 1)
    what = f"The record that begins on line {piece.line} is not sound XML and was left out ({fault.msg})."
    remedy = "Entities that a file declares are never expanded." if "ntity" in (fault.msg or "") else ""
    return None, Problem(what, origin, line, remedy or "Fetch the record again.")


def _without_references(piece: Piece) -> bytes:
    """Return a record without its reference list, which is not read and makes up half of a recent record."""
    start = piece.data.find(b"<ReferenceList") if piece.name == "PubmedArticle" else -1
    end = piece.data.rfind(b"</ReferenceList>") if start >= 0 else -1
    return piece.data[:start] + piece.data[end + 16 :] if end >= 0 else piece.data


def _entity(match: re.Match[bytes]) -> bytes:
    """Return the sign that HTML gives a name, for records that leave the naming to their DTD."""
    name = match.group(1)
    code = None if name in _PREDEFINED else name2codepoint.get(name.decode("ascii"))
    return match.group(0) if code is None else chr(code).encode()


def _deletions(element: Any, line: int) -> Iterator[Reading]:
    for child in element.iter("PMID"):
        pmid = fields.bare_pmid((child.text or "").strip() or "-")
        if pmid:
            version = int(child.get("Version") or 0) if (child.get("Version") or "").isdecimal() else 0
            yield Reading(Deletion(f"pmid:{pmid}"), line, version * _BY_VERSION)


class _Record:
    """The fields of one record while its elements are walked."""

    __slots__ = (
        "abstracts", "authors", "closing", "dates", "headings", "ids", "journal", "keywords", "languages",
        "mentioned", "notices", "places", "revised", "source", "substances", "title", "types", "vernacular", "version",
    )  # fmt: skip

    def __init__(self) -> None:
        self.title = self.vernacular = self.closing = self.source = ""
        self.abstracts: list[Abstract] = []
        self.authors: list[Author] = []
        self.places: dict[str, int] = {}
        self.dates: list[Dated] = []
        self.headings: list[Heading] = []
        self.substances: list[Heading] = []
        self.ids = IdFields()
        self.journal = JournalFields()
        self.keywords: list[str] = []
        self.languages: list[str] = []
        self.mentioned: list[str] = []
        self.notices: list[Notice] = []
        self.types: list[str] = []
        self.version = self.revised = 0

    def walk(self, element: Any, table: dict[str, Callable[[_Record, Any], None]]) -> None:
        """Take each child of an element by what the table says of its name; other children are passed over."""
        for child in element:
            take = table.get(child.tag)
            if take is not None:
                take(self, child)

    def abstract(self, element: Any) -> None:
        """Take the `Abstract`."""
        self.abstracts.insert(0, Abstract(passages(element)))
        self.closing = copyright_of(element)

    def people(self, element: Any) -> None:
        """Take an `AuthorList`, unless it lists editors."""
        if element.get("Type") != "editors":
            self.authors += authors(element, self.places)

    def location(self, element: Any) -> None:
        """Take an `ELocationID`, unless it is marked as wrong."""
        if element.get("ValidYN") != "N":
            self.ids.take(element.get("EIdType") or "", element.text or "")

    def volume(self, element: Any) -> None:
        """Take the `Book` that a book record is or is a chapter of."""
        for child in element:
            tag = child.tag
            if tag == "BookTitle":
                self.journal.title = text_of(child)
            elif tag == "Publisher":
                self.source = "".join(text_of(name) for name in child if name.tag == "PublisherName")
            elif tag == "PubDate":
                self.journal.date = date_parts(child)
            elif tag == "AuthorList" and child.get("Type") == "authors" and not self.authors:
                self.authors = authors(child, self.places)
            elif tag == "Volume":
                self.journal.volume = text_of(child)
            elif tag == "Isbn":
                self.ids.take("isbn", child.text or "")

    def pmid(self, element: Any) -> None:
        """Take the record's own `PMID` with its version."""
        self.ids.take("pubmed", element.text or "")
        version: str = element.get("Version") or ""
        self.version = int(version) if version.isdecimal() and len(version) < 6 else 0

    def other_id(self, element: Any) -> None:
        """Take an `OtherID`, where older records keep the PMCID ("PMC4380289 [Available on …]")."""
        first = (element.text or "").split(" ")[0]
        self.ids.take("pmc" if first.startswith("PMC") else "mid" if first.startswith("NIHMS") else "other", first)

    def article_ids(self, element: Any) -> None:
        """Take an `ArticleIdList`."""
        for child in element:
            self.ids.take(child.get("IdType") or "", child.text or "")

    def data(self, element: Any) -> None:
        """Take the children of `PubmedData` or `PubmedBookData`."""
        for child in element:
            if child.tag == "ArticleIdList":
                self.article_ids(child)
            elif child.tag == "History":
                for dated in history(child):
                    if dated.event != "online" or not any(known.event == "online" for known in self.dates):
                        self.dates.append(dated)

    def happened(self, event: str, element: Any) -> None:
        """Note that something happened on the date that an element gives."""
        iso, printed = date_parts(element)
        if iso:
            self.dates.append(Dated(event, iso, printed))


def _titled(record: _Record, element: Any) -> None:
    record.title = text_of(element)


def _vernacular(record: _Record, element: Any) -> None:
    record.vernacular = text_of(element)


def _revised(record: _Record, element: Any) -> None:
    record.revised = revised(element)


def _links(record: _Record, element: Any) -> None:
    record.notices += links(element)


_ARTICLE: dict[str, Callable[[_Record, Any], None]] = {
    "Journal": lambda record, element: record.journal.read_journal(element),
    "ArticleTitle": _titled,
    "VernacularTitle": _vernacular,
    "Abstract": _Record.abstract,
    "AuthorList": _Record.people,
    "PublicationTypeList": lambda record, element: record.types.extend(texts_of(element)),
    "PublicationType": lambda record, element: record.types.append(text_of(element)),
    "ELocationID": _Record.location,
    "Pagination": lambda record, element: record.journal.read_pages(element),
    "Language": lambda record, element: record.languages.append(element.text or ""),
    "ArticleDate": lambda record, element: record.happened("online", element),
    "DataBankList": lambda record, element: record.mentioned.extend(data_banks(element)),
    # What only a BookDocument has:
    "PMID": _Record.pmid,
    "ArticleIdList": _Record.article_ids,
    "KeywordList": lambda record, element: record.keywords.extend(texts_of(element)),
    "ContributionDate": lambda record, element: record.happened("published", element),
    "DateRevised": _revised,
    "Book": _Record.volume,
}
"""Child of `Article` or `BookDocument` -> what it is taken for."""

_CITATION: dict[str, Callable[[_Record, Any], None]] = {
    "PMID": _Record.pmid,
    "Article": lambda record, element: record.walk(element, _ARTICLE),
    "MeshHeadingList": lambda record, element: record.headings.extend(headings(element)),
    "ChemicalList": lambda record, element: record.substances.extend(supplementary(element)),
    "SupplMeshList": lambda record, element: record.substances.extend(supplementary(element)),
    "DateRevised": _revised,
    "MedlineJournalInfo": lambda record, element: record.journal.read_medline(element),
    "CommentsCorrectionsList": _links,
    "KeywordList": lambda record, element: record.keywords.extend(texts_of(element)),
    "OtherAbstract": lambda record, element: record.abstracts.append(other_abstract(element)),
    "OtherID": _Record.other_id,
}
"""Child of `MedlineCitation` -> what it is taken for."""

_TOP: dict[str, Callable[[_Record, Any], None]] = {
    "MedlineCitation": lambda record, element: record.walk(element, _CITATION),
    "BookDocument": lambda record, element: record.walk(element, _ARTICLE),
    "PubmedData": _Record.data,
    "PubmedBookData": _Record.data,
}
"""Child of `PubmedArticle` or `PubmedBookArticle` -> what it is taken for."""


def _reading(element: Any, line: int, origin: str, problems: tuple[Problem, ...]) -> Reading:
    """Return the reading of a parsed record."""
    record = _Record()
    record.walk(element, _CITATION if element.tag == "MedlineCitation" else _TOP)
    document = _document(record)
    if not document.text and document.ids.pmid is None:
        what = "The record has neither a PMID nor a title nor an abstract and was left out."
        return Reading(None, line, 0, (*problems, Problem(what, origin, line)))
    return Reading(document, line, record.version * _BY_VERSION + record.revised, problems)


def _document(record: _Record) -> Document:
    """Return the document of a record, unsealed."""
    journal = record.journal
    title = record.title or record.vernacular or (journal.title if not record.abstracts else "")
    iso, printed = journal.date
    if iso and not any(dated.event == "published" for dated in record.dates):
        record.dates.insert(0, Dated("published", iso, printed))
    languages = [fields.language(code) for code in record.languages]
    foreign = next((code for code in languages if code != "en"), "")
    laid = lay_out(title, record.abstracts, record.closing)
    types = record.types
    if record.substances:
        known = {heading.name for heading in record.headings}
        record.headings += [substance for substance in record.substances if substance.name not in known]
    return Document(
        "",
        laid.text,
        DocumentKind.ARTICLE,
        title,
        "en" if "en" in languages or not languages else languages[0],
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=record.ids.done(),
        authors=tuple(record.authors),
        affiliations=tuple(record.places),
        journal=journal.done(),
        dates=tuple(record.dates),
        types=tuple(types),
        headings=tuple(record.headings),
        keywords=tuple(dict.fromkeys(record.keywords)),
        notices=complete(types, record.notices, title),
        mentioned=tuple(dict.fromkeys(record.mentioned)),
        source=record.source,
        other_titles=((foreign, record.vernacular),) if record.vernacular and record.vernacular != title else (),
    )
