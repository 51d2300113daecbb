"""The API and the command line tell an answer to whom they are asked to: the same quotes in other words."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_room import QUESTION, Room, small_library
from api_room import room as opened

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library that nothing here writes to."""
    return small_library(tmp_path_factory.mktemp("audience"))


@pytest.fixture(scope="module")
def room(folder: Path) -> Iterator[Room]:
    """The API over it."""
    with opened(folder) as made:
        yield made


def quotes(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """All quotes of an answer, in an order of their own."""
    found = [quote for section in answer["sections"] for each in section["sentences"] for quote in each["quotes"]]
    return sorted(found, key=lambda each: (each["document"], each["start"], each["end"]))


def asked(room: Room, audience: str) -> dict[str, Any]:
    """Ask for an audience."""
    answer = room.post("/ask", {"question": QUESTION, "audience": audience})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_patient_is_told_the_same_claims(room: Room) -> None:
    """The same quotes; claim, what stands beside it and the clinician's sentence for each; words and grades."""
    plain, told = asked(room, "clinician"), asked(room, "patient")
    assert "patient" not in plain and "audience" not in plain
    assert quotes(told) == quotes(plain) != []
    said = [each["text"] for section in plain["sections"] for each in section["sentences"]]
    assert sorted(each["said"] for each in told["patient"]["sentences"]) == sorted(said)
    shown = [each["text"] for section in told["sections"] for each in section["sentences"]]
    assert shown == [" ".join([each["claim"], *each["beside"]]) for each in told["patient"]["sentences"]]
    assert told["patient"]["grade"]["flesch_kincaid"] < told["patient"]["clinician"]["flesch_kincaid"]
    assert all(each["term"] and each["means"] for each in told["patient"]["terms"])


def test_a_researcher_is_told_the_clinicians_answer_with_its_studies(room: Room) -> None:
    """A row a study with its count and interval, and the flow from what is held to what is cited."""
    plain, told = asked(room, "clinician"), asked(room, "researcher")
    assert told["sections"] == plain["sections"]
    [row] = told["researcher"]["studies"]
    assert any("9 of 12" in words and "CI" in words for words in row["outcomes"])
    documents = [step["documents"] for step in told["researcher"]["flow"]]
    assert documents == sorted(documents, reverse=True)


def test_markdown_events_and_kept_answers_are_told_to_the_same(room: Room) -> None:
    """Wherever an answer leaves."""
    body = {"question": QUESTION, "audience": "patient"}
    assert "## Words used here" in room.post("/ask", body, headers={"Accept": "text/markdown"}).text
    assert '"audience":"patient"' in room.post("/ask/events", body).text.replace('": "', '":"')
    kept = room.post("/answers", body).json()
    assert kept["answer"]["audience"] == "patient"
    again = room.get(f"/answers/{kept['id']}", params={"audience": "researcher"}).json()
    assert again["answer"]["audience"] == "researcher" and again["changed"] is False


@pytest.mark.parametrize("audience", ["", "nobody", "Patient"])
def test_an_unknown_audience_is_refused(room: Room, audience: str) -> None:
    """By the place that is wrong."""
    answer = room.post("/ask", {"question": QUESTION, "audience": audience})
    assert answer.status_code == 422 and "audience" in answer.text


def run(folder: Path, *given: str) -> str:
    """Return what a command prints."""
    out = io.StringIO()
    assert main(["ask", "--library", str(folder), *given, QUESTION], Console(out, io.StringIO())) == 0
    return out.getvalue()


class TestOnTheCommandLine:
    """`curbside ask --audience`."""

    def test_a_patient_reads_plain_headings_and_words_explained(self, folder: Path) -> None:
        """And the reading grade; the clinician's answer is as it was."""
        told = run(folder, "--audience", "patient")
        assert "IN SHORT" in told and "WORDS USED HERE" in told and "Reading grade" in told
        assert "WORDS USED HERE" not in run(folder)

    def test_a_researcher_reads_studies_and_flow(self, folder: Path) -> None:
        """Under the clinician's answer."""
        told = run(folder, "--audience", "researcher")
        assert "THE STUDIES" in told and "THE FLOW" in told and "9 of 12" in told

    @pytest.mark.parametrize("audience", ["patient", "researcher"])
    def test_json_is_what_the_api_sends(self, folder: Path, room: Room, audience: str) -> None:
        """The same shape, the same words."""
        assert json.loads(run(folder, "--audience", audience, "--json")) == asked(room, audience)
