"""The family of errors, as a tree; every message says what, where and what to do.

CurbsideError
├── UsageError          the request itself is off (exit code 2)
│   ├── QuerySyntaxError    an advanced query, with the place of the fault
│   ├── UnknownValue        a filter's value or name that means nothing
│   └── TooLarge            more was sent than is taken at once
├── LibraryError        the library folder or its database cannot serve
│   ├── LibraryBusy         another process is writing to it
│   ├── LibraryFull         the disk took no more; what was stored stays stored
│   ├── LibraryTooNew       made by a later version
│   ├── BackupBroken        a backup that is damaged, or none of ours; names the part
│   └── NotHeld             an id that the library does not hold
├── IndexBroken         the index is missing or damaged; it can be rebuilt
├── DeskError           people: signing in, rights, accounts
│   ├── NotAllowed          somebody may not do that
│   └── TooMany             too many tries; says when to come back
├── MailError           a letter could not be sent
├── ModelError          the language model gave nothing that can be used; says why
├── EncoderError        the encoder cannot be installed, is damaged, or does not work here
├── FormMissing         what writes a form (PDF, DOCX) is not installed; says how to install it
└── CannotServe         the address to serve at cannot be had, or the server does not come up

What goes wrong inside one file or record is no exception but a `curbside.records.Problem`.
"""

from __future__ import annotations


class CurbsideError(Exception):
    """Root of all errors that Curbside raises on purpose; shown to people as one line."""


class UsageError(CurbsideError):
    """The request cannot be understood or carried out as given."""


class QuerySyntaxError(UsageError):
    """An advanced query that cannot be parsed.

    `position` is the code-point offset of the fault in `query`.
    """

    def __init__(self, message: str, query: str, position: int) -> None:
        super().__init__(message)
        self.query = query
        self.position = position

    def __str__(self) -> str:
        return f"{self.args[0]}\n  {self.query}\n  {' ' * self.position}^"


class UnknownValue(UsageError):
    """A value or a name that means nothing where it stands.

    `field` is what it was given for, `value` what was given; the message says what it may be and names no field, since
    each door has its own name for it.
    """

    def __init__(self, field: str, value: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.value = value


class TooLarge(UsageError):
    """More was sent than is taken at once; says what the bound is."""


class LibraryError(CurbsideError):
    """The library folder or its database cannot serve the request."""


class LibraryBusy(LibraryError):
    """Another process holds the one writer's place."""


class LibraryFull(LibraryError):
    """The disk took no more; everything committed before stays."""


class LibraryTooNew(LibraryError):
    """The library was made by a later version of Curbside."""


class BackupBroken(LibraryError):
    """A backup is not what it should be: damaged, cut off, or none of ours. Nothing of it was restored."""


class NotHeld(LibraryError):
    """The library holds nothing under that id."""


class CannotServe(CurbsideError):
    """The address to serve at cannot be had, or the server does not come up."""


class IndexBroken(CurbsideError):
    """The index is missing or damaged; the store can rebuild it."""


class EncoderError(CurbsideError):
    """The encoder cannot be installed, is damaged, or lacks what it runs on; everything else works without it."""


class ModelError(CurbsideError):
    """The language model gave nothing that can be used; what needs no model stands.

    `why` is one of `MODEL_FAULTS`. The message holds neither the key nor anything that came back.
    """

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


class FormMissing(CurbsideError):
    """What writes a form of a document is not installed; the other forms need nothing."""


MODEL_FAULTS = ("unreachable", "timed out", "rate limit", "key", "refused", "malformed", "too long", "fault")
"""What goes wrong with a language model."""


class DeskError(CurbsideError):
    """Signing in, a right or an account stands in the way."""


class NotAllowed(DeskError):
    """Somebody may not do what they asked for."""


class TooMany(DeskError):
    """Too many tries in a short time; `seconds` is when the next may be made."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class MailError(CurbsideError):
    """A letter could not be sent."""


class MailUnsure(MailError):
    """A letter was handed over, and nobody said whether it was taken: it may arrive, so it is not sent again."""
