"""Summary figures as tables and sentences print them: 12 (18.6), 10/13 (77 %), 3.2 ± 1.1, 4 (2–9), n = 30.

The shape alone is read here, never what it means: whether "12 (18.6)" is a mean with its SD or a count with its
percentage is for a reader that knows the heads of the column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from curbside.language.linear import Match, linear
from curbside.language.words import TENS_IN_WORDS, UNITS_IN_WORDS
from curbside.records import Span


class Shape(StrEnum):
    """How a figure is put together."""

    SIZE = "n = a"
    FRACTION = "a/b (c %)"
    SPREAD = "a ± b"
    TWIN = "a ± b (c ± d)"
    INTERVAL = "a (b–c)"
    TRIPLE = "a (b) [c]"
    PAIR = "a (b)"
    RANGE = "b–c"
    SINGLE = "a"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a summary.

    Attributes:
        span: where it stands, its sign included, a percent sign left out.
        printed: the words of the span.
        value: what it is worth.
        percent: whether a percent sign follows.
    """

    span: Span
    printed: str
    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A figure with what stands beside it.

    Attributes:
        span: all of it.
        shape: how it is put together; the letters of a shape are `figures` in order.
        figures: its numbers; a part that is not printed is left out at the end.
        word: the word that a bracket names its content by, lower case ("sd", "se", "n", "ci", "range"), or "".
    """

    span: Span
    shape: Shape
    figures: tuple[Figure, ...]
    word: str = ""


_SAME = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "﹣": "-",
        "·": ".", "∙": ".", "•": ".", "‧": ".", "⋅": ".",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u200a": " ", "\n": " ", "\t": " ",
        "［": "[", "］": "]", "（": "(", "）": ")",
    }
)  # fmt: skip

_N = r"(?:[-+] ?)?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+(?:[.] ?[0-9]+|,[0-9]{1,2})?|[.][0-9]+)"
_U = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+(?:[.] ?[0-9]+|,[0-9]{1,2})?|[.][0-9]+)"
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_PM = r" ?(?:±|\+/-|\+ ?-|\+ ?/ ?-|&#177;|\x{00b1}) ?(?:[Ss][DdEe][Mm]?)? ?"
_SPELT = r"(?i:" + "|".join(word for word in (*UNITS_IN_WORDS, *TENS_IN_WORDS) if word.isalpha()) + r")"
_MARK = r"(?:[*†‡§¶#‖^~∗]{1,4}|[a-z]{1,2}\b)?"
_DASH = r" ?(?:-|to|,|;|and) ?"
_WORD = (
    r"(?P<word>SDs?|sds?|S\.D\.|SEM|SE|se|standard deviation|standard error|n|N|IQR|range"
    r"|95 ?% ?(?:CI|confidence interval)|CI)"
)
_LEAD = rf"(?:{_WORD} ?[,=:;±]? ?)?"

_SHAPES = (
    (Shape.SIZE, rf"\b[nN](?:[a-z]| [a-z])? ?= ?(?P<a>{_WHOLE})\b"),
    (Shape.FRACTION,
        rf"(?P<a>{_WHOLE}) ?/ ?(?P<b>{_WHOLE})(?: ?[(\[,;]? ?(?P<c>{_U}) ?%[)\]]?| ?[(\[](?P<d>{_U})[)\]]?)?"),
    (Shape.FRACTION,
        rf"(?P<a>{_WHOLE}) (?:out )?of (?:the |a total of )?(?P<b>{_WHOLE})\b(?: [a-z]+){{0,2}}(?: ?[(\[,] ?(?P"
        rf"<c>{_U}) ?%[)\]]?)?"),
    (Shape.FRACTION,
        rf"(?P<c>{_U}) ?%?{_MARK} ?[(\[] ?(?P<a>{_WHOLE}) ?(?:/|of|out of) ?(?P<b>{_WHOLE}) ?[)\]]"),
    (Shape.TWIN, rf"(?P<a>{_N}){_PM}(?P<b>{_U}){_MARK} ?\( ?\)? ?(?P<c>{_N}){_PM}(?P<d>{_U})\)?"),
    (Shape.SPREAD, rf"\(?(?P<a>{_N}) ?(?P<ap>%?){_MARK}{_PM}(?P<b>{_U})"),
    (Shape.INTERVAL, rf"(?P<a>{_N}) ?(?P<ap>%?){_MARK} ?[(\[] ?{_LEAD}(?P<b>{_N}) ?%?{_DASH}(?P<c>{_N}) ?%? ?[)\]]"),
    (Shape.TRIPLE,
        rf"(?P<a>{_N}) ?(?P<ap>%?){_MARK} ?\( ?{_LEAD}(?P<b>{_U}) ?(?P<bp>%?) ?\) ?\[ ?(?:[nN] ?= ?)?(?P<c>"
        rf"{_WHOLE}) ?\]"),
    (Shape.PAIR, rf"(?P<a>{_N}) ?(?P<ap>%?){_MARK} ?[(\[] ?{_LEAD}(?P<b>{_N}) ?(?P<bp>%?){_MARK} ?(?:[)\]]|$)"),
    (Shape.RANGE, rf"[(\[]? ?(?:95 ?% ?CI:? ?)?(?P<a>{_U}|{_N}) ?%?(?: ?- ?| to |; ?|, )(?P<b>{_N}) ?%? ?[)\]]?"),
    (Shape.SINGLE, rf"[(\[]? ?(?P<a>{_N}) ?(?P<ap>%?) ?[)\]]?"),
)  # fmt: skip
CELL = tuple((shape, linear(rf"^{pattern}")) for shape, pattern in _SHAPES)
"""Shape -> its pattern at the start of a cell, tried in order: the fuller shape before the barer one."""
_REST = linear(
    r"^ ?(?:\(?n\)?|yrs?|years?|days?|h|hours?|min|mm|kg|g|mg|%|points?|responders|non-responders|"
    r"patients)? ?[^0-9]{0,8}$"
)
_NAMED = linear(r"^(?:(?:[Mm]ean|[Mm]edian|M|MD|X) ?[=:] ?|[Nn] ?= ?[0-9]{1,6}\*?[:;,] ?)")
"""What may stand before a cell's figure: "Mean = 4.00", "n = 19: 4.09"."""
_WORTH = {word: float(worth) for word, worth in {**UNITS_IN_WORDS, **TENS_IN_WORDS}.items()}
_COMMA = linear(r"^[(\[]?[0-9]+,[0-9]{1,2} ?[(\[][0-9]+,[0-9]{1,2}[)\]]$|^[(\[][0-9]+,[0-9]{1,2}[)\]]$")
_TRAIL = linear(r"^[^0-9]{0,12}$")
_RANKED = linear(r"^ [0-9]$")

