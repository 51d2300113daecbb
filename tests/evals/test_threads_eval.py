"""The eval of threads: what it counts as wrong, and the project's own threads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import threads

WHOLE = {"drug": ["sirolimus"], "condition": ["psoriasis"], "population": [], "route": [], "only": [], "without": []}


def row(text: str, **changed: object) -> dict[str, object]:
    """A turn and what it should be about."""
    return {"text": text, **WHOLE, "since": None, "new_subject": False, **changed}


def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str], *turns: dict[str, object]) -> dict[str, float]:
    """The figures of one thread."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "t", "kind": "k", "turns": turns}) + "\n", encoding="utf-8")
    assert threads.main(["--gold", str(gold), "--rows", str(tmp_path / "rows"), "--json"]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


FIRST = row("Does sirolimus help psoriasis?")


def test_a_thread_that_is_read_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, their alternatives, and what may be left."""
    found = scored(
        tmp_path,
        capsys,
        FIRST,
        row("and in children?", population=["child"]),
        row("only trials since 2020", population=["child"], only=["trials"], since=2020),
        row("without case reports", drug=["rapamycin|sirolimus"], population=["child"], only=["trials"], since=2020),
    )
    assert (found["carried"], found["first"], found["wrong"], found["silent"], found["n"]) == (1, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        ({"drug": ["everolimus"]}, 1),
        ({"condition": []}, 1),
        ({"population": ["adult"]}, 1),
        ({"route": ["oral"], "population": ["child"]}, 0),
        ({"only": ["guidelines"], "population": ["child"]}, 0),
        ({"since": 2001, "population": ["child"]}, 0),
        ({"without": ["case reports"], "population": ["child"]}, 0),
    ],
)
def test_a_turn_that_is_read_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wanted: dict[str, object], wrong: int
) -> None:
    """Whatever is kept and should not be is counted; whatever lacks makes the turn wrong."""
    found = scored(tmp_path, capsys, FIRST, row("and in children?", **{"population": ["child"], **wanted}))
    assert (found["carried"], found["wrong"]) == (0, wrong)
    assert (tmp_path / "rows").read_text(encoding="utf-8").count("\n") >= 1


def test_the_projects_own_threads(capsys: pytest.CaptureFixture[str]) -> None:
    """Written before the code that reads them."""
    assert threads.main(["--json"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["carried"] >= 0.95 and found["silent"] == 0
