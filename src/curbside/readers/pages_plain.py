"""Any other page or text: its own words as the body, navigation and notices as chrome; guidelines by their signs."""

from __future__ import annotations

import re
from dataclasses import replace

from curbside.language.design import denies_guideline
from curbside.readers.pages_citations import page_marks, page_references
from curbside.readers.pages_dates import find_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_labels import category, folded, opens_with, says
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import boilerplate, menu
from curbside.records import BlockKind, Document, DocumentKind, PartRole

_GRADED = re.compile(
    r"levels? of evidence|strength of (?:the )?(?:recommendation|evidence)|quality of (?:the )?evidence"
    r"|(?:strong|weak|conditional) recommendation|recommendation \d|we (?:recommend|suggest)\b"
    r"|\bGRADE\b|evidence (?:level|grade)"
    r"|(?:is|are) (?:strongly )?recommended|should (?:not )?be (?:offered|considered|used"
    r"|given)|good practice (?:point|statement)"
    r"|\((?:[1-5]|I{1,3}V?|[A-D])[,/; ]{0,2}(?:[A-D]|\+{1,4}|strong|weak)\)|empfehlungsgrad"
    r"|evidenzgrad|grado de recomendación|grade [A-D]\b",
    re.IGNORECASE,
)
_ANY_LEVEL = 9
"""A boilerplate heading without a level of its own ends at any heading."""

_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_NAMED = re.compile(
    r"guideline|guidance|recommendations? (?:for|on|of)|consensus|position (?:statement|paper)"
    r"|practice (?:parameter|statement)|standards of care"
    r"|leitlinie|guía (?:clínica|de práctica)|recommandations|ガイドライン|linee guida|diretriz",
    re.IGNORECASE,
)


def title_at(sheet: Sheet, within: int = 12) -> int:
    """Return the index of the line that titles a page: a heading of level 1, else the likeliest line, or -1."""
    for index, line in enumerate(sheet.lines[:200]):
        if line.level == 1 and not line.chrome:
            return index
    named = sheet.one("citation_title", "og:title", "title")
    for index, line in enumerate(sheet.lines[:60]):
        if named and len(line.words) > 8 and line.words in named:
            return index
    best, most = -1, 0.0
    brand = " ".join(
        folded(line.words) for line in sheet.lines if "©" in line.words or "copyright" in line.words.lower()
    )
    for index, line in enumerate(sheet.lines[:within]):
        if best >= 0 and (line.prose or says(line.words, "question", "answer", "tldr", "abstract", "summary")):
            break
        if line.chrome or not line.headlike or boilerplate(line) or menu(line):
            continue
        score = titling(line) - 4 * _branded(line.words, brand) - 0.1 * index
        if score > most:
            best, most = index, score
    return best


def _branded(words: str, brand: str) -> bool:
    """Tell whether a line, or a piece of it, is the name that the page's copyright line gives."""
    first = folded(re.split(r"\s[·|–—-]\s", words)[0])
    return len(first) > 3 and first in brand


def titling(line: Line) -> float:
    """Return how much a line reads like a title: several words, no separators of a site's name, no sentence."""
    size = min(8.0, max(line.words.count(" ") + 1, len(line.words) / 4 if _CJK.search(line.words) else 0))
    crumbs = bool(re.search(r"\s[>›»→]\s", line.words))
    dated = find_date(line.words) is not None
    return size / 2 + (size > 3) - (" · " in line.words) - 4 * crumbs - 3 * dated - 2 * line.prose


def titled(sheet: Sheet, index: int) -> str:
    """Return the title of a page: the words of its title line, else what its metadata say."""
    return sheet.lines[index].words if index >= 0 else sheet.one("og:title", "title")


def heads(sheet: Sheet, index: int) -> bool:
    """Tell whether a line heads the text after it: by markup, or short, set apart and followed by text."""
    line = sheet.lines[index]
    if line.level:
        return True
    if sheet.levels >= 3 or not line.headlike or (line.words.endswith("?") and len(line.words) > 90):
        return False
    before = sheet.lines[index - 1] if index else None
    if before is not None and not line.gap and not (len(line.words) < 60 and (before.ends or before.bullet)):
        return False
    if line.words.endswith((":", "：")) and line.words.count(" ") > 4:
        return False
    after = sheet.lines[index + 1 : index + 3]
    return any(following.prose or (following.bullet and len(following.words) > 20) for following in after)


