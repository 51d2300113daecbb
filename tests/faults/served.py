"""A running `curbside serve` for tests: started, asked over HTTP, stopped or killed with all of its processes."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PATIENCE_S = 240.0
"""How long is waited before something counts as hanging; no measure of speed."""

BOUNDARY = "cut-here"


class Server:
    """A server in a process group of its own."""

    def __init__(self, library: Path, *words: str) -> None:
        command = [sys.executable, "-m", "curbside", "serve", "--library", str(library), "--port", "0", "--json"]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "CURBSIDE_ENCODER": "off"},
        )
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        if not told:
            _, said = self.process.communicate(timeout=PATIENCE_S)
            raise AssertionError(said)
        self.address = json.loads(told)["address"]
        self.host, port = self.address.removeprefix("http://").rstrip("/").rsplit(":", 1)
        self.port = int(port)

    def connection(self) -> http.client.HTTPConnection:
        """A connection to it."""
        return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Send a request; return status, headers in lower case, and text."""
        connection = self.connection()
        try:
            connection.request(method, path, body or None, headers or {})
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            return response.status, {name.lower(): value for name, value in response.getheaders()}, text
        finally:
            connection.close()

    def ask(self, question: str) -> tuple[int, Any]:
        """Ask by the API."""
        body = json.dumps({"question": question}).encode()
        status, _, text = self.send("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        return status, json.loads(text)

    def upload(self, files: dict[str, bytes]) -> str:
        """Send files by the form; return the path of the page that tells of them."""
        status, headers, text = self.send("POST", "/add", form(files), form_headers())
        assert status == 303, text
        return headers["location"]

    def children(self) -> list[int]:
        """Ids of the processes that it started, in the order of their start."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid), "--sort", "start_time"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return [int(each) for each in listed.stdout.split()]

    def kill(self) -> None:
        """kill -9 all of it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to stop; return its exit code and what it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said


@contextmanager
def serving(library: Path, *words: str) -> Iterator[Server]:
    """A server for the time of a block."""
    server = Server(library, *words)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait(PATIENCE_S)
        for stream in (server.process.stdout, server.process.stderr):
            if stream is not None:
                stream.close()


def form(files: dict[str, bytes]) -> bytes:
    """A form with files."""
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for name, data in files.items()
    )
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def form_headers() -> dict[str, str]:
    """What says that it is one."""
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def until(what: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
    """Return the first true value; fail where there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come to that in time")


def done(server: Server, path: str) -> str:
    """Wait until an upload is done; return the words of its page."""

    def page() -> str:
        status, _, text = server.send("GET", path)
        return text if status == 200 and 'data-state="done"' in text else ""

    return " ".join(re.sub(r"<[^>]+>", " ", until(page)).split())
