"""Finds the names of a vocabulary in a text: longest first, whole words, abbreviations as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress, count

import msgspec

from curbside.language.short_forms import definition_of
from curbside.language.vocabulary_rows import KINDS, Abbreviation, Tables
from curbside.language.vocabulary_text import compact, fold, light, pieces
from curbside.records import Mention, Span

_DEFINED = re.compile(r"\s?[(\[]([A-Za-z0-9][A-Za-z0-9\-]{1,9})(?=[)\];,])")
_RUN = re.compile(r"[^\W_]+")
_APOSTROPHES = "'’ʼ′"
_GLUED_DIGITS_AFTER = 5
"""Letters that a word must have for digits glued to its end (a reference number) not to make it another word."""
_OFTEN_REUSED = 3
"""Abbreviations up to this long stand for too many things to be trusted against the text's own definition."""
_SHORTEST_CLIPPING = 3
_ONE = (1,)
_FEW = 12
_BRIDGE = 7
"""Words looked at on each side of an abbreviation in brackets."""


class Found(msgspec.Struct, frozen=True):
    """A name found in a text; a struct, since they are made by the thousand.

    Attributes:
        span: where.
        concept: id.
        candidates: where it is an abbreviation, all that it may stand for, the surest first; else empty.
    """

    span: Span
    concept: str
    candidates: tuple[Abbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """A text cut into words.

    Attributes:
        parts: gap, word, gap, …, gap.
        words: the words as written.
    """

    parts: list[str]
    words: list[str]


def scan(tables: Tables, text: str, lenient: Callable[[str], bool] | None = None) -> list[Found]:
    """Return the names found in `text` in order, without overlap.

    `lenient` tells of an abbreviation that is not written as it should be whether it may count all the same (in a
    question people type "itp").
    """
    parts = pieces(text)
    cut = _Words(parts, parts[1::2])
    found: list[Found] = []
    counted = at = 0
    for place, (length, concept, candidates) in _hits(tables, cut, lenient):
        if concept[0] in KINDS:
            at += sum(map(len, parts[counted : 2 * place + 1]))
            counted = 2 * place + 1
            found.append(Found(_span(text, parts, at, place, length), concept, candidates))
    bridges = list(_bridges(tables, text, cut))
    if bridges:
        found = [each for each in found if not any(each.span.meets(bridge.span) for bridge in bridges)]
        found = sorted(found + bridges, key=lambda each: each.span)
    return found


_Hit = tuple[int, str, tuple[Abbreviation, ...]]
"""A name's number of words, its concept, and what it may stand for where it is an abbreviation."""


def _hits(tables: Tables, cut: _Words, lenient: Callable[[str], bool] | None) -> Iterator[tuple[int, _Hit]]:
    """Yield the word that a name starts at, with the name."""
    words, parts = cut.words, cut.parts
    # A third of all words start some name, few of them one that goes on with the word that follows here.
    openings = list(map(tables.openings.__getitem__, words))
    past, last = 0, len(words) - 1
    for place in compress(count(), openings):
        seconds = openings[place]
        if place < past or seconds is None:
            continue
        goes_on = place < last and fold(words[place + 1]) in seconds
        if not goes_on:
            if "" not in seconds:
                continue
            name = fold(words[place])
            # Most names are one plain word between gaps; nothing else has to be asked of those.
            if name not in tables.short and name not in tables.plurals and parts[2 * place + 2] and parts[2 * place]:
                past = place + 1
                yield place, (1, tables.words[name], ())
                continue
        hit = _longest(tables, cut, place, tables.starts[fold(words[place])] if goes_on else _ONE, lenient)
        if hit is not None:
            past = place + hit[0]
            yield place, hit


def _bridges(tables: Tables, text: str, cut: _Words) -> Iterator[Found]:
    """Yield names that an abbreviation in brackets stands in the middle of: "gastrointestinal (GI) bleeding"."""
    past = 0
    for place in _opened(cut.parts):
        if not 0 < place < len(cut.words) - 1 or place < past or cut.parts[2 * place + 2][:2] not in (") ", ")-"):
            continue
        word = cut.words[place]
        if word.islower() or word.isdigit() or sum(map(str.isupper, word)) < 2:
            continue
        low, high = max(0, place - _BRIDGE), min(len(cut.words), place + _BRIDGE)
        without = _Words(
            [*cut.parts[2 * low : 2 * place], " ", *cut.parts[2 * place + 3 : 2 * high + 1]],
            cut.words[low:place] + cut.words[place + 1 : high],
        )
        for start in range(place - low):
            lengths = tables.starts.get(fold(without.words[start]))
            hit = _longest(tables, without, start, lengths, None) if lengths else None
            if hit is not None and start + hit[0] > place - low and hit[1][0] in KINDS:
                past = low + start + hit[0] + 1
                at = sum(map(len, cut.parts[: 2 * (low + start) + 1]))
                yield Found(_span(text, cut.parts, at, low + start, hit[0] + 1), hit[1], hit[2])
                break


def _opened(parts: list[str]) -> Iterator[int]:
    """Yield the words that an opening bracket stands before."""
    at = -1
    for _ in range(parts.count(" (")):
        at = parts.index(" (", at + 1)
        yield at // 2


def _span(text: str, parts: list[str], start: int, place: int, length: int) -> Span:
    """Return where a name stands whose first word begins at `start`."""
    end = start + sum(map(len, parts[2 * place + 1 : 2 * (place + length)]))
    if end - start > 2 and text[end - 1] in "sS" and text[end - 2] in _APOSTROPHES:
        end -= 2
    return Span(start, end)


def _longest(
    tables: Tables, cut: _Words, place: int, lengths: tuple[int, ...], lenient: Callable[[str], bool] | None
) -> _Hit | None:
    """Return the longest name that starts at a word."""
    words = cut.words
    if place and not cut.parts[2 * place]:
        return None
    reach = 1 if lengths[0] == 1 else _reach(cut, place, lengths[0])
    for length in lengths:
        if length > reach or not _ends_whole(cut, place + length - 1):
            continue
        name = fold(words[place]) if length == 1 else " ".join(map(fold, words[place : place + length]))
        if name in tables.short:
            candidates = _candidates(tables.short[name], words[place : place + length], lenient)
            if candidates and not _in_code(tables, cut, place, length):
                return length, candidates[0].concept, candidates
        concept = tables.words.get(name)
        if concept is not None:
            if name in tables.plurals and words[place + length - 1][-1] in "sS":
                concept = tables.plurals[name]
            return length, concept, ()
    return None


def _candidates(
    known: list[Abbreviation], words: list[str], lenient: Callable[[str], bool] | None
) -> tuple[Abbreviation, ...]:
    """Return what an abbreviation may stand for as it is written here, strong ones first."""
    written = compact("".join(words))
    fitting = [each for each in known if each.written == written]
    if not fitting and lenient is not None and lenient(" ".join(words)):
        fitting = known
    return tuple(sorted(fitting, key=lambda each: each.weak))


def _in_code(tables: Tables, cut: _Words, place: int, length: int) -> bool:
    """Tell whether a hyphen joins an abbreviation to capitals that nobody knows ("CTD-RTP"): it is another name."""
    for gap, other in ((2 * place, place - 1), (2 * (place + length), place + length)):
        if cut.parts[gap] == "-" and 0 <= other < len(cut.words):
            word = cut.words[other]
            if len(word) > 1 and word.isupper() and fold(word) not in tables.short:
                return True
    return False


def _reach(cut: _Words, place: int, most: int) -> int:
    """Return how many words from `place` on are joined by gaps that may stand inside a name, `most` at most."""
    reach = 1
    while reach < most and place + reach < len(cut.words) and light(cut.parts[2 * (place + reach)]):
        reach += 1
    return reach


def _ends_whole(cut: _Words, last: int) -> bool:
    if last + 1 == len(cut.words) or cut.parts[2 * (last + 1)]:
        return True
    word = cut.words[last]
    return cut.words[last + 1].isdigit() and word.isalpha() and len(word) >= _GLUED_DIGITS_AFTER


def settle(text: str, found: list[Found], related: Callable[[str, str], bool]) -> list[Mention]:
    """Return the mentions that stand: weak abbreviations only beside their long form, local definitions obeyed.

    `related` tells whether the first concept is the second or narrower than it.
    """
    local = dict(_local_abbreviations(text, found))
    kept: list[Mention] = []
    decided: dict[str, str] = {}
    for each in found:
        concept = each.concept
        if each.candidates:
            written = each.span.of(text)
            if written not in decided:
                decided[written] = local.get(written) or _judged(text, each, found, related)
            concept = decided[written]
            if not concept:
                continue
        kept.append(Mention(each.span, concept, KINDS[concept[0]]))
    return _with_local(text, kept, local) if local else kept


def _judged(text: str, short: Found, found: list[Found], related: Callable[[str, str], bool]) -> str:
    """Return the concept that an abbreviation stands for in this text, or "" where it is not to be trusted."""
    long_forms = [each for each in found if not each.candidates]
    named = {each.concept for each in long_forms}
    written = short.span.of(text)
    fitting = short.candidates
    often = len(compact(written)) <= _OFTEN_REUSED
    other = definition_of(text, written) if often or any(each.weak for each in fitting) else None
    if other is not None:
        meant = {each.concept for each in long_forms if each.span.meets(other)}
        fitting = tuple(
            each
            for each in fitting
            if not (each.weak or often)
            or any(related(one, each.concept) or related(each.concept, one) for one in meant)
        )
    for candidate in fitting:
        if candidate.concept in named:
            return candidate.concept
    for candidate in fitting:
        if not candidate.weak or any(related(each, candidate.concept) for each in named):
            return candidate.concept
    return ""


def _local_abbreviations(text: str, found: list[Found]) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that the text itself gives to a concept, as in "everolimus (EVE)"."""
    for each in found:
        if each.candidates:
            continue
        match = _DEFINED.match(text, each.span.end)
        if match is None:
            continue
        given, long = compact(match.group(1)), each.span.of(text)
        if sum(letter.isupper() for letter in given) < 2:
            if len(given) >= _SHORTEST_CLIPPING and long.lower().startswith(given.lower()):  # tacrolimus (Tac)
                yield match.group(1), each.concept
        elif _abbreviates(given, long):
            yield match.group(1), each.concept


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of `short` occur in `long` in order, the first one first."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    rest = long.lower()
    if not letters or not rest.startswith(letters[0]):
        return False
    remaining = iter(rest)
    return all(letter in remaining for letter in letters)


def _with_local(text: str, kept: list[Mention], local: dict[str, str]) -> list[Mention]:
    """Return the mentions with those of the abbreviations that the text itself defines, in order."""
    taken = bytearray(len(text))
    for mention in kept:
        taken[mention.span.start : mention.span.end] = b"\x01" * len(mention.span)
    for span in _places(text, local):
        if _ends_short(text, span.end) and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * len(span)
            concept = local[span.of(text)]
            kept.append(Mention(span, concept, KINDS[concept[0]]))
    return sorted(kept, key=lambda mention: mention.span)


def _places(text: str, local: dict[str, str]) -> Iterator[Span]:
    """Yield where abbreviations begin a word, longer ones before shorter ones that begin at the same place."""
    if len(local) <= _FEW:
        for written in sorted(local, key=len, reverse=True):
            at = text.find(written)
            while at >= 0:
                if not text[at - 1 : at].isalnum():
                    yield Span(at, at + len(written))
                at = text.find(written, at + 1)
        return
    lengths = sorted({len(written) for written in local}, reverse=True)
    for match in _RUN.finditer(text):  # so that many definitions cost no more than few
        at = match.start()
        for length in lengths:
            if text[at : at + length] in local:
                yield Span(at, at + length)


def _ends_short(text: str, end: int) -> bool:
    """Tell whether an abbreviation may end here: at the end of a word, or before a plural s."""
    following = text[end : end + 2]
    return not following[:1].isalnum() or (following[0] == "s" and not following[1:].isalnum())
