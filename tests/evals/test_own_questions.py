"""The evals of our own questions and of coverage: their rows are whole, and an answer is held to them as they say."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.own_questions import judged, library_of, read_rows

from curbside.language.vocabulary import Vocabulary
from curbside.records import Raw
from curbside.wiring import Library
from evals import coverage, own_questions

PAGE = b"""# Sirolimus in psoriasis

Sirolimus 2 mg was taken daily in psoriasis. Of 20 patients with psoriasis, 12 responded to sirolimus.
"""
ROW: dict[str, Any] = {
    "id": "q",
    "kind": "efficacy",
    "question": "Does sirolimus work in psoriasis?",
    "must": [r"\b12\b"],
    "must_not": [],
    "must_cite": [],
    "declines": False,
}
VOCABULARY = Vocabulary.shipped()
TOPIC: dict[str, Any] = {
    "id": "k",
    "question": ROW["question"],
    "drug": ["sirolimus"],
    "condition": ["psoriasis"],
    "documents": [],
    "facets": [
        {"facet": "response", "must": [r"\b12\b"], "where": ""},
        {"facet": "harm", "must": ["rash"], "where": ""},
    ],
}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """A library of a single page."""
    with library_of([Raw("page.md", PAGE, "markdown")]) as opened:
        yield opened


def test_every_fact_has_its_place() -> None:
    """As many places as facts, patterns that compile, names that are known, and no id twice."""
    rows = read_rows(own_questions.GOLD)
    assert len(rows) == len({row["id"] for row in rows}) == 60
    for row in rows:
        assert len(row["must"]) == len(row["where"]), row["id"]
        assert row["must"] or row["declines"], row["id"]
        assert all(re.compile(pattern) for pattern in [*row["must"], *row["must_not"]])
    topics = read_rows(coverage.GOLD)
    assert len(topics) == len({topic["id"] for topic in topics}) == 20
    for topic in topics:
        assert len(topic["facets"]) >= 6
        assert all(facet["where"] and facet["must"] for facet in topic["facets"])
        assert all(VOCABULARY.expansions(name) for name in [*topic["drug"], *topic["condition"]]), topic["id"]


def test_an_answer_is_held_to_its_row(library: Library) -> None:
    """Said and forbidden facts, sources cited, and silence where silence is right."""
    answer = library.ask(ROW["question"])
    assert judged(ROW, answer).faults == ()
    assert judged({**ROW, "must": ["rash"]}, answer).faults == ("misses 'rash'",)
    assert judged({**ROW, "must_not": ["responded"]}, answer).faults == ("says 'responded'",)
    assert judged({**ROW, "must_cite": ["elsewhere"]}, answer).faults == ("does not cite elsewhere",)
    assert judged({**ROW, "declines": True}, answer).faults == ("does not decline",)


def test_what_is_not_stated_counts_with_its_facet(library: Library) -> None:
    """A pattern can ask that nothing states it, and of what."""
    answer = library.ask("Does sirolimus cause a rash in psoriasis?")
    sentences, said = own_questions.wording(answer)
    assert said.startswith(sentences)
    assert said.count("not stated: ") == len(answer.absences)


def test_facets_held_and_missed(library: Library) -> None:
    """And each sentence with whether it is off the subject, a person's judgement first."""
    answer = library.ask(TOPIC["question"])
    subject = coverage.Subject(TOPIC, VOCABULARY)
    found = coverage.covered(TOPIC, answer, library, subject, {})
    assert (found.held, found.missed) == (("response",), ("harm",))
    assert not any(found.sentences.values())
    mark = next(iter(found.sentences))
    assert coverage.covered(TOPIC, answer, library, subject, {("k", mark): True}).sentences[mark]
    figures = coverage.figures_of([TOPIC], [found], set())
    assert (figures["coverage"], figures["off_subject"], figures["on_subject"]) == (0.5, 0.0, 1.0)


@pytest.mark.parametrize(
    ("sentence", "headings", "title", "off"),
    [
        ("Sirolimus was stopped in two.", "", "", False),
        ("Plaque psoriasis is common.", "", "", False),
        ("Tacrolimus helped psoriasis.", "", "", True),
        ("Half of them responded.", "Sirolimus", "", False),
        ("Half of them responded.", "Results", "Sirolimus in adults", False),
        ("Tacrolimus caused a tremor.", "Results", "Psoriasis treatment", True),
        ("Half of them responded.", "Results", "Migraine", True),
    ],
)
def test_off_the_subject(sentence: str, headings: str, title: str, off: bool) -> None:
    """What a sentence names, else the headings over it, else its source's title."""
    assert coverage.Subject(TOPIC, VOCABULARY).off(sentence, headings, title) is off


def test_what_is_wrongly_called_not_stated(library: Library) -> None:
    """A facet that the list holds may not be denied; one that it says nobody states may."""
    answer = library.ask("Which harms does sirolimus cause in psoriasis?")
    subject = coverage.Subject(TOPIC, VOCABULARY)
    harms = [absence.facet for absence in answer.absences if absence.facet.startswith("harms")]
    listed = {**TOPIC, "facets": [{"facet": "harms", "must": ["rash"], "where": ""}]}
    gap = {**TOPIC, "facets": [{"facet": "harms, or that none is stated", "must": ["rash"], "where": ""}]}
    assert list(coverage.covered(listed, answer, library, subject, {}).denied) == harms != []
    assert coverage.covered(gap, answer, library, subject, {}).denied == ()


def test_figures_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A kind without rows is said; rows are read line by line at line feeds alone."""
    assert own_questions.main(["--kind", "no such kind"]) == 1
    assert "no row" in capsys.readouterr().out
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "a\u2028b"}, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert read_rows(path) == [{"text": "a\u2028b"}]
