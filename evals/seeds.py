"""Facts that a careful reader typed out of pages, asked of the study cards of the same pages.

`python -m evals seeds --gold FILE --pages DIR [--facts FILE] [--rows FILE] [--json]`. Gold is JSON Lines: `id`,
`page` (the number before the underscore of a file's name), `field`, `type`, `value`, `start`, `end`. A row is found
when a fact of its page and field matches it by the rules of its type and covers at least half of its span, or lies
within it. A number, date or quantity of a dose, strength or effect whose digits do not stand in the fact's own words is
`invented`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from curbside.language.vocabulary import Vocabulary
from curbside.records import Problem, Raw
from curbside.workflows.card import cards_of, page_of
from curbside.writers.facts import fact_json
from evals.lines import json_lines
from evals.report import fingerprint, report

Fact = Mapping[str, Any]
_LOOSE = frozenset({"outcome", "journal"})
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MEASURED = ("amount", "estimate", "low", "high")


def plain(value: object) -> str:
    """Return a value as text in lower case with single blanks."""
    return " ".join(str(value).split()).lower()


def same(one: object, other: object) -> bool:
    """Tell whether two values are the same number, or the same words where they are none."""
    try:
        return abs(float(str(one)) - float(str(other))) < 1e-9
    except ValueError:
        return plain(one) == plain(other)


def matches(kind: str, gold: Any, value: Any, words: str) -> bool:
    """Tell whether a fact's value, or for terms its words, says what a gold row of this kind says."""
    if kind == "terms":
        said = f"{plain(json.dumps(value, ensure_ascii=False))} {plain(words)}"
        return all(any(plain(other) in said for other in term.split("|")) for term in gold)
    if kind in ("number", "date"):
        return same(gold, value.get("n", "") if isinstance(value, Mapping) else value)
    if not isinstance(value, Mapping):
        return False
    return all(
        plain(part) in plain(value.get(name, "")) if name in _LOOSE else same(part, value.get(name, ""))
        for name, part in gold.items()
    )


def covers(gold: Fact, fact: Fact) -> bool:
    """Tell whether a fact stands on at least half of the gold's words, or within them."""
    shared = min(fact["end"], gold["end"]) - max(fact["start"], gold["start"])
    return shared > 0 and shared >= min((gold["end"] - gold["start"]) / 2, fact["end"] - fact["start"])


def found(gold: Fact, facts: Sequence[Fact], text: str) -> bool:
    """Tell whether a gold row is among the facts of its page and field."""
    mine = [fact for fact in facts if fact["field"] == gold["field"]]
    if gold["type"] == "absent":
        return bool(mine) and all(fact["value"] is None for fact in mine)
    return any(
        fact["value"] is not None
        and covers(gold, fact)
        and matches(gold["type"], gold["value"], fact["value"], text[fact["start"] : fact["end"]])
        for fact in mine
    )


def invented(fact: Fact, text: str) -> bool:
    """Tell whether a dose, strength or effect holds a number that does not stand in the fact's words."""
    value = fact["value"]
    if fact["field"] not in ("dose", "concentration", "effect") or not isinstance(value, Mapping):
        return False
    digits = _DIGITS.findall(text[fact["start"] : fact["end"]].replace(",", " "))
    numbers = [str(value[name]) for name in _MEASURED if name in value]
    return any(number.replace("-", "") and not any(same(number, other) for other in digits) for number in numbers)


def facts_of(path: Path, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Return the facts of a page as JSON, each naming its page."""
    page = page_of(path.name)
    return [
        {"page": page, **fact_json(fact)}
        for card in cards_of(Raw(str(path), path.read_bytes()), vocabulary)
        if not isinstance(card, Problem)
        for fact in card.card.facts
    ]


def main(arguments: Sequence[str]) -> int:
    """Score the cards of every page that the gold names and print `accuracy`, `found`, `facts` and `invented`."""
    parser = argparse.ArgumentParser(prog="python -m evals seeds", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="typed facts (JSON Lines)")
    parser.add_argument("--pages", type=Path, required=True, help="folder of the pages")
    parser.add_argument("--facts", type=Path, help="write every fact that was read here")
    parser.add_argument("--rows", type=Path, help="write each gold row with whether it was found here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    given = parser.parse_args(arguments)
    gold = list(json_lines(given.gold))
    wanted = {row["page"] for row in gold}
    paths = {page_of(path.name): path for path in sorted(given.pages.iterdir()) if page_of(path.name) in wanted}
    texts = {page: path.read_text(encoding="utf-8") for page, path in paths.items()}
    vocabulary = Vocabulary.shipped()
    facts = {page: facts_of(path, vocabulary) for page, path in paths.items()}
    rows = [{**row, "found": found(row, facts.get(row["page"], []), texts.get(row["page"], ""))} for row in gold]
    every = [fact for mine in facts.values() for fact in mine]
    for target, items in ((given.facts, every), (given.rows, rows)):
        if target is not None:
            target.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    hits = sum(row["found"] for row in rows)
    made_up = sum(fact["value"] is not None and invented(fact, texts[fact["page"]]) for fact in every)
    fields = sorted({row["field"] for row in rows})
    figures = {
        "accuracy": round(hits / len(rows), 4) if rows else 0.0,
        "found": hits,
        "facts": len(every),
        "invented": made_up,
        "missed": [row["id"] for row in rows if not row["found"]],
        "fields": {
            field: [sum(row["found"] for row in rows if row["field"] == field), sum(r["field"] == field for r in rows)]
            for field in fields
        },
    }
    report(figures, n=len(rows), fingerprint=fingerprint([given.gold, *paths.values()]), as_json=given.json)
    return 0
