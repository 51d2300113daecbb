"""In-text references and the entries they mean: `python -m evals linking --xml DIR [--sample N] [--rows F]`.

The truth is the articles' own markup, read here by a path of its own: every `xref` whose `rid` names an entry of the
list, with a range ("3–6", or a dash between two) standing for all entries from one to the other. `resolved` is the
share of these in-text references that a citation statement gives, to the right entry, article by article. `plain` asks
the same of the articles with every `xref` tag taken off, so that only printed numbers and names tell: `plain.recall`,
`plain.precision`, `plain.f1`. `statements_per_second` is of processor time, reading the files not counted.

`--sample N` prints N statements drawn at random, with their entries, to be read by hand; `--rows` writes a JSON line
for each article: {"id", "references", "resolved", "missed", "wrong", "plain_missed", "plain_wrong"}.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from curbside.extract.citing import statements
from curbside.readers import jats
from curbside.records import CitationStatement, Document, Raw, sealed
from evals.report import fingerprint, report

SEED = 20_261
_etree: Any = import_module("lxml.etree")  # it has no type stubs
_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation", "citation-alternatives")
_DASHES = "-–—−‐‑"
_RANGE = re.compile(rf"\D{{0,3}}(\d{{1,4}})\s?[{_DASHES}]\s?(\d{{1,4}})\D{{0,3}}")
_BETWEEN = re.compile(rf"[\s\[\]()]{{0,4}}[{_DASHES}][\s\[\]()]{{0,4}}")


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's figures: true in-text references, and of them those missed and those given wrongly, both ways."""

    id: str
    truth: Counter[int]
    found: Counter[int]
    plain: Counter[int]
    statements: int
    repeats: int
    seconds: float

    @property
    def row(self) -> dict[str, object]:
        """What `--rows` writes."""
        return {
            "id": self.id,
            "references": self.truth.total(),
            "resolved": (self.truth & self.found).total(),
            "missed": sorted((self.truth - self.found).elements()),
            "wrong": sorted((self.found - self.truth).elements()),
            "plain_missed": sorted((self.truth - self.plain).elements()),
            "plain_wrong": sorted((self.plain - self.truth).elements()),
        }


def article_of(data: bytes) -> Any:
    """Return the article element of a file."""
    parser = _etree.XMLParser(load_dtd=False, resolve_entities=False, no_network=True, recover=True)
    root = _etree.fromstring(data, parser)
    return root if root.tag == "article" else root.find(".//article")


def truth_of(article: Any) -> Counter[int]:
    """Return how often the markup of an article cites each entry of its list, by place in the list."""
    places, numbers = _entries(article)
    told: Counter[int] = Counter()
    for group in _groups(article, places):
        cited: list[int] = []
        dashed = False
        for element, dash in group:
            named = [at for rid in element.get("rid", "").split() for at in places.get(rid, ())]
            inside = _RANGE.fullmatch("".join(element.itertext()))
            if inside and named and len(element.get("rid", "").split()) < 3:
                first, last = numbers.get(inside[1]), numbers.get(inside[2])
                if first is not None and last is not None and first in named and first < last:
                    named = list(range(first, last + 1))
            if dashed and cited and named and cited[-1] < named[0]:
                cited += range(cited[-1] + 1, named[0])
            cited, dashed = cited + named, dash
        told.update(dict.fromkeys(cited, 1))
    return told


def _entries(article: Any) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Return the places of the list's entries by their keys, and by their printed numbers."""
    places: dict[str, list[int]] = {}
    numbers: dict[str, int] = {}
    count = 0
    for ref in article.iterfind("./back//ref"):
        citations = [child for child in ref if child.tag in _CITATIONS] or [ref]
        own = range(count, count + len(citations))
        label = "".join(ref.findtext("label") or "").strip(" []().")
        numbers.setdefault(label if label.isdigit() else str(count + 1), count)
        for citation, at in zip(citations, own):
            places[citation.get("id", "")] = [at]
        places[ref.get("id", "")] = list(own)
        count += len(citations)
    places.pop("", None)
    return places, numbers


def _groups(article: Any, places: dict[str, list[int]]) -> Iterator[list[tuple[Any, bool]]]:
    """Yield runs of citing elements that only separators keep apart, each with whether a dash follows it."""
    run: list[tuple[Any, bool]] = []
    for element in article.iter("xref"):
        if not any(rid in places for rid in element.get("rid", "").split()):
            continue
        if any(each.tag == "ref-list" for each in element.iterancestors()):
            continue
        if run and not _follows(run[-1][0], element):
            yield run
            run = []
        tail = _tail(element)
        run.append((element, _BETWEEN.fullmatch(tail) is not None))
    if run:
        yield run


def _tail(element: Any) -> str:
    """Return what stands between an element and the next one beside it, raising tags seen through."""
    tail = element.tail or ""
    if not tail and element.getparent().tag == "sup" and element.getnext() is None:
        tail = element.getparent().tail or ""
    return tail


