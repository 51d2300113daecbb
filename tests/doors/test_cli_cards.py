"""`curbside facts` and `curbside study` at a prompt."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main

PAGE = (
    "Methods: Fifteen patients received oral sirolimus 2 mg/day. Results: 12 of 15 patients responded after 3 months.\n"
)
NBIB = "PMID- 31000001\nTI  - Sirolimus for refractory thrombocytopenia\nAB  - Twelve children took sirolimus; 9 of 12 responded.\n\n"


def prompt(library: Path, *arguments: str) -> tuple[int, str, str]:
    """Carry out `curbside …` and return exit code, output and remarks."""
    out, err = io.StringIO(), io.StringIO()
    code = main(["--library", str(library), *arguments], Console(out, err, width=100))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with a number before its name."""
    path = tmp_path / "017_page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_facts_of_a_file_need_no_library(page: Path, tmp_path: Path) -> None:
    """Each fact is an object on a line, with offsets into the file as it lies there."""
    code, out, _ = prompt(tmp_path / "nowhere", "facts", str(page), "--json")
    facts = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and not (tmp_path / "nowhere").exists()
    assert {fact["page"] for fact in facts} == {"017"}
    assert all(PAGE[fact["start"] : fact["end"]] == fact["words"] for fact in facts)
    assert ("dose", {"amount": "2", "unit": "mg", "per": "day"}) in [(fact["field"], fact["value"]) for fact in facts]


def test_facts_name_their_page_as_wished(page: Path, tmp_path: Path) -> None:
    """What the facts call their file may be given."""
    _, out, _ = prompt(tmp_path, "facts", str(page), "--page", "mine", "--json")
    assert {json.loads(line)["page"] for line in out.splitlines()} == {"mine"}


def test_facts_for_people(page: Path, tmp_path: Path) -> None:
    """Values stand before their words; what is missing is said."""
    code, out, _ = prompt(tmp_path, "facts", str(page))
    assert code == 0
    assert "2 mg/day" in out and "12 of 15, 3 month" in out and "not stated" in out


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is named, and nothing is printed."""
    code, out, err = prompt(tmp_path, "facts", str(tmp_path / "none.txt"))
    assert (code, out) == (1, "") and "none.txt" in err


def test_the_card_of_a_document_in_the_library(tmp_path: Path) -> None:
    """By any of its ids; as JSON with the fields that are not stated."""
    (tmp_path / "one.nbib").write_text(NBIB, encoding="utf-8")
    assert prompt(tmp_path / "library", "add", str(tmp_path / "one.nbib"))[0] == 0
    code, out, _ = prompt(tmp_path / "library", "study", "31000001")
    assert code == 0 and "9 of 12" in out and "not stated" in out
    _, out, _ = prompt(tmp_path / "library", "study", "31000001", "--json")
    (card,) = json.loads(out)["cards"]
    assert card["fields"]["n"][0]["value"] == "12"
    assert "dose" in {fact["field"] for fact in card["not_stated"]}


def test_an_id_that_is_not_held(tmp_path: Path) -> None:
    """It is refused in words."""
    (tmp_path / "one.nbib").write_text(NBIB, encoding="utf-8")
    prompt(tmp_path / "library", "add", str(tmp_path / "one.nbib"))
    code, _, err = prompt(tmp_path / "library", "study", "99999999")
    assert code == 1 and "99999999" in err
