"""The eval of support: folds, figures; training on rows of our own; what is shipped."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training import support as script

from curbside.inference.scripted import ScriptedEncoder
from curbside.inference.support import RARITY, Vectors, laid_out, shipped, vectors, written_vectors
from evals import support

SAID = {
    "Supports": "{} reduced bleeding in children.",
    "Refutes": "{} did not reduce bleeding in children.",
    "Neutral": "The weather was mild in spring.",
}
NAMES = ("Lee", "Kim", "Bo", "Ek", "Ray", "Sun", "Orr", "Day", "Fox", "Lam")
ROWS = [
    {"claim": f"{name} reduced bleeding in children", "evidence": words.format(name), "label": label, "question": name}
    for label, words in SAID.items()
    for name in NAMES
]


def test_rows_of_a_question_share_a_fold() -> None:
    """A model never sees a question that it is asked about; another seed draws other folds."""
    groups = [row["question"] for row in ROWS]
    fold = script.folds(groups, 5, 0)
    assert len(set(zip(groups, fold.tolist()))) == len(NAMES)
    assert set(fold.tolist()) == set(range(5))
    assert fold.tolist() != script.folds(groups, 5, 1).tolist()


def test_plain_rows_are_learnt() -> None:
    """By words, and with an encoder; the commonest label knows nothing."""
    gold = support.Gold(ROWS)
    by = {"words": support.by_words(gold, 0), "both": support.by_both(gold, ScriptedEncoder(), 0)}
    assert all(support.figures(gold.labels, found)["accuracy"] > 0.9 for found in by.values())
    assert support.figures(gold.labels, support.by_majority(gold, 0))["macro_f1"] < 0.4


def test_figures() -> None:
    """F1 by label, and their mean."""
    made = support.figures(["Supports", "Refutes", "Neutral", "Neutral"], ["Supports", "Neutral", "Neutral", "Neutral"])
    assert made["accuracy"] == 0.75
    assert made["f1"] == {"Supports": 1.0, "Refutes": 0.0, "Neutral": pytest.approx(0.8)}
    assert made["macro_f1"] == pytest.approx(0.6)


def test_vectors_come_back() -> None:
    """As written, in half precision."""
    made = Vectors("v1", np.ones(4, dtype=np.float32), np.full((17, 3), 0.5, dtype=np.float32))
    back = vectors(written_vectors(made))
    assert back.version == "v1"
    assert np.array_equal(back.columns, made.columns) and np.array_equal(back.centre, made.centre)
    assert laid_out(np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32), made.centre).shape == (4, 17)


def test_the_shipped_weights_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """On any file of the same form; keys as described."""
    monkeypatch.setenv("CURBSIDE_ENCODER", "off")
    gold = tmp_path / "gold.csv"
    gold.write_text(
        "claim,evidence,label,question\n" + "".join(",".join(row.values()) + "\n" for row in ROWS), encoding="utf-8"
    )
    assert support.main(["--gold", str(gold), "--model", "shipped", "--json", "--rows", str(tmp_path / "rows")]) == 0
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert made["n"] == len(ROWS) and made["fingerprint"] and made["encoder"] == ""
    assert set(made["f1"]) == set(SAID) and 0 < made["macro_f1"] <= 1
    assert len((tmp_path / "rows").read_text(encoding="utf-8").splitlines()) == len(ROWS)


def test_what_is_shipped_is_small() -> None:
    """Below a megabyte."""
    assert sum(path.stat().st_size for path in script.SHIPPED.iterdir()) < 1_000_000
    assert json.loads(shipped(RARITY))
