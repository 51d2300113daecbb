"""Where the whole of a work can be read, and whether its licence lets a library show its own copy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.records import Document, Identifiers, PartRole
from curbside.writers.fields import doi_address, is_journal_article, one_line, page_range, percent, published


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a licence allows, as far as its own words tell.

    Attributes:
        name: "CC BY 4.0", "CC0", "public domain", or "" where the words name no licence known here.
        address: of its deed, or "".
        shown: whether anybody may show the work as it is.
        condition: what has to be kept to beyond naming the authors, or "".
    """

    name: str
    address: str = ""
    shown: bool = False
    condition: str = ""


_DEED = re.compile(r"creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)(?:/(\d\.\d))?")
_CODE = re.compile(r"\bcc[\s_-]{0,3}(by(?:[\s_-]nc)?(?:[\s_-](?:nd|sa))?)\b(?:[\s_-]{0,2}(\d\.\d))?")
_NAMED = re.compile(r"creative commons attribution")
_VERSION = re.compile(r"\b([1-4]\.0)\b")
_ZERO = re.compile(r"\bcc[\s_-]?0\b|publicdomain/zero|creative commons zero")
_PUBLIC = re.compile(r"publicdomain/mark|\bpublic[\s-]domain\b|\bu\.?s\.? government work\b")


def reuse(licence: str) -> Reuse:
    """Return what the words or the address of a licence allow.

    The rule: a work in the public domain, under CC0 or under one of the six Creative Commons licences may be shown as
    it is, by anybody, with its authors named; where the licence is a non-commercial one, not for commercial use; where
    it is one without derivatives, unchanged (a library shows its documents unchanged). Any other wording, and none,
    allows nothing here, even if somebody may read the work for nothing elsewhere.
    """
    words = licence[:20_000].lower()
    if _ZERO.search(words):
        return Reuse("CC0", "https://creativecommons.org/publicdomain/zero/1.0/", True)
    found = _DEED.search(words) or _CODE.search(words)
    if found:
        return _commons(re.sub(r"[\s_]", "-", found[1]), found[2] or "")
    if named := _NAMED.search(words):
        told = words[named.start() : named.start() + 120]
        kind = "by" + ("-nc" if re.search(r"non-?\s?commercial", told) else "")
        kind += "-nd" if re.search(r"no-?\s?deriv", told) else "-sa" if re.search(r"share-?\s?alike", told) else ""
        version = _VERSION.search(told)
        return _commons(kind, version[1] if version else "")
    if _PUBLIC.search(words):
        return Reuse("public domain", "", True)
    return Reuse("")


def _commons(kind: str, version: str) -> Reuse:
    conditions = ["not for commercial use"] if "-nc" in kind else []
    conditions += ["unchanged"] if "-nd" in kind else ["under the same licence"] if "-sa" in kind else []
    address = f"https://creativecommons.org/licenses/{kind}/{version or '4.0'}/" if version else ""
    return Reuse(f"CC {kind.upper()} {version}".strip(), address, True, ", ".join(conditions))


@dataclass(frozen=True, slots=True)
class FullText:
    """A way to the whole text of a work.

    Attributes:
        name: "own", "pmc", "europepmc", "doi" or "openurl".
        label: what a link says.
        href: where it leads.
        note: what to know first ("CC BY 4.0", "may ask for a subscription"), or "".
    """

    name: str
    label: str
    href: str
    note: str = ""


def holds_full_text(document: Document) -> bool:
    """Tell whether a document has the body of its work, not its record alone."""
    return any(part.role is PartRole.BODY and not part.group for part in document.parts)


