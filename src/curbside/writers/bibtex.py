"""BibTeX, for LaTeX and the reference managers that read it (Patashnik, BibTeXing, 1988; biblatex for later fields).

Text is UTF-8, as biber and every reference manager read it; only what TeX would take for a command is escaped.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from curbside.records import Author, Document, DocumentKind, Holding
from curbside.writers.fields import (
    abstract_of,
    address_of,
    is_journal_article,
    one_line,
    published,
    subject_words,
    types_of,
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines."""

_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
}
"""What TeX takes for a command -> how it is written; `\\{` would unsettle BibTeX's counting of braces."""

_ESCAPED = str.maketrans(_SIGNS)
_LIGATURES = re.compile(r"-(?=-)|'(?=')|`(?=`)")


def tex(text: str) -> str:
    """Return text as TeX prints it unchanged: commands escaped, signs that TeX would join kept apart."""
    return _LIGATURES.sub(r"\g<0>{}", one_line(text).translate(_ESCAPED))


def bibtex(document: Document, key: str = "") -> str:
    """Return one entry, ended by a blank line; `key` stands in for the one that `key_of` makes."""
    fields = [f"  {name} = {value}" for name, value in _fields(document) if value not in ("", "{}")]
    return f"@{_type(document)}{{{key or key_of(document)},\n" + ",\n".join(fields) + "\n}\n\n"


def entries(documents: Iterable[Document]) -> Iterator[str]:
    """Yield the entry of each document; no two have one key."""
    seen: dict[str, int] = {}
    for document in documents:
        key = key_of(document)
        seen[key] = seen.get(key, 0) + 1
        yield bibtex(document, key if seen[key] == 1 else f"{key}-{seen[key]}")


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield the entries of many documents, one piece each."""
    return entries(holding.marked for holding in holdings)


_SMALL = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "de", "der", "des", "die", "el", "for", "from", "in", "is", "la", "le"),
        *("of", "on", "or", "the", "to", "und", "with"),
    )
)
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


def key_of(document: Document) -> str:
    """Return the entry's key: first author, year, first word of the title, and four digits of what identifies it.

    "blomberg2025topical-3f9a". It depends on the work alone, so that it is the same in every export, and no two works
    of a library are likely to share it (16 bits beside name, year and word; `write` numbers those that do).
    """
    first = document.authors[0] if document.authors else Author()
    words = [word for word in _ascii(document.title).split() if word not in _SMALL]
    name = "".join(_ascii(first.family or first.collective).split())[:30] or "anonymous"
    identity = next(iter(document.ids.keys()), "") or f"{document.title}\n{document.year}"
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:4]
    return f"{name}{document.year or ''}{(words or [''])[0][:20]}-{digest}"


def _ascii(text: str) -> str:
    """Return text as lower-case words of ASCII letters and digits, accents off."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]{1,999}", " ", kept.replace("'", "").replace("’", ""))


def _type(document: Document) -> str:
    if document.kind in (DocumentKind.GUIDELINE, DocumentKind.SUMMARY):
        return "techreport"
    return "article" if is_journal_article(document) else "misc"


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    journal, ids = document.journal, document.ids
    year, month, day = published(document)
    report = document.kind in (DocumentKind.GUIDELINE, DocumentKind.SUMMARY)
    yield "title", f"{{{title(document.title)}}}"
    yield "author", f"{{{' and '.join(filter(None, (_name(author) for author in document.authors)))}}}"
    for other in (text for _, text in document.other_titles[:1]):
        yield "titleaddon", f"{{{tex(other)}}}"
    yield "journal", f"{{{tex(journal.title or journal.abbreviation)}}}"
    yield "shortjournal", f"{{{tex(journal.abbreviation) if journal.title else ''}}}"
    yield "year", f"{{{year}}}"
    yield "month", MONTHS[int(month) - 1] if month.isdecimal() and 1 <= int(month) <= 12 else ""
    yield "day", f"{{{day.lstrip('0')}}}"
    yield "volume", f"{{{tex(journal.volume)}}}"
    yield "number", f"{{{tex(journal.issue)}}}"
    yield "pages", f"{{{one_line(journal.pages).translate(_ESCAPED).replace('-', '--')}}}"
    yield "issn", f"{{{journal.issn}}}"
    yield "eissn", f"{{{journal.eissn}}}"
    yield "doi", f"{{{verbatim(ids.doi or '')}}}"
    yield "pmid", f"{{{ids.pmid or ''}}}"
    yield "pmcid", f"{{{ids.pmcid or ''}}}"
    yield "nct", f"{{{ids.nct or ''}}}"
    yield "url", f"{{{verbatim(address_of(document))}}}"
    yield "language", f"{{{tex(document.language)}}}"
    yield "institution" if report else "publisher", f"{{{tex(document.source)}}}"
    yield "keywords", f"{{{tex(subject_words(document))}}}"
    yield "pubtype", f"{{{_listed(types_of(document))}}}"
    yield "copyright", f"{{{tex(document.licence)}}}"
    yield "affiliation", f"{{{_listed(document.affiliations)}}}"
    yield "note", "{Retracted publication}" if document.retracted else ""
    yield "abstract", f"{{{tex(abstract_of(document))}}}"


def _listed(values: Sequence[str]) -> str:
    """Return values with semicolons between them; one that has a semicolon itself stands in braces."""
    return "; ".join(f"{{{tex(value)}}}" if ";" in value else tex(value) for value in values)


_WORD = re.compile(r"\S{1,400}")


def title(words: str) -> str:
    """Return a title in which braces guard the capitals that a style would lower: names, `{mTOR}`, `{COVID-19}`.

    In a title that is mostly in capitals, or that begins each word with one, only capitals inside a word are guarded.
    """
    bare = one_line(words)
    long = [word for word in _WORD.findall(bare)[1:] if len(word) > 3 and word[1:].islower()]
    headline = len(long) > 2 and sum(word[:1].isupper() for word in long) > 0.6 * len(long)

    def guarded(match: re.Match[str]) -> str:
        word = match[0]
        inner = word.lstrip("([\"'“‘")
        capital = any(sign.isupper() for sign in inner[1:])
        leading = inner[:1].isupper() and not headline and match.start() > 0
        return f"{{{tex(word)}}}" if (capital or leading) and not bare.isupper() else tex(word)

    return _WORD.sub(guarded, bare)


def verbatim(text: str) -> str:
    """Return a DOI or an address as verbatim fields hold it: nothing escaped but braces and backslashes, by percent."""
    return one_line(text).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _name(author: Author) -> str:
    """Return `Family, Suffix, Given`; a group stands in braces of its own, so that nobody divides it."""
    if author.collective:
        return f"{{{tex(author.collective)}}}"
    family, given, suffix = (_part(piece) for piece in (author.family, author.given, author.suffix))
    if not given and not suffix:
        return f"{family}," if " " in family else family
    return ", ".join((family, suffix, given) if suffix else (family, given))


def _part(words: str) -> str:
    """Return a part of a name; in braces where a comma or an "and" in it would divide the list."""
    written = tex(words)
    divides = "," in written or re.search(r"(?:^|\s)and(?:\s|$)", written, re.IGNORECASE)
    return f"{{{written}}}" if divides else written
