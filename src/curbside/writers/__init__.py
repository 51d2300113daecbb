"""Writers: records to text. "In what form?"

What lives here: one module for each format, named in `WRITERS` (documents) or `ANSWERS` (answers); all of them pure.
What may not: opening a file, choosing what is shown, wording an answer, judging evidence.

A new format is a new module, its line in one of the tables, a test of the same name and its page of the reference.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from curbside.records import Answer, Document, Holding
from curbside.writers import bibtex, csl, nbib, records, ris, table
from curbside.writers.ama import ama, plain_line
from curbside.writers.citations import CITATIONS, CitationForm, citation, citation_html, copyable
from curbside.writers.markdown import answer_markdown
from curbside.writers.nlm import nlm
from curbside.writers.plain import answer_json
from curbside.writers.terminal import answer_terminal

Writer = Callable[[Iterable[Holding]], Iterator[str]]
"""Writes many documents, in pieces, so that a library of any size can be exported."""


def _lines(cite: Callable[[Document], str]) -> Writer:
    def write(holdings: Iterable[Holding]) -> Iterator[str]:
        for holding in holdings:
            yield cite(holding.marked) + "\n"

    return write


def _answer_json(answer: Answer) -> str:
    return json.dumps(answer_json(answer), ensure_ascii=False) + "\n"


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "ris": ris.write,
        "nbib": nbib.write,
        "csl": csl.write,
        "records": records.write,
        "csv": table.write,
        "bibtex": bibtex.write,
        "nlm": _lines(nlm),
        "ama": _lines(ama),
        "plain": _lines(plain_line),
    }
)
"""Format name -> what writes documents in it."""

ANSWERS: Mapping[str, Callable[[Answer], str]] = MappingProxyType(
    {
        "text": answer_terminal,
        "json": _answer_json,
        "markdown": answer_markdown,
    }
)
"""Format name -> what writes an answer in it."""

__all__ = [
    "ANSWERS",
    "CITATIONS",
    "WRITERS",
    "CitationForm",
    "Writer",
    "answer_json",
    "answer_markdown",
    "answer_terminal",
    "citation",
    "citation_html",
    "copyable",
    "nlm",
]
