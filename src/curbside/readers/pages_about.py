"""What is known of an article beside its byline: keywords, notices, and what the page's own metadata add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from curbside.readers.pages_dates import iso_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_issue import issue_line
from curbside.readers.pages_labels import category, opens_with, says
from curbside.readers.pages_people import named
from curbside.readers.pages_text import boilerplate, menu
from curbside.records import (
    Author,
    BlockKind,
    Dated,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    PartRole,
    Span,
    normal_doi,
    normal_issn,
    normal_pmid,
)

_NOTICES: tuple[tuple[NoticeKind, re.Pattern[str]], ...] = (
    (
        NoticeKind.RETRACTION,
        re.compile(
            r"^\W{0,3}(?:retracted|this (?:article|paper) (?:has been|was|is) retracted|retraction)\b"
            r"|zurückgezogen|retractado|rétracté",
            re.I,
        ),
    ),
    (NoticeKind.CONCERN, re.compile(r"expression of concern", re.I)),
    (
        NoticeKind.CORRECTION,
        re.compile(r"^\W{0,3}(?:corrected|erratum|corrigendum|correction to|a correction to this)\b", re.I),
    ),
)
_NOTICE_ITSELF = re.compile(
    r"^\W{0,3}(?:retraction(?: notice| of)?\b|erratum\b|corrigendum\b|expression of concern)", re.I
)
_JOURNAL_WORD = re.compile(
    r"\b(?:journal|annals|archives|acta|bulletin|letters|reports|zeitschrift|revista|revue"
    r"|annales|anales|rivista|archivos|proceedings)\b|雑誌|学会誌",
    re.IGNORECASE,
)


@dataclass(slots=True)
class About:
    """What was found; see `Document` for the fields."""

    title: str = ""
    ids: Identifiers = Identifiers()
    authors: tuple[Author, ...] = ()
    affiliations: tuple[str, ...] = ()
    journal: Journal = Journal()
    types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    places: dict[str, int] = field(default_factory=dict[str, int])


def keywords(draft: Draft, about: About) -> None:
    """Read the keywords: after their label, on the line under it, or as a list."""
    sheet = draft.sheet
    for index, line in enumerate(sheet.lines):
        label = opens_with(line.words, "keywords") if not line.chrome else ""
        if label and len(line.words) > len(label.strip()) + 2 and len(line.words) < 1500:
            raw = line.span.of(sheet.text)
            opening = opens_with(raw, "keywords") or label
            _listed(draft, about, index, raw[len(opening) :], line.span.start + len(opening))
            return
        if says(line.words, "keywords") and not line.chrome:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.HEADING
            rows: list[int] = []
            for after in range(index + 1, min(index + 25, len(sheet.lines))):
                following = sheet.lines[after]
                single = following.bullet or following.kind is BlockKind.ITEM or len(following.words) <= 45
                if (
                    category(following.words)
                    or boilerplate(following)
                    or following.level
                    or (following.prose and following.ends)
                ):
                    break
                if rows and (not single or following.gap > 0):
                    break
                rows.append(after)
                if re.search(r"[,;•·|、]", following.words):
                    break
            if len(rows) == 1:
                span = sheet.lines[rows[0]].span
                _listed(draft, about, rows[0], span.of(sheet.text), span.start)
            elif rows:
                draft.give(rows, PartRole.METADATA)
                about.keywords = tuple(sheet.lines[row].words for row in rows)
                span = Span(sheet.lines[rows[0]].span.start, sheet.lines[rows[-1]].span.end)
                draft.note("keywords", "; ".join(about.keywords), span)
            return


def _listed(draft: Draft, about: About, index: int, words: str, start: int) -> None:
    separator = ";" if ";" in words else r"[•·|]" if re.search(r"[•·|]", words) else r"[,、，]"
    items = tuple(item for piece in re.split(separator, words) if (item := " ".join(piece.split()).strip(" .")))
    about.keywords = items
    draft.give([index], PartRole.METADATA)
    draft.voices[index].kind = BlockKind.OTHER
    lead = len(words) - len(words.lstrip())
    draft.note("keywords", "; ".join(items), Span(start + lead, start + len(words.rstrip())))


def from_metadata(draft: Draft, about: About) -> None:
    """Let the page's own `citation_…` metadata complete and correct what its lines show."""
    sheet = draft.sheet
    one = sheet.one
    about.title = " ".join(one("citation_title", "dc.title").split()) or about.title or one("og:title")
    if names := sheet.meta.get("citation_author", ()):
        about.authors, about.affiliations = _metadata_people(
            names, sheet.meta.get("citation_author_institution", ()), about
        )
    journal = about.journal
    numbers = [found for printed in sheet.meta.get("citation_issn", ()) if (found := normal_issn(printed))]
    first, last = one("citation_firstpage"), one("citation_lastpage")
    about.journal = replace(
        journal,
        title=one("citation_journal_title", "prism.publicationname") or journal.title,
        abbreviation=one("citation_journal_abbrev") or journal.abbreviation,
        issn=journal.issn or (numbers[0] if numbers else ""),
        eissn=journal.eissn or (numbers[1] if len(numbers) > 1 else ""),
        volume=one("citation_volume", "prism.volume") or journal.volume,
        issue=one("citation_issue", "prism.number") or journal.issue,
        pages=(f"{first}-{last}" if first and last and first != last else first) or journal.pages,
    )
    if not about.journal.title:
        about.journal = replace(about.journal, title=_journal_line(draft, about))
    doi = normal_doi(one("citation_doi", "dc.identifier", "prism.doi") or "")
    pmid = normal_pmid(one("citation_pmid")) if one("citation_pmid") else None
    about.ids = replace(about.ids, doi=doi or about.ids.doi, pmid=pmid or about.ids.pmid)
    events = (("published", "citation_publication_date", "citation_date"), ("online", "citation_online_date", ""))
    for event, name, other in events:
        printed = one(name, other)
        if printed and iso_date(printed):
            draft.dates = [dated for dated in draft.dates if dated.event != event]
            draft.dates.append(Dated(event, iso_date(printed), printed))
    if words := sheet.meta.get("citation_keywords", ()):
        about.keywords = about.keywords or tuple(
            word.strip() for row in words for word in re.split(r"[;,]", row) if word.strip()
        )
    about.types = about.types or tuple(sheet.meta.get("citation_article_type", ()))


