"""What citation styles share: a citation in three pieces, volume and issue, page ranges, languages, dates in words."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from typing import NamedTuple

from curbside.records import Document
from curbside.writers.fields import published

RETRACTED = "Retracted publication."
"""Stands at the end of every citation of a retracted work."""


class Cited(NamedTuple):
    """A citation in the order of its words: what stands before the journal, the journal, what stands after it."""

    before: str
    journal: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The citation as one string."""
        return f"{self.before}{self.journal}{self.after}"


_RANGE = re.compile(r"([A-Za-z]{0,4})(\d{1,9})-([A-Za-z]{0,4})(\d{1,9})")


def short_pages(pages: str) -> str:
    """Return page ranges without the digits that the last page repeats: 284-287 gives 284-7, S93-S99 gives S93-9.

    As Citing Medicine (NLM, 2nd ed., chapter 1) and the ICMJE's samples have it. Pages with a letter behind the
    number (124A-126A), article numbers and ranges that run backwards stay as they are.
    """
    return ", ".join(_short(piece) for piece in pages.split(", "))


def _short(piece: str) -> str:
    match = _RANGE.fullmatch(piece)
    if match is None:
        return piece
    lead, first, again, last = match.groups()
    if again not in ("", lead) or int(last) <= int(first):
        return piece
    differs = (place for place, (one, other) in enumerate(zip(first, last)) if one != other)
    return f"{lead}{first}-{last[next(differs) if len(first) == len(last) else 0 :]}"


_SUPPLEMENT = re.compile(r"(.{0,20}?)\s?\b(suppl(?:ement)?\b\.?.{0,30})", re.IGNORECASE)


def split_supplement(printed: str) -> tuple[str, str]:
    """Return a volume or issue as (what stands before the supplement, "Suppl 2"): "33 Suppl 2", "3 Suppl", "S12".

    The second is "" where it names none. "S12" alone is a supplement's own number and stays whole in the first.
    """
    match = _SUPPLEMENT.fullmatch(printed.strip())
    if match is None:
        return printed.strip(), ""
    number = re.sub(r"^suppl(?:ement)?\.?\s{0,3}", "", match[2], flags=re.IGNORECASE).strip("() ")
    return match[1].strip(" (),"), f"Suppl {number}".strip()


_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "ru": "Russian",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "pl": "Polish",
    "tr": "Turkish",
    "sv": "Swedish",
    "da": "Danish",
    "nb": "Norwegian",
    "no": "Norwegian",
    "fi": "Finnish",
    "cs": "Czech",
    "hu": "Hungarian",
    "el": "Greek",
    "he": "Hebrew",
    "ar": "Arabic",
    "fa": "Persian",
    "uk": "Ukrainian",
    "ro": "Romanian",
    "bg": "Bulgarian",
    "hr": "Croatian",
    "sr": "Serbian",
    "sk": "Slovak",
}


def language_name(tag: str) -> str:
    """Return the English name of a language by its BCP 47 tag, or ""."""
    return _LANGUAGES.get(tag.partition("-")[0].lower(), "")


def titles(document: Document) -> tuple[str, str, str]:
    """Return the title as a citation begins it, its translation in brackets or "", and the language or "" for English.

    NLM's records give a translated title in square brackets and the title of the work itself beside it; other records
    give the title of the work, with a translation beside it. The citation has the work's own title first.
    """
    title = document.title.strip()
    others = [(tag, text.strip().rstrip(".")) for tag, text in document.other_titles if text.strip()]
    foreign = document.language.partition("-")[0] not in ("", "en")
    inner = re.fullmatch(r"\[(.{1,4000})\]\.?", title, re.DOTALL)
    if inner is None:
        english = next((text for tag, text in others if tag == "en"), "")
        own = f"[{english}]" if foreign and english else ""
        return title, own, language_name(document.language) if foreign else ""
    bracketed = f"[{inner[1].rstrip('.')}]"
    tag, text = others[0] if others else ("", "")
    language = language_name(tag if tag not in ("", "en") else document.language if foreign else "")
    return (text, bracketed, language) if text else (bracketed, "", language)


def stopped(words: str) -> str:
    """Return words ended by a full stop, or by the sign that they end with already."""
    return words if words[-1:] in (".", "?", "!") else f"{words}."


def short_date(document: Document) -> str:
    """Return the date as NLM prints it, as far as known: 2025 Oct 3."""
    year, month, day = published(document)
    return " ".join(filter(None, (year, month_abbr[_month(month)], day.lstrip("0") if _month(month) else "")))


def long_date(document: Document) -> str:
    """Return the date as AMA prints it, as far as known: October 3, 2025."""
    year, month, day = published(document)
    name, number = month_name[_month(month)], day.lstrip("0")
    if not name or not year:
        return year
    return f"{name} {number}, {year}" if number else f"{name} {year}"


def _month(number: str) -> int:
    return int(number) if number.isdecimal() and 1 <= int(number) <= 12 else 0


def ahead_of_print(document: Document) -> bool:
    """Tell whether a work has appeared online and has no volume, issue or pages yet."""
    journal = document.journal
    return not (journal.volume or journal.issue or journal.pages) and bool(document.date("online"))
