"""Small fields that the bibliographic formats share: page ranges, languages, personal names, identifiers."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from curbside.records import Author, Heading, normal_doi, normal_issn, normal_orcid, normal_pmcid, normal_pmid

_PLACED = re.compile(
    r"(?:(?P<title>[^\d\s].{1,150}?)[,;]? )?(?P<volume>\d{1,4})(?: ?\((?P<issue>[^()]{1,30})\))?"
    r"(?::(?P<pages>[A-Za-z]{0,3}\d[\w-]{0,20}))?"
)
_RANGE = re.compile(r"([A-Za-z]{0,4})(\d{1,9})\s?[-–—]{1,2}\s?([A-Za-z]{0,4})(\d{1,9})([A-Za-z]{0,2})$")

_CODES = (
    "afr:af alb:sq amh:am ara:ar arm:hy aze:az ben:bn bos:bs bul:bg cat:ca chi:zh zho:zh cze:cs ces:cs dan:da "
    "dut:nl nld:nl eng:en epo:eo est:et fin:fi fre:fr fra:fr geo:ka ger:de deu:de glg:gl gre:el heb:he hin:hi "
    "hrv:hr hun:hu ice:is ind:id ita:it jpn:ja kin:rw kor:ko lat:la lav:lv lit:lt mac:mk mal:ml mao:mi may:ms "
    "nor:no per:fa pol:pl por:pt pus:ps rum:ro ron:ro rus:ru san:sa scr:hr scc:sr slo:sk slk:sk slv:sl spa:es "
    "srp:sr swe:sv tha:th tur:tr ukr:uk urd:ur vie:vi wel:cy"
)
_LANGUAGES: dict[str, str] = {pair[:3]: pair[4:] for pair in re.split(" ", _CODES)}
"""MEDLINE's code (MARC, ISO 639-2/B) -> BCP 47 tag."""

_NAMES: dict[str, str] = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "polish": "pl",
    "dutch": "nl",
    "turkish": "tr",
}


def language(printed: str) -> str:
    """Return a language as a BCP 47 tag: from MEDLINE's three letters, an English name or a tag; "" for none."""
    bare = printed.strip().lower().replace("_", "-")
    if bare in ("und", "mul", "zxx"):
        return ""
    if code := _LANGUAGES.get(bare) or _NAMES.get(bare):
        return code
    return bare if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", bare) else ""


@lru_cache(maxsize=4096)
def pages(printed: str) -> str:
    """Return pages with elided ranges written out: `537-43` becomes `537-543`; anything else stays as printed."""
    return ", ".join(_range(piece.strip()) for piece in re.split(r"[,;]", printed.strip()) if piece.strip())


def _range(printed: str) -> str:
    match = _RANGE.match(printed)
    if match is None:
        return printed
    lead, first, again, last, after = match.groups()
    if len(last) < len(first) and again in ("", lead):
        last = first[: len(first) - len(last)] + last
        again = again or lead
    return f"{lead}{first}-{again}{last}{after}"


@lru_cache(maxsize=65_536)
def issn(printed: str) -> str:
    """Return a checked ISSN, or ""; cached, since there are far fewer journals than records."""
    return normal_issn(printed) or ""


def bare_pmid(text: str) -> str | None:
    """Return a PubMed id that stands alone in an element; quicker than `normal_pmid` on what is one already."""
    if not text.isascii():
        return None
    return text if text.isdecimal() and text[0] != "0" and len(text) < 10 else normal_pmid(text)


_BARE_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")


def bare_doi(text: str) -> str | None:
    """Return a DOI that stands alone in an element; quicker than `normal_doi` on what is one already."""
    match = _BARE_DOI.fullmatch(text)
    return match.group(0).rstrip(".,;").lower() if match else normal_doi(text)


orcid = lru_cache(maxsize=16_384)(normal_orcid)
"""`normal_orcid`, cached: authors recur."""


_SUFFIX = re.compile(r"(?:Jr|Sr|[2-9](?:nd|rd|th)|I{2,3}|IV)\.?$")


_GROUP = re.compile(
    r"\b(?:Groups?|Organi[sz]ations?|Societ(?:y|ies)|Committees?|Consorti(?:um|a)|Networks?|Collaborati(?:on|ve)"
    r"|Collaborators|Investigators|Associations?|Task Force|Working Party|Panel|Council|Institutes?|Foundation"
    r"|Agency|Alliance|Registry|Trialists|Cent(?:er|re)s?|College|Academy|Department|Ministry|Federation|Team)\b"
)


