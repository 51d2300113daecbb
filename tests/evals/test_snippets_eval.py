"""The eval of snippets: what is asked, what is the same, and how figures are made."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training import ranker as script

from evals import snippets


def written(path: Path, rows: dict[str, list[str]]) -> Path:
    """Write questions with their snippets, each in an article of its own."""
    lines = [
        {
            "body": body,
            "snippets": [{"text": text, "document": f"d/{text[:3]}", "beginSection": "abstract"} for text in own],
        }
        for body, own in rows.items()
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_same_words_are_one_snippet(tmp_path: Path) -> None:
    """A snippet of two questions stands once and is right for both; questions that recur are not asked."""
    path = written(tmp_path / "a.jsonl", {"What is A?": ["A is b.", "a  is B"], "And C?": ["A is b.", "C is d."]})
    held = script.snippets_of([path])
    assert len(held.texts) == 2
    assert [each.own for each in held.questions] == [{0}, {0, 1}]
    again = script.snippets_of([path], script.asked_in([written(tmp_path / "b.jsonl", {"what is a": ["x y"]})]))
    assert [each.text for each in again.questions] == ["And C?"]
    assert len(again.texts) == 2


def test_figures_are_those_of_their_definitions() -> None:
    """Precision at right places over the number of right ones; gains of 0 and 1; F1 of what is taken."""
    made = snippets.Made(np.array([[4, 7, 9]]), np.array([[0.9, 0.5, 0.4]]))
    asked = [script.Asked("q", frozenset({4, 9}))]
    found = snippets.figures(made, asked, (0.6, 0.0))
    assert found["map@10"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)
    assert found["ndcg@10"] == pytest.approx((1 + 0.5) / (1 + 1 / np.log2(3)), abs=1e-4)
    assert found["f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_it_runs_without_an_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words alone are measured, and what is missing is told."""
    monkeypatch.setattr(snippets, "installed", lambda: None)
    names = ("sirolimus", "ubrogepant", "dapsone", "everolimus", "tacrolimus", "rituximab")
    rows = {
        f"What does {name} do?": [f"{name} helped {n} people.", f"{n} took {name} daily."]
        for n, name in enumerate(names)
    }
    gold = written(tmp_path / "gold.jsonl", rows)
    assert snippets.main(["--gold", str(gold), "--model", "shipped", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["n"] == len(names)
    assert figures["map@10"] == figures["words"]["map@10"] > 0.9
    assert "fusion" in figures["skipped"]


def test_training_learns_what_is_right() -> None:
    """A figure that tells right from wrong is found; the same rows give the same weights."""
    draw = np.random.default_rng(1)
    right = draw.random((40, 6)) < 0.3
    rows = np.stack([right + 0.1 * draw.random((40, 6)), draw.random((40, 6))], axis=-1).astype(np.float32)
    lists = script.Lists(np.tile(np.arange(6), (40, 1)), rows, right, ("good", "noise"))
    ranker = script.learnt(lists, right.sum(axis=1).tolist(), networks=1)
    scores = script.scored(ranker, lists)
    assert scores[right].min() > scores[~right].max()
    assert np.array_equal(scores, script.scored(script.learnt(lists, right.sum(axis=1).tolist(), networks=1), lists))
    weights = script.near_learnt(lists)
    assert weights["good"] > abs(weights["noise"])
