"""Makes the weights of the span tagger: `python -m training.pico --dir FOLDER --shared FOLDER [--classes]`.

FOLDER holds NAME.txt and NAME.ann (brat). The weights go to `src/curbside/extract/data/pico/`, where the model card
says what they come from. `--classes` makes the classes of words anew too, from unlabelled texts of the shared data.
The eval `pico` trains through the same functions, by folds.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import struct
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from training.fitting import fitted as line
from training.pico_classes import classes
from training.pico_naming import story, trained
from training.pico_reading import Abstract, abstracts, labelled
from training.trees import grown

from curbside.extract.pico import leaning, tested
from curbside.extract.pico_arms import Mention, arm_names, mentions
from curbside.extract.pico_models import (
    KINDS,
    LINES,
    MODELS,
    NUMERIC,
    TREES,
    WORDS,
    Model,
    Weights,
    sequence,
    shipped_classes,
)
from curbside.extract.pico_naming import name_chances
from curbside.extract.pico_nearest import told_by_names
from curbside.extract.pico_numbers import number_features, numbered
from curbside.extract.pico_owners import Scene, settled
from curbside.extract.pico_second import LABELS, second_rows
from curbside.extract.pico_sides import side_features
from curbside.extract.pico_sides_second import side_rows
from curbside.extract.pico_trees import Table, Trees, packed
from curbside.extract.pico_words import word_features
from curbside.language.scoring import Weights as Line
from curbside.language.scoring import loaded, written

OUT = Path(__file__).resolve().parents[1] / "src" / "curbside" / "extract" / "data" / "pico"
PARTS = 5
"""Parts by which the first steps are run on rows that they were not trained on, as the later steps will meet them."""
SETTINGS: dict[str, dict[str, float]] = {
    "arms": {"c1": 0.4, "c2": 0.05, "max_iterations": 45, "feature.minfreq": 3},
    "arms, inner": {"c1": 0.6, "c2": 0.05, "max_iterations": 25, "feature.minfreq": 4},
    "people": {"c1": 0.8, "c2": 0.05, "max_iterations": 40, "feature.minfreq": 4},
    "ends": {"c1": 0.8, "c2": 0.05, "max_iterations": 35, "feature.minfreq": 4},
    "kinds": {"c1": 0.5, "c2": 0.5, "max_iterations": 60, "feature.minfreq": 2},
    "kinds, inner": {"c1": 0.5, "c2": 0.5, "max_iterations": 40, "feature.minfreq": 2},
    "sides": {"c1": 1, "c2": 1, "max_iterations": 40, "feature.minfreq": 2, "feature.possible_transitions": 1},
}
SETTINGS["sides, inner"] = SETTINGS["sides"]
"""Step -> what CRFsuite is told; chosen on one fold."""
GROWN: dict[str, dict[str, Any]] = {
    "kinds": {"rounds": 60, "leaves": 12, "rate": 0.08},
    "sides": {"rounds": 100, "leaves": 8, "rate": 0.05, "seeds": 4},
}
"""Second look -> how its trees are grown; chosen on two folds."""
BOUNDS: dict[str, float] = {
    **dict.fromkeys(WORDS["arms"], 0.3),
    **dict.fromkeys(WORDS["people"], 0.3),
    **dict.fromkeys(WORDS["ends"], 0.35),
    **dict.fromkeys(KINDS, 0.25),
    "total": 0.5,
    "side": 0.4,
}
"""Class, or kind of number -> the least probability that is enough, and of kind and side together; by two folds."""

Rows = Sequence[tuple[Any, Sequence[str]]]


def fitted(rows: Rows, settings: Mapping[str, float]) -> bytes:
    """Return the CRFsuite file that L-BFGS finds for (features, labels) pairs; empty sequences are left out."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(dict(settings))
    for features, labels in rows:
        if labels:
            trainer.append(features, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return rounded(path.read_bytes())


def rounded(weights: bytes) -> bytes:
    """Return a CRFsuite file with its weights cut to some four digits, so that it packs into half the room.

    The file's header gives at byte 28 where the weights begin: "FEAT", size, count, then for each feature three whole
    numbers and a double (Okazaki 2007, CRFsuite, `crf1d_model.c`).

    Raises:
        ValueError: if the file is none of CRFsuite's.
    """
    made = bytearray(weights)
    (start,) = struct.unpack_from("<I", made, 28)
    if made[:4] != b"lCRF" or made[start : start + 4] != b"FEAT":
        raise ValueError("not a CRFsuite file")
    (count,) = struct.unpack_from("<I", made, start + 8)
    table = np.frombuffer(made, np.uint8, 20 * count, start + 12).reshape(count, 20)
    table[:, 12:17] = 0
    return bytes(made)


def kinds_of(abstract: Abstract) -> list[str]:
    """Return the label of each number: its kind, with "+" where the marked span goes on behind it, or "O"."""
    by_class = {kind: name for name, pair in KINDS.items() for kind in pair}
    made: list[str] = []
    for marked, token in _numbers(abstract):
        kind = "" if marked is None else by_class[marked[0]] + ("+" if marked[2] > token.end + 1 else "")
        made.append(kind or "O")
    return made


def sides_of(abstract: Abstract) -> list[str]:
    """Return the label of each number of an arm: I or C, then f, s or d: first, same as the one before, different.

    A field of labels in a chain cannot weigh what stands between two numbers; a label that says whether the side
    changed can.
    """
    tested_classes = {pair[0] for pair in KINDS.values()}
    sides = [
        "I" if marked[0] in tested_classes else "C"
        for marked, _ in _numbers(abstract)
        if marked is not None and marked[0] != "total-participants"
    ]
    return [
        side + ("f" if place == 0 else "s" if side == sides[place - 1] else "d") for place, side in enumerate(sides)
    ]


def _numbers(abstract: Abstract) -> Iterable[tuple[tuple[str, int, int] | None, Any]]:
    marked = [span for span in abstract.spans if span[0] in NUMERIC]
    for place in numbered(abstract.tokens):
        token = abstract.tokens[place]
        yield next((span for span in marked if token.start < span[2] and span[1] < token.end), None), token


class Prepared:
    """Abstracts with the features that depend on no weights; made once, used by every fold."""

    def __init__(self, given: Sequence[Abstract], company: Mapping[str, int]) -> None:
        """Compute features and labels of `given`."""
        self.abstracts = list(given)
        self.company = company
        self.words = [sequence(word_features(each.text, each.tokens, company)) for each in given]
        self.labels = {name: [labelled(each, kinds) for each in given] for name, kinds in WORDS.items()}
        self.kinds = [kinds_of(each) for each in given]
        self.sides = [sides_of(each) for each in given]


Leaning = list[tuple[float, float]]
"""How likely each token of an abstract is a name of the arm under test, and of the other."""


def weights(prepared: Prepared, chosen: Sequence[int], leanings: Mapping[int, Leaning] | None = None) -> Weights:
    """Train every step on the abstracts at the places `chosen`.

    Args:
        prepared: all abstracts.
        chosen: places of those to learn from.
        leanings: what `arms_apart` gives for each of them; made here where it is not given.
    """
    models: dict[str, bytes] = {}
    for name in WORDS:
        models[name] = fitted([(prepared.words[i], prepared.labels[name][i]) for i in chosen], SETTINGS[name])
    if leanings is None:
        leanings = {i: each for part in parts(chosen) for i, each in arms_apart(prepared, chosen, part).items()}
    named = {i: _named(prepared, i, leanings[i]) for i in chosen}
    trees, odds, whose = _naming(prepared, chosen, named, leanings)
    rows = {i: _number_rows(prepared, i, named[i]) for i in chosen}
    models["kinds"], guesses = _apart(chosen, rows, prepared.kinds, "kinds")
    first = {i: _side_rows(prepared, i, named[i]) for i in chosen}
    models["sides"], sides = _apart(chosen, first, prepared.sides, "sides")
    owned = {i: tested(chances) for i, chances in sides.items()}
    scenes = {i: _scene(prepared, i, named[i], *whose[i]) for i in chosen}
    trees |= {"kinds": _kinds_again(prepared, guesses, named), "sides": _sides_again(prepared, chosen, scenes, owned)}
    return Weights(models, _lines(prepared, chosen, scenes, owned), trees, odds, BOUNDS, prepared.company)


Guesses = dict[int, list[dict[str, float]]]


def _apart(
    chosen: Sequence[int], rows: Mapping[int, Any], labels: Sequence[Sequence[str]], name: str
) -> tuple[bytes, Guesses]:
    """Return a model of all, and what models that never saw them say of each part."""
    made: Guesses = {}
    for inside, outside in _parted(chosen):
        model = Model(fitted([(rows[i], labels[i]) for i in inside], SETTINGS[f"{name}, inner"]))
        made.update({i: model.chances(rows[i], len(rows[i])) for i in outside})
    return fitted([(rows[i], labels[i]) for i in chosen], SETTINGS[name]), made


def _kinds_again(prepared: Prepared, guesses: Guesses, named: Mapping[int, Named]) -> Trees:
    """Return the trees of the second look at kinds, from first looks of models that never saw the abstract."""
    rows, labels = list[Any](), list[int]()
    for i, guess in guesses.items():
        if guess:
            found = prepared.abstracts[i].tokens
            rows.append(second_rows(found, numbered(found), guess, named[i][1]))
            labels += [LABELS.index(kind.rstrip("+")) for kind in prepared.kinds[i]]
    return grown(np.vstack(rows), np.array(labels), classes=len(LABELS), **GROWN["kinds"])


def _naming(
    prepared: Prepared, chosen: Sequence[int], named: Mapping[int, Named], leanings: Mapping[int, Leaning]
) -> tuple[dict[str, Trees], dict[str, float], dict[int, tuple[dict[frozenset[str], float], Trees]]]:
    """Return trees and odds of names, and for each abstract what those say of its names that never saw it."""
    stories = {
        i: story(
            prepared.abstracts[i].tokens,
            leanings[i],
            *named[i],
            _mine(prepared, i),
            [side[0] for side in prepared.sides[i]],
        )
        for i in chosen
    }
    made: dict[int, tuple[dict[frozenset[str], float], Trees]] = {}
    for inside, outside in _parted(chosen):
        trees, odds = trained([stories[i] for i in inside])
        for i in outside:
            found = prepared.abstracts[i].tokens
            made[i] = name_chances(found, leanings[i], *named[i], trees["names"], odds), trees["near"]
    return *trained([stories[i] for i in chosen]), made


def _sides_again(
    prepared: Prepared, chosen: Sequence[int], scenes: Mapping[int, Told], owned: Mapping[int, Sequence[float]]
) -> Trees:
    """Return the trees of the second look at sides, from sides settled by models that never saw the abstract."""
    rows, labels = list[Any](), list[int]()
    for inside, outside in _parted(chosen):
        lines = _lines(prepared, inside, scenes, owned)
        for i in outside:
            scene, told = scenes[i]
            scores = [lines["alone"].scores(row)[0] for row in scene.alone(owned[i], told)]
            if scores:
                rows.append(side_rows(scene, owned[i], scores, settled(scene, scores, lines["pair"]), told))
                labels += [int(side[0] == "I") for side in prepared.sides[i]]
    return grown(np.vstack(rows), np.array(labels), classes=2, **GROWN["sides"])


def _lines(
    prepared: Prepared, chosen: Sequence[int], scenes: Mapping[int, Told], owned: Mapping[int, Sequence[float]]
) -> dict[str, Line]:
    """Return the models of a number by itself and of two numbers, from chances of a tagger that never saw them."""
    alone: list[dict[str, float]] = []
    sides: list[str] = []
    pairs: list[dict[str, float]] = []
    same: list[str] = []
    for i in chosen:
        truth = [side[0] for side in prepared.sides[i]]
        scene, told = scenes[i]
        alone += scene.alone(owned[i], told)
        sides += ["yes" if side == "I" else "no" for side in truth]
        for one, two in scene.pairs():
            pairs.append(scene.pair(one, two))
            same.append("yes" if truth[one] == truth[two] else "no")
    return {"alone": _column(alone, sides), "pair": _column(pairs, same)}


def _column(rows: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Line:
    """Return a logistic model with the column of "yes" alone, rounded as it ships."""
    both = line(rows, labels, ("no", "yes"), strength=0.1, rare=5)
    return loaded(written(Line(("yes",), both.bias[1:], {name: row[1:] for name, row in both.weights.items()})))


Named = tuple[dict[str, float], list[Mention]]
Told = tuple[Scene, Table]
"""The numbers of an abstract among its names, and what the names around each tell of it."""


def arms_apart(prepared: Prepared, chosen: Sequence[int], apart: Sequence[int]) -> dict[int, Leaning]:
    """Return the names of arms in the abstracts at `apart` as a tagger finds them that learned from the others."""
    left_out = set(apart)
    rows = [(prepared.words[i], prepared.labels["arms"][i]) for i in chosen if i not in left_out]
    model = Model(fitted(rows, SETTINGS["arms, inner"]))
    return {
        i: [leaning(each) for each in model.chances(prepared.words[i], len(prepared.abstracts[i].tokens))]
        for i in apart
    }


def _named(prepared: Prepared, i: int, chances: Leaning) -> Named:
    found = prepared.abstracts[i].tokens
    names = arm_names(found, chances)
    return names, mentions(found, names)


def parts(chosen: Sequence[int]) -> list[list[int]]:
    """Return the places in parts by which they are told apart, the same for an abstract whatever the others are."""
    found = [[i for i in chosen if i % PARTS == part] for part in range(PARTS)]
    return [each for each in found if each]


def _parted(chosen: Sequence[int]) -> Iterable[tuple[list[int], list[int]]]:
    for outside in parts(chosen):
        left_out = set(outside)
        yield [i for i in chosen if i not in left_out], outside


def _number_rows(prepared: Prepared, i: int, named: Named) -> list[list[str]]:
    abstract = prepared.abstracts[i]
    return number_features(abstract.text, abstract.tokens, named[1], prepared.company)


def _side_rows(prepared: Prepared, i: int, named: Named) -> list[list[str]]:
    return side_features(prepared.abstracts[i].tokens, _mine(prepared, i), named[1], named[0])


def _scene(prepared: Prepared, i: int, named: Named, likely: Mapping[frozenset[str], float], near: Trees) -> Told:
    found = prepared.abstracts[i].tokens
    scene = Scene(found, _mine(prepared, i), *named, likely)
    return scene, told_by_names(found, scene.numbers, scene.names, near)


def _mine(prepared: Prepared, i: int) -> list[tuple[int, str]]:
    """Return (place, kind) of the numbers that people marked as one arm's."""
    return [
        (place, kind.rstrip("+"))
        for place, kind in zip(numbered(prepared.abstracts[i].tokens), prepared.kinds[i])
        if kind not in ("O", "total", "total+")
    ]


def write(made: Weights, folder: Path) -> None:
    """Write the weights as they ship; the same weights give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in MODELS:
        (folder / f"{name}.crf.xz").write_bytes(lzma.compress(made.models[name], preset=9))
    for name in LINES:
        (folder / f"{name}.json").write_text(written(made.lines[name]), encoding="utf-8")
    for name in TREES:
        (folder / f"{name}.npz").write_bytes(packed(made.trees[name]))
    for name, figures in (("odds", made.odds), ("bounds", made.bounds)):
        lines = "".join(f"{key}\t{figure}\n" for key, figure in sorted(figures.items()))
        (folder / f"{name}.tsv").write_text(lines, encoding="utf-8")


def write_classes(found: Mapping[str, int], folder: Path) -> None:
    """Write the classes of words, a line for each, as they ship."""
    folder.mkdir(parents=True, exist_ok=True)
    grouped: dict[int, list[str]] = defaultdict(list)
    for word, number in found.items():
        grouped[number].append(word)
    text = "\n".join(" ".join(sorted(grouped[number])) for number in sorted(grouped))
    (folder / "classes.txt.gz").write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def main(arguments: Sequence[str]) -> int:
    """Train on every abstract of the folder and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.pico", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dir", type=Path, required=True, help="folder of abstracts, NAME.txt with NAME.ann")
    parser.add_argument("--shared", type=Path, help="folder of shared data, for --classes")
    parser.add_argument("--classes", action="store_true", help="make the classes of words anew, first")
    parser.add_argument("--only-classes", action="store_true", help="make nothing but the classes of words")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    given = parser.parse_args(arguments)
    if given.classes or given.only_classes:
        write_classes(classes(given.shared), given.out)
    if not given.only_classes:
        prepared = Prepared(abstracts(given.dir), shipped_classes())
        write(weights(prepared, range(len(prepared.abstracts))), given.out)
    for path in sorted(given.out.iterdir()):
        print(f"{path.stat().st_size:>9}  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
