"""An answer as its audience is told it: JSON, terminal, markdown, and the researcher's table for spreadsheets."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from curbside.records import Answer
from curbside.records.audience import Audience, Legibility, PatientView, ResearcherView, StudyRow
from curbside.writers.fields import one_line
from curbside.writers.markdown import answer_markdown, escaped
from curbside.writers.plain import answer_json
from curbside.writers.table import line
from curbside.writers.terminal import WIDTH, answer_terminal

WORDS = "Words used here"
COLUMNS = {
    "people": "People",
    "arms": "Arms",
    "given": "Given",
    "comparator": "Compared with",
    "outcomes": "Outcomes",
    "effects": "Effects",
    "harms": "Harms",
    "follow_up": "Follow-up",
    "notices": "Notices",
}
"""Field of a `StudyRow` -> head of its column."""


def patient_json(view: PatientView) -> dict[str, Any]:
    """Return the answer in a patient's words, with how each sentence came about, words explained and reading grades.

    `patient.sentences` are those of all `sections`, one after another.
    """
    told = [
        {"claim": each.claim, "beside": list(each.beside), "telling": each.telling.value, "said": each.said.text}
        for section in view.retold
        for each in section
    ]
    return answer_json(view.answer) | {
        "audience": Audience.PATIENT.value,
        "patient": {
            "sentences": told,
            "terms": [{"term": term, "means": means} for term, means in view.terms],
            "grade": _grade(view.grade),
            "clinician": _grade(view.clinician),
        },
    }


def researcher_json(view: ResearcherView) -> dict[str, Any]:
    """Return the answer with the table of studies and the flow of documents."""
    return answer_json(view.answer) | {
        "audience": Audience.RESEARCHER.value,
        "researcher": {
            "studies": [_row(row) for row in view.studies],
            "flow": [{"words": step.words, "documents": step.documents} for step in view.flow],
        },
    }


def _row(row: StudyRow) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(row)
    lists = {name: list(getattr(row, name)) for name in ("references", *COLUMNS)}
    return plain | lists


def _grade(found: Legibility | None) -> dict[str, Any] | None:
    return None if found is None else {"flesch_kincaid": found.flesch_kincaid, "smog": found.smog}


def grade_words(view: PatientView) -> str:
    """Return how hard the view is to read beside the clinician's, in one sentence, or ""."""
    if view.grade is None or view.clinician is None:
        return ""
    here, there = (f"{each.flesch_kincaid:.0f}" for each in (view.grade, view.clinician))
    return f"Reading grade of these sentences: {here}; as clinicians read them: {there} (Flesch-Kincaid)."


def _bare(view: PatientView) -> Answer:
    """Return the answer without the arithmetic behind its shares, which JSON and the page keep."""
    sections = (
        replace(section, sentences=tuple(replace(sentence, derived=()) for sentence in section.sentences))
        for section in view.answer.sections
    )
    return replace(view.answer, sections=tuple(sections))


def patient_terminal(view: PatientView, width: int = WIDTH) -> str:
    """Return the answer in a patient's words as text, the words used under it."""
    lines = [f"{WORDS.upper()}"] if view.terms else []
    for term, means in view.terms:
        lines += textwrap.wrap(f"{term}: {means}", max(width, 30), initial_indent="- ", subsequent_indent="  ")
    graded = grade_words(view)
    lines += ["", *textwrap.wrap(graded, max(width, 30))] if graded else []
    return answer_terminal(_bare(view), width) + ("\n" + "\n".join(lines) + "\n" if lines else "")


def patient_markdown(view: PatientView) -> str:
    """Return the answer in a patient's words as markdown, the words used under it."""
    lines = ["", f"## {WORDS}", ""] if view.terms else []
    lines += [f"- **{escaped(term)}**: {escaped(means)}" for term, means in view.terms]
    graded = grade_words(view)
    lines += ["", escaped(graded)] if graded else []
    return answer_markdown(_bare(view)) + ("\n".join(lines) + "\n" if lines else "")


def researcher_terminal(view: ResearcherView, width: int = WIDTH) -> str:
    """Return the answer, the studies behind it, how it was searched, and the flow of documents."""
    width = max(width, 30)
    lines = ["THE STUDIES"] if view.studies else []
    for row in view.studies:
        numbers = "".join(f"[{number}]" for number in row.references)
        head = _head(row)
        lines += textwrap.wrap(one_line(f"{numbers} {head}"), width, subsequent_indent="    ")
        for name, cell in _cells(row):
            lines += textwrap.wrap(one_line(f"{name}: {'; '.join(cell)}"), width, initial_indent="    ",
                                   subsequent_indent="      ")  # fmt: skip
    lines += ["", *_search(view), "THE FLOW"] if view.flow else []
    lines += [f"- {step.documents:,} {step.words}" for step in view.flow]
    return answer_terminal(view.answer, width) + "\n" + "\n".join(lines) + "\n"


def _head(row: StudyRow) -> str:
    year = str(row.year) if row.year and str(row.year) not in row.label else ""
    return ", ".join(filter(None, (row.label, year, row.design, row.level)))


def _search(view: ResearcherView) -> list[str]:
    search = view.answer.search
    if search is None:
        return []
    lines = ["THE SEARCH"]
    lines += [one_line(f"- {each.words}: {each.matched:,} matched, {each.taken} taken") for each in search.steps]
    lines += [one_line(f"- only: {words}") for words in search.filters]
    lines += [one_line(f"- {number} read and not cited: {why}") for why, number in search.left_out]
    return [*lines, ""]


def researcher_markdown(view: ResearcherView) -> str:
    """Return the answer as markdown with the studies, the search and the flow under it."""
    lines = ["", "## The studies", ""] if view.studies else []
    for row in view.studies:
        numbers = "".join(f"[{number}]" for number in row.references)
        head = _head(row)
        lines.append(f"- {escaped(f'{numbers} {head}')}")
        lines += [f"    - {name}: {escaped('; '.join(cell))}" for name, cell in _cells(row)]
    search = _search(view)
    lines += ["", "## The search", "", *(f"- {escaped(each[2:])}" for each in search[1:-1])] if search else []
    lines += ["", "## The flow", ""] if view.flow else []
    lines += [f"- {step.documents:,} {step.words}" for step in view.flow]
    return answer_markdown(view.answer) + "\n".join(lines) + "\n"


def _cells(row: StudyRow) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, name in COLUMNS.items():
        cell: tuple[str, ...] = getattr(row, field)
        if cell:
            yield name, cell


def studies_table(view: ResearcherView) -> Iterator[str]:
    """Yield the table of studies as comma-separated values, no cell of which a spreadsheet computes."""
    yield line(["references", "document", "study", "year", "design", "level", *COLUMNS])
    for row in view.studies:
        numbers = " ".join(str(each) for each in row.references)
        cells = ["; ".join(getattr(row, field)) for field in COLUMNS]
        yield line([numbers, row.document, row.label, row.year, row.design, row.level, *cells])
