"""Numbers as they are printed, and what they are worth; digits inside identifiers are no numbers.

Grammar: thousands in commas or thin spaces, decimal points (also raised ones, and without a leading zero), minus
signs told from range dashes, powers of ten, fractions, dates, bracketed references, number words. Ordinals (1st,
second-line), names (IL-2, CD4, p38, NCT00392951, COVID-19), versions, addresses and subscripts (FEV(1)) are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from curbside.language.number_words import number_words
from curbside.language.recent import remembered
from curbside.language.words import flat, listed
from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        span: the number alone; its minus sign is inside, a percent sign is not.
        printed: the words that the span covers, as the source gave them.
        value: what it is worth; a date is year, month and day in eight digits (20221018).
        form: "digits", "percent" (a percent sign follows), "power" (5 × 10^9), "word" (fifteen, one-third),
            "times" (twice daily), "date", "citation" (a reference in brackets or glued to a stop) or "label"
            (Table 2).
    """

    span: Span
    printed: str
    value: float
    form: str


RUN = re.compile("[0-9]+")
ADDRESS = re.compile(r"\b(?:https?://|www\.|doi:\s?)[^\s]{1,400}+")
RECORD = re.compile(r"\b(?:PMID|PMCID|e?ISSN|ORCID)s?:?\s?(?:https?://)?[0-9PMC][0-9XPMC-]{2,20}+")
DOI = re.compile(r"10\.[0-9]{4,9}/[^\s]{1,400}+")
DATE = re.compile(
    r"(?:1[89]|20)[0-9]{2}([/-])[01]?[0-9]\1[0-3]?[0-9](?![\w/-])|[0-3]?[0-9]/[0-3]?[0-9]/(?:19|20)[0-9]{2}(?![\w/-])"
)
CITED = re.compile(r"\[[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,30}\]")
NUMBER = re.compile(
    r"(?:[0-9]{1,3}(?:(?:,[0-9]{3}){1,5}|(?:[\u2009\u202f\u00a0][0-9]{3}){1,5})(?![0-9])(?:[.·][0-9]{1,12})?"
    r"|[0-9]{1,25}+(?:[.·∙][0-9]{1,25}+)?|[.·][0-9]{1,12}+)"
    r"(?P<rest>(?:\.[0-9]{1,9}+){1,6})?"
)
"""A printed number; `rest` is there where it is a version or section (1.2.3) and no number."""

_HINTS = ("://", "www.", "doi:", "PMID", "PMCID", "ISSN", "ORCID")
POWER = re.compile(r"\s?[x×*·]\s?10(?:\^?\(?([-−–]?[0-9]{1,2})\)?|([⁻]?[⁰¹²³⁴-⁹]{1,2}))(?![0-9.,])")
PERCENT = re.compile(r"\s?(?:%|‰|per ?cent\b)")
SCALE = re.compile(r"[ \u00a0-](hundred|thousand|million|billion)s?\b")
AFTER = re.compile(r"([-‐‑]?)([^\W\d_]{1,30}+)")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_FRACTION = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
_TEN = re.compile(r"\^\(?([-−–]?[0-9]{1,2})\)?|([⁻]?[⁰¹²³⁴-⁹]{1,2})")
_SEPARATORS = re.compile("[,\u2009\u202f\u00a0]")
_DIGITS = re.compile("[0-9]{1,3}")
_LOCANT = re.compile(r"(?:,[0-9]{1,2}){1,3}-([A-Za-z]{1,40}+)")
_INTERVALS = ("ci", "iqr", "range", "interval", "cri", "sd", "median", "mean")
VULGAR = re.compile("[½¼¾⅓⅔⅛]")
_MINUS = frozenset("-−–")
_DASHES = frozenset("-−–—‐‑‒")

_LABELS = listed("table tables figure figures fig figs box appendix section chapter ref refs reference panel")
_ORDINALS = listed("st nd rd th")
_PLAIN_BEFORE_HYPHEN = listed(
    """
    day days week weeks month months year years hour hours grade grades phase phases stage stages level levels age aged
    cycle course visit step to by n from of class dose group arm tier score line top part minus plus under over
    post pre mid sub ages mean median approximately about times at or and every
    """
)
_CHEMICAL = re.compile(
    r"(?:fluoro|mercapto|hydrox|dihydrox|amino|methyl|ethyl|oxo|deox|dehydro|keto|chloro|bromo|iodo|nitro|alpha|beta"
    r"|epi|acetyl|phospho|thio|aza|cis|trans|bis|tri|di|tetra|phenyl|propyl|butyl|dimethyl|desmethyl|carb|lip)[a-z]{3}"
    r"|(?:alpha|beta)\b"
)
_UNIT_CAPITALS = listed("L Gy IU U MU MHz GHz Hz C F K J W V N M Da kDa CI SD SE IQR G H D Y MG ML")
_GLUED_UNITS = listed(
    """
    mg g kg µg μg ug mcg ng pg ml mL l L dl dL µl μl ul mm cm m nm µm μm h hr hrs d wk wks mo mos y yr yrs s sec min
    mmol mol µmol μmol nmol pmol mM µM μM nM pM IU U mU kU Gy cGy mGy J mJ kJ kcal Hz kHz MHz W mW kV mV V mmHg kPa
    day days week weeks month months year years hour hours minute minutes fold x X kb bp kDa Da ppm rpm bpm million
    MBq GBq mCi mEq mOsm cc gr K k C F
    """
)


