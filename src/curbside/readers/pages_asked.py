"""What a question page shows beside its lines of state: whether text follows a signature, its title, who asks."""

from __future__ import annotations

import re

from curbside.readers.pages_draft import Draft
from curbside.readers.pages_labels import says
from curbside.readers.pages_people import asker
from curbside.readers.pages_plain import titled
from curbside.readers.pages_sheet import Sheet
from curbside.readers.pages_text import asks, boilerplate
from curbside.records import PartRole, Span

MORE = re.compile(
    r"^\W{0,3}(?:read (?:more|on|full|the full)|view (?:full )?(?:answer|reply)|see (?:the"
    r" )?(?:full )?(?:answer|reply)|show more|continue reading"
    r"|weiterlesen|mehr lesen|antwort lesen|zur antwort|leer más|ver (?:más|respuesta)|seguir"
    r" leyendo|lire (?:la suite|plus)|voir la réponse|続きを読む|もっと見る|全文)",
    re.IGNORECASE,
)
"""A link to the whole of what the page shows cut off."""

_OWN_AGE = re.compile(
    r"\b(?:I am|I'm|my (?:son|daughter|child|baby|wife|husband|mother|father)(?: is)?|ich"
    r" bin|mein \w{3,8}(?: ist)?|soy|tengo|mi hij[oa](?: tiene)?|j'ai|mon fils(?: a)?|ma"
    r" fille(?: a)?)"
    r"[^.?!\d]{0,20}\d{1,3}[\s-]?(?:years?|yrs?|y/?o|jahre?|jährig\w*|años|ans|months?|monate?)"
    r"(?:[\s-]old)?(?:\s(?:male|female|man|woman|boy|girl))?",
    re.IGNORECASE,
)


def title_of(draft: Draft, title: int) -> str:
    """Return the page's title, or what is asked where the page shows only its site's name."""
    shown = titled(draft.sheet, title)
    if title > 0 or (title == 0 and (len(shown.split()) >= 4 or draft.sheet.markup)):
        return shown
    asked = [
        line.words
        for line, voice in zip(draft.sheet.lines, draft.voices)
        if voice.role is PartRole.QUESTION and not voice.group and asks(line.words)
    ]
    found = re.search(r"[^.!?。]{8,160}[?？]", asked[0]) if asked else None
    return found.group(0).strip() if found else shown


def note_asker(draft: Draft) -> None:
    """Note age band and sex from the question itself where no line of its own gives them."""
    if any(detail.field == "asker" for detail in draft.details):
        return
    for line, voice in zip(draft.sheet.lines, draft.voices):
        if voice.role is PartRole.QUESTION and not voice.group:
            raw = line.span.of(draft.sheet.text)
            for found in _OWN_AGE.finditer(raw[:2000]):
                told = asker(raw[found.start() : found.end() + 24].split(",")[0])
                if told and told.band:
                    draft.note("asker", told.value, Span(*found.span()).moved(line.span.start))
                    return


def text_follows(sheet: Sheet, index: int) -> bool:
    """Tell whether sentences follow a line before the next label or signature."""
    for line in sheet.lines[index + 1 : index + 7]:
        if says(
            line.words, "generated", "similar", "faq", "question", "answer", "disclaimer", "follow-up", "references"
        ):
            return False
        if line.prose or line.ends:
            return not boilerplate(line) and not MORE.match(line.words)
    return False
