"""The eval of yes, no and maybe: folds, figures, and that the authors' conclusion is never read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.yesno import Answered, by_frequency, by_model, by_words, figures, measured
from training import yesno as script

from evals import yesno

SAID = {
    "yes": "Pain was significantly lower with {} than with placebo (p=0.01).",
    "no": "There was no significant difference in pain between {} and placebo (p=0.6).",
    "maybe": "Pain tended to be lower with {} in women, but not in men (p=0.09).",
}
ROWS: list[dict[str, Any]] = [
    {
        "pmid": f"{label}{at}",
        "question": f"Does {name} reduce pain?",
        "sections": ["METHODS", "RESULTS"],
        "contexts": [f"We gave {name} or placebo.", f"Mean age was 50. {words.format(name)}"],
        "decision": label,
    }
    for label, words in SAID.items()
    for at, name in enumerate(("aspirin", "codeine", "ibuprofen", "heat", "rest", "cold", "yoga", "tea", "zinc", "ice"))
]
LONG = "SECRET conclusion"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Write the rows with a conclusion that nobody may read; a text may hold odd ends of lines."""
    path = tmp_path / "gold.jsonl"
    rows = [row | {script.HIDDEN: LONG, "question": f"{row['question']}\u2028"} for row in ROWS]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


def test_the_conclusion_is_never_read(gold: Path) -> None:
    """It is dropped as a line is read; a row that still has it is refused."""
    found = script.examples(gold)
    assert len(found) == len(ROWS)
    assert not any(LONG in each.document.text or "r:secret" in each.seen for each in found)
    with pytest.raises(ValueError, match="not to be read"):
        script.example(ROWS[0] | {script.HIDDEN: LONG})


def test_an_abstract_has_its_sections() -> None:
    """Each with what it does, by its label."""
    made = script.abstract(["METHODS AND RESULTS", "AIM"], ["One.", "Two."])
    assert [section.category.value for section in made.sections] == ["results", "objective"]
    assert [block.span.of(made.text) for block in made.blocks] == ["One.", "Two."]


def test_folds_hold_all_questions() -> None:
    """Evenly, and another seed draws others."""
    fold = script.folds(25, 10, 0)
    assert sorted(fold.count(part) for part in range(10)) == [2] * 5 + [3] * 5
    assert fold != script.folds(25, 10, 1)


@pytest.mark.parametrize("answer", [by_model, by_words])
def test_plain_rows_are_learnt(answer: Any) -> None:
    """Each answered by what other questions taught."""
    rows = [script.example(row) for row in ROWS]
    made = figures([each.label for each in rows], answer(rows, 0))
    assert made["accuracy"] > 0.9


def test_figures() -> None:
    """Macro-F1 is the mean over the three answers; the error is the gap between what was said and what was right."""
    right = ["yes", "yes", "no", "maybe"]
    made = figures(right, [Answered(each, (1.0, 1.0, 1.0)) for each in ("yes", "no", "no", "maybe")])
    assert made["accuracy"] == 0.75
    assert made["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert made["ece"] == 0.25


def test_draws_have_their_spread() -> None:
    """Figures are means over draws; `sure` counts answers that are likelier than not."""
    good, bad = [Answered("yes", (0.9, 0.1, 0.0))] * 2, [Answered("no", (0.4, 0.4, 0.2))] * 2
    made = measured(["yes", "yes"], [good, bad])
    assert made["accuracy"] == 0.5
    assert made["spread"]["accuracy"] == 1
    assert made["sure"] == {"n": 1.0, "accuracy": 1.0}
    assert made["confusion"]["yes"] == {"yes": 1.0, "no": 1.0, "maybe": 0.0}


def test_the_most_frequent_answer() -> None:
    """Is the same for all."""
    rows = [script.example(row) for row in (ROWS[0], ROWS[1], ROWS[10])]
    assert {each.label for each in by_frequency(rows)} == {"yes"}


def test_the_allowance_weighs_rare_answers() -> None:
    """A rare answer that scores just below is worth a few of the frequent ones."""
    scores = np.array([[1.0, -1.0, 0.4]] * 6 + [[1.0, -1.0, 0.9]] * 4)
    made = script.decided(scores, ["yes"] * 6 + ["maybe"] * 4)
    assert 0.1 < made.allowance["maybe"] < 0.6
    assert made.sharpness in script._SHARPNESS


def test_it_runs(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """The last line is one object with the keys that are relied on; rows name what each question was answered."""
    monkeypatch.setattr(yesno, "SEEDS", (0,))
    assert yesno.main(["--gold", str(gold), "--json", "--rows", str(tmp_path / "rows")]) == 0
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"accuracy", "macro_f1", "f1", "n", "fingerprint", "majority", "tfidf"} <= set(made)
    assert set(made["f1"]) == {"yes", "no", "maybe"}
    assert len((tmp_path / "rows").read_text(encoding="utf-8").splitlines()) == made["n"] == 30
    assert yesno.main(["--gold", str(gold), "--json", "--model", "shipped"]) == 0
    assert "suggested" in json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_shipped_weights_are_of_the_shared_rows() -> None:
    """Where the rows are at hand, the first of them are answered as they were learnt, nearly all."""
    shared = Path(os.environ.get("CURBSIDE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    path = shared / "data" / "pubmedqa" / "train.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:40]]
    gold = [script.example({name: value for name, value in row.items() if name != script.HIDDEN}) for row in rows]
    right = [yesno.answered(each, yesno.shipped()).label == each.label for each in gold]
    assert sum(right) >= 36
