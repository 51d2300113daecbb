"""Reads PubMed XML: efetch sets, baseline and update files, the older MedlineCitationSet, book records, deletions.

The element names and their meaning are those of NLM's PubMed DTD (2025). A document's text is its title and abstract
as `layout` lays them out. Reference lists, grants, investigators and PubMed's own processing dates are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from importlib import import_module
from typing import Any, cast

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
from curbside.readers.pubmed_inline import text_of
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
        return etree.fromstring(piece.data, parser), None
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
        "mentioned", "notices", "places", "revised", "source", "title", "types", "vernacular", "version",
    )  # fmt: skip

    def __init__(self) -> None:
        self.title = self.vernacular = self.closing = self.source = ""
        self.abstracts: list[Abstract] = []
        self.authors: list[Author] = []
        self.places: dict[str, int] = {}
        self.dates: list[Dated] = []
        self.headings: list[Heading] = []
        self.ids = IdFields()
        self.journal = JournalFields()
        self.keywords: list[str] = []
        self.languages: list[str] = []
        self.mentioned: list[str] = []
        self.notices: list[Notice] = []
        self.types: list[str] = []
        self.version = self.revised = 0

    def article(self, element: Any) -> None:
        """Take the children of `Article` or `BookDocument`, which share most of their names."""
        for child in element:
            tag = child.tag
            if tag == "Journal":
                self.journal.read_journal(child)
            elif tag == "ArticleTitle":
                self.title = text_of(child)
            elif tag == "Abstract":
                self.abstracts.append(Abstract(passages(child)))
                self.closing = copyright_of(child)
            elif tag == "AuthorList":
                if child.get("Type") != "editors":
                    self.authors += authors(child, self.places)
            elif tag == "PublicationTypeList":
                self.types += [text_of(kind) for kind in child]
            elif tag == "ELocationID":
                if child.get("ValidYN") != "N":
                    self.ids.take(child.get("EIdType") or "", child.text or "")
            elif tag == "Pagination":
                self.journal.read_pages(child)
            elif tag == "Language":
                self.languages.append(child.text or "")
            elif tag == "ArticleDate":
                self.happened("online", child)
            elif tag == "DataBankList":
                self.mentioned += data_banks(child)
            elif tag == "VernacularTitle":
                self.vernacular = text_of(child)
            else:
                self.book(child, tag)

    def book(self, element: Any, tag: str) -> None:
        """Take those children that only a `BookDocument` has."""
        if tag == "PMID":
            self.pmid(element)
        elif tag == "ArticleIdList":
            self.article_ids(element)
        elif tag == "PublicationType":
            self.types.append(text_of(element))
        elif tag == "KeywordList":
            self.keywords += [word for child in element if (word := text_of(child))]
        elif tag == "ContributionDate":
            self.happened("published", element)
        elif tag == "DateRevised":
            self.revised = revised(element)
            self.happened("revised", element)
        elif tag == "Book":
            self.volume(element)

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

    def citation(self, element: Any) -> None:
        """Take the children of `MedlineCitation`."""
        for child in element:
            tag = child.tag
            if tag == "PMID":
                self.pmid(child)
            elif tag == "Article":
                self.article(child)
            elif tag == "MeshHeadingList":
                self.headings = headings(child) + self.headings
            elif tag in ("ChemicalList", "SupplMeshList"):
                self.headings += supplementary(child)
            elif tag == "DateRevised":
                self.revised = revised(child)
            elif tag == "MedlineJournalInfo":
                self.journal.read_medline(child)
            elif tag == "CommentsCorrectionsList":
                self.notices = links(child)
            elif tag == "KeywordList":
                self.keywords += [word for keyword in child if (word := text_of(keyword))]
            elif tag == "OtherAbstract":
                self.abstracts.append(other_abstract(child))
            elif tag == "OtherID":
                self.other_id(child)

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


_CONTAINERS = {
    "MedlineCitation": _Record.citation,
    "PubmedData": _Record.data,
    "PubmedBookData": _Record.data,
    "BookDocument": _Record.article,
}


def _reading(element: Any, line: int, origin: str, problems: tuple[Problem, ...]) -> Reading:
    """Return the reading of a parsed record."""
    record = _Record()
    if element.tag == "MedlineCitation":
        record.citation(element)
    else:
        for child in element:
            take = _CONTAINERS.get(cast(str, child.tag))
            if take:
                take(record, child)
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
    types = [kind for kind in record.types if kind]
    named = {heading.name: heading for heading in reversed(record.headings)}
    unique = [heading for heading in record.headings if named[heading.name] is heading]
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
        headings=tuple(unique),
        keywords=tuple(dict.fromkeys(record.keywords)),
        notices=complete(types, record.notices, title),
        mentioned=tuple(dict.fromkeys(record.mentioned)),
        source=record.source,
        other_titles=((foreign, record.vernacular),) if record.vernacular and record.vernacular != title else (),
    )
