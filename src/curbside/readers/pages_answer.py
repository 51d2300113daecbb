"""Clinical answer pages: what guidelines and what research say, reported by somebody else, with a review state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from curbside.readers.pages_citations import page_marks, page_references
from curbside.readers.pages_dates import find_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_features import banner, canonical_state, state_words, states
from curbside.readers.pages_labels import category, mentions, opens_with, says
from curbside.readers.pages_plain import heads, titled
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import asks, boilerplate, menu
from curbside.records import BlockKind, Dated, Document, DocumentKind, PartRole, Span

_VOICES = (PartRole.GUIDELINES, PartRole.RESEARCH)
_MARKED = re.compile(r"[✓✔●◉▶►➤☑✅→]|\((?:current|aktuell|actual|en cours)\)|\bcurrent(?:ly)?\b|現在", re.IGNORECASE)
_CURRENT = frozenset({"active", "current", "selected", "is-active", "aria-current", "step-current"})
_POINTS = re.compile(
    r"\b(?:key|main|important) (?:points?|takeaways?|messages?|considerations?)\b|puntos clave|points clés|kernpunkte",
    re.I,
)


@dataclass(slots=True)
class _Walk:
    """Where in an answer page the reading is."""

    role: PartRole | None = None
    level: int = 0
    points: bool = False
    evidence: bool = False
    listed: list[int] = field(default_factory=list[int])


def document(sheet: Sheet) -> Document:
    """Return an answer page with its guideline and research parts."""
    draft = Draft.of(sheet)
    title = _title(sheet)
    walk = _Walk()
    for index, line in enumerate(sheet.lines):
        if index == title:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.TITLE
            draft.note("title", line.words, line.span)
        elif not line.chrome and not _stated(draft, index) and not _turned(draft, walk, index):
            _content(draft, walk, index)
    _status(draft)
    references, labels = page_references(sheet, walk.listed)
    found = draft.document(DocumentKind.ANSWER_PAGE, titled(sheet, title))
    return replace(found, references=references, markers=page_marks(draft, labels, bare=True))


def _title(sheet: Sheet) -> int:
    """Return the index of the title: a heading of level 1, else the first question, else the first headlike line."""
    early = [index for index, line in enumerate(sheet.lines[:25]) if not line.chrome]
    for index in early:
        if sheet.lines[index].level == 1:
            return index
    for index in early[:12]:
        line = sheet.lines[index]
        if (
            asks(line.words)
            and 12 <= len(line.words) <= 300
            and not says(line.words, "follow-up")
            and not boilerplate(line)
        ):
            return index
    for index in early[:8]:
        line = sheet.lines[index]
        if (
            line.headlike
            and len(line.words) >= 15
            and not boilerplate(line)
            and not menu(line)
            and not banner(line.words)
        ):
            return index
    return -1


def _stated(draft: Draft, index: int) -> bool:
    """Note what a line says of the page's state; tell whether that is all the line is."""
    line = draft.sheet.lines[index]
    if line.prose and not banner(line.words):
        return False
    if len(line.words) < 200 and _updated(draft, line):
        return True
    if banner(line.words):
        for piece in re.finditer(r"[^•·|]{3,300}", line.span.of(draft.sheet.text)):
            if banner(piece.group(0)):
                bare = piece.group(0).strip()
                start = line.span.start + piece.start() + len(piece.group(0)) - len(piece.group(0).lstrip())
                draft.note("banner", bare, Span(start, start + len(bare)))
        return True
    return states(line.words) > 0 and not line.prose and len(line.words.split()) <= 14


def _updated(draft: Draft, line: Line) -> bool:
    """Note when the page says that it was updated or reviewed; the saying may be one piece of a line of several."""
    kept = False
    for piece in re.finditer(r"[^|•·]{4,160}", line.span.of(draft.sheet.text)):
        words = piece.group(0)
        lead = len(words) - len(words.lstrip())
        event = next((name for name in ("updated", "reviewed") if opens_with(words[lead:], name)), "")
        found = find_date(words) if event else None
        if found is not None:
            start = line.span.start + piece.start()
            draft.dates.append(Dated(event, found.iso, found.span.of(words)))
            draft.note(event, found.iso, Span(start + lead, start + found.span.end))
            kept = True
    return kept


def _turned(draft: Draft, walk: _Walk, index: int) -> bool:
    """Follow a heading into another part; tell whether the line was such a heading."""
    line = draft.sheet.lines[index]
    if line.prose or len(line.words) > 110 or line.bullet or not line.headlike:
        return False
    role = _headed(walk, line)
    if role is None or (role in (*_VOICES, PartRole.SUMMARY) and not _carries(draft.sheet, index)):
        return False
    walk.role, walk.level = role, line.level
    walk.points = says(line.words, "key points")
    draft.give([index], role)
    draft.entitle(index)
    return True


