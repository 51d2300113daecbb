"""Question pages: who asked what, which doctor replied, what nobody signs, and similar questions with their replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from curbside.readers.pages_asked import MORE, note_asker, text_follows, title_of
from curbside.readers.pages_dates import find_date
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_labels import category, says
from curbside.readers.pages_people import Responder, asker, responder
from curbside.readers.pages_plain import heads, title_at
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import asks, boilerplate, disclaims, menu, personal
from curbside.records import BlockKind, Document, DocumentKind, PartRole, Span

LONGEST_REPLY = 500
"""A reply has no more lines than this; a date under it is given to no more."""

_REPLIED = re.compile(
    r"^\W{0,3}(?:repl(?:y|ied)|answer(?:ed)?|respon(?:se|ded)|beantwortet|geantwortet|antwort"
    r"(?:datum)?|respondid[oa]|respuesta|fecha de (?:la )?respuesta|répondu|réponse|date"
    r" de (?:la )?réponse"
    r"|risposta|回答日?)(?: (?:date|on|am|vom|el|le|du|publiée le))?\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:\b(?:ask(?:ed)?(?: (?:date|on|by))?|posted(?: on)?|question date|submitted|frage"
    r" (?:vom|von)|gefragt(?: am)?|gestellt(?: am)?|fecha de (?:la )?(?:pregunta|consulta)"
    r"|preguntado|enviada?(?: el)?"
    r"|posée?(?: le)?|demandé|question (?:du|posée))\b|質問日|投稿日)",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s{0,2}$")
_PREFIX_DOCTOR = re.compile(
    r"^(?P<who>(?:Dr|Dra|Prof|Pr)\.?(?:\s(?:med|Dr)\.){0,2}(?:\s[A-ZÀ-Þ][\w'’.-]{0,24}){1,3})"
    r"(?:\s\((?P<dept>[^)]{2,40})\))?\s?[:：]\s(?=\S.{19})"
)
_PREFIX_Q = re.compile(r"^(?:Q|Question|Frage|F|Pregunta|P|Question posée|質問|Domanda|D)\s?\d{0,2}\s?[:：.]\s?(?=\S)")
_PREFIX_A = re.compile(r"^(?:A|Answer|Antwort|Respuesta|R|Réponse|回答|Risposta)\s?\d{0,2}\s?[:：.]\s?(?=\S)")


@dataclass(slots=True)
class _Walk:
    """Where in a question page the reading is.

    `state` is one of head, question, reply, after (a reply has ended and nobody has signed what follows), generated,
    similar question, similar reply, chrome.
    """

    state: str = "head"
    group: int = 0
    by: str = ""
    date: str = ""
    pending: list[int] = field(default_factory=list[int])
    reply: list[int] = field(default_factory=list[int])
    after: list[int] = field(default_factory=list[int])
    question: list[int] = field(default_factory=list[int])
    ended: bool = False


def document(sheet: Sheet) -> Document:
    """Return a question page: question, signed reply, unsigned text, similar questions each as its own group."""
    draft = Draft.of(sheet)
    walk = _Walk()
    title = title_at(sheet)
    for index, line in enumerate(sheet.lines):
        if line.chrome:
            continue
        if index == title:
            draft.give([index], PartRole.METADATA)
            draft.voices[index].kind = BlockKind.TITLE
            draft.note("title", line.words, line.span)
            continue
        if not any(step(draft, walk, index, line) for step in _STEPS):
            _TEXT[walk.state](draft, walk, index, line)
    _settled(draft, walk)
    _unsigned(draft)
    note_asker(draft)
    return draft.document(DocumentKind.QUESTION_PAGE, title_of(draft, title))


def _meta(draft: Draft, index: int, group: int, kind: BlockKind = BlockKind.OTHER) -> None:
    draft.give([index], PartRole.METADATA, group)
    draft.voices[index].kind = kind


def _turn(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Follow a label that says what comes next ("Question", "More info", "Similar questions", "FAQ")."""
    if len(line.words) > 90 or line.prose or MORE.match(line.words):
        return False
    similar = walk.state.startswith("similar")
    if says(line.words, "similar") and walk.question + walk.reply + walk.pending:
        _settled(draft, walk)
        walk.state, walk.group, walk.ended = "similar question", walk.group + 1, True
        walk.question = []
        return True
    if says(line.words, "faq", "disclaimer", "boilerplate", "share", "follow-up", "references", "posts"):
        if not says(line.words, "share"):
            _settled(draft, walk)
            walk.state = "chrome"
        return True
    if says(line.words, "generated", "summary", "key points") and walk.state not in ("head",) and not similar:
        _settled(draft, walk)
        walk.state = "generated"
        draft.give([index], PartRole.GENERATED)
        draft.entitle(index)
        return True
    if says(line.words, "question") and walk.state != "chrome":
        walk.state = "similar question" if similar else "question"
        return True
    if says(line.words, "answer") and walk.state != "chrome":
        _settled(draft, walk)
        if not similar:
            walk.by, walk.date, walk.reply = "", "", []
        walk.state = "similar reply" if similar else "reply"
        return True
    return False


