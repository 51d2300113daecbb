"""Works that a sentence means by their authors: "Blomberg et al. (2019)", "(Kim and Lee, 2010; Cho, 2011a,b)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.extract.citing_entries import Listing
from curbside.language.linear import linear
from curbside.records import Span, letters_of

_YEAR = linear(r"\b(?:1[89]|20)\d\d(?:[a-z]\b)?")
_MORE_LETTERS = linear(r"^(?:\s?[,&]\s?(?:and\s)?[b-h]\b)+")
"""Further letters of a year: ",b" of "2011a,b"."""

_OTHERS = linear(
    r"(?i)(?:[\s\x{a0}\x{2009},]+et\.?[\s\x{a0}\x{2009}]{0,2}al(?:ii)?\b\.?(?:['’]s?)?"
    r"|[\s\x{a0},]+(?:and|&)[\s\x{a0}](?:(?:his|her|their|the)\s)?(?:colleagues|co-?workers|associates|others|collaborators|co-?authors)\b"
    r"(?:['’]s?)?)"
)
"""What stands for the other authors, right behind the first one's name."""

_STUDY_BY = linear(
    r"\b(?:[Ss]tud(?:y|ies)|[Tt]rials?|[Rr]eports?|[Ww]ork|[Aa]nalys[ei]s|[Mm]eta-?analys[ei]s|[Rr]eviews?|[Pp]aper"
    r"|[Ss]urvey|[Ff]indings|[Rr]esults|[Dd]ata|[Cc]ohort|[Ss]eries|[Ii]nvestigation|[Ee]xperiments?)"
    r"\s(?:of|by|from|conducted by|performed by|published by|reported by|carried out by)\s"
)
"""What leads to a bare name: "the trial by Kim"."""

_UNPRINTED = linear(
    r"(?i)^[.,;\s(]{0,4}(?:unpublished|personal communication|manuscript|submitted|in preparation|data not shown)"
)
"""What follows a name whose work is in no list."""

_LOOK = 120  # how far before a year its names are looked for
_REACH = 100  # the longest name
_MOST_AUTHORS = 8
_MOST_ALIKE = 30  # entries of one first author; a name that fits more means none of them
_BLANK = " \t\n\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Meant:
    """An entry that running text means by its authors.

    Attributes:
        span: the words that mean it.
        reference: index of the entry.
    """

    span: Span
    reference: int


@dataclass(frozen=True, slots=True)
class _Names:
    """Names read backwards from a place: letters of each, first author first; whether "et al." follows; where."""

    letters: tuple[str, ...]
    others: bool
    start: int


def by_year(text: str, span: Span, listed: Listing) -> Iterator[Meant]:
    """Yield the entries that names with a year mean in a stretch of text, where exactly one entry fits."""
    last: tuple[_Names, int] | None = None  # the names before the year before, and where that year ended
    for match in _YEAR.finditer(span.of(text)):
        start, end = span.start + match.start(), span.start + match.end()
        years = [match.group(0)]
        more = _MORE_LETTERS.match(text[end : min(end + 24, span.end)]) if years[0][-1].isalpha() else None
        if more is not None:
            years += [years[0][:4] + letter for letter in more.group(0) if letter in "bcdefgh"]
            end += more.end()
        names = None
        if last is not None and start - last[1] <= 8 and not text[last[1] : start].strip(_BLANK + ",;and&"):
            names = last[0] if ";" not in text[last[1] : start] else None
        names = names or _before(text, span.start, start, listed)
        if names is None:
            last = None
            continue
        for year in years:
            found = _fitting(listed, names, year)
            if found >= 0:
                yield Meant(Span(min(names.start, start), end), found)
        last = (names, end)


def by_name(text: str, span: Span, listed: Listing) -> Iterator[Meant]:
    """Yield the entries that names without a year mean ("Blomberg et al.", "the study by Kim and colleagues").

    Only where one entry of the whole list fits; a bare name counts only behind a word for a study.
    """
    piece = span.of(text)
    seen: set[int] = set()
    for match in _OTHERS.finditer(piece):
        end = span.start + match.start()
        name = _name_ending(text, span.start, end, listed)
        if name is not None and _UNPRINTED.match(piece[match.end() : match.end() + 40]) is None:
            fitting = [at for at in _of(listed, name[0]) if len(listed.names[at]) != 1]
            if len(fitting) == 1:
                seen.add(name[1])
                yield Meant(Span(name[1], span.start + match.end()), fitting[0])
    for match in _STUDY_BY.finditer(piece):
        start = span.start + match.end()
        found = _name_starting(text, start, span.end, listed)
        if found is None or start in seen:
            continue
        names, end = found
        fitting = [at for at in _of(listed, names[0]) if names[1:] in ((), listed.names[at][1:2])]
        if len(fitting) == 1:
            yield Meant(Span(start, end), fitting[0])


