"""Abbreviations that texts define: `python -m evals abbreviations --gold F [--rows F]`.

The gold file is Ab3P's (Sohn et al., BMC Bioinformatics 2008): a number on a line of its own, title and abstract, then
one line "  short form|long form" for each pair; lines that begin with `//` are the annotators' remarks. A pair is right
where document, short form and long form are those of the gold, blanks apart; a pair that a text defines twice counts
once. `folds` gives the F1 of five parts of the documents: nothing is learned here, they show how steady the figure is.
`--rows` writes a JSON line for each document: {"id", "missed", "wrong"}.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from curbside.language.short_forms import definitions
from evals.report import fingerprint, report

FOLDS = 5
_NUMBER = re.compile(r"\s*\d{3,9}\s*")


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the gold file with its pairs (short form, long form)."""

    id: str
    text: str
    pairs: frozenset[tuple[str, str]]


def tidy(words: str) -> str:
    """Return words with single blanks and none at the ends."""
    return " ".join(words.split())


def texts(content: str) -> list[Text]:
    """Return the documents of a gold file.

    Raises:
        ValueError: if a line stands before the first document's number.
    """
    made: list[tuple[str, list[str], list[tuple[str, str]]]] = []
    for place, line in enumerate(content.split("\n"), 1):
        if _NUMBER.fullmatch(line):
            made.append((line.strip(), [], []))
        elif not line.strip() or line.startswith("//"):
            continue
        elif not made:
            raise ValueError(f"line {place}: {line[:40]!r} belongs to no document")
        elif line.startswith("  ") and "|" in line:
            short, _, long = line.partition("|")
            made[-1][2].append((tidy(short), tidy(long)))
        else:
            made[-1][1].append(line)
    return [Text(number, "\n".join(lines), frozenset(pairs)) for number, lines, pairs in made]


def found_in(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs that Curbside finds in a text."""
    return frozenset((tidy(each.short.of(text)), tidy(each.long.of(text))) for each in definitions(text))


def shares(pairs: Iterable[tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]]) -> dict[str, float]:
    """Return precision, recall and F1 over (right, found) pairs of sets."""
    right = wanted = made = 0
    for gold, found in pairs:
        right, wanted, made = right + len(gold & found), wanted + len(gold), made + len(found)
    precision, recall = right / made if made else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def main(arguments: Sequence[str]) -> int:
    """Score the documents and print `precision`, `recall`, `f1`, `pairs` and `folds`."""
    parser = argparse.ArgumentParser(
        prog="python -m evals abbreviations", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--gold", type=Path, required=True, help="documents with their pairs")
    parser.add_argument("--rows", type=Path, help="write what was missed and what was wrong here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    gold = texts(options.gold.read_bytes().decode("cp1252", errors="replace"))
    found = [found_in(each.text) for each in gold]
    scored = [(each.pairs, ours) for each, ours in zip(gold, found)]
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for each, (right, ours) in zip(gold, scored):
                row = {"id": each.id, "missed": sorted(right - ours), "wrong": sorted(ours - right)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    made = {
        **shares(scored),
        "pairs": sum(len(right) for right, _ in scored),
        "folds": [shares(scored[fold::FOLDS])["f1"] for fold in range(FOLDS)],
    }
    report(made, n=len(gold), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
