"""`curbside digest` and `curbside texts`; and the worker that sends letters while the site is served."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from curbside.doors.cli.main import main
from curbside.records.following import Digest, Followed, NewsKind
from curbside.store.desk import SqlDesk
from curbside.wiring import letters
from curbside.workflows import telling
from desk_makers import Letterbox, person

ADA = person(1)
ARTICLE = "a" + "b" * 16
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command about a library in a folder of its own; gives exit code, output and errors."""
    for name in ("CURBSIDE_DATABASE", "CURBSIDE_MAIL", "CURBSIDE_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CURBSIDE_LIBRARY", str(tmp_path / "library"))

    def given(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return given


def due(tmp_path: Path) -> None:
    """Let Ada have asked for letters years ago, and something be new since."""
    desk = SqlDesk.beside(tmp_path / "library", lambda: 1_000_000_000.0)
    with desk.writing() as change:
        change.put(ADA)
        change.following.put(Followed("f" + "1" * 16, ADA.id, ARTICLE))
    telling.choose(desk, ADA, Digest.DAILY, shows_words=False)
    with desk.writing() as change:
        change.following.tell(NewsKind.EVIDENCE, change.at, "New: a trial.", ARTICLE, "A title")
    desk.close()


def test_a_digest_is_printed_where_no_server_is_set(run: Run, tmp_path: Path) -> None:
    """For somebody to hand on; a second run has nothing to do."""
    due(tmp_path)
    code, out, err = run("digest")
    assert code == 0 and "1 written, 1 sent, 0 not sent." in out and "No letter waits." in out
    assert f"letter to {ADA.email}: News of what you follow" in err and "A title" in err
    assert json.loads(run("digest", "--json")[1]) == {"written": 0, "sent": 0, "failed": 0, "letters": []}


def test_a_letter_that_was_not_sent_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With exit code 1, by ids and without its words."""
    due(tmp_path)
    monkeypatch.setenv("CURBSIDE_MAIL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("CURBSIDE_MAIL_FROM", "desk@example.org")
    code, out, _ = run("digest", "--json")
    told = json.loads(out)
    assert code == 1 and (told["written"], told["sent"], told["failed"]) == (1, 0, 1)
    (letter,) = told["letters"]
    assert (letter["person"], letter["state"], letter["attempts"]) == (ADA.id, "waiting", 1)
    code, out, _ = run("digest", "status")
    assert code == 0 and f"To {ADA.id}: waits, tried 1×." in out and "A title" not in out


def test_the_worker_sends_where_a_server_is_set(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And writes nothing where letters would only be printed among its lines."""
    due(tmp_path)
    worker = letters.LetterWorker(tmp_path / "library")
    assert worker.step() is None
    monkeypatch.setenv("CURBSIDE_MAIL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("CURBSIDE_MAIL_FROM", "desk@example.org")
    box = Letterbox()
    monkeypatch.setattr("curbside.wiring.desk.mailer_of", lambda settings: box)
    assert worker.step() is None  # it looked a moment ago
    other = letters.LetterWorker(tmp_path / "library")
    assert other.step() == 1 and other.step() is None
    assert [each.to for each in box.letters] == [ADA.email]
    worker.close()
    other.close()
    nowhere = letters.LetterWorker(tmp_path / "nowhere")
    assert nowhere.step() is None and not (tmp_path / "nowhere").exists()


def test_texts_are_listed_shown_and_set(run: Run, tmp_path: Path) -> None:
    """Each change is a version; earlier ones can be read."""
    assert [line.split()[0] for line in run("texts")[1].splitlines()] == [
        "editorial-policy", "reviewing", "disclaimer", "privacy",
    ]  # fmt: skip
    file = tmp_path / "privacy.md"
    file.write_text("\ufeffWe run this site.\r\n\r\n- An item\r\n", encoding="utf-8")
    code, out, _ = run("texts", "set", "privacy", str(file), "--why", "Who we are.")
    assert (code, out) == (0, "Privacy: version 2 stands now.\n")
    assert run("texts", "show", "privacy")[1] == "We run this site.\n\n- An item\n"
    assert "Whoever runs this site" in run("texts", "show", "privacy", "--version", "1")[1]
    held = json.loads(run("texts", "history", "privacy", "--json")[1])["texts"]
    assert [(each["number"], each["who"], each["why"]) for each in held] == [
        (1, "", "Came with Curbside."), (2, "operator", "Who we are."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("texts", "show"), 2, "Name the text"),
        (("texts", "set", "privacy"), 2, "Name the text"),
        (("texts", "list", "privacy"), 2, "Name the text"),
        (("texts", "show", "other"), 1, "Texts are editorial-policy"),
        (("texts", "set", "privacy", "absent.md", "--why", "x"), 1, "absent.md"),
        (("texts", "set", "privacy", __file__), 2, "Say what changed"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    """With what to do about it."""
    found, _, err = run(*words)
    assert found == code and said in err