def name(printed: str, orcid: str = "", affiliations: tuple[int, ...] = ()) -> Author:
    """Return the author of a printed name: `Family, Given[, Suffix]`, `Family GG` or `Given Family`.

    Without a comma the last word is the family name, unless it is initials in capitals, as in MEDLINE's `Smith JA`.
    Names with a word that only groups bear ("Study Group", "Society") are collective.
    """
    checked = (normal_orcid(orcid) or "") if orcid else ""
    words = " ".join(printed.split())
    if _GROUP.search(words):
        return Author(collective=words.rstrip(","), orcid=checked, affiliations=affiliations)
    if "," in words:
        family, given, *rest = (piece.strip() for piece in words.split(","))
        suffix = ", ".join(rest)
        if not suffix and _SUFFIX.match(given):
            given, suffix = "", given
        return Author(family, given, suffix, "", checked, affiliations)
    pieces = words.split()
    suffix = pieces.pop() if len(pieces) > 2 and _SUFFIX.match(pieces[-1]) else ""
    if len(pieces) < 2:
        return Author(words, "", "", "", checked, affiliations)
    if re.fullmatch(r"[A-Z]{1,4}", pieces[-1]) and not pieces[0].endswith("."):
        return Author(" ".join(pieces[:-1]), pieces[-1], suffix, "", checked, affiliations)
    start = len(pieces) - 1
    while start > 1 and pieces[start - 1].islower():
        start -= 1
    return Author(" ".join(pieces[start:]), " ".join(pieces[:start]), suffix, "", checked, affiliations)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MARKUP = re.compile(
    r"</?(?:jats:|mml:)?(?:i|b|u|em|strong|sub|sup|scp|sc|p|title|sec|bold|italic|span|br|inf)(?:\s[a-z:-]{1,20}=[^<>]{0,80})?\s?/?>",
    re.IGNORECASE,
)
_RAISED = re.compile(r"(?<=\d)<(?:jats:)?sup>(?=[+\-−–]?\d)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return text with control characters as spaces and without white space around it; other spaces stay.

    A value of spaces alone, no-break ones included, is none: "".
    """
    if not text.isprintable():  # quicker than the search, and true of nearly every value
        text = _CONTROL.sub(" ", text)
    text = text.strip(" \t\r\n")
    return "" if text.isspace() else text


def unmarked(text: str) -> str:
    """Return text without left-over inline markup and character references, as Crossref's titles carry them.

    Only names of inline elements count as markup: `P<0.001` stays. Raised digits after a digit get a caret.
    """
    for _ in range(2):  # what somebody escaped twice has its markup under the references
        if "<" in text:
            text = _MARKUP.sub("", _RAISED.sub("^", text))
        if "&" not in text or (plain := unescape(text)) == text:
            break
        text = plain
    else:
        text = _MARKUP.sub("", _RAISED.sub("^", text)) if "<" in text else text
    return text


def paragraphs(text: str) -> list[str]:
    """Return the pieces of a text that blank lines set apart, the words in them unchanged."""
    return [piece for part in re.split(r"\n[ \t\r]*\n", text) if (piece := clean(part))]


def mesh(printed: str, ui: str = "") -> Heading | None:
    """Return a heading of MEDLINE's form `Name/*qualifier/qualifier` (the asterisk marks a major topic), or None."""
    first, *rest = (piece.strip() for piece in printed.split("/"))
    qualifiers = tuple((piece.strip("*").strip(), "*" in piece) for piece in rest if piece.strip("* "))
    bare = first.strip("*").strip()
    if not bare:
        return None
    return Heading(bare, ui, "*" in first or any(major for _, major in qualifiers), qualifiers)


def keywords(printed: str) -> tuple[str, ...]:
    """Return keywords given in one line, with semicolons between them, or commas where there is no semicolon."""
    pieces = printed.split(";" if ";" in printed else ",")
    return tuple(dict.fromkeys(word for piece in pieces if (word := piece.strip())))


_PMID_IN = re.compile(r"\bPMID\s?:?\s{0,2}(\d{1,9})\b")
_PMCID_IN = re.compile(r"\bPMC\s?(\d{1,9})\b")
_DOI_IN = re.compile(r"\b(10\.\d{4,9}/\S{1,300})")


def ids_in(text: str) -> tuple[str | None, str | None, str | None]:
    """Return the PMID (only where labelled as one), PMCID and DOI that a line of text names."""
    pmid, pmcid, doi = _PMID_IN.search(text), _PMCID_IN.search(text), _DOI_IN.search(text)
    return (
        normal_pmid(pmid.group(1)) if pmid else None,
        normal_pmcid(pmcid.group(1)) if pmcid else None,
        normal_doi(doi.group(1).rstrip(")]>")) if doi else None,
    )


def placed(printed: str) -> tuple[str, str, str, str]:
    """Return journal, volume, issue and pages of "Dermatol Ther 31(5):e12673"; a name alone comes back as it is.

    It needs a volume with an issue or pages behind it: "Blood 2" may be a journal's name.
    """
    match = _PLACED.fullmatch(" ".join(printed.split())[:300])
    if match is None or not (match["issue"] or match["pages"]):
        return printed, "", "", ""
    return match["title"] or "", match["volume"], match["issue"] or "", pages(match["pages"] or "")
