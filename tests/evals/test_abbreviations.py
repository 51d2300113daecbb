"""The eval of abbreviations reads Ab3P's form and counts pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import abbreviations

GOLD = """12345
A trial of methotrexate.
Methotrexate (MTX) and blood pressure (BP) were given to the left ventricle.
  MTX|Methotrexate
  LV|left  ventricle
// a remark

67890
Nothing is shortened here.
"""


def test_documents_and_pairs_are_read() -> None:
    """A number opens a document, two blanks a pair, two slashes a remark."""
    first, second = abbreviations.texts(GOLD)
    assert first.pairs == {("MTX", "Methotrexate"), ("LV", "left ventricle")}
    assert "remark" not in first.text
    assert second.text == "Nothing is shortened here."


def test_a_line_before_the_first_number_is_told() -> None:
    """A file of another form is refused with the line."""
    with pytest.raises(ValueError, match="line 1"):
        abbreviations.texts("Some title\n")


def test_figures_and_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One right, one missed, one too many: half and half."""
    gold, rows = tmp_path / "gold.txt", tmp_path / "rows.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    assert abbreviations.main(["--gold", str(gold), "--json", "--rows", str(rows)]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["n"], figures["precision"], figures["recall"], figures["pairs"]) == (2, 0.5, 0.5, 2)
    assert json.loads(rows.read_text(encoding="utf-8").splitlines()[0]) == {
        "id": "12345",
        "missed": [["LV", "left ventricle"]],
        "wrong": [["BP", "blood pressure"]],
    }
