"""Count check: planted inconsistencies found, real articles read: `python -m evals checks [--shared DIR] [--n 600]`.

Plants (`evals/planting.py`) are one wrong number or word in a real sentence or table of the JATS articles and the
abstracts, kinds in turn; a scarce kind gives all that it has, each carrier once more with another slip. A plant is
found where a disagreement quotes the changed words. Wrong are disagreements on the untouched twin, and those on a plant
that do not quote the change. `precision` is found / (found + items with a wrong one), `recall` found / plants.

`flags`: disagreements on the whole articles as they are: `per_article`, `articles` (how many have one), `share` of
articles, by `kind`, and how many checks agreed and how many could not be made. `--flags FILE` writes each of them with
its arithmetic and the words around it, for reading; `--rows FILE` writes every plant with what came of it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from curbside.appraise.checks import checked
from curbside.language.sentences import sentences
from curbside.readers import read
from curbside.records import BlockKind, Check, Checked, Document, PartRole, Raw, Verdict, sealed
from evals.lines import json_lines
from evals.planting import SENTENCES, Edit, Plant, of_sentence, of_table, plant
from evals.planting_ratios import ratio_in_sentence
from evals.planting_tables import TABLES, Grid
from evals.report import fingerprint, report

_SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
IN_SENTENCES = {**SENTENCES, "ratio": ratio_in_sentence}
"""What is planted in sentences, by kind."""
_ROUNDS = 3
"""How often a carrier may be used, each time with another slip."""


def articles(shared: Path) -> Iterator[tuple[str, Document]]:
    """Yield the JATS articles of the shared data in order of name."""
    for path in sorted((shared / "data/jats").glob("*.nxml")):
        for reading in read(Raw(path.name, path.read_bytes(), "jats")):
            if isinstance(reading.record, Document):
                yield path.stem, sealed(reading.record)


def abstracts(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the abstracts: research questions, trial abstracts, records of MEDLINE."""
    for row in json_lines(shared / "data/pubmedqa/train.jsonl"):
        yield f"pubmed:{row['pmid']}", "\n\n".join(row["contexts"])
    for path in sorted((shared / "data/pico_corpus").glob("*.txt")):
        yield f"pubmed:{path.stem}", path.read_text(encoding="utf-8")
    records = shared / "data/formats/medline_1000.nbib"
    for reading in read(Raw(records.name, records.read_bytes(), "nbib")):
        if isinstance(reading.record, Document):
            for part in reading.record.parts:
                if part.role is PartRole.ABSTRACT:
                    yield f"medline:{reading.line}", part.span.of(reading.record.text)


def said(document: Document) -> Iterator[str]:
    """Yield the sentences of an article's running text."""
    silent = (PartRole.REFERENCES, PartRole.METADATA, PartRole.CHROME)
    for block in document.blocks:
        if block.kind in _SPOKEN and document.parts[block.part].role not in silent:
            for span in sentences(document.text, block.span.start, block.span.end):
                yield span.of(document.text)


class Carriers:
    """What may carry a plant, by kind and place."""

    def __init__(self, seed: int) -> None:
        """Begin with none."""
        self.seed = seed
        self.found: dict[tuple[str, str], list[tuple[str, Document]]] = defaultdict(list)

    def sentence(self, source: str, words: str) -> None:
        """Keep a sentence for every kind that it can carry."""
        if len(words) > 1_200 or not any(char.isdigit() for char in words):
            return
        for kind, planter in IN_SENTENCES.items():
            if planter(words, random.Random(self.seed)):
                self.found[kind, "sentence"].append((source, of_sentence(words)))

    def tables(self, source: str, document: Document) -> None:
        """Keep the tables of an article for every kind that they can carry."""
        for table in document.tables:
            caption = table.caption.of(document.text) if table.caption else ""
            grid = Grid(document.text, table.cells, caption)
            for kind, planter in TABLES.items():
                if planter(grid, random.Random(self.seed)):
                    self.found[kind, "table"].append((source, of_table(document, table)))

    def plants(self, n: int) -> list[Plant]:
        """Return `n` plants, the kinds in turn; fewer where the carriers do not suffice."""
        rng = random.Random(self.seed)
        queues = {key: rng.sample(found, len(found)) * _ROUNDS for key, found in sorted(self.found.items())}
        made: list[Plant] = []
        seen: set[tuple[str, str]] = set()
        while len(made) < n and any(queues.values()):
            for (kind, where), queue in queues.items():
                while queue:
                    source, twin = queue.pop(0)
                    one = self._planted(kind, where, source, twin, rng)
                    if one is not None and (kind, one.planted.text) not in seen:
                        seen.add((kind, one.planted.text))
                        made.append(one)
                        break
        return made[:n]

    @staticmethod
    def _planted(kind: str, where: str, source: str, twin: Document, rng: random.Random) -> Plant | None:
        edits: list[Edit] | None
        if where == "sentence":
            edits = IN_SENTENCES[kind](twin.text, rng)
        else:
            table = twin.tables[0]
            caption = table.caption.of(twin.text) if table.caption else ""
            edits = TABLES[kind](Grid(twin.text, table.cells, caption), rng)
        return plant(kind, where, source, twin, edits) if edits else None