class _Place(NamedTuple):
    text: str
    start: int
    end: int


@remembered
def numbers(text: str) -> list[Number]:
    """Return the numbers of `text` in order, none overlapping another."""
    found = list(_printed(text))
    found.extend(Number(span, span.of(text), value, form) for span, value, form in number_words(flat(text)))
    found.sort(key=lambda number: number.span)
    return [number for i, number in enumerate(found) if i == 0 or number.span.start >= found[i - 1].span.end]


def _printed(text: str) -> Iterator[Number]:
    named_until = -1  # end of the last name with digits, so that TSC1/2 is one name
    cited_until = -1  # end of the last reference glued to a stop, so that "previously.1,2" holds two
    done = 0  # end of what is read; a number may hold several runs of digits (5 × 10^9)
    addresses = iter(_addresses(text))
    address = next(addresses, None)
    for run in RUN.finditer(text):
        start = run.start()
        while address is not None and address.end <= start:
            address = next(addresses, None)
        if start < done or (address is not None and address.start <= start):
            continue
        special, done = _special(text, start, run.end())
        if done > start:
            yield from special
            continue
        start -= _leads_with_point(text, start)
        match = NUMBER.match(text, start)
        if match is None or match["rest"] is not None:
            done = match.end() if match else run.end()
            continue
        place = _Place(text, start, match.end())
        done = place.end
        if _is_name(place, named_until):
            named_until = done
            continue
        number = _number(place)
        if cited_until == start - 1 and text[cited_until] in ",–-":
            number = replace(number, form="citation")
        done = number.span.end
        cited_until = done if number.form == "citation" else -1
        yield number
    if not text.isascii():
        yield from _vulgar(text)


def _addresses(text: str) -> list[Span]:
    """Return where addresses and record numbers stand, in order; their digits are no numbers."""
    if not any(hint in text for hint in _HINTS):
        return []
    found = [Span(*match.span()) for pattern in (ADDRESS, RECORD) for match in pattern.finditer(text)]
    return sorted(found)


def _special(text: str, start: int, end: int) -> tuple[list[Number], int]:
    """Return what a run of digits opens that is no plain number, and its end; the end is 0 where it opens none."""
    following = text[end : end + 1]
    left = text[start - 1] if start else ""
    if left == "[":
        cited = CITED.match(text, start - 1)
        if cited is not None:
            return list(_cited(text, cited)), cited.end()
    if following in {"/", "-"} and end - start < 5 and not left.isalnum():
        dated = DATE.match(text, start)
        if dated is not None:
            return [_date(dated)], dated.end()
    if following == "." and text.startswith("10.", start):
        doi = DOI.match(text, start)
        if doi is not None:
            return [], doi.end()
    return [], 0


def _leads_with_point(text: str, start: int) -> bool:
    """Tell whether the number opens with a decimal point: "P=.05"."""
    if start == 0 or text[start - 1] not in ".·":
        return False
    before = text[start - 2] if start > 1 else " "
    return not (before.isalnum() or before in "_.·)]")


def _date(match: re.Match[str]) -> Number:
    printed = match.group()
    parts = re.split("[/-]", printed)
    year, month, day = parts if len(parts[0]) == 4 else (parts[2], parts[1], parts[0])
    return Number(Span(*match.span()), printed, float(f"{year}{int(month):02}{int(day):02}"), "date")


def _cited(text: str, match: re.Match[str]) -> Iterator[Number]:
    start, end = match.span()
    before = text[max(0, start - 12) : start].rstrip().lower()
    several = not text[start + 1 : end - 1].isdigit()
    # After a value or "95% CI", two numbers in brackets are its interval.
    interval = several and (before[-1:] in {"%", "="} or before[-1:].isdigit() or before.endswith(_INTERVALS))
    for found in _DIGITS.finditer(text, start, end):
        yield Number(Span(*found.span()), found.group(), float(found.group()), "digits" if interval else "citation")


