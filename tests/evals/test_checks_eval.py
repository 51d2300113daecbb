"""The eval of the count check: what it plants is wrong, what it leaves is untouched, and what it counts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from evals.planting import SENTENCES, Edit, of_sentence, plant, slips

from curbside.records import Cell, Document, Span, Table, misplaced
from evals import checks

CARRIERS = {
    "percent": "In all, 34 of 120 patients (28.3%) responded.",
    "parts": "We enrolled 120 patients (70 men and 50 women).",
    "arms": "In all 120 patients were randomised to A (n = 61) or B (n = 59).",
    "shares": "In this sample, 59% of the participants were boys and 41% girls.",
    "interval": "The hazard ratio was 0.43 (95% CI 0.24-0.78).",
    "symmetry": "The hazard ratio was 0.43 (95% CI 0.24-0.78).",
    "p value": "The hazard ratio was 0.43 (95% CI 0.24-0.78; P = .005).",
    "wording": "There was no significant difference (p = 0.41).",
    "deviation": "The mean age was 45.2 ± 10.1 years (range 18-77).",
    "mean": "The mean number of seizures was 3.42 in 12 patients.",
    "dates": "Patients were seen between May 2005 and June 2008.",
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_kind_is_planted_and_found(kind: str) -> None:
    """The twin passes, the plant is doubted at the words that were changed."""
    twin = of_sentence(CARRIERS[kind])
    edits = SENTENCES[kind](twin.text, random.Random(3))
    assert edits is not None
    made = plant(kind, "sentence", "here", twin, edits)
    assert made is not None and made.twin.text == CARRIERS[kind]
    assert made.span.of(made.planted.text) == made.after != made.before
    figures = checks.scored([made], None)
    assert (figures["precision"], figures["recall"]) == (1.0, 1.0)


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_disagrees_already_is_no_carrier(kind: str) -> None:
    """A plant starts from numbers that agree."""
    assert SENTENCES[kind]("Nothing here counts 12 or 13.", random.Random(3)) is None


def test_slips_are_of_the_pen() -> None:
    """Digits swapped, one digit wrong, the point moved; never a leading zero, never the number itself."""
    made = slips("28.3", random.Random(1))
    assert {"82.3", "23.8", "283.0"} <= set(made)
    assert "28.3" not in made
    assert not [one for one in slips("10", random.Random(1)) if one.startswith("0")]


def test_spans_of_a_planted_table_hold() -> None:
    """Words behind the change move by as much as it is longer."""
    text = "A\tB\n12 (30)\t9 (20)"
    cells = tuple(
        checks_cell(text, words, row, column)
        for row, line in enumerate(text.split("\n"))
        for column, words in enumerate(line.split("\t"))
    )
    table = Table(Span(0, len(text)), cells=cells)
    twin = of_sentence(text)
    twin = Document("", text, twin.kind, parts=twin.parts, blocks=twin.blocks, tables=(table,))
    at = text.index("12")
    made = plant("percent", "table", "here", twin, [Edit(at, at + 2, "1234")])
    assert made is not None and not list(misplaced(made.planted))
    words = [cell.span.of(made.planted.text) for cell in made.planted.tables[0].cells]
    assert words == ["A", "B", "1234 (30)", "9 (20)"]
    assert plant("percent", "table", "here", twin, [Edit(at, at + 2, "12")]) is None


def checks_cell(text: str, words: str, row: int, column: int) -> Cell:
    """Return a cell where its words stand."""
    at = text.index(words)
    return Cell(Span(at, at + len(words)), row, column, header=row == 0)


def test_the_command_plants_in_what_it_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Articles and abstracts of a folder of shared data; figures, plants and flags written out."""
    data = tmp_path / "data"
    for folder in ("jats", "pubmedqa", "pico_corpus", "formats"):
        (data / folder).mkdir(parents=True)
    body = "".join(f"<p>{words}</p>" for words in CARRIERS.values())
    article = (
        '<article article-type="research-article"><front><article-meta><title-group><article-title>T</article-title>'
        f"</title-group></article-meta></front><body>{body}<p>12 of 40 (50%) died.</p></body></article>"
    )
    (data / "jats/PMC1.nxml").write_text(article, encoding="utf-8")
    (data / "pubmedqa/train.jsonl").write_text('{"pmid": "1", "contexts": ["8 of 32 (25%) died."]}\n', encoding="utf-8")
    (data / "pico_corpus/2.txt").write_text("Nobody died.", encoding="utf-8")
    (data / "formats/medline_1000.nbib").write_text("PMID- 3\nTI  - T\nAB  - 6 of 24 (25%) died.\n", encoding="utf-8")
    flags, rows = tmp_path / "flags.jsonl", tmp_path / "rows.jsonl"
    options = ["--shared", str(tmp_path), "--n", "14", "--json", "--flags", str(flags), "--rows", str(rows)]
    assert checks.main(options) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["n"] == 14 and len(rows.read_text(encoding="utf-8").splitlines()) == 14
    assert set(found["kinds"]) == set(SENTENCES)
    assert (found["precision"], found["recall"]) == (1.0, 1.0)
    assert found["flags"]["articles"] == found["flags"]["flagged"] == 1
    (flag,) = map(json.loads, flags.read_text(encoding="utf-8").splitlines())
    assert (flag["article"], flag["kind"], flag["quotes"]) == ("PMC1", "percent", ["50%", "12 of 40"])
