"""Numbers of trials out of tables and text: `python -m evals rct_numbers --gold F --xml DIR [--peers F…] [--rows F]`.

Each row names outcome, intervention and comparator of one article, and which of two tables is wanted: counts and group
sizes (binary) or means, standard deviations and group sizes (continuous). Nothing else of the row is used. A field is
right where both sides are missing or the numbers are equal; a row is exact where all its fields are right.

`exact` and `fields` are shares over rows and over fields; `folds` the exact share in five folds by article (nothing is
learned here, so they show how steady the figure is). With `--peers` (files of {"system", "task", "id", "values"}) each
peer is scored in the same run on the rows it answered, with Curbside on these same rows beside it. `--rows` writes one
JSON line a row: {"id", "task", "values", "quotes"}, quotes with offsets into the text that the reader makes.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curbside.extract.evidence import Evidence, read_evidence
from curbside.extract.finding import find
from curbside.readers import read
from curbside.records import Compared, Comparison, Document, Raw, Side, Value, sealed
from evals.lines import json_lines
from evals.report import fingerprint, report

FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "binary": (("events", "count"), ("group_size", "total")),
    "continuous": (("mean", "mean"), ("standard_deviation", "deviation"), ("group_size", "total")),
}
"""Task -> (field of the rows without its side, attribute of `Side`)."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what is right and what was found; fields as the gold names them, missing ones None."""

    id: int
    task: str
    article: str
    gold: Mapping[str, float | None]
    found: Mapping[str, float | None]
    quotes: Mapping[str, list[dict[str, Any]]]


def number(value: object) -> float | None:
    """Return a field's number; "" and what is no number are missing."""
    text = str(value if value is not None else "").replace(",", "").strip()
    try:
        return float(text)
    except ValueError:
        return None


def names(task: str) -> list[str]:
    """Return the fields of a task."""
    return [f"{side}_{name}" for side in ("intervention", "comparator") for name, _ in FIELDS[task]]


def values(task: str, compared: Compared) -> dict[str, Value | None]:
    """Return what was found, by field."""
    sides: dict[str, Side] = {"intervention": compared.intervention, "comparator": compared.comparator}
    return {f"{side}_{name}": getattr(found, place) for side, found in sides.items() for name, place in FIELDS[task]}


def quoted(value: Value) -> list[dict[str, Any]]:
    """Return the words that a value stands on, with offsets, and its arithmetic where it is computed."""
    marks: dict[str, Any] = {"arithmetic": value.arithmetic} if value.arithmetic else {}
    return [
        {"words": quote.words, "start": quote.span.start, "end": quote.span.end, "printed": value.printed, **marks}
        for quote in value.quotes
    ]


def document(folder: Path, article: str) -> Document:
    """Read an article of the folder.

    Raises:
        FileNotFoundError: if the folder does not hold it.
        ValueError: if it is no JATS article.
    """
    path = next((p for p in (folder / f"PMC{article}{end}" for end in (".nxml", ".xml")) if p.exists()), None)
    if path is None:
        raise FileNotFoundError(f"{folder} holds no PMC{article}.nxml")
    for reading in read(Raw(str(path), path.read_bytes(), "jats")):
        if isinstance(reading.record, Document):
            return sealed(reading.record)
    raise ValueError(f"{path} is no article")


def scored(gold: Sequence[Mapping[str, Any]], folder: Path) -> list[Row]:
    """Ask every row of its article; each article is read once."""
    articles: dict[str, Evidence] = {}
    rows: list[Row] = []
    for row in gold:
        task, article = str(row["outcome_type"]), str(row["pmcid"])
        if article not in articles:
            articles[article] = read_evidence(document(folder, article))
        asked = Comparison(row["outcome"], row["intervention"], row["comparator"], task == "binary")
        found = values(task, find(asked, articles[article]))
        right = {name: number(row.get(name)) for name in names(task)}
        ours = {name: value.number if value else None for name, value in found.items()}
        quotes = {name: quoted(value) for name, value in found.items() if value}
        rows.append(Row(int(row["id"]), task, article, right, ours, quotes))
    return rows


def same(one: float | None, two: float | None) -> bool:
    """Tell whether two fields are equal; missing equals missing."""
    return one == two or (one is not None and two is not None and abs(one - two) < 1e-9)


def shares(pairs: Iterable[tuple[Mapping[str, float | None], Mapping[str, float | None]]]) -> dict[str, float]:
    """Return the share of exact rows and of right fields over (right, found) pairs."""
    rows = exact = fields = right = 0
    for gold, found in pairs:
        hits = sum(same(value, found.get(name)) for name, value in gold.items())
        rows, exact = rows + 1, exact + (hits == len(gold))
        fields, right = fields + len(gold), right + hits
    return {"exact": round(exact / rows, 4) if rows else 0.0, "fields": round(right / fields, 4) if fields else 0.0}


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures of each task, over all rows and by folds of articles."""
    made: dict[str, Any] = {}
    for task in FIELDS:
        mine = [row for row in rows if row.task == task]
        order = {article: place for place, article in enumerate(sorted({row.article for row in mine}))}
        folds = [[row for row in mine if order[row.article] % FOLDS == fold] for fold in range(FOLDS)]
        made[task] = {
            "n": len(mine),
            **shares((row.gold, row.found) for row in mine),
            "folds": [shares((row.gold, row.found) for row in fold)["exact"] for fold in folds],
        }
    return made


def beside(rows: Sequence[Row], files: Sequence[Path]) -> dict[str, Any]:
    """Score what peers answered, each with Curbside on the same rows."""
    by_id = {row.id: row for row in rows}
    answers: dict[tuple[str, str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for path in files:
        for answer in json_lines(path):
            task = str(answer["task"]).partition("_")[0]
            row = by_id.get(int(answer["id"]))
            if row is not None and row.task == task:
                answers[task, str(answer["system"])][row.id] = answer["values"]
    made: dict[str, Any] = {}
    for task in FIELDS:
        systems = {system: given for (of, system), given in answers.items() if of == task}
        shared = sorted({row for given in systems.values() for row in given})
        made[task] = {
            "n": len(shared),
            "curbside": shares((by_id[row].gold, by_id[row].found) for row in shared),
            **{
                system: shares(
                    (by_id[row].gold, {name: number(given[row].get(name)) for name in by_id[row].gold}) for row in given
                )
                for system, given in sorted(systems.items())
            },
        }
    return made


def main(arguments: Sequence[str]) -> int:
    """Score the rows and print `binary.…`, `continuous.…` and, with peers, `peers.TASK.SYSTEM.…`."""
    parser = argparse.ArgumentParser(prog="python -m evals rct_numbers", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="rows, JSON Lines")
    parser.add_argument("--xml", type=Path, required=True, help="folder of the articles, PMC….nxml")
    parser.add_argument("--peers", type=Path, nargs="*", default=[], help="what other systems answered")
    parser.add_argument("--rows", type=Path, help="write each row's values with their quotes here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    gold = list(json_lines(options.gold))
    rows = scored(gold, options.xml)
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row in rows:
                record = {"id": row.id, "task": row.task, "values": row.found, "quotes": row.quotes}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    made = figures(rows)
    if options.peers:
        made["peers"] = beside(rows, options.peers)
    inputs = [options.gold, options.xml, *options.peers]
    report(made, n=len(rows), fingerprint=fingerprint(inputs), as_json=options.json)
    return 0
