"""How fast searching is, SQLite FTS5 and bm25s beside us: `python -m bench search [--n 100000] [--json]`.

Where an encoder is installed both legs are measured too. Their questions are embedded as ever; the vectors of the
records are drawn, seeded, since each is looked at whatever it holds, and embedding 100,000 takes half an hour.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer
from evals.meaning import installed

from bench import corpus
from bench.machine import line, machine, peak_mb
from curbside.extract.profile import profile
from curbside.inference.base import Encoder
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Document, Holding, PartRole, Query, Raw, Span, sealed
from curbside.search.analysis import stems, surface
from curbside.search.base import Embedded, Vectors
from curbside.search.fused import DEPTH, FusedIndex
from curbside.search.index import TantivyIndex
from curbside.search.vectors_faiss import FaissVectors

_STEP = 1_000
_FEW = 200  # questions put to the engines beside us, which take their time
_LIMIT = 10


def main(arguments: Sequence[str]) -> int:
    """Index a corpus in each engine and print questions a second and milliseconds a question (k = 10, any word)."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="leave the engines beside us out")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    asked = questions(corpus.shared_folder())
    with tempfile.TemporaryDirectory() as folder:
        paths = corpus.write(given.n, Path(folder) / "records", given.seed)
        index = Path(folder) / "index"
        engines: dict[str, dict[str, float]] = {"words": ours(paths, index, asked)}
        encoder = installed()
        if encoder is not None:
            engines["words + meaning"] = both(index, Path(folder), encoder, asked, given.seed)
        if not given.alone:
            texts = [_words(document) for document in documents(paths)]
            engines["sqlite fts5"] = fts5(texts, Path(folder) / "fts5.db", asked[:_FEW])
            engines["bm25s"] = with_bm25s(texts, asked[:_FEW])
    result = {"n": given.n, "questions": len(asked), "engines": engines, "machine": machine()}
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    print(f"{given.n} records, {len(asked)} questions ({_FEW} to the engines beside us)")
    for name, figures in engines.items():
        print(f"{name:<16} " + ", ".join(f"{key} {value:,}" for key, value in figures.items()))
    return 0


def questions(shared: Path) -> list[str]:
    """Return real questions and claims: research questions, then claims, in the order of their files."""
    data = shared / "data"
    asked = [json.loads(row)["question"] for row in (data / "pubmedqa" / "train.jsonl").open(encoding="utf-8")]
    claims = [json.loads(row)["text"] for row in (data / "retrieval" / "train_queries.jsonl").open(encoding="utf-8")]
    return [text for pair in zip(asked, claims) for text in pair]


def documents(paths: Sequence[Path]) -> Iterator[Document]:
    """Yield the documents of the records."""
    for path in paths:
        for reading in read(Raw(str(path), path.read_bytes())):
            if isinstance(reading.record, Document):
                yield sealed(reading.record)


def ours(paths: Sequence[Path], folder: Path, asked: Sequence[str]) -> dict[str, float]:
    """Return the figures of our index, concepts recognised and expanded as for a user."""
    vocabulary = Vocabulary.shipped()
    index = TantivyIndex(folder, vocabulary)
    held = (Holding(each, f"w{each.id[1:13]}", "", 0, profile(each, vocabulary)) for each in documents(paths))
    seconds = count = 0.0
    while batch := list(islice(held, _STEP)):
        begun = time.perf_counter()
        index.apply(batch)
        seconds += time.perf_counter() - begun
        count += len(batch)
    begun = time.perf_counter()
    index.commit(1)
    seconds += time.perf_counter() - begun

    def ask(text: str) -> None:
        index.search(Query(text, tuple(vocabulary.expansions(text)), limit=_LIMIT))

    begun = time.perf_counter()
    ask(asked[0])
    cold = time.perf_counter() - begun
    figures = {"indexed_a_second": round(count / seconds), "first_ms": round(cold * 1000, 1), **_timed(ask, asked)}
    figures["questions_a_second_2_threads"] = _threaded(ask, asked)
    figures["index_mb"] = sum(path.stat().st_size for path in folder.iterdir()) >> 20
    figures["peak_mb"] = round(peak_mb())
    index.close()
    return figures


