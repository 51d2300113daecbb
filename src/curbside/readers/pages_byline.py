"""What a journal article page says above and below its abstract: who, where, when, of what type."""

from __future__ import annotations

import re
from dataclasses import replace

from curbside.readers.pages_about import About, from_metadata, keywords, notices
from curbside.readers.pages_dates import find_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_issue import article_type, doi_in, issns, issue_line
from curbside.readers.pages_labels import opens_with, says
from curbside.readers.pages_people import Byline, bylines, place
from curbside.readers.pages_sheet import Line
from curbside.readers.pages_text import boilerplate, menu
from curbside.records import (
    Author,
    BlockKind,
    Dated,
    Journal,
    PartRole,
    Span,
    normal_doi,
    normal_pmcid,
    normal_pmid,
)

_MARKS_ONLY = re.compile(r"^[\d,;*†‡§#✉¹²³⁴⁵⁶⁷⁸⁹⁰·\s&]{1,20}$|^(?:and|und|y|et)$")
_PART_OF_ISSUE = re.compile(
    r"^(?:\d{1,2}/(?:19|20)\d\d|(?:vol|band|tom|volume|volumen|tome)\.?\s?\d{1,4})$", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:\(?(?P<n>\d{1,2})[.)]?|(?P<u>[¹²³⁴⁵⁶⁷⁸⁹])|(?P<l>[a-e])[.)]?)\s?(?=[A-ZÀ-Þ\u4e00-\u9fff])")
_PMID = re.compile(r"\bPMID:?\s?(\d{1,8})\b")
_PMCID = re.compile(r"\bPMC\d{3,9}\b")
_UP = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_EVENTS = ("online", "received", "accepted", "revised", "published")


def read(draft: Draft, abstract: int) -> About:
    """Give the metadata lines of an article page their voice and return what they say."""
    sheet = draft.sheet
    about = About()
    for index, line in enumerate(sheet.lines):
        if index > abstract and says(line.words, "references"):
            break
        if not line.chrome:
            _facts(draft, about, index, line)
    title = _title(draft, abstract)
    if title >= 0:
        line = sheet.lines[title]
        draft.give([title], PartRole.METADATA)
        draft.voices[title].kind = BlockKind.TITLE
        draft.note("title", line.words, line.span)
        about.title = line.words
    _people(draft, about, title, abstract)
    keywords(draft, about)
    from_metadata(draft, about)
    notices(draft, about, title, abstract)
    return about


def _facts(draft: Draft, about: About, index: int, line: Line) -> None:
    """Read ISSNs, issue line, dates, type and identifiers of one line."""
    if line.prose and len(line.words) > 250:
        return
    raw = line.span.of(draft.sheet.text)
    kept = False
    for found in issns(raw):
        kept = True
        if not found.issn:
            continue
        lead = len(found.span.of(raw)) - len(found.span.of(raw).lstrip())
        draft.note("issn", found.issn, Span(found.span.start + lead, found.span.end).moved(line.span.start))
        journal = about.journal
        if found.electronic and not journal.eissn:
            about.journal = _with(journal, eissn=found.issn)
        elif not found.electronic and not journal.issn:
            about.journal = _with(journal, issn=found.issn)
    kept = _issue(draft, about, line, raw) or kept
    dated = _dated(draft, line, raw)
    kind = article_type(line.words)
    if kind and not line.bullet and not line.linked > 0.9 and not about.types:
        about.types = (kind,)
        draft.note("article type", kind, line.span)
        kept = True
    kept = _ids(about, line) or kept or bool(_PART_OF_ISSUE.match(line.words))
    if dated or (kept and not line.prose):
        draft.give([index], PartRole.METADATA)
        draft.voices[index].kind = BlockKind.OTHER


def _with(journal: Journal, **fields: str) -> Journal:
    return replace(journal, **fields)


def _issue(draft: Draft, about: About, line: Line, raw: str) -> bool:
    """Read an issue line; the first with pages wins."""
    found = issue_line(raw) if len(raw) <= 300 and not line.prose else None
    if found is None:
        return False
    if not about.journal.volume or (found.pages and not about.journal.pages):
        about.journal = _with(
            about.journal,
            abbreviation=about.journal.abbreviation or found.journal,
            volume=found.volume,
            issue=found.issue or about.journal.issue,
            pages=found.pages,
        )
        draft.note("issue line", found.citation, found.span.moved(line.span.start))
        if not any(dated.event == "published" for dated in draft.dates):
            draft.dates.append(Dated("published", found.year, found.span.of(raw)))
    return True


def _dated(draft: Draft, line: Line, raw: str) -> bool:
    """Read every `label: date` of a line such as `Received: … / Accepted: … / Published online: …`."""
    if len(raw) > 300:
        return False
    kept = False
    for piece in re.finditer(
        r"[^/·;|•\n]{4,120}?(?:(?<=\d)[.,](?=\s)|\s/\s|[·;|•\n]|$)|[^·;|•\n]{4,120}(?:[·;|•\n]|$)", raw
    ):
        words = piece.group(0)
        lead = len(words) - len(words.lstrip(" /·;|•.,"))
        event = next((event for event in _EVENTS if opens_with(words[lead:], event)), "")
        found = find_date(words) if event else None
        if found is None:
            continue
        start = line.span.start + piece.start()
        draft.dates.append(Dated(event, found.iso, found.span.of(words)))
        draft.note(event, found.iso, Span(start + lead, start + found.span.end))
        kept = True
    return kept


