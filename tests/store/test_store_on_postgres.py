"""What only a library on PostgreSQL shows: a name in the folder, a server that may be away, writers on two machines."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import LibraryBusy, LibraryError, LibraryTooNew, NotHeld
from curbside.store.base import DATABASE
from curbside.store.base_citing import CITATIONS, Derived
from curbside.store.dialect import for_postgres
from curbside.store.place import ELSEWHERE, records_file, schema_of
from curbside.wiring import stores, work
from library_makers import Place, place_of, server_for
from store_makers import entry, put, texts


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A library on PostgreSQL that holds one document and is closed."""
    with place_of("on postgresql", tmp_path / "library") as made:
        store = made.store()
        put(store, entry("One.", pmid="1"))
        store.close()
        yield made


def told(place: Place, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What the server says, asked beside the store."""
    import psycopg

    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {schema_of(place.folder)}".encode())
        cursor = connection.execute(sql.encode(), values)
        return cursor.fetchall() if cursor.description else []


def ended(place: Place, mine: str) -> None:
    """End the connections to the server that this library holds, and wait until the server has let go of them."""
    told(
        place,
        "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()",
        mine,
    )


class TestFolder:
    """The folder keeps the originals and a name."""

    def test_it_holds_no_database(self, place: Place) -> None:
        """Its records are found by the name of their schema, which is its own."""
        names = {path.name for path in place.folder.iterdir()}
        assert names == {ELSEWHERE, "lock", "originals"}
        assert records_file(place.folder).name == ELSEWHERE
        assert told(place, "SELECT count(*) FROM documents") == [(1,)]

    def test_two_libraries_of_one_database_never_meet(self, place: Place, tmp_path: Path) -> None:
        """Each has its own schema."""
        with place_of("on postgresql", tmp_path / "other") as other:
            store = other.store()
            put(store, entry("Two.", pmid="2"))
            assert texts(store) == ["Two."]
            store.close()
        reader = place.reader()
        assert texts(reader) == ["One."]
        reader.close()

    def test_a_making_that_broke_off_is_made_anew(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The name is written last: without it there is no library yet, and nothing stands in the way."""
        import curbside.store.postgres_writing as writing

        def half(*_: object) -> None:
            raise OSError("the plug was pulled")

        with place_of("on postgresql", tmp_path / "library") as place:
            monkeypatch.setattr(writing, "upgrade", half)
            with pytest.raises(LibraryError, match="plug"):
                place.store()
            monkeypatch.undo()
            assert not records_file(place.folder).is_file()
            place.store().close()
            place.reader().close()

    @pytest.mark.parametrize("damage", [b"", b"public", b'x"; DROP SCHEMA public', b"\xff\xfe"])
    def test_a_damaged_name_is_never_sent_to_the_server(self, place: Place, damage: bytes) -> None:
        """What is no name of ours is refused."""
        kept = (place.folder / ELSEWHERE).read_bytes()
        (place.folder / ELSEWHERE).write_bytes(damage)
        for opening in (place.reader, place.store):
            with pytest.raises(LibraryError, match=r"library\.postgresql.*backup"):
                opening()
        (place.folder / ELSEWHERE).write_bytes(kept)

    def test_another_database_is_not_taken_for_an_empty_library(self, place: Place) -> None:
        """Where the schema is not, nothing is made; the error says what to set."""
        kept = (place.folder / ELSEWHERE).read_text()
        (place.folder / ELSEWHERE).write_text("curbside_0123456789abcdef\n")
        for opening in (place.reader, place.store):
            with pytest.raises(LibraryError, match=r"holds no schema.*CURBSIDE_DATABASE"):
                opening()
        (place.folder / ELSEWHERE).write_text(kept)

    def test_a_library_of_a_later_version_is_left_alone(self, place: Place) -> None:
        """Neither read nor changed."""
        told(place, "UPDATE alembic_version SET version_num = '9999'")
        for opening in (place.reader, place.store):
            with pytest.raises(LibraryTooNew, match="later version"):
                opening()


class TestSetting:
    """One variable says where a new library lies; one that is there stays."""

    def test_a_new_library_lies_where_the_variable_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """And is found there again, or missed with a clear word."""
        folder = tmp_path / "library"
        with server_for(folder) as url:
            monkeypatch.setenv("CURBSIDE_DATABASE", url)
            assert not stores.outdated(folder)
            with pytest.raises(LibraryError, match="no library"):
                stores.readable(folder)
            stores.writable(folder).close()
            assert not stores.outdated(folder)
            stores.readable(folder).close()
            monkeypatch.delenv("CURBSIDE_DATABASE")
            for opening in (stores.readable, stores.writable, stores.outdated):
                with pytest.raises(LibraryError, match="Set CURBSIDE_DATABASE"):
                    opening(folder)
            assert not (folder / DATABASE).exists()

    def test_a_library_in_its_folder_stays_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who has set the variable for the desk alone finds the library as it was; no server is asked."""
        stores.writable(tmp_path / "library").close()
        monkeypatch.setenv("CURBSIDE_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
        stores.writable(tmp_path / "library").close()
        stores.readable(tmp_path / "library").close()
        assert not (tmp_path / "library" / ELSEWHERE).exists()

    def test_who_works_beside_it_sees_what_came(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server's writes change no file of the folder; it is asked again after a while."""
        folder = tmp_path / "library"
        with server_for(folder) as url:
            monkeypatch.setenv("CURBSIDE_DATABASE", url)
            monkeypatch.setattr(work, "LOOKED_AT_S", 1e-9)
            worker = work.CiteWorker(folder)
            assert worker.step() is None
            for text in ("One.", "Two."):
                store = stores.writable(folder)
                put(store, replace(entry(text), derived=(Derived(CITATIONS, "earlier", b""),)), origin=text)
                store.close()
                assert worker.step() == 1
                assert worker.step() is None

    def test_a_driver_that_is_missing_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the command that installs it; no folder of a library is begun."""
        monkeypatch.setenv("CURBSIDE_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(LibraryError, match=r"pip install 'curbside\[postgres\]'"):
            stores.writable(tmp_path / "library")
        assert not (tmp_path / "library").exists()

    def test_a_first_answer_from_a_file_loads_no_driver(self) -> None:
        """Neither PostgreSQL's nor SQLAlchemy."""
        code = "import sys, curbside.wiring.stores as s; sys.exit(any(n in sys.modules for n in ('psycopg', 'sqlalchemy')))"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestServer:
    """A server may be away, closed, or somebody else's; its password is nobody's business."""

    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://me:pa55word@127.0.0.1:1/none",
            "postgresql://me:pa55word@127.0.0.1:notaport/none",
            "postgresql://me:pa55word%zz@127.0.0.1:1/none",
            "postgresql://me:pa55word@127.0.0.1:1/none?nosuchoption=1",
        ],
    )
    def test_one_that_cannot_be_reached_is_told_without_the_password(self, place: Place, url: str) -> None:
        """In one line, with the variable to look at."""
        with pytest.raises(LibraryError, match="CURBSIDE_DATABASE") as caught:
            Place("on postgresql", place.folder, url).reader()
        assert "pa55word" not in str(caught.value) and "\n" not in str(caught.value)
        with pytest.raises(LibraryError) as caught:
            Place("on postgresql", place.folder, url).store()
        assert "pa55word" not in str(caught.value)
        place.store().close()

    def test_a_user_it_does_not_know_is_told(self, place: Place) -> None:
        """In the server's own words."""
        url = place.url.replace("curbside@", "stranger:pa55word@")
        with pytest.raises(LibraryError, match="stranger") as caught:
            Place("on postgresql", place.folder, url).reader()
        assert "pa55word" not in str(caught.value)

    def test_a_user_without_the_right_is_told_which(self, place: Place, tmp_path: Path) -> None:
        """To make a library, and nothing is left that would stand for one; or to read one."""
        import psycopg

        name = f"curbside_{tmp_path.name}".lower()[:60]
        with server_for(tmp_path / "new") as url, psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'CREATE ROLE "{name}" LOGIN'.encode())
            try:
                with pytest.raises(LibraryError, match="GRANT CREATE ON DATABASE"):
                    Place("on postgresql", tmp_path / "new", url.replace("curbside@", f"{name}@")).store()
                assert not records_file(tmp_path / "new").is_file()
                with pytest.raises(LibraryError, match="permission denied"):
                    Place("on postgresql", place.folder, url.replace("curbside@", f"{name}@")).reader()
            finally:
                connection.execute(f'DROP ROLE "{name}"'.encode())

    def test_a_reader_outlives_a_restart(self, place: Place) -> None:
        """A connection that the server has dropped is replaced, and the question asked again."""
        reader = place.reader()
        assert texts(reader) == ["One."]
        ended(place, "%FROM texts%")
        assert texts(reader) == ["One."]
        reader.close()

    def test_a_writer_that_loses_the_server_keeps_nothing_by_half(self, place: Place) -> None:
        """Its transaction is gone and so is its place, which the next one takes."""
        store = place.store()
        with pytest.raises(LibraryError, match="cannot be used"), store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM documents")
            ended(place, "DELETE FROM documents%")
            connection.exec_driver_sql("DELETE FROM works")
        store.close()
        store = place.store()
        assert texts(store) == ["One."]
        store.close()


