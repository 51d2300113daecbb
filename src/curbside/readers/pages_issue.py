"""Issue lines, ISSNs and article types as journal pages print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from curbside.records import Span, normal_issn
from curbside.records.shelf import arabic

_Y = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?:\s?[A-Za-zÀ-ÿ]{3,10}\.?(?:[-–/][A-Za-zÀ-ÿ]{3,10})?(?:\s\d{1,2})?)?"
_V = r"(?P<volume>\d{1,4}|[IVXLCDM]{1,9})"
_I = r"(?P<issue>(?:Suppl(?:ement)?\.?\s?)?[\dA-Za-z]{1,6}(?:[-–/]\d{1,3}|\sSuppl\.?\s?\d{0,2})?)"
_P = r"(?P<pages>[A-Za-z]{0,2}\d{1,7}(?:\.e\d{1,3})?(?:\s?[-–—]\s?[A-Za-z]{0,2}\d{1,7})?)"
_VOL = r"(?:vol(?:ume)?|band|bd|jahrgang|jg|volumen|tome|tom)\.?\s?"
_ISS = r"(?:no|nr|issue|number|heft|ausgabe|número|núm|numéro|n°|nº|zeszyt)\.?\s?"
_PGS = r"(?:pp?|pages?|seiten?|s|páginas?|págs?|art(?:icle|ikel|ículo)?(?:\s(?:no|number|id)\.?)?)\.?:?\s?"
_JOURNAL = r"(?P<journal>[A-Z][\w&.,'’:()\- ]{2,90}?)"

_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # J Abbrev 2025; XLII (5): 494–501
        rf"(?:{_JOURNAL}[.,;]?\s{{1,3}})?{_Y}{_MONTH}\s?[;,:]\s?(?:{_VOL})?{_V}\s?\(\s?(?:{_ISS})?{_I}\s?\)\s?[:;,]\s?"
        rf"(?:{_PGS})?{_P}",
        # J Abbrev 2025 · 42 (5) · 494–501
        rf"(?:{_JOURNAL}[.,;]?\s{{1,3}})?{_Y}{_MONTH}\s?[·|,]\s?(?:{_VOL})?{_V}\s?\(\s?{_I}\s?\)\s?[·|:,]\s?"
        rf"(?:{_PGS})?{_P}",
        # J Abbrev 2025;42:494-501
        rf"(?:{_JOURNAL}[.,;]?\s{{1,3}})?{_Y}{_MONTH}\s?;\s?{_V}\s?:\s?{_P}",
        # Journal, Vol. 42, No. 5 (2025), pp. 494–501  and  2025, Band 42, Heft 5, Seiten 494–501
        rf"(?:{_JOURNAL}[.,;:|]?\s{{1,3}})?(?:{_Y}{_MONTH}\s?[,;:|·]\s?)?{_VOL}{_V}\s?[,;|·/(]?\s?(?:{_ISS}{_I}\)?)"
        rf"(?:\s?[,;:|·(]\s?(?:[A-Za-zÀ-ÿ]{{3,10}}\s)?(?P<year2>(?:19|20)\d\d)\)?)?(?:\s?[,;:|·]\s?{_PGS}{_P})?",
        # Journal 42(5), 494–501 (2025)  and  Journal. 42 (5): 494-501, 2025
        rf"{_JOURNAL}[.,;]?\s{{1,3}}{_V}\s?\(\s?{_I}\s?\)\s?[:,;]\s?(?:{_PGS})?{_P}\s?[,;.]?\s?\(?{_Y}\)?",
        # Journal 42 (2025) 494–501
        rf"{_JOURNAL}[.,;]?\s{{1,3}}{_V}\s?\(\s?{_Y}\s?\)\s?,?\s?{_P}",
        # 42. Jahrgang, Heft 5/2025, S. 494–501
        rf"(?:{_JOURNAL}[.,;:|]?\s{{1,3}})?{_V}\.\s?(?:jahrgang|jg\.?)\s?,\s?{_ISS}(?P<issue2>\d{{1,3}})\s?/\s?{_Y}\s?,\s?{_PGS}{_P}",
        # Journal volume 15, Article number: 112 (2022)
        rf"(?:{_JOURNAL}[.,;:|]?\s{{1,3}})?{_VOL}{_V}\s?,\s?(?:article(?:\s(?:no|number|id)\.?)?\s?:?\s?"
        rf"|{_PGS}){_P}\s?\(\s?{_Y}\s?\)",
        # 第42巻 第5号 494–501 2025年
        r"(?:(?P<year3>(?:19|20)\d\d)年?\s?)?第?(?P<volume2>\d{1,4})\s?巻\s?第?(?P<issue3>\d{1,3})\s?号\s?[pP.:]{0,2}\s?"
        r"(?P<pages2>\d{1,6}\s?[-–—]\s?\d{1,6})(?:\s?[,(]?\s?(?P<year4>(?:19|20)\d\d))?",
    )
)
"""Forms of an issue line; every repeat is bounded."""

_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_ISSN = re.compile(
    r"(?P<kind>e|p|print|online|electronic|linking|l|pub)?[\s-]{0,2}ISSN(?:\s?[-(]?\s?(?P<after>print"
    r"|online|electronic|e|p)\)?)?"
    r"\s?[:：.]?\s{0,3}(?P<issn>\d{4}\s?[-–‐]?\s?\d{3}[\dXx])(?:\s{0,2}\(?(?P<then>print|online|electronic|web)\b\)?)?",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[,;/|\s]{1,3}(?P<issn>\d{4}[-–]\d{3}[\dXx])(?:\s{0,2}\(?(?P<then>print|online|electronic|web)\b)?", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,200}")
_TYPES = re.compile(
    r"^(?:original (?:papers?|articles?|research|investigation|contribution|study)|research"
    r" (?:articles?|papers?|letter)"
    r"|review(?: articles?| papers?)?|systematic review(?: and meta-analysis)?|meta-analysis"
    r"|case (?:report|series|study)s?"
    r"|short (?:communication|report)|brief (?:report|communication)|letter(?: to the editor)?|editorial|commentary"
    r"|clinical (?:trial|study|research|article|investigation)|randomi[sz]ed (?:controlled |clinical )?trial"
    r"|practice guidelines?|guidelines?|consensus statement|study protocol|technical note|correspondence|perspective"
    r"|original(?:arbeit|artikel)|übersichts(?:arbeit|artikel)|übersicht|kasuistik|fallbericht|kurzmitteilung|leitlinie"
    r"|artículo (?:original|de revisión)|original|revisión|caso clínico|carta al (?:director|editor)|nota clínica"
    r"|article original|articles originaux|revue(?: générale)?|mise au point|cas clinique|lettre à l'éditeur"
    r"|articolo originale|revisione|artigo original|relato de caso|praca oryginalna|praca poglądowa|opis przypadku"
    r"|原著(?:論文)?|総説|症例報告|短報|original research article|open access research|cohort study|experience)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue line taken apart; Roman volumes are given in Arabic figures."""

    span: Span
    journal: str
    year: str
    volume: str
    issue: str
    pages: str

    @property
    def citation(self) -> str:
        """The line in NLM order: `J Abbrev 2025;42(5):494-501`."""
        number = f"({self.issue})" if self.issue else ""
        place = f"{self.volume}{number}" + (f":{self.pages}" if self.pages else "")
        return " ".join(piece for piece in (self.journal, f"{self.year};{place}" if self.year else place) if piece)