PROSE = linear(
    "|".join(
        (
            rf"(?P<ms>\b[Mm](?:ean)?s? ?= ?(?P<e1>{_N}) ?[a-zA-Z%/]{{0,8}}[,;]? ?(?:and )?[(\[]?(?:SD|sd|"
            rf"s\.d\.) ?[=:]? ?(?P<e2>{_U}))",
            rf"(?P<pm>(?P<m1>{_N}) ?%?{_PM}(?P<s1>{_U}))",
            rf"(?P<iv>(?P<i1>{_N}) ?%? ?(?:[a-zA-Z/]{{1,8}} )?[(\[] ?(?:IQR|range|interquartile range|"
            rf"95 ?% ?CI|CI)?[ ,:=]{{0,2}}(?P<i2>{_N}) ?%?{_DASH}(?P<i3>{_N}) ?%? ?[)\]])",
            rf"(?P<fw>\b(?P<u1>{_SPELT}) (?:out )?of (?:the |a total of )?(?P<u2>{_WHOLE})\b"
            rf"(?:(?: [a-z]+){{0,2}} ?[(\[,] ?(?P<u3>{_U}) ?%)?)",
            rf"(?P<wc>\b(?P<w1>{_SPELT})(?: [a-z]+){{0,2}} ?[(\[] ?(?P<w2>{_U}) ?%)",
            rf"(?P<fr>(?P<f1>{_WHOLE}) ?(?:/|(?:out )?of(?: the|"
            rf" a total of)?) ?(?P<f2>{_WHOLE})(?:(?: [a-z]+){{0,2}} ?[(\[,] ?(?P<f3>{_U}) ?%)?)",
            rf"(?P<pc>(?P<p1>{_WHOLE})(?: [a-z]+){{0,2}} ?[(\[] ?(?P<p2>{_U}) ?%)",
            rf"(?P<pn>(?P<q1>{_U}) ?%(?: [a-z]+){{0,2}} ?[(\[] ?(?:n ?= ?)?(?P<q2>{_WHOLE})"
            rf"(?: ?(?:/|of|out of) ?(?P<q3>{_WHOLE}))?(?: [a-z]+){{0,2}} ?[)\]])",
            rf"(?P<sd>(?P<d1>{_N})(?: ?[a-zA-Z%/][a-zA-Z0-9%/^]{{0,11}})? ?[(\[](?P<dw>SD|sd|"
            rf"standard deviation|standard error|S\.D\.|SEM|SE|se)[ ,=:±]{{0,3}}(?P<d2>{_U}) ?[)\];,])",
            rf"(?P<sz>\b[nN] ?= ?(?P<z1>{_WHOLE}))",
            rf"(?P<rg>(?P<g1>{_U}) ?-{{1,2}} ?(?P<g2>{_U}))",
            rf"(?P<pr>(?P<r1>{_U}|{_N}) ?%? ?[(\[] ?(?P<r2>{_U}) ?[)\]])",
            rf"(?P<si>(?P<x1>{_U}) ?%)",
            rf"(?P<no>(?P<y1>{_N}))",
        )
    )
)
"""Summaries in running text, the fuller shape before the barer one."""

