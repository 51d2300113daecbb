"""Cards of a dozen abstracts of our own: what a careful reader would type out of each, and what must never be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.records import Raw
from curbside.workflows.card import Carded, cards_of
from curbside.writers.facts import fact_json

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/facts/abstracts.jsonl").read_text(encoding="utf-8").splitlines()
]


def facts_of(title: str, text: str) -> list[dict[str, Any]]:
    """Return the facts of an abstract that came as a record."""
    record = f"PMID- 1\nTI  - {title}\nAB  - {text}\n\n".encode()
    found = [
        each for each in cards_of(Raw("case.nbib", record, "nbib"), Vocabulary.shipped()) if isinstance(each, Carded)
    ]
    assert all(fact.quote.holds_in(each.document) for each in found for fact in each.card.facts)
    return [fact_json(fact) for each in found for fact in each.card.facts]


def says(wanted: Any, fact: dict[str, Any]) -> bool:
    """Tell whether a fact says what is wanted: null for not stated, words that occur in it, parts that are equal."""
    value = fact["value"]
    if wanted is None or value is None:
        return wanted is None and value is None
    if isinstance(wanted, list):
        said = (json.dumps(value, ensure_ascii=False) + fact["words"]).lower()
        return all(word in said for word in wanted)
    if isinstance(wanted, str):
        return value == wanted
    if not isinstance(value, dict):
        return False
    return all(
        value.get(name) == part if name != "outcome" else part in value.get(name, "") for name, part in wanted.items()
    )


@pytest.mark.parametrize("case", CASES, ids=[case["title"][:40] for case in CASES])
def test_what_a_careful_reader_would_type(case: dict[str, Any]) -> None:
    """Every fact is found under its field with its value, and nothing that would mislead."""
    facts = facts_of(case["title"], case["text"])
    by_field = {field: [fact for fact in facts if fact["field"] == field] for field, _ in case["facts"] + case["never"]}
    missed = [row for row in case["facts"] if not any(says(row[1], fact) for fact in by_field[row[0]])]
    assert missed == []
    assert [row for row in case["never"] if any(says(row[1], fact) for fact in by_field[row[0]])] == []
    absent = {fact["field"] for fact in facts if fact["value"] is None}
    assert not absent & {fact["field"] for fact in facts if fact["value"] is not None}
