"""Questions with what their answers must and must not say.

`python -m evals questions --gold FILE --pages DIR [--own FILE] [--shared DIR] [--rows] [--json]`

A row is `{"question", "must": [patterns], "must_cite": [origins], "must_not": [patterns], "declines": bool}`. It is
right when every `must` is found in the answer (its sentences, with "not stated" where something was looked for and is
absent), every `must_cite` is found in the file name of a cited source, no `must_not` is found in a sentence, and the
answer declines if and only if it should (null: either). Patterns are regular expressions, case-insensitive.

`accuracy` is over a library of the pages alone; `with_library` over one with the starter shelf and the shared abstracts
added, where a dose that a new source states may be given: its rows are printed and not held to a floor. `own.*` are
the same over `evals/data/questions*.jsonl`: rows marked `"over": "library"` are asked of the wide library
(`own.with_library`), rows marked `"specimens"` of the pages that we made up ourselves (`own.specimens`).

With `--legs both` the libraries are searched by meaning too, with the encoder that is installed; `legs` says by what.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from curbside.records import Answer, Raw
from curbside.shelf import notes
from curbside.wiring import EmbedWorker, Library, open_library
from evals.lines import json_lines
from evals.meaning import installed
from evals.report import fingerprint, report

OWN = tuple(sorted((Path(__file__).parent / "data").glob("questions*.jsonl")))
SPECIMENS = Path(__file__).parents[1] / "tests" / "cases" / "pages"
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what its answer is held to; see the module."""

    question: str
    must: tuple[str, ...]
    must_cite: tuple[str, ...]
    must_not: tuple[str, ...]
    declines: bool | None
    over: str


def read_questions(path: Path) -> list[Row]:
    """Read rows from a JSON Lines file."""
    return [
        Row(
            row["question"],
            tuple(row["must"]),
            tuple(row["must_cite"]),
            tuple(row["must_not"]),
            row["declines"],
            row.get("over", "pages"),
        )
        for row in json_lines(path)
    ]


def faults(row: Row, answer: Answer) -> list[str]:
    """Return what is wrong with an answer; nothing means it is right."""
    sentences = "\n".join(sentence.text for section in answer.sections for sentence in section.sentences)
    said = sentences + (f"\n{NOT_STATED}" if any(each.asked for each in answer.absences) else "")
    origins = [Path(entry.origin).name for entry in answer.references]
    found = [f"misses {pattern!r}" for pattern in row.must if not re.search(pattern, said, re.IGNORECASE)]
    found += [f"says {pattern!r}" for pattern in row.must_not if re.search(pattern, sentences, re.IGNORECASE)]
    found += [f"does not cite {name}" for name in row.must_cite if not any(re.search(name, each) for each in origins)]
    if row.declines is not None and answer.declined != row.declines:
        found.append("declines" if answer.declined else "does not decline")
    return found


@contextmanager
def of_specimens(folder: Path, legs: str = "words") -> Iterator[Library]:
    """Build a library of the made-up pages."""
    given = [path for path in sorted(SPECIMENS.iterdir()) if path.suffix in (".txt", ".html")]
    with opened(folder / "specimens", legs, given) as library:
        yield library


@contextmanager
def built(folder: Path, pages: Path, shared: Path | None, wide: bool, legs: str = "words") -> Iterator[Library]:
    """Build a library of the pages, and where it is to be `wide` of the starter shelf and the shared abstracts too."""
    given: list[Path | Raw] = [*sorted(pages.glob("[0-9]*_*.txt"))]
    if wide:
        given += [Raw(origin, data, "markdown") for origin, data in notes()]
        if shared is not None:
            given.append(shared / "data" / "sirolimus" / "abstracts.jsonl")
    with opened(folder / ("wide" if wide else "narrow"), legs, given) as library:
        yield library


def opened(folder: Path, legs: str, given: Sequence[Path | Raw]) -> Library:
    """Add files to a library and open it for asking; with both legs everything in it is embedded first."""
    with open_library(folder, write=True, meaning=legs == "both") as library:
        library.add(given)
    worker = EmbedWorker(folder)
    while legs == "both" and worker.step() is not None:
        pass
    worker.close()
    return open_library(folder, meaning=legs == "both")


def scored(library: Library, rows: Sequence[Row], show: bool) -> float:
    """Ask every row and return the share that is right; wrong rows go to standard error with their faults."""
    right = 0
    for row in rows:
        wrong = faults(row, library.ask(row.question))
        right += not wrong
        if show or wrong:
            print(f"{'WRONG' if wrong else 'right'}  {row.question}  {'; '.join(wrong)}", file=sys.stderr)
    return round(right / len(rows), 4) if rows else 0.0


def main(arguments: Sequence[str]) -> int:
    """Run the eval; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m evals questions", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--own", type=Path, nargs="+", default=OWN)
    parser.add_argument("--shared", type=Path, help="folder of shared data, else the one the pages lie in")
    parser.add_argument("--rows", action="store_true", help="print right rows too")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--legs", choices=("words", "both"), default="words", help="words alone, or meaning too")
    given = parser.parse_args(arguments)
    if given.legs == "both" and installed() is None:
        return 1
    shared = given.shared or given.pages.resolve().parent
    shared = shared if (shared / "data" / "sirolimus").is_dir() else None
    gold, own = read_questions(given.gold), [row for path in given.own for row in read_questions(path)]
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        with built(Path(folder), given.pages, shared, False, given.legs) as library:
            figures["accuracy"] = scored(library, gold, given.rows)
            figures["own.accuracy"] = scored(library, [row for row in own if row.over == "pages"], given.rows)
        print("-- with the starter shelf and the shared abstracts", file=sys.stderr)
        with built(Path(folder), given.pages, shared, True, given.legs) as library:
            figures["with_library"] = scored(library, gold, show=True)
            figures["own.with_library"] = scored(library, [row for row in own if row.over == "library"], given.rows)
        print("-- pages that we made up", file=sys.stderr)
        with of_specimens(Path(folder), given.legs) as library:
            figures["own.specimens"] = scored(library, [row for row in own if row.over == "specimens"], given.rows)
    figures["own.n"] = len(own)
    figures["legs"] = given.legs
    report(figures, n=len(gold), fingerprint=fingerprint([given.gold, *given.own, given.pages]), as_json=given.json)
    return 0
