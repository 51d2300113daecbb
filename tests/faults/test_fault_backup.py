"""The drill: a library is backed up while one process adds to it and another is asked, restored, and asked again."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from served import serving

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.records import Raw, Role
from curbside.shelf import notes
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.workflows.people import invite
from file_makers import articles

QUESTIONS = ("Does sirolimus help?", "What are the harms of tacrolimus?")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="works with signals and process groups")


def run(*words: str) -> str:
    """Carry out a command line to its end, and return what it says."""
    said, noted = io.StringIO(), io.StringIO()
    assert main(words, Console(said, noted)) == 0, noted.getvalue()
    return said.getvalue()


def told(folder: Path) -> list[str]:
    """What a library says on the command line, byte for byte, and how its log stands."""
    asked = [run("--library", str(folder), "ask", "--json", question) for question in QUESTIONS]
    status = run("--library", str(folder), "status", "--json").replace(str(folder), "")
    return [*asked, status, run("--library", str(folder), "audit", "verify", "--json")]


def test_backed_up_while_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backup is whole, and holds a state that the library was in; afterwards one of all answers as the original."""
    monkeypatch.setenv("CURBSIDE_ENCODER", "off")
    folder, first = tmp_path / "library", tmp_path / "first.backup"
    with open_library(folder, write=True) as library:
        library.add([Raw(origin, data, "markdown") for origin, data in sorted(notes())[:20]], processes=0)
    invite(SqlDesk.beside(folder), None, None, "ada@example.org", "Ada", [Role.ADMIN], "https://example.org")
    more = tmp_path / "more"
    more.mkdir()
    for number in range(8):
        (more / f"{number}.xml").write_bytes(articles(number * 40, 40))
    with serving(folder) as server:
        adding = subprocess.Popen(
            [sys.executable, "-m", "curbside", "--library", str(folder), "add", str(more)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        statuses, over = list[int](), threading.Event()

        def ask() -> None:
            while not over.is_set():
                statuses.append(server.ask(QUESTIONS[len(statuses) % 2])[0])

        asking = threading.Thread(target=ask)
        asking.start()
        run("--library", str(folder), "backup", str(first))
        _, said = adding.communicate(timeout=240)
        over.set()
        asking.join()
        assert adding.returncode == 0, said
        assert set(statuses) == {200}
    restored = tmp_path / "restored"
    run("backup", "verify", str(first))
    run("restore", str(first), "--into", str(restored))
    status = json.loads(run("--library", str(restored), "status", "--json"))
    assert status["index"] == "ready" and status["documents"] >= 20
    assert run("--library", str(restored), "ask", QUESTIONS[0])
    second, again = tmp_path / "second.backup", tmp_path / "again"
    run("--library", str(folder), "backup", str(second))
    run("restore", str(second), "--into", str(again))
    assert told(again) == told(folder)
