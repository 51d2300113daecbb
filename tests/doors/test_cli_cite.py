"""`curbside cite`: works in every style, to the terminal, as JSON, into a file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import get_args

import pytest

from curbside.client.calls import Style as ClientStyle
from curbside.doors.api.citation_forms import Style
from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.writers import CITATIONS

PAPER = {
    "pmid": "31000001",
    "doi": "10.9999/jip.1",
    "title": "Sirolimus for refractory spots",
    "authors": [{"family": "Lindqvist", "given": "Per"}],
    "journal": {"title": "Journal of Invented Paediatrics", "abbreviation": "J Inv Paed"},
    "date": "2019-03-02",
    "volume": "7",
    "issue": "3",
    "pages": "141-149",
    "abstract": "Nine of 12 children improved.",
}
OTHER = {"pmid": "31000002", "title": "RETRACTED: Everolimus for spots", "year": 2011, "journal": "Blood"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two works; a note names the first of them."""
    tmp_path = tmp_path_factory.mktemp("cited")
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(each) + "\n" for each in (PAPER, OTHER)))
    (tmp_path / "note.jsonl").write_text(json.dumps({"pmid": "31000001", "kind": "note", "title": "My note"}) + "\n")
    folder = tmp_path / "library"
    assert said(folder, "add", str(tmp_path / "papers.jsonl"), str(tmp_path / "note.jsonl"))[0] == 0
    return folder


def said(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, output and remarks of one command."""
    out, err = io.StringIO(), io.StringIO()
    code = main(["--library", str(folder), *words], Console(out, err))
    return code, out.getvalue(), err.getvalue()


def test_works_are_cited_in_the_order_of_their_ids(library: Path) -> None:
    """By any identifier, each work once, from the article and not from a note about it."""
    code, out, _ = said(library, "cite", "31000002", "10.9999/jip.1", "31000001")
    assert code == 0
    assert out.splitlines() == [
        "RETRACTED: Everolimus for spots. Blood. 2011. PMID: 31000002. Retracted publication.",
        "Lindqvist P. Sirolimus for refractory spots. J Inv Paed. 2019;7(3):141-9. doi: 10.9999/jip.1. PMID: 31000001.",
    ]


@pytest.mark.parametrize("style", CITATIONS)
def test_every_style_is_offered(library: Path, style: str) -> None:
    """Each names the title, and as JSON the same."""
    code, out, _ = said(library, "cite", "31000001", "--style", style)
    assert code == 0 and "for refractory spots" in out
    told = json.loads(said(library, "cite", "31000001", "--style", style, "--json")[1])
    assert told["style"] == style and told["citations"][0]["text"] == out.rstrip("\n")
    assert told["citations"][0]["work"].startswith("w") and told["citations"][0]["document"].startswith("d")


def test_a_file_is_written_whole(library: Path, tmp_path: Path) -> None:
    """And can be added again."""
    target = tmp_path / "refs.bib"
    code, out, _ = said(library, "cite", "31000001", "31000002", "--style", "bibtex", "--file", str(target))
    assert code == 0 and str(target) in out
    assert target.read_text(encoding="utf-8").count("@article{") == 2
    code, out, _ = said(tmp_path / "second", "add", str(target), "--json")
    assert code == 0
    assert "Lindqvist P." in said(tmp_path / "second", "cite", "31000001")[1]


def test_what_is_not_held_cannot_be_cited(library: Path) -> None:
    """A word and exit code 1; a style that there is none of is misuse."""
    code, _, err = said(library, "cite", "99999999")
    assert code == 1 and "99999999" in err
    assert said(library, "cite", "31000001", "--style", "chicago")[0] == 2


def test_api_and_client_name_every_form() -> None:
    """One table; the API's and the client's lists are held against it."""
    assert set(get_args(Style)) == set(get_args(ClientStyle)) == set(CITATIONS)
