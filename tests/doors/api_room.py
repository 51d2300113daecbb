"""A room with the API in it: a library, the application mounted where `curbside serve` mounts it, a client for tests."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.testclient import TestClient

from curbside.doors.api.app import PREFIX, api_app
from curbside.doors.http.pool import LibraryPool
from curbside.records import Raw
from curbside.serving.application import mounted
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.wiring import open_library
from curbside.workflows.receive import receive

NBIB = """PMID- 31000001
OWN - NLM
TI  - Sirolimus for refractory immune thrombocytopenia in children.
AB  - BACKGROUND: Immune thrombocytopenia may be refractory. RESULTS: Twelve children took sirolimus; 9 of 12
      responded within 3 months. CONCLUSIONS: Sirolimus may help some children.
FAU - Marsh, Ada
DP  - 2019 May
JT  - Journal of invented platelets
TA  - J Invent Platelets
PT  - Journal Article
LID - 10.9999/jip.1 [doi]

PMID- 31000002
OWN - NLM
TI  - Everolimus for tumours of tuberous sclerosis: a randomised trial.
AB  - In a randomised trial 40 adults with tuberous sclerosis took everolimus 10 mg daily. The tumour shrank in 18.
FAU - Okafor, Ben
DP  - 2011
JT  - Journal of invented sclerosis
PT  - Randomized Controlled Trial
"""
BROKEN = b'{"title": "Sirolimus in one child", "pmid": "31000003", "year": 2001}\n{"title": broken\n'
QUESTION = "Does sirolimus help children with refractory ITP?"


@dataclass
class Room:
    """The API over a library.

    Attributes:
        folder: of the library.
        app: the API.
        http: sends requests to it; addresses begin behind the prefix.
        inbox: where uploads wait.
    """

    folder: Path
    app: FastAPI
    mounted: Starlette
    http: TestClient
    inbox: Inbox

    def get(self, path: str, **given: Any) -> Any:
        """Send a GET."""
        return self.http.get(f"{PREFIX}{path}", **given)

    def post(self, path: str, json: Any = None, **given: Any) -> Any:
        """Send a POST."""
        return self.http.post(f"{PREFIX}{path}", json=json, **given)

    def delete(self, path: str, **given: Any) -> Any:
        """Send a DELETE."""
        return self.http.delete(f"{PREFIX}{path}", **given)

    def adds(self, id: str) -> None:
        """Add an upload, as the process that works beside the server does."""
        with open_library(self.folder, write=True) as library:
            receive(self.inbox, id, library.store, lambda raws, progress: library.add(raws, progress, 0))


@contextmanager
def room(folder: Path, *, days: int = 30, origins: tuple[str, ...] = (), inbox: Inbox | None = None) -> Generator[Room]:
    """Open a room over the library in a folder; what fails inside is seen as a client sees it."""
    pool = LibraryPool(lambda: open_library(folder), folder)
    box = inbox or Inbox(folder)
    app = api_app(pool, AskedStore(folder, days), box, origins)
    served = Starlette(routes=[mounted(PREFIX, app)])
    with TestClient(served, base_url="http://localhost", raise_server_exceptions=False) as http:
        yield Room(folder, app, served, http, box)
    pool.close()


def small_library(folder: Path) -> Path:
    """Make a library of two records of a file, a third of another, and one problem; return its folder."""
    with open_library(folder, write=True) as library:
        library.add([Raw("two.nbib", NBIB.encode()), Raw("broken.jsonl", BROKEN)], processes=0)
    return folder