def _follows(before: Any, element: Any) -> bool:
    """Tell whether an element is the next one after `before`, with nothing but separators between them."""
    beside = before.getnext()
    parent = before.getparent()
    if beside is None and parent.tag == "sup":
        beside = parent.getnext()
    inner = beside is element or (beside is not None and beside.tag == "sup" and next(iter(beside), None) is element)
    return bool(inner) and re.fullmatch(rf"[{_DASHES}\s,;\[\]().]{{0,12}}|\s?(?:and|&|to)\s", _tail(before)) is not None


def counted(stated: Sequence[CitationStatement]) -> Counter[int]:
    """Return how often the statements cite each entry; names that repeat a citation are not the markup's."""
    return Counter(at for each in stated if not each.repeat for at in each.references)


def without_markup(data: bytes) -> bytes:
    """Return an article's file with every `xref` tag taken off, its words left."""
    article = article_of(data)
    _etree.strip_tags(article, "xref")
    return _etree.tostring(article)


def document_of(name: str, data: bytes) -> Document | None:
    """Return the document of a file, None where it holds none."""
    found = next((each.record for each in jats.read(Raw(name, data)) if isinstance(each.record, Document)), None)
    return sealed(found) if found is not None else None


def scored(path: Path) -> tuple[Scored, Document, tuple[CitationStatement, ...]] | None:
    """Return an article's figures with its document and statements."""
    data = path.read_bytes()
    document, bare = document_of(path.name, data), document_of(path.name, without_markup(data))
    if document is None or bare is None:
        return None
    start = time.process_time()
    stated = statements(document)
    seconds = time.process_time() - start
    printed = statements(replace(bare, markers=()))
    repeats = sum(each.repeat for each in stated)
    made = Scored(
        path.stem, truth_of(article_of(data)), counted(stated), counted(printed), len(stated), repeats, seconds
    )
    return made, document, stated


def shown(document: Document, statement: CitationStatement) -> str:
    """Return a statement as a person reads it: section, sentence with the marker set off, entries."""
    text, marker = document.text, statement.marker
    before, after = text[statement.sentence.start : marker.start], text[marker.end : statement.sentence.end]
    lines = [f"{statement.section.value}{' (repeat)' if statement.repeat else ''}: {before}⟦{marker.of(text)}⟧{after}"]
    for at in statement.references:
        entry = document.references[at]
        lines.append(f"    {entry.label or at + 1} {entry.text[:110]}")
    return "\n".join(lines)


def figures(rows: Sequence[Scored]) -> dict[str, object]:
    """Return the figures of all articles."""
    truth = sum(each.truth.total() for each in rows)
    right = sum((each.truth & each.found).total() for each in rows)
    given = sum(each.found.total() for each in rows)
    plain_right = sum((each.truth & each.plain).total() for each in rows)
    plain_given = sum(each.plain.total() for each in rows)
    recall, precision = plain_right / truth if truth else 0.0, plain_right / plain_given if plain_given else 0.0
    seconds = sum(each.seconds for each in rows)
    statements_ = sum(each.statements for each in rows)
    return {
        "resolved": round(right / truth, 5) if truth else 0.0,
        "wrong": given - right,
        "plain": {
            "recall": round(recall, 4),
            "precision": round(precision, 4),
            "f1": round(2 * recall * precision / (recall + precision), 4) if plain_right else 0.0,
        },
        "articles": len(rows),
        "statements": statements_,
        "repeats": sum(each.repeats for each in rows),
        "statements_per_second": round(statements_ / seconds) if seconds else 0,
    }


def main(arguments: Sequence[str]) -> int:
    """Score a folder of articles; with `--sample` print statements to be read."""
    parser = argparse.ArgumentParser(prog="python -m evals linking", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--xml", type=Path, required=True, help="folder of JATS articles")
    parser.add_argument("--sample", type=int, default=0, help="print so many statements drawn at random")
    parser.add_argument("--rows", type=Path, help="write what was missed and what was wrong here")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.xml.iterdir() if path.suffix in (".nxml", ".xml"))
    rows: list[Scored] = []
    drawn: list[tuple[float, str]] = []
    dice = random.Random(SEED)
    for path in paths:
        made = scored(path)
        if made is None:
            continue
        rows.append(made[0])
        for statement in made[2] if options.sample else ():
            drawn.append((dice.random(), f"{path.stem} {shown(made[1], statement)}"))
            if len(drawn) > 50 * options.sample:
                drawn = sorted(drawn)[: options.sample]
    for number, (_, words) in enumerate(sorted(drawn)[: options.sample], 1):
        print(f"{number}. {words}")
    if options.rows:
        with options.rows.open("w", encoding="utf-8") as out:
            for each in rows:
                out.write(json.dumps(each.row, ensure_ascii=False) + "\n")
    total = sum(each.truth.total() for each in rows)
    report(figures(rows), n=total, fingerprint=fingerprint(paths), as_json=options.json)
    return 0
