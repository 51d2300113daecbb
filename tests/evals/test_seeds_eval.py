"""The eval of typed facts: what counts as found, as absent, as invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals import seeds

PAGE = "Methods: Fifteen patients received sirolimus 2 mg/day. Results: 12 of 15 patients responded after 3 months."


def gold(field: str, kind: str, value: Any, words: str) -> dict[str, Any]:
    """Return a gold row over `words` of the page."""
    start = PAGE.index(words)
    return {
        "id": field,
        "page": "7",
        "field": field,
        "type": kind,
        "value": value,
        "start": start,
        "end": start + len(words),
    }


@pytest.mark.parametrize(
    ("kind", "wanted", "value", "words", "right"),
    [
        ("terms", ["sirolimus|rapamycin"], {"terms": ["Rapamycin"]}, "", True),
        ("terms", ["sirolimus"], ["tacrolimus"], "low-dose Sirolimus", True),
        ("number", "15", "15.0", "", True),
        ("number", "13", {"n": "13"}, "", True),
        ("count", {"k": "8", "n": "13"}, {"k": "8", "n": "13", "percent": "61.5"}, "", True),
        ("count", {"k": "8", "n": "13"}, {"k": "8"}, "", False),
        ("effect", {"measure": "HR", "level": 95, "outcome": "death"}, {"measure": "HR", "level": "95", "outcome": "death of any cause"}, "", True),
        ("quantity", {"amount": "1"}, "1", "", False),
    ],
)  # fmt: skip
def test_values_match_by_type(kind: str, wanted: Any, value: Any, words: str, right: bool) -> None:
    """Terms may stand in the value or in the words; of the rest every part that the gold names must be equal."""
    assert seeds.matches(kind, wanted, value, words) is right


@pytest.mark.parametrize(
    ("start", "end", "right"), [(0, 10, True), (5, 20, True), (6, 30, False), (2, 4, True), (10, 12, False)]
)
def test_half_of_the_words_are_covered(start: int, end: int, right: bool) -> None:
    """A fact covers at least half of the gold's words, or lies within them."""
    assert seeds.covers({"start": 0, "end": 10}, {"start": start, "end": end}) is right


def test_absent_stands_alone() -> None:
    """What the source does not state is found only where nothing else is said of the field."""
    row, none, some = (
        {"field": "dose", "type": "absent"},
        {"field": "dose", "value": None},
        {"field": "dose", "value": "1"},
    )
    assert seeds.found(row, [none], "")
    assert not seeds.found(row, [none, some], "")
    assert not seeds.found(row, [], "")


def test_numbers_without_their_digits_are_invented() -> None:
    """A dose, strength or effect may say no number that its words do not."""
    fact = {"field": "dose", "value": {"amount": "2"}, "start": 0, "end": 8}
    assert seeds.invented(fact, "1 mg/day")
    assert not seeds.invented(fact, "2 mg/day")
    assert not seeds.invented({**fact, "field": "outcome"}, "1 mg/day")


def test_a_page_is_scored_from_its_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures, rows and facts come out of the page itself; the page's name is the number of its file."""
    (tmp_path / "7_page.txt").write_text(PAGE, encoding="utf-8")
    rows = [
        gold("n", "number", "15", "Fifteen patients"),
        gold("dose", "quantity", {"amount": "2", "unit": "mg", "per": "day"}, "sirolimus 2 mg/day"),
        gold("lab", "number", "9", "Methods"),
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    options = [
        "--gold",
        str(tmp_path / "gold.jsonl"),
        "--pages",
        str(tmp_path),
        "--facts",
        str(tmp_path / "facts.jsonl"),
    ]
    assert seeds.main([*options, "--rows", str(tmp_path / "rows.jsonl"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert (figures["n"], figures["found"], figures["invented"], figures["missed"]) == (3, 2, 0, ["lab"])
    assert len(figures["fingerprint"]) == 64
    told = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {fact["page"] for fact in told} == {"7"} and len(told) == figures["facts"]
