"""Where files lay on the machine that serves is nobody else's business: pages and API tell their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from curbside.serving.application import application
from curbside.serving.plan import Plan
from curbside.wiring import open_library
from file_makers import article, pubmed

QUESTION = {"question": "Does sirolimus help adults with pyoderma gangrenosum?"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one paper and one bad file, added from a folder of a telling name."""
    home = tmp_path_factory.mktemp("home")
    secret = home / "ward-7-patients"
    secret.mkdir()
    text = "Oral sirolimus cleared pyoderma gangrenosum in 9 of 14 adults."
    (secret / "paper.xml").write_bytes(pubmed([article(99000001, "Sirolimus for pyoderma gangrenosum.", text)]))
    (secret / "broken.xml").write_bytes(b"<PubmedArticleSet><PubmedArticle></Pub")
    with open_library(home / "library", write=True) as library:
        library.add([secret], processes=0)
    return home


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """A browser before what `curbside serve` serves."""
    with TestClient(application(Plan(home / "library")), base_url="http://localhost") as client:
        yield client


PAGES = ["/documents/99000001", "/status", "/documents/99000001/export/md"]
ADDRESSES = ["/works/99000001", "/documents", "/status", "/problems", "/export/csv/99000001"]


@pytest.mark.parametrize("path", [*PAGES, *(f"/api/v1{each}" for each in ADDRESSES)])
def test_nothing_that_is_read_tells_a_path(client: TestClient, home: Path, path: str) -> None:
    """Documents, their exports, the list of problems."""
    answered = client.get(path)
    assert answered.status_code == 200
    assert "ward-7" not in answered.text and str(home) not in answered.text


def test_names_are_told(client: TestClient) -> None:
    """The file's own name helps whoever added it."""
    assert "paper.xml" in client.get("/documents/99000001").text
    assert "broken.xml" in client.get("/status").text


@pytest.mark.parametrize(
    ("path", "body"), [("/ask", QUESTION), ("/search", {"query": "sirolimus"}), ("/export/csv", {"query": "sirolimus"})]
)
def test_nothing_that_is_asked_tells_a_path(client: TestClient, home: Path, path: str, body: dict[str, str]) -> None:
    """Answers, hits, exports."""
    answered = client.post(f"/api/v1{path}", json=body)
    assert answered.status_code == 200
    assert "paper.xml" in answered.text
    assert "ward-7" not in answered.text and str(home) not in answered.text


def test_the_command_line_knows_the_place(home: Path) -> None:
    """Who opens the library without that wish sees the whole of it."""
    with open_library(home / "library") as library:
        (held,) = library.store.live_holdings()
        assert held.origin == str(home / "ward-7-patients" / "paper.xml")
