"""How fast PubMed XML gets in, and what the limit is made of: `python -m bench ingest [--n 20000] [--json]`."""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bench import corpus
from bench.database import database, option
from bench.machine import line, machine, peak_mb
from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Document, Raw, sealed
from curbside.search.index import TantivyIndex
from curbside.store.base import Delivery, Original
from curbside.store.packing import entry_of
from curbside.wiring import open_library
from curbside.wiring.stores import writable
from curbside.workflows.reading import made_by

_SAMPLE = 2_000
_T = TypeVar("_T")


def main(arguments: Sequence[str]) -> int:
    """Add a corpus to a new library and print records a second, then the cost of each stage on its own."""
    parser = argparse.ArgumentParser(prog="python -m bench ingest", description=__doc__)
    parser.add_argument("--n", type=int, default=20_000, help="records")
    parser.add_argument("--seed", type=int, default=1)
    option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        library, alone = Path(folder) / "library", Path(folder) / "stages"
        with database(given.database, library, alone):
            paths = corpus.write(given.n, Path(folder) / "records", given.seed)
            whole = _whole(paths, library, given.n)
            stages = _stages(paths[0], alone)
    result = {
        "n": given.n,
        "postgresql": bool(given.database),
        **whole,
        "stages_ms_a_record": stages,
        "machine": machine(),
    }
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    print(f"added {given.n} records in {whole['seconds']} s: {whole['records_per_second']} records/s")
    print(
        f"processor time {whole['cpu_ms_a_record']} ms a record over all processes, so that two free cores allow "
        f"{whole['limit_on_two_cores']} records/s; peak memory {whole['peak_mb']} MB, of a reading process "
        f"{whole['peak_mb_reader']} MB; library {whole['library_mb']} MB"
    )
    print("what a record costs, ms of one core, each stage alone: " + ", ".join(f"{k} {v}" for k, v in stages.items()))
    return 0


def _processor() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _whole(paths: list[Path], folder: Path, n: int) -> dict[str, object]:
    library = open_library(folder, write=True)
    start, before = time.perf_counter(), _processor()
    added = library.add(paths)
    seconds, spent = time.perf_counter() - start, _processor() - before
    library.close()
    if added.added != n or added.problems:
        raise SystemExit(f"of {n} records only {added.added} were added: {added.problems[:3]}")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "seconds": round(seconds, 2),
        "records_per_second": round(n / seconds),
        "cpu_ms_a_record": round(spent * 1000 / n, 3),
        "limit_on_two_cores": round(2 * n / spent),
        "peak_mb": round(peak_mb()),
        "peak_mb_reader": round(peak_mb(children=True)),
        "library_mb": size >> 20,
    }


def _stages(path: Path, folder: Path) -> dict[str, float]:
    """Return milliseconds of processor time a record of each stage by itself, threads of this process included."""
    vocabulary = Vocabulary.shipped()
    raw = Raw(str(path), path.read_bytes())
    costs: dict[str, float] = {}

    def timed(name: str, run: Callable[[], _T], n: int) -> _T:
        start = time.process_time()
        result = run()
        costs[name] = round((time.process_time() - start) * 1000 / n, 3)
        return result

    everything = list(read(raw))
    documents = timed("read", lambda: [r.record for r in read(raw) if isinstance(r.record, Document)], len(everything))
    documents = [sealed(document) for document in documents[:_SAMPLE]]
    n = len(documents)
    profiles = timed("profile", lambda: [profile(document, vocabulary) for document in documents], n)
    maker = made_by(vocabulary)
    entries = timed("pack", lambda: [entry_of(d, p, maker) for d, p in zip(documents, profiles)], n)
    store = writable(folder)
    sha, _ = store.keep(raw.data)
    original = Original(sha, len(raw.data), str(path), "pubmed", 1)
    batches = [Delivery(original, at, tuple(entries[at : at + 500]), (), at + 500 >= n) for at in range(0, n, 500)]
    timed("store", lambda: [store.put([batch]) for batch in batches], n)
    holdings = timed("fetch", lambda: store.holdings([entry.id for entry in entries]), n)
    index = TantivyIndex(folder / "index", vocabulary)
    timed("index", lambda: (index.apply(holdings), index.commit(1)), n)
    index.close()
    store.close()
    return costs
