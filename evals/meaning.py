"""The second leg for evals: the encoder that is installed, and documents of a labelled set embedded as a library's."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from curbside.inference.base import Encoder
from curbside.inference.local import load
from curbside.records import Holding
from curbside.search.base import Embedded, Index, Vectors
from curbside.search.fused import FusedIndex
from curbside.search.pieces import pieces
from curbside.search.vectors_faiss import FaissVectors
from curbside.settings import read_settings

_BATCH = 128
_TELL_S = 15.0


def installed() -> Encoder | None:
    """Return the encoder of CURBSIDE_ENCODER or of the user's data folder; None, with a word, where there is none."""
    home = read_settings(os.environ, Path.home()).encoder
    encoder = load(home) if home is not None else None
    if encoder is None:
        print("no encoder is installed: words alone are measured (curbside encoder install)", file=sys.stderr)
    return encoder


def embedded(holdings: Iterable[Holding], encoder: Encoder) -> Iterator[Embedded]:
    """Yield documents with the vectors that a library would have of them."""
    waiting = iter(holdings)
    begun = told = time.monotonic()
    done = 0
    while batch := list(islice(waiting, _BATCH)):
        cut = [(holding.document.id, pieces(holding.document)) for holding in batch]
        vectors = encoder.embed([piece.text for _, some in cut for piece in some])
        first = 0
        for document, some in cut:
            yield Embedded(document, tuple(piece.span for piece in some), vectors[first : first + len(some)])
            first += len(some)
        done += len(batch)
        if time.monotonic() - told > _TELL_S:
            told = time.monotonic()
            print(f"{done:,} documents embedded, {done / (told - begun):.0f}/s", file=sys.stderr)


def with_meaning(words: Index, holdings: Iterable[Holding], encoder: Encoder, folder: Path) -> FusedIndex:
    """Return an index of both legs; vectors of the holdings are made in `folder`."""
    vectors: Vectors = FaissVectors(folder, encoder.version)
    vectors.apply(embedded(holdings, encoder))
    vectors.commit(1)
    return FusedIndex(words, lambda: vectors, lambda text: encoder.embed([text])[0])
