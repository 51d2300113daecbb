"""Every eval is run by name and ends on one line that says how much was scored and on which bytes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "cases" / "sentences"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m evals` with arguments, from the root of the project."""
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def test_a_task_is_one_of_the_table() -> None:
    """An unknown task is refused with the list of tasks; help is given with status 0."""
    refused = run("nothing-of-the-kind")
    assert refused.returncode == 2
    assert "sentences" in refused.stderr
    assert run("--help").returncode == 0
    assert run().returncode == 2


def test_every_task_of_the_table_has_its_module() -> None:
    """The table names modules that are there."""
    listed = run("--help").stderr.rsplit("tasks:", 1)[1]
    for name in listed.split(","):
        assert (ROOT / "evals" / f"{name.strip()}.py").is_file()


def test_the_last_line_is_one_object() -> None:
    """`n`, `fingerprint` and the three cutters stand in the last line; ours holds its floor and leads."""
    pytest.importorskip("pysbd")
    pytest.importorskip("sentencesplit")
    done = run("sentences", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    expected = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(GOLD.glob("*.jsonl")))).hexdigest()
    assert figures["fingerprint"] == expected
    assert figures["n"] == sum(len(path.read_text(encoding="utf-8").splitlines()) for path in GOLD.glob("*.jsonl"))
    assert figures["f1.curbside"] >= 0.97
    assert figures["f1.curbside"] > max(figures["f1.sentencesplit"], figures["f1.pysbd"])


def test_gold_elsewhere(tmp_path: Path) -> None:
    """Another folder of cases is scored on its own; an empty one is refused with a remedy."""
    assert run("sentences", "--gold", str(tmp_path)).returncode == 2
    row = {"text": "One. Two.", "sentences": ["One.", "Two."]}
    (tmp_path / "mine.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    figures = json.loads(run("sentences", "--gold", str(tmp_path), "--json").stdout.strip().splitlines()[-1])
    assert (figures["n"], figures["f1.curbside.mine"]) == (1, 1.0)
