"""Uploads that are cut off, killed, too large, at once, beside an add on the command line, or on a disk that is full."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from served import Server, done, form, form_headers, serving, until
from starlette.testclient import TestClient

from curbside.doors.http.pool import LibraryPool
from curbside.doors.web.adding import adding
from curbside.doors.web.app import web_app
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.store.receiving import Bounds
from curbside.wiring import open_library
from file_makers import articles

pytestmark = pytest.mark.skipif(os.name != "posix", reason="works with signals and process groups")


def documents(library: Path) -> int:
    """How many documents a library shows."""
    with open_library(library, meaning=False) as opened:
        return opened.status().documents


def lying(library: Path) -> list[Path]:
    """What lies in the inbox."""
    folder = library / "inbox"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def begun(server: Server, place: str) -> bool:
    """Tell whether an upload is being added, or was before anybody could look."""
    shown = server.send("GET", place)[2]
    return 'data-state="working"' in shown or 'data-state="done"' in shown


def test_killed_in_the_middle_of_an_upload(tmp_path: Path) -> None:
    """Nothing of it is shown, what lay there is swept after the next start, and the client may send it again."""
    library = tmp_path / "library"
    whole = form({"a.xml": articles(1, 500)})
    with serving(library) as server, socket.create_connection((server.host, server.port)) as raw:
        kind = form_headers()["Content-Type"]
        head = f"POST /add HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(whole)}\r\n\r\n"
        raw.sendall(head.encode() + whole[: len(whole) // 2])
        until(lambda: [path for path in lying(library) if path.name.endswith(".partial")])
        server.kill()
    assert [path.suffix for path in lying(library)] == [".partial"]
    assert documents(library) == 0
    with serving(library) as server:
        until(lambda: not lying(library))
        assert "500 new works" in done(server, server.upload({"a.xml": articles(1, 500)}))
        assert server.stop()[0] == 0
    assert documents(library) == 500


def test_killed_before_and_while_it_is_added(tmp_path: Path) -> None:
    """It goes on by itself after the next start; in the end everything is there exactly once."""
    library = tmp_path / "library"
    with serving(library, "--no-work") as server:
        first = server.upload({"a.xml": articles(1, 50)})
        place = server.upload({"b.xml": articles(101, 1500), "c.xml": articles(101, 1500)})
        server.kill()
    assert documents(library) == 0
    for _ in range(2):
        with serving(library) as server:
            until(lambda: begun(server, place))
            time.sleep(0.2)
            server.kill()
    with serving(library) as server:
        interrupted = 'data-state="done"' not in server.send("GET", place)[2]
        said = done(server, place)
        assert not interrupted or "interrupted and went on" in said
        assert "50 new works" in done(server, first)
        assert server.stop()[0] == 0
    assert documents(library) == 1550
    assert Inbox(library).waiting() == []
    with open_library(library, meaning=False) as opened:
        assert opened.status().index == "ready"


def test_two_uploads_and_an_add_at_once(tmp_path: Path) -> None:
    """Whoever comes later waits, politely and with a word; all of it gets in."""
    library = tmp_path / "library"
    (tmp_path / "cli.xml").write_bytes(articles(50_001, 1000))
    with serving(library) as server:
        server.send("GET", "/")
        command = [sys.executable, "-m", "curbside", "--library", str(library), "add", str(tmp_path / "cli.xml")]
        adding_ = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with ThreadPoolExecutor(2) as pool:
            places = list(pool.map(server.upload, ({"a.xml": articles(1, 300)}, {"b.xml": articles(1001, 300)})))
        assert all("300 new works" in done(server, place) for place in places)
        _, said = adding_.communicate(timeout=60)
        if adding_.returncode:  # the uploads were first, and it was told who is writing
            assert "is writing to this library" in said
            assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
        assert server.stop()[0] == 0
    assert documents(library) == 1600


def test_an_upload_waits_for_an_add_on_the_command_line(tmp_path: Path) -> None:
    """Its page says who is writing; then it goes on by itself."""
    library = tmp_path / "library"
    with serving(library) as server:
        with open_library(library, write=True):
            place = server.upload({"a.xml": articles(1, 5)})
            until(lambda: "is writing to this library" in server.send("GET", place)[2])
            assert server.ask("Does sirolimus help?")[0] == 200
        assert "5 new works" in done(server, place)


def test_stopped_in_the_middle_of_adding(tmp_path: Path) -> None:
    """The batch at hand is ended, the rest waits, and the next start goes on."""
    library = tmp_path / "library"
    with serving(library) as server:
        place = server.upload({f"{n}.xml": articles(n * 1000 + 1, 100) for n in range(20)})
        until(lambda: begun(server, place))
        code, said = server.stop()
        assert code == 0
        assert "by force" not in said
        assert "Traceback" not in said
    with serving(library) as server:
        done(server, place)
        assert server.stop()[0] == 0
    assert documents(library) == 2000


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A browser before the pages of an empty library, without a server between."""
    library = tmp_path / "library"
    open_library(library, write=True).close()
    pool = LibraryPool(lambda: open_library(library), library)
    inbox = Inbox(library, Bounds(room=0))
    yield TestClient(web_app(pool, AskedStore(library, 30), extra=adding(inbox)), base_url="http://localhost")
    pool.close()


