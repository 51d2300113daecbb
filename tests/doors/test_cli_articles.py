"""`curbside articles`: what an operator sees and takes along, and what ends with which code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from article_makers import AT, article, claim, version, word
from curbside.doors.cli.main import main
from curbside.records import ArticleState, Move, Role
from curbside.store.desk import SqlDesk
from desk_makers import person

SIGNED, DRAFT = "a" + "s" * 16, "a" + "d" * 16


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """A command line on a desk with an approved article, a later version of it being reviewed, and a draft."""
    for name in ("CURBSIDE_DATABASE", "CURBSIDE_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    library = tmp_path / "library"
    desk = SqlDesk.beside(library)
    with desk.writing() as change:
        for number, role in ((1, Role.AUTHOR), (2, Role.REVIEWER), (3, Role.EDITOR)):
            change.put(person(number, role))
        for id in (SIGNED, DRAFT):
            change.articles.make(replace(article(), id=id), AT)
        signed = replace(article(), id=SIGNED, state=ArticleState.APPROVED, approved=1)
        change.articles.put(signed, AT)
        approved = Move(AT, person(3).id, ArticleState.APPROVED, 1, "")
        change.articles.say(SIGNED, (word(claim(1), 2, number=1), word(claim(2), 2, number=2), approved))
        later = version(2, claim(1, "Words that nobody has approved."), why="A word.")
        reviewed = replace(signed, state=ArticleState.UNDER_REVIEW, version=later, versions=2)
        change.articles.add_version(reviewed, AT)
    desk.close()

    def go(*words: str) -> tuple[int, str, str]:
        code = main(["--library", str(library), "articles", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def approve(tmp_path: Path) -> None:
    """Let the signed article stand as approved."""
    desk = SqlDesk.beside(tmp_path / "library")
    with desk.writing() as change:
        change.articles.put(replace(change.articles.get(SIGNED), state=ArticleState.APPROVED), AT)
    desk.close()


def test_lists_what_is_approved_and_with_all_the_rest(run, tmp_path: Path) -> None:
    """By id, state, version and title."""
    assert "--all" in run()[1]
    approve(tmp_path)
    assert SIGNED in run()[1] and DRAFT not in run()[1]
    told = json.loads(run("list", "--all", "--json")[1])["articles"]
    assert {each["id"]: each["state"] for each in told} == {SIGNED: "approved", DRAFT: "draft"}
    assert set(told[0]) == {"id", "title", "state", "author", "versions", "approved", "news", "changed"}


def test_shows_what_was_approved_and_with_all_what_stands(run) -> None:
    """The version under review only for whoever asks for it."""
    code, out, _ = run("show", SIGNED)
    assert code == 0 and "Sentence 1 says something." in out and "nobody has approved" not in out
    assert "Signed by Person 2" in out and "Under review" in out
    assert "Words that nobody has approved." in run("show", SIGNED, "--all")[1]
    told = json.loads(run("show", SIGNED, "--all", "--version", "1", "--json")[1])
    assert (told["id"], told["version"], told["state"]) == (SIGNED, 1, "under review")
    assert "Sentence 1 says something." in told["text"]


def test_a_draft_is_written_out_only_where_that_is_asked_for(run) -> None:
    """And says that it is one."""
    for words in (("show", DRAFT), ("export", DRAFT), ("show", SIGNED, "--version", "2")):
        code, out, err = run(*words)
        assert code == 1 and not out and "--all" in err
    assert "Draft. Nobody has reviewed it." in run("show", DRAFT, "--all")[1]


def test_writes_files(run, tmp_path: Path) -> None:
    """Text to standard output or a file, what is no text to a file alone; the same twice."""
    pytest.importorskip("docx", reason="needs python-docx: pip install 'curbside[documents]'")
    assert run("export", SIGNED, "--format", "html")[1].startswith("<!DOCTYPE html>")
    places = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for place in places:
        code, out, _ = run("export", SIGNED, "--format", "docx", "--output", str(place), "--json")
        assert code == 0 and json.loads(out)["bytes"] == place.stat().st_size
    assert places[0].read_bytes() == places[1].read_bytes() and places[0].read_bytes().startswith(b"PK")
    code, out, err = run("export", SIGNED, "--format", "docx")
    assert code == 2 and not out and "--output" in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show",), 2),
        (("list", SIGNED), 2),
        (("show", SIGNED, "--version", "-1"), 2),
        (("export", SIGNED, "--format", "exe"), 2),
        (("show", "azzzzzzzzzzzzzzzz", "--all"), 1),
        (("show", SIGNED, "--version", "9", "--all"), 1),
    ],
)
def test_what_cannot_be_done_ends_with_a_code(run, words: tuple[str, ...], code: int) -> None:
    """And one line that says why."""
    got, out, err = run(*words)
    assert got == code and not out and err.startswith("curbside: ")
