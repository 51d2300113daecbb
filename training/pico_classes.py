"""Sorts words by the company they keep, so that the span tagger knows words that its few hundred abstracts never show.

Positive pointwise mutual information of words with their neighbours, a truncated singular value decomposition of it,
and k-means over the vectors (Levy, Goldberg & Dagan 2015, TACL 3:211). No labelled text is read.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from evals.lines import json_lines
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

_WORD = re.compile(r"[^\W\d_]\w{0,60}+|[0-9]+(?:[.,][0-9]+)*|[^\s\w]")
_RUBRIC = re.compile(r"(?m)^(?:AB|TI) {2}- (.*(?:\n {6}.*)*)")
_WINDOW = 2


def texts(shared: Path) -> Iterator[str]:
    """Yield unlabelled medical prose: articles, abstracts, records of trials in MEDLINE's form."""
    data = shared / "data"
    for path in sorted((data / "formats").glob("*.nbib")):
        for match in _RUBRIC.finditer(path.read_text(encoding="utf-8", errors="replace")):
            yield re.sub(r"\s+", " ", match[1])
    yield from (row["text"] for row in json_lines(data / "retrieval" / "scifact_corpus.jsonl.gz"))
    for path in sorted((data / "jats").glob("*.nxml")):
        yield html.unescape(re.sub(r"<[^>]{0,400}>", " ", path.read_text(encoding="utf-8", errors="replace")))


def classes(shared: Path, *, words: int = 16_000, size: int = 60, many: int = 256, seed: int = 7) -> dict[str, int]:
    """Return word, in lower case -> its class, for the commonest words of `texts`."""
    from sklearn.cluster import MiniBatchKMeans

    read = [[_form(word) for word in _WORD.findall(text.lower())] for text in texts(shared)]
    counts = Counter(word for text in read for word in text)
    known = {word: place for place, (word, times) in enumerate(counts.most_common(words)) if times > 4}
    table = _together(read, known)
    left, strengths, _ = svds(table, k=size, random_state=np.random.default_rng(seed))
    vectors = left * np.sqrt(strengths)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    found = MiniBatchKMeans(many, random_state=seed, n_init=3, batch_size=4096).fit_predict(vectors)
    return {word: int(found[place]) for word, place in known.items() if word[0].isalpha()}


def _form(word: str) -> str:
    return "0" if word[0].isdigit() else word


def _together(read: list[list[str]], known: dict[str, int]) -> csr_matrix:
    """Return positive pointwise mutual information, neighbours to the left and right apart."""
    size = len(known)
    ids = [np.array([known.get(word, -1) for word in text], dtype=np.int32) for text in read]
    total: csr_matrix | None = None
    for step in range(1, _WINDOW + 1):
        for sign in (1, -1):
            rows = np.concatenate([(each[:-step] if sign > 0 else each[step:]) for each in ids if len(each) > step])
            columns = np.concatenate([(each[step:] if sign > 0 else each[:-step]) for each in ids if len(each) > step])
            both = (rows >= 0) & (columns >= 0)
            shift = 0 if sign > 0 else size
            one = coo_matrix(
                (np.ones(int(both.sum()), dtype=np.float32), (rows[both], columns[both] + shift)), (size, 2 * size)
            ).tocsr()
            total = one if total is None else total + one
    if total is None:
        raise ValueError("there are no texts")
    whole = float(total.sum())
    by_row = np.asarray(total.sum(axis=1)).ravel()
    by_column = np.asarray(total.sum(axis=0)).ravel() ** 0.75
    by_column = by_column * (whole / by_column.sum())
    made = total.tocoo()
    made.data = np.maximum(np.log(made.data * whole / (by_row[made.row] * by_column[made.col])), 0)
    return csr_matrix(made)