_PROSE_SHAPES = (
    ("pm", Shape.SPREAD, ("m1", "s1")),
    ("iv", Shape.INTERVAL, ("i1", "i2", "i3")),
    ("fr", Shape.FRACTION, ("f1", "f2", "f3")),
    ("fw", Shape.FRACTION, ("u1", "u2", "u3")),
    ("wc", Shape.PAIR, ("w1", "w2")),
    ("pc", Shape.PAIR, ("p1", "p2")),
    ("pn", Shape.PAIR, ("q1", "q2", "q3")),
    ("sd", Shape.PAIR, ("d1", "d2")),
    ("sz", Shape.SIZE, ("z1",)),
    ("ms", Shape.SPREAD, ("e1", "e2")),
    ("rg", Shape.RANGE, ("g1", "g2")),
    ("pr", Shape.PAIR, ("r1", "r2")),
    ("si", Shape.SINGLE, ("x1",)),
    ("no", Shape.SINGLE, ("y1",)),
)


def levelled(text: str) -> str:
    """Return `text` with one kind of minus, point and space, length and offsets unchanged."""
    return text.translate(_SAME)


def cell_summary(text: str) -> Summary | None:
    """Return the summary that a table's cell holds, or None where it holds words, a dash or nothing.

    What follows the figure must be no more than a unit, a footnote mark or a rank; spans are offsets into `text`.
    """
    flat = levelled(text)
    start = len(flat) - len(flat.lstrip(" *†‡<≤>≥"))
    named = _NAMED.match(flat[start:])
    start += named.end() if named is not None else 0
    body = flat[start:].rstrip()
    for shape, pattern in CELL:
        found = pattern.match(body)
        if found is not None and _ends(body[found.end() :], shape) and not _decimal(found, shape):
            named = pattern.groupindex
            figures = _figures(text, found, [named[part] for part in ("a", "b", "c", "d") if part in named], start)
            word = found.group(named["word"]) if "word" in named else ""
            return Summary(_moved(found, start), shape, figures, _word(word or ""))
    return None


def prose_summaries(text: str) -> list[Summary]:
    """Return the summaries of a sentence in order; every number belongs to one of them."""
    flat = levelled(text).replace("vs.", "vs ")  # "vs.1.99" is no ".1"
    named = PROSE.groupindex
    found: list[Summary] = []
    for match in PROSE.finditer(flat):
        for name, shape, parts in _PROSE_SHAPES:
            if match.start(named[name]) >= 0:
                word = _word(match.group(named["dw"])) if name == "sd" else ""
                figures = _figures(text, match, [named[part] for part in parts], 0)
                found.append(Summary(_moved(match, 0), shape, figures, word))
                break
    return [_shared_sign(flat, *pair) for pair in zip(found, [*found[1:], None])]


_LISTED = linear(r"^ ?(?:vs|versus|and|v\.?|,|or|compared (?:with|to)) {0,2}$")


def _shared_sign(flat: str, one: Summary, two: Summary | None) -> Summary:
    """Give a bare figure the percent sign that the next of its list has: "49 vs. 23 %"."""
    if two is None or one.shape is not Shape.SINGLE or two.shape is not Shape.SINGLE or one.figures[0].percent:
        return one
    if not two.figures[0].percent or _LISTED.match(flat[one.span.end : two.span.start]) is None:
        return one
    return replace(one, figures=(replace(one.figures[0], percent=True),))


def _moved(match: Match, by: int) -> Span:
    return Span(match.start() + by, match.end() + by)


def _decimal(match: Match, shape: Shape) -> bool:
    """Tell whether what looks like two bounds is one number with a decimal comma: "3,2 (1,1)"."""
    return shape in (Shape.INTERVAL, Shape.RANGE) and _COMMA.search(match.group()) is not None


def _ends(rest: str, shape: Shape) -> bool:
    if shape in (Shape.SINGLE, Shape.RANGE, Shape.FRACTION, Shape.SIZE):
        return _REST.match(rest) is not None
    return len(rest) < 60 and (
        _TRAIL.match(rest) is not None or _RANKED.match(rest) is not None or rest.lstrip()[:1] in "([;,"
    )


def _word(printed: str) -> str:
    low = printed.lower().replace(".", "")
    if low.startswith(("se", "standard e")):
        return "se"
    if low.startswith(("sd", "standard d")):
        return "sd"
    return "ci" if "ci" in low or "conf" in low else low


def _figures(text: str, match: Match, groups: list[int], moved: int) -> tuple[Figure, ...]:
    places = [(match.start(group) + moved, match.end(group) + moved) for group in groups if match.start(group) >= 0]
    return tuple(_figure(text, start, end) for start, end in places)


def _figure(text: str, start: int, end: int) -> Figure:
    printed = text[start:end]
    spelt = _WORTH.get(printed.lower())
    if spelt is not None:
        return Figure(Span(start, end), printed, spelt)
    plain = levelled(printed).replace(" ", "").replace("+", "")
    if "," in plain:
        head, _, tail = plain.rpartition(",")
        plain = plain.replace(",", "") if len(tail) == 3 or "." in tail else f"{head.replace(',', '')}.{tail}"
    after = text[end : end + 2].replace("\u00a0", " ").lstrip()
    return Figure(Span(start, end), printed, float(plain), after.startswith("%"))
