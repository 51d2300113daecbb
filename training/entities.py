"""Makes the weights of the tagger of drugs and conditions from BC5CDR's training set.

Usage: `python training/entities.py --gold CDR_TrainingSet.PubTator.txt [--out FILE]`. The same file and vocabulary give
the same weights. The data does not ship; its model card is `src/curbside/extract/data/entities.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evals.pubtator import Annotated, annotated

from curbside.extract.entities import sequences
from curbside.extract.entity_words import Told, features, told
from curbside.language.vocabulary import Vocabulary

SHIPPED = Path(__file__).resolve().parents[1] / "src/curbside/extract/data/entities.crfsuite"
SETTINGS = {"c1": 0.15, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True}
"""L1 and L2 weights (a few were compared on the development set) and how long L-BFGS runs."""


def labels(known: Told, item: Annotated) -> list[str]:
    """Return labels of tokens, "B-drug", "I-drug", "B-disease", "I-disease" or "O"; of two that meet the first."""
    made = ["O"] * len(known.tokens)
    at = 0
    for place in item.places:
        while at < len(known.tokens) and known.tokens[at].start < place.span.start:
            at += 1
        mark = "B"
        while at < len(known.tokens) and known.tokens[at].start < place.span.end:
            made[at] = f"{mark}-{place.kind}"
            mark = "I"
            at += 1
    return made


def train(items: Iterable[Annotated], vocabulary: Vocabulary, out: Path) -> None:
    """Write the weights that annotated texts give to a file."""
    trainer = import_module("pycrfsuite").Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    for item in items:
        known = told(item.text, vocabulary)
        rows, right = features(known, vocabulary), labels(known, item)
        for first, past in sequences(known):
            trainer.append(rows[first:past], right[first:past])
    trainer.train(str(out))


def main(arguments: Sequence[str]) -> int:
    """Train on a PubTator file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="training set, PubTator form")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the weights go")
    options = parser.parse_args(arguments)
    train(annotated(options.gold), Vocabulary.shipped(), options.out)
    print(f"{options.out}: {options.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
