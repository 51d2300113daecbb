"""The front matter of a JATS article: what it is, where and when it appeared, which notices stand on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from curbside.readers import dates
from curbside.readers.fields import language, pages
from curbside.readers.inline import squeezed
from curbside.readers.jats_flow import HREF, plain
from curbside.records import (
    Dated,
    Heading,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    Problem,
    normal_doi,
    normal_issn,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_R, _E, _C, _U, _N = (
    NoticeKind.RETRACTION,
    NoticeKind.CONCERN,
    NoticeKind.CORRECTION,
    NoticeKind.UPDATE,
    NoticeKind.COMMENT,
)

RELATIONS: dict[str, tuple[NoticeKind, bool]] = {
    "retracted-article": (_R, True),
    "retraction-forward": (_R, False),
    "retraction": (_R, False),
    "retraction-in": (_R, False),
    "withdrawal": (_R, False),
    "partial-retraction": (_C, False),
    "corrected-article": (_C, True),
    "correction-forward": (_C, False),
    "correction": (_C, False),
    "erratum": (_C, False),
    "corrigendum": (_C, False),
    "republished-article": (_C, True),
    "object-of-concern": (_E, True),
    "concern": (_E, False),
    "expression-of-concern": (_E, False),
    "concern-forward": (_E, False),
    "updated-article": (_U, True),
    "update": (_U, False),
    "addended-article": (_U, True),
    "addendum": (_U, False),
    "commentary-article": (_N, True),
    "commented-article": (_N, True),
    "peer-reviewed-article": (_N, True),
    "commentary": (_N, False),
    "letter": (_N, False),
    "reply": (_N, False),
}
"""`related-article-type` -> (kind, whether its holder is the notice); companions and the like are none."""

_NOTICE_TYPES: dict[str, NoticeKind] = {
    "retraction": _R,
    "withdrawal": _R,
    "correction": _C,
    "erratum": _C,
    "corrigendum": _C,
    "expression-of-concern": _E,
    "addendum": _U,
}
"""`article-type` of articles that are notices themselves."""

_RETRACTED_TITLE = re.compile(r"\W{0,3}(?:retracted|withdrawn)(?:\s(?:article|paper))?\W{0,2}[:\]–—-]", re.IGNORECASE)
_EVENTS: dict[str, str] = {
    "ppub": "published",
    "epub-ppub": "published",
    "collection": "published",
    "issue-pub": "published",
    "epub": "online",
    "epubl": "online",
    "online": "online",
    "received": "received",
    "accepted": "accepted",
    "rev-recd": "revised",
    "revised": "revised",
    "corrected": "updated",
    "ecorrected": "updated",
    "update": "updated",
    "reviewed": "reviewed",
}
"""`pub-type` or `date-type` -> event of `Dated`. Releases to archives and deposits are no events of a work."""

_ORDER = ("published", "online", "received", "revised", "accepted", "updated", "reviewed")
_ISSUE_FIRST = {"ppub": 0, "epub-ppub": 1, "issue-pub": 2, "collection": 3}


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter says; fields as in `Document`."""

    title: str
    other_titles: tuple[tuple[str, str], ...]
    language: str
    ids: Identifiers
    journal: Journal
    publisher: str
    dates: tuple[Dated, ...]
    types: tuple[str, ...]
    headings: tuple[Heading, ...]
    keywords: tuple[str, ...]
    notices: tuple[Notice, ...]
    licence: str
    problems: tuple[Problem, ...]


def front(article: Any, meta: Any, origin: str, line: int) -> Front:
    """Return the front matter of an article element whose `article-meta` is `meta`."""
    title = _title(meta.find("title-group"))
    kind = (article.get("article-type") or "").strip()
    journal, problems = _journal(article.find("front/journal-meta"), meta, origin, line)
    publisher = article.find("front/journal-meta/publisher/publisher-name")
    tongue = language((article.get(LANG) or "").replace("_", "-"))
    return Front(
        title=title,
        other_titles=_other_titles(meta),
        language=tongue,
        ids=_ids(meta),
        journal=journal,
        publisher=plain(publisher),
        dates=_dates(meta),
        types=_types(meta, kind),
        headings=_headings(meta),
        keywords=_keywords(meta),
        notices=_notices(article, meta, kind, title),
        licence=_licence(meta),
        problems=problems,
    )


def _title(group: Any) -> str:
    if group is None:
        return ""
    main = group.find("article-title")
    main = group.find("title") if main is None else main
    title, rest = plain(main), [plain(subtitle) for subtitle in group.iterchildren("subtitle")]
    for subtitle in filter(None, rest):
        title += (" " if title[-1:] in ":?!.–—-" else ": ") + subtitle if title else subtitle
    return title


