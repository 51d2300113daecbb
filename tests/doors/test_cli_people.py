"""`curbside people` and `curbside audit`: what an operator sees and what ends with which code."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from curbside.doors.cli.main import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """A command line on a desk of its own; gives its code and what it wrote."""
    for name in ("CURBSIDE_DATABASE", "CURBSIDE_MAIL", "CURBSIDE_ADDRESS"):
        monkeypatch.delenv(name, raising=False)

    def go(*words: str) -> tuple[int, str, str]:
        code = main(["--library", str(tmp_path / "library"), *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


def test_the_first_admin_comes_from_the_command_line(run) -> None:
    """With a link to choose a password; the log has it by id alone."""
    assert "Make the first" in run("people")[1]
    code, out, _ = run("people", "invite", "ada@example.org", "--name", "Ada Ek", "--role", "admin", "--json")
    ada = json.loads(out)
    assert code == 0 and ada["roles"] == ["reader", "admin"]
    assert ada["link"].startswith("http://127.0.0.1:8000/account/join/")
    assert "Ada Ek  ada@example.org" in run("people")[1]
    log = run("audit")[1]
    assert "person.invited" in log and ada["id"] in log and "Ada" not in log


def test_a_letter_is_printed_where_no_server_is_set(run) -> None:
    """To standard error, so that results stay results."""
    code, out, err = run("people", "invite", "ada@example.org", "--name", "Ada", "--send")
    assert code == 0 and "letter to ada@example.org" in err and "/account/join/" in err
    assert "/account/join/" not in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("invite",), 2),
        (("invite", "ada", "--name", "Ada"), 2),
        (("invite", "ada@example.org"), 2),
        (("invite", "ada@example.org", "--name", "Ada", "--role", "boss"), 2),
        (("roles", "nobody@example.org", "--role", "editor"), 1),
        (("close", "p0000000000000000"), 1),
        (("fire", "ada@example.org"), 2),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(run, words: tuple[str, ...], code: int) -> None:
    """With what to do instead."""
    found, _, err = run("people", *words)
    assert found == code and err.startswith("curbside: ") and "Traceback" not in err
    assert json.loads(run("people", "--json")[1]) == {"people": []}


def test_roles_are_given_taken_and_an_account_closed_and_erased(run) -> None:
    """Each with its entry."""
    run("people", "invite", "ada@example.org", "--name", "Ada", "--role", "reviewer")
    assert "editor; advisory board" in run("people", "roles", "ada@example.org", "--role", "editor", "--board")[1]
    assert "closed" in run("people", "close", "ada@example.org")[1]
    assert "closed" not in run("people", "open", "ada@example.org")[1]
    assert "(erased account)" in run("people", "erase", "ada@example.org")[1]
    assert json.loads(run("people", "--json")[1]) == {"people": []}
    assert [line.split()[3] for line in run("audit")[1].splitlines()] == [
        "person.invited", "person.roles", "person.roles", "person.roles", "person.erased",
    ]  # fmt: skip


def test_one_changed_byte_of_the_log_is_found(run, tmp_path: Path) -> None:
    """With the entry, and exit code 1; a cut end with the head that was noted."""
    run("people", "invite", "ada@example.org", "--name", "Ada")
    run("people", "close", "ada@example.org")
    held = json.loads(run("audit", "verify", "--json")[1])
    assert held["holds"] and held["entries"] == 2
    database = sqlite3.connect(tmp_path / "library" / "desk.sqlite")
    with database:
        database.execute("DELETE FROM audit WHERE number = 2")
    assert run("audit", "verify")[0] == 0
    assert run("audit", "verify", "--head", held["head"])[0] == 1
    with database:
        database.execute("UPDATE audit SET detail = 'admin' WHERE number = 1")
    database.close()
    code, out, _ = run("audit", "verify", "--json")
    assert code == 1 and json.loads(out)["number"] == 1


def test_a_program_gets_a_key_and_loses_it(run) -> None:
    """It is shown once, kept as a hash, and gone when it is revoked; the log has its name."""
    run("people", "invite", "ada@example.org", "--name", "Ada Ek")
    code, out, _ = run("people", "key", "ada@example.org", "--name", "journal-sync", "--act", "--json")
    made = json.loads(out)
    assert code == 0 and made["key"].startswith("cbk_") and made["scope"] == "act" and made["used"] == ""
    listed = run("people", "keys", "ada@example.org")[1]
    assert "journal-sync  (act;" in listed and made["key"] not in listed
    assert json.loads(run("people", "keys", "ada@example.org", "--json")[1])["keys"] == [
        {name: value for name, value in made.items() if name != "key"}
    ]
    assert run("people", "key", "ada@example.org", "--name", "journal-sync")[0] == 2
    assert run("people", "key", "ada@example.org", "--name", "Ada's own")[0] == 2
    assert run("people", "revoke", "ada@example.org")[0] == 2
    assert "No program" in run("people", "revoke", "ada@example.org", "--name", "journal-sync")[1]
    assert run("people", "revoke", "ada@example.org", "--name", "journal-sync")[0] == 1
    log = run("audit")[1]
    assert "program.key made" in log and "journal-sync" in log
    assert "program.key revoked" in log
