"""The eval of stance: folds, figures, calibration; training on rows of our own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.stance import Gold, by_model, by_words, calibration, figures, measured
from training import stance as script

from curbside.inference.stance import decision, written_decision
from curbside.records import Judgement, Stance
from curbside.records.span import Span
from evals import stance

SAID = {
    "supporting": ("Our results agree with those of {} [7].", "This is in line with the trial of {} [7]."),
    "contrasting": ("In contrast to our results, {} saw none [7].", "Unlike ours, the trial of {} found harm [7]."),
    "mentioning": ("The drug was given as {} described [7].", "{} measured it by a scale [7]."),
}
ROWS = [
    {"article": f"A{at % 10}", "citation": f"C{at}", "marker": "[7]", "label": label, "sentence": words.format(name)}
    for at, (label, words, name) in enumerate(
        (label, words, name)
        for label, pair in SAID.items()
        for words in pair
        for name in ("Lee", "Kim", "Bo", "Ek", "Ray", "Sun", "Orr", "Day", "Fox", "Lam")
    )
]


def test_rows_of_an_article_share_a_fold() -> None:
    """A model never sees an article that it is asked about; another seed draws other folds."""
    articles = [row["article"] for row in ROWS]
    fold = script.folds(articles, 5, 0)
    assert len(set(zip(articles, fold))) == 10
    assert set(fold) == set(range(5))
    assert fold != script.folds(articles, 5, 1)


def test_a_row_is_a_statement_with_its_marker() -> None:
    """A marker that does not stand in the sentence is none."""
    assert script.statement(ROWS[0]).marker == Span(36, 39)
    assert script.statement({"sentence": "So.", "marker": "[7]"}).marker is None


@pytest.mark.parametrize("judge", [by_model, by_words])
def test_plain_rows_are_learnt(judge) -> None:
    """Each row judged by what other articles taught."""
    gold = Gold(ROWS)
    made = figures(gold.labels, judge(gold, 0))
    assert made["accuracy"] > 0.9


def test_figures() -> None:
    """Macro-F1 is the mean over the three classes; the error is the gap between what was said and what was right."""
    right = ["supporting", "supporting", "contrasting", "mentioning"]
    told = (Stance.SUPPORTING, Stance.CONTRASTING, Stance.CONTRASTING, Stance.MENTIONING)
    made = figures(right, [Judgement(each, 1.0) for each in told])
    assert made["accuracy"] == 0.75
    assert made["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert made["ece"] == 0.25
    assert calibration([0.95, 0.91, 0.05], [True, False, False]) == [
        {"said": 0.05, "right": 0, "n": 1},
        {"said": 0.93, "right": 0.5, "n": 2},
    ]


def test_draws_have_their_spread() -> None:
    """Figures are means over draws, the spread is between the best and the worst."""
    gold = Gold(ROWS[:2])
    good, bad = [Judgement(Stance.SUPPORTING, 0.9)] * 2, [Judgement(Stance.MENTIONING, 0.9)] * 2
    made = measured(gold, [good, bad])
    assert made["accuracy"] == 0.5
    assert made["spread"]["accuracy"] == 1
    assert [each["accuracy"] for each in made["seeds"]] == [1, 0]
    assert made["confusion"]["supporting"] == {"supporting": 1.0, "contrasting": 0.0, "mentioning": 1.0}


def test_decisions_are_written_and_read() -> None:
    """The same numbers come back."""
    made = script.decided(
        np.array([[2.0, 0, 0], [0, 0.2, 0.3], [0, 0, 2.0]]), ["supporting", "contrasting", "mentioning"]
    )
    assert decision(written_decision(made)) == made


def test_training_is_repeatable(tmp_path: Path) -> None:
    """The same rows give the same bytes, and a model that the package can read."""
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    for out in ("one", "two"):
        assert script.main(["--gold", str(tmp_path / "gold.jsonl"), "--out", str(tmp_path / out)]) == 0
    for name in ("weights.json", "decision.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_shipped_weights_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On any file of the same form, the rules beside; each row with its reason."""
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    given = ["--gold", str(tmp_path / "gold.jsonl"), "--model", "shipped", "--rows", str(tmp_path / "rows"), "--json"]
    assert stance.main(given) == 0
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert made["n"] == len(ROWS) and made["fingerprint"]
    assert made["accuracy"] > 0.6 and made["rules"]["accuracy"] > 0.6
    rows = [json.loads(line) for line in (tmp_path / "rows").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(ROWS) and all(row["reason"] for row in rows)
