"""An answer as markdown, with the quoted words of every sentence under it."""

from __future__ import annotations

import re

from curbside.records import Answer, AnswerSentence, Quote
from curbside.writers.basis import (
    DECLINED,
    LEGEND,
    OPTIONS,
    absences_lead,
    basis,
    kind_and_year,
    marks,
    not_stated,
)
from curbside.writers.beside_words import beside_sections
from curbside.writers.fields import one_line

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~$&])")
_OPENING = re.compile(r"^(\s{0,3})(#{1,6}|[-+=]{1,99}|\d{1,9}(?=[.)]))")


def escaped(text: str) -> str:
    """Return text as one line in which nothing is markup: no link, tag, emphasis, heading or list can start."""
    text = _ACTIVE.sub(r"\\\1", one_line(text))
    match = _OPENING.match(text)
    if match is None:
        return text
    mark = match.group(2)
    if mark.isdigit():
        return f"{match.group(1)}{mark}\\{text[match.end() :]}"
    return f"{match.group(1)}\\{text[match.start(2) :]}"


def answer_markdown(answer: Answer) -> str:
    """Return an answer as CommonMark: a heading a section, an item a sentence, its quotes as nested items."""
    lines = [f"# {escaped(answer.question.text)}", ""]
    lines += [f"*{escaped(note)}*\n" for note in answer.notes]
    if answer.declined or not answer.sections:
        lines += [DECLINED, ""]
    lines += _absences(answer) if absences_lead(answer) else []
    lines += [f"**{escaped(answer.verdict.words)}**", ""] if answer.verdict is not None else []
    for section in answer.sections:
        lines += [f"## {escaped(section.heading)}", ""]
        group = ""
        for sentence in section.sentences:
            if sentence.group != group:
                group = sentence.group
                lines += ["", f"*{escaped(group or 'route not stated')}*", ""]
            lines += _sentence(sentence)
        lines.append("")
    lines += [] if absences_lead(answer) else _absences(answer)
    for heading, told in beside_sections(answer):
        lines += [f"## {escaped(heading)}", "", *(f"- {escaped(each)}" for each in told), ""]
    if answer.references:
        lines += ["## References", ""]
        for entry in answer.references:
            shown = escaped(entry.citation or entry.title or "Untitled.")
            lines.append(f"{entry.number}. {shown} ({escaped(kind_and_year(entry))}; {escaped(entry.origin)})")
        lines.append("")
    lines += [f"- Problem: {escaped(str(problem))}" for problem in answer.problems]
    lines += [""] if answer.problems else []
    if answer.references:
        lines += [escaped(LEGEND), ""]
    lines += [escaped(basis(answer)), "", OPTIONS]
    return "\n".join(lines) + "\n"


def _absences(answer: Answer) -> list[str]:
    if not answer.absences:
        return []
    lines = ["## Not stated", ""]
    for absence in answer.absences:
        lines.append(f"- {escaped(not_stated(absence))}")
        if absence.nearest is not None:
            lines.append(f"    - Nearest: {_quote(absence.nearest)} {escaped(marks(absence.references))}".rstrip())
    return [*lines, ""]


def _sentence(sentence: AnswerSentence) -> list[str]:
    lines = [f"- {escaped(sentence.text)} {escaped(marks(sentence.references))}".rstrip()]
    lines += [f"    - computed: {escaped(each.value)} ({escaped(each.arithmetic)})" for each in sentence.derived]
    lines += [f"    - reworded; before: {escaped(sentence.extracted)}"] if sentence.extracted else []
    return lines + [f"    - {_quote(quote)}" for quote in sentence.cited]


def _quote(quote: Quote) -> str:
    return f"“{escaped(quote.words)}” ({quote.document}, {quote.span.start}–{quote.span.end})"