def disagreements(document: Document) -> tuple[Check, ...]:
    """Return what the count check doubts of a document."""
    return checked(document).of(Verdict.DISAGREES)


def scored(plants: Sequence[Plant], rows: Path | None) -> dict[str, Any]:
    """Return precision and recall over the plants and by kind."""
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter(one.kind for one in plants)
    lines: list[dict[str, Any]] = []
    for one in plants:
        flags = disagreements(one.planted)
        right = [flag for flag in flags if any(quote.span.meets(one.span) for quote in flag.quotes)]
        beside = [flag for flag in flags if flag not in right]
        untouched = disagreements(one.twin)
        found[one.kind] += bool(right)
        wrong[one.kind] += bool(untouched) or bool(beside and len(beside) > len(untouched))
        lines.append(
            {
                "kind": one.kind, "where": one.where, "source": one.source, "before": one.before, "after": one.after,
                "found": bool(right), "as": [flag.kind.value for flag in right],
                "wrong": [flag.message for flag in (*untouched, *beside)],
                "text": one.planted.text[max(0, one.span.start - 300) : one.span.end + 200],
            }
        )  # fmt: skip
    if rows is not None:
        rows.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    hits, misses = found.total(), wrong.total()
    return {
        "precision": round(hits / (hits + misses), 4) if hits + misses else 0.0,
        "recall": round(hits / len(plants), 4) if plants else 0.0,
        "kinds": {
            kind: {
                "n": total[kind],
                "precision": round(found[kind] / (found[kind] + wrong[kind]), 4) if found[kind] + wrong[kind] else 0.0,
                "recall": round(found[kind] / total[kind], 4),
            }
            for kind in sorted(total)
        },
    }


def told(name: str, document: Document, flag: Check) -> str:
    """Return one disagreement as a line of JSON, with the words around it."""
    start = max(0, flag.quotes[0].span.start - 200) if flag.quotes else 0
    record = {
        "article": name,
        "kind": flag.kind.value,
        "message": flag.message,
        "arithmetic": flag.arithmetic,
        "quotes": [quote.words for quote in flag.quotes],
        "around": " ".join(document.text[start : start + 600].split()),
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Plant, check, and check the articles as they are."""
    parser = argparse.ArgumentParser(prog="python -m evals checks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of shared data")
    parser.add_argument("--n", type=int, default=600, help="how many plants")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--flags", type=Path, help="write the disagreements of the real articles here, JSON Lines")
    parser.add_argument("--rows", type=Path, help="write the plants here, JSON Lines")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    carriers = Carriers(options.seed)
    real: Counter[str] = Counter()
    verdicts: Counter[Verdict] = Counter()
    flagged = read_ = 0
    lines: list[str] = []
    for name, document in articles(options.shared):
        result: Checked = checked(document)
        flags = result.of(Verdict.DISAGREES)
        read_, flagged = read_ + 1, flagged + bool(flags)
        real.update(flag.kind.value for flag in flags)
        verdicts.update(check.verdict for check in result.checks)
        lines += [told(name, document, flag) for flag in flags]
        for words in said(document):
            carriers.sentence(name, words)
        carriers.tables(name, document)
    for source, text in abstracts(options.shared):
        for span in sentences(text):
            carriers.sentence(source, span.of(text))
    if options.flags is not None:
        options.flags.write_text("".join(lines), encoding="utf-8")
    plants = carriers.plants(options.n)
    figures = scored(plants, options.rows)
    figures["flags"] = {
        "articles": read_,
        "flagged": flagged,
        "per_article": round(real.total() / read_, 4) if read_ else 0.0,
        "share": round(flagged / read_, 4) if read_ else 0.0,
        "kinds": dict(sorted(real.items())),
        "agrees": verdicts[Verdict.AGREES],
        "could_not_check": verdicts[Verdict.NOT_CHECKED],
    }
    data = options.shared / "data"
    inputs = [data / "jats", data / "pubmedqa/train.jsonl", data / "formats/medline_1000.nbib"]
    report(figures, n=len(plants), fingerprint=fingerprint(inputs), as_json=options.json)
    return 0
