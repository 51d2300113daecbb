"""Backup and restore: what was backed up while it was used answers as before, on whichever database."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from article_makers import article, claim
from curbside.errors import BackupBroken, LibraryTooNew, UsageError
from curbside.records import ArticleState, Purpose, Raw, Role, Session
from curbside.settings import DeskSettings
from curbside.shelf import notes
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.wiring.backup import filled_desk, filled_library, frozen_desk, frozen_library
from curbside.wiring.desk import open_desk
from curbside.workflows import backup as work
from curbside.workflows.backup import back_up, look_over, restore
from curbside.workflows.people import set_profile
from curbside.writers import answer_json
from desk_makers import KINDS, address_of, person

QUESTIONS = ("Does sirolimus help?", "What are the harms of tacrolimus?", "How is it given?")
NOTES = 30
AT = "2027-01-15T08:00:00Z"


@contextmanager
def kept_on(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskSettings]:
    """Settings under which records are kept on a database of a kind, empty."""
    with monkeypatch.context() as patch:
        if kind == "sqlite":
            patch.delenv("CURBSIDE_DATABASE", raising=False)
            yield DeskSettings()
            return
        with address_of(kind, folder) as url:
            patch.setenv("CURBSIDE_DATABASE", url)
            yield DeskSettings(url)


def filled(folder: Path, settings: DeskSettings) -> None:
    """A library that holds the starter shelf, with a desk, a kept question and words of its own."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "mine.tsv").write_text("d:zorblaxine\tZorblaxine\n", encoding="utf-8")
    with open_library(folder, write=True) as library:
        library.add([Raw(origin, data, "markdown") for origin, data in sorted(notes())[:NOTES]], processes=0)
    (folder / "asked").mkdir(mode=0o700)
    (folder / "asked" / "kept.json").write_text("{}")
    desk = open_desk(folder, settings)
    somebody = person(1, Role.AUTHOR)
    with desk.writing() as change:
        change.put(somebody)
        change.set_password(somebody.id, "argon2-hash")
        change.open_session("s" * 64, Session(somebody.id, "csrf", change.now, change.now))
        change.put_token("t" * 64, somebody.id, Purpose.INVITE, change.now + 60)
        change.tried("k" * 64)
        change.articles.make(article(ArticleState.APPROVED, claim(1), claim(2)), change.at)
        change.log("operator", "person.invited", somebody.id)
    set_profile(desk, somebody, "Somebody Else", "Dermatology", "", "None.")
    desk.close()


def backed_up(folder: Path, to: Path, settings: DeskSettings) -> None:
    """Write a backup of a library and its desk."""
    back_up(folder, to, frozen_library(folder, settings), frozen_desk(folder, settings), AT, "1")


def answers(folder: Path) -> list[str]:
    """What a library says, and how it stands, as bytes would show it."""
    with open_library(folder, meaning=False) as library:
        return [
            json.dumps([answer_json(library.ask(question)) for question in QUESTIONS], sort_keys=True),
            str(replace(library.status(), folder="")),
            str(library.store.changes(0, 10_000)),
        ]


