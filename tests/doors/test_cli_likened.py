"""`curbside similar` and `curbside summary` at a prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_cards import prompt

NBIB = """PMID- 31000001
TI  - Sirolimus for immune thrombocytopenia in children
AB  - Twelve children with immune thrombocytopenia took sirolimus. Sirolimus raised platelets in 9 of 12 children. In
      conclusion, sirolimus may be effective in immune thrombocytopenia.

PMID- 31000002
TI  - Immune thrombocytopenia treated with sirolimus
AB  - Adults with immune thrombocytopenia took sirolimus; platelets rose in most of them.

"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two works."""
    folder = tmp_path_factory.mktemp("likened")
    (folder / "two.nbib").write_text(NBIB, encoding="utf-8")
    assert prompt(folder / "library", "add", str(folder / "two.nbib"))[0] == 0
    return folder / "library"


def test_similar_shows_works_with_why(library: Path) -> None:
    """And says where there are fewer than were asked for."""
    code, out, _ = prompt(library, "similar", "31000001")
    assert code == 0
    assert "Similar research: 1 of 1" in out and "why: also on sirolimus; immune thrombocytopenia" in out
    assert "Only 1 work of this library" in out and "No post or question" in out


def test_similar_as_json_has_the_same(library: Path) -> None:
    """With ids and places."""
    code, out, _ = prompt(library, "similar", "31000001", "--json")
    found = json.loads(out)
    assert code == 0
    assert [each["title"] for each in found["works"]["results"]] == ["Immune thrombocytopenia treated with sirolimus"]
    assert found["works"]["results"][0]["why"][0]["concepts"] == ["d:sirolimus"]


def test_similar_takes_a_number_within_reason(library: Path) -> None:
    """More is a mistake of whoever asks."""
    code, _, err = prompt(library, "similar", "31000001", "--limit", "1000")
    assert code == 2 and "from 0 to 60" in err


def test_summary_shows_the_short_of_it_and_how_it_was_made(library: Path) -> None:
    """Each sentence with its place."""
    code, out, _ = prompt(library, "summary", "31000001")
    assert code == 0
    assert "In conclusion, sirolimus may be effective in immune thrombocytopenia." in out
    assert "abstract only" in out and "Made by rule from the document's own words" in out
    assert "Not stated in the abstract:" in out


def test_summary_as_json_has_quotes(library: Path) -> None:
    """That hold in the document's text."""
    code, out, _ = prompt(library, "summary", "31000001", "--json")
    made = json.loads(out)
    text = json.loads(prompt(library, "show", made["document"], "--json")[1])["documents"][0]["text"]
    assert code == 0 and made["basis"] == "abstract only" and made["generated"]
    sentences = [*made["tldr"], *(each for section in made["sections"] for each in section["sentences"])]
    for sentence in sentences:
        assert all(text[quote["start"] : quote["end"]] == quote["words"] for quote in sentence["quotes"])


def test_what_is_not_held_is_said(library: Path) -> None:
    """With an exit code of its own."""
    assert prompt(library, "similar", "99999999")[0] == 1
    assert prompt(library, "summary", "99999999")[0] == 1
