"""A question is nobody's business: it is not written down unless that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from journey import Person

SECRET = "quixotropic"
"""A word that stands in no document and in no vocabulary."""

QUESTION = f"Does sirolimus help my {SECRET} nephew with autoimmune cytopenia?"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holding(folder: Path, word: str) -> list[Path]:
    return [path for path in _files(folder) if word.encode() in path.read_bytes().lower()]


def test_questions_leave_no_trace(shelved: Person) -> None:
    """After asking, searching and failing, no byte of the question is in the library or in the home folder."""
    before = {path.relative_to(shelved.library) for path in _files(shelved.library)}
    shelved.types("ask", QUESTION)
    shelved.types("ask", "--json", QUESTION)
    shelved.types("search", QUESTION)
    shelved.types("search", "--advanced", f'"{SECRET}"')
    shelved.types("search", "--advanced", f"({SECRET}", code=2)
    assert _holding(shelved.folder, SECRET) == []
    after = {path.relative_to(shelved.library) for path in _files(shelved.library)}
    assert after == before


def test_questions_are_kept_where_that_is_asked_for(shelved: Person) -> None:
    """With CURBSIDE_LOG_QUESTIONS=true there is a log, one line a question, and nowhere else a trace."""
    keen = replace(shelved, settings=shelved.settings | {"CURBSIDE_LOG_QUESTIONS": "true"})
    keen.types("ask", QUESTION)
    keen.types("search", QUESTION)
    assert [path.name for path in _holding(shelved.folder, SECRET)] == ["questions.log"]
    lines = (shelved.library / "questions.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 and all(line.endswith(QUESTION) for line in lines)


def test_a_setting_that_means_nothing_is_refused(shelved: Person) -> None:
    """CURBSIDE_LOG_QUESTIONS=maybe is no reason to guess."""
    said = replace(shelved, settings=shelved.settings | {"CURBSIDE_LOG_QUESTIONS": "maybe"}).types(
        "ask", QUESTION, code=2
    )
    assert "true or false" in said.err
