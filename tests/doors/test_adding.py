"""The pages that add: files or a pasted text, how far they are, what became of them; all of it without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from curbside.doors.http.pool import LibraryPool
from curbside.doors.web import adding as module
from curbside.doors.web.adding import FORMATS, adding
from curbside.doors.web.app import web_app
from curbside.readers import READERS
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.store.receiving import Bounds
from curbside.wiring import ReceiveWorker, open_library
from file_makers import articles, ris

HOSTILE = "<script>alert(1)</script>\u202e.xml"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """The inbox of an empty library, small."""
    open_library(tmp_path, write=True).close()
    return Inbox(tmp_path, Bounds(file=1 << 20, whole=2 << 20, files=50, room=0))


@pytest.fixture
def client(tmp_path: Path, inbox: Inbox) -> Iterator[TestClient]:
    """Somebody with a browser without scripts."""
    pool = LibraryPool(lambda: open_library(tmp_path), tmp_path)
    yield TestClient(web_app(pool, AskedStore(tmp_path, 30), extra=adding(inbox)), base_url="http://localhost")
    pool.close()


@pytest.fixture
def worker(tmp_path: Path) -> ReceiveWorker:
    """Who works off what waits."""
    return ReceiveWorker(tmp_path)


def words(page: str) -> str:
    """The words of the main part of a page."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_form_offers_every_reader(client: TestClient) -> None:
    """A kind that Curbside reads can be chosen, and says what its bounds are."""
    page = client.get("/add").text
    assert set(FORMATS) - {""} == set(READERS)
    assert all(f'value="{name}"' in page for name in FORMATS)
    assert "1 MB each and 2 MB together" in page
    assert 'enctype="multipart/form-data"' in page


def test_from_the_form_to_the_documents(client: TestClient, worker: ReceiveWorker) -> None:
    """Send three files, wait, see what came in, open a document, ask about them."""
    files = [("files", ("a.xml", articles(1, 2))), ("files", ("b.ris", ris("T", "W.", "10.1000/9").encode())),
             ("files", ("bad.jsonl", b'{"title": broken\n'))]  # fmt: skip
    answered = client.post("/add", files=files, data={"format": "", "text": ""}, follow_redirects=False)
    assert answered.status_code == 303
    place = answered.headers["location"]
    page = client.get(place).text
    assert "3 files are safe here" in words(page)
    assert '<noscript><meta http-equiv="refresh"' in page
    worker.step()
    page = client.get(place).text
    assert "refresh" not in page
    said = words(page)
    assert "Added, with problems" in said
    assert "3 new works" in said
    assert "1 problem that kept something out" in said
    assert "bad.jsonl 1" in said
    links = re.findall(r'href="(/documents/[^"]+)"', page)
    assert len(links) == 3
    assert client.get(links[0]).status_code == 200
    assert 'action="/ask"' in page


def test_a_pasted_text(client: TestClient, worker: ReceiveWorker) -> None:
    """Of the kind that was chosen; pasted twice, it is there once."""
    text = ris("Pasted", "W.", "10.1000/9")
    for expected in ("1 new works", "1 already there"):
        place = client.post("/add", data={"format": "ris", "text": text}, files={"files": ("", b"")}).url.path
        worker.step()
        assert expected in words(client.get(place).text)


def test_a_text_that_is_guessed(client: TestClient, worker: ReceiveWorker) -> None:
    """Where no kind was chosen, the words decide."""
    files = {"files": ("", b"")}
    place = client.post("/add", data={"text": "# A note on sirolimus\n\nTwelve patients.\n"}, files=files).url.path
    worker.step()
    assert "1 new works" in words(client.get(place).text)


def test_nothing_chosen_is_told_on_the_form(client: TestClient, inbox: Inbox) -> None:
    """With the form to try again, and nothing left behind."""
    answered = client.post("/add", data={"text": "  "}, files={"files": ("", b"")})
    assert answered.status_code == 422
    assert "Choose a file or paste a text" in words(answered.text)
    assert 'name="files"' in answered.text
    assert inbox.waiting() == []


