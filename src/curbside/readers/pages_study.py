"""A community's page about one study: summary in its own words, posts by members, related work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from curbside.readers import pages_posts
from curbside.readers.pages_citations import page_marks
from curbside.readers.pages_dates import find_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_features import IN_JOURNAL, OF, TLDR, VOTES, posts_heading
from curbside.readers.pages_issue import doi_in
from curbside.readers.pages_labels import category, mentions, says
from curbside.readers.pages_people import Byline, bylines, named
from curbside.readers.pages_plain import heads, title_at, titled
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import boilerplate, menu
from curbside.records import BlockKind, Document, DocumentKind, Identifiers, Journal, PartRole, Span, normal_doi

_LABELLED = re.compile(
    r"^(?P<what>journal|source|published in|zeitschrift|quelle|revista|fuente|revue|journal"
    r" de publication|rivista|雑誌名?|掲載誌|authors?|by|autor(?:en|es|as|a)?|von|auteurs?|par"
    r"|著者)\s?[:：]\s?(?P<words>\S.{0,300})$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^(?:published|publication date|date|year|veröffentlicht|erschienen|publicado|fecha"
    r"|publié|année|jahr|año|発行|公開)\b|発行|公開",
    re.I,
)
_COUNT = re.compile(r"(?P<x>\d[\d,.]{0,7})\s?(?:/|of|von|de|sur|out of)\s?(?P<y>\d[\d,.]{0,7}\+?)", re.IGNORECASE)
_COUNTS = {"cited": "cited count", "similar": "similar count", "posts": "post count"}


_SIMILAR = re.compile(
    r"(?:similar|related|ähnlich\w*|verwandt\w*|relacionad\w*|similaires?|proches?)\W{1,3}"
    r"(?:\w{1,14}\W)?(?:research|stud|paper|article|trial"
    r"|forschung|arbeit|investigac|estudi|artícul|recherche|étude)|(?:research|studies|papers"
    r"|études|estudios|recherches)\s(?:similar\w*|relacion\w*|proches)|(?:関連|類似)\w{0,2}(?:研究"
    r"|論文)",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:research|stud(?:y|ies)|papers?|references|works?)\b.{0,12}\bcited|\bcited\b.{0,12}"
    r"(?:research|stud|paper|work)|zitierte|citad[ao]s|citée?s|引用",
    re.IGNORECASE,
)
_JOURNALLIKE = re.compile(
    r"journal|annals|archives|lancet|review|letters|zeitschrift|revista|revue|anales|^(?:j"
    r"|int j|br j|am j|eur j|arch|ann|acta|clin|n engl)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Walk:
    """Where in a study page the reading is: head, summary, cited, similar, posts or chrome."""

    state: str = "head"
    group: int = 0
    tldr: bool = False
    journal: str = ""
    people: list[Byline] = field(default_factory=list[Byline])
    doi: str = ""
    posts: list[int] = field(default_factory=list[int])
    lead: list[int] = field(default_factory=list[int])
    fresh: bool = True


def document(sheet: Sheet) -> Document:
    """Return a study page: summary, then posts and related work each as a group of its own."""
    draft = Draft.of(sheet)
    walk = _Walk()
    title = title_at(sheet)
    first_vote = _first_post(sheet, title)
    for index, line in enumerate(sheet.lines):
        if line.chrome:
            continue
        if index == title:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.TITLE
            draft.note("title", line.words, line.span)
            continue
        if index < title:
            continue
        if index == first_vote and walk.state != "posts":
            walk.state = "posts"
        if not _turn(draft, walk, index, line) and not _counted(draft, walk, line, index):
            _STATES[walk.state](draft, walk, index, line)
    walk.group = pages_posts.read(draft, walk.posts, walk.group)
    if walk.lead:
        span = Span(sheet.lines[walk.lead[0]].span.start, sheet.lines[walk.lead[-1]].span.end)
        draft.note("issue line", " ".join(sheet.lines[index].words for index in walk.lead), span)
    found = draft.document(DocumentKind.STUDY_PAGE, titled(sheet, title))
    return replace(
        found,
        journal=Journal(title=walk.journal),
        authors=tuple(byline.author for byline in walk.people),
        ids=Identifiers(others=(("about doi", walk.doi),) if walk.doi else ()),
        markers=page_marks(draft, {}, bare=False),
    )


def _first_post(sheet: Sheet, title: int) -> int:
    """Return the line with which posts begin where no heading says so: the title over the first votes, or -1."""
    if any(posts_heading(line) for line in sheet.lines[title + 1 :]):
        return -1
    seen = False
    for index, line in enumerate(sheet.lines):
        seen = seen or line.prose
        if seen and index > title and not line.prose and len(line.words) < 100 and VOTES.search(line.words):
            return index - 1 if not sheet.lines[index - 1].prose else index
    return -1


def _turn(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Follow a heading to another list or to the summary."""
    if line.prose or len(line.words) > 110 or (TLDR.match(line.words) and not says(line.words, "tldr")):
        return False
    bare = _COUNT.sub(" ", line.words).strip(" ():·–-")
    short = len(bare) < 60 and line.headlike and walk.state != "head" and not says(bare, "posts")
    turns: tuple[tuple[str, bool], ...] = (
        ("similar", says(bare, "similar research") or (short and bool(_SIMILAR.search(bare)))),
        ("cited", says(bare, "cited research", "references") or (short and bool(_CITED.search(bare)))),
        ("posts", posts_heading(line)),
        ("chrome", says(bare, "faq", "boilerplate", "disclaimer", "follow-up", "share")),
    )
    state = next((name for name, there in turns if there), "")
    if state:
        if not (state == "chrome" and says(bare, "share")):
            walk.state, walk.fresh = state, True
        if _COUNT.search(line.words):
            _counted(draft, walk, line, index)
        elif state == "posts" and (listed := re.search(r"\((\d{1,6})\)", line.words)):
            draft.note("post count", listed.group(1), line.span)
        return True
    if says(line.words, "tldr") and walk.state in ("head", "summary"):
        walk.tldr = True
        walk.state = "summary" if walk.state == "head" else walk.state
        return True
    if says(line.words, "summary", "key points", "abstract") and walk.state in ("head", "summary"):
        walk.state = "summary"
        draft.give([index], PartRole.SUMMARY)
        draft.head(index, line.level or 2)
        return True
    return bool(mentions(line.words, ("discuss",), others=4)) and not line.ends


