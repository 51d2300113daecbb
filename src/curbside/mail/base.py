"""What every way of sending letters promises; contract in `tests/contracts/`."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol

from curbside.records import Letter

_LONGEST_LINE = 998
"""Characters of a line (RFC 5322, 2.1.1)."""


class Mailer(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> None:
        """Send a letter; it is on its way, or printed, when this returns.

        Raises:
            MailUnsure: if it may have been taken all the same.
            MailError: if it could not be sent; says why, without the letter's words.
        """
        ...


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """Return a letter as a message (RFC 5322), in ASCII on the wire; a subject of several lines becomes one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body, cte="quoted-printable")
    if letter.stop:  # a long address would be folded by encoding it, and no program of mail reads that
        message.policy = SMTP.clone(max_line_length=_LONGEST_LINE)
    return message