def test_too_much_is_told(client: TestClient, inbox: Inbox) -> None:
    """413 with the bound, once the browser has finished sending."""
    answered = client.post("/add", files={"files": ("big", b"x" * (1 << 20) + b"x")})
    assert answered.status_code == 413
    assert "larger than 1 MB" in words(answered.text)
    assert inbox.waiting() == []


def test_a_full_disk_is_told(client: TestClient, inbox: Inbox) -> None:
    """507, with what to do; nothing of it stays."""
    inbox.bounds = Bounds(room=1 << 60)
    answered = client.post("/add", files={"files": ("a", b"x")})
    assert answered.status_code == 507
    assert "Make room" in words(answered.text)


def test_a_kind_that_does_not_exist(client: TestClient) -> None:
    """Told on the form."""
    answered = client.post("/add", data={"format": "pdf", "text": "x"}, files={"files": ("", b"")})
    assert answered.status_code == 422


def test_a_form_without_files_is_no_multipart(client: TestClient) -> None:
    """Whoever sends it otherwise is told how."""
    assert client.post("/add", data={"text": "x"}).status_code == 422


def test_names_that_mean_harm_are_shown_as_marked_text(client: TestClient, worker: ReceiveWorker) -> None:
    """Before and after: escaped, and what turns words round is a box with a label."""
    place = client.post("/add", files={"files": (HOSTILE, b"{")}).url.path
    for _ in range(2):
        page = client.get(place).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "U+202E" in page
        worker.step()


def test_while_it_is_worked_on(client: TestClient, inbox: Inbox) -> None:
    """Share, files, records, rate, and about how long it will take."""
    id = client.post("/add", files={"files": ("a", b"x" * 1000)}).url.path.rpartition("/")[2]
    inbox.begin(id)
    at = {"files": 0, "files_total": 1, "records": 1200, "size": 400, "size_total": 1000, "rate": 600.4, "left": 130.0}
    inbox.tell(id, at)
    page = client.get(f"/add/{id}").text
    assert "40 %" in page
    assert "file 1 of 1 · 1,200 records, 600 a second · about 2 min left" in words(page)
    assert "also after a restart" in words(page)


def test_one_that_failed_can_be_tried_again(client: TestClient, inbox: Inbox, worker: ReceiveWorker) -> None:
    """The reason, and a button."""
    id = client.post("/add", files={"files": ("a.xml", articles(1, 1))}).url.path.rpartition("/")[2]
    inbox.fail(id, "It <b>broke</b>.")
    page = client.get(f"/add/{id}").text
    assert "It &lt;b&gt;broke&lt;/b&gt;." in page
    assert "Waiting" in words(client.post(f"/add/{id}/again").text)
    worker.step()
    assert "1 new works" in words(client.get(f"/add/{id}").text)


def test_many_problems_do_not_make_a_page_without_end(
    client: TestClient, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many are shown, and how many more there are."""
    monkeypatch.setattr(module, "_SHOWN_PROBLEMS", 3)
    id = client.post("/add", files={"files": ("a", b"x")}).url.path.rpartition("/")[2]
    problem = {"what": "Wrong.", "where": "elsewhere", "line": 3, "remedy": "Mend it.", "lost": True}
    inbox.finish(id, {"added": 0, "problems": [problem] * 10, "documents": [], "resumed": False})
    said = words(client.get(f"/add/{id}").text)
    assert said.count("Mend it.") == 3
    assert "And 7 more" in said


@pytest.mark.parametrize("id", ["x", "a" * 22, "..%2f..%2flibrary.sqlite", "%00"])
def test_an_address_of_no_upload(client: TestClient, id: str) -> None:
    """404, as for everything that is not there."""
    assert client.get(f"/add/{id}").status_code == 404
