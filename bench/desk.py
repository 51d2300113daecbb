"""How fast articles can be read while people work on others: `python -m bench desk [--database URL] [--json]`.

`curbside serve` runs as it would, on a library beside which a desk keeps approved articles and others under review.
Clients, one light process with a connection for each, read lists, articles, versions and the feed, nobody signed in;
beside them an editor changes claims, a reviewer signs them, and the editor approves, one act right after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import ask as asking
from bench.desk_data import People, desk_on, drawn, fill, made_up, option, people
from bench.load import Connection, load, quantiles
from bench.machine import line, machine
from bench.serve import memory, server, spent
from curbside.records import ArticleState, Person, Session
from curbside.store.base_desk import Desk
from curbside.wiring import open_library
from curbside.workflows.signing import key_of

MIX = ("/articles", *["/articles/{id}"] * 6, *["/articles/{id}/versions/1"] * 2, "/articles.atom")
"""What ten requests of a reader are."""

_WARM = 64


def main(arguments: Sequence[str]) -> int:
    """Serve a desk and print what readers wait while an editor works."""
    parser = argparse.ArgumentParser(prog="python -m bench desk", description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="approved articles; half as many are under review")
    parser.add_argument("--n", type=int, default=2_000, help="records of the library, where none is given")
    parser.add_argument("--library", type=Path, help="a library built before; it is copied, and the copy served")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--requests", type=int, default=2_000, help="requests of all readers together")
    parser.add_argument("--workers", type=int, help="processes that answer")
    parser.add_argument("--seed", type=int, default=1)
    option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left on a server
    result: dict[str, Any] = {"articles": given.articles, "clients": given.clients, "machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "library"
        if given.library is not None:
            shutil.copytree(given.library, place)
            open_library(place, write=True, meaning=False).close()  # which brings it up to date
        else:
            asking.build(place, Path(folder) / "records", given.n, given.seed)
        for name, on in (("sqlite", ""), ("postgresql", given.database)):
            if name == "sqlite" or on:
                result[name] = measured(place, on, given)
                print(f"{name}: {json.dumps(result[name])}", file=sys.stderr)
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    for name in ("sqlite", "postgresql"):
        for what, figures in result.get(name, {}).items():
            print(f"{name} {what}: {json.dumps(figures)}")
    return 0


def measured(place: Path, on: str, given: argparse.Namespace) -> dict[str, Any]:
    """Fill a desk, serve it, and measure: readers alone, then beside the editor."""
    with desk_on(on, place) as (desk, url):
        who = people(desk)
        with open_library(place, meaning=False) as library:
            real = drawn(library, 30)
            more = made_up(library, real, given.seed)
            ids = fill(desk, who, [*real, *islice(more, given.articles - len(real))], library, ArticleState.APPROVED)
            open_ones = list(islice(more, given.articles // 2))
            under = fill(desk, who, open_ones, library, ArticleState.UNDER_REVIEW, given.articles)
        cookies = {each.id: signed_in(desk, each) for each in (who.editor, who.reviewer)}
        if url:
            os.environ["CURBSIDE_DATABASE"] = url
        try:
            with server(place, "off", given.workers, "--no-work") as (host, port, pid):
                return asyncio.run(read(host, port, pid, ids, under, who, cookies, given))
        finally:
            os.environ.pop("CURBSIDE_DATABASE", None)


async def read(
    host: str, port: int, pid: int, ids: Sequence[str], under: Sequence[str], who: People,
    cookies: dict[str, str], given: argparse.Namespace,
) -> dict[str, Any]:  # fmt: skip
    """Read with all clients, alone and beside the editor."""
    pages = paths(ids, given.requests)
    await load(host, port, given.clients, pages[:_WARM], get)
    found: dict[str, Any] = {}
    for name in ("alone", "beside"):
        acts = Acts(host, port, who, cookies, under)
        working = asyncio.create_task(acts.work()) if name == "beside" else None
        before = spent(pid)
        taken, passed, share = await load(host, port, given.clients, pages, get)
        used = sum(seconds - before.get(each, 0.0) for each, seconds in spent(pid).items())
        if working is not None:
            acts.over = True
            await working
        found[name] = {
            "ms": quantiles(taken.whole),
            "per_second": round(len(pages) / passed, 1),
            "server_cpu_ms": round(used * 1000 / len(pages), 2),
            "client_cpu": round(share, 3),
            "wrong": len(taken.wrong),
            "kb": round(sum(taken.sizes) / len(taken.sizes) / 1000, 1),
        }
        if working is not None:
            found["editor"] = {
                "acts": {each: len(times) for each, times in acts.times.items()},
                "p50_ms": {each: round(sorted(times)[len(times) // 2], 1) for each, times in acts.times.items()},
                "wrong": acts.wrong,
            }
    found["by_page"] = {page: await alone(host, port, page.format(id=ids[0])) for page in dict.fromkeys(MIX)}
    found["memory_mb"] = memory(pid)["sum"]
    return found


def paths(ids: Sequence[str], most: int) -> list[str]:
    """Return so many addresses, in the mix of readers, each article as often as any other."""
    article = cycle(ids)
    return [page.format(id=next(article)) for page in islice(cycle(MIX), most)]


async def get(connection: Connection, path: str) -> Any:
    """Read a page as a browser does that is not signed in."""
    return await connection.send(f"GET {path}")


async def alone(host: str, port: int, path: str) -> float:
    """Return the median time of a page, in milliseconds, where nobody else asks."""
    taken, _, _ = await load(host, port, 1, [path] * 21, get)
    return round(sorted(taken.whole)[10], 1)


def signed_in(desk: Desk, person: Person) -> str:
    """Sign somebody in without a password; return what their browser keeps."""
    secret = f"bench-{person.id}"
    with desk.writing() as change:
        change.open_session(key_of(secret), Session(person.id, "csrf", change.now, change.now))
    return secret


class Acts:
    """An editor and a reviewer at work on articles under review, one act right after the other."""

    def __init__(self, host: str, port: int, who: People, cookies: dict[str, str], ids: Sequence[str]) -> None:
        self._connection, self._who, self._cookies, self._ids = Connection(host, port), who, cookies, ids
        self.times: dict[str, list[float]] = defaultdict(list)
        self.wrong = 0
        self.over = False

    async def work(self) -> None:
        """Change a claim of each article, have it signed, and approve; until told that it is over."""
        editor, reviewer = self._who.editor.id, self._who.reviewer.id
        for id in self._ids:
            for number in range(1, 4):
                if self.over:
                    await self._connection.close()
                    return
                key = await self._key(editor, id, number)
                if not key:
                    break
                words = {"key": key, "text": f"These are an editor's own words, turn {number}.", "words": "Clearer."}
                await self._send("edit", editor, f"/articles/{id}/claims/{number}", {"do": "change", **words})
                key = await self._key(reviewer, id, number)
                await self._send("sign", reviewer, f"/articles/{id}/claims/{number}", {"do": "sign", "key": key})
            seen = await self._hidden(editor, id, r'name="seen" value="([^"]+)"')
            await self._send("approve", editor, f"/articles/{id}", {"do": "approve", "seen": seen})
        await self._connection.close()

    async def _key(self, who: str, id: str, number: int) -> str:
        return await self._hidden(who, id, rf'action="/articles/{id}/claims/{number}".*?name="key" value="([^"]+)"')

    async def _hidden(self, who: str, id: str, pattern: str) -> str:
        """Return what a field of an article's page holds, "" where it has none."""
        begun = time.perf_counter()
        reply = await self._connection.send(f"GET /articles/{id}\r\nCookie: curbside_session={self._cookies[who]}")
        self.times["page"].append((time.perf_counter() - begun) * 1000)
        found = re.search(pattern, reply.body.decode(), re.DOTALL)
        return unescape(found[1]) if found else ""

    async def _send(self, act: str, who: str, path: str, fields: dict[str, str]) -> None:
        head = f"POST {path}\r\nCookie: curbside_session={self._cookies[who]}"
        body = urlencode({"csrf": "csrf", **fields}).encode()
        begun = time.perf_counter()
        reply = await self._connection.send(f"{head}\r\nContent-Type: application/x-www-form-urlencoded", body)
        self.times[act].append((time.perf_counter() - begun) * 1000)
        self.wrong += reply.status != 303


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
