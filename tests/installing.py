"""The tiny encoder of the inference tests, installed for tests of other rooms."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Any

_TINY = Path(__file__).parent / "inference" / "tiny.py"


def installed(home: Path, seed: int = 7) -> str:
    """Install a tiny encoder below `home` and return its version; another seed makes another one.

    It reads a few words and knows nothing, but everything about it is real.
    """
    from curbside.inference.install import install

    source = home.with_name(f"{home.name}.source")
    shutil.rmtree(source, ignore_errors=True)
    folder = tiny_folder(source, seed)
    return install(folder, home).manifest.version


def tiny_folder(source: Path, seed: int = 7) -> Path:
    """Write the files that `curbside encoder install` takes into a folder and return it."""
    spec = importlib.util.spec_from_file_location("tiny", _TINY)
    assert spec is not None and spec.loader is not None
    tiny: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tiny)
    folder: Path = tiny.folder(source)
    if seed != 7:
        from safetensors.numpy import save_file

        save_file(tiny.weights(seed=seed), str(folder / "model.safetensors"))
    return folder