def _other_titles(meta: Any) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for group in meta.iterfind("title-group/trans-title-group"):
        title = plain(group.find("trans-title"))
        if subtitle := plain(group.find("trans-subtitle")):
            title = f"{title}: {subtitle}"
        inner = group.find("trans-title")
        tongue = group.get(LANG) or (inner.get(LANG) if inner is not None else "") or ""
        if title:
            found.append((language(tongue), title))
    for lone in meta.iterfind("title-group/trans-title"):
        if title := plain(lone):
            found.append((language(lone.get(LANG) or ""), title))
    return tuple(found)


_BY_TYPE = {"pubmed": "pmid", "pmcid": "pmc", "pmc-uid": "pmc", "pmcaid": "pmcaid"}


def _ids(meta: Any) -> Identifiers:
    known: dict[str, str | None] = {"pmid": None, "pmc": None, "doi": None}
    parse = {"pmid": normal_pmid, "pmc": normal_pmcid, "doi": normal_doi}
    others: list[tuple[str, str]] = []
    for element in meta.iterfind("article-id"):
        kind, text = (element.get("pub-id-type") or "").lower(), plain(element)
        kind = _BY_TYPE.get(kind, kind)
        value = parse[kind](text) if kind in parse else None
        if value and not known[kind]:
            known[kind] = value
        elif text and not value:
            others.append((kind or "other", text))
    elocation = meta.find("elocation-id[@content-type='doi']")
    doi = known["doi"] or (normal_doi(plain(elocation)) if elocation is not None else None)
    return Identifiers(known["pmid"], known["pmc"], doi, None, tuple(others))


def _journal(journal_meta: Any, meta: Any, origin: str, line: int) -> tuple[Journal, tuple[Problem, ...]]:
    journal, problems = Journal(), ()
    if journal_meta is not None:
        titles = [plain(found) for found in journal_meta.iter("journal-title")]
        abbreviations = [plain(found) for found in journal_meta.iter("abbrev-journal-title")]
        for kind in ("iso-abbrev", "nlm-ta"):
            abbreviations += [plain(found) for found in journal_meta.iterfind(f"journal-id[@journal-id-type='{kind}']")]
        issn, eissn, problems = _issns(journal_meta, origin, line)
        journal = Journal(next(iter(titles), ""), next(filter(None, abbreviations), ""), issn, eissn)
    volume, issue = plain(meta.find("volume")), plain(meta.find("issue"))
    return replace(journal, volume=volume, issue=issue, pages=_pages(meta)), problems


def _issns(journal_meta: Any, origin: str, line: int) -> tuple[str, str, tuple[Problem, ...]]:
    printed = electronic = ""
    problems: list[Problem] = []
    for element in journal_meta.iterfind("issn"):
        text = plain(element)
        value = normal_issn(text)
        if not value:
            what = f"The ISSN {text!r} has a wrong check digit and was left out."
            problems.append(Problem(what, origin, line, "", lost=False))
        elif "e" in (element.get("pub-type") or element.get("publication-format") or "ppub").lower()[:1]:
            electronic = electronic or value
        else:
            printed = printed or value
    return printed, electronic, tuple(problems)


def _pages(meta: Any) -> str:
    whole, first, last = (plain(meta.find(tag)) for tag in ("page-range", "fpage", "lpage"))
    if whole:
        return pages(whole)
    if first:
        return pages(f"{first}-{last}") if last and last != first else first
    elocation = [plain(e) for e in meta.iterfind("elocation-id") if e.get("content-type") != "doi"]
    return next(iter(elocation), "")


def _dates(meta: Any) -> tuple[Dated, ...]:
    found: list[tuple[int, int, Dated]] = []
    for element in [*meta.iterfind("pub-date"), *meta.iterfind("history/date"), *meta.iterfind("pub-history//date")]:
        kind = (element.get("pub-type") or element.get("date-type") or "").lower()
        event = _EVENTS.get(kind, "")
        if kind in ("pub", "") and element.tag == "pub-date":
            event = "online" if "electronic" in (element.get("publication-format") or "") else "published"
        dated = _dated(element, event) if event else None
        if dated is not None:
            found.append((_ORDER.index(event), _ISSUE_FIRST.get(kind, 9), dated))
    found.sort(key=lambda item: item[:2])
    return tuple(dict.fromkeys(dated for _, _, dated in found))


def _dated(element: Any, event: str) -> Dated | None:
    year, month, day, season = (plain(element.find(tag)) for tag in ("year", "month", "day", "season"))
    if not year and (whole := element.get("iso-8601-date") or plain(element.find("string-date"))):
        iso = dates.loose(whole)
        return Dated(event, iso, whole) if iso else None
    iso = dates.iso(year, month, day)
    printed = " ".join(filter(None, (year, season or month, "" if season else day)))
    return Dated(event, iso, printed) if iso else None