def both(words: Path, folder: Path, encoder: Encoder, asked: Sequence[str], seed: int) -> dict[str, float]:
    """Return the figures of both legs over an index of words that is there already."""
    vocabulary = Vocabulary.shipped()
    index = TantivyIndex(words, vocabulary)
    held = [hit.document for hit in index.search(Query("kind:article", advanced=True, limit=10**7)).hits]
    vectors: Vectors = FaissVectors(folder, encoder.version)
    draw = np.random.default_rng(seed)
    seconds = 0.0
    for seq, start in enumerate(range(0, len(held), _STEP), 1):
        rows = draw.standard_normal((len(held[start : start + _STEP]), encoder.dimensions), np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        begun = time.perf_counter()
        vectors.apply(
            Embedded(document, (Span(0, 1),), rows[place : place + 1])
            for place, document in enumerate(held[start : start + _STEP])
        )
        vectors.commit(seq)
        seconds += time.perf_counter() - begun
    fused = FusedIndex(index, lambda: vectors, lambda text: encoder.embed([text])[0])

    def ask(text: str) -> None:
        fused.search(Query(text, tuple(vocabulary.expansions(text)), limit=_LIMIT))

    begun = time.perf_counter()
    ask(asked[0])
    cold = time.perf_counter() - begun
    figures = {"kept_a_second": round(len(held) / seconds), "first_ms": round(cold * 1000, 1), **_timed(ask, asked)}
    figures["questions_a_second_2_threads"] = _threaded(ask, asked)
    figures |= _parts(vectors, encoder, asked[:_FEW])
    figures["vectors_mb"] = sum(path.stat().st_size for path in (folder / "vectors").rglob("*")) >> 20
    figures["peak_mb"] = round(peak_mb())
    fused.close()
    return figures


def _parts(vectors: Vectors, encoder: Encoder, asked: Sequence[str]) -> dict[str, float]:
    """Return what embedding a question and finding its nearest take, in milliseconds, medians."""
    embedding: list[float] = []
    finding: list[float] = []
    for text in asked:
        begun = time.perf_counter()
        vector = encoder.embed([text])[0]
        embedded = time.perf_counter()
        vectors.nearest(vector, DEPTH)
        embedding.append(embedded - begun)
        finding.append(time.perf_counter() - embedded)
    return {
        "embedding_ms": round(statistics.median(embedding) * 1000, 2),
        "nearest_ms": round(statistics.median(finding) * 1000, 2),
    }


def fts5(texts: Sequence[str], path: Path, asked: Sequence[str]) -> dict[str, float]:
    """Return the figures of SQLite FTS5 with porter stems, the same words joined by OR."""
    database = sqlite3.connect(path)
    database.execute("create virtual table entries using fts5(words, content='', tokenize='porter unicode61')")
    begun = time.perf_counter()
    with database:
        database.executemany("insert into entries(rowid, words) values (?, ?)", enumerate(texts, 1))
    seconds = time.perf_counter() - begun

    def ask(text: str) -> None:
        words = [word for _, word in surface(text) if stems(word)]
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        database.execute(
            "select rowid from entries where entries match ? order by rank limit ?", (match, _LIMIT)
        ).fetchall()

    figures = {"indexed_a_second": round(len(texts) / seconds), **_timed(ask, asked)}
    database.close()
    return figures


def with_bm25s(texts: Sequence[str], asked: Sequence[str]) -> dict[str, float]:
    """Return the figures of bm25s with its defaults, English stems and stop words, one question at a time."""
    stemmer = Stemmer.Stemmer("english")

    def tokens(some: Sequence[str]) -> Any:
        return bm25s.tokenize(list(some), stopwords="en", stemmer=stemmer, show_progress=False)

    begun = time.perf_counter()
    model = bm25s.BM25()
    model.index(tokens(texts), show_progress=False)
    seconds = time.perf_counter() - begun

    def ask(text: str) -> None:
        model.retrieve(tokens([text]), k=_LIMIT, show_progress=False)

    return {"indexed_a_second": round(len(texts) / seconds), **_timed(ask, asked)}


def _words(document: Document) -> str:
    abstract = (part.span.of(document.text) for part in document.parts if part.role is PartRole.ABSTRACT)
    return f"{document.title} {' '.join(abstract)}"


def _timed(ask: Callable[[str], None], asked: Sequence[str]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds, and questions a second, of one thread."""
    took: list[float] = []
    for text in asked:
        begun = time.perf_counter()
        ask(text)
        took.append(time.perf_counter() - begun)
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2] * 1000, 2),
        "p95_ms": round(took[int(len(took) * 0.95)] * 1000, 2),
        "questions_a_second": round(len(took) / sum(took), 1),
    }


def _threaded(ask: Callable[[str], None], asked: Sequence[str]) -> float:
    begun = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, asked))
    return round(len(asked) / (time.perf_counter() - begun), 1)