def _headed(walk: _Walk, line: Line) -> PartRole | None:
    """Return the part that a heading opens, or None where it opens none."""
    inner = bool(walk.level and line.level > walk.level)
    listed = walk.role is PartRole.REFERENCES and " " not in line.words and not line.level
    if listed and not says(line.words, "disclaimer"):
        return None
    if says(line.words, "references"):
        return PartRole.REFERENCES
    if says(line.words, "disclaimer", "follow-up", "boilerplate", "share", "faq", "similar", "discuss"):
        return PartRole.CHROME
    if inner and walk.role in _VOICES:
        return None
    if mentions(line.words, ("guidelines",)):
        return PartRole.GUIDELINES
    if walk.role is not PartRole.RESEARCH and mentions(line.words, ("research",), others=2):
        return PartRole.RESEARCH
    if says(line.words, "summary", "key points") and (walk.role not in _VOICES or line.level):
        return PartRole.SUMMARY
    return None


def _carries(sheet: Sheet, index: int) -> bool:
    """Tell whether text follows a heading before the page could be a menu: a paragraph or item among the next lines."""
    after = [line for line in sheet.lines[index + 1 : index + 6] if not line.chrome]
    return any(line.prose or ((line.bullet or line.kind is BlockKind.ITEM) and len(line.words) >= 30) for line in after)


def _content(draft: Draft, walk: _Walk, index: int) -> None:
    """Give a line of content to the part that is open."""
    line = draft.sheet.lines[index]
    if boilerplate(line) or menu(line):
        return
    if walk.role is PartRole.REFERENCES:
        draft.give([index], PartRole.REFERENCES)
        walk.listed.append(index)
        return
    heading = not line.prose and heads(draft.sheet, index)
    if walk.role is None or (walk.role is PartRole.CHROME and not walk.evidence):
        if line.prose and not asks(line.words):
            walk.role, walk.evidence = PartRole.SUMMARY, True
            draft.give([index], PartRole.SUMMARY)
            _headed_by(draft, index - 1)
        elif heading and walk.role is not None and _carries(draft.sheet, index):
            walk.role = PartRole.SUMMARY
            draft.give([index], PartRole.SUMMARY)
            draft.head(index, line.level or 2, category(line.words))
        return
    if walk.role is PartRole.CHROME:
        return
    walk.evidence = True
    draft.give([index], walk.role)
    if heading:
        draft.head(index, line.level or 2, category(line.words))
        walk.points = says(line.words, "key points")
    elif _POINTS.search(line.words) and line.words.endswith((":", "：")):
        walk.points = True
    elif walk.points and (line.bullet or line.kind is BlockKind.ITEM):
        draft.note("key point", line.words[:300], line.span)
    elif line.prose:
        walk.points = False


def _headed_by(draft: Draft, index: int) -> None:
    """Take the line above the first words of an answer as their heading, where it is one."""
    line = draft.sheet.lines[index] if index >= 0 else None
    if line is None or line.prose or line.chrome or draft.voices[index].role is not PartRole.CHROME:
        return
    if heads(draft.sheet, index) and not (boilerplate(line) or states(line.words) or banner(line.words)):
        draft.give([index], PartRole.SUMMARY)
        draft.head(index, line.level or 2, category(line.words))


def _status(draft: Draft) -> None:
    """Note the review state: the one that is stated or marked; where a stepper marks none, that it does not."""
    sheet = draft.sheet
    hits = [
        (index, piece)
        for index, line in enumerate(sheet.lines)
        if draft.voices[index].role is PartRole.CHROME
        and len(line.words.split()) <= 14
        and states(line.words)
        and not banner(line.words)
        for piece in _steps(line)
    ]
    if not hits:
        return
    chosen = [hit for hit in hits if sheet.lines[hit[0]].hints & _CURRENT or _MARKED.search(hit[1])]
    told = [
        hit
        for hit in hits
        if re.match(r"^(?:review |article |current )?(?:status|état|estado|statut|stand)\b.{0,20}[:：]", hit[1], re.I)
    ]
    if told or len(hits) == 1:
        index, piece = (told or hits)[-1]
        value = re.split(r"[:：]", piece)[-1]
    elif (
        chosen
        and len(chosen) < len(hits) + 1
        and not (len(chosen) == len(hits) and len(hits) > 1 and "→" in chosen[0][1])
    ):
        index, piece = chosen[-1]
        value = piece
    else:
        first, last = sheet.lines[hits[0][0]].span, sheet.lines[hits[-1][0]].span
        names = ", ".join(canonical_state(piece) for _, piece in hits)
        draft.note("status", f"not marked: {names}", Span(first.start, last.end))
        return
    draft.note("status", canonical_state(value), sheet.lines[index].span)


def _steps(line: Line) -> list[str]:
    """Return the steps of a stepper that stands on one line, each with its mark."""
    pieces = [piece.strip() for piece in re.split(r"\s?(?:→|>|/|\||»|·)\s?|(?<=\S)\s(?=[✓✔●◉○☐☑✅])", line.words)]
    steps = [piece for piece in pieces if piece and states(piece)]
    if len(steps) == 1 and states(steps[0]) > 1:
        return state_words(steps[0])
    return steps