def _subjects(meta: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for group in meta.iterfind("article-categories//subj-group"):
        outer = group
        while outer.getparent() is not None and outer.getparent().tag == "subj-group":
            outer = outer.getparent()
        kind = (outer.get("subj-group-type") or "heading").lower()
        found += [(kind, text) for subject in group.iterchildren("subject") if (text := plain(subject))]
    return found


_TYPE_GROUPS = frozenset({"heading", "article-type", "articletype", "display-channel", "overline", "section"})


def _types(meta: Any, kind: str) -> tuple[str, ...]:
    named = [text for group, text in _subjects(meta) if group in _TYPE_GROUPS]
    return tuple(dict.fromkeys(filter(None, (kind, *named))))


def _headings(meta: Any) -> tuple[Heading, ...]:
    return tuple(dict.fromkeys(Heading(text) for group, text in _subjects(meta) if group not in _TYPE_GROUPS))


def _keywords(meta: Any) -> tuple[str, ...]:
    groups = [g for g in meta.iterfind("kwd-group") if "abbrev" not in (g.get("kwd-group-type") or "").lower()]
    words = [plain(kwd).rstrip(" ;,.") for group in groups for kwd in group.iter("kwd", "compound-kwd")]
    return tuple(dict.fromkeys(filter(None, words)))


def _licence(meta: Any) -> str:
    for element in meta.iter("{http://www.niso.org/schemas/ali/1.0/}license_ref"):
        if address := squeezed(element.text or ""):
            return address
    for element in meta.iter("license"):
        address = element.get(HREF) or ""
        links = [link.get(HREF) or "" for link in element.iter("ext-link") if "licens" in (link.get(HREF) or "")]
        if text := address or next(iter(links), "") or plain(element):
            return text
    return ""


def _notices(article: Any, meta: Any, kind: str, title: str) -> tuple[Notice, ...]:
    found: list[Notice] = []
    own = _NOTICE_TYPES.get(kind.lower())
    for element in meta.iterfind("related-article"):
        relation = RELATIONS.get((element.get("related-article-type") or "").lower())
        if relation is None:
            continue
        nature, issued = relation
        # A notice that names its own kind ("retraction" in a retraction) points at the work that it is about.
        found.append(Notice(nature, issued or nature is own, _related_ids(element), plain(element)))
    if own and not any(notice.issued and notice.kind is own for notice in found):
        found.append(Notice(own, True, Identifiers(), title))
    if own is not _R and _RETRACTED_TITLE.match(title) and not any(n.kind is _R and not n.issued for n in found):
        found.append(Notice(_R, False, Identifiers(), title))
    return tuple(found)


def _related_ids(element: Any) -> Identifiers:
    kind, address = (element.get("ext-link-type") or "").lower(), element.get(HREF) or ""
    pmid = normal_pmid(address) if kind in ("pubmed", "pmid") else None
    pmcid = normal_pmcid(address.rsplit("/", 1)[-1]) if kind in ("pmc", "pmcid") else None
    doi = normal_doi(address) if not pmid and not pmcid else None
    for inner in element.iter("pub-id", "object-id", "article-id"):
        inner_kind, text = (inner.get("pub-id-type") or "").lower(), plain(inner)
        pmid = pmid or (normal_pmid(text) if inner_kind == "pmid" else None)
        doi = doi or (normal_doi(text) if inner_kind == "doi" else None)
    return Identifiers(pmid, pmcid, doi)


_REGISTRIES: dict[str, str] = {
    "NCT": r"NCT ?\d{8}",
    "ISRCTN": r"ISRCTN ?\d{8}",
    "ACTRN": r"ACTRN ?\d{14}",
    "DRKS": r"DRKS ?\d{8}",
    "ChiCTR": r"ChiCTR[A-Z0-9-]{0,12}\d{6,10}",
    "UMIN": r"UMIN ?0\d{8}",
    "JPRN": r"JPRN-[A-Z]{3,6}\d{6,12}",
    "IRCT": r"IRCT\d{10,20}(?:N\d{1,3})?",
    "CTRI": r"CTRI/\d{4}/\d{2,3}/\d{6}",
    "PACTR": r"PACTR\d{15,16}",
    "KCT": r"KCT\d{7}",
    "RBR": r"RBR-[a-z0-9]{6}",
    "NTR": r"NTR ?\d{3,5}",
    "EudraCT": r"EudraCT[^\d\n]{0,20}20\d\d-\d{6}-\d\d",
}
"""First letters of a registry's numbers -> their form."""

_TRIAL = {lead: re.compile(rf"{form}(?!\w)") for lead, form in _REGISTRIES.items()}
_EUDRA = re.compile(r"20\d\d-\d{6}-\d\d")


def trials(text: str) -> tuple[str, ...]:
    """Return the registration numbers of trials that a text names, each once, in order of first mention."""
    found: list[tuple[int, str]] = []
    for lead, form in _TRIAL.items():
        if lead not in text:
            continue
        for match in form.finditer(text):
            # No `\b` in front: a pattern that begins with letters is found many times faster.
            if text[match.start() - 1 : match.start()].isalnum():
                continue
            bare = match.group(0).replace(" ", "")
            eudra = _EUDRA.search(bare) if lead == "EudraCT" else None
            found.append((match.start(), f"EudraCT {eudra.group(0)}" if eudra else normal_nct(bare) or bare))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))