def _metadata_people(
    names: Sequence[str], institutions: Sequence[str], about: About
) -> tuple[tuple[Author, ...], tuple[str, ...]]:
    """Return authors and affiliations of `citation_author` metadata; institutions come as `number TAB name`."""
    places: list[str] = []
    of: dict[int, list[int]] = {}
    for row in institutions:
        number, _, name = row.partition("\t")
        if name not in places:
            places.append(name)
        of.setdefault(int(number), []).append(places.index(name))
    if not places and len(about.authors) == len(names):
        return about.authors, about.affiliations
    authors: list[Author] = []
    for number, name in enumerate(names):
        family, comma, given = name.partition(",")
        author = Author(family.strip(), given.strip()) if comma else named(name) or Author(family=name.strip())
        authors.append(replace(author, affiliations=tuple(dict.fromkeys(of.get(number, ())))))
    return tuple(authors), tuple(places)


def _journal_line(draft: Draft, about: About) -> str:
    """Return the journal's full title: a line that starts like its abbreviation, else one that names a journal."""
    stems = [word[:3].lower() for word in re.findall(r"[A-Za-zÀ-ž]{2,}", about.journal.abbreviation)]
    for index, line in enumerate(draft.sheet.lines[:120]):
        words = [word.lower() for word in re.findall(r"[A-Za-zÀ-ž]{2,}", line.words)]
        if not 1 <= len(words) <= 12 or draft.voices[index].kind is BlockKind.TITLE or issue_line(line.words):
            continue
        if stems and len(words) >= len(stems) and all(any(word.startswith(stem) for word in words) for stem in stems):
            if draft.voices[index].role is PartRole.CHROME:
                draft.give([index], PartRole.METADATA)
            return line.words
    for line in draft.sheet.lines[:60]:
        named_so = _JOURNAL_WORD.search(line.words) and line.words.count(" ") < 12 and not menu(line) and not line.prose
        if named_so and line.words != about.title and not re.search(r"[:|©@]|\d{3}", line.words):
            return line.words
    return ""


def notices(draft: Draft, about: About, title: int, abstract: int) -> None:
    """Note retractions, concerns and corrections that the page states above its abstract or in its title."""
    found: list[Notice] = []
    for index, line in enumerate(draft.sheet.lines[: max(abstract, title + 1)]):
        if line.chrome or len(line.words) > 300 or line.linked > 0.9:
            continue
        for kind, form in _NOTICES:
            if form.search(line.words):
                issued = index == title and bool(_NOTICE_ITSELF.match(line.words))
                found.append(Notice(kind, issued, text=line.words))
                draft.give([index], PartRole.METADATA)
                break
    about.notices = tuple(found)
