"""A text's own abbreviations: "early virologic response (EVR)", "EVR (early virologic response)", "(EVR = …)", lists.

Where pairs stand is after Schwartz & Hearst (PSB 2003); whether two runs of words are one is told by their letters
(`short_form_letters`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.language.linear import linear
from curbside.language.short_form_letters import COSTS, is_sure, laid
from curbside.language.words import listed as words_of
from curbside.records import Span

_LONGEST_SHORT = 14
_REACH = 160
"""Code points in which a long form must stand beside its short form."""
_LONGEST_BRACKET = 240
_LOOKS = 8
"""How many brackets that begin with the letters of a short form are looked at for its definition."""
_NO_SHORT = words_of(
    """
    a an and are as at b both but by c d data day days e eg e.g. et fig figure for from group ie i.e. if i ii iii iv in
    is it mean mg ml n no non none not of on only or p per r range ref reference s see study table than the these this
    to total v versus vs was were which with year years yes hours weeks months females males men women left right
    respectively however also either all one two three four five six et al.
    Group Fig Figure Table See In The II III IV VI VII VIII IX USA UK N Study Grade Type Class Day Year
    """
)
_SURE = 1.2
"""What a long form that is marked off on both sides may cost at the most."""
_OPEN = {"(": ")", "[": "]"}
_SENTENCE_END = linear(r"[.?!]\s+[A-Z\[(]|\n|;\s|:\s")
_LEAD = linear(
    r"(?i)^(?:(?:hereafter|hereinafter|henceforth|abbreviated|termed|called|designated|denoted|referred to|known|"
    r"abbreviation|acronym|also|as|the|i\.e\.|ie|or|so-called|named|by|to|:)[,:]? )*[\"'“‘]?"
)
_ASIDE = linear(r"(?:^|\s)(?:\([^()]*\)|\[[^\[\]]*\])[,;:.]?(?:\s|$)")
"""A bracket that stands by itself: what is before it belongs to another pair."""


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form with the long form that the text gives it.

    Attributes:
        short: where the short form stands in its definition.
        long: where the long form stands.
        cost: of laying the one over the other, 0 for initials; lower is surer.
    """

    short: Span
    long: Span
    cost: float


def definitions(text: str) -> list[ShortForm]:
    """Return the short forms that `text` defines, in its order; costs nothing where it holds no bracket."""
    found: list[ShortForm] = []
    if "(" in text or "[" in text:
        for inner in _brackets(text):
            found += _of_bracket(text, inner)
    return found


def definition_of(text: str, written: str) -> Span | None:
    """Return the words that `text` itself spells a short form out with, None where it does not; a few looks at most."""
    for sign, closing in (("(", ")];,"), ("[", ")];,")):
        at = text.find(sign + written)
        looks = 0
        while at >= 0 and looks < _LOOKS:
            after = text[at + 1 + len(written) : at + 2 + len(written)]
            if after and after in closing:
                found = _best(text, Span(at + 1, at + 1 + len(written)), _before(text, at))
                return found.long if found is not None else None
            looks += 1
            at = text.find(sign + written, at + 1)
    at = text.find(f"{written} (")
    if at >= 0 and not text[at - 1 : at].isalnum():
        inner = Span(at + len(written) + 2, min(len(text), at + len(written) + 2 + _LONGEST_BRACKET))
        end = text.find(")", inner.start, inner.end)
        if end > inner.start + len(written):
            found = _spelt(text, Span(at, at + len(written)), Span(inner.start, end))
            return found.long if found is not None else None
    return None


def _brackets(text: str) -> Iterator[Span]:
    """Yield what stands in brackets, inner ones too, in order of their ends; those left open are passed over."""
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        sign = text[at]
        if sign in _OPEN:
            open_at.append(at)
        elif open_at and _OPEN[text[open_at[-1]]] == sign:
            start = open_at.pop()
            if at - start <= _LONGEST_BRACKET:
                yield Span(start + 1, at)


_BRACKET = linear(r"[()\[\]]")


def _of_bracket(text: str, inner: Span) -> list[ShortForm]:
    words = inner.of(text)
    if _is_inside_name(text, inner):
        return []
    before = _before(text, inner.start - 1)
    # "(SF)", "(SF, …)", "(SF; …)": the long form stands before.
    cut = _first_part(text, inner)
    if cut is not None:
        made = _best(text, cut, before)
        if made is not None:
            return [made]
    # "(LF, SF)": both stand inside; "(EC 1.11.1.9; SF)": something else stands before it.
    for sign in (", ", "; "):
        head, _, tail = words.rpartition(sign)
        if head and is_short(tail):
            short = Span(inner.end - len(tail), inner.end)
            for where in (Span(inner.start, inner.start + len(head)), before):
                made = _best(text, short, where)
                if made is not None and made.cost <= 1 and made.cost * 3 <= len(short):
                    return [made]
    # "(SF = LF; SF = LF)": both stand inside, the short form first.
    if "=" in words or ": " in words:
        found = list(listed(text, inner))
        if found:
            return found
    # "SF (LF)": the short form stands before.
    short = _word_before(text, inner.start - 1)
    if short is not None and len(words) >= 2 * len(short) + 2:
        head = words
        for sign in (";", ","):
            made = _spelt(text, short, Span(inner.start, inner.start + len(head)))
            if made is not None:
                return [made]
            head = head.partition(sign)[0]
    return []


