"""How much of what a careful reader finds the vocabulary knows, and how much of what it finds is right.

`recall.drug` and `recall.condition`: of the names that a reader of 100 abstracts wrote down before the matcher was run
on them (`data/vocabulary_gold.jsonl`: source and names as printed, no texts), how many are met by a mention of the same
kind that overlaps an occurrence of the name; a drug class counts as a drug. `bc5cdr.drug.*` and `bc5cdr.disease.*`: the
annotations of BC5CDR (Li et al., Database 2016, doi:10.1093/database/baw068), training and development sets, recall
over annotated places and precision over mentioned ones, by overlap; drug classes stay out of its precision since
BC5CDR does not annotate them.

Options: `--shared DIR` (the folder that holds `data/`), `--misses` (print what was missed, most frequent first),
`--json`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Mention, Span
from evals.lines import json_lines
from evals.report import fingerprint, report

GOLD = Path(__file__).resolve().parent / "data" / "vocabulary_gold.jsonl"
DRUGS = frozenset((ConceptKind.DRUG, ConceptKind.DRUG_CLASS))
CONDITIONS = frozenset((ConceptKind.CONDITION,))
CDR = ("CDR_TrainingSet.PubTator.txt", "CDR_DevelopmentSet.PubTator.txt")
_ABSTRACTS = "sirolimus/abstracts.jsonl"


@dataclass
class Tally:
    """Hits and misses of one kind.

    Attributes:
        found: how many were found.
        total: how many there were.
        missed: the missed names with their counts.
    """

    found: int = 0
    total: int = 0
    missed: Counter[str] = field(default_factory=Counter[str])

    def take(self, hit: bool, name: str) -> None:
        """Count one name."""
        self.total += 1
        self.found += hit
        if not hit:
            self.missed[name] += 1

    @property
    def share(self) -> float:
        """The share found, 0 where there was nothing."""
        return self.found / self.total if self.total else 0.0


def texts_of(shared: Path) -> dict[str, str]:
    """Return the texts that the gold speaks of by their source keys: title and abstract, a blank line between."""
    data = shared / "data"
    texts: dict[str, str] = {}
    for row in json_lines(data / _ABSTRACTS):
        texts[f"sirolimus:{row['pmid']}"] = f"{row['title']}\n\n{row['abstract'] or ''}"
    for path in sorted((data / "pico_corpus").glob("*.txt")):
        texts[f"pico_corpus:{path.stem}"] = path.read_text(encoding="utf-8")
    return texts


def occurrences(name: str, text: str) -> Iterator[Span]:
    """Yield where a name stands in a text, in any case, not inside a longer word."""
    folded, wanted = text.casefold(), name.casefold()
    at = folded.find(wanted) if len(folded) == len(text) else -1
    while at >= 0:
        end = at + len(wanted)
        if not text[max(0, at - 1) : at].isalnum() and not text[end : end + 1].isalnum():
            yield Span(at, end)
        at = folded.find(wanted, end)


def known(name: str, text: str, mentions: Sequence[Mention], kinds: frozenset[ConceptKind]) -> bool:
    """Tell whether a mention of one of the kinds overlaps an occurrence of the name."""
    spans = list(occurrences(name, text))
    return any(mention.kind in kinds and any(mention.span.meets(span) for span in spans) for mention in mentions)


def gold_recall(vocabulary: Vocabulary, texts: dict[str, str], gold: Path = GOLD) -> dict[str, Tally]:
    """Return the tallies of drugs and conditions over the reader's list; n is one per name and abstract."""
    tallies = {"drug": Tally(), "condition": Tally()}
    for row in json_lines(gold):
        text = texts[row["source"]]
        mentions = vocabulary.mentions(text)
        for kind, names, kinds in (("drug", row["drugs"], DRUGS), ("condition", row["conditions"], CONDITIONS)):
            for name in names:
                tallies[kind].take(known(name, text, mentions, kinds), name)
    return tallies


@dataclass
class Annotated:
    """A text of BC5CDR with its annotated places, by type."""

    text: str
    places: list[tuple[Span, str]]


def annotated(path: Path) -> Iterator[Annotated]:
    """Yield the texts of a PubTator file; offsets count from the title, one character before the abstract."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        if len(lines) < 2:
            continue
        text = "\n".join(line.split("|", 2)[2] for line in lines[:2])
        rows = (line.split("\t") for line in lines[2:])
        yield Annotated(text, [(Span(int(row[1]), int(row[2])), row[4]) for row in rows if len(row) >= 6])


def corpus(vocabulary: Vocabulary, paths: Sequence[Path]) -> dict[str, Tally]:
    """Return recall and precision tallies on BC5CDR: `drug.recall`, `drug.precision`, `disease.recall`, …."""
    tallies = {f"{kind}.{measure}": Tally() for kind in ("drug", "disease") for measure in ("recall", "precision")}
    sides = (
        ("drug", "Chemical", DRUGS, frozenset((ConceptKind.DRUG,))),
        ("disease", "Disease", CONDITIONS, CONDITIONS),
    )
    for path in paths:
        for item in annotated(path):
            mentions = vocabulary.mentions(item.text)
            for kind, label, recalled, judged in sides:
                places = [span for span, given in item.places if given == label]
                own = [mention.span for mention in mentions if mention.kind in recalled]
                for span in places:
                    tallies[f"{kind}.recall"].take(any(span.meets(o) for o in own), span.of(item.text))
                for mention in mentions:
                    if mention.kind in judged:
                        right = any(mention.span.meets(span) for span in places)
                        tallies[f"{kind}.precision"].take(right, mention.span.of(item.text))
    return tallies


def main(arguments: Sequence[str]) -> int:
    """Run the eval; 2 where the shared data is missing."""
    parser = argparse.ArgumentParser(prog="python -m evals vocabulary", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    paths = [options.shared / "data" / "entities" / name for name in CDR]
    if not all(path.is_file() for path in paths):
        print(f"no BC5CDR under {options.shared}: give the folder that holds data/", file=sys.stderr)
        return 2
    vocabulary = Vocabulary.shipped()
    reader = gold_recall(vocabulary, texts_of(options.shared))
    cdr = corpus(vocabulary, paths)
    figures: dict[str, object] = {f"recall.{kind}": tally.share for kind, tally in reader.items()}
    figures["recall.all"] = sum(t.found for t in reader.values()) / sum(t.total for t in reader.values())
    figures |= {f"bc5cdr.{name}": tally.share for name, tally in cdr.items()}
    figures |= {f"concepts.{kind}": count for kind, count in vocabulary.counts()}
    if options.misses:
        for name, tally in (*reader.items(), *cdr.items()):
            print(f"{name}: " + "; ".join(f"{missed} {count}" for missed, count in tally.missed.most_common(150)))
    n = sum(tally.total for tally in reader.values())
    inputs = [GOLD, options.shared / "data" / _ABSTRACTS, *paths]
    report(figures, n=n, fingerprint=fingerprint(inputs), as_json=options.json)
    return 0
