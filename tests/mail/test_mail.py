"""Letters: printed, or handed to a real SMTP server on loopback."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from curbside.errors import MailError, MailUnsure
from curbside.mail.base import Mailer, message_of
from curbside.mail.console import ConsoleMailer
from curbside.mail.smtp import SmtpAccount, SmtpMailer
from curbside.records import Letter

LETTER = Letter("ada@example.org", "Your account – welcome", "Hello Ada,\n\nhttps://desk.example.org/account/join/x\n")


class Server:
    """As much of an SMTP server as a client needs (RFC 5321); it keeps what it is given."""

    def __init__(self, refuse: bytes = b"", silent_behind: bytes = b"") -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.told: list[bytes] = []
        self.letters: list[bytes] = []
        self._refuse = refuse
        self._silent_behind = silent_behind
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, connection.makefile("rwb") as file:
                    self._talk(file)

    def _talk(self, file: io.BufferedRWPair) -> None:
        def say(words: bytes) -> None:
            file.write(words + b"\r\n")
            file.flush()

        say(b"220 here")
        for line in iter(file.readline, b""):
            word = line.strip()
            self.told.append(word)
            verb = word[:4].upper()
            if self._refuse and verb == self._refuse:
                say(b"550 no such person, and here is your letter: secret")
            elif verb == self._silent_behind != b"DATA":
                return
            elif verb == b"DATA":
                say(b"354 go on")
                body = b"".join(iter(file.readline, b".\r\n"))
                self.letters.append(body)
                if self._silent_behind == b"DATA":
                    return
                say(b"250 taken")
            elif verb == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 fine")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that takes everything."""
    made = Server()
    yield made
    made.close()


def test_the_console_prints_the_whole_letter() -> None:
    """With whom it is to, so that somebody can hand it on."""
    out = io.StringIO()
    mailer: Mailer = ConsoleMailer(out)
    mailer.send(LETTER)
    assert "letter to ada@example.org: Your account – welcome" in out.getvalue()
    assert "https://desk.example.org/account/join/x" in out.getvalue()


def test_a_server_gets_the_letter_as_it_was_written(server: Server) -> None:
    """Its words survive the way, and it says that a program wrote it."""
    mailer: Mailer = SmtpMailer(SmtpAccount("127.0.0.1", server.port, False, "desk@example.org"))
    mailer.send(LETTER)
    message = message_from_bytes(server.letters[0], policy=default)
    assert (message["To"], message["From"]) == ("ada@example.org", "desk@example.org")
    assert message["Subject"] == LETTER.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == LETTER.body


def test_a_subject_puts_no_line_into_the_head() -> None:
    """Whatever a name held that went into it."""
    message = message_of(Letter("ada@example.org", "Hello\r\nBcc: eve@example.org", "x"), "desk@example.org")
    assert message["Bcc"] is None and message["Subject"] == "Hello Bcc: eve@example.org"


def test_a_password_never_goes_over_an_open_line(server: Server) -> None:
    """A server without encryption gets neither name nor password."""
    account = SmtpAccount("127.0.0.1", server.port, False, "desk@example.org", "ada", "hunter2 hunter2")
    with pytest.raises(MailError, match="no encryption"):
        SmtpMailer(account).send(LETTER)
    assert not any(word.upper().startswith(b"AUTH") for word in server.told)
    assert "hunter2" not in repr(account)


def test_a_refusal_says_why_without_the_letters_words() -> None:
    """What a server answers may repeat the letter, and ends in a log."""
    server = Server(refuse=b"RCPT")
    with pytest.raises(MailError) as error:
        SmtpMailer(SmtpAccount("127.0.0.1", server.port, False, "desk@example.org")).send(LETTER)
    server.close()
    assert "secret" not in str(error.value) and "127.0.0.1" in str(error.value)


def test_a_server_that_is_not_there_is_a_plain_error() -> None:
    """With its address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(MailError, match=str(port)):
        SmtpMailer(SmtpAccount("127.0.0.1", port, False, "desk@example.org")).send(LETTER)


def test_a_letter_names_the_address_that_ends_its_kind() -> None:
    """So that a program of mail can offer it (RFC 2369), by one click (RFC 8058); others name none."""
    stop = f"https://desk.example.org/unsubscribe/{'x' * 43}"
    message = message_of(replace(LETTER, stop=stop), "desk@example.org")
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in message.as_bytes()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message_of(LETTER, "desk@example.org")["List-Unsubscribe"] is None
    server = Server()
    SmtpMailer(SmtpAccount("127.0.0.1", server.port, False, "desk@example.org")).send(replace(LETTER, stop=stop))
    server.close()
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in server.letters[0]
    assert max(map(len, server.letters[0].partition(b"\r\n\r\n")[2].splitlines())) <= 76  # the body's lines (RFC 2045)


def test_a_server_that_falls_silent_behind_a_letter_may_have_it() -> None:
    """That is told from one that was never given it: only the latter may be sent again."""
    silent = Server(silent_behind=b"DATA")
    with pytest.raises(MailUnsure, match="did not say whether it took the letter"):
        SmtpMailer(SmtpAccount("127.0.0.1", silent.port, False, "desk@example.org")).send(LETTER)
    assert len(silent.letters) == 1
    silent.close()
    early = Server(silent_behind=b"RCPT")
    with pytest.raises(MailError) as raised:
        SmtpMailer(SmtpAccount("127.0.0.1", early.port, False, "desk@example.org")).send(LETTER)
    assert not isinstance(raised.value, MailUnsure) and early.letters == []
    early.close()


def test_what_a_server_says_at_the_end_changes_nothing() -> None:
    """The letter was taken: that it then hangs up is no reason to send it again."""
    rude = Server(silent_behind=b"QUIT")
    SmtpMailer(SmtpAccount("127.0.0.1", rude.port, False, "desk@example.org")).send(LETTER)
    assert len(rude.letters) == 1
    rude.close()
