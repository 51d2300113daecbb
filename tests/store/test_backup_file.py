"""The file of a backup: made whole or not at all, and never believed."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest

from curbside.errors import BackupBroken, UsageError
from curbside.records.backup import FORMAT, Backup, BackupPart
from curbside.store.backup_file import MANIFEST, BackupReader, BackupWriter, named

ORIGINAL = f"files/originals/ab/{'ab' * 32}"
WORDS = {ORIGINAL: b"Words of a file. " * 50, "files/questions.log": b"Does it help?\n"}


def made(path: Path, words: dict[str, bytes] = WORDS) -> Backup:
    """A backup of some files."""
    with BackupWriter(path) as writer:
        for name, data in words.items():
            with writer.part(name) as part:
                part.write(data)
        return writer.seal("2027-01-15T08:00:00Z", "1", "0003", "", 7, ())


def by_hand(path: Path, entries: list[tuple[zipfile.ZipInfo, bytes]], names: list[str] | None = None) -> Path:
    """A ZIP as somebody else would make one, with a manifest that names what it holds."""
    parts = tuple(
        BackupPart(entry.filename, len(data), sha256(data).hexdigest())
        for entry, data in entries
        if names is None or entry.filename in names
    )
    told = Backup(FORMAT, "2027-01-15T08:00:00Z", "1", "0003", "", 7, parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for entry, data in entries:
            file.writestr(entry, data, zipfile.ZIP_DEFLATED)
        file.writestr(MANIFEST, json.dumps(asdict(told)))
    return path


def entry(name: str, mode: int = stat.S_IFREG | 0o600) -> zipfile.ZipInfo:
    """An entry of a ZIP."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    """With its name, size and hash; nobody but its owner may read the file."""
    path = tmp_path / "one.backup"
    told = made(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    with BackupReader(path) as reader:
        assert reader.manifest == told
        for part in told.parts:
            reader.extract(part, tmp_path / "out" / part.name)
            assert (tmp_path / "out" / part.name).read_bytes() == WORDS[part.name]
    assert stat.S_IMODE((tmp_path / "out" / "files" / "questions.log").stat().st_mode) == 0o600


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Not a file, not a link that leads nowhere, and not what came to be there meanwhile."""
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("there", "link"):
        with pytest.raises(UsageError, match="never writes over"):
            made(tmp_path / name)
    with pytest.raises(UsageError, match="by now"), BackupWriter(tmp_path / "late") as writer:
        (tmp_path / "late").write_text("theirs")
        writer.seal("", "1", "0003", "", 0, ())
    assert (tmp_path / "late").read_text() == "theirs"


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """Whether an error ended it, or a kill: what that left is swept by the next of the same name."""
    with pytest.raises(RuntimeError), BackupWriter(tmp_path / "one") as writer:
        with writer.part(ORIGINAL) as part:
            part.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    gone = tmp_path / "one.4194304.part-tables"  # no process has this number
    gone.write_text("left")
    mine = tmp_path / f"one.{os.getppid()}.part"
    mine.write_text("of one that still runs")
    made(tmp_path / "one")
    assert not gone.exists() and mine.exists()


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_changed_byte_is_found(tmp_path: Path, place: int) -> None:
    """Wherever it is: in a part, its header, the manifest or the list at the end; no other error comes out."""
    path = tmp_path / "one.backup"
    words = {name: os.urandom(300) for name in WORDS}  # nothing that deflating could repair
    made(path, words)
    data = bytearray(path.read_bytes())
    data[len(data) * place // 100] ^= 0x55
    path.write_bytes(data)
    try:
        with BackupReader(path) as reader:
            read = {}
            for part in reader.manifest.parts:
                with reader.part(part) as file:
                    read[part.name] = file.read()
            assert read == words, "a byte of no meaning"
    except BackupBroken:
        pass


def test_one_that_is_cut_off_is_none(tmp_path: Path) -> None:
    """As a copy that broke off is."""
    path = tmp_path / "one.backup"
    made(path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BackupBroken, match="its end is missing"):
        BackupReader(path)


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "files/../../outside", "/etc/passwd", "files/originals/../../../x", "C:\\x", "files/originals\\x",
        "files/index/..", "files/index//x", "files/index/ x", "files/index/a\nb", "files/index/a:b", "files/lock",
        "files/library.sqlite", "files/desk.sqlite", "files/secrets/x", "files/index", "tables/library/../x",
        "tables/other/works", "tables/desk/x/y", "files/a/b/c/d/e/f", "", "files/",
    ],
)  # fmt: skip
def test_no_name_leads_elsewhere(tmp_path: Path, name: str) -> None:
    """A path out of the folder, into a place that is no part of a library, or of a form that is not ours."""
    assert not named(name)
    if name:
        with pytest.raises(BackupBroken, match="no backup of ours holds"):
            BackupReader(by_hand(tmp_path / "bad", [(entry(name), b"x")]))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR])
def test_nothing_but_plain_files(tmp_path: Path, kind: int) -> None:
    """No links, no devices, no folders."""
    with pytest.raises(BackupBroken, match="no backup of ours holds"):
        BackupReader(by_hand(tmp_path / "bad", [(entry(ORIGINAL, kind | 0o777), b"/etc/passwd")]))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """Sizes are added up first."""
    zeros = bytes(60 << 20)
    with pytest.raises(BackupBroken, match="far more"):
        BackupReader(by_hand(tmp_path / "bad", [(entry(ORIGINAL), zeros)]))


def _unnamed(path: Path) -> Path:
    return by_hand(path, [(entry(ORIGINAL), b"x"), (entry("files/questions.log"), b"y")], [ORIGINAL])


def _no_manifest(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(entry(ORIGINAL), b"x")
    return path


def _later_form(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(MANIFEST, json.dumps(asdict(Backup(FORMAT + 1, "", "", "", "", 0, ()))))
    return path


def _no_zip(path: Path) -> Path:
    path.write_bytes(b"not a backup at all")
    return path


@pytest.mark.parametrize("make", [_unnamed, _no_manifest, _later_form, _no_zip])
def test_what_its_manifest_does_not_name_is_no_part_of_it(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """Nor is a file a backup that has no manifest, or one of another form."""
    with pytest.raises(BackupBroken):
        BackupReader(make(tmp_path / "bad"))