def test_ten_thousand_files_and_one_more(client: TestClient, tmp_path: Path) -> None:
    """The bound is told, and none of them stays."""
    many = {f"{n}.ris": b"x" for n in range(10_001)}
    answered = client.post("/add", content=form(many), headers=form_headers())
    assert answered.status_code == 413
    assert "More than 10,000 files" in answered.text
    assert lying(tmp_path / "library") == []
    del many["0.ris"]
    assert client.post("/add", content=form(many), headers=form_headers(), follow_redirects=False).status_code == 303


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of a given size, or a skip where that is not permitted."""
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full_in_the_middle(tmp_path: Path) -> None:
    """507 with a clear word; nothing of the upload stays; the library is sound and takes the next one."""
    disk = tmp_path / "disk"
    with small_disk(disk, "6m"):
        library = disk / "library"
        open_library(library, write=True).close()
        pool = LibraryPool(lambda: open_library(library), library)
        inbox = Inbox(library, Bounds(room=0))
        client = TestClient(web_app(pool, AskedStore(library, 30), extra=adding(inbox)), base_url="http://localhost")
        for _ in range(2):
            answered = client.post("/add", files={"files": ("big.txt", b"x" * 8_000_000)})
            assert answered.status_code == 507
            assert "Make room" in answered.text
            assert lying(library) == []
        assert client.post("/add", files={"files": ("a.xml", articles(1, 5))}).status_code == 200
        assert client.get("/").status_code == 200
        pool.close()


def test_a_disk_that_fills_while_files_are_added(tmp_path: Path) -> None:
    """The upload waits and says why; with room it goes on by itself, and nothing is lost."""
    disk = tmp_path / "disk"
    with small_disk(disk, "300m"):
        library = disk / "library"
        with serving(library) as server:
            place = server.upload({"a.xml": articles(1, 400)})
            ballast = disk / "ballast"
            fill(ballast)
            said = until(lambda: state(server, place))
            if said == "waiting-full":
                assert server.send("GET", "/")[0] == 200
                ballast.unlink()
            assert "new works" in done(server, place) or "already there" in done(server, place)
            ballast.unlink(missing_ok=True)
            assert server.stop()[0] == 0
        assert documents(library) == 400


def fill(path: Path) -> None:
    """Take all the room that is left."""
    with path.open("wb", 0) as file:
        try:
            while True:
                file.write(bytes(1 << 20))
        except OSError:
            pass
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            pass


def state(server: Server, place: str) -> str:
    """What the page of an upload says: done, or waiting because the disk is full."""
    page = server.send("GET", place)[2]
    return "done" if 'data-state="done"' in page else "waiting-full" if "Make room" in page else ""