def _of(listed: Listing, family: str) -> Sequence[int]:
    """Return the entries whose first author has a family name, () where they are too many to tell apart."""
    found = listed.by_first.get(family, ())
    return found if len(found) <= _MOST_ALIKE else ()


def _before(text: str, low: int, year: int, listed: Listing) -> _Names | None:
    """Return the names that stand right before the year at `year`, or None."""
    low = max(low, year - _LOOK)
    end = _back(text, low, year, " ,([" + _BLANK)
    others = False
    for match in _OTHERS.finditer(text[low:end]):
        if low + match.end() == end:
            others, end = True, low + match.start()
    found: list[str] = []
    start = end
    while len(found) < _MOST_AUTHORS:
        name = _name_ending(text, low, end, listed)
        if name is None:
            break
        found.insert(0, name[0])
        start = name[1]
        end = _and_before(text, low, start)
        if end == start:
            break
    return _Names(tuple(found), others, start) if found else None


def _back(text: str, low: int, end: int, over: str) -> int:
    while end > low and text[end - 1] in over:
        end -= 1
    return end


def _and_before(text: str, low: int, start: int) -> int:
    """Return where the name before ends that "and", "&" or a comma joins to the one at `start`, else `start`."""
    end = _back(text, low, start, _BLANK)
    for word in ("and", "&", "und", "y"):
        at = end - len(word)
        if text.endswith(word, low, end) and (word == "&" or at <= low or not text[at - 1].isalnum()):
            return _back(text, low, at, "," + _BLANK)
    return _back(text, low, end, "," + _BLANK) if end > low and text[end - 1] == "," else start


def _name_ending(text: str, low: int, end: int, listed: Listing) -> tuple[str, int] | None:
    """Return (letters, start) of the longest listed family name that ends at `end`, or None."""
    low = max(low, end - _REACH)
    while end > low and text[end - 1] in ".'’":
        end -= 1
    best: tuple[str, int] | None = None
    at, letters = end, ""
    for _ in range(listed.longest):
        at = _back(text, low, at, _BLANK)
        stop = at
        while at > low and (text[at - 1].isalpha() or text[at - 1] in "-'’‐‑–"):
            at -= 1
        if at == stop or (at > 0 and at == low and text[at - 1].isalnum()):
            break
        letters = letters_of(text[at:stop]) + letters
        if letters in listed.known and text[at:stop][:1].isalpha():
            best = letters, at
    if best is None or not any(char.isupper() for char in text[best[1] : end]):
        return None
    return best


def _name_starting(text: str, start: int, high: int, listed: Listing) -> tuple[tuple[str, ...], int] | None:
    """Return (letters of one name or two joined by "and", where they end) of listed names that begin at `start`."""
    first = _one_starting(text, start, high, listed)
    if first is None:
        return None
    letters, end = first
    for joint in (" and ", " & "):
        if text.startswith(joint, end):
            second = _one_starting(text, end + len(joint), high, listed)
            if second is not None:
                return (letters, second[0]), second[1]
    return (letters,), end


def _one_starting(text: str, start: int, high: int, listed: Listing) -> tuple[str, int] | None:
    high = min(high, start + _REACH)
    at, letters = start, ""
    best: tuple[str, int] | None = None
    for _ in range(listed.longest):
        begun = at
        while at < high and (text[at].isalpha() or text[at] in "-'’‐‑–"):
            at += 1
        if at == begun:
            break
        letters += letters_of(text[begun:at].removesuffix("'s").removesuffix("’s"))
        if letters in listed.known and any(char.isupper() for char in text[start:at]):
            best = letters, at
        if at < high and text[at] in _BLANK:
            at += 1
    return best


def _fitting(listed: Listing, names: _Names, year: str) -> int:
    """Return the one entry that names and a year mean, -1 where none or several do."""
    fit = listed.by_year.get((names.letters[0], year[:4]), [])
    if len(fit) > _MOST_ALIKE:
        return -1
    fit = [at for at in fit if _same_year(listed.years[at], year)]
    fit = _narrowed(fit, [at for at in fit if _agrees(listed.names[at], names)])
    if len(fit) > 1 and len(year) == 5:
        exact = [at for at in fit if listed.years[at] == year]
        rank = ord(year[4]) - ord("a")
        fit = exact or (fit[rank : rank + 1] if all(len(listed.years[at]) == 4 for at in fit) else [])
    return fit[0] if len(fit) == 1 else -1


def _same_year(listed: str, printed: str) -> bool:
    return listed == printed or (listed[:4] == printed[:4] and (len(listed) == 4 or len(printed) == 4))


def _agrees(listed: Sequence[str], names: _Names) -> bool:
    """Tell whether an entry's authors are those printed: all of two, the first of more."""
    if names.others:
        return len(listed) != 1 and (len(names.letters) == 1 or tuple(listed[: len(names.letters)]) == names.letters)
    return tuple(listed) == names.letters


def _narrowed(fit: list[int], better: list[int]) -> list[int]:
    return better or fit
