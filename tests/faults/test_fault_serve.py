"""A server that is asked by many at once, attacked, robbed of its library or its processes, and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from served import Server, serving, until

from curbside.doors.cli.library import STAGES, WORTH_TELLING
from curbside.records import Raw
from curbside.shelf import notes
from curbside.wiring import open_library
from curbside.workflows.progress import Stage
from curbside.writers import answer_json
from file_makers import articles

pytestmark = pytest.mark.skipif(os.name != "posix", reason="works with signals and process groups")

DRUGS = ("sirolimus", "everolimus", "tacrolimus", "pimecrolimus")
QUESTIONS = [f"{form} {drug}?" for drug in DRUGS for form in ("Does it help in lupus:", "What are the harms of")]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds the starter shelf."""
    folder = tmp_path_factory.mktemp("served") / "library"
    with open_library(folder, write=True) as library:
        library.add([Raw(origin, data, "markdown") for origin, data in notes()])
    return folder


@pytest.fixture(scope="module")
def server(shelf: Path) -> Iterator[Server]:
    """A server of it that only answers."""
    with serving(shelf, "--no-work") as running:
        yield running


def test_eight_at_once_get_the_answers_that_one_would(server: Server, shelf: Path) -> None:
    """Each its own, none a mixture."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(server.ask, QUESTIONS))
    with open_library(shelf, meaning=False) as library:
        for question, (status, answer) in zip(QUESTIONS, answers):
            assert status == 200
            assert answer == answer_json(library.ask(question))


class TestAttacks:
    """From pages of other sites, and from whoever writes HTTP by hand."""

    def test_a_name_that_was_pointed_here(self, server: Server) -> None:
        """DNS rebinding: no page, no API, no static file."""
        for path in ("/", "/api/v1/status", "/static/curbside.css", "/add"):
            status, _, text = server.send("GET", path, headers={"Host": "evil.example"})
            assert status == 421
            assert "sirolimus" not in text

    @pytest.mark.parametrize(
        "path", ["/ask", "/add", "/search", "/api/v1/ask", "/answers/aaaaaaaaaaaaaaaaaaaaaa/forget"]
    )
    def test_a_form_of_another_site(self, server: Server, path: str) -> None:
        """Refused before anybody reads it."""
        body = b"question=Does+sirolimus+help%3F"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"}
        assert server.send("POST", path, body, headers)[0] == 403
        headers = {"Content-Type": "text/plain", "Sec-Fetch-Site": "same-site"}
        assert server.send("POST", path, body, headers)[0] == 403

    def test_our_own_form(self, server: Server) -> None:
        """The same from our own page leads to the answer."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": server.address.rstrip("/"),
            "Sec-Fetch-Site": "same-origin",
        }
        status, found, _ = server.send("POST", "/ask", b"question=Does+sirolimus+help%3F", headers)
        assert status == 303
        assert "sirolimus" not in found["location"]

    @pytest.mark.parametrize(
        "request_",
        [
            b"GET / HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
            b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
            b"GET /" + b"y" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /static/..%2f..%2fapp.py HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ],
    )  # fmt: skip
    def test_http_by_hand(self, server: Server, request_: bytes) -> None:
        """Refused with a status of the 400s, or dropped; never a page, never a fault."""
        with socket.create_connection((server.host, server.port), 10) as raw:
            raw.sendall(request_)
            raw.settimeout(10)
            got = b""
            try:
                while len(got) < 4096 and (piece := raw.recv(4096)):
                    got += piece
                    if b"\r\n\r\n" in got:
                        break
            except (TimeoutError, ConnectionResetError):
                pass
        assert b"root:" not in got
        assert got[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 404", b"HTTP/1.1 413", b"HTTP/1.1 421", b"HTTP/1.1 431")
        assert server.send("GET", "/")[0] == 200

    def test_a_compressed_question(self, server: Server) -> None:
        """415."""
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        assert server.send("POST", "/api/v1/ask", b"\x1f\x8b", headers)[0] == 415


def test_a_library_that_goes_and_comes_back(tmp_path: Path, shelf: Path) -> None:
    """While it is away the server says so, in a page and in the API; then it answers again, without a restart."""
    folder, aside = tmp_path / "library", tmp_path / "aside"
    shutil.copytree(shelf, folder)
    with serving(folder, "--no-work") as server:
        assert server.ask("Does sirolimus help?")[0] == 200
        folder.rename(aside)
        status, _, text = server.send("GET", "/")
        assert status == 503
        assert "library" in text
        assert server.ask("Does sirolimus help?")[0] == 503
        aside.rename(folder)
        assert until(lambda: server.ask("Does sirolimus help?")[0] == 200)
        shutil.rmtree(folder / "index")
        assert until(lambda: server.ask("Does sirolimus help?")[0] == 200), "an index that is gone is made anew"
        assert server.stop()[0] == 0


def test_a_process_that_answers_is_killed(tmp_path: Path, shelf: Path) -> None:
    """Another takes its place, and whoever runs it is told; the address stays."""
    folder = tmp_path / "library"
    shutil.copytree(shelf, folder)
    with serving(folder, "--no-work") as server:
        victim = server.children()[-1]
        os.kill(victim, signal.SIGKILL)
        assert until(lambda: answers(server))
        assert victim not in server.children()
        code, said = server.stop()
        assert code == 0
        assert "started again" in said
        assert "Traceback" not in said


def answers(server: Server) -> bool:
    """Whether it answers."""
    try:
        return server.ask("Does sirolimus help?")[0] == 200
    except OSError:
        return False


def test_a_library_that_has_to_be_looked_after_first(tmp_path: Path) -> None:
    """What is done is said on standard error before the first answer, and the answer knows of it."""
    folder = tmp_path / "library"
    with open_library(folder, write=True) as library:
        library.add([Raw("a.xml", articles(1, WORTH_TELLING))], processes=0)
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "mine.tsv").write_text("d:zorblaxine\tZorblaxine\n", encoding="utf-8")
    with serving(folder) as server:
        assert server.send("GET", "/")[0] == 200
        code, said = server.stop()
    assert code == 0
    for stage in (Stage.PROFILES, Stage.INDEX):
        assert STAGES[stage].format(total=WORTH_TELLING) in said
    with open_library(folder) as library:
        assert library.status().index == "ready"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_it_is_asked(tmp_path: Path, shelf: Path, number: int) -> None:
    """What is under way is answered in full; nobody gets half an answer; it ends, with exit code 0."""
    folder = tmp_path / "library"
    shutil.copytree(shelf, folder)
    with serving(folder) as server:
        found: list[object] = []

        def ask() -> None:
            for question in QUESTIONS * 20:
                try:
                    found.append(server.ask(question)[0])
                except (ConnectionError, OSError) as error:
                    found.append(error)
                    return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: len(found) > 8)
        os.killpg(server.process.pid, number)  # as a terminal does: every process of it hears Ctrl-C
        _, said = server.process.communicate(timeout=60)
        for thread in threads:
            thread.join()
        assert server.process.returncode == 0
        assert {each for each in found if isinstance(each, int)} == {200}
        assert all(isinstance(each, int | ConnectionError) for each in found), found
        assert "Traceback" not in said


