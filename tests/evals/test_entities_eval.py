"""The eval of entities reads PubTator's form and counts exact mentions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evals.pubtator import annotated

from evals import entities as task

TEXT = (
    "{n}|t|Sirolimus and nausea.\n{n}|a|Sirolimus caused nausea in one patient.\n{n}\t0\t9\tSirolimus\tChemical\tD020123\n"
    "{n}\t14\t20\tnausea\tDisease\tD009325\n{n}\t22\t31\tSirolimus\tChemical\t-1\n{n}\t49\t52\tone\tDisease\tD1|D2\n"
    "{n}\tCID\tD1\tD2\n\n"
)


def test_places_point_at_their_words(tmp_path: Path) -> None:
    """Title, one character, abstract; relations are passed over; "-1" is no id."""
    path = tmp_path / "gold.txt"
    path.write_text(TEXT.format(n=1), encoding="utf-8")
    (item,) = annotated(path)
    assert [(place.span.of(item.text), place.kind, place.mesh) for place in item.places] == [
        ("Sirolimus", "drug", ("D020123",)),
        ("nausea", "disease", ("D009325",)),
        ("Sirolimus", "drug", ()),
        ("one", "disease", ("D1", "D2")),
    ]


@pytest.mark.parametrize("content", ["1|t|No abstract\n", "1|t|A\n1|a|B\n1\t0\t1\tX\tChemical\tD1\n"])
def test_a_file_of_another_form_is_told(tmp_path: Path, content: str) -> None:
    """A text without abstract; words that do not stand where they should."""
    path = tmp_path / "gold.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=str(path)):
        list(annotated(path))


def test_figures_of_the_shipped_weights_and_of_folds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both ways give the same keys; rows say what was found and what was missed."""
    path, rows = tmp_path / "gold.txt", tmp_path / "rows.jsonl"
    path.write_text("".join(TEXT.format(n=n) for n in range(1, 7)), encoding="utf-8")
    assert task.main(["--gold", str(path), "--model", "shipped", "--json", "--rows", str(rows)]) == 0
    shipped = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert shipped["n"] == 6
    assert shipped["drug"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert shipped["disease"]["recall"] == pytest.approx(1 / 3, abs=0.34)
    first = json.loads(rows.read_text(encoding="utf-8").splitlines()[0])
    assert "one" in {each["words"] for each in first["missed"]}
    assert task.main(["--gold", str(path), "--json"]) == 0
    folds = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert folds["disease"]["f1"] > shipped["disease"]["f1"]  # what these texts always mark is learned
    assert set(shipped) - set(folds) == {"texts_per_second"}