def _counted(draft: Draft, walk: _Walk, line: Line, index: int) -> bool:
    """Note how many results a list shows of how many there are."""
    whole = OF.match(line.words)
    found = whole or (_COUNT.search(line.words) if len(line.words) < 90 and not line.prose else None)
    if found is None or walk.state not in _COUNTS:
        return False
    shown = found.group("x"), found.group("y")
    raw = line.span.of(draft.sheet.text)
    there = _COUNT.search(raw)
    span = Span(*there.span()).moved(line.span.start) if there else line.span
    draft.note(_COUNTS[walk.state], "/".join(number.replace(",", "") for number in shown), span)
    draft.give([index], PartRole.METADATA)
    draft.voices[index].kind = BlockKind.OTHER
    return bool(whole)


def _in_head(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if boilerplate(line) or menu(line):
        return
    if TLDR.match(line.words) or line.prose:
        walk.state = "summary"
        _in_summary(draft, walk, index, line)
        return
    if _lead(draft, walk, index, line):
        draft.give([index], PartRole.METADATA)
        draft.voices[index].kind = BlockKind.OTHER
        if not walk.lead or index <= walk.lead[-1] + 2:
            walk.lead.append(index)


def _lead(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Read date, journal, authors or DOI from a line above the summary; tell whether it held one."""
    raw = line.span.of(draft.sheet.text)
    doi = doi_in(line.words)
    labelled = _LABELLED.match(line.words)
    if doi:
        walk.doi = walk.doi or normal_doi(doi[0]) or ""
        return True
    if labelled and re.match(
        r"journal|source|published in|zeitschrift|quelle|revista|fuente|revue|rivista|雑誌|掲載", labelled["what"], re.I
    ):
        walk.journal = walk.journal or labelled["words"].strip(" “”\"'")
        return True
    kept = False
    if find_date(line.words, year_alone=True) and not any(dated.event == "published" for dated in draft.dates):
        draft.dated("published", index, year_alone=True)
        draft.details = [detail for detail in draft.details if detail.field != "published"]
        kept = True
    named_in = IN_JOURNAL.search(line.words)
    if named_in and not walk.journal:
        walk.journal = named_in["j"].strip(" ,.;")
        return True
    words = labelled["words"] if labelled else line.words
    for piece in re.split(r"\s?[·•|]\s?|\s[–—]\s", _without_date(words)):
        kept = _place_piece(walk, piece.strip(' ,.;()“”"'), dated=kept) or kept
    return kept or bool(_PUBLISHED.match(raw))


def _without_date(words: str) -> str:
    found = find_date(words, year_alone=True)
    return f"{words[: found.span.start]} | {words[found.span.end :]}" if found else words


def _place_piece(walk: _Walk, piece: str, *, dated: bool) -> bool:
    """Take a piece of a byline as people, else, beside a date, as the journal."""
    if len(piece) < 3 or _PUBLISHED.match(piece):
        return False
    said_by = bool(re.match(r"(?:by|von|par|por|di|authors?)\b", piece, re.I))
    bare = re.sub(r",?\s(?:et al\.?|and (?:colleagues|others)|u\.\s?a\.|y cols?\.?|ほか)$", "", piece)
    found = bylines(bare)
    if found and not walk.people and (len(found) > 1 or named(bare)) and (said_by or not _JOURNALLIKE.search(bare)):
        walk.people = found
        return True
    if dated and not walk.journal and any(sign.isalpha() for sign in piece) and piece[0].isupper() and len(piece) < 120:
        walk.journal = piece
        return True
    return False


def _in_summary(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if (boilerplate(line) and not TLDR.match(line.words)) or menu(line):
        return
    opening = TLDR.match(line.words)
    if opening or (walk.tldr and (line.prose or line.ends)):
        raw = line.span.of(draft.sheet.text)
        there = TLDR.match(raw)
        skip = there.end() if there else 0
        draft.note("tldr", raw[skip:], Span(line.span.start + skip, line.span.end))
        draft.give([index], PartRole.SUMMARY)
        walk.tldr = False
    elif line.prose or line.ends or line.bullet or line.kind in (BlockKind.ITEM, BlockKind.TABLE):
        draft.give([index], PartRole.SUMMARY)
    elif heads(draft.sheet, index):
        draft.give([index], PartRole.SUMMARY)
        draft.head(index, line.level or 2, category(line.words))


def _in_list(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    """Read cited or similar studies: titles and bylines as metadata, what the page says of each as a summary."""
    if boilerplate(line) or menu(line):
        return
    if line.prose or TLDR.match(line.words) or (line.ends and not walk.fresh):
        if not walk.group:
            walk.group += 1
        draft.give([index], PartRole.SUMMARY, walk.group)
        walk.fresh = True
        return
    if walk.fresh:
        walk.group += 1
        walk.fresh = False
    draft.give([index], PartRole.METADATA, walk.group)
    draft.voices[index].kind = BlockKind.OTHER


def _in_posts(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if not (boilerplate(line) and not line.prose) and not menu(line):
        walk.posts.append(index)


def _in_chrome(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    return


_STATES: Mapping[str, Callable[[Draft, _Walk, int, Line], None]] = {
    "head": _in_head,
    "summary": _in_summary,
    "cited": _in_list,
    "similar": _in_list,
    "posts": _in_posts,
    "chrome": _in_chrome,
}
"""State -> what is done with a line."""
