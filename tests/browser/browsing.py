"""A browser for tests: a long-lived node process that carries out journeys, and a served library to carry them out in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import warm

HERE = Path(__file__).resolve().parent
PACKAGES = HERE.parents[1] / ".tools" / "browser"
"""Where `install.sh` puts playwright-core and axe-core."""

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WIDTHS = {"desk": DESK, "phone": PHONE}


def chromium() -> str | None:
    """Return the path of a chromium, or None where there is none."""
    names = (os.environ.get("CURBSIDE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def lacking() -> str:
    """Return what is not there that the browser tests need, in words, or ""."""
    if chromium() is None:
        return "no chromium (apt-get install chromium, or name one in CURBSIDE_CHROMIUM)"
    if shutil.which("node") is None:
        return "no node (apt-get install nodejs npm)"
    if not (PACKAGES / "node_modules" / "playwright-core").is_dir():
        return "no playwright-core (make browser, or tests/browser/install.sh, puts it into .tools/browser)"
    return ""


@dataclass
class Bridge:
    """The node process behind the journeys; one request at a time.

    Attributes:
        process: node, running `bridge.mjs`.
    """

    process: subprocess.Popen[str]

    def goes(self, journey: str, base: str, **how: Any) -> Any:
        """Carry out a journey and return what it said.

        `how` may give width, height, script (whether scripts run), scheme ("light" or "dark"), scale, patience (ms) and
        `given`, which the journey reads.

        Raises:
            AssertionError: if the journey failed, or caused a fault (dialog, console error, policy report, other host).
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"journey": journey, "base": base, **how}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the browser's bridge has ended"
        said = json.loads(line)
        assert said["ok"], said["error"] + "".join(f"\nfault: {fault}" for fault in said["faults"])
        assert said["faults"] == [], said["faults"]
        return said["said"]


@contextmanager
def bridge() -> Iterator[Bridge]:
    """Start a browser and end it afterwards."""
    settings = {"CURBSIDE_BROWSER_PACKAGES": str(PACKAGES), "CURBSIDE_CHROMIUM": chromium() or ""}
    process = subprocess.Popen(
        ["node", str(HERE / "bridge.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **settings},
    )
    try:
        yield Bridge(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Desk:
    """A library of one's own and the commands about it.

    Attributes:
        folder: a home; the library lies in it.
        settings: variables of the environment beside the ordinary ones.
    """

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Path:
        """The folder of the library."""
        return self.folder / "library"

    def environment(self) -> dict[str, str]:
        """Return the variables that a process gets: no home and no library but its own, no encoder."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CURBSIDE_", "XDG_"))}
        own = {"HOME": str(self.folder), "CURBSIDE_LIBRARY": str(self.library), "CURBSIDE_ENCODER": "off"}
        return kept | own | self.settings

    def types(self, *words: str) -> str:
        """Run `curbside` with these words and return what it wrote."""
        done = warm.call(words, self.folder, self.environment())
        assert done.returncode in (0, 1), done.stderr
        return done.stdout.decode()

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the library on a free port of loopback as long as the block lasts; gives the address."""
        log = self.folder / "serve.log"
        with log.open("wb") as notes:
            process = subprocess.Popen(
                [sys.executable, "-m", "curbside", "serve", "--port", "0", "--workers", "1", "--json"],
                stdout=subprocess.PIPE,
                stderr=notes,
                cwd=self.folder,
                env=self.environment(),
            )
            assert process.stdout is not None
            try:
                line = process.stdout.readline()
                assert line, f"the server did not come up: {log.read_text(errors='replace')[-3000:]}"
                yield json.loads(line)["address"].rstrip("/")
            finally:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                process.stdout.close()
