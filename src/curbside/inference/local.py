"""An encoder that runs here, on onnxruntime and tokenizers; nothing is sent anywhere and nothing is fetched.

Each text goes through the graph by itself, several at a time on threads of their own. So nothing is wasted on padding,
and, the activations of an eight-bit graph being scaled over all that is in a tensor, the same text gives the same
bytes whatever stands beside it. Batches would be no faster on a processor: `python -m bench encoder` has the figures.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curbside.errors import EncoderError
from curbside.inference.manifest import GRAPH, REMEDY, TOKENIZER, Manifest, current_folder, verified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNS_A_TOKEN = 64
"""A text is cut at this many code points a token before it is read, so that a megabyte costs no more than a page."""

MOST_THREADS = 4
"""Threads used where nobody says how many; never more than there are cores."""

EXTRA = "The encoder needs libraries that are not installed: pip install 'curbside[encoder]'"

_AT_ONCE = 512  # texts cut into tokens before any is embedded: what bounds the memory beside the rows


def load(home: Path, threads: int | None = None) -> OnnxEncoder | None:
    """Return the encoder installed below `home` (see `inference.manifest`), or None where none is.

    Takes about a quarter of a second: every byte is checked against the manifest.

    Raises:
        EncoderError: if it is damaged or the libraries that it runs on are missing; says what to do.
    """
    folder = current_folder(home)
    return None if folder is None else OnnxEncoder(folder, threads)


class OnnxEncoder:
    """An encoder from the folder of one version."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Check and load the files; `threads` embed several texts at a time (default: one a core, at most four).

        Raises:
            EncoderError: if a file is missing or damaged, or a library is missing; says what to do.
        """
        self.manifest: Manifest = verified(folder)
        self.folder = folder
        self.threads = threads if threads and threads > 0 else min(_cores(), MOST_THREADS)
        self._tokenizer = _tokenizer(folder / TOKENIZER, self.manifest.max_tokens)
        self._session = _session(folder / GRAPH)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.manifest.name

    @property
    def version(self) -> str:
        """Changes with graph, tokenizer and settings."""
        return self.manifest.version

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self.manifest.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape `(len(texts), dimensions)`, each of unit length; safe to call from threads.

        A text longer than `manifest.max_tokens` is embedded by its beginning. The same text gives the same bytes,
        whatever stands beside it and however many threads there are, on one machine with one onnxruntime.

        Raises:
            EncoderError: if the graph does not give what its manifest says.
        """
        import numpy as np

        rows = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            tokens = self.tokens(texts[start : start + _AT_ONCE])
            # The longest first, so that no thread ends with a long one when the others have nothing left.
            order = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))

            def put(place: int, start: int = start, tokens: list[list[int]] = tokens) -> None:
                rows[start + place] = self._row(tokens[place])

            if len(tokens) == 1 or self.threads == 1:
                for place in order:
                    put(place)
            else:
                with ThreadPoolExecutor(self.threads, "curbside-encoder") as pool:
                    list(pool.map(put, order))
        return rows

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text's tokens, as many as are read, marks of begin and end included.

        Halves of surrogate pairs, which no encoding has, are read as unknown signs.
        """
        most = self.manifest.max_tokens * SIGNS_A_TOKEN
        whole = (text[:most].encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts)
        return [self._tokenizer.encode(text).ids for text in whole]

    def _row(self, tokens: list[int]) -> NDArray[np.float32]:
        """Return the vector of one text."""
        import numpy as np

        if not tokens:
            raise EncoderError(f"{self.folder / TOKENIZER}: gives no token for an empty text. {REMEDY}")
        ids = np.array([tokens], np.int64)
        values = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        given = {name: values[name] for name in self.manifest.inputs}
        found = np.asarray(self._session.run([self.manifest.output], given)[0], np.float32)
        way = self.manifest.pooling
        if found.ndim != (2 if way == "graph" else 3) or found.shape[-1] != self.dimensions:
            raise EncoderError(f"{self.folder / GRAPH}: gave an output of shape {found.shape}. {REMEDY}")
        row = found[0] if way == "graph" else found[0].mean(axis=0) if way == "mean" else found[0, 0]
        length = float(np.linalg.norm(row))
        if not 0 < length < float("inf"):
            raise EncoderError(f"{self.folder / GRAPH}: gave a vector without a direction. {REMEDY}")
        return row / np.float32(length)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tokenizer(path: Path, max_tokens: int) -> Any:
    try:
        import tokenizers
    except ImportError:
        raise EncoderError(EXTRA) from None
    library: Any = tokenizers
    try:
        made = library.Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - the library raises nothing narrower
        raise EncoderError(f"{path}: no tokenizer ({error}).") from None
    # The file may carry the settings of a training run; each text is read whole, up to the model's own bound.
    made.no_padding()
    made.enable_truncation(max_tokens)
    return made


def _session(path: Path) -> Any:
    try:
        import onnxruntime  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise EncoderError(EXTRA) from None
    runtime: Any = onnxruntime
    runtime.disable_telemetry_events()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the threads are ours: one text each
    options.enable_mem_pattern = False  # it would keep a plan for every length of text
    options.log_severity_level = 3
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - the library's errors have no common class but this
        raise EncoderError(f"{path}: onnxruntime cannot load the graph ({error}).") from None
