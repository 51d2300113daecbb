"""Finds the names of a vocabulary in a text: longest first, whole words, abbreviations as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from curbside.language.vocabulary_rows import KINDS, Tables
from curbside.language.vocabulary_text import compact, fold, light, pieces
from curbside.records import Mention, Span

_DEFINED = re.compile(r"\s?[(\[]([A-Za-z0-9][A-Za-z0-9\-]{1,9})(?=[)\];,])")
_POSSESSIVE_END = re.compile(r"['’ʼ′][sS]$")
_GLUED_DIGITS_AFTER = 5
"""Letters that a word must have for digits glued to its end (a reference number) not to make it another word."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text.

    Attributes:
        span: where.
        concept: id.
        short: whether it is an abbreviation.
        weak: whether it is one that needs its long form.
    """

    span: Span
    concept: str
    short: bool
    weak: bool


def scan(tables: Tables, text: str, lenient: Callable[[str], bool] | None = None) -> list[Found]:
    """Return the names found in `text` in order, without overlap.

    `lenient` tells of an abbreviation that is not written as it should be whether it may count all the same (in a
    question people type "itp").
    """
    parts = pieces(text)
    words = parts[1::2]
    folded = [fold(word) for word in words]
    starts = tables.starts
    found: list[Found] = []
    ends: list[int] = []
    past = 0
    for place, word in enumerate(folded):
        if word not in starts or place < past:
            continue
        hit = _longest(tables, parts, words, folded, place, lenient)
        if hit is None:
            continue
        length, concept, short, weak = hit
        past = place + length
        if concept[0] not in KINDS:
            continue
        if not ends:
            ends = list(accumulate(map(len, parts)))
        found.append(Found(_span(text, ends, place, length), concept, short, weak))
    return found


def _span(text: str, ends: list[int], place: int, length: int) -> Span:
    start, end = ends[2 * place], ends[2 * (place + length) - 1]
    if end - start > 2 and _POSSESSIVE_END.search(text, max(start, end - 2), end):
        end -= 2
    return Span(start, end)


def _longest(
    tables: Tables,
    parts: list[str],
    words: list[str],
    folded: list[str],
    place: int,
    lenient: Callable[[str], bool] | None,
) -> tuple[int, str, bool, bool] | None:
    if place and not parts[2 * place]:
        return None
    reach = _reach(parts, folded, place, tables.starts[folded[place]][0])
    for length in tables.starts[folded[place]]:
        if length > reach or not _ends_whole(parts, words, place + length - 1):
            continue
        name = folded[place] if length == 1 else " ".join(folded[place : place + length])
        for known in tables.short.get(name, ()):
            written = compact(words[place]) if length == 1 else compact("".join(words[place : place + length]))
            if written == known.written or (lenient is not None and lenient(" ".join(words[place : place + length]))):
                return length, known.concept, True, known.weak
        concept = tables.words.get(name)
        if concept is not None:
            return length, concept, False, False
    return None


def _reach(parts: list[str], folded: list[str], place: int, most: int) -> int:
    """Return how many words from `place` on are joined by gaps that may stand inside a name, `most` at most."""
    reach = 1
    while reach < most and place + reach < len(folded) and light(parts[2 * (place + reach)]):
        reach += 1
    return reach


def _ends_whole(parts: list[str], words: list[str], last: int) -> bool:
    if last + 1 == len(words) or parts[2 * (last + 1)]:
        return True
    return words[last + 1].isdigit() and words[last].isalpha() and len(words[last]) >= _GLUED_DIGITS_AFTER


def settle(text: str, found: list[Found], related: Callable[[str, str], bool]) -> list[Mention]:
    """Return the mentions that stand: weak abbreviations only beside their long form, local definitions obeyed.

    `related` tells whether the first concept is the second or narrower than it.
    """
    long_forms = {each.concept for each in found if not each.short}
    local = dict(_local_abbreviations(text, found))
    kept: list[Mention] = []
    for each in found:
        concept = each.concept
        if each.short:
            written = each.span.of(text)
            if written in local:
                concept = local[written]
            elif concept not in long_forms and (
                (each.weak and not any(related(form, concept) for form in long_forms))
                or _defined_otherwise(text, written)
            ):
                continue
        kept.append(Mention(each.span, concept, KINDS[concept[0]]))
    if local:
        kept = _with_local(text, kept, local)
    return kept


def _local_abbreviations(text: str, found: list[Found]) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that the text itself gives to a concept, as in "everolimus (EVE)"."""
    for each in found:
        if each.short:
            continue
        match = _DEFINED.match(text, each.span.end)
        if match is None:
            continue
        given = compact(match.group(1))
        if sum(letter.isupper() for letter in given) < 2:
            continue
        if _abbreviates(given, each.span.of(text)):
            yield match.group(1), each.concept


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of `short` occur in `long` in order, the first one first."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    rest = long.lower()
    if not letters or not rest.startswith(letters[0]):
        return False
    remaining = iter(rest)
    return all(letter in remaining for letter in letters)


def _defined_otherwise(text: str, written: str) -> bool:
    """Tell whether the text spells an abbreviation out, in words that are not its concept's name."""
    at = text.find(f"({written})")
    if at < 0:
        return False
    letters = [letter.lower() for letter in compact(written) if letter.isalpha()]
    before = [word.lower() for word in pieces(text[max(0, at - 120) : at])[1::2]]
    initials = [word[0] for word in before[-len(letters) :]]
    return len(initials) == len(letters) and initials == letters


def _with_local(text: str, kept: list[Mention], local: dict[str, str]) -> list[Mention]:
    taken = {mention.span.start for mention in kept}
    covered = bytearray(len(text))
    for mention in kept:
        covered[mention.span.start : mention.span.end] = b"\x01" * len(mention.span)
    for written, concept in local.items():
        at = text.find(written)
        while at >= 0:
            end = at + len(written)
            whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()) or (
                text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum() and not text[at - 1 : at].isalnum()
            )
            if whole and at not in taken and not any(covered[at:end]):
                kept.append(Mention(Span(at, end), concept, KINDS[concept[0]]))
            at = text.find(written, end)
    return sorted(kept, key=lambda mention: mention.span)
