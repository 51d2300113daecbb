"""The weights of the span tagger and how they are run: conditional random fields in CRFsuite's own file form.

Lafferty, McCallum & Pereira 2001 (ICML 282) is the model; labels are read off the marginal probabilities, a class
where it is likelier than a bound that is learned on the training rows, rather than off the one likeliest sequence.
"""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any

from curbside.extract.pico_trees import Trees, opened
from curbside.language.scoring import Weights as Line
from curbside.language.scoring import loaded

WORDS: dict[str, tuple[str, ...]] = {
    "arms": ("intervention", "control"),
    "people": ("eligibility", "condition", "age", "location", "ethnicity"),
    "ends": ("outcome", "outcome-Measure"),
}
"""Tagger of words -> the classes that it tells apart."""
KINDS: dict[str, tuple[str, str]] = {
    "total": ("total-participants", "total-participants"),
    "size": ("intervention-participants", "control-participants"),
    "bin-abs": ("iv-bin-abs", "cv-bin-abs"),
    "bin-percent": ("iv-bin-percent", "cv-bin-percent"),
    "cont-mean": ("iv-cont-mean", "cv-cont-mean"),
    "cont-median": ("iv-cont-median", "cv-cont-median"),
    "cont-sd": ("iv-cont-sd", "cv-cont-sd"),
}
"""Kind of a number -> its classes, of the arm under test and of the one compared with."""
TEXTUAL: tuple[str, ...] = tuple(kind for kinds in WORDS.values() for kind in kinds)
NUMERIC: tuple[str, ...] = tuple(dict.fromkeys(kind for pair in KINDS.values() for kind in pair))
MODELS: tuple[str, ...] = (*WORDS, "kinds", "sides")
"""The five conditional random fields."""
LINES: tuple[str, ...] = ("alone", "pair")
"""The two logistic models that settle whose the numbers are; see `pico_owners`."""
TREES: tuple[str, ...] = ("kinds", "names", "near", "sides")
"""Sets of boosted trees: second looks at kinds and sides (`pico_second`, `pico_sides_second`), whose each name is
(`pico_naming`), which name a number belongs to (`pico_nearest`)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained parts.

    Attributes:
        models: name of `MODELS` -> a CRFsuite file.
        lines: name of `LINES` -> a logistic model with one column.
        trees: name of `TREES` -> boosted trees; but for kinds each gives one chance alone.
        odds: word -> log odds that a name with it is of the arm under test.
        bounds: class of words, or kind of number, -> the least probability that is enough; "side": of kind and side.
        classes: word in lower case -> the class of words that keep its company.
    """

    models: Mapping[str, bytes]
    lines: Mapping[str, Line]
    trees: Mapping[str, Trees]
    odds: Mapping[str, float]
    bounds: Mapping[str, float]
    classes: Mapping[str, int]


def shipped() -> Weights:
    """Return the weights that come with the package."""
    folder = files("curbside.extract") / "data" / "pico"
    models = {name: lzma.decompress((folder / f"{name}.crf.xz").read_bytes()) for name in MODELS}
    lines = {name: loaded((folder / f"{name}.json").read_text(encoding="utf-8")) for name in LINES}
    trees = {name: opened((folder / f"{name}.npz").read_bytes()) for name in TREES}
    odds, bounds = (
        _figures((folder / "odds.tsv").read_text("utf-8")),
        _figures((folder / "bounds.tsv").read_text("utf-8")),
    )
    return Weights(models, lines, trees, odds, bounds, shipped_classes())


def _figures(table: str) -> dict[str, float]:
    return {name: float(figure) for name, figure in (line.split("\t") for line in table.split("\n") if line)}


def shipped_classes() -> dict[str, int]:
    """Return word -> class, as shipped."""
    packed = (files("curbside.extract") / "data" / "pico" / "classes.txt.gz").read_bytes()
    made: dict[str, int] = {}
    for number, line in enumerate(gzip.decompress(packed).decode("utf-8").splitlines()):
        made.update(dict.fromkeys(line.split(" "), number))
    return made


class Model:
    """One conditional random field; not to be shared between threads."""

    def __init__(self, weights: bytes) -> None:
        """Open a CRFsuite file held in memory.

        Raises:
            ValueError: if it is none.
        """
        self._tagger: Any = _crfsuite().Tagger()
        self._kept = weights  # CRFsuite reads from these bytes as long as it lives
        self._tagger.open_inmemory(weights)
        self.labels: tuple[str, ...] = tuple(str(label) for label in self._tagger.labels())

    def chances(self, rows: Any, count: int) -> list[dict[str, float]]:
        """Return label -> probability for each of `count` items whose features are `rows`."""
        if not count:
            return []
        tagger = self._tagger
        tagger.set(rows)
        return [{label: tagger.marginal(label, place) for label in self.labels} for place in range(count)]


def sequence(rows: Sequence[Sequence[str]]) -> Any:
    """Return features in CRFsuite's own form, so that several models can read them without a second conversion."""
    return _crfsuite().ItemSequence(rows)


def _crfsuite() -> Any:
    """Return the library, loaded when first needed; it has no types of its own."""
    return import_module("pycrfsuite")
