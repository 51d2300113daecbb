"""Records out of Curbside and in again: `python -m evals roundtrips --shared DIR [--most N] [--rows F]`.

Every record of the bibliographic data (MEDLINE tagged text and XML, PubMed XML, PMC articles, OpenAlex works, the
abstracts and articles about sirolimus) is written in each form of reference managers and read with our reader of that
form. `kept.FORM` is the share of the fields that came back, of those that a record has and that the form can hold by
`curbside.writers.holds.HOLDS`; `lost.FORM.FIELD` counts the others; `records.FORM` is how many records came back.
`--rows` writes a JSON line for each field lost: {"form", "field", "file", "line", "before", "after"}.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from curbside.readers import read
from curbside.records import Document, Raw
from curbside.writers.citations import CITATIONS
from curbside.writers.holds import FIELDS, HOLDS, held, lost
from evals.report import fingerprint, report


@dataclass(frozen=True, slots=True)
class Record:
    """A record and where it came from."""

    file: str
    line: int
    document: Document


@dataclass(slots=True)
class Trip:
    """What came of one form.

    Attributes:
        sent, back: records written and read.
        fields: fields that the records have and the form holds.
        lost: those of them that did not come back, counted by field.
        rows: each of them, for `--rows`.
        problems: what the reader said.
    """

    sent: int = 0
    back: int = 0
    fields: int = 0
    lost: Counter[str] = field(default_factory=Counter[str])
    rows: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    problems: list[str] = field(default_factory=list[str])


def files(data: Path) -> list[Path]:
    """Return the files of bibliographic records below the shared data."""
    formats = sorted(path for path in (data / "formats").rglob("*") if path.is_file() and path.suffix != ".txt")
    sirolimus = data / "sirolimus"
    return [
        *formats,
        sirolimus / "abstracts.jsonl",
        sirolimus / "facts.jsonl",
        *sorted((sirolimus / "fulltext").glob("*.nxml")),
    ]


def records(data: Path, most: int | None = None) -> Iterator[Record]:
    """Yield the records of each file, at most `most` of one."""
    for path in files(data):
        readings = (each for each in read(Raw(path.name, path.read_bytes())) if isinstance(each.record, Document))
        for reading in islice(readings, most):
            assert isinstance(reading.record, Document)
            yield Record(path.name, reading.line, reading.record)


def trip(given: Sequence[Record], form: str) -> Trip:
    """Return what became of records that were written in a form and read again, all in one file."""
    made = Trip(sent=len(given))
    text = CITATIONS[form].write([each.document for each in given])
    readings = list(read(Raw(f"all.{form}", text.encode("utf-8", "replace"), form)))
    made.problems = [str(problem) for reading in readings for problem in reading.problems]
    back = [reading.record for reading in readings if isinstance(reading.record, Document)]
    made.back = len(back)
    for before, after in zip(given, back):
        made.fields += len(held(before.document, form))
        for name in lost(before.document, after, form):
            made.lost[name] += 1
            values = {"before": FIELDS[name](before.document), "after": FIELDS[name](after)}
            made.rows.append({"form": form, "field": name, "file": before.file, "line": before.line, **values})
    return made


def main(arguments: Sequence[str]) -> int:
    """Send the records through every form and print what came back of them."""
    parser = argparse.ArgumentParser(prog="python -m evals roundtrips", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, required=True, help="folder of shared data")
    parser.add_argument("--most", type=int, metavar="N", help="records of each file (default all)")
    parser.add_argument("--rows", type=Path, help="write each field that did not come back here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    data: Path = options.shared / "data"
    if not (data / "formats").is_dir():
        print(f"{options.shared} holds no bibliographic records; nothing was measured.", file=sys.stderr)
        return 0
    given = list(records(data, options.most))
    trips = {form: trip(given, form) for form in HOLDS}
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for row in (row for each in trips.values() for row in each.rows):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    figures = {
        "kept": {form: round(1 - each.lost.total() / max(each.fields, 1), 6) for form, each in trips.items()},
        "records": {form: round(each.back / max(each.sent, 1), 6) for form, each in trips.items()},
        "fields": {form: each.fields for form, each in trips.items()},
        "lost": {form: dict(each.lost) for form, each in trips.items() if each.lost},
        "problems": sum(len(each.problems) for each in trips.values()),
    }
    report(figures, n=len(given), fingerprint=fingerprint(files(data)), as_json=options.json)
    return 0
