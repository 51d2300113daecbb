"""An answer as plain lines for a terminal."""

from __future__ import annotations

import textwrap

from curbside.records import Answer, AnswerSentence
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

WIDTH = 100
"""Columns of a line, unless the terminal says otherwise."""


def answer_terminal(answer: Answer, width: int = WIDTH) -> str:
    """Return an answer as text: headings, sentences with their numbers, what is not stated, references, basis.

    Control characters of the sources are left out, so that no text can steer the terminal.
    """
    width = max(width, 30)
    lines = [*_wrapped(answer.question.text, width), ""]
    for note in answer.notes:
        lines += _wrapped(f"Note: {note}", width)
    lines += [""] if answer.notes else []
    if answer.declined or not answer.sections:
        lines += [*_wrapped(DECLINED, width), ""]
    lines += _absences(answer, width) if absences_lead(answer) else []
    if answer.verdict is not None:
        lines += [*_wrapped(answer.verdict.words, width), ""]
    for section in answer.sections:
        lines.append(_heading(section.heading))
        group = ""
        for sentence in section.sentences:
            if sentence.group != group:
                group = sentence.group
                lines += _wrapped(f"{group[:1].upper()}{group[1:]}:" if group else "Route not stated:", width)
            lines += _sentence(sentence, width)
        lines.append("")
    lines += [] if absences_lead(answer) else _absences(answer, width)
    for heading, told in beside_sections(answer, short=True):
        lines += [_heading(heading), *(line for each in told for line in _wrapped(each, width, "- ")), ""]
    lines += _references(answer, width)
    lines += _problems(answer, width)
    if answer.references:
        lines += _wrapped(LEGEND, width)
    lines += [*_wrapped(basis(answer), width), *_wrapped(OPTIONS, width)]
    return "\n".join(lines) + "\n"


def _heading(text: str) -> str:
    return one_line(text).upper()


def _wrapped(text: str, width: int, lead: str = "", indent: str = "") -> list[str]:
    wrapper = textwrap.TextWrapper(width, initial_indent=lead, subsequent_indent=indent or " " * len(lead))
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return wrapper.wrap(one_line(text)) or [lead.rstrip()]


def _sentence(sentence: AnswerSentence, width: int) -> list[str]:
    text = f"{sentence.text} {marks(sentence.references)}".rstrip()
    lines = _wrapped(f"{text} (reworded)" if sentence.extracted else text, width, "- ")
    for each in sentence.derived:
        lines += _wrapped(f"computed: {each.value} ({each.arithmetic})", width, "    ")
    return lines


def _absences(answer: Answer, width: int) -> list[str]:
    if not answer.absences:
        return []
    lines = ["NOT STATED"]
    for absence in answer.absences:
        lines += _wrapped(not_stated(absence), width, "- ")
        if absence.nearest is not None:
            nearest = f"Nearest: “{absence.nearest.words}” {marks(absence.references)}".rstrip()
            lines += _wrapped(nearest, width, "    ")
    return [*lines, ""]


def _references(answer: Answer, width: int) -> list[str]:
    if not answer.references:
        return []
    lines = ["REFERENCES"]
    for entry in answer.references:
        lead = f"[{entry.number}] "
        lines += _wrapped(entry.citation or entry.title or "Untitled.", width, lead)
        level = f" · {entry.level.words}" if entry.level is not None else ""
        beside = f"{kind_and_year(entry)}{level} · {entry.document} · {entry.origin}"
        lines += _wrapped(beside, width, " " * len(lead))
    return [*lines, ""]


def _problems(answer: Answer, width: int) -> list[str]:
    lines = [line for problem in answer.problems for line in _wrapped(f"Problem: {problem}", width)]
    return [*lines, ""] if lines else []
