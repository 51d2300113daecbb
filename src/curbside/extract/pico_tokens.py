"""Tokens of an abstract for the span tagger: a printed number with its percent sign is one, a number in words too."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from curbside.language.number_words import number_words
from curbside.language.sentences import sentences
from curbside.language.short_forms import definitions
from curbside.language.words import flat
from curbside.records import Span

TOKEN = re.compile(
    r"(?P<number>(?:(?<=[\s(\[])[-−–+](?=[0-9.]))?"
    r"(?:[0-9]{1,3}(?:[,\u2009\u202f\u2008\u00a0 ][0-9]{3}){1,3}(?![0-9])|[0-9]{1,25}+)(?:[.·∙][0-9]{1,12}+)?+"
    r"|(?<![\w.])[.·][0-9]{1,12}+)(?P<percent>\s?%|\s?per ?cent\b)?"
    r"|[^\W\d_]\w{0,60}+|\S"
)
"""A number, a word or any other sign."""
WRITTEN = re.compile(r"\s?(?:%|per ?cent\b)")
_SEPARATORS = re.compile("[,\u2009\u202f\u2008\u00a0 +]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token.

    Attributes:
        start, end: half-open range of code points.
        text: what stands there.
        low: in lower case; digits of a number become 0, a number in words "<word>".
        value: what a number is worth, None where the token is none.
        percent: whether a percent sign or word belongs to it.
        sentence: index of its sentence.
        stands: the short form, in lower case, that a word is part of or that the text defines for it; else empty.
    """

    start: int
    end: int
    text: str
    low: str
    value: float | None
    percent: bool
    sentence: int
    stands: str = ""


_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty|hundred|thousand|no|none)\b"
)


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order; sentences are cut as everywhere."""
    starts = [span.start for span in sentences(text)]
    low = flat(text)
    written: dict[int, tuple[int, float]] = {}
    if _NUMERAL.search(low):
        for span, value, form in number_words(low):
            if form == "word":
                written[span.start] = (span.end, value)
    found: list[Token] = []
    done = 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        sentence = max(0, bisect_right(starts, start) - 1)
        percent = match["percent"] is not None
        value: float | None = None
        shown = low[start:end]
        if start in written and match["number"] is None:
            end, value = written[start]
            share = WRITTEN.match(text, end)
            if share is not None:
                end, percent = share.end(), True
            shown = "<word>"
        elif match["number"] is not None:
            value = worth(match["number"])
            shown = _DIGIT.sub("0", shown) if len(shown) < 12 else "<long>"
        done = end
        found.append(Token(start, end, text[start:end], shown, value, percent, sentence))
    return _standing(text, found)


def _standing(text: str, found: list[Token]) -> list[Token]:
    """Return the tokens; those of a short form that the text defines, and of its long form, say so wherever they are.

    The longest form comes first, so that "neoadjuvant chemotherapy (NCT)" is not taken for chemotherapy (CT).
    """
    forms: list[tuple[tuple[str, ...], str]] = []
    for each in definitions(text):
        short = " ".join(each.short.of(text).lower().split())
        for span in (each.long, each.short):
            run = tuple(token.low for token in found if span.start <= token.start and token.end <= span.end)
            if run:
                forms.append((run, short))
    if not forms:
        return found
    forms.sort(key=lambda form: -len(form[0]))
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form in forms:
        by_first.setdefault(form[0][0], []).append(form)
    made = list(found)
    lows = [token.low for token in found]
    place = 0
    while place < len(made):
        for run, short in by_first.get(lows[place], ()):
            if tuple(lows[place : place + len(run)]) == run:
                for at in range(place, place + len(run)):
                    if made[at].value is None:
                        made[at] = replace(made[at], stands=short)
                place += len(run) - 1
                break
        place += 1
    return made


def worth(printed: str) -> float:
    """Return the value of a printed number, its sign and separators understood."""
    plain = _SEPARATORS.sub("", printed).replace("·", ".").replace("∙", ".").replace("−", "-").replace("–", "-")
    return float(plain)


def span_of(found: list[Token], first: int, last: int) -> Span:
    """Return the span from one token to another, both included."""
    return Span(found[first].start, found[last].end)
