"""Backup and restore: one file that holds a library with its desk, and a folder made of it again.

What is copied first may be behind what is copied last, never ahead of it: the index and the uploads that wait before
the records, the desk before the library. So whatever went on meanwhile, the restored library is one that the server
could have been killed with, and opening it sets right what is behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from curbside.errors import BackupBroken, LibraryBusy, LibraryError, UsageError
from curbside.records import AuditEntry, fault_in
from curbside.records.backup import Backup, BackupPart
from curbside.store import desk_schema, schema
from curbside.store.backup_file import FILES, BackupReader, BackupWriter, files_of, is_alive
from curbside.store.backup_tables import Filled, Frozen, last_change, load_tables, originals_in, read_rows, write_tables
from curbside.store.files import explained, sync_folder
from curbside.store.lock import WriterLock

TRIES = 4
"""How often a backup is begun anew because something went while it was being copied."""

_LINKS = 40
_LINKED = ".backup-"
_BEFORE = ("inbox",)
_BESIDE = ("asked", "threads", "model", "vocabulary")


class _WentMeanwhile(Exception):
    """Something that the records named had gone when it was to be copied."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, or would be.

    Attributes:
        backup: what the backup says of itself.
        head: hash of the last entry of the desk's audit log, "" where there is none.
    """

    backup: Backup
    head: str


def back_up(folder: Path, to: Path, library: Frozen, desk: Frozen | None, made: str, version: str) -> Backup:
    """Write a backup of the library in `folder` to the file `to`, while others read and change it.

    Args:
        folder: the library's.
        to: the file; nothing may be there.
        library: freezes the library's database.
        desk: freezes the desk's; None where there is none.
        made: ISO time, UTC.
        version: of Curbside.

    Raises:
        UsageError: if something is at `to` already.
        LibraryBusy: if so much was taken out of the library meanwhile that it could not be copied.
        LibraryFull, LibraryError: if it cannot be read or written; then nothing is at `to`.
    """
    for attempt in range(1, TRIES + 1):
        with BackupWriter(to) as writer, suppress(_WentMeanwhile):
            return _written(folder, writer, library, desk, made, version, attempt == TRIES)
    raise LibraryBusy(f"{folder} changes too fast to be copied. Try again when less is taken out of it.")


def _written(
    folder: Path, writer: BackupWriter, library: Frozen, desk: Frozen | None, made: str, version: str, last: bool
) -> Backup:
    for top in _BEFORE:
        _copy_files(writer, folder, top)
    _copy_index(writer, folder)
    _copy_vectors(writer, folder)
    scratch = writer.scratch.with_name(f"{writer.scratch.name}-tables")
    of_desk = ""
    if desk is not None:
        with desk(scratch) as connection:
            of_desk = write_tables(connection, desk_schema.metadata, "desk", writer)
    with library(scratch) as connection:
        of_library = write_tables(connection, schema.metadata, "library", writer)
        seq, originals = last_change(connection), originals_in(connection)
    damaged = tuple(name for sha in originals if (name := _copy_original(writer, folder, sha, last)))
    for top in _BESIDE:
        _copy_files(writer, folder, top)
    for name in sorted(FILES):
        _copy(writer, f"files/{name}", folder / name)
    return writer.seal(made, version, of_library, of_desk, seq, damaged)


def _copy(writer: BackupWriter, name: str, path: Path) -> None:
    """Copy a file as it is now; one that is gone was forgotten, and stays so."""
    with suppress(FileNotFoundError), path.open("rb") as file, writer.part(name) as part:
        part.copy(file)


def _copy_files(writer: BackupWriter, folder: Path, top: str) -> None:
    for name, path in files_of(folder, top):
        _copy(writer, name, path)


def _copy_index(writer: BackupWriter, folder: Path) -> None:
    """Copy one commit of the index of words, whose files never change; without one it is made anew at the opening."""
    if not os.access(folder, os.W_OK):
        _copy_files(writer, folder, "index")  # nobody writes to a library on a disk that is read only
        return
    pointer = folder / "index" / "meta.json"
    for _ in range(_LINKS):
        with _beside(folder) as beside, suppress(FileNotFoundError):
            before = pointer.read_bytes()
            linked = [(name, path, beside / path.name) for name, path in files_of(folder, "index")]
            for _, path, to in linked:
                _link(path, to)
            if pointer.read_bytes() == before:
                for name, _, to in linked:
                    _copy(writer, name, to)
                return
        if not pointer.exists():
            return


def _copy_vectors(writer: BackupWriter, folder: Path) -> None:
    """Copy the vectors while nobody writes to them: what is taken out of them is wiped in place."""
    if not os.access(folder / "vectors", os.W_OK):
        _copy_files(writer, folder, "vectors")  # there are none, or nobody writes to them
        return
    lock = WriterLock(folder / "vectors" / "lock")
    try:
        _copy_files(writer, folder, "vectors")
    finally:
        lock.release()


def _copy_original(writer: BackupWriter, folder: Path, sha: str, last: bool) -> str:
    """Copy an original; return the name of its part if it was damaged or missing before.

    Raises:
        _WentMeanwhile: if it is not there, as one that was just taken out of the library.
    """
    name = f"files/originals/{sha[:2]}/{sha}"
    for path in (folder / "originals" / sha[:2] / sha, folder / "originals" / "new" / sha):
        with suppress(FileNotFoundError), path.open("rb") as file, writer.part(name) as part:
            part.copy(file)
            return "" if part.digest() == sha else name
    if not last:
        raise _WentMeanwhile
    return name


def look_over(path: Path) -> Restored:
    """Hold a backup against itself: names, sizes, hashes, rows, originals, and the chain of the audit log.

    Raises:
        BackupBroken: with the first part that is not what it should be.
    """
    with BackupReader(path) as reader:
        return _looked_over(reader)


def _looked_over(reader: BackupReader) -> Restored:
    backup, head = reader.manifest, ""
    for part in backup.parts:
        if not part.name.startswith("tables/"):
            reader.check(part)
            _check_original(part, backup.damaged)
            continue
        with reader.part(part) as file:
            rows = read_rows(file, part.name)
            names = next(rows, list[object]())
            if part.name == "tables/desk/audit":
                count, head = _check_audit(rows, names)
            else:
                count = sum(1 for _ in rows)
        if count != part.rows:
            raise BackupBroken(f"{part.name} has {count:,} rows; the manifest says {part.rows:,}.")
    return Restored(backup, head)


def _check_original(part: BackupPart, damaged: Sequence[str]) -> None:
    _, top, *rest = part.name.split("/")
    if top == "originals" and rest[-1] != part.sha256 and part.name not in damaged:
        raise BackupBroken(f"{part.name} is not the file that its name says.")


def _check_audit(rows: Iterator[list[object]], names: list[object]) -> tuple[int, str]:
    count, head = 0, ""

    def entries() -> Iterator[AuditEntry]:
        nonlocal count, head
        for row in rows:
            try:
                entry = AuditEntry(**dict(zip(map(str, names), row)))  # type: ignore[arg-type]
            except TypeError as error:
                raise BackupBroken("The audit log in the backup has other columns than an audit log.") from error
            count, head = count + 1, entry.hash
            yield entry

    fault = fault_in(entries())
    if fault is not None:
        raise BackupBroken(f"The audit log in the backup does not hold at entry {fault.number}: {fault.reason}.")
    return count, head


def restore(path: Path, into: Path, library: Filled, desk: Filled) -> Restored:
    """Make a library of a backup in the folder `into`, which must be empty or not there yet.

    All of the backup is held against itself first. The library is then made beside its place and put there when it is
    whole: whoever is killed leaves nothing that opens.

    Args:
        path: the backup.
        into: the folder.
        library: makes the library's tables in a folder, and gives the transaction that fills them.
        desk: the same for the desk.

    Raises:
        UsageError: if `into` holds something, or the desk's database does.
        BackupBroken: if the backup is damaged, or none.
        LibraryFull: if there is too little room.
    """
    into = into.absolute()
    _refuse_held(into)
    with BackupReader(path) as reader, ExitStack() as stack:
        found = _looked_over(reader)
        try:
            staging = _staging(into, stack)
            if shutil.disk_usage(staging).free < 2 * found.backup.size:
                raise LibraryError(f"{into.parent} has too little room: {2 * found.backup.size:,} bytes are needed.")
            for part in found.backup.parts:
                if not part.name.startswith("tables/"):
                    reader.extract(part, staging.joinpath(*part.name.split("/")[1:]))
            with library(staging) as connection:
                load_tables(connection, schema.metadata, "library", reader)
            if found.backup.desk:
                with desk(staging) as connection:
                    load_tables(connection, desk_schema.metadata, "desk", reader)
            _refuse_held(into)
            if into.is_dir():
                into.rmdir()
            staging.rename(into)
            sync_folder(into.parent)
        except OSError as error:
            raise explained(error, f"{path.name} cannot be restored into {into}") from error
    return found


def _refuse_held(into: Path) -> None:
    if into.is_symlink() or (into.exists() and not into.is_dir()) or (into.is_dir() and any(into.iterdir())):
        raise UsageError(f"{into} holds something already. Restore into a folder that is empty or not there yet.")


def _staging(into: Path, stack: ExitStack) -> Path:
    """Return an empty folder beside `into`, held by this process and gone afterwards; one left by a kill is emptied."""
    into.parent.mkdir(parents=True, exist_ok=True)
    staging = into.parent / f".{into.name}.restoring"
    lock = WriterLock(into.parent / f".{into.name}.restoring.lock")
    stack.callback((into.parent / f".{into.name}.restoring.lock").unlink, missing_ok=True)
    stack.callback(lock.release)
    stack.callback(shutil.rmtree, staging, ignore_errors=True)
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir()
    return staging


@contextmanager
def _beside(folder: Path) -> Generator[Path]:
    """Give a folder on the disk of the library, gone afterwards; what killed processes left is taken away."""
    for left in folder.glob(f"{_LINKED}*"):
        number = left.name.removeprefix(_LINKED).partition("-")[0]
        if number.isdigit() and not is_alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_LINKED}{os.getpid()}-", dir=folder) as made:
        yield Path(made)


def _link(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, to)
