"""Fixtures of the client: a server in this process, and one in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_room import NBIB, room

from curbside.client import Client
from curbside.records import Raw
from curbside.wiring import open_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of two records; tests only read it."""
    folder = tmp_path_factory.mktemp("client") / "library"
    with open_library(folder, write=True) as made:
        made.add([Raw("two.nbib", NBIB.encode())], processes=0)
    return folder


@pytest.fixture
def curbside(library: Path) -> Iterator[Client]:
    """A client of a server in this process."""
    with room(library) as client:
        yield client


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `curbside serve` answers, over a library of two records that uploads may widen."""
    folder = tmp_path_factory.mktemp("served") / "library"
    with open_library(folder, write=True) as made:
        made.add([Raw("two.nbib", NBIB.encode())], processes=0)
    command = [sys.executable, "-m", "curbside", "--library", str(folder), "serve", "--port", "0", "--workers", "1"]
    process = subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["address"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