def full_text(document: Document, own: str = "", resolver: str = "") -> tuple[FullText, ...]:
    """Return the ways to the whole text of a work, free ones first.

    Args:
        document: the work; its own copy is offered only where it has a body and `reuse` of its licence allows that.
        own: address of the library's copy, or "" where it has no page.
        resolver: the library's OpenURL resolver, see `openurl`; "" for none.
    """
    ids = document.ids
    allowed = reuse(document.licence)
    found: list[FullText] = []
    if own and allowed.shown and holds_full_text(document):
        note = ", ".join(filter(None, (allowed.name, allowed.condition)))
        found.append(FullText("own", "Own copy", own, note))
    if ids.pmcid:
        found.append(FullText("pmc", "PubMed Central", f"https://pmc.ncbi.nlm.nih.gov/articles/{ids.pmcid}/", "free"))
        found.append(FullText("europepmc", "Europe PMC", f"https://europepmc.org/articles/{ids.pmcid}", "free"))
    elif ids.pmid:
        address = f"https://europepmc.org/article/MED/{ids.pmid}"
        found.append(FullText("europepmc", "Europe PMC", address, "abstract, and the text where it is free"))
    if ids.doi:
        found.append(FullText("doi", "Publisher", doi_address(ids.doi), "may ask for a subscription"))
    if resolver and (address := openurl(document, resolver)):
        found.append(FullText("openurl", "Your library", address, "by its link resolver"))
    return tuple(found)


def context_object(document: Document, referrer: str = "curbside") -> str:
    """Return the OpenURL context object of a work (ANSI/NISO Z39.88-2004, key/encoded-value form), unescaped for HTML.

    A journal's article is of the format `journal`, all else of `dc` (Dublin Core).
    """
    ids, journal = document.ids, document.journal
    year, month, day = published(document)
    date = "-".join(filter(None, (year, month, day)))
    pairs: list[tuple[str, str]] = [("ctx_ver", "Z39.88-2004")]
    if is_journal_article(document):
        first, last = page_range(document)
        lead = next((author for author in document.authors if not author.collective), None)
        groups = [author.collective for author in document.authors if author.collective]
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
            ("rft.genre", "article"),
            ("rft.atitle", document.title),
            ("rft.jtitle", journal.title or journal.abbreviation),
            ("rft.stitle", journal.abbreviation),
            ("rft.date", date),
            ("rft.volume", journal.volume),
            ("rft.issue", journal.issue),
            ("rft.pages", journal.pages),
            ("rft.spage", first),
            ("rft.epage", last),
            ("rft.issn", journal.issn),
            ("rft.eissn", journal.eissn),
            ("rft.aulast", lead.family if lead else ""),
            ("rft.aufirst", lead.given if lead else ""),
            ("rft.ausuffix", lead.suffix if lead else ""),
            *(("rft.au", _whole(a.given, a.family, a.suffix)) for a in document.authors if not a.collective),
            ("rft.aucorp", groups[0] if groups else ""),
        ]
    else:
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
            ("rft.title", document.title),
            *(("rft.creator", a.collective or _whole(a.given, a.family, a.suffix)) for a in document.authors),
            ("rft.publisher", document.source),
            ("rft.date", date),
        ]
    pairs += [
        ("rft.language", document.language),
        ("rft_id", f"info:doi/{ids.doi}" if ids.doi else ""),
        ("rft_id", f"info:pmid/{ids.pmid}" if ids.pmid else ""),
        ("rfr_id", f"info:sid/{referrer}"),
    ]
    return "&".join(f"{name}={percent(one_line(value))}" for name, value in pairs if one_line(value))


def _whole(*names: str) -> str:
    return " ".join(name for name in names if name)


def identifier_links(ids: Identifiers) -> tuple[tuple[str, str], ...]:
    """Return identifiers as (label, address) pairs."""
    known = (
        (f"PMID {ids.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{percent(ids.pmid or '')}/", ids.pmid),
        (ids.pmcid or "", f"https://pmc.ncbi.nlm.nih.gov/articles/{percent(ids.pmcid or '')}/", ids.pmcid),
        (f"doi:{ids.doi}", doi_address(ids.doi or ""), ids.doi),
        (ids.nct or "", f"https://clinicaltrials.gov/study/{percent(ids.nct or '')}", ids.nct),
    )
    return tuple((label, href) for label, href, value in known if value)


_TEMPLATE = re.compile(r"https?://[^\s\"'<>]{3,500}")


def openurl(document: Document, resolver: str) -> str:
    """Return where a library's link resolver is asked for a work, or "" where `resolver` is no http(s) address.

    `resolver` is the resolver's base address, or one with `{openurl}` where the context object is to stand.
    """
    template = resolver.strip()
    if not _TEMPLATE.fullmatch(template):
        return ""
    query = context_object(document)
    if "{openurl}" in template:
        return template.replace("{openurl}", query)
    return f"{template}{'&' if '?' in template else '?'}{query}"
