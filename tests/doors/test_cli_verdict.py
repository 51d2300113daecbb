"""`curbside verdict`: a question and one study in, what it suggests and on which sentences out."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.language.vocabulary import Vocabulary
from curbside.records import Block, BlockKind, Document, DocumentKind, Notice, NoticeKind, Part, PartRole, Span, sealed
from curbside.records.verdict import YesNo
from curbside.workflows.verdict import RETRACTED, suggested

STUDY = """PMID- 99000011
TI  - Sirolimus for lymphatic malformations
AB  - METHODS: We randomised 60 children. RESULTS: Mean age was 7 years. The volume of
      malformations was significantly reduced with sirolimus (p=0.001). It may stay so.
"""
VOCABULARY = Vocabulary.shipped()
QUESTION = "Does sirolimus reduce the volume of malformations?"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A record as a reference manager writes it."""
    path = tmp_path / "study.nbib"
    path.write_text(STUDY, encoding="utf-8")
    return path


def run(*given: str) -> tuple[int, str, str]:
    """Return exit code, output and notes."""
    out, err = io.StringIO(), io.StringIO()
    return main(["verdict", *given], Console(out, err)), out.getvalue(), err.getvalue()


def test_it_is_suggested_and_quoted(study: Path) -> None:
    """The words of the sentence that decided, a probability for each answer, and that it is no more than a suggestion."""
    code, out, _ = run(QUESTION, str(study))
    assert code == 0
    assert "Suggested: yes (yes " in out
    assert "a suggestion, not an answer" in out
    assert "significantly reduced with sirolimus" in " ".join(out.split())


def test_json_has_offsets(study: Path) -> None:
    """Each reason is a place in the document."""
    code, out, _ = run(QUESTION, str(study), "--json")
    (made,) = json.loads(out)["verdicts"]
    assert code == 0
    assert made["suggested"] == made["likeliest"] == "yes"
    assert all(each["end"] - each["start"] == len(each["words"]) for each in made["reasons"])
    assert sum(made["shares"].values()) == pytest.approx(1, abs=0.001)


def test_what_is_no_yes_no_question(study: Path) -> None:
    """Gets nothing suggested, with why."""
    _, out, _ = run("How is sirolimus dosed?", str(study))
    assert "Nothing suggested: the question is not one that yes or no answers." in out


def test_an_empty_question_is_refused(study: Path) -> None:
    """It is a mistake of whoever asks."""
    code, _, err = run(" ", str(study))
    assert code == 2
    assert "empty" in err


def test_no_library_no_file(tmp_path: Path) -> None:
    """What is no file is looked for in the library, which has to be there."""
    code, _, err = run("--library", str(tmp_path / "none"), QUESTION, "26504182")
    assert code == 1
    assert "There is no library" in err


def test_a_retracted_work_suggests_nothing() -> None:
    """Whatever it reports."""
    text = "Mean age was 7 years. The volume of malformations was significantly reduced with sirolimus (p=0.001)."
    span = Span(0, len(text))
    plain = Document(
        *("", text, DocumentKind.ARTICLE),
        parts=(Part(span, PartRole.ABSTRACT),),
        blocks=(Block(span, BlockKind.PARAGRAPH, 0),),
    )
    assert suggested(QUESTION, sealed(plain), VOCABULARY).verdict.says is YesNo.YES
    made = suggested(
        QUESTION, sealed(replace(plain, notices=(Notice(NoticeKind.RETRACTION, False),))), VOCABULARY
    ).verdict
    assert (made.says, made.abstains, made.reasons) == (None, RETRACTED, ())
