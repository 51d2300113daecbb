"""Names, addresses and other words of people as they may be kept: no signs that nobody sees, none too long."""

from __future__ import annotations

import re
import unicodedata

from curbside.errors import UsageError

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]{1,190}\.[^\s@<>\"(),:;.\\\[\]]{2,63}")

LONGEST = {
    "name": 120,
    "department": 200,
    "about": 4_000,
    "conflicts": 2_000,
    "title": 300,
    "claim": 2_000,
    "reason": 500,
    "comment": 4_000,
    "text": 40_000,
    "label": 60,
    "section of the abstract": 4_000,
    "keyword": 80,
    "given name": 100,
    "family name": 100,
    "ORCID iD": 60,
    "affiliation": 400,
    "statement": 2_000,
    "letter": 20_000,
    "file's name": 200,
    "journal's title": 200,
    "licence": 300,
}
"""Code points that each field may have."""


def address(text: str) -> str:
    """Return an e-mail address as it is kept: lower case, without blanks around it.

    Raises:
        UsageError: if it is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not _ADDRESS.fullmatch(plain) or not plain.isprintable():
        raise UsageError(f"{text.strip()[:80]!r} is no e-mail address. Give one as name@example.org.")
    return plain


def line(text: str, field: str) -> str:
    """Return one line of words as it is kept: blanks joined, without control characters.

    Raises:
        UsageError: if it is longer than the field may be.
    """
    return _bounded(" ".join("".join(_seen(text)).split()), field)


def lines(text: str, field: str) -> str:
    """Return some lines of words as they are kept.

    Raises:
        UsageError: if they are longer than the field may be.
    """
    return _bounded("\n".join(" ".join("".join(_seen(each)).split()) for each in text.splitlines()).strip(), field)


def prose(text: str, field: str) -> str:
    """Return a text of paragraphs as it is kept: as `lines`, with the blanks that its lines begin with.

    Raises:
        UsageError: if it is longer than the field may be.
    """
    kept = ("".join(_seen(each.expandtabs(4))).rstrip() for each in text.splitlines())
    return _bounded("\n".join(kept).strip("\n"), field)


def _seen(text: str) -> list[str]:
    """Characters of a text less those that show nothing or turn the direction of others."""
    normal = unicodedata.normalize("NFC", text)
    return [" " if char in "\t\n\r" else char for char in normal if char in "\t\n\r" or _shows(char)]


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _bounded(text: str, field: str) -> str:
    if len(text) > LONGEST[field]:
        raise UsageError(f"The {field} has {len(text):,} characters; it may have {LONGEST[field]:,}.")
    return text
