"""Sentence boundaries: Curbside's cutter beside sentencesplit and pysbd, on the tricky passages of the test cases.

A sentence counts as found when both its ends are exact. `f1.<cutter>` is the harmonic mean of precision and recall
over all sentences of the set; the same figures stand per file. Options: `--gold DIR` (a folder of .jsonl files, each
row {"text", "sentences"[, "glued"]}), `--misses` (print the passages where Curbside differs), `--json`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from curbside.language.sentences import sentences
from curbside.records import Span
from evals.lines import json_lines
from evals.report import fingerprint, report

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "sentences"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its sentences as spans; `glued` as in `curbside.language.sentences`."""

    text: str
    gold: frozenset[Span]
    glued: tuple[int, ...]


Cutter = Callable[[Passage], list[Span]]


def passages(path: Path) -> list[Passage]:
    """Read the passages of one file; sentences are found in the text one after another."""
    found: list[Passage] = []
    for row in json_lines(path):
        found.append(
            Passage(row["text"], frozenset(placed(row["text"], row["sentences"])), tuple(row.get("glued", ())))
        )
    return found


def placed(text: str, words: Sequence[str]) -> list[Span]:
    """Return where sentences given as strings stand in `text`, in order; those not found are left out."""
    spans: list[Span] = []
    at = 0
    for sentence in words:
        start = text.find(sentence.strip(), at)
        if start >= 0 and sentence.strip():
            at = start + len(sentence.strip())
            spans.append(Span(start, at))
    return spans


def _curbside(passage: Passage) -> list[Span]:
    return sentences(passage.text, glued=passage.glued)


def _sentencesplit() -> Cutter:
    from sentencesplit import Segmenter

    segmenter = cast("Any", Segmenter)(language="en", clean=False)
    return lambda passage: placed(passage.text, cast("list[str]", segmenter.segment(passage.text)))


def _pysbd() -> Cutter:
    from pysbd import Segmenter

    segmenter = cast("Any", Segmenter)(language="en", clean=False)
    return lambda passage: placed(passage.text, cast("list[str]", segmenter.segment(passage.text)))


CUTTERS: dict[str, Callable[[], Cutter]] = {
    "curbside": lambda: _curbside,
    "sentencesplit": _sentencesplit,
    "pysbd": _pysbd,
}
"""Cutter name -> what makes it; the peers are loaded only here."""


def f1(cutter: Cutter, among: Sequence[Passage]) -> float:
    """Return F1 over exact sentence spans."""
    right = found = gold = 0
    for passage in among:
        cut = set(cutter(passage))
        right += len(cut & passage.gold)
        found += len(cut)
        gold += len(passage.gold)
    return 2 * right / (found + gold) if found + gold else 0.0


def _print_misses(among: Sequence[Passage]) -> None:
    for passage in among:
        cut = _curbside(passage)
        if set(cut) != passage.gold:
            print("text: ", repr(passage.text))
            print("gold: ", [span.of(passage.text) for span in sorted(passage.gold)])
            print("found:", [span.of(passage.text) for span in cut])


def main(arguments: Sequence[str]) -> int:
    """Score the three cutters in one run; 2 where the folder holds no cases."""
    parser = argparse.ArgumentParser(prog="python -m evals sentences")
    parser.add_argument("--gold", type=Path, default=CASES)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    files = sorted(options.gold.glob("*.jsonl"))
    if not files:
        print(f"{options.gold} holds no .jsonl files: name a folder of cases with --gold", file=sys.stderr)
        return 2
    by_file = {path.stem: passages(path) for path in files}
    everything = [passage for among in by_file.values() for passage in among]
    if options.misses:
        _print_misses(everything)
    figures: dict[str, object] = {"sentences": sum(len(passage.gold) for passage in everything)}
    for name, make in CUTTERS.items():
        cutter = make()
        figures[f"f1.{name}"] = round(f1(cutter, everything), 4)
        for stem, among in by_file.items():
            figures[f"f1.{name}.{stem}"] = round(f1(cutter, among), 4)
    report(figures, n=len(everything), fingerprint=fingerprint(files), as_json=options.json)
    return 0
