"""What only a library on disk shows: locks, versions, migrations, damage, readers beside a writer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect

from curbside.errors import LibraryBusy, LibraryError, LibraryTooNew
from curbside.store import schema
from curbside.store.base import DATABASE
from curbside.store.base_citing import Linkage
from curbside.store.lock import WriterLock
from curbside.store.migrate import migrate, upgrade
from curbside.store.sqlite import REVISIONS, SqliteReader, connect, journal_mode, outdated, revision
from curbside.store.writing import SqliteStore
from store_makers import entry, put, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library that holds one document."""
    store = SqliteStore(tmp_path / "library")
    put(store, entry("One.", pmid="1"))
    store.close()
    return tmp_path / "library"


class TestHazard:
    """SQLite 3.7.0 to 3.51.2 can corrupt in write-ahead mode with several connections."""

    @pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
    def test_no_write_ahead_where_it_can_corrupt(self, version: tuple[int, ...]) -> None:
        """The rollback journal is safe everywhere."""
        assert journal_mode(version) == "delete"

    @pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (4, 0, 0)])
    def test_write_ahead_from_the_fix_on(self, version: tuple[int, ...]) -> None:
        """Readers then never wait."""
        assert journal_mode(version) == "wal"

    def test_the_library_is_in_the_mode_of_this_sqlite(self, folder: Path) -> None:
        """As the file itself says."""
        mode = sqlite3.connect(folder / DATABASE).execute("PRAGMA journal_mode").fetchone()[0]
        assert mode == journal_mode(sqlite3.sqlite_version_info)

    def test_commits_are_synced(self, folder: Path) -> None:
        """FULL: a commit that returned survives a power cut."""
        assert connect(folder / DATABASE).execute("PRAGMA synchronous").fetchone()[0] == 2


class TestOneWriter:
    """There is one writer at a time, and the second is told which process it is."""

    def test_a_second_store_is_refused(self, folder: Path) -> None:
        """In the same process too, and the message names the holder."""
        first = SqliteStore(folder)
        with pytest.raises(LibraryBusy, match=r"process [0-9]+ is writing"):
            SqliteStore(folder)
        first.close()
        SqliteStore(folder).close()

    def test_a_second_process_is_refused(self, folder: Path) -> None:
        """The lock is the operating system's."""
        first = SqliteStore(folder)
        code = f"from pathlib import Path; from curbside.store.writing import SqliteStore; SqliteStore(Path({str(folder)!r}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "LibraryBusy" in done.stderr
        first.close()

    def test_a_dead_writer_holds_nothing(self, folder: Path) -> None:
        """Its lock goes with it, whatever its file says."""
        code = (
            "import os, signal; from pathlib import Path; from curbside.store.writing import SqliteStore;"
            f"SqliteStore(Path({str(folder)!r})); os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", code], check=False)
        SqliteStore(folder).close()

    def test_who_comes_too_late_does_not_wipe_the_name(self, tmp_path: Path) -> None:
        """The holder's process id stays in the file."""
        lock = WriterLock(tmp_path / "lock")
        for _ in range(2):
            with pytest.raises(LibraryBusy, match=r"process [0-9]+"):
                WriterLock(tmp_path / "lock")
        lock.release()

    def test_a_failed_opening_gives_the_place_back(self, folder: Path) -> None:
        """A library that cannot be opened is not locked for ever."""
        data = (folder / DATABASE).read_bytes()
        (folder / DATABASE).write_bytes(b"no database at all, " * 500)
        for _ in range(2):
            with pytest.raises(LibraryError, match="cannot be read"):
                SqliteStore(folder)
        (folder / DATABASE).write_bytes(data)
        SqliteStore(folder).close()


