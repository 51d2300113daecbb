"""The file of a backup: a ZIP whose every part is named, sized and hashed in the manifest, which stands last.

Nothing in it is believed: a name is a path only where it has the form of ours, sizes are held against the manifest and
against what such a file can unpack to, and every byte against its hash, before anything is written anywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from glob import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from curbside.errors import BackupBroken, UsageError
from curbside.records.backup import FORMAT, Backup, BackupPart
from curbside.store.files import explained, sync_folder

MANIFEST = "manifest.json"

FOLDERS = frozenset({"originals", "index", "vectors", "asked", "threads", "model", "vocabulary", "inbox"})
"""Folders of a library whose files a backup holds."""

FILES = frozenset({"questions.log"})
"""Files beside them that it holds."""

_TABLE = re.compile(r"tables/(?:library|desk)/[a-z_]{1,40}", re.ASCII)
_SEGMENT = re.compile(r"[^/\\\x00-\x1f\x7f:]{1,200}")
_DEEPEST = 5
_MANIFEST_BYTES = 512 << 20
_RATIO, _ROOM = 100, 32 << 20
"""A backup unpacks to at most so many times its size, and so many bytes: text deflates to a tenth, a bomb to less."""

_FLAGS = 0x1 | 0x20 | 0x40
"""Bits of a ZIP's entry for what is encrypted or patched; ours is neither."""

_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)


class BackupWriter:
    """Writes a backup beside its place, and puts it there when it is whole; use it in a `with`."""

    def __init__(self, path: Path) -> None:
        """Begin a backup that will be `path`.

        Raises:
            UsageError: if something is there already.
            LibraryError: if it cannot be written there.
        """
        self._path = path
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} is there already. A backup never writes over anything: give another name.")
        self.scratch = path.with_name(f"{path.name}.{os.getpid()}.part")
        self._parts: list[BackupPart] = []
        try:
            _sweep(path)
            handle = os.open(self.scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise explained(error, f"The backup cannot be written to {path.parent}") from error
        self._file = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1)

    @contextmanager
    def part(self, name: str) -> Generator[Part]:
        """Open the next part to be written to."""
        with self._zip.open(_entry(name), "w", force_zip64=True) as file:
            part = Part(file)
            yield part
        self._parts.append(BackupPart(name, part.size, part.digest(), part.rows))

    def seal(self, made: str, version: str, library: str, desk: str, seq: int, damaged: tuple[str, ...]) -> Backup:
        """Write the manifest, and put the backup in its place, durably.

        Raises:
            UsageError: if something has come to be there meanwhile.
            LibraryError: if the disk takes no more.
        """
        parts = tuple(sorted(self._parts, key=lambda part: part.name))
        backup = Backup(FORMAT, made, version, library, desk, seq, parts, damaged)
        self._zip.writestr(_entry(MANIFEST), json.dumps(asdict(backup), ensure_ascii=False))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        try:
            os.link(self.scratch, self._path)  # unlike a renaming it never takes the place of another file
        except FileExistsError as error:
            raise UsageError(f"{self._path} is there by now. A backup never writes over anything.") from error
        except OSError:  # a disk without links
            self.scratch.rename(self._path)
        self.scratch.unlink(missing_ok=True)
        sync_folder(self._path.parent)
        return backup

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._file.closed:
            with suppress(OSError, ValueError):
                self._zip.close()
            with suppress(OSError):
                self._file.close()
        self.scratch.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise explained(error, f"The backup in {self._path.parent} could not be finished") from error


