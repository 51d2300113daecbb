"""How fast cards are read: `python -m bench extract [--abstracts FILE] [--articles DIR] [--n 800] [--json]`.

Documents are read from their markup before the clock starts; `read_card` alone is timed, in as many processes as
are given, each of which has its vocabulary ready.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench import corpus
from bench.machine import line, machine, peak_mb
from curbside.extract.card import read_card
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Document, Raw, sealed
from curbside.records.document import decoded, encoded


def main(arguments: Sequence[str]) -> int:
    """Time cards of abstracts and of full texts and print documents a second."""
    parser = argparse.ArgumentParser(prog="python -m bench extract", description=__doc__)
    parser.add_argument("--abstracts", type=Path, help="file of records (default: records made up)")
    parser.add_argument("--articles", type=Path, help="folder of JATS articles; without it full texts are left out")
    parser.add_argument("--n", type=int, default=800, help="abstracts at the most, a tenth as many articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    sets = {"abstracts": _abstracts(given.abstracts, given.n, given.seed)}
    if given.articles is not None:
        paths = sorted(path for path in given.articles.iterdir() if path.suffix in {".xml", ".nxml"})
        sets["full_texts"] = [encoded(document) for path in paths[: given.n // 10] for document in _documents(path)]
    figures = {name: _timed(packed, given.processes) for name, packed in sets.items()}
    result = {"n": sum(map(len, sets.values())), "processes": given.processes, **figures, "machine": machine()}
    result["peak_mb_reader"] = round(peak_mb(children=True))
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    for name, row in figures.items():
        print(
            f"{name}: {row['n']} in {row['seconds']} s, {row['per_second']} a second, {row['facts']} facts a document"
        )
    return 0


def _documents(path: Path) -> Iterator[Document]:
    for reading in read(Raw(str(path), path.read_bytes())):
        if isinstance(reading.record, Document):
            yield sealed(reading.record)


def _abstracts(path: Path | None, n: int, seed: int) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [path] if path is not None else corpus.write(n, Path(folder) / "records", seed)
        return [encoded(document) for each in paths for document in _documents(each)][:n]


_vocabulary: list[Vocabulary] = []


def _ready() -> None:
    _vocabulary.append(Vocabulary.shipped())
    _vocabulary[0].mentions("sirolimus for lymphatic malformations")


def _read(packed: list[bytes]) -> int:
    return sum(len(read_card(decoded(each), _vocabulary[0]).facts) for each in packed)


def _timed(packed: list[bytes], processes: int) -> dict[str, float]:
    """Return documents a second over all processes; each takes every n-th document in small batches."""
    size = max(1, min(20, len(packed) // (4 * processes) or 1))
    batches = [packed[at : at + size] for at in range(0, len(packed), size)]
    with ProcessPoolExecutor(processes, initializer=_ready) as pool:
        list(pool.map(_read, batches[: 2 * processes]))  # patterns are compiled when first used
        start = time.perf_counter()
        facts = sum(pool.map(_read, batches))
        seconds = time.perf_counter() - start
    return {
        "n": len(packed),
        "seconds": round(seconds, 2),
        "per_second": round(len(packed) / seconds, 1),
        "facts": round(facts / len(packed), 1),
    }
