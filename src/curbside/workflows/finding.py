"""Which files an add is about: the paths given, folders walked in order, streams as they are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from curbside.records import Problem, Raw

STREAM = "-"
"""The path that means the standard input."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        origin: its absolute path, or what a stream is called; two adds from two folders never mix up their files.
        path: where to read it, None for a stream.
        size: its length in bytes as far as known beforehand, 0 for the standard input.
        named: whether the user named it, rather than a folder above it.
        raw: the bytes of a stream that came as such.
    """

    origin: str
    path: Path | None
    size: int
    named: bool
    raw: Raw | None = None


def find(givens: Sequence[Path | Raw], own: Path) -> tuple[list[Source], list[Problem]]:
    """Return the files that `givens` mean, each once and in a fixed order, and what could not be looked at.

    Folders are walked by name. Hidden files, the library's `own` folder and links that lead out of the folder given
    are left out; the latter with a word.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for given in givens:
        found = [_stream(given)] if isinstance(given, Raw) else _at(given, own)
        for each in found:
            if isinstance(each, Problem):
                problems.append(each)
                continue
            before = sources.get(each.origin)
            if before is None or before.path is None:
                name = each.origin if before is None else f"{each.origin}\0{len(sources)}"
                sources[name] = each
            elif each.named and not before.named:
                sources[each.origin] = replace(before, named=True)
    return list(sources.values()), problems


def _stream(raw: Raw) -> Source:
    return Source(raw.origin, None, len(raw.data), named=True, raw=raw)


def _at(given: Path, own: Path) -> Iterator[Source | Problem]:
    if str(given) == STREAM:
        yield Source(STREAM, None, 0, named=True)
        return
    path = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links and change what people call it
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Problem(f"It cannot be opened ({error.strerror or error}).", spelled(path), remedy="Check the path.")
        return
    if stat.S_ISDIR(mode):
        yield from _below(path, _real(own))
    else:
        yield _file(path, named=True)


def _file(path: Path, *, named: bool) -> Source | Problem:
    try:
        status = path.stat()
    except OSError as error:
        return Problem(f"It cannot be opened ({error.strerror or error}).", spelled(path), remedy="Check the path.")
    if not stat.S_ISREG(status.st_mode):
        remedy = f"Hand what it gives to the standard input: curbside add {STREAM}"
        return Problem("It is no ordinary file; left out.", spelled(path), remedy=remedy)
    return Source(spelled(path), path, status.st_size, named)


def _real(path: Path) -> Path:
    """Return where a path leads; links in a circle lead to themselves, where `Path.resolve` would raise."""
    return Path(os.path.realpath(path))


def _below(top: Path, own: Path) -> Iterator[Source | Problem]:
    failed: list[OSError] = []
    inside = _real(top)
    if inside == own:
        yield Problem("It is the library itself; left out.", str(top), remedy="Name the folder of the documents.")
        return
    for folder, folders, names in os.walk(top, onerror=failed.append):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _real(here / name) != own)
        for name in sorted(names):
            path = here / name
            if name.startswith("."):
                continue
            if path.is_symlink() and not _real(path).is_relative_to(inside):
                remedy = "To add it, name it yourself."
                yield Problem(
                    "It is a link that leads out of the folder; left out.", spelled(path), 0, remedy, lost=False
                )
                continue
            yield _file(path, named=False)
    for error in failed:
        what = f"The folder cannot be opened ({error.strerror or error})."
        yield Problem(what, str(error.filename or top), remedy="Check who may read it.")


def spelled(path: Path) -> str:
    """Return a path as text; bytes of a file name that are no UTF-8 are written as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
