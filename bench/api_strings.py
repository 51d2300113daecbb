"""Strings that nobody types, for the API to answer: `python -m bench api-strings [--n 10000] [--library FOLDER]`.

Every string is asked as a question and, one in four each, searched for as words or as a query of the librarian's
language. Passed when there was no 500 and no answer took longer than two seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.machine import line, machine

SLOWEST_S = 2.0
"""Seconds that no answer may take."""

LONGEST = 2_000
"""Characters of a question."""

_TYPED = (
    "sirolimus everolimus tacrolimus rapamicin mTOR inhibitors lupus ITP children adults dose trial harms of the in "
    "and OR AND NOT drug: title:( year:2010- -2020 kind:note design:rct 0.5 mg/kg 76.9% 10/13 HR 0.72 (95% CI p<0.001 "
    "[1] \" ' ( ) * ? : ~ ^ \\ / + - { } <b> &amp; '; DROP TABLE works;-- %00 ../../ ${x} {{7*7}} ‘’ “” — µg β-blocker "
    "ﬁ İ ẞ ǆ"
)
_WORDS = _TYPED.split()
_SIGNS = "\0\t\n\r\x0b\x1b\x7f\x85\xa0\xad\u200b\u200d\u202e\u2028\u2066\ufeff\ufffd\ufffe\U000e0001\U0001f469"
_HALVES = "\ud800\udbff\udc00\udfff"
_COMBINING = "\u0301\u0327\u0489\u20e3"
_SCRIPTS = (
    (0x20, 0x7E),
    (0xA1, 0x24F),
    (0x370, 0x4FF),
    (0x590, 0x6FF),
    (0x900, 0x97F),
    (0x3040, 0x30FF),
    (0x4E00, 0x4FFF),
)


def strings(n: int, seed: int) -> Iterator[str]:
    """Yield `n` strings of 1 to `LONGEST` code points, blanks alone left out; the same for the same seed."""
    chance = random.Random(seed)
    makers = (_words, _script, _signs, _repeated, _nested, _anything)
    made = 0
    while made < n:
        text = chance.choice(makers)(chance)[:LONGEST]
        if text.strip():
            made += 1
            yield text


def _length(chance: random.Random) -> int:
    return int(LONGEST ** chance.random())


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=max(1, _length(chance) // 5)))


def _script(chance: random.Random) -> str:
    first, last = chance.choice(_SCRIPTS)
    return "".join(chr(chance.randint(first, last)) for _ in range(_length(chance)))


def _signs(chance: random.Random) -> str:
    pieces = [*_WORDS, *_SIGNS, *_HALVES, *_COMBINING]
    return "".join(chance.choices(pieces, k=_length(chance)))


def _repeated(chance: random.Random) -> str:
    piece = chance.choice([*_WORDS, *_SIGNS, *_COMBINING, "a", "1", " a", "0.", "sirolimus ", "((", "et al. "])
    return piece * (1 + _length(chance) // len(piece))


def _nested(chance: random.Random) -> str:
    depth = _length(chance) // 2
    opening, closing = chance.choice((("(", ")"), ('"', '"'), ("NOT ", ""), ("[", "]"), ("<a>", "</a>")))
    return opening * depth + chance.choice(_WORDS) + closing * chance.choice((depth, max(depth - 1, 0)))


def _anything(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x110000)) for _ in range(_length(chance)))


def requests(texts: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and body of the requests with these strings."""
    for number, text in enumerate(texts):
        yield "/ask", {"question": text}
        if number % 4 == 0:
            yield "/search", {"query": text, "limit": 3}
        elif number % 4 == 1:
            yield "/search", {"query": text, "advanced": True, "limit": 3}


@contextmanager
def _api(folder: Path) -> Iterator[Any]:
    """Lend a client of the API over a library, in this process."""
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.testclient import TestClient

    from curbside.doors.api.app import PREFIX, api_app
    from curbside.doors.http.pool import LibraryPool
    from curbside.store.asked import AskedStore
    from curbside.store.inbox import Inbox
    from curbside.wiring import open_library

    pool = LibraryPool(lambda: open_library(folder), folder)
    app = Starlette(routes=[Mount(PREFIX, api_app(pool, AskedStore(folder, 0), Inbox(folder)))])
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as http:
        yield http
    pool.close()


def measured(folder: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Ask and search for every string and return the counts of statuses and the times in milliseconds.

    `slowest_ms` is what a clock on the wall shows, `most_work_ms` the processor's time, which stays the same on a
    machine that has other things to do.
    """
    took: list[tuple[float, float, str, str]] = []
    statuses: Counter[int] = Counter()
    with _api(folder) as http:
        http.post("/api/v1/ask", json={"question": "Does sirolimus help?"})
        for path, body in requests(texts):
            sent = json.dumps(body).encode()
            begun, worked = time.perf_counter(), time.process_time()
            response = http.post(f"/api/v1{path}", content=sent, headers={"Content-Type": "application/json"})
            work = time.process_time() - worked
            took.append((time.perf_counter() - begun, work, path, ascii(next(iter(body.values())))))
            statuses[response.status_code] += 1
    took.sort(reverse=True)
    return {
        "strings": len(texts),
        "requests": len(took),
        "statuses": dict(sorted(statuses.items())),
        "p50_ms": round(took[len(took) // 2][0] * 1000, 1),
        "p99_ms": round(took[len(took) // 100][0] * 1000, 1),
        "slowest_ms": round(took[0][0] * 1000, 1),
        "most_work_ms": round(max(work for _, work, _, _ in took) * 1000, 1),
        "slowest": [
            {"ms": round(each * 1000, 1), "work_ms": round(work * 1000, 1), "path": path, "text": text[:120]}
            for each, work, path, text in took[:5]
        ],
    }


def main(arguments: Sequence[str]) -> int:
    """Ask and search for made-up strings; the exit status is 1 where there was a 500 or a slow answer."""
    parser = argparse.ArgumentParser(prog="python -m bench api-strings", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="strings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--library", type=Path, help="a library made before; else the starter shelf")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.library or _shelf(Path(scratch) / "library")
        result = {**measured(folder, list(strings(given.n, given.seed))), "machine": machine()}
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(f"{result['strings']:,} strings, {result['requests']:,} requests; statuses {result['statuses']}")
        figures = ("p50", "p99", "slowest", "most_work")
        told = ", ".join(f"{name.replace('_', ' ')} {result[f'{name}_ms']} ms" for name in figures)
        print(f"{told}:")
        for each in result["slowest"]:
            print(f"  {each['ms']:>8} ms, work {each['work_ms']:>8} ms  {each['path']:<8} {each['text']}")
        print(line())
    failed = any(status >= 500 for status in result["statuses"])
    return 1 if failed or result["slowest_ms"] > SLOWEST_S * 1000 else 0


def _shelf(folder: Path) -> Path:
    from curbside.records import Raw
    from curbside.shelf import notes
    from curbside.wiring import open_library

    with open_library(folder, write=True) as library:
        library.add([Raw(origin, data) for origin, data in notes()], processes=0)
    return folder
