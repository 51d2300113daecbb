"""`curbside ask --follow` and `curbside thread` at a prompt."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from test_cli_cards import prompt

NBIB = """PMID- 31000001
TI  - Sirolimus for immune thrombocytopenia in children
AB  - Twelve children with immune thrombocytopenia took sirolimus 2 mg daily. Sirolimus raised platelets in 9 of 12
      children with immune thrombocytopenia.

PMID- 31000002
TI  - Sirolimus for immune thrombocytopenia in adults: a randomised trial
AB  - In a randomised trial 40 adults with immune thrombocytopenia took sirolimus. Sirolimus raised platelets in 18
      of 40 adults with immune thrombocytopenia.
PT  - Randomized Controlled Trial

"""
FIRST = "Does sirolimus raise platelets in immune thrombocytopenia?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two works."""
    folder = tmp_path_factory.mktemp("threads")
    (folder / "two.nbib").write_text(NBIB, encoding="utf-8")
    assert prompt(folder / "library", "add", str(folder / "two.nbib"))[0] == 0
    return folder / "library"


def begun(library: Path) -> str:
    """Begin a thread and return its id."""
    code, out, _ = prompt(library, "ask", "--follow", "new", FIRST)
    assert code == 0
    return re.findall(r"^Thread ([A-Za-z0-9_-]{22})$", out, re.M)[0]


def test_a_thread_is_begun_followed_shown_and_forgotten(library: Path) -> None:
    """What is carried over stands above each answer; the id below it."""
    id = begun(library)
    code, out, _ = prompt(library, "ask", "--follow", id, "and", "in", "adults?")
    assert code == 0
    assert "Carried over: sirolimus (drug) from question 1" in out.replace("\n", " ")
    assert "18 of 40 adults" in out.replace("\n", " ") and "9 of 12" not in out and id in out
    code, out, _ = prompt(library, "ask", "--follow", id, "--drop", "adult", "only trials", "--json")
    plain = json.loads(out)
    assert plain["thread"]["turn"] == 3 and plain["thread"]["id"] == id
    assert [each["words"] for each in plain["thread"]["dropped"]] == ["adult"]
    assert plain["understood"]["filters"] == {"evidence": ["randomised trial", "non-randomised trial"]}
    code, out, _ = prompt(library, "thread", id)
    assert out.count("Carried over:") == 2 and out.startswith(f"1. {FIRST}\n2. and in adults?\n")
    assert len(json.loads(prompt(library, "thread", id, "--json")[1])["turns"]) == 3
    assert prompt(library, "thread", id, "--forget")[0] == 0
    assert prompt(library, "thread", id)[0] == 1
    assert prompt(library, "ask", "--follow", id, "which dose?")[0] == 1


def test_a_plain_question_begins_no_thread(library: Path) -> None:
    """Nothing of it is written down; it says what could be asked next, and how."""
    before = sorted(path for path in library.rglob("*") if path.is_file())
    code, out, _ = prompt(library, "ask", FIRST)
    assert code == 0 and "To ask next:" in out and "ask --follow new" in out.replace("\n", " ")
    assert json.loads(prompt(library, "ask", FIRST, "--json")[1])["thread"] is None
    assert sorted(path for path in library.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--drop", "adult", FIRST), "--follow"),
        (("--follow", "new", "--drop", "adult", FIRST), "carries over nothing"),
        (("--follow", "nonsense", FIRST), "No thread"),
    ],
)
def test_what_is_asked_wrongly(library: Path, given: tuple[str, ...], said: str) -> None:
    """Each is told what is wrong."""
    code, _, err = prompt(library, "ask", *given)
    assert code in (1, 2) and said in err


def test_a_chip_that_is_not_there(library: Path) -> None:
    """It is said what the question before is about."""
    code, _, err = prompt(library, "ask", "--follow", begun(library), "--drop", "topical", "which dose?")
    assert code == 2 and "immune thrombocytopenia" in err


def test_where_nothing_is_kept_there_are_no_threads(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said which setting decides."""
    monkeypatch.setenv("CURBSIDE_KEEP_QUESTIONS", "0")
    code, _, err = prompt(library, "ask", "--follow", "new", FIRST)
    assert code == 2 and "CURBSIDE_KEEP_QUESTIONS" in err


def test_only_takes_everyday_names(library: Path) -> None:
    """`--only trials` is `--design` with both kinds of trial."""
    found = json.loads(prompt(library, "ask", "--only", "trials", "--json", FIRST)[1])
    assert found["understood"]["filters"] == {"evidence": ["randomised trial", "non-randomised trial"]}