def _ids(about: About, line: Line) -> bool:
    if len(line.words) > 250:
        return False
    doi, pmid, pmcid = doi_in(line.words), _PMID.search(line.words), _PMCID.search(line.words)
    if doi and not about.ids.doi:
        about.ids = replace(about.ids, doi=normal_doi(doi[0]))
    if pmid and not about.ids.pmid:
        about.ids = replace(about.ids, pmid=normal_pmid(pmid.group(1)))
    if pmcid and not about.ids.pmcid:
        about.ids = replace(about.ids, pmcid=normal_pmcid(pmcid.group(0)))
    return bool(doi or pmid or pmcid)


def _title(draft: Draft, abstract: int) -> int:
    """Return the index of the title line: the line above the abstract that is most like one."""
    sheet = draft.sheet
    named_title = sheet.one("citation_title", "dc.title", "og:title")
    best, most = -1, 0.0
    for index, line in enumerate(sheet.lines[: min(abstract, 400)]):
        if line.chrome or draft.voices[index].role is PartRole.METADATA or line.bullet:
            continue
        words = line.words.count(" ") + 1
        score = 3.0 * (line.level == 1) + 4.0 * (
            bool(named_title) and line.words[:60] == " ".join(named_title.split())[:60]
        )
        score += 2.0 * (6 <= words <= 40) + 1.0 * (40 <= len(line.words) <= 300) + 0.5 * (words > 9)
        score += 1.0 * (index > 0 and bool(article_type(sheet.lines[index - 1].words)))
        after = [following for following in sheet.lines[index + 1 : index + 4] if not following.chrome]
        score += 1.5 * any(bylines(following.words) or place(following.words) for following in after)
        score += 1.5 * index / max(1, abstract)
        nearby = sheet.lines[max(0, index - 2) : index + 3]
        score -= 1.5 * any("ISSN" in other.words for other in nearby)
        score -= 3.0 * menu(line) + 3.0 * boilerplate(line) + 2.0 * line.prose * line.ends + 2.5 * place(line.words)
        score -= 2.0 * bool(len(bylines(line.words)) > 1) + 1.0 * ("/" in line.words and words < 14)
        if score > most:
            best, most = index, score
    return best if most >= 2 else -1


def _people(draft: Draft, about: About, title: int, abstract: int) -> None:
    """Read authors after the title and affiliations wherever they stand above the abstract or at the end."""
    sheet = draft.sheet
    affiliations: list[str] = []
    for index, line in enumerate(sheet.lines):
        if index == title or line.chrome or line.prose or not place(line.words) or len(line.words) < 15:
            continue
        if draft.voices[index].role is not PartRole.CHROME or boilerplate(line) or menu(line) or bylines(line.words):
            continue
        if index > abstract and not affiliations and not _LEAD.match(line.words):
            continue
        label, words = _labelled(sheet.text, line)
        about.places.setdefault(label or str(len(affiliations) + 1), len(affiliations))
        affiliations.append(words)
        draft.give([index], PartRole.METADATA)
        draft.note("affiliations", words, line.span)
    about.affiliations = tuple(affiliations)
    lines = _author_lines(draft, title, abstract)
    found = bylines("\n".join(sheet.lines[index].words for index in lines)) if lines else []
    draft.give(lines, PartRole.METADATA)
    about.authors = tuple(_placed(byline, about.places) for byline in found)
    if lines:
        span = Span(sheet.lines[lines[0]].span.start, sheet.lines[lines[-1]].span.end)
        draft.note("authors", "; ".join(f"{a.given} {a.family}".strip() for a in about.authors), span)


def _labelled(text: str, line: Line) -> tuple[str, str]:
    """Return the printed index of an affiliation and its words without it."""
    lead = _LEAD.match(line.words)
    if lead:
        label = lead["n"] or (lead["u"] or "").translate(_UP) or lead["l"]
        return label, line.words[lead.end() :].strip()
    before = re.search(r"(\d{1,2}|[a-e])[.)]?\s{0,4}$", text[max(0, line.span.start - 8) : line.span.start])
    return (before.group(1), line.words) if before and line.bullet else ("", line.words)


def _author_lines(draft: Draft, title: int, abstract: int) -> list[int]:
    """Return the lines that name the authors: right after the title, or after a label."""
    sheet = draft.sheet
    taken: list[int] = []
    skipped = 0
    for index in range(title + 1, min(abstract, title + 400, len(sheet.lines))):
        line = sheet.lines[index]
        if line.chrome or line.prose:
            continue
        if _MARKS_ONLY.match(line.words) and taken:
            taken.append(index)
        elif draft.voices[index].role is PartRole.METADATA or place(line.words):
            if taken:
                break
        elif len(line.words) <= 3000 and not boilerplate(line) and not menu(line) and bylines(line.words):
            taken.append(index)
        elif taken or skipped > 6:
            break
        else:
            skipped += 1
    return taken


def _placed(byline: Byline, places: dict[str, int]) -> Author:
    known = tuple(dict.fromkeys(places[mark] for mark in byline.indexes if mark in places))
    if not known and not byline.indexes and len(places) == 1:
        known = (0,)
    return replace(byline.author, affiliations=known)