class Part:
    """A part that is being written: its bytes are counted and hashed as they pass."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha = hashlib.sha256()
        self.size = 0
        self.rows = 0

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        self._sha.update(data)
        self.size += len(data)
        return self._file.write(data)

    def digest(self) -> str:
        """Return the SHA-256 of what was written."""
        return self._sha.hexdigest()

    def copy(self, file: IO[bytes]) -> None:
        """Write all that a file still has."""
        while data := file.read(_CHUNK):
            self.write(data)


class BackupReader:
    """Reads a backup; use it in a `with`."""

    def __init__(self, path: Path) -> None:
        """Open a backup, and hold its names and sizes against its manifest.

        Raises:
            BackupBroken: if it is none, or not one that can be believed.
            LibraryError: if it cannot be read.
        """
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise explained(error, f"{path} cannot be read") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise BackupBroken(f"{path.name} is no backup of Curbside, or its end is missing ({error}).") from error
        try:
            self.manifest = self._checked(path.stat().st_size)
        except BaseException:
            self._zip.close()
            raise

    def _checked(self, size: int) -> Backup:
        entries = self._zip.infolist()
        for entry in entries:
            kind = stat.S_IFMT(entry.external_attr >> 16)
            odd = entry.flag_bits & _FLAGS or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if entry.is_dir() or kind not in (0, stat.S_IFREG) or odd or not named(entry.filename):
                raise BackupBroken(f"{self._name} holds {entry.filename[:200]!r}, which no backup of ours holds.")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise BackupBroken(f"{self._name} holds two parts of one name.")
        if sum(entry.file_size for entry in entries) > _RATIO * size + _ROOM:
            raise BackupBroken(f"{self._name} would unpack to far more than a backup of its size can hold.")
        manifest = self._manifest()
        if {part.name: part.size for part in manifest.parts} != {
            entry.filename: entry.file_size for entry in entries if entry.filename != MANIFEST
        } or len(manifest.parts) != len(entries) - 1:
            raise BackupBroken(f"{self._name} does not hold the parts that its manifest names.")
        return manifest

    def _manifest(self) -> Backup:
        try:
            if self._zip.getinfo(MANIFEST).file_size > _MANIFEST_BYTES:
                raise BackupBroken(f"The manifest of {self._name} is too long.")
            with self._zip.open(MANIFEST) as file:
                found = msgspec.json.decode(file.read(), type=Backup)
        except KeyError as error:
            raise BackupBroken(f"{self._name} is no backup of Curbside: it has no manifest.") from error
        except (*_UNREADABLE, msgspec.MsgspecError) as error:
            raise BackupBroken(f"The manifest of {self._name} cannot be read ({error}).") from error
        if found.format != FORMAT:
            raise BackupBroken(f"{self._name} has the form {found.format}; this version reads {FORMAT}.")
        return found

    @contextmanager
    def part(self, part: BackupPart) -> Generator[IO[bytes]]:
        """Open a part; reading beyond its size, or to an end that has another hash, is an error.

        Raises:
            BackupBroken: if it is not what the manifest says, with its name.
        """
        try:
            file = self._zip.open(part.name)
        except _UNREADABLE as error:
            raise BackupBroken(f"{part.name} in {self._name} is damaged ({error}).") from error
        with file:
            read = _Checked(file, part)
            yield read  # type: ignore[misc]
            while read.read(_CHUNK):
                pass
            read.settle()

    def check(self, part: BackupPart) -> None:
        """Read a part to its end.

        Raises:
            BackupBroken: if it is not what the manifest says.
        """
        with self.part(part):
            pass

    def extract(self, part: BackupPart, to: Path) -> None:
        """Write a part to a file that is not there yet, readable by its owner alone where it is a kept question."""
        to.parent.mkdir(parents=True, exist_ok=True)
        private = part.name.split("/")[1] in ("asked", "threads", "model", "inbox", "questions.log")
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(handle, "wb") as file, self.part(part) as source:
            shutil.copyfileobj(source, file, _CHUNK)
            file.flush()
            os.fsync(file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()


_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What the ZIP's reader raises where its bytes are not what they should be."""


class _Checked:
    """A part as it is read: no longer than the manifest says, and at its end with the hash that it says."""

    def __init__(self, file: IO[bytes], part: BackupPart) -> None:
        self._file, self._part = file, part
        self._sha, self._size = hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Read some bytes, all that are left for a negative number."""
        try:
            data = self._file.read(size)
        except _UNREADABLE as error:
            raise BackupBroken(f"{self._part.name} is damaged ({error}).") from error
        self._sha.update(data)
        self._size += len(data)
        if self._size > self._part.size:
            raise BackupBroken(f"{self._part.name} is longer than the manifest says.")
        return data

    def settle(self) -> None:
        """Hold what was read against the manifest."""
        if self._size != self._part.size or self._sha.hexdigest() != self._part.sha256:
            raise BackupBroken(f"{self._part.name} is not what was put into the backup: its hash is another.")


def named(name: str) -> bool:
    """Tell whether a part may have a name: one of our tables, or a file below one of our folders."""
    if name == MANIFEST or _TABLE.fullmatch(name):
        return True
    top, *rest = name.split("/")
    if top != "files" or not rest or len(rest) > _DEEPEST:
        return False
    if any(not _SEGMENT.fullmatch(each) or each in (".", "..") or each != each.strip() for each in rest):
        return False
    return rest[0] in FOLDERS if len(rest) > 1 else rest[0] in FILES


def files_of(folder: Path, top: str) -> Iterator[tuple[str, Path]]:
    """Yield (part's name, path) of the plain files of one of a library's folders, in the order of names; no links."""
    for place, folders, files in os.walk(folder / top):
        folders[:] = sorted(each for each in folders if not each.endswith(".partial"))
        for file in sorted(files):
            path = Path(place, file)
            name = "/".join(("files", *path.relative_to(folder).parts))
            if (
                not path.is_symlink()
                and not file.endswith((".part", ".lock", ".new"))
                and file != "lock"
                and named(name)
            ):
                yield name, path


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _sweep(path: Path) -> None:
    """Take away what backups of this name left whose processes were killed."""
    for left in path.parent.glob(f"{escape(path.name)}.*.part*"):
        number = left.name.removeprefix(f"{path.name}.").partition(".")[0]
        if number.isdigit() and not is_alive(int(number)):
            left.unlink(missing_ok=True)


def is_alive(process: int) -> bool:
    """Tell whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