def _vulgar(text: str) -> Iterator[Number]:
    for match in VULGAR.finditer(text):
        if not text[match.start() - 1 : match.start()].isdigit():
            yield Number(Span(*match.span()), match.group(), _FRACTION[match.group()], "digits")


def _number(place: _Place) -> Number:
    text, start, end = place
    value = float(_plain(text[start:end]))
    form = _form(place)
    if end < len(text):
        power = POWER.match(text, end) or (_TEN.match(text, end) if value == 10 else None)
        if power is not None:
            exponent = int((power[1] or power[2]).translate(_SUPERSCRIPT).replace("−", "-").replace("–", "-"))
            value = (value if power.re is POWER else 1) * 10.0**exponent
            end, form = power.end(), "power"
        elif text[end] in _FRACTION:
            value, end = value + _FRACTION[text[end]], end + 1
        elif (scale := SCALE.match(text, end)) is not None:
            value, end = value * _SCALES[scale[1]], scale.end()
        elif PERCENT.match(text, end):
            form = "percent"
    if _is_negative(text, start):
        start, value = start - 1, -value
    return Number(Span(start, end), text[start:end], value, form)


def _plain(printed: str) -> str:
    if printed.isdigit():
        return printed
    return _SEPARATORS.sub("", printed).replace("·", ".").replace("∙", ".")


def _form(place: _Place) -> str:
    text, start, _ = place
    if start == 0:
        return "digits"
    left = text[start - 1]
    if left == "." and start > 4 and text[start - 5 : start - 1].isalpha() and text[start - 2].islower():
        return "citation"
    if left in " \u00a0" and _word_before(text, start - 1).lower() in _LABELS:
        return "label"
    return "digits"


def _word_before(text: str, end: int) -> str:
    """Return the letters that end at `end`, a full stop between allowed ("Fig. 2")."""
    if end > 0 and text[end - 1] == ".":
        end -= 1
    start = end
    while start > 0 and end - start < 25 and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def _is_negative(text: str, start: int) -> bool:
    """Tell whether the dash before `start` is a minus sign and not that of a range, a list or a compound."""
    if start == 0 or text[start - 1] not in _MINUS:
        return False
    before = text[max(0, start - 6) : start - 1]
    if not before:
        return start == 1
    if before[-1] in "(=[<>,:;/±~≤≥≈":
        return True
    if not before[-1].isspace():
        return False
    last = before.rstrip()[-1:]
    return not (last.isdigit() or last in {"%", "-", "–"})


def _is_name(place: _Place, named_until: int) -> bool:
    """Tell whether the digits belong to a name, ordinal or subscript: IL-2, CD4, 5-HT, 1st, FEV(1), TSC1/2."""
    text, start, end = place
    if start > 0 and (text[start - 1].isalpha() or text[start - 1] in "_-‐‑–/,(^") and _named_left(place, named_until):
        return True
    if end == len(text):
        return False
    right = text[end]
    return (right.isalpha() or right in "-‐‑,_") and _named_right(text, end)


def _named_left(place: _Place, named_until: int) -> bool:
    text, start, end = place
    left = text[start - 1]
    if left.isalpha() or left == "_":
        return True
    before = text[start - 2 : start - 1] if start > 1 else ""
    if start - 1 == named_until:
        return left in "/-–" or (left == "," and end - start < 4 and text[end : end + 1] not in {"%", "."})
    if not before.isalpha():
        return False
    if left == "^":
        return True
    if left == "(":
        return text[end : end + 1] == ")" and end - start < 3 and len(_word_before(text, start - 1)) < 6
    if left in "-‐‑–":
        word = _word_before(text, start - 1)
        return word.lower() not in _PLAIN_BEFORE_HYPHEN and (left != "–" or not word.islower())
    return False


def _named_right(text: str, end: int) -> bool:
    locant = _LOCANT.match(text, end)
    if locant is not None:
        return _CHEMICAL.match(locant[1].lower()) is not None
    match = AFTER.match(text, end)
    if match is None:
        return text[end] == "_"
    hyphen, word = match.groups()
    if word in _GLUED_UNITS:
        return False
    if not hyphen:
        return word.lower() in _ORDINALS or len(word) < 4 or not word.islower()
    if not word.isascii() or _CHEMICAL.match(word.lower()):
        return True
    capitals = sum(letter.isupper() for letter in word)
    if capitals == 0 or (capitals == 1 and word[0].isupper() and len(word) > 3):
        return False
    return word not in _UNIT_CAPITALS and word.lower() not in _GLUED_UNITS
