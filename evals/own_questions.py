"""Sixty questions of our own over the starter shelf and the sirolimus set, written before any answer was seen.

`python -m evals own_questions --shared DIR [--gold FILE] [--kind WORDS] [--rows FILE] [--json]`

A row of `evals/own_questions.jsonl` is a row of `evals.questions` with an `id`, a `kind` ("dose", "harms by route" …),
and in `where` the place of each required fact in its source, so that anyone can check it. It is right when every `must`
is found in what the answer says, no `must_not` is found in a sentence of it, every `must_cite` is found in a cited
source's file name or identifiers, and it declines if and only if it should. What an answer looked for and did not find
reads "not stated: " and the facet.

`accuracy` is the share of rows that are right, `facts` the share of required facts that are said, `invented` how many
rows say something forbidden, `direct` the share of rows whose first fact stands in the answer's first section,
`by_kind` the accuracy of each kind. With `--rows` each row and its answer are written as JSON Lines.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curbside.records import Answer, Raw
from curbside.shelf import notes
from curbside.wiring import Library
from evals.questions import NOT_STATED, opened
from evals.report import fingerprint, report

GOLD = Path(__file__).parent / "own_questions.jsonl"
SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row came out: what is wrong with its answer, how many facts were said, and whether the first came first."""

    faults: tuple[str, ...]
    said: int
    direct: bool


def sources(shared: Path) -> list[Path | Raw]:
    """The starter shelf and the sirolimus set: abstracts and full texts."""
    folder = shared / "data" / "sirolimus"
    shelf = [Raw(origin, data, "markdown") for origin, data in notes()]
    return [*shelf, folder / "abstracts.jsonl", *sorted((folder / "fulltext").glob("*.nxml"))]


@contextmanager
def library_of(given: Sequence[Path | Raw]) -> Iterator[Library]:
    """Open a library of these sources, without vectors; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "library", "words", given) as library:
        yield library


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read rows from a JSON Lines file."""
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").split("\n") if line.strip()]


def wording(answer: Answer) -> tuple[str, str]:
    """Return an answer's sentences, one a line, and the same with what was looked for and not found."""
    sentences = "\n".join(sentence.text for sentence in answer.sentences)
    absent = "".join(f"\n{NOT_STATED}: {absence.facet}" for absence in answer.absences)
    return sentences, sentences + absent


def judged(row: Mapping[str, Any], answer: Answer) -> Outcome:
    """Hold an answer to its row; see the module."""
    sentences, said = wording(answer)
    cited = "\n".join(f"{Path(entry.origin).name} {entry.ids}" for entry in answer.references)
    missed = [fact for fact in row["must"] if not re.search(fact, said, re.IGNORECASE)]
    faults = [f"misses {fact!r}" for fact in missed]
    faults += [f"says {fact!r}" for fact in row["must_not"] if re.search(fact, sentences, re.IGNORECASE)]
    faults += [f"does not cite {name}" for name in row["must_cite"] if not re.search(name, cited)]
    if answer.declined != row["declines"]:
        faults.append("declines" if answer.declined else "does not decline")
    first = "\n".join(sentence.text for part in answer.sections[:1] for sentence in part.sentences)
    direct = bool(row["must"]) and re.search(row["must"][0], first or said, re.IGNORECASE) is not None
    return Outcome(tuple(faults), len(row["must"]) - len(missed), direct)


def figures_of(rows: Sequence[Mapping[str, Any]], outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Sum rows up; see the module."""
    asked = sum(len(row["must"]) for row in rows)
    with_facts = sum(bool(row["must"]) for row in rows)
    kinds: dict[str, list[bool]] = {}
    for row, outcome in zip(rows, outcomes, strict=True):
        kinds.setdefault(row["kind"].split(",")[0], []).append(not outcome.faults)
    return {
        "accuracy": round(sum(not outcome.faults for outcome in outcomes) / len(rows), 4),
        "facts": round(sum(outcome.said for outcome in outcomes) / asked, 4) if asked else 1.0,
        "invented": sum(any(fault.startswith("says") for fault in outcome.faults) for outcome in outcomes),
        "direct": round(sum(outcome.direct for outcome in outcomes) / with_facts, 4) if with_facts else 1.0,
        "by_kind": {kind: round(sum(right) / len(right), 4) for kind, right in sorted(kinds.items())},
    }


def shown(row: Mapping[str, Any], outcome: Outcome, answer: Answer) -> dict[str, object]:
    """Return what `--rows` writes of a row."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "question": row["question"],
        "right": not outcome.faults,
        "faults": outcome.faults,
        "declined": answer.declined,
        "sections": {part.heading: [sentence.text for sentence in part.sentences] for part in answer.sections},
        "absences": [absence.facet for absence in answer.absences],
    }


def main(arguments: Sequence[str]) -> int:
    """Run the eval; exit status 0, or 1 where there is nothing to ask."""
    parser = argparse.ArgumentParser(prog="python -m evals own_questions", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of shared data")
    parser.add_argument("--gold", type=Path, default=GOLD, help="rows of the same form")
    parser.add_argument("--kind", default="", help="only rows whose kind holds these words")
    parser.add_argument("--rows", type=Path, help="file to write each row's faults and answer to")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    rows = [row for row in read_rows(given.gold) if given.kind in row["kind"]]
    if not rows:
        print(f"no row of {given.gold} is of kind {given.kind!r}")
        return 1
    with library_of(sources(given.shared)) as library:
        answers = [library.ask(row["question"]) for row in rows]
    outcomes = [judged(row, answer) for row, answer in zip(rows, answers, strict=True)]
    if given.rows:
        lines = [
            json.dumps(shown(row, outcome, answer), ensure_ascii=False)
            for row, outcome, answer in zip(rows, outcomes, answers, strict=True)
        ]
        given.rows.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    mark = fingerprint([given.gold, given.shared / "data" / "sirolimus"])
    report(figures_of(rows, outcomes), n=len(rows), fingerprint=mark, as_json=given.json)
    return 0
