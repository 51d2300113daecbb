"""Passwords: what one must be, and keeping it as an argon2id hash.

Length and a list of what everybody tries first, no rules of composition (NIST SP 800-63B, section 5.1.1).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from curbside.errors import UsageError

if TYPE_CHECKING:
    from pwdlib import PasswordHash

LEAST, MOST = 12, 256
"""Code points of a password."""

EXTRA = "Accounts need a library that is not installed: pip install 'curbside[desk]'"

_USUAL = frozenset(
    {
        "123456789012", "1234567890123", "12345678901234", "abcdefghijkl", "qwertyuiopas", "qwertyuiop123",
        "password1234", "password12345", "passwordpassword", "administrator", "letmeinletmein", "changemechangeme",
        "iloveyouiloveyou", "correcthorsebatterystaple", "welcomewelcome", "curbsidecurbside",
    }
)  # fmt: skip


def checked(password: str, name: str = "", email: str = "") -> str:
    """Return a password that may be set, in Unicode's form NFKC, so that each keyboard gives the same.

    Raises:
        UsageError: if it is too short, too long, or among the first that anybody would try.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < LEAST:
        raise UsageError(f"A password has at least {LEAST} characters; a few words in a row are a good one.")
    if len(plain) > MOST:
        raise UsageError(f"A password has at most {MOST} characters.")
    lower = plain.casefold()
    told = {each.casefold() for each in (name, email, email.partition("@")[0]) if each}
    if len(set(lower)) < 5 or lower in _USUAL or lower in told or "".join(lower.split()) in _USUAL:
        raise UsageError("That password is among the first that anybody would try. Choose another.")
    return plain


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, with its parameters and salt, as one line.

    Raises:
        UsageError: if the library is not installed.
    """
    return _hasher().hash(unicodedata.normalize("NFKC", password))


def matches(password: str, kept: str) -> bool:
    """Tell whether a password is the one whose hash was kept; "" matches none, in the same time as another."""
    plain = unicodedata.normalize("NFKC", password[: MOST * 4])
    return _hasher().verify(plain, kept or _nobody()) and bool(kept)


@cache
def _hasher() -> PasswordHash:
    try:
        from pwdlib import PasswordHash
    except ImportError as error:
        raise UsageError(EXTRA) from error
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """A hash that no password has, to spend the time on that a real one takes: so nobody learns who has an account."""
    import secrets

    return hashed(secrets.token_urlsafe(32))
