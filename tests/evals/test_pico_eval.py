"""The eval of abstract spans reads brat's form, trains by folds and counts tokens and exact spans."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training import pico_naming
from training.pico import (
    GROWN,
    Prepared,
    arms_apart,
    fitted,
    kinds_of,
    parts,
    rounded,
    sides_of,
    weights,
    write,
    write_classes,
)
from training.pico_reading import abstracts, labelled
from training.trees import grown

from curbside.extract.pico import Tagger
from curbside.extract.pico_models import LINES, MODELS, TREES, Model
from evals import pico as task

DRUGS = ("zelvonib", "brixomab", "tonadizole", "quarfenib", "mirolimus", "pexotinib", "lanudrol", "sovetam")


def folder(path: Path, times: int = 1) -> Path:
    """Write a small corpus of made-up trials and return its folder."""
    for number, drug in enumerate(DRUGS * times):
        size = 40 + number
        text = (
            f"Trial of {drug} versus placebo. {2 * size} women were randomized to {drug} (n = {size}) or placebo "
            f"(n = {size}). Response was {20 + number}% with {drug} and {10 + number}% with placebo.\r\n"
        )
        marks = [
            ("intervention", drug, 0),
            ("control", "placebo", 0),
            ("total-participants", f"{2 * size}", 0),
            ("intervention-participants", f"{size})", 0),
            ("control-participants", f"{size})", 1),
            ("outcome", "Response", 0),
            ("iv-bin-percent", f"{20 + number}%", 0),
            ("cv-bin-percent", f"{10 + number}%", text.index("Response") * 0),
            ("ethinicity", "women", 0),
        ]
        lines: list[str] = []
        for place, (kind, words, skip) in enumerate(marks):
            at = text.index(words)
            if skip:
                at = text.index(words, at + 1)
            words = words.rstrip(")")
            lines.append(f"T{place}\t{kind} {at} {at + len(words)}\t{words}")
        (path / f"{number:03}.txt").write_bytes(text.encode())
        (path / f"{number:03}.ann").write_text("\n".join([*lines, "#1\tAnnotatorNotes T1\tx", ""]), encoding="utf-8")
    return path


def test_marks_become_labels(tmp_path: Path) -> None:
    """Offsets hold through Windows line ends; numbers get a kind and a side, with whether the side changed."""
    first = abstracts(folder(tmp_path))[0]
    assert ("ethnicity", first.text.index("women"), first.text.index("women") + 5) in first.spans
    assert labelled(first, ("intervention",))[:4] == ["O", "O", "B-intervention", "O"]
    assert kinds_of(first) == ["total", "size", "size", "bin-percent", "bin-percent"]
    assert sides_of(first) == ["If", "Cd", "Id", "Cd"]


@pytest.mark.parametrize("line", ["T1\tage", "T1\tage x y\twords"])
def test_a_line_that_is_no_span_is_told(tmp_path: Path, line: str) -> None:
    """File and line are named; so is a folder without abstracts."""
    with pytest.raises(ValueError, match=r"no \.ann files"):
        abstracts(tmp_path)
    (tmp_path / "a.txt").write_text("Aged 50.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.ann:1"):
        abstracts(tmp_path)


def test_weights_learn_and_are_written_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is trained; what was learnt carries over to a drug that was not among the rows."""
    for settings in (*GROWN.values(), *pico_naming.GROWN.values()):
        monkeypatch.setitem(settings, "rounds", 10)
        monkeypatch.setitem(settings, "seeds", 1)
    (tmp_path / "in").mkdir()
    given = abstracts(folder(tmp_path / "in", 3))
    made = weights(Prepared(given, {"women": 1}), range(len(given)))
    assert set(made.models) == set(MODELS) and set(made.lines) == set(LINES) and set(made.trees) == set(TREES)
    text = given[0].text.replace("zelvonib", "arbudrol")
    told = {span.kind: span.span.of(text) for span in Tagger(made).tag(text)}
    assert told["total-participants"] == "80" and told["iv-bin-percent"] == "20%" and told["cv-bin-percent"] == "10%"
    for name in ("one", "two"):
        write(made, tmp_path / name)
        write_classes({"women": 1, "men": 1, "in": 0}, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_trees_answer_as_those_that_were_trained() -> None:
    """Flattened trees give scikit-learn's own answers; a class without a row is next to impossible."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    chance = np.random.default_rng(1)
    rows = chance.normal(size=(300, 5)).astype(np.float32)
    rows[chance.random(rows.shape) < 0.2] = np.nan
    labels = (np.nan_to_num(rows[:, 0]) + np.nan_to_num(rows[:, 1]) > 0).astype(np.int64)
    model = HistGradientBoostingClassifier(
        max_iter=5, learning_rate=0.1, max_leaf_nodes=6, min_samples_leaf=15, l2_regularization=5, max_features=0.3,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    theirs = model.fit(rows, labels).predict_proba(rows)[:, 1]
    two = grown(rows, labels, classes=2, rounds=5, leaves=6, rate=0.1)
    assert np.allclose(two.chances(rows).ravel(), theirs, atol=1e-6)
    three = grown(rows, labels, classes=3, rounds=5, leaves=6, rate=0.1).chances(rows)
    assert three.shape == (300, 3) and np.allclose(three.sum(axis=1), 1) and three[:, 2].max() < 0.1


def test_folds_share_what_they_left_out(tmp_path: Path) -> None:
    """A tagger of arms that saw neither of two folds serves both; the parts of an abstract are its fold's."""
    given = folder(tmp_path, 2)
    told = task.arms(given, (0, 3))
    assert set(told) == {i for i in range(16) if i % 5 in (0, 3)}
    assert [len(leaning) for leaning in told.values()] == [len(task.prepared(given).abstracts[i].tokens) for i in told]
    chosen = [i for i in range(16) if i % 5 != 0]
    assert parts(chosen)[2] == [3, 8, 13] == sorted(arms_apart(task.prepared(given), chosen, [3, 8, 13]))


def test_weights_are_rounded_where_they_stand() -> None:
    """Cutting a CRFsuite file's weights leaves its answers nearly as they were; other files are refused."""
    rows = [([["a"], ["b"]], ["X", "Y"]), ([["b"], ["a"]], ["Y", "X"])] * 3
    made = fitted(rows, {"c1": 0.01, "c2": 0.1})
    assert rounded(made) == made
    chances = Model(made).chances([["a"], ["b"]], 2)
    assert chances[0]["X"] > 0.7 and chances[1]["Y"] > 0.7
    with pytest.raises(ValueError, match="not a CRFsuite file"):
        rounded(b"lCRF" + b"\0" * 60)


def test_tokens_and_exact_spans_are_counted(tmp_path: Path) -> None:
    """A span a word too long keeps its tokens and loses its ends; rare classes are not scored."""
    given = abstracts(folder(tmp_path, 3))
    right = {
        each.name: [{"class": kind, "start": start, "end": end} for kind, start, end in each.spans] for each in given
    }
    figures = task.scored(given, right)
    assert set(figures["f1"].values()) == {1.0} == set(figures["span"].values()) and figures["macro_f1"] == 1.0
    for each in given:
        right[each.name] = [row | {"end": row["end"] + 2} for row in right[each.name] if row["class"] == "outcome"]
    figures = task.scored(given, right)
    assert figures["span"]["outcome"] == 0 and figures["recall"]["outcome"] == 1 and figures["f1"]["control"] == 0
    assert "age" not in figures["f1"]


def test_shipped_weights_are_scored_on_any_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line is one object with size, fingerprint and figures; rows hold the spans."""
    rows = tmp_path / "rows.jsonl"
    (tmp_path / "in").mkdir()
    given = folder(tmp_path / "in")
    assert task.main(["--dir", str(given), "--model", "shipped", "--json", "--rows", str(rows)]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["n"] == 8 and len(figures["fingerprint"]) == 64 and figures["too_few"]["control"] == 8
    assert [json.loads(line)["id"] for line in rows.read_text().splitlines()] == [f"{i:03}" for i in range(8)]


def test_the_baseline_reads_the_same_tokens(tmp_path: Path) -> None:
    """A plain tagger learns the made-up trials by folds too."""
    given = abstracts(folder(tmp_path, 2))
    told = task.plain(given, 0)
    assert set(told) == {each.name for each in given[0::5]}
    assert all({"class", "start", "end"} <= set(row) for rows in told.values() for row in rows)
    assert any(row["class"] == "total-participants" for rows in told.values() for row in rows)
