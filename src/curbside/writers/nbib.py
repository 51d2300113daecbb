"""NBIB, PubMed's tagged format (MEDLINE display format; tags as NLM describes them)."""

from __future__ import annotations

import textwrap
from calendar import month_abbr
from collections.abc import Iterable, Iterator

from curbside.records import Author, Document, Holding, Notice, NoticeKind
from curbside.writers.fields import abstract_of, initials, inverted, mesh_line, one_line, published, types_of
from curbside.writers.nlm import nlm

_WIDTH = 88

_NOTICES: dict[tuple[NoticeKind, bool], str] = {
    (NoticeKind.RETRACTION, False): "RIN",
    (NoticeKind.RETRACTION, True): "ROF",
    (NoticeKind.CONCERN, False): "ECI",
    (NoticeKind.CONCERN, True): "ECF",
    (NoticeKind.CORRECTION, False): "EIN",
    (NoticeKind.CORRECTION, True): "EFR",
    (NoticeKind.UPDATE, False): "UIN",
    (NoticeKind.UPDATE, True): "UOF",
    (NoticeKind.COMMENT, False): "CIN",
    (NoticeKind.COMMENT, True): "CON",
}
"""(kind of notice, whether this record is the notice) -> tag."""

_LANGUAGES: dict[str, str] = {
    "en": "eng",
    "de": "ger",
    "fr": "fre",
    "es": "spa",
    "it": "ita",
    "pt": "por",
    "nl": "dut",
    "ru": "rus",
    "zh": "chi",
    "ja": "jpn",
    "ko": "kor",
    "pl": "pol",
    "tr": "tur",
    "sv": "swe",
    "da": "dan",
    "nb": "nor",
    "no": "nor",
    "fi": "fin",
    "cs": "cze",
    "hu": "hun",
    "el": "gre",
    "he": "heb",
    "ar": "ara",
    "fa": "per",
    "uk": "ukr",
}
"""BCP 47 tag -> MEDLINE's three letters; a language that it lacks is written as the tag."""


_BANKS: dict[str, str] = {
    "NCT": "ClinicalTrials.gov",
    "ISRCTN": "ISRCTN",
    "ACTRN": "ANZCTR",
    "ChiCTR": "ChiCTR",
    "DRKS": "DRKS",
    "UMIN": "UMIN-CTR",
    "JPRN": "JPRN",
    "CTRI": "CTRI",
    "IRCT": "IRCT",
    "NTR": "NTR",
    "PACTR": "PACTR",
    "GSE": "GEO",
    "PRJ": "BioProject",
    "SRP": "SRA",
    "CRD": "PROSPERO",
}
"""First letters of an accession number -> name of the databank as MEDLINE gives it."""


def _bank(number: str) -> str:
    """Return the databank of an accession number; "Databank" where its letters do not tell."""
    return next((bank for lead, bank in _BANKS.items() if number.startswith(lead)), "Databank")


def nbib(document: Document) -> str:
    """Return one record, ended by a blank line; long values go on in lines that six spaces begin."""
    return "\n".join([_wrapped(tag, one_line(value)) for tag, value in _fields(document) if one_line(value)]) + "\n\n"


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield the records of many documents, one piece each."""
    for holding in holdings:
        yield nbib(holding.marked)


def _fields(document: Document) -> list[tuple[str, str]]:
    journal, ids = document.journal, document.ids
    year, month, day = published(document)
    date = " ".join(filter(None, (year, month_abbr[int(month)] if month else "", day.lstrip("0"))))
    return [
        ("PMID", ids.pmid or ""),
        ("STAT", "Publisher" if ids.pmid is None else "MEDLINE"),
        ("IS", f"{journal.eissn} (Electronic)" if journal.eissn else ""),
        ("IS", f"{journal.issn} (Print)" if journal.issn else ""),
        ("VI", journal.volume),
        ("IP", journal.issue),
        ("DP", date),
        ("TI", document.title),
        ("PG", journal.pages),
        ("LID", f"{ids.doi} [doi]" if ids.doi else ""),
        ("AB", abstract_of(document)),
        *(pair for author in document.authors for pair in _author(author, document)),
        ("LA", _LANGUAGES.get(document.language.partition("-")[0], document.language)),
        *(("PT", kind) for kind in types_of(document)),
        *(_when("DEP", document.date("online"))),
        ("PB", document.source),
        ("TA", journal.abbreviation),
        ("JT", journal.title),
        *(("TT", title) for _, title in document.other_titles),
        *(pair for notice in document.notices for pair in _notice(notice)),
        *(("MH", mesh_line(heading)) for heading in document.headings if "/" not in heading.name),
        *(("OT", word) for word in document.keywords),
        # What follows a slash in MH is a qualifier; MeSH has no name with one, only publishers' subjects do.
        *(("OT", heading.name) for heading in document.headings if "/" in heading.name),
        ("PMC", ids.pmcid or ""),
        *(("SI", f"{_bank(name)}/{name}") for name in document.mentioned),
        *(
            ("PHST", f"{iso} [{event}]")
            for event in ("received", "accepted")
            if (iso := _slashed(document.date(event)))
        ),
        ("AID", f"{ids.doi} [doi]" if ids.doi else ""),
        ("SO", nlm(document)),
    ]


def _author(author: Author, document: Document) -> list[tuple[str, str]]:
    if author.collective:
        return [("CN", author.collective)]
    short = " ".join(filter(None, (author.family, initials(author.given), author.suffix)))
    named = [("FAU", inverted(author)), ("AU", short)]
    named += [("AUID", f"ORCID: {author.orcid}")] if author.orcid else []
    return named + [("AD", document.affiliations[index]) for index in author.affiliations]


def _notice(notice: Notice) -> list[tuple[str, str]]:
    tag = _NOTICES.get((notice.kind, notice.issued))
    if tag is None:
        return []
    ids = notice.ids
    known = " ".join(filter(None, (f"doi: {ids.doi}." if ids.doi else "", f"PMID: {ids.pmid}" if ids.pmid else "")))
    printed = notice.text if (ids.pmid or "") in notice.text and (ids.doi or "") in notice.text else known
    return [(tag, printed or known or notice.kind.value)]


def _when(tag: str, iso: str) -> list[tuple[str, str]]:
    return [(tag, iso.replace("-", ""))] if len(iso) == 10 else []


def _slashed(iso: str) -> str:
    return iso.replace("-", "/") + " 00:00" if len(iso) == 10 else ""


def _wrapped(tag: str, value: str) -> str:
    lines = textwrap.wrap(value, _WIDTH - 6, break_long_words=False, break_on_hyphens=False) or [""]
    return f"{tag:<4}- " + "\n      ".join(lines)
