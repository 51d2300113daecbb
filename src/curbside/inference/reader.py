"""Scores of how a statement stands to what it cites, by the encoder installed and an adapter that ships with Curbside.

The graph is written beside the encoder's own when an encoder is installed from the weights that the adapter was made
for. Each statement goes through it by itself, several at a time on threads of their own; so the same words give the
same scores whatever stands beside them.

<version>/
  stance.onnx         the encoder with the adapter added
  stance.json         what it was made from, and the SHA-256 of the graph
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curbside.errors import EncoderError
from curbside.inference.adapter import Adapter, adapter
from curbside.inference.architecture import WRITER, settings
from curbside.inference.local import MOST_THREADS, cores, session, tokenizer
from curbside.inference.manifest import REMEDY, TOKENIZER, read_manifest, sha256_of, verified

if TYPE_CHECKING:
    from curbside.records.citation import StatementText

GRAPH, RECORD = "stance.onnx", "stance.json"

ADAPTER = "adapter.npz"
"""The shipped adapter, among the data of stance."""

BEFORE, BEHIND = 48, 32
"""Tokens that are read on either side of the marker."""

_MOST = 4_096  # tokens of either side before it is cut to what is read; a side has fewer signs

_MARKS = ("[CLS]", "[MASK]", "[SEP]")
"""Stand at the beginning, for the marker, and at the end."""

Sides = Callable[["StatementText"], tuple[str, str]]
"""The words on either side of a statement's marker."""


@cache
def shipped_adapter() -> bytes:
    """Return the file of the shipped adapter."""
    return resources.files("curbside.inference").joinpath("data", "stance", ADAPTER).read_bytes()


def made_from() -> dict[str, str]:
    """Return what a graph of today is made from, beside the encoder's weights."""
    return {ADAPTER: hashlib.sha256(shipped_adapter()).hexdigest(), "writer": str(WRITER)}


def fits(weights: str) -> bool:
    """Tell whether the shipped adapter was made for weights of this SHA-256."""
    from curbside.inference.origin import PACKAGED, WEIGHTS

    return weights == PACKAGED[WEIGHTS]


def readable(folder: Path) -> bool:
    """Tell whether the encoder in a folder has the graph of today beside it; cheap, and its bytes are not read.

    Raises:
        EncoderError: if the encoder's manifest is damaged.
    """
    from curbside.inference.origin import WEIGHTS

    if not fits(read_manifest(folder).made_from.get(WEIGHTS, "")) or not (folder / RECORD).is_file():
        return False
    return settings(folder / RECORD).get("made_from") == made_from()


def whole(folder: Path) -> bool:
    """Tell whether the encoder in a folder has the graph of today beside it, after reading every byte."""
    try:
        return readable(folder) and sha256_of(folder / GRAPH) == settings(folder / RECORD).get("sha256")
    except (EncoderError, OSError):
        return False


def token_ids(made: Any, before: str, behind: str) -> tuple[list[int], int]:
    """Return the ids that a tokenizer makes of the words on either side of a marker, and the marker's place."""
    first, marker, last = (made.token_to_id(mark) for mark in _MARKS)
    left = made.encode(before, add_special_tokens=False).ids[-BEFORE:]
    right = made.encode(behind, add_special_tokens=False).ids[:BEHIND]
    return [first, *left, marker, *right, last], len(left) + 1


class StanceReader:
    """The graph in an encoder's folder, loaded."""

    def __init__(self, folder: Path, sides: Sides, threads: int | None = None) -> None:
        """Check and load the files; `threads` read several statements at a time (default: one a core, at most four).

        Raises:
            EncoderError: if a file is missing or damaged, or a library is missing; says what to do.
        """
        verified(folder)
        graph = folder / GRAPH
        if not whole(folder):
            raise EncoderError(f"{graph}: the file is not the one that was installed. {REMEDY}")
        self._sides = sides
        self._threads = threads if threads and threads > 0 else min(cores(), MOST_THREADS)
        self._tokenizer = tokenizer(folder / TOKENIZER, _MOST)
        self._session = session(graph)

    def scores(self, statements: Sequence[StatementText]) -> list[tuple[float, ...]]:
        """Return a score for each class and statement, in the order of `Stance`; safe to call from threads."""
        if len(statements) < 2 or self._threads == 1:
            return [self._one(statement) for statement in statements]
        with ThreadPoolExecutor(self._threads, "curbside-reader") as pool:
            return list(pool.map(self._one, statements))

    def _one(self, statement: StatementText) -> tuple[float, ...]:
        import numpy as np

        from curbside.inference.graph import INPUTS, PLACE, SCORES

        ids, place = token_ids(self._tokenizer, *self._sides(statement))
        tokens = np.array([ids], np.int64)
        marker = np.zeros_like(tokens)
        marker[0, place] = 1
        given = dict(zip((*INPUTS, PLACE), (tokens, np.ones_like(tokens), marker)))
        return tuple(float(score) for score in self._session.run([SCORES], given)[0][0])


def write_graph(source: Path, folder: Path, put: Callable[[Path, bytes], None]) -> None:
    """Write the graph beside the encoder in `folder`, from the weights in `source`, with `put`; its record last.

    Raises:
        EncoderError: if the weights cannot be read or a library is missing.
    """
    from curbside.inference import graph
    from curbside.inference.architecture import architecture
    from curbside.inference.origin import WEIGHTS
    from curbside.inference.weights import read_weights

    made = architecture(source)
    weights = graph.checked(made, read_weights(source / WEIGHTS, graph.shapes(made)), str(source / WEIGHTS))
    added: Adapter = adapter(shipped_adapter())
    data = graph.written_judge(made, added.added(weights))
    record = {"made_from": made_from(), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / RECORD).unlink(missing_ok=True)
    for name, content in ((GRAPH, data), (RECORD, (json.dumps(record, indent=1, sort_keys=True) + "\n").encode())):
        passing = folder / f"{name}.partial"
        put(passing, content)
        passing.replace(folder / name)