class TestOneWriter:
    """There is one writer at a time, wherever it runs."""

    def test_a_second_one_in_the_folder_is_refused(self, place: Place) -> None:
        """By the folder's own lock, which names the process."""
        store = place.store()
        with pytest.raises(LibraryBusy, match=r"process [0-9]+ is writing"):
            place.store()
        store.close()

    def test_a_second_one_on_another_machine_is_refused(self, place: Place, tmp_path: Path) -> None:
        """By the server: its folder has another lock but the same name."""
        shutil.copytree(place.folder, tmp_path / "mounted")
        there = Place("on postgresql", tmp_path / "mounted", place.url)
        store = place.store()
        with pytest.raises(LibraryBusy, match="another machine"):
            there.store()
        store.close()
        there.store().close()

    @pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
    def test_a_dead_one_holds_nothing(self, place: Place) -> None:
        """What it had not committed is gone, and its place is free."""
        code = (
            "import os, signal, sys; from pathlib import Path; from curbside.store.postgres_writing import PostgresStore\n"
            "store = PostgresStore(Path(sys.argv[1]), sys.argv[2])\n"
            "with store.writing() as connection:\n"
            "    connection.exec_driver_sql('DELETE FROM documents')\n"
            "    os.kill(os.getpid(), signal.SIGKILL)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(place.folder), place.url], check=False)
        assert done.returncode == -signal.SIGKILL
        store = place.store()
        assert texts(store) == ["One."]
        store.close()


class TestReaders:
    """Reading needs no lock and never disturbs."""

    def test_reading_beside_a_writer(self, place: Place) -> None:
        """What is committed is seen, what is not is not."""
        writer, reader = place.store(), place.reader()
        with writer.writing() as connection:
            connection.exec_driver_sql("DELETE FROM documents")
            assert texts(reader) == ["One."]
            connection.rollback()
        put(writer, entry("Two.", pmid="2"), origin="/in/b.xml")
        assert texts(reader) == ["One.", "Two."]
        writer.close()
        reader.close()

    def test_the_server_itself_lets_a_reader_change_nothing(self, place: Place) -> None:
        """Its transactions are read-only."""
        reader = place.reader()
        with pytest.raises(LibraryError, match="read-only"):
            reader._rows("DELETE FROM documents RETURNING number")
        assert texts(reader) == ["One."]
        reader.close()


class TestTexts:
    """What SQLite takes is taken."""

    def test_a_path_may_be_as_long_as_the_system_allows(self, place: Place) -> None:
        """Longer than PostgreSQL puts into a sorted index."""
        long = "/" + "/".join(f"{number:04x}é" * 20 for number in range(40))
        store = place.store()
        put(store, entry("Two.", pmid="2"), origin=long)
        put(store, entry("Three.", pmid="3"), origin=long)
        assert texts(store) == ["One.", "Two.", "Three."]
        store.remove([long])
        assert texts(store) == ["One."]
        store.close()

    def test_a_nul_is_shown_as_unreadable(self, place: Place) -> None:
        """PostgreSQL has no NUL in a text; the document keeps its own."""
        store = place.store()
        put(store, entry("A\0B is here.", title="A\0B", pmid="2"), origin="/in/\0.xml")
        (holding,) = store.holdings(store.resolve("2"))
        assert (holding.document.text, holding.document.title, holding.origin) == (
            "A\0B is here.",
            "A\0B",
            "/in/\ufffd.xml",
        )
        with pytest.raises(NotHeld):
            store.resolve("doi:10.1000/\0")
        store.close()

    def test_our_selects_are_put_into_its_words(self) -> None:
        """Marks, per cents and SQLite's hints."""
        sql = "SELECT a FROM b CROSS JOIN c ON c.x = b.x WHERE +b.y = ? AND c.z LIKE 't:%'"
        assert for_postgres(sql) == b"SELECT a FROM b JOIN c ON c.x = b.x WHERE b.y = %s AND c.z LIKE 't:%%'"
