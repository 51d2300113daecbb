"""Counts the words of edited texts, so that words people use are not taken for misspelt names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals.lines import json_lines

from curbside.language.vocabulary_text import fold

_WORD = re.compile(r"\b[a-z]{3,20}\b")
_LEAST = 6


def texts(shared: Path) -> Iterator[str]:
    """Yield edited texts: abstracts, guidelines, answers."""
    data = shared / "data"
    yield from (row["text"] for row in json_lines(data / "retrieval" / "scifact_corpus.jsonl.gz"))
    yield from (row["answer"] for row in json_lines(data / "medquad" / "answered.jsonl.gz"))
    for path in sorted((data / "guidelines").glob("*.md")):
        yield from path.read_text(encoding="utf-8").split("\n\n")
    for path in sorted((data / "jats").glob("*.nxml")):
        yield re.sub(r"<[^>]{0,400}>", " ", path.read_text(encoding="utf-8", errors="replace"))


def common_words(shared: Path, everyday: Path) -> list[str]:
    """Return the folded words that enough texts use or that stand in the list `everyday`, sorted."""
    counts: Counter[str] = Counter()
    for text in texts(shared):
        counts.update(set(_WORD.findall(text)))
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[fold(word)] += count
    listed = re.sub(r"(?m)^#.*$", "", everyday.read_text(encoding="utf-8")).split()
    return sorted({word for word, count in folded.items() if count >= _LEAST} | {fold(word) for word in listed})
