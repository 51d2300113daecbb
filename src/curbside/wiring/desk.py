"""The desk of a library and the way its letters go, as the settings say."""

from __future__ import annotations

import sys
from pathlib import Path

from curbside.mail.base import Mailer
from curbside.mail.console import ConsoleMailer
from curbside.settings import DeskSettings
from curbside.store.base_desk import Desk


def open_desk(library: Path, settings: DeskSettings) -> Desk:
    """Open the desk of a library: in the database that is set, else beside the library; makes it where there is none.

    Raises:
        LibraryError: if its database cannot be reached, or was made by a later version.
    """
    from curbside.store.desk import SqlDesk

    return SqlDesk(settings.database) if settings.database else SqlDesk.beside(library)


def mailer_of(settings: DeskSettings) -> Mailer:
    """Return what sends letters: the SMTP server that is set, else standard error, for somebody to hand them on."""
    if settings.mail is None:
        return ConsoleMailer(sys.stderr)
    from curbside.mail.smtp import SmtpAccount, SmtpMailer

    mail = settings.mail
    return SmtpMailer(SmtpAccount(mail.host, mail.port, mail.tls, settings.sender, mail.user, mail.password))
