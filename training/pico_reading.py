"""Reads trial abstracts with brat spans (NAME.txt, NAME.ann) for training and scoring the span tagger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from curbside.extract.pico_tokens import Token, tokens

RENAMED = {"ethinicity": "ethnicity"}
"""Names of the corpus -> ours."""


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract with what people marked in it.

    Attributes:
        name: of its files.
        text: as in the file, line ends untouched, so that offsets hold.
        tokens: of the text.
        spans: (class, start, end) with white space at the ends taken off, in order of the text.
    """

    name: str
    text: str
    tokens: tuple[Token, ...]
    spans: tuple[tuple[str, int, int], ...]


def abstracts(folder: Path) -> list[Abstract]:
    """Return the abstracts of `folder` in order of name.

    Raises:
        ValueError: if a folder holds none, or a line is no span; the message names file and line.
    """
    found = [_abstract(path) for path in sorted(folder.glob("*.ann"))]
    if not found:
        raise ValueError(f"{folder} holds no .ann files")
    return found


def _abstract(path: Path) -> Abstract:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    spans: list[tuple[str, int, int]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.startswith("T"):
            continue
        try:
            kind, offsets = line.split("\t")[1].split(" ", 1)
            ends = [int(each) for part in offsets.split(";") for each in part.split()]
        except (IndexError, ValueError) as fault:
            raise ValueError(f"{path}:{number} is no span: {line!r}") from fault
        # A span in pieces is taken from its first to its last letter.
        start, end = min(ends), max(ends)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            spans.append((RENAMED.get(kind, kind), start, end))
    return Abstract(path.stem, text, tuple(tokens(text)), tuple(sorted(spans, key=lambda span: span[1:])))


def labelled(abstract: Abstract, classes: Sequence[str]) -> list[str]:
    """Return a label for each token: "B-class" where a span of `classes` begins, "I-class" inside it, else "O"."""
    labels = ["O"] * len(abstract.tokens)
    at = 0
    for kind, start, end in abstract.spans:
        if kind not in classes:
            continue
        while at < len(abstract.tokens) and abstract.tokens[at].end <= start:
            at += 1
        place, first = at, True
        while place < len(abstract.tokens) and abstract.tokens[place].start < end:
            if labels[place] == "O":
                labels[place] = ("B-" if first else "I-") + kind
            first = False
            place += 1
    return labels