def _dates(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Read a line that is the date of the reply or of the question."""
    if len(line.words) > 80 or line.prose or find_date(line.words) is None or responder(line.words):
        return False
    if _REPLIED.match(line.words) and walk.state in ("reply", "after", "similar reply"):
        walk.date = draft.dated("replied", index)
        for held in walk.reply[-LONGEST_REPLY:]:
            draft.voices[held].date = walk.date
        _meta(draft, index, walk.group)
        walk.state = "after" if walk.state == "reply" and walk.reply else walk.state
        return True
    bare = len(line.words) <= 24
    if (
        walk.state in ("head", "question", "similar question")
        and (_ASKED.search(line.words) or bare)
        and not asker(line.words)
    ):
        draft.dated("asked", index)
        _meta(draft, index, walk.group)
        return True
    if bare and walk.state in ("reply", "after"):
        walk.date = draft.dated("replied", index)
        for held in walk.reply[-LONGEST_REPLY:]:
            draft.voices[held].date = walk.date
        _meta(draft, index, walk.group)
        return True
    return bare and walk.state != "chrome"


def _asked_by(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Read a line about who asks, reduced to age band and sex."""
    if walk.state not in ("head", "question", "similar question") or line.prose or asks(line.words) or line.level:
        return False
    found = asker(line.words)
    words = line.words.split()
    apart = re.search(r"[,·|/()•;]|\s[–—-]\s", line.words) or _ASKED.search(line.words) or len(words) <= 5
    named = _ASKED.search(line.words) and len(words) <= 14
    if not ((found and apart and len(words) <= 16) or named):
        return False
    if found and walk.group == 0:
        raw = line.span.of(draft.sheet.text)
        there = asker(raw)
        span = there.span.moved(line.span.start) if there else line.span
        draft.note("asker", found.value or "not stated", span)
    if find_date(line.words):
        draft.dated("asked", index)
        place = find_date(line.span.of(draft.sheet.text))
        lead = _ASKED.search(line.span.of(draft.sheet.text))
        if place and draft.details and draft.details[-1].field == "asked":
            near = lead is not None and 0 <= place.span.start - lead.start() <= 40
            start = lead.start() if lead and near else place.span.start
            draft.renote(Span(start, place.span.end).moved(line.span.start))
    _meta(draft, index, walk.group)
    if walk.state == "head":
        _question_before(draft, walk)
        walk.state = "question"
    return True


def _question_before(draft: Draft, walk: _Walk) -> None:
    """Give what stood above the asker or the reply: from the first question or personal word on it is the question."""
    lines = draft.sheet.lines
    first = next((i for i in walk.pending if asks(lines[i].words) or personal(lines[i].words)), None)
    for index in walk.pending:
        if first is None or index >= first or not lines[index].prose:
            if lines[index].prose or asks(lines[index].words) or first is None or index >= first:
                draft.give([index], PartRole.QUESTION, 0)
                walk.question.append(index)
        else:
            draft.give([index], PartRole.GENERATED, 0)
    walk.pending = []


def _signed(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Read a doctor's line: over a reply, or under it as a signature."""
    found = None if line.prose or walk.state in ("chrome", "generated") else responder(line.words)
    if found is None or (line.level == 1):
        return False
    _meta(draft, index, walk.group)
    untitled = not re.match(r"(?:univ|prof|dr|pd|mr|ms)", found.name, re.I) and len(found.name.split()) < 3
    if walk.state.endswith("reply") and walk.by and not walk.reply and untitled and not found.says_reply:
        walk.by = f"{walk.by} ({found.department or line.words})" if "(" not in walk.by else walk.by
        draft.note("department", found.department or line.words, line.span)
        return True
    draft.note("responder", found.printed, line.span)
    if found.department:
        at = max(0, line.span.of(draft.sheet.text).find(found.department))
        span = Span(at, at + len(found.department)).moved(line.span.start)
        draft.note("department", found.department, span)
    if found.iso:
        draft.dated("replied", index)
    if walk.state.startswith("similar"):
        _signed_similar(draft, walk, found, index)
        return True
    above = text_follows(draft.sheet, index)
    held = walk.reply if walk.state == "reply" else walk.after if walk.state == "after" else []
    signature = bool(held) and not walk.by if walk.state == "reply" else bool(held) and not (above and found.says_reply)
    if walk.state in ("head", "question") and not above and not found.says_reply:
        held = _reply_among(draft, walk)
        signature = bool(held)
    if signature:
        draft.give(held, PartRole.REPLY, 0, found.printed, found.iso or walk.date)
        walk.reply, walk.after, walk.by, walk.state = held, [], found.printed, "after"
        return True
    if walk.state == "head":
        _question_before(draft, walk)
    _settled(draft, walk)
    walk.state, walk.by, walk.date, walk.reply, walk.after = "reply", found.printed, found.iso, [], []
    return True


def _reply_among(draft: Draft, walk: _Walk) -> list[int]:
    """Return the lines above a signature that answer rather than ask, where no label parted them."""
    if walk.state == "head":
        _question_before(draft, walk)
    lines = draft.sheet.lines
    last = max((i for i in walk.question if asks(lines[i].words)), default=-1)
    held = [i for i in walk.question if i > last and lines[i].prose]
    if last < 0 or not held:
        return []
    walk.question = [i for i in walk.question if i not in held]
    return held


def _signed_similar(draft: Draft, walk: _Walk, found: Responder, index: int) -> None:
    if walk.state == "similar reply" and walk.reply and not walk.by:
        draft.give(walk.reply, PartRole.REPLY, walk.group, found.printed, found.iso)
        walk.by, walk.ended = found.printed, True
        return
    walk.state, walk.by, walk.date, walk.reply = "similar reply", found.printed, found.iso, []


def _said_by(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Read a reply that opens with the doctor's name (`Dr. A. Roe: Paracetamol is preferred …`)."""
    found = _PREFIX_DOCTOR.match(line.words) if walk.state in ("question", "similar question", "reply") else None
    if found is None or (walk.state != "reply" and not walk.question):
        return False
    walk.by = found["who"] + (f" ({found['dept']})" if found["dept"] else "")
    draft.note("responder", walk.by, Span(line.span.start, line.span.start + found.end("who")))
    walk.state, walk.date, walk.reply = "similar reply" if walk.group else "reply", "", []
    _TEXT[walk.state](draft, walk, index, line)
    return True


def _scraps(draft: Draft, walk: _Walk, index: int, line: Line) -> bool:
    """Pass over links, menus, votes and notices; a link to the whole of a similar question ends its excerpt."""
    if MORE.match(line.words) and len(line.words) < 200:
        walk.ended = walk.ended or walk.state.startswith("similar")
        return True
    if menu(line):
        return True
    return boilerplate(line) and not (line.prose and walk.state in ("question", "reply") and not _notice(line))


def _notice(line: Line) -> bool:
    return disclaims(line.words) and not personal(line.words)


def _settled(draft: Draft, walk: _Walk) -> None:
    """Give what still waits for a voice."""
    if walk.pending:
        _question_before(draft, walk)


def _in_head(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    prefix = _PREFIX_Q.match(line.words)
    if prefix:
        _settled(draft, walk)
        walk.state = "question"
        _in_question(draft, walk, index, line)
    elif line.prose or asks(line.words):
        walk.pending.append(index)


def _in_question(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if _PREFIX_A.match(line.words):
        walk.state, walk.by, walk.date, walk.reply = "reply", "", "", []
        _in_reply(draft, walk, index, line)
        return
    draft.give([index], PartRole.QUESTION, walk.group)
    walk.question.append(index)


def _in_reply(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if not line.prose and not line.ends and not line.bullet and not line.level and len(line.words) < 30:
        return
    draft.give([index], PartRole.REPLY, walk.group, walk.by, walk.date)
    walk.reply.append(index)
    if not line.prose and heads(draft.sheet, index):
        draft.head(index, line.level or 2, category(line.words))


def _in_after(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if asks(line.words) and not line.prose and not heads(draft.sheet, index):
        draft.give([index], PartRole.QUESTION, 0)
    elif line.prose or line.ends or line.bullet:
        draft.give([index], PartRole.GENERATED, 0)
        walk.after.append(index)
    elif heads(draft.sheet, index):
        draft.give([index], PartRole.GENERATED, 0)
        draft.head(index, line.level or 2, category(line.words))


def _in_similar_question(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    if _PREFIX_A.match(line.words):
        walk.state, walk.by, walk.reply = "similar reply", "", []
        _in_similar_reply(draft, walk, index, line)
        return
    if walk.ended and walk.question:
        _next_item(walk)
    draft.give([index], PartRole.QUESTION, walk.group)
    if not walk.question and not line.prose:
        draft.entitle(index)
    walk.question.append(index)
    walk.ended = False
    _cut(draft, line)


def _in_similar_reply(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    fresh = walk.ended or (walk.reply and not line.prose and (line.gap or line.level) and line.headlike)
    if fresh or (walk.reply and _PREFIX_Q.match(line.words)):
        _next_item(walk)
        _in_similar_question(draft, walk, index, line)
        return
    draft.give([index], PartRole.REPLY, walk.group, walk.by, walk.date)
    walk.reply.append(index)
    _cut(draft, line)


def _next_item(walk: _Walk) -> None:
    walk.group += 1
    walk.state, walk.by, walk.date, walk.question, walk.reply, walk.ended = "similar question", "", "", [], [], False


def _cut(draft: Draft, line: Line) -> None:
    """Note that a similar question or reply is shown only in part."""
    if _CUT.search(line.words):
        draft.note("excerpt", "cut off on the page", line.span)


def _in_chrome(draft: Draft, walk: _Walk, index: int, line: Line) -> None:
    return


def _unsigned(draft: Draft) -> None:
    """Call a reply that nobody signs what it is: text without a name."""
    for voice in draft.voices:
        if voice.role is PartRole.REPLY and not voice.by:
            voice.role = PartRole.GENERATED


_STEPS: tuple[Callable[[Draft, _Walk, int, Line], bool], ...] = (_turn, _signed, _said_by, _scraps, _dates, _asked_by)
"""What is tried on each line, in order, before it counts as text."""

_TEXT: Mapping[str, Callable[[Draft, _Walk, int, Line], None]] = {
    "head": _in_head,
    "question": _in_question,
    "reply": _in_reply,
    "after": _in_after,
    "generated": _in_after,
    "similar question": _in_similar_question,
    "similar reply": _in_similar_reply,
    "chrome": _in_chrome,
}
"""State -> what is done with a line of text."""