@pytest.mark.parametrize(("before", "after"), [(one, other) for one in KINDS for other in KINDS])
def test_a_restored_library_answers_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    """Byte for byte, from either database to either; people, articles and the log as they were; nobody is signed in."""
    folder, file, into = tmp_path / "library", tmp_path / "one.backup", tmp_path / "restored"
    with kept_on(before, tmp_path / "a", monkeypatch) as settings:
        filled(folder, settings)
        backed_up(folder, file, settings)
        expected = answers(folder)
        desk = open_desk(folder, settings)
        with desk.reading() as view:
            log, held = list(view.audit()), view.articles.get(article().id)
        desk.close()
    assert look_over(file).head == log[-1].hash
    with kept_on(after, tmp_path / "b", monkeypatch) as settings:
        restore(file, into, filled_library, lambda staging: filled_desk(staging, settings))
        assert answers(into) == expected
        desk = open_desk(into, settings)
        with desk.writing() as change:
            assert list(change.audit()) == log and change.articles.get(held.id) == held
            assert change.password_of(person(1).id) == "argon2-hash"
            assert change.session("s" * 64) is None and change.take_token("t" * 64, Purpose.INVITE) == ""
            assert change.tries("k" * 64, 0.0) == []
            change.log("operator", "goes on")
            change.tried("k" * 64)
        desk.close()
        with open_library(into, write=True) as library:
            library.add([Raw("more.md", b"# Everolimus\n\nIt was given to 3 patients.\n", "markdown")], processes=0)
    assert (into / "asked" / "kept.json").exists() and (into / "vocabulary" / "mine.tsv").exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A library on SQLite."""
    filled(tmp_path / "library", DeskSettings())
    return tmp_path / "library"


def test_what_a_backup_holds_is_for_its_owner_alone(held: Path, tmp_path: Path) -> None:
    """No session, no link of a letter, no try is in it."""
    file = tmp_path / "one.backup"
    backed_up(held, file, DeskSettings())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as parts:
        assert not {"tables/desk/sessions", "tables/desk/tokens", "tables/desk/tries"} & set(parts.namelist())
        assert all(b"t" * 64 not in parts.read(name) for name in parts.namelist())


def test_a_folder_that_holds_something_is_left_alone(held: Path, tmp_path: Path) -> None:
    """Also where that is a single file."""
    file, into = tmp_path / "one.backup", tmp_path / "there"
    backed_up(held, file, DeskSettings())
    into.mkdir()
    (into / "mine").write_text("mine")
    with pytest.raises(UsageError, match="holds something already"):
        restore(file, into, filled_library, lambda staging: filled_desk(staging, DeskSettings()))
    assert [path.name for path in into.iterdir()] == ["mine"]


def test_a_desk_that_holds_something_is_left_alone(held: Path, tmp_path: Path) -> None:
    """Restoring beside a database that is in use changes nothing in it, and leaves no folder."""
    file, settings = tmp_path / "one.backup", DeskSettings(f"sqlite:///{tmp_path / 'other.sqlite'}")
    backed_up(held, file, DeskSettings())
    desk = SqlDesk(settings.database)
    with desk.writing() as change:
        change.put(person(7))
    with pytest.raises(UsageError, match="holds something already"):
        restore(file, tmp_path / "new", filled_library, lambda staging: filled_desk(staging, settings))
    with desk.reading() as view:
        assert [each.id for each in view.people()] == [person(7).id]
    desk.close()
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new*"))


def test_a_damaged_backup_is_found_before_anything_is_made(held: Path, tmp_path: Path) -> None:
    """Rows, files and the log's chain are looked at first."""
    file, bad = tmp_path / "one.backup", tmp_path / "bad.backup"
    backed_up(held, file, DeskSettings())
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    bad.write_bytes(data)
    with pytest.raises(BackupBroken):
        restore(bad, tmp_path / "new", filled_library, lambda staging: filled_desk(staging, DeskSettings()))
    assert not (tmp_path / "new").exists()


def test_a_restore_that_is_killed_leaves_no_library(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it left is taken away by the next, which succeeds."""
    file, into = tmp_path / "one.backup", tmp_path / "new"
    backed_up(held, file, DeskSettings())
    left = tmp_path / ".new.restoring"
    left.mkdir()
    (left / "library.sqlite").write_text("half")
    restore(file, into, filled_library, lambda staging: filled_desk(staging, DeskSettings()))
    assert answers(into) == answers(held)
    assert not left.exists()


def test_a_backup_of_a_later_version_is_told_as_such(held: Path, tmp_path: Path) -> None:
    """And one of an earlier version is brought up to date."""
    file, later = tmp_path / "one.backup", tmp_path / "later.backup"
    backed_up(held, file, DeskSettings())
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(later, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(
                info, data.replace(b'"library": "0003"', b'"library": "9999"') if "manifest" in info.filename else data
            )
    with pytest.raises(LibraryTooNew):
        restore(later, tmp_path / "new", filled_library, lambda staging: filled_desk(staging, DeskSettings()))
    assert not (tmp_path / "new").exists()


def test_an_original_that_goes_meanwhile_is_asked_for_again(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup is begun anew, and holds what the library holds by then."""
    with open_library(held) as library:
        gone = next(iter(library.store.live_holdings())).work
    plain, calls = work.originals_in, []

    def removing(connection: object) -> list[str]:
        found = plain(connection)  # type: ignore[arg-type]
        if not calls:
            calls.append(1)
            with open_library(held, write=True) as library:
                library.remove([gone])
        return found

    monkeypatch.setattr(work, "originals_in", removing)
    backed_up(held, tmp_path / "one.backup", DeskSettings())
    assert look_over(tmp_path / "one.backup").backup.damaged == ()
    restore(tmp_path / "one.backup", tmp_path / "new", filled_library, lambda s: filled_desk(s, DeskSettings()))
    assert answers(tmp_path / "new") == answers(held)


def test_an_original_that_is_damaged_already_is_kept_and_told(held: Path, tmp_path: Path) -> None:
    """As is one that is missing; a broken file must not keep the others from being saved."""
    one, other, *_ = sorted(path for path in (held / "originals").rglob("*") if path.is_file())
    one.chmod(0o600)
    one.write_bytes(b"other words")
    other.unlink()
    backed_up(held, tmp_path / "one.backup", DeskSettings())
    told = look_over(tmp_path / "one.backup").backup.damaged
    assert [name.rpartition("/")[2] for name in told] == [one.name, other.name]