def test_only_the_watching_process_is_killed(tmp_path: Path, shelf: Path) -> None:
    """The others end by themselves, and the port is free."""
    folder = tmp_path / "library"
    shutil.copytree(shelf, folder)
    with serving(folder) as server:
        children = server.children()
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(60)
        until(lambda: not any(alive(each) for each in children))
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((server.host, server.port), 5)


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


class TestStarting:
    """What can go wrong before it answers is one clear line."""

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `curbside serve` to its end."""
        command = [sys.executable, "-m", "curbside", "serve", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def test_a_port_in_use(self, server: Server, shelf: Path) -> None:
        """It says so and what to do, and exits with 1."""
        done = self.run("--library", str(shelf), "--port", str(server.port))
        assert done.returncode == 1
        assert f"Port {server.port} of 127.0.0.1 is in use" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("words", [("--port", "70000"), ("--workers", "0"), ("--port", "x")])
    def test_a_number_that_makes_no_sense(self, shelf: Path, words: tuple[str, str]) -> None:
        """It is refused with exit code 2."""
        done = self.run("--library", str(shelf), *words)
        assert done.returncode == 2
        assert words[0] in done.stderr

    def test_a_host_that_is_none(self, shelf: Path) -> None:
        """It is named."""
        done = self.run("--library", str(shelf), "--host", "no.such.host.invalid")
        assert done.returncode == 1
        assert "no.such.host.invalid" in done.stderr

    def test_a_library_that_cannot_be_made(self, tmp_path: Path) -> None:
        """Where a file stands in the way."""
        (tmp_path / "file").write_text("here already")
        done = self.run("--library", str(tmp_path / "file" / "library"), "--port", "0")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr

    def test_beyond_this_machine(self, tmp_path: Path) -> None:
        """It makes a library where there is none, and says plainly who can reach it."""
        command = [sys.executable, "-m", "curbside", "serve", "--library", str(tmp_path / "new"), "--host", "0.0.0.0"]
        command += ["--port", "0", "--workers", "1", "--no-work"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert process.stdout is not None
        said = "".join(process.stdout.readline() for _ in range(3))
        process.terminate()
        process.communicate(timeout=60)
        assert "beyond this machine" in said
        assert "no accounts" in said
        assert (tmp_path / "new" / "library.sqlite").exists()
