"""Letters by SMTP, with STARTTLS where it is offered or TLS from the first byte; certificates are checked."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from curbside.errors import MailError, MailUnsure
from curbside.mail.base import message_of
from curbside.records import Letter

PATIENCE_S = 20.0
"""How long a server may take to answer."""


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where letters are handed in.

    Attributes:
        host, port: of the server.
        tls: whether TLS is spoken from the first byte; else STARTTLS is asked for, and a server that offers none is
            taken without it only where no password would go over the wire.
        user, password: or "" for none.
        sender: address that letters come from.
    """

    host: str
    port: int
    tls: bool
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


class _Unanswered(Exception):
    """A letter's words went out, and no answer to them came."""


class _Handing(smtplib.SMTP):
    """Tells a connection that broke behind a letter's words from one that broke before: only then may it be taken."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand a letter's words over."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except (smtplib.SMTPException, OSError) as error:
            raise _Unanswered from error


class _HandingSafely(_Handing, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class SmtpMailer:
    """Hands letters to an SMTP server, over one connection a letter."""

    def __init__(self, account: SmtpAccount) -> None:
        """Send by `account`."""
        self._account = account

    def send(self, letter: Letter) -> None:
        """Hand a letter in.

        Raises:
            MailUnsure: if the connection broke when its words were out, so that it may have been taken.
            MailError: if the server cannot be reached, refuses, or would take a password unencrypted.
        """
        account = self._account
        try:
            server = self._connected()
            try:
                if account.user:
                    server.login(account.user, account.password)
                server.send_message(message_of(letter, account.sender))
            finally:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()  # whatever is said now changes nothing of what became of the letter
                server.close()
        except _Unanswered as error:
            raise MailUnsure(
                f"{account.host}:{account.port} did not say whether it took the letter: it may have arrived."
            ) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise MailError(f"{account.host} took no letter for this address.") from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailError(
                f"The letter could not be sent by {account.host}:{account.port} ({_why(error)})."
            ) from error

    def _connected(self) -> smtplib.SMTP:
        account, safe = self._account, ssl.create_default_context()
        if account.tls:
            return _HandingSafely(account.host, account.port, timeout=PATIENCE_S, context=safe)
        server = _Handing(account.host, account.port, timeout=PATIENCE_S)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=safe)
                server.ehlo()
            elif account.user:
                raise MailError(f"{account.host} offers no encryption, so no password is sent to it. Use smtps://.")
        except BaseException:
            server.close()
            raise
        return server


def _why(error: Exception) -> str:
    """Say what went wrong without what the server may have repeated of a letter."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "name or password were refused"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    return type(error).__name__ if not isinstance(error, OSError) else error.strerror or type(error).__name__