def document(sheet: Sheet) -> Document:
    """Return a page as its body and chrome."""
    draft = Draft.of(sheet, PartRole.BODY)
    title = title_at(sheet)
    menus = _menus(sheet)
    listed: list[int] = []
    chrome_level, begun = 0, False
    for index, line in enumerate(sheet.lines):
        if index == title:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.TITLE
            continue
        if line.level and line.level <= chrome_level:
            chrome_level = 0
        if not line.prose and not line.chrome and says(line.words, "boilerplate", "share", "disclaimer"):
            chrome_level = line.level or _ANY_LEVEL
        elif not line.level and heads(sheet, index):
            chrome_level = 0
        if not begun and not line.prose and not heads(sheet, index) and find_date(line.words):
            _dated(draft, index)
            continue
        begun = begun or line.prose
        if chrome_level or line.chrome or index in menus or boilerplate(line) or menu(line):
            draft.give([index], PartRole.CHROME)
        elif says(line.words, "references") and not line.bullet:
            listed = _references(draft, index)
            break
        elif heads(sheet, index):
            draft.head(index, line.level or 1, category(line.words))
    references, labels = page_references(sheet, listed)
    found = replace(draft.document(_kind(sheet, draft, title), titled(sheet, title)), references=references)
    return replace(found, markers=page_marks(draft, labels, bare=False))


def _dated(draft: Draft, index: int) -> None:
    """Read a dated line above the text: when the page was published, updated or reviewed."""
    words = draft.sheet.lines[index].words
    event = next((name for name in ("updated", "reviewed", "online") if opens_with(words, name)), "published")
    draft.dated(event, index)
    draft.give([index], PartRole.METADATA)
    draft.voices[index].kind = BlockKind.OTHER


def _references(draft: Draft, heading: int) -> list[int]:
    """Give the lines after a heading "References" to the list; return those that are entries."""
    entries: list[int] = []
    draft.give([heading], PartRole.REFERENCES)
    draft.voices[heading].kind = BlockKind.HEADING
    open_list = True
    for index in range(heading + 1, len(draft.sheet.lines)):
        line = draft.sheet.lines[index]
        open_list = open_list and not (line.level or says(line.words, "boilerplate", "disclaimer", "share", "faq"))
        if open_list and not line.chrome and not boilerplate(line):
            draft.give([index], PartRole.REFERENCES)
            entries.append(index)
        else:
            draft.give([index], PartRole.CHROME)
    return entries


def _menus(sheet: Sheet) -> set[int]:
    """Return the lines of menus: four or more short lines in a row that are links or end without a stop."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate((*sheet.lines, Line(sheet.lines[-1].span, "end." * 40) if sheet.lines else None)):
        short = line is not None and len(line.words) <= 40 and not line.ends and not line.level and not line.bullet
        if (
            short
            and line is not None
            and (line.linked > 0.8 or (not sheet.markup and line.kind is None and not line.gap))
        ):
            run.append(index)
            continue
        if len(run) >= 4:
            found.update(run)
        run = []
    return found


def _kind(sheet: Sheet, draft: Draft, title: int) -> DocumentKind:
    """Tell a guideline by its name and by graded recommendations in its body."""
    body = [line for line, voice in zip(sheet.lines, draft.voices) if voice.role is PartRole.BODY]
    named = bool(_NAMED.search(titled(sheet, title)))
    schema = any("guideline" in kind.lower() for kind in sheet.meta.get("@type", ()))
    graded = sum(len(_GRADED.findall(line.words[:4000])) for line in body)
    headed = any(_NAMED.search(line.words) for line in body if len(line.words) < 90)
    score = 2 * named + 3 * schema + min(4, graded) * 0.75 + headed
    if score < 3.5:
        return DocumentKind.PAGE
    denied = any(denies_guideline(line.words) for line in body)
    return DocumentKind.SUMMARY if denied else DocumentKind.GUIDELINE