class TestReaders:
    """Reading needs no lock and never disturbs."""

    def test_reading_beside_a_writer(self, folder: Path) -> None:
        """What is committed is seen, what is not is not."""
        writer = SqliteStore(folder)
        reader = SqliteReader(folder)
        assert texts(reader) == ["One."]
        with writer.writing() as connection:
            connection.exec_driver_sql("DELETE FROM documents")
            assert texts(reader) == ["One."]
            connection.rollback()
        put(writer, entry("Two.", pmid="2"), origin="/in/b.xml")
        assert texts(reader) == ["One.", "Two."]
        writer.close()
        reader.close()

    def test_many_readers_under_a_running_add(self, folder: Path) -> None:
        """No reader ever hears that the database is locked, nor sees half a batch."""
        writer = SqliteStore(folder)
        stop = threading.Event()
        faults: list[object] = []

        def read() -> None:
            reader = SqliteReader(folder)
            while not stop.is_set():
                try:
                    counts = reader.counts().documents
                    if (counts - 1) % 50:
                        faults.append(counts)
                    list(reader.live_holdings())
                except LibraryError as error:
                    faults.append(error)
            reader.close()

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for batch in range(12):
            items = [entry(f"B{batch} {n}.", pmid=str(1000 + 50 * batch + n)) for n in range(50)]
            put(writer, *items, origin=f"/in/{batch}.xml")
        stop.set()
        for thread in threads:
            thread.join()
        assert faults == []
        writer.close()

    def test_a_reader_refuses_to_change(self, folder: Path) -> None:
        """Every changing call says how to come by it."""
        reader = SqliteReader(folder)
        for change in (
            lambda: reader.put([]),
            lambda: reader.keep(b""),
            lambda: reader.remove(["1"]),
            lambda: reader.jobs,
            lambda: reader.reprofile({}, ""),
            lambda: reader.stale("", 1),
        ):
            with pytest.raises(LibraryError, match="opened for reading"):
                change()
        with pytest.raises(sqlite3.OperationalError):
            reader._connection.execute("DELETE FROM documents")
        reader.close()

    def test_no_library_is_said_plainly(self, tmp_path: Path) -> None:
        """And nothing is made by looking."""
        with pytest.raises(LibraryError, match="no library in"):
            SqliteReader(tmp_path / "none")
        assert not (tmp_path / "none").exists()

    def test_importing_the_reading_half_leaves_sqlalchemy_out(self) -> None:
        """A first answer may take one second, and the import alone takes a third of it."""
        code = "import sys, curbside.store.sqlite; sys.exit('sqlalchemy' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_what_was_decoded_before_cannot_be_out_of_date(self, folder: Path) -> None:
        """A cached document still gets its work, origin and notices from the database."""
        from curbside.records import NoticeKind
        from store_makers import notice

        reader = SqliteReader(folder)
        (before,) = reader.live_holdings()
        writer = SqliteStore(folder)
        put(writer, notice(NoticeKind.RETRACTION, "Retraction.", pmid="1"), origin="/n")
        assert not before.profile.retracted
        assert reader.holding(before.document.id).profile.retracted
        writer.remove(["pmid:1"])
        assert reader.holdings([before.document.id]) == []
        writer.close()
        reader.close()


def test_what_was_removed_does_not_linger_on_disk(tmp_path: Path) -> None:
    """Neither title nor packed text is left in the database or among the originals."""
    store = SqliteStore(tmp_path / "library")
    secret = entry("Quetzalcoatlus took part in the trial.", pmid="1", title="Quetzalcoatlus")
    put(store, secret, data=b"the file about Quetzalcoatlus")
    store.close()
    assert any(b"Quetzalcoatlus" in path.read_bytes() for path in (tmp_path / "library").rglob("*") if path.is_file())
    store = SqliteStore(tmp_path / "library")
    store.remove(["pmid:1"])
    store.close()
    for path in (tmp_path / "library").rglob("*"):
        if path.is_file():
            assert b"Quetzalcoatlus" not in path.read_bytes()
            assert secret.data not in path.read_bytes()