@lru_cache(maxsize=4096)
def issue_line(line: str) -> Issue | None:
    """Return the first issue line in a line, or None; it needs a year, a volume and either pages or an issue."""
    head = line[:600]
    if not _ANY_YEAR.search(head):
        return None
    for form in _FORMS:
        for match in form.finditer(head):
            found = _issue(match)
            if found:
                return found
    return None


def _issue(match: re.Match[str]) -> Issue | None:
    parts = match.groupdict()

    def first(name: str) -> str:
        return next((parts[key] for key in (name, *(f"{name}{n}" for n in range(2, 5))) if parts.get(key)), "")

    volume, pages, year = first("volume"), first("pages"), first("year")
    if not year or not volume or not (pages or first("issue")):
        return None
    pages = re.sub(r"\s?[-–—]\s?", "-", pages)
    if volume.isdigit() and len(volume) == 4 and volume[:2] in ("19", "20") and volume == year:
        return None
    journal = first("journal").strip(" .,;:|·-")
    if len(journal.split()) > 12:
        journal = ""
    return Issue(Span(*match.span()), journal, year, arabic(volume), first("issue"), pages)


@dataclass(frozen=True, slots=True)
class Issn:
    """An ISSN in a line, its canonical form ("" where the check digit is wrong), and whether it is electronic."""

    span: Span
    printed: str
    issn: str
    electronic: bool


def issns(line: str) -> list[Issn]:
    """Return the ISSNs of a line; a number counts only after the word ISSN or after another ISSN."""
    found: list[Issn] = []
    head = line[:2000]
    for match in _ISSN.finditer(head):
        found.append(_issn(match, (match["kind"] or match["after"] or match["then"] or "").lower()))
        more = _MORE.match(head, match.end())
        if more:
            found.append(_issn(more, (more["then"] or "").lower()))
    return found


def _issn(match: re.Match[str], kind: str) -> Issn:
    printed = match["issn"]
    electronic = kind in ("e", "online", "electronic", "web")
    return Issn(Span(*match.span()), printed, normal_issn(printed) or "", electronic)


def article_type(line: str) -> str:
    """Return a line that is nothing but a type of article, without marks at its edges, else ""."""
    bare = re.sub(r"^(?:article type|type of article|section|artikeltyp|tipo de artículo)\s?:\s?", "", line, flags=re.I)
    bare = bare.strip(" .:|·•-–[]")
    return bare if len(bare) <= 60 and _TYPES.match(bare) else ""


def doi_in(line: str) -> tuple[str, Span] | None:
    """Return the first DOI of a line as printed and where it stands."""
    found = _DOI.search(line[:2000])
    return (found.group(0).rstrip(".,;)"), Span(*found.span())) if found else None
