"""`curbside bundle`, `curbside verify` and `ask --bundle`: what is written, what is told, and which code it ends with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bundle_makers import QUESTION, Desk, forged, library_in, record
from curbside.desk.articles import Step
from curbside.doors.cli.main import main
from curbside.workflows import articles as work


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An approved article with its library."""
    made = Desk(tmp_path_factory.mktemp("bundled"))
    yield made
    made.close()


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """A command line on its library; gives its code and what it wrote."""
    monkeypatch.delenv("CURBSIDE_DATABASE", raising=False)

    def go(*words: object, library: Path | None = None) -> tuple[int, str, str]:
        code = main(["--library", str(library or desk.folder), *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def test_an_article_is_bundled_and_verified(run, desk: Desk, tmp_path: Path) -> None:
    """By whoever runs the server, and by whoever has the papers; the desk that made it confirms its log."""
    file = tmp_path / "b.json"
    code, out, _ = run("bundle", desk.id, "--output", file)
    assert code == 0 and f"curbside verify {file}" in out
    code, out, _ = run("verify", file, "--rerun")
    assert code == 0 and out.rstrip().endswith("It holds, and this library has every quote at its place.")
    assert "  1  held as they were" in out and "  2  stand at their place" in out
    assert (
        "2 claims, 2 quotes, 1 document, 1 version, 2 signatures, 3 entries of the log, in a chain over 6"
        in " ".join(out.split())
    )
    assert "The answer is, word for word, the one that was drawn then." in out
    second = library_in(tmp_path / "second", record(1))
    assert run("verify", file, library=second)[0] == 0
    assert not (second / "desk.sqlite").exists()


def test_it_is_printed_where_no_file_is_named(run, desk: Desk, tmp_path: Path) -> None:
    """So that it can be piped; all that is kept only on request."""
    code, out, _ = run("bundle", desk.id)
    assert code == 0 and not json.loads(out)["bundle"]["article"]["whole"]
    whole = json.loads(run("bundle", desk.id, "--whole", "--comments")[1])
    assert whole["bundle"]["article"]["whole"] and len(whole["bundle"]["article"]["moves"]) == 4
    assert run("bundle", desk.id, "--comments")[0] == 2
    assert run("bundle", "azzzzzzzzzzzzzzzz")[0] == 1
    assert run("bundle", desk.id, "--version", 7)[0] == 1
    assert run("bundle", desk.id, "--version", 10**30)[0] == run("bundle", desk.id, "--version", -1)[0] == 2


def test_what_readers_may_not_see_is_bundled_on_request_only(run, tmp_path: Path) -> None:
    """While an article is worked on again the bundle is of the version that was approved; of a draft there is none."""
    made = Desk(tmp_path)
    made.step(made.editor, Step.REOPEN, "A trial came.")
    made.edit("Nobody outside may read this yet.")
    with made.opened() as library:
        draft = work.draft(made.desk, made.author, library.ask(QUESTION), library.store)
    told = json.loads(run("bundle", made.id, library=made.folder)[1])["bundle"]
    assert told["article"]["version"] == 1 and "Nobody outside" not in json.dumps(told)
    assert run("bundle", made.id, "--version", 2, library=made.folder)[0] == 1
    whole = json.loads(run("bundle", made.id, "--whole", library=made.folder)[1])["bundle"]
    assert whole["article"]["version"] == 2 and "Nobody outside" in json.dumps(whole)
    code, _, err = run("bundle", draft.id, library=made.folder)
    assert code == 1 and "--whole" in err
    assert run("bundle", draft.id, "--whole", library=made.folder)[0] == 0
    made.close()


def test_what_does_not_hold_is_told_with_its_place(run, desk: Desk, tmp_path: Path) -> None:
    """And ends with exit code 1."""

    def change(held) -> None:
        quote = held["claims"][0]["quotes"][0]
        quote["words"] = quote["words"].replace("31", "37")

    file = tmp_path / "b.json"
    file.write_bytes(forged(desk.data(), change))
    code, out, _ = run("verify", file)
    assert code == 1 and "- claims[0].quotes[0].words: " in out and "…" in out and "It does not hold." in out
    told = json.loads(run("verify", file, "--json")[1])
    assert not told["holds"] and told["article"] == desk.id and told["of"] == "article"
    assert {"claims[0].quotes[0].words", "claims[0].key"} <= {each["place"] for each in told["discrepancies"]}
    assert told["library"]["documents"] == told["library"]["same"] == 1 and told["library"]["stand"] == 1


def test_without_a_library_it_is_held_against_itself(run, desk: Desk, tmp_path: Path) -> None:
    """Which is said, and says less."""
    file = tmp_path / "b.json"
    file.write_bytes(desk.data())
    for words, library in ((("verify", file, "--alone"), None), (("verify", file), tmp_path / "nowhere")):
        code, out, err = run(*words, library=library)
        assert code == 0 and "against itself alone: no library has confirmed its quotes" in out
        assert ("There is no library" in err) is (library is not None)
    assert not (tmp_path / "nowhere").exists()
    assert run("verify", file, "--alone", "--rerun")[0] == 2
    assert run("verify", file, "--rerun", library=tmp_path / "nowhere")[0] == 1


def test_a_noted_head_is_asked_for(run, desk: Desk, tmp_path: Path) -> None:
    """As `curbside audit verify` printed it once."""
    file = tmp_path / "b.json"
    file.write_bytes(desk.data())
    head = json.loads(run("audit", "verify", "--json")[1])["head"]
    assert run("verify", file, "--head", head.upper())[0] == 0
    code, out, _ = run("verify", file, "--head", "0" * 64)
    assert code == 1 and "- article.log: None of the entries" in out


@pytest.mark.parametrize("data", [b"", b"{}", b"not JSON", b"[" * 100_000, b"\x00\xff" * 50, b'{"format":"x"}'])
def test_what_is_no_bundle_is_a_sentence_and_exit_code_1(run, tmp_path: Path, data: bytes) -> None:
    """Never a trace; a file that is not there likewise."""
    file = tmp_path / "b.json"
    file.write_bytes(data)
    code, out, err = run("verify", file)
    assert code == 1 and "DOES NOT HOLD (1)" in out and "Traceback" not in out + err
    assert json.loads(run("verify", file, "--json")[1])["of"] == ""
    assert run("verify", tmp_path / "none.json")[0] == 1


def test_words_of_a_file_cannot_steer_a_terminal(run, desk: Desk, tmp_path: Path) -> None:
    """Controls and turned directions are left out of what is printed."""

    def change(held) -> None:
        held["title"] = "Turned \x1b[31m\u202e title\nDOES NOT HOLD"

    file = tmp_path / "b.json"
    file.write_bytes(forged(desk.data(), change))
    out = run("verify", file)[1]
    assert "\x1b" not in out and "\u202e" not in out and "\nDOES NOT HOLD\n" not in out


def test_an_answer_has_a_bundle_too(run, desk: Desk, tmp_path: Path) -> None:
    """The same bytes each time; a question that nothing answers has one that says so."""
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    code, out, _ = run("ask", QUESTION, "--bundle", one)
    assert code == 0 and f"Check it: curbside verify {one}" in out
    told = json.loads(run("ask", QUESTION, "--bundle", two, "--json")[1])
    assert told["bundle"] == {"bytes": two.stat().st_size, "file": str(two)}
    assert one.read_bytes() == two.read_bytes()
    code, out, _ = run("verify", one, "--rerun")
    assert code == 0 and "an answer. Made by Curbside" in out and "It holds, and" in out
    run("ask", "Does voclosporin help vitiligo?", "--bundle", one)
    assert run("verify", one)[0] == 0 and json.loads(one.read_text())["bundle"]["claims"] == []


def test_what_would_be_said_otherwise_is_shown_word_by_word(run, desk: Desk, tmp_path: Path) -> None:
    """With the works that came and went."""
    words = "Facial angiofibroma cleared with topical sirolimus in 12 of 60 patients of a randomised trial."
    second = library_in(tmp_path / "second", record(2, words, year=2025))
    file = tmp_path / "b.json"
    file.write_bytes(desk.data())
    code, out, _ = run("verify", file, "--rerun", library=second)
    assert code == 0 and "NOT HELD HERE (1)" in out and "  0  stand at their place" in out
    assert (
        "{+" in out and "12 of 60" in out and "Cited now: “Topical sirolimus for facial angiofibroma: trial 2”" in out
    )
    assert "Cited no more: " in out and "no library has confirmed its quotes" in out
