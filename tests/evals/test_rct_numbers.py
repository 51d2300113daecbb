"""The eval of numbers out of trials: missing equals missing, peers beside us on the same rows, quotes in the rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import rct_numbers

ARTICLE = """<article><front><article-meta><title-group><article-title>A trial</article-title></title-group>
</article-meta></front><body><sec><title>Results</title><table-wrap><label>Table 1</label><caption><p>Outcomes</p></caption>
<table><thead><tr><th/><th>Drug (n = 40)</th><th>Placebo (n = 41)</th></tr></thead><tbody>
<tr><td>Relapse, n (%)</td><td>10 (25)</td><td>20 (49)</td></tr>
<tr><td>Pain, mean (SD)</td><td>3.2 (1.1)</td><td>4.0 (1.3)</td></tr></tbody></table></table-wrap></sec></body></article>"""


def row(number: int, task: str, outcome: str, **fields: object) -> dict[str, object]:
    """Return a gold row; fields that are not given are missing."""
    empty = {name: "" for of in rct_numbers.FIELDS for name in rct_numbers.names(of)}
    asked = {"id": number, "pmcid": 1, "outcome_type": task, "outcome": outcome}
    return {**asked, "intervention": "drug", "comparator": "placebo", **empty, **fields}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with one article, two rows and one peer's answers."""
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "PMC1.nxml").write_text(ARTICLE, encoding="utf-8")
    relapse = {
        "intervention_events": 10,
        "intervention_group_size": 40,
        "comparator_events": 20,
        "comparator_group_size": "41",
    }
    pain = {"intervention_mean": 3.2, "intervention_standard_deviation": "", "intervention_group_size": 40}
    rows = [row(1, "binary", "relapse", **relapse), row(2, "continuous", "pain", **pain)]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    peer = {"system": "other", "task": "binary_outcomes", "id": 1, "values": {"intervention_events": 9}}
    (tmp_path / "peers.jsonl").write_text(json.dumps(peer) + "\n", encoding="utf-8")
    return tmp_path


def test_figures_of_both_tasks_and_of_peers(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row is exact where all fields are right; a field where both are missing or equal."""
    options = ["--gold", str(data / "gold.jsonl"), "--xml", str(data / "xml"), "--peers", str(data / "peers.jsonl")]
    assert rct_numbers.main([*options, "--json"]) == 0
    found = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert (found["n"], len(found["fingerprint"])) == (2, 64)
    assert found["binary"] == {"n": 1, "exact": 1.0, "fields": 1.0, "folds": [1.0, 0.0, 0.0, 0.0, 0.0]}
    assert (found["continuous"]["exact"], found["continuous"]["fields"]) == (0.0, round(2 / 6, 4))
    assert found["peers"]["binary"]["curbside"] == {"exact": 1.0, "fields": 1.0}
    assert found["peers"]["binary"]["other"] == {"exact": 0.0, "fields": 0.0}


def test_rows_carry_values_and_the_words_they_stand_on(data: Path) -> None:
    """Every value of a row has a quote with offsets."""
    out = data / "rows.jsonl"
    rct_numbers.main(["--gold", str(data / "gold.jsonl"), "--xml", str(data / "xml"), "--rows", str(out)])
    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert (first["id"], first["task"], first["values"]["comparator_events"]) == (1, "binary", 20.0)
    assert [quote["words"] for quote in first["quotes"]["comparator_events"]] == ["20"]


def test_missing_equals_missing_and_words_are_missing() -> None:
    """ "1,525" is a number, "" and "n/a" are none."""
    assert rct_numbers.number("1,525") == 1525
    assert rct_numbers.number("") is None
    assert rct_numbers.number("n/a") is None
    assert rct_numbers.same(None, None)
    assert not rct_numbers.same(None, 0.0)
