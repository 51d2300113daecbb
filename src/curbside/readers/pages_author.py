"""Author pages: one person's works with their abstracts, titled or run together, and a site's words about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from curbside.readers.pages_draft import Draft
from curbside.readers.pages_features import reads_like_abstract, works_heading
from curbside.readers.pages_issue import issue_line
from curbside.readers.pages_labels import category, says
from curbside.readers.pages_people import named, orcid_in, place
from curbside.readers.pages_plain import title_at
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import asks, boilerplate, menu
from curbside.records import Author, BlockKind, Document, DocumentKind, PartRole

_TALLY = re.compile(
    r"(?P<class>supporting|contrasting|mentioning|supported|contradicting|unterstützend|widersprechend"
    r"|erwähnend|apoya|contrasta|menciona)\s?[:：(]?\s?(?P<n>\d{1,6})\)?"
    r"|(?P<n2>\d{1,6})\s(?P<class2>supporting|contrasting|mentioning|supported|contradicting)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\b(?:19|20)\d\d\b|\bet al\b|\bcited\b|\bvol\.?\b|doi|journal", re.IGNORECASE)
NEAR = 10
"""An abstract stands at most so many lines below its title."""


@dataclass(slots=True)
class _Walk:
    """Where in an author page the reading is; `open` tells whether the work of the group may still go on."""

    group: int = -1
    open: bool = False
    waiting: bool = False
    labelled: bool = False
    citing: bool = False


def document(sheet: Sheet) -> Document:
    """Return an author page: each abstract a part and a group of its own."""
    draft = Draft.of(sheet)
    name = _name_at(sheet)
    walk = _Walk()
    for index, line in enumerate(sheet.lines):
        if line.chrome:
            continue
        if index == name:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.TITLE
        elif says(line.words, "citing") and not line.prose:
            walk.citing, walk.open, walk.waiting = True, False, False
        elif (
            works_heading(line.words) or says(line.words, "boilerplate", "disclaimer", "faq", "share")
        ) and not line.prose:
            walk.citing, walk.open, walk.waiting = False, False, False
        else:
            _line(draft, walk, index, line)
    title = sheet.lines[name].words if name >= 0 else sheet.one("og:title", "title")
    found = draft.document(DocumentKind.AUTHOR_PAGE, title)
    return replace(found, authors=_author(sheet, name))


def _name_at(sheet: Sheet) -> int:
    """Return the line with the person's name: a title that reads as a name, or -1."""
    title = title_at(sheet)
    if title >= 0 and (sheet.lines[title].level == 1 or _person(sheet.lines[title].words)):
        return title
    early = [index for index, line in enumerate(sheet.lines[:10]) if not line.chrome and _person(line.words)]
    return early[0] if early else -1


def _person(words: str) -> Author | None:
    return named(re.split(r",| [-–|] |\(", words)[0].strip()) if len(words) < 90 else None


def _author(sheet: Sheet, name: int) -> tuple[Author, ...]:
    author = _person(sheet.lines[name].words) if name >= 0 else None
    if author is None:
        return ()
    orcid = next((found for line in sheet.lines[:40] if (found := orcid_in(line.words))), "")
    return (replace(author, orcid=orcid),)


def _line(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    """Give one line to an abstract, to the metadata of a work, to citing statements or to chrome."""
    for found in _TALLY.finditer(line.words) if not line.prose else ():
        draft.note("tally", f"{(found['class'] or found['class2']).lower()} {found['n'] or found['n2']}", line.span)
    if boilerplate(line) or menu(line):
        walk.open = False
    elif walk.citing:
        if line.prose:
            walk.group += 1
            draft.give([index], PartRole.RESEARCH, walk.group)
    elif says(line.words, "abstract") and not line.prose:
        walk.open = walk.waiting = True
    elif (
        category(line.words)
        and len(line.words) <= 60
        and (walk.open or walk.waiting or _prose_after(draft.sheet, index))
    ):
        _section(draft, walk, index)
    elif line.prose and not (
        len(line.words) < 250 and _byline_next(draft.sheet, index) and _titles(draft.sheet, index)
    ):
        _paragraph(draft, walk, index, line)
    elif _titles(draft.sheet, index):
        walk.group += 1
        walk.open, walk.waiting, walk.labelled = False, True, False
        draft.give([index], PartRole.METADATA, walk.group)
        draft.voices[index].kind = BlockKind.HEADING
    elif walk.waiting and not place(line.words):
        draft.give([index], PartRole.METADATA, walk.group)
        draft.voices[index].kind = BlockKind.OTHER


def _section(draft: Draft, walk: _Walk, index: int) -> None:
    """Read a heading such as "Methods" on a line of its own inside an abstract."""
    line = draft.sheet.lines[index]
    opening = not walk.open and not walk.waiting
    if opening:
        walk.group += 1
    draft.give([index], PartRole.ABSTRACT, walk.group)
    draft.voices[index].fresh = opening
    draft.head(index, 1, category(line.words))
    walk.open, walk.waiting, walk.labelled = True, False, True


def _paragraph(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    """Read a paragraph: an abstract of its own, more of the one above, or words about the person or site."""
    abstract = reads_like_abstract(line)
    more = walk.open and walk.labelled and not (abstract and len(line.words) > 700)
    if walk.waiting and (abstract or len(line.words) >= 120) and not asks(line.words):
        walk.waiting = False
    elif not more and abstract:
        walk.group += 1
    elif not more:
        return
    fresh = not more and not (walk.open and walk.labelled)
    draft.give([index], PartRole.ABSTRACT, max(walk.group, 0))
    draft.voices[index].fresh = fresh and index > 0 and draft.voices[index - 1].role is PartRole.ABSTRACT
    walk.open, walk.group = True, max(walk.group, 0)
    walk.labelled = walk.labelled and more


def _byline_next(sheet: Sheet, index: int) -> bool:
    """Tell whether the line after one is a byline: short, with a year or an issue."""
    return any(
        not line.prose and len(line.words) < 250 and (_BYLINE.search(line.words) or issue_line(line.words))
        for line in sheet.lines[index + 1 : index + 2]
    )


def _prose_after(sheet: Sheet, index: int) -> bool:
    return any(line.prose for line in sheet.lines[index + 1 : index + 2])


def _titles(sheet: Sheet, index: int) -> bool:
    """Tell whether a line is the title of a work: several words, no byline, and an abstract not far below."""
    line = sheet.lines[index]
    words = line.words.count(" ") + 1
    if words < 3 or len(line.words) > 320 or (_BYLINE.search(line.words) and not line.level) or place(line.words):
        return False
    if _TALLY.search(line.words) or named(line.words) or line.words[0].islower():
        return False
    for following in sheet.lines[index + 1 : index + 1 + NEAR]:
        if following.prose or reads_like_abstract(following):
            return not boilerplate(following)
        if following.level and line.level and following.level <= line.level:
            return False
    return False
