"""Makes the weights that tell a study's kind from its title and abstract, from records with publication types.

Usage: `python training/design.py --gold NBIB [--out FILE]`. The same file gives the same weights. Publication types
decide what is right and are not looked at otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.fitting import fitted

from curbside.language.design_reading import KINDS, features
from curbside.language.scoring import Weights, written
from curbside.readers import read
from curbside.records import Document, PartRole, Raw

SHIPPED = Path(__file__).resolve().parents[1] / "src" / "curbside" / "language" / "data" / "design.json"
_STRENGTH = 0.4  # inverse of the penalty, chosen on folds
_RARE = 5  # a feature that fewer records have is not learnt

TYPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("guideline", frozenset({"guideline", "practice guideline", "consensus development conference"})),
    ("meta-analysis", frozenset({"meta-analysis", "network meta-analysis"})),
    ("randomised trial", frozenset({"randomized controlled trial"})),
    (
        "non-randomised trial",
        frozenset(
            {"clinical trial", "controlled clinical trial"}
            | {f"clinical trial, phase {number}" for number in ("i", "ii", "iii", "iv")}
        ),
    ),
    ("case report", frozenset({"case reports"})),
    ("review", frozenset({"review", "systematic review"})),
    (
        "comment",
        frozenset(
            {"letter", "comment", "editorial", "news", "lectures", "lecture", "historical article", "congresses",
             "congress", "dictionary", "biography", "interview", "newspaper article", "published erratum"}
        ),
    ),
)  # fmt: skip
"""Kind -> NLM's publication types of it; the first that a record has decides, any other report is observational."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record's words and what it is.

    Attributes:
        id: its PubMed id, or "".
        title, abstract: its words.
        kind: one of `KINDS`.
    """

    id: str
    title: str
    abstract: str
    kind: str


def records(path: Path) -> list[Record]:
    """Read records with their kinds out of a MEDLINE file."""
    found: list[Record] = []
    for reading in read(Raw(str(path), path.read_bytes())):
        document = reading.record
        if isinstance(document, Document):
            kind = kind_of(document.types)
            found.append(Record(document.ids.pmid or "", document.title, abstract(document), kind))
    return found


def kind_of(types: Iterable[str]) -> str:
    """Return the kind that publication types stand for."""
    given = {name.lower() for name in types}
    return next((kind for kind, names in TYPES if given & names), "observational")


def abstract(document: Document) -> str:
    """Return the abstract of a record, "" where it has none; the title that stands over it is taken off."""
    parts = [part.span.of(document.text) for part in document.parts if part.role is PartRole.ABSTRACT]
    words = "\n".join(parts) if parts else document.text
    return words.removeprefix(document.title).strip()


def trained(learnt: Sequence[Record]) -> Weights:
    """Return the weights learnt from records; kinds that no record has get no column."""
    rows = [features(record.title, record.abstract) for record in learnt]
    kinds = [record.kind for record in learnt]
    order = [kind for kind in KINDS if kind in kinds]
    return fitted(rows, kinds, order, _STRENGTH, _RARE)


def main(arguments: Sequence[str]) -> int:
    """Train on every record and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="records, MEDLINE form")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="file for the weights")
    options = parser.parse_args(arguments)
    learnt = records(options.gold)
    weights = trained(learnt)
    options.out.write_text(written(weights), encoding="utf-8")
    print(f"{len(learnt)} records, {len(weights.weights)} features")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