class TestSchema:
    """Migrations, versions and damage."""

    def test_migrations_make_the_tables_that_the_code_knows(self, tmp_path: Path) -> None:
        """Column by column, index by index."""
        migrated, described = create_engine("sqlite://"), create_engine("sqlite://")
        with migrated.begin() as connection:
            migrate(connection, "head")
        with described.begin() as connection:
            upgrade(connection, REVISIONS[-1])
        one, other = inspect(migrated), inspect(described)
        names = set(other.get_table_names())
        assert set(one.get_table_names()) == names == {*schema.metadata.tables, "alembic_version"}
        for name in names:
            columns = [
                [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in each.get_columns(name)]
                for each in (one, other)
            ]
            assert columns[0] == columns[1]
            indexes = [
                [{**i, "dialect_options": {k: str(v) for k, v in i["dialect_options"].items()}} for i in found]
                for found in (one.get_indexes(name), other.get_indexes(name))
            ]
            assert indexes[0] == indexes[1]
            assert one.get_unique_constraints(name) == other.get_unique_constraints(name)
        counting = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name"
        versions = "SELECT version_num FROM alembic_version"
        for told in (counting, versions):
            with migrated.connect() as here, described.connect() as there:
                assert here.exec_driver_sql(told).all() == there.exec_driver_sql(told).all()

    def test_changes_are_numbered_for_ever(self, folder: Path) -> None:
        """SQLite would use the highest number again without AUTOINCREMENT."""
        sql = (
            sqlite3.connect(folder / DATABASE)
            .execute("SELECT sql FROM sqlite_master WHERE name = 'changes'")
            .fetchone()
        )
        assert "AUTOINCREMENT" in sql[0]

    def test_the_list_of_revisions_is_that_of_the_migrations(self) -> None:
        """Reading does without alembic, so it keeps its own list."""
        from importlib import import_module, resources

        folder = resources.files("curbside.store") / "migrations" / "versions"
        names = sorted(entry.name[:-3] for entry in folder.iterdir() if entry.name.startswith("r"))
        modules = [import_module(f"curbside.store.migrations.versions.{name}") for name in names]
        assert tuple(module.revision for module in modules) == REVISIONS
        assert [module.down_revision for module in modules] == [None, *REVISIONS[:-1]]

    @pytest.mark.parametrize("opening", [SqliteReader, SqliteStore])
    def test_a_library_of_a_later_version_is_left_alone(self, folder: Path, opening: type[SqliteReader]) -> None:
        """Neither read nor changed."""
        connection = sqlite3.connect(folder / DATABASE)
        with connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        before = (folder / DATABASE).read_bytes()
        with pytest.raises(LibraryTooNew, match="later version"):
            opening(folder)
        assert (folder / DATABASE).read_bytes() == before

    def test_a_library_that_was_never_finished_is_made_anew(self, tmp_path: Path) -> None:
        """A process that died while making it leaves an empty file at most."""
        folder = tmp_path / "library"
        folder.mkdir()
        (folder / DATABASE).write_bytes(b"")
        assert outdated(folder)
        with pytest.raises(LibraryError, match="earlier version"):
            SqliteReader(folder)
        store = SqliteStore(folder)
        put(store, entry("One.", pmid="1"))
        store.close()
        assert not outdated(folder)
        assert revision(connect(folder / DATABASE)) == REVISIONS[-1]

    def test_a_library_of_the_first_version_is_upgraded_whole(self, tmp_path: Path) -> None:
        """Its problems stand as they did."""

        folder = tmp_path / "library"
        folder.mkdir()
        with create_engine(f"sqlite:///{folder / DATABASE}").begin() as connection:
            migrate(connection, "0001")
            connection.exec_driver_sql(
                "INSERT INTO problems (sha, origin, place, line, what, remedy, lost, broken, at) "
                "VALUES ('', '/in/a', '/in/a', 3, 'Lost.', '', 1, 0, '')"
            )
        assert outdated(folder)
        store = SqliteStore(folder)
        assert [(problem.what, problem.line) for problem in store.problems()] == [("Lost.", 3)]
        put(store, entry("One.", pmid="1"), origin="/in/a")
        assert store.problems() == []
        store.close()
        assert not outdated(folder)

    def test_a_library_without_citations_is_upgraded(self, tmp_path: Path) -> None:
        """Each document that it holds waits to be read for what it cites; what comes later does not."""
        folder = tmp_path / "library"
        store = SqliteStore(folder)
        put(store, entry("One.", pmid="1"))
        store.close()
        with create_engine(f"sqlite:///{folder / DATABASE}").begin() as connection:
            for table in ("cites", "titles", "lists", "listed", "flags", "verdicts"):
                connection.exec_driver_sql(f"DROP TABLE {table}")
            connection.exec_driver_sql("DROP INDEX derived_stale")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        assert outdated(folder)
        store = SqliteStore(folder)
        put(store, entry("Two.", pmid="2"), origin="/in/b.xml")
        assert store.links.stale("citations", "1", 9) == list(store.resolve("1"))
        assert store.links.derived(store.resolve("1"), "citations") == {}
        store.links.relink({store.resolve("1")[0]: (Linkage(), None)}, "citations")
        assert store.links.stale("citations", "1", 9) == []
        store.close()

    def test_a_failing_migration_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """All tables or none: they are made in one transaction."""
        import curbside.store.writing as writing

        def half(connection: Connection, newest: str) -> None:
            upgrade(connection, newest)
            raise OSError("the plug was pulled")

        monkeypatch.setattr(writing, "upgrade", half)
        with pytest.raises(LibraryError, match="plug"):
            SqliteStore(tmp_path / "library")
        monkeypatch.undo()
        tables = sqlite3.connect(tmp_path / "library" / DATABASE).execute("SELECT name FROM sqlite_master").fetchall()
        assert tables == []
        SqliteStore(tmp_path / "library").close()

    def test_a_damaged_document_is_named(self, folder: Path) -> None:
        """The message says which, and what to do."""
        connection = sqlite3.connect(folder / DATABASE)
        with connection:
            connection.execute("UPDATE texts SET data = x'00ff00ff'")
        connection.close()
        reader = SqliteReader(folder)
        with pytest.raises(LibraryError, match=r"Document d[0-9a-f]{20}.*backup"):
            list(reader.live_holdings())
        reader.close()

    def test_a_put_that_fails_half_way_keeps_nothing(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The transaction is one; the next put goes on from what was there."""
        import curbside.store.saving as saving

        store = SqliteStore(folder)
        before = (store.seq, store.counts())

        def broken(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(saving, "_problems", broken)
        with pytest.raises(LibraryError, match="no more"):
            put(store, entry("Two.", pmid="2"), origin="/in/b.xml")
        assert (store.seq, store.counts()) == before
        monkeypatch.undo()
        put(store, entry("Two.", pmid="2"), origin="/in/b.xml")
        assert texts(store) == ["One.", "Two."]
        store.close()