def listed(text: str, where: Span) -> Iterator[ShortForm]:
    """Yield the pairs of a list of abbreviations: "EVR, early virologic response; SVR = …", "EVR: early …"."""
    at = where.start
    for end in [*(match.start() for match in _PARTED.finditer(where.of(text))), len(where)]:
        match = _LISTED.match(text[at : where.start + end])
        if match is not None and is_short(match.group(1)) and any(map(str.isupper, match.group(1))):
            short = Span(at + match.start(1), at + match.end(1))
            made = _spelt(text, short, Span(at + match.start(2), at + match.end(2)))
            if made is not None:
                yield made
        at = where.start + end


_PARTED = linear(r"[;.\n]|, [A-Z][A-Za-z0-9]{1,7} ?[=:,]")
_LISTED = linear(
    r"^\W{0,3}(?:(?:Abbreviations?|Notes?):? ?)?([A-Za-z][A-Za-z0-9/+–-]{0,11})(?:, | ?= ?|: | )"
    r"([a-zα-ωA-Z0-9][^;=\n]{3,90}?)[\s.,]*$"
)


def _is_inside_name(text: str, inner: Span) -> bool:
    """Tell whether a bracket belongs to a word that goes on behind it: "benzo(a)pyrene", "indolo[1,2-b]-"."""
    if not text[inner.start - 2 : inner.start - 1].strip():
        return False
    after = text[inner.end + 1 : inner.end + 2]
    return (after.isalnum() or after == "-") and sum(map(str.isupper, inner.of(text))) < 2


def _before(text: str, end: int) -> Span:
    """Return the part of the sentence before a bracket in which its long form may stand."""
    low = max(0, end - _REACH)
    start, last = low, 0
    for match in _SENTENCE_END.finditer(text[low:end]):
        start = low + match.start() + 1
    for match in _ASIDE.finditer(text[start:end]):
        last = match.end()
    return Span(start + last, end)


def _first_part(text: str, inner: Span) -> Span | None:
    words = inner.of(text)
    lead = _LEAD.match(words)
    start = lead.end() if lead is not None else 0
    rest = words[start:]
    end = len(rest)
    for sign in ("; ", ", ", ";", " or ", " = ", ": "):
        at = rest.find(sign)
        if 0 < at < end:
            end = at
    short = rest[:end].strip().strip("\"'“”‘’")
    if not is_short(short):
        return None
    at = inner.start + start + rest.index(short)
    return Span(at, at + len(short))


def is_short(words: str) -> bool:
    """Tell whether some words could be a short form by their shape: letters, few, at most three parts."""
    if not 1 <= len(words) <= _LONGEST_SHORT or words.count(" ") > 2 or words in _NO_SHORT:
        return False
    letters = sum(letter.isalpha() for letter in words)
    if not letters or not (words[0].isalnum() or words[0] in "(-") or (words[0].isdigit() and " " in words):
        return False
    if words.islower() and (" " in words or len(words) > 6):
        return False
    if len(words) == 2 and words[0].isdigit() and words[1].islower():  # a compound's number in its paper
        return False
    return not any(sign in words for sign in '=<>%±?!:;,"') and letters * 2 >= len(words) - 3


def _word_before(text: str, end: int) -> Span | None:
    at = end
    while at > 0 and text[at - 1] == " ":
        at -= 1
    start = at
    while start > 0 and not text[start - 1].isspace() and at - start <= _LONGEST_SHORT:
        start -= 1
    word = text[start:at].lstrip("([\"'“")
    start = at - len(word)
    capitals = sum(letter.isupper() for letter in word)
    return Span(start, at) if is_short(word) and capitals >= 2 else None


def _best(text: str, short: Span, where: Span) -> ShortForm | None:
    """Return the pair of a short form and the words that end `where`, None where none is sure enough."""
    written = short.of(text)
    found = laid(written, text, where)
    if found is None:
        return None
    cost, start = found
    end = where.end
    while end > start and text[end - 1] in " ,;:-\t\"'”’":
        end -= 1
    long = Span(start, end)
    cost += COSTS.comma * long.of(text).count(", ")
    if not is_sure(written, long.of(text), cost):
        return None
    return ShortForm(short, long, round(cost, 2))


def _spelt(text: str, short: Span, inner: Span) -> ShortForm | None:
    """Return the pair where the long form is the whole of `inner`."""
    made = _best(text, short, inner)
    return made if made is not None and made.long.start == inner.start and made.cost <= _SURE else None
