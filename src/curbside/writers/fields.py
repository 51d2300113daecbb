"""What several writers take from a document: names, dates, pages, the abstract as one text."""

from __future__ import annotations

import re

from curbside.records import Author, BlockKind, Document, DocumentKind, Heading, PartRole

_INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,4}")
_BREAKS = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
_OVERRIDES = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_DROPPED = dict.fromkeys((*_CONTROLS, *_OVERRIDES))
"""Control characters and directional overrides: a source could steer a terminal or disguise words with them."""


def one_line(text: str) -> str:
    """Return text with every run of blanks and line breaks as one space, without controls and overrides.

    So no value can start a field of its own; no-break and thin spaces stay as they are.
    """
    return _BREAKS.sub(" ", text).translate(_DROPPED).strip(" ")


def initials(given: str) -> str:
    """Return the initials of given names as NLM prints them: "John A." and "J.A." give "JA", "Jean-Pierre" "JP"."""
    bare = given.replace(".", " ").strip()
    if _INITIALS.fullmatch(bare.replace(" ", "")) and len(bare.replace(" ", "")) <= 4:
        return bare.replace(" ", "")
    return "".join(piece[0].upper() for piece in re.split(r"[\s\-‐–]{1,9}", bare) if piece and piece[0].isalpha())


def inverted(author: Author) -> str:
    """Return `Family, Given, Suffix`, or the name of a group."""
    if author.collective:
        return one_line(author.collective)
    return one_line(", ".join(filter(None, (author.family, author.given, author.suffix))))


def abstract_pieces(document: Document) -> list[tuple[str, str]]:
    """Return the main abstract as (printed label or "", paragraph) pairs."""
    part = next((i for i, p in enumerate(document.parts) if p.role is PartRole.ABSTRACT and not p.group), -1)
    pieces: list[tuple[str, str]] = []
    label = ""
    for block in document.blocks:
        if block.part != part or block.kind is BlockKind.TITLE:
            continue
        words = one_line(block.span.of(document.text))
        if block.kind is BlockKind.HEADING:
            label = words.rstrip(" :.")
            continue
        pieces.append((label, words))
        label = ""
    return pieces


def abstract_of(document: Document) -> str:
    """Return the main abstract as one paragraph a line, printed labels before their text ("Methods: …")."""
    return "\n".join(f"{label}: {words}" if label else words for label, words in abstract_pieces(document))


def types_of(document: Document) -> tuple[str, ...]:
    """Return the publication types, with PubMed's for a retracted work where a notice says so and no type does."""
    named = ("Retracted Publication",) if document.retracted else ()
    return tuple(dict.fromkeys((*document.types, *named)))


def subject_words(document: Document) -> str:
    """Return keywords and subject headings as one line: commas between them, or semicolons where one has a comma."""
    words = [one_line(word).strip(" ;,") for word in document.keywords]
    words += [one_line(heading.name).strip(" ;,") for heading in document.headings]
    every = list(dict.fromkeys(word.replace(";", ",") for word in words if word))
    if any("," in word for word in every):
        return "; ".join(every) + ";" * (len(every) == 1)
    return ", ".join(every)


def mesh_line(heading: Heading) -> str:
    """Return a subject heading in MEDLINE's form: `Sirolimus/*therapeutic use`."""
    own = heading.major and not any(major for _, major in heading.qualifiers)
    name = ("*" if own else "") + heading.name
    return "/".join([name, *(("*" if major else "") + qualifier for qualifier, major in heading.qualifiers)])


def published(document: Document) -> tuple[str, str, str]:
    """Return year, month and day of publication (else of its appearing online), each "" where not known."""
    iso = document.date("published", "online", "updated", "reviewed", "replied", "asked")
    year, month, day = (*iso.split("-"), "", "", "")[:3]
    return year, month, day


def page_range(document: Document) -> tuple[str, str]:
    """Return first and last page; the last is "" for one page or an article number."""
    first, _, last = document.journal.pages.partition("-")
    return first.strip(), last.strip()


_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def percent(text: str, safe: str = "") -> str:
    """Return text for an address (RFC 3986): UTF-8, percent-encoded but for letters, digits, `-._~` and `safe`."""
    kept = _PLAIN | frozenset(safe.encode("ascii"))
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def doi_address(doi: str) -> str:
    """Return the address at which a DOI resolves; its odd signs (`<>#%?`) encoded, as the DOI Handbook asks."""
    return f"https://doi.org/{percent(doi, '/:;()!$&*,=@')}"


def address_of(document: Document) -> str:
    """Return an address at which a person finds the work, or ""."""
    if document.ids.doi:
        return doi_address(document.ids.doi)
    if document.ids.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{document.ids.pmid}/"
    if document.ids.nct:
        return f"https://clinicaltrials.gov/study/{document.ids.nct}"
    return next((value for scheme, value in document.ids.others if scheme == "url"), "")


def is_journal_article(document: Document) -> bool:
    """Tell whether a document is an article of a journal (or its record), not a page or a registration."""
    return document.kind is DocumentKind.ARTICLE or bool(document.journal.title or document.journal.abbreviation)
