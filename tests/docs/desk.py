"""A desk to try the documentation at: a folder of one's own, a library in it, and a shell in which `curbside` is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import warm


@dataclass(frozen=True)
class Desk:
    """A folder to work in, with a library of its own."""

    folder: Path

    @property
    def library(self) -> Path:
        """The folder of the library."""
        return self.folder / ".library"

    def runs(self, script: str) -> tuple[int, str]:
        """Run shell lines and return the exit code and all that was written."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CURBSIDE_", "XDG_"))}
        found = [str(Path(sys.executable).parent), kept.get("PATH", "")]
        if warm.usable(kept):
            found.insert(0, str(warm.stub(self.folder.with_name(f"{self.folder.name}.bin"))))
        path = os.pathsep.join(found)
        own = {"HOME": str(self.folder), "CURBSIDE_LIBRARY": str(self.library), "NO_COLOR": "1", "PATH": path}
        done = subprocess.run(
            ["bash", "-e", "-u", "-o", "pipefail", "-c", script],
            cwd=self.folder,
            env={**kept, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")


def desk(folder: Path, library: Path | None = None) -> Desk:
    """Return a desk in a new folder; with a copy of `library` if one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Desk(folder)
    if library is not None:
        shutil.copytree(library, made.library)
    return made
