"""A client whose server is the API in this process."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from curbside.client import Client
from curbside.doors.api.app import PREFIX, api_app
from curbside.doors.http.pool import LibraryPool
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.wiring import open_library

NBIB = """PMID- 31000001
OWN - NLM
TI  - Sirolimus for refractory immune thrombocytopenia in children.
AB  - BACKGROUND: Immune thrombocytopenia may be refractory. RESULTS: Twelve children took sirolimus; 9 of 12
      responded within 3 months. CONCLUSIONS: Sirolimus may help some children.
FAU - Marsh, Ada
DP  - 2019 May
LID - 10.9999/jip.1 [doi]

PMID- 31000002
OWN - NLM
TI  - Everolimus for tumours of tuberous sclerosis: a randomised trial.
AB  - In a randomised trial 40 adults with tuberous sclerosis took everolimus 10 mg daily. The tumour shrank in 18.
DP  - 2011
"""
QUESTION = "Does sirolimus help children with refractory ITP?"


@contextmanager
def room(folder: Path) -> Generator[Client]:
    """Lend a client of the API over a library."""
    pool = LibraryPool(lambda: open_library(folder), folder)
    app = Starlette(routes=[Mount(PREFIX, api_app(pool, AskedStore(folder, 30), Inbox(folder)))])
    with TestClient(app, base_url=f"http://localhost{PREFIX}/", raise_server_exceptions=False) as http:
        yield Client(http=http)
    pool.close()


def answering(handler: Callable[[httpx2.Request], httpx2.Response], patience: float = 0.0) -> Client:
    """Return a client whose server is a function."""
    transport = httpx2.MockTransport(handler)
    return Client(http=httpx2.Client(transport=transport, base_url="http://server/api/v1/"), patience=patience)
