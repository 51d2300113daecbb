"""The command line in a process of its own, without starting Python each time.

A process that has imported everything and read the vocabulary waits and forks; each fork gets the arguments, the folder,
the variables and the three streams of its caller and carries out one command as `python -m curbside` would. That costs
milliseconds where a start costs most of a second. `make nightly` starts every command anew instead, and so does what
this cannot stand for: a server, or variables that Python reads when it starts.

`python warm.py SOCKET` waits; `call` asks it; `stub` writes a `curbside` for a shell's PATH that asks it.
"""

from __future__ import annotations

import array
import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from nightly import NIGHTLY

_COLD = ("PYTHON", "LC_", "LANG", "OMP_")
"""Beginnings of the names of variables that are read once, when a process starts."""

_STUB = """#!{python} -IS
import array, json, os, socket, sys
if sys.argv[1:2] == ["serve"]:
    os.execv({python!r}, [{python!r}, "-m", "curbside", *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as to:
    to.connect({path!r})
    given = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    to.sendmsg([len(given).to_bytes(8, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    to.sendall(given)
    code = to.recv(1)
sys.exit(code[0] if code else 1)
"""


def usable(environment: Mapping[str, str]) -> bool:
    """Tell whether a fork can stand for a start with these variables."""
    if NIGHTLY or not hasattr(os, "fork"):
        return False
    cold = {name for name in (*environment, *os.environ) if name.startswith(_COLD)}
    return all(environment.get(name) == os.environ.get(name) for name in cold)


def call(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str], given: bytes = b"", timeout: float = 300.0
) -> subprocess.CompletedProcess[bytes]:
    """Run `curbside` with these words; as `subprocess.run` with its output captured."""
    command = [sys.executable, "-m", "curbside", *words]
    if not usable(environment):
        return subprocess.run(
            command, input=given, capture_output=True, cwd=cwd, env=dict(environment), timeout=timeout, check=False
        )
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given)
        stdin.seek(0)
        with socket.socket(socket.AF_UNIX) as to:
            to.settimeout(timeout)
            to.connect(waiting())
            _send(to, [list(words), str(cwd), dict(environment)], [stdin.fileno(), out.fileno(), err.fileno()])
            code = to.recv(1)
        assert code, "the process that forks has ended"
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, code[0], out.read(), err.read())


def stub(folder: Path) -> Path:
    """Write a `curbside` into `folder` and return the folder; first on a PATH, it is what a shell finds."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "curbside"
    path.write_text(_STUB.format(python=sys.executable, path=waiting()), encoding="utf-8")
    path.chmod(0o755)
    return folder


@cache
def waiting() -> str:
    """Start the process that waits, once for this one; return the address of its socket."""
    place = tempfile.TemporaryDirectory(prefix="warm")
    path = str(Path(place.name) / "socket")
    process = subprocess.Popen([sys.executable, __file__, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdin is not None
    assert process.stdout.readline(), "the process that forks did not come up"

    def end() -> None:
        process.kill()
        process.wait()
        place.cleanup()

    atexit.register(end)
    return path


def _send(to: socket.socket, given: object, streams: Sequence[int]) -> None:
    data = json.dumps(given).encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
    to.sendmsg([len(data).to_bytes(8, "big")], rights)
    to.sendall(data)


def _received(of: socket.socket) -> tuple[Any, list[int]]:
    head, rights, _, _ = of.recvmsg(8, socket.CMSG_SPACE(3 * 4))
    streams = array.array("i")
    for _, _, data in rights:
        streams.frombytes(data)
    left, pieces = int.from_bytes(head, "big"), list[bytes]()
    while left:
        pieces.append(of.recv(min(left, 1 << 16)))
        left -= len(pieces[-1])
    return json.loads(b"".join(pieces)), list(streams)


def _wait(path: str) -> None:
    """Fork for each caller; returns in the forks alone, which then are the command."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(16)
        gc.freeze()
        print("ready", flush=True)
        while True:
            if 0 in select.select([server, 0], [], [])[0]:  # who started this process is gone
                sys.exit()
            caller, _ = server.accept()
            if os.fork():
                caller.close()
                continue
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            server.close()
            given, streams = _received(caller)
            worker = os.fork()
            if worker:
                for stream in streams:
                    os.close(stream)
                _, status = os.waitpid(worker, 0)
                code = os.waitstatus_to_exitcode(status)
                caller.sendall(bytes([code if code >= 0 else 128 - code]))
                os._exit(0)
            caller.close()
            words, cwd, environment = given
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            # What Python found out about its streams when it started (whether one can seek) is not so any more.
            for number, name in enumerate(("stdin", "stdout", "stderr")):
                old = getattr(sys, name)
                fresh = open(number, "w" if number else "r", encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115
                setattr(sys, name, fresh)
                setattr(sys, f"__{name}__", fresh)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(environment)
            sys.argv = ["curbside", *words]
            return


def _imported() -> None:
    """Import whatever commands may want, and read the vocabulary; nothing here may start a thread."""
    import pkgutil
    from importlib import import_module

    import curbside.doors
    import curbside.readers
    import curbside.store.writing
    import curbside.wiring
    from curbside.language.vocabulary import Vocabulary

    with suppress(ImportError):  # no driver for PostgreSQL
        import_module("curbside.store.postgres_writing")
    for found in pkgutil.iter_modules(curbside.doors.__path__, "curbside.doors."):
        if not found.ispkg:
            import_module(found.name)
    Vocabulary.shipped()


if __name__ == "__main__":
    _imported()
    from curbside.__main__ import main

    _wait(sys.argv[1])
    sys.exit(main())
