"""`curbside serve`: the web pages and the API, on this machine unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import webbrowser
from argparse import ArgumentParser, Namespace
from importlib.util import find_spec
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.errors import CannotServe, UsageError
from curbside.serving.plan import Plan
from curbside.settings import read_settings

HOST, PORT = "127.0.0.1", 8000
MOST_WORKERS = 4
_BACKLOG = 1024


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--host", default=HOST, metavar="ADDRESS", help=f"address to listen at (default {HOST})")
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"port (default {PORT}; 0: a free one)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes that answer (default: cores, at most 4)")
    parser.add_argument("--no-work", action="store_true", help="answer only; uploads wait for curbside work")
    parser.add_argument("--log-requests", action="store_true", help="write a line for each request, never a question")
    parser.add_argument("--open", action="store_true", help="open the pages in a browser")


def run(options: Namespace, console: Console) -> int:
    """Serve until Ctrl-C or a signal; a library that is not there yet is made."""
    if find_spec("uvicorn") is None or find_spec("fastapi") is None or find_spec("jinja2") is None:
        raise UsageError('The web pages need more packages: pip install "curbside[web]"')
    from curbside.serving.supervisor import Supervisor

    listening = listen(options.host, options.port)
    try:
        address = address_of(listening)
        if not os.environ.get("CURBSIDE_ADDRESS"):
            # Links lead to where this very server is; the processes that it starts read their settings here too.
            os.environ["CURBSIDE_ADDRESS"] = address.rstrip("/")
        plan = planned(options)
        beyond = not _is_loopback(listening)

        def ready() -> None:
            if options.json:
                console.say_json({"address": address, "workers": plan.workers, "work": plan.work, "beyond": beyond})
            else:
                console.say(_welcome(address, plan, beyond))
            if options.open:
                webbrowser.open(address)

        supervisor = Supervisor(plan, listening, console.note)
        supervisor.make()
        supervisor.run(ready)
    finally:
        listening.close()
    if not options.json:
        console.say("Stopped.")
    return 0


def planned(options: Namespace) -> Plan:
    """Return what the command line and the settings ask for.

    Raises:
        UsageError: for a number of processes that makes no sense.
    """
    settings = read_settings(os.environ, Path.home())
    workers = min(os.cpu_count() or 1, MOST_WORKERS) if options.workers is None else options.workers
    if not 1 <= workers <= 64:
        raise UsageError(f"--workers is {workers}. Take a number from 1 to 64.")
    names = {*settings.hosts}
    if not _is_address(options.host):
        names.add(options.host)
    return Plan(
        library=options.library.absolute(),
        names=tuple(sorted(names)),
        keep_questions=settings.keep_questions,
        workers=workers,
        work=not options.no_work,
        origins=settings.origins,
        log=options.log_requests,
        openurl=settings.openurl,
        desk=settings.desk,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        CannotServe: if the address cannot be had, saying what to do.
        UsageError: for a port that is none.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"--port is {port}. Take a number from 1 to 65535, or 0 for a free one.")
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CannotServe(f"There is no address {host!r} to listen at ({error.strerror or error}).") from error
    # asyncio sends without delay only on sockets that say they are TCP; else each answer waits 40 ms for an ACK.
    listening = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise CannotServe(_refused(host, port, error)) from error
    return listening


def _refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use. Is Curbside running already? Else take another: --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by you. Take one above 1023: --port {PORT}"
    return f"Nothing can listen at {host}, port {port} ({error.strerror or error})."


def address_of(listening: socket.socket) -> str:
    """Return the address that a browser opens for a socket that listens."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _is_loopback(listening: socket.socket) -> bool:
    return ipaddress.ip_address(listening.getsockname()[0].split("%")[0]).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _welcome(address: str, plan: Plan, beyond: bool) -> str:
    lines = [f"Curbside answers at {address}   (library: {plan.library})"]
    if beyond:
        lines += [
            "It listens beyond this machine, and there are no accounts: whoever reaches it can ask, read all that the",
            "library holds, and add to it. Put a reverse proxy with TLS and a password before it, or use --host "
            f"{HOST}.",
        ]
    else:
        lines.append("Only this machine can reach it.")
    if not plan.work:
        lines.append("Uploads wait until `curbside work` adds them (--no-work).")
    lines.append("Ctrl-C stops it.")
    return "\n".join(lines)
