"""`curbside check`: disagreements with both quotes, exit codes, JSON, a table that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.records import Check, Checked, CheckKind, Document, DocumentKind, Quote, Span, Verdict
from curbside.writers.checks import COLUMNS, checked_text, checks_csv, tally
from curbside.writers.table import line

WRONG = "Of 120 patients, 34 (82.3%) responded.\n\n12 of 40 (30%) improved. It was seen in 7 (3%).\n"
RIGHT = "12 of 40 (30%) improved.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURBSIDE_LIBRARY", str(tmp_path / "library"))

    def running(*arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        return main(arguments, Console(out, err)), out.getvalue(), err.getvalue()

    return running


def test_a_disagreement_is_told_with_arithmetic_and_both_quotes(run, tmp_path: Path) -> None:
    """Exit code 1; how many agreed and how many could not be checked stands below."""
    (tmp_path / "m.txt").write_text(WRONG, encoding="utf-8")
    code, out, err = run("check", "m.txt")
    assert (code, err) == (1, "")
    assert "1. 34 of 120 is 28.3 %, not 82.3 %." in out
    assert "34 / 120 = 28.333 %; printed 82.3 %" in out
    assert "“82.3%” (21-26)" in out and "“120 patients, 34” (3-19)" in out
    assert out.rstrip().endswith("1 disagrees; 1 agrees; 1 could not be checked.")
    assert not (tmp_path / "library").exists()


def test_everything_is_told_when_asked_for(run, tmp_path: Path) -> None:
    """What agrees is marked, what could not be checked says why."""
    (tmp_path / "m.txt").write_text(WRONG, encoding="utf-8")
    _, out, _ = run("check", "--all", "m.txt")
    assert "(agrees)" in out
    assert "Could not check: The sentence does not say of how many." in out


def test_nothing_wrong_ends_with_0(run, tmp_path: Path) -> None:
    """Also where nothing could be compared."""
    (tmp_path / "m.txt").write_text(RIGHT, encoding="utf-8")
    assert run("check", "m.txt") == (0, "None disagrees; 1 agrees; 0 could not be checked.\n", "")
    (tmp_path / "n.txt").write_text("Nothing is counted here.\n", encoding="utf-8")
    assert run("check", "n.txt")[:2] == (0, "Nothing was found that could be held against each other.\n")


def test_standard_input_and_json(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One object with tallies and every check; offsets are those of the text."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    code, out, _ = run("check", "-", "--json")
    found = json.loads(out)
    assert code == 1 and found["problems"] == []
    (document,) = found["documents"]
    assert (document["disagrees"], document["agrees"], document["could_not_check"]) == (1, 1, 1)
    for check in document["checks"]:
        for quote in check["quotes"]:
            assert WRONG[quote["start"] : quote["end"]] == quote["words"]


def test_a_table_for_spreadsheets(run, tmp_path: Path) -> None:
    """One row a check under a head; the table and JSON at once are refused."""
    (tmp_path / "m.txt").write_text(WRONG, encoding="utf-8")
    code, out, _ = run("check", "--csv", "m.txt")
    rows = list(csv.reader(io.StringIO(out)))
    assert code == 1 and tuple(rows[0]) == COLUMNS and len(rows) == 4
    assert rows[1][2:5] == ["percent", "disagrees", "34 of 120 is 28.3 %, not 82.3 %."]
    assert run("check", "--csv", "--json", "m.txt")[0] == 2


def test_what_cannot_be_read_is_said(run, tmp_path: Path) -> None:
    """A file that is none of the formats, and one that is not there."""
    (tmp_path / "m.bin").write_bytes(b"\x00\x01\x02\xff" * 50)
    code, out, _ = run("check", "m.bin")
    assert code == 1 and "m.bin: The file is binary data" in out
    code, out, err = run("check", "m.bin", "--csv")
    assert code == 1 and out.splitlines() == [",".join(COLUMNS)] and "m.bin" in err
    code, _, err = run("check", "nowhere.txt")
    assert code == 1 and "nowhere.txt" in err


def checked(words: str) -> tuple[Document, Checked]:
    """Return a document whose one quote has these words."""
    document = Document("d" + "0" * 20, words, DocumentKind.PAGE, title="=1+1")
    quote = Quote(document.id, Span(0, len(words)), words)
    check = Check(CheckKind.PERCENT, Verdict.DISAGREES, (quote,), "= 3", "It is wrong.")
    return document, Checked(document.id, (check,))


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_words_of_a_text_are_no_formulas(words: str) -> None:
    """Titles, arithmetic and quotes that a spreadsheet would compute get an apostrophe."""
    (row,) = csv.reader(io.StringIO("".join(checks_csv(*checked(words)))))
    cells = dict(zip(COLUMNS, row))
    assert cells["title"] == "'=1+1" and cells["arithmetic"] == "'= 3"
    assert not cells["quotes"].startswith(("=", "+", "-", "@", "\t"))
    assert line(COLUMNS).startswith("document,title,kind")


def test_text_is_folded_and_harmless() -> None:
    """Line breaks and steering signs of a quote do not reach the terminal."""
    document, result = checked("82\n\x1b[31m.3 %")
    told = checked_text(document, result, 60)
    assert "\x1b" not in told and "82" in told
    assert tally(result) == "1 disagrees; 0 agree; 0 could not be checked."
