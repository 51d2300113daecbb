"""Where a work stands on the shelf: the names under which readers browse for it, each in one plain form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from curbside.records.document import Author, Document, Journal
from curbside.records.identifiers import normal_issn, normal_orcid

_WORDS = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"M{0,4}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONGEST = 200


@lru_cache(maxsize=1 << 14)  # there are far fewer journals, headings and initials than records
def plain(name: str) -> str:
    """Return a name for comparing: lower case, accents off, words set apart by single blanks."""
    short = name[:_LONGEST]
    if short.isascii():
        return " ".join(_WORDS.findall(short.lower()))
    apart = unicodedata.normalize("NFKD", short).casefold()
    return " ".join(_WORDS.findall("".join(each for each in apart if not unicodedata.combining(each))))


def arabic(printed: str) -> str:
    """Return a number printed in Roman figures in Arabic ones, `XLII` as `42`; anything else as it is."""
    bare = printed.strip().rstrip(".").upper()
    if not bare or not _ROMAN.fullmatch(bare):
        return printed
    values = [_VALUES[letter] for letter in bare]
    return str(sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0])))


def normal_volume(printed: str) -> str:
    """Return a volume or issue for comparing: in Arabic figures ("XLII" and "42" are one), in its plain form."""
    return plain(arabic(printed))


def author_key(author: Author) -> str:
    """Return family name and first initial ("blomberg,j"), a group's whole name, or "" where there is neither.

    Works of different people may share it: a list made by it says so, and shows each name as printed.
    """
    if author.collective:
        return plain(author.collective)
    family, given = plain(author.family), plain(author.given)
    return f"{family},{given[:1]}" if family and given else family


def journal_keys(journal: Journal) -> tuple[str, ...]:
    """Return the forms a journal is known by: ISSNs, title, abbreviation, as far as they are printed."""
    names = (journal.issn, journal.eissn, plain(journal.title), plain(journal.abbreviation))
    return tuple(dict.fromkeys(name for name in names if name))


def issue_key(journal: str, volume: str, issue: str) -> str:
    """Return the key of an issue: a journal's key with volume and issue as `normal_volume` gives them."""
    return f"issue:{journal}|{normal_volume(volume)}|{normal_volume(issue)}"


SHELVES = ("author", "orcid", "journal", "keyword")
"""Kinds of keys that people name."""


def shelf_key(typed: str) -> str:
    """Return the key that somebody means: "author:Lee, Ann", "journal:Blood", "orcid:…", "keyword:off-label use".

    "" where it names no shelf of `SHELVES`, or nothing on it.
    """
    shelf, _, name = typed.strip().partition(":")
    match shelf.strip().lower():
        case "author":
            family, _, given = name.partition(",")
            key = author_key(Author(family, given))
        case "orcid":
            key = normal_orcid(name) or ""
        case "journal":
            key = normal_issn(name) or plain(name)
        case "keyword":
            key = plain(name)
        case _:
            key = ""
    return f"{shelf.strip().lower()}:{key}" if key else ""


def shelf_keys(document: Document) -> tuple[str, ...]:
    """Return every key a document is listed under, each once.

    They are "orcid:…", "author:…", "journal:…", "issue:…" and "keyword:…" (printed keywords and subject headings).
    """
    return tuple(dict.fromkeys(_keys(document)))


def _keys(document: Document) -> Iterator[str]:
    for author in document.authors:
        if author.orcid:
            yield f"orcid:{author.orcid}"
        if key := author_key(author):
            yield f"author:{key}"
    for journal in journal_keys(document.journal):
        yield f"journal:{journal}"
        if document.journal.volume:
            yield issue_key(journal, document.journal.volume, document.journal.issue)
    for word in (*document.keywords, *(heading.name for heading in document.headings)):
        if key := plain(word):
            yield f"keyword:{key}"
