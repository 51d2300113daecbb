"""A document's own abbreviations: "early virologic response (EVR)", "EVR, early virologic response".

The long form before a bracket is found as Schwartz and Hearst do (PSB 2003): the letters of the short form, from its
last to its first, in order in the words before it, the first letter at the start of a word.
"""

from __future__ import annotations

import re

from curbside.language.linear import linear
from curbside.records import Document

_BRACKET = linear(r"[(\[]([A-Za-z0-9][A-Za-z0-9α-ωΑ-Ω/+.–-]{0,14})(?:[,;] [^()\[\]]{1,60})?[)\]]")
_LISTED = linear(
    r"^\W{0,3}(?:Abbreviations?: ?|Notes?: ?)?([A-Z][A-Za-z0-9/+–-]{0,11})(?:, | ?= ?|: |"
    r" )([a-zα-ωA-Z0-9][A-Za-z0-9α-ω ,/’'–-]{3,80}?)$"
)
_PARTS = re.compile(r"[;.\n]|, (?=[A-Z]{2,8}[ ,:=])")
_LONGEST = 400_000
"""Code points in which short forms are looked for."""


def short_forms(document: Document) -> dict[str, str]:
    """Return short form -> long form, both as printed; the first definition of a short form holds."""
    text = document.text[:_LONGEST]
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        short = match.group(1)
        if _is_short(short):
            before = text[max(0, match.start() - 12 * len(short) - 30) : match.start()].split("\n")[-1]
            long = long_form(short, before)
            if long:
                found.setdefault(short, long)
    for table in document.tables:
        for note in table.footnotes:
            for piece in _PARTS.split(note.of(document.text)):
                match = _LISTED.match(piece)
                if match is not None and _is_short(match.group(1)) and _fits(match.group(1), match.group(2)):
                    found.setdefault(match.group(1), match.group(2).strip())
    return found


def _is_short(short: str) -> bool:
    capitals = sum(letter.isupper() for letter in short)
    return (
        2 <= len(short) <= 12
        and short[0].isalnum()
        and capitals >= 1
        and not short.isdigit()
        and capitals * 3 >= len(short) - 2
    )


def long_form(short: str, before: str) -> str:
    """Return the shortest run of words at the end of `before` that spells `short`, "" where none does."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = before.rstrip()
    at = len(words) - 1
    for index in range(len(letters) - 1, -1, -1):
        while at >= 0 and not (
            words[at].lower() == letters[index] and (index > 0 or at == 0 or not words[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    long = words[at + 1 :].strip(" -,;")
    limit = min(len(letters) + 5, len(letters) * 2)
    return long if 1 <= len(long.split()) <= max(limit, 2) and len(long) > len(short) else ""


def _fits(short: str, long: str) -> bool:
    letters = [letter.lower() for letter in short if letter.isalpha()]
    return bool(letters) and long[:1].lower() == letters[0] and all(letter in long.lower() for letter in letters)
