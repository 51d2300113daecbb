"""Round trips: a sample of the shared records comes back whole from every form; the eval counts what does not."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from evals.roundtrips import Record, files, main, records, trip

from curbside.records import Author, Document, DocumentKind, Identifiers, Journal
from curbside.writers.holds import FIELDS, HOLDS, held, lost

SHARED = Path(os.environ.get("CURBSIDE_SHARED") or Path(__file__).parents[3] / "shared")
MADE = Document(
    "",
    "Cream for spots",
    DocumentKind.ARTICLE,
    "Cream for spots",
    "en",
    ids=Identifiers("99000001", None, "10.9999/mum.1"),
    authors=(Author("Ärmel", "Anna"), Author(collective="Red Spot Circle")),
    journal=Journal("Blood", "Blood", "", "0317-8471", "42", "5", "494-501"),
    affiliations=("Clinic; Smalltown", "Elsewhere"),
    keywords=("cold, creams",),
)


@pytest.fixture(scope="module")
def sample() -> list[Record]:
    """Some records of each file of the shared data."""
    if not (SHARED / "data/formats").is_dir():
        pytest.skip(f"{SHARED} holds no bibliographic records (set CURBSIDE_SHARED to the folder of shared data)")
    return list(records(SHARED / "data", 12))


@pytest.mark.parametrize("form", HOLDS)
def test_a_sample_comes_back_whole(sample: list[Record], form: str) -> None:
    """Every record, and every field that the form can hold; `python -m evals roundtrips` does all of them."""
    made = trip(sample, form)
    assert len(sample) > 60 and len(files(SHARED / "data")) > 20
    assert (made.back, made.problems, made.rows) == (made.sent, [], [])


@pytest.mark.parametrize("form", HOLDS)
def test_what_is_hard_comes_back(form: str) -> None:
    """A group without a group's word, an abbreviation like the title, the online ISSN alone, lists with signs in them."""
    made = trip([Record("made-up", 1, MADE), Record("made-up", 2, replace(MADE, authors=()))], form)
    assert (made.back, made.rows, made.problems) == (2, [], [])


def test_what_is_lost_is_told_by_field() -> None:
    """Only what was there and what the form can hold counts."""
    other = replace(MADE, title="Other", authors=(), affiliations=())
    assert lost(MADE, other, "csl") == ("title", "authors")
    assert lost(MADE, other, "bibtex") == ("title", "authors", "affiliations")
    assert lost(other, MADE, "csl") == ("title",)
    assert "ORCID iDs" not in held(MADE, "nbib") and "pages" in held(MADE, "nbib")


def test_each_form_names_fields_that_are_compared() -> None:
    """And every field has a form that holds it."""
    assert all(names <= set(FIELDS) for names in HOLDS.values())
    assert set().union(*HOLDS.values()) == set(FIELDS)


def test_the_eval_reports_forms_and_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object; without data a word and no failure."""
    assert main(["--shared", str(tmp_path)]) == 0
    assert "nothing was measured" in capsys.readouterr().err
    (tmp_path / "data/formats").mkdir(parents=True)
    (tmp_path / "data/sirolimus").mkdir()
    for name in ("abstracts", "facts"):
        (tmp_path / f"data/sirolimus/{name}.jsonl").write_text('{"title": "T", "pmid": "1"}\n')
    assert main(["--shared", str(tmp_path), "--rows", str(tmp_path / "rows"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["n"] == 2 and told["kept"] == dict.fromkeys(HOLDS, 1.0) and told["lost"] == {}
    assert (tmp_path / "rows").read_text() == ""
