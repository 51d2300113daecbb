"""How fast the gate of notices is: a list in, works marked, a key looked up: `python -m bench notices [--n 57553]`."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.machine import line, machine
from curbside.readers.notice_lists import read_list
from curbside.records import DocumentKind, EvidenceKind, Identifiers, NoticeList, Profile
from curbside.records.document import Document
from curbside.store.base import Delivery, Original
from curbside.store.packing import entry_of
from curbside.store.sqlite import SqliteReader
from curbside.store.writing import SqliteStore

_HELD = 5_000
_NAMED = 0.1  # share of the works held that the list names


def main(arguments: Sequence[str]) -> int:
    """Take a list of made-up DOIs beside works of which some are named; print the cost of each step."""
    parser = argparse.ArgumentParser(prog="python -m bench notices", description=__doc__)
    parser.add_argument("--n", type=int, default=57_553, help="rows of the list")
    parser.add_argument("--list", type=Path, help="a list to take instead of one made up")
    parser.add_argument("--looks", type=int, default=5_000, help="keys looked up")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    data = given.list.read_bytes() if given.list else _made(given.n)
    with tempfile.TemporaryDirectory() as folder:
        result = {**_run(data, Path(folder) / "library", given.looks, chance), "machine": machine()}
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    print(
        f"a list of {result['rows']:,} rows: read in {result['read_s']} s, taken in {result['taken_s']} s of one core, "
        f"{result['marked']:,} of {result['held']:,} works held marked"
    )
    for name in ("named", "not_named", "work"):
        each = result[name]
        print(f"look-up, {name.replace('_', ' ')}: " + ", ".join(f"{k} {v} ms" for k, v in each.items()))
    return 0


def _made(rows: int) -> bytes:
    natures = ("Retraction", "Expression of concern", "Correction", "Reinstatement", "Retraction;Expression of concern")
    lines = (f"10.{1000 + row % 97}/listed.{row},{natures[row % 5]}" for row in range(rows))
    return ("doi,nature\n" + "\n".join(lines) + "\n").encode()


def _run(data: bytes, folder: Path, looks: int, chance: random.Random) -> dict[str, object]:
    start = time.process_time()
    found = read_list(data, "List", "list.csv")
    read_s = time.process_time() - start
    assert found is not None
    listed = [word.key for word in found.words]
    named = [key.partition(":")[2] for key in chance.sample(listed, min(len(listed), round(_HELD * _NAMED)))]
    store = SqliteStore(folder)
    _hold(store, [*named, *(f"10.9999/held.{number}" for number in range(_HELD - len(named)))])
    start = time.process_time()
    told = NoticeList("List", "list.csv", found.format, "", "", found.rows, len(found.problems))
    marked = store.gate.put(told, data, found.words, found.problems)
    taken_s = time.process_time() - start
    store.close()
    reader = SqliteReader(folder)
    works = [holding.work for holding, _ in zip(reader.live_holdings(), range(500))]
    keys = chance.choices(listed, k=looks)
    absent = [f"doi:10.9999/none.{number}" for number in range(looks)]
    result: dict[str, object] = {
        "rows": found.rows,
        "held": _HELD,
        "marked": marked,
        "read_s": round(read_s, 2),
        "taken_s": round(taken_s, 2),
        "named": _spread(reader.gate.look, keys),
        "not_named": _spread(reader.gate.look, absent),
        "work": _spread(reader.gate.of_work, works),
    }
    reader.close()
    return result


def _hold(store: SqliteStore, dois: Sequence[str]) -> None:
    sha, _ = store.keep(b"held")
    original = Original(sha, 4, "/held", "pubmed", 1)
    entries = [
        entry_of(
            Document("", f"Text {doi}.", DocumentKind.ARTICLE, title=doi, ids=Identifiers(doi=doi)),
            Profile(EvidenceKind.COHORT),
            "bench",
        )
        for doi in dict.fromkeys(dois)
    ]
    store.put([Delivery(original, 0, tuple(entries), (), True)])


def _spread(look: Callable[[str], object], keys: Sequence[str]) -> dict[str, float]:
    """Return p50, p95, p99 and the slowest of looking keys up one by one, in milliseconds; and p99 of processor time.

    On a machine that does other things beside, the slowest are those in which this process had to wait.
    """
    taken: list[float] = []
    spent: list[float] = []
    look(keys[0])
    for key in keys:
        start, busy = time.perf_counter(), time.thread_time()
        look(key)
        spent.append((time.thread_time() - busy) * 1000)
        taken.append((time.perf_counter() - start) * 1000)
    cuts, own = statistics.quantiles(taken, n=100), statistics.quantiles(spent, n=100)
    told = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(taken), "processor p99": own[98]}
    return {name: round(value, 3) for name, value in told.items()}
