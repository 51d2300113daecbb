"""Values of two arms in one sentence: "32 ± 22 min in A and 20 ± 9 min in B", "A and B (78 % vs 61 %)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.extract.cells import Read, measured
from curbside.extract.naming import OTHER, OWN, THIRD, Marks, Mention, mentions
from curbside.extract.terms import first_term
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.summaries import Shape, Summary, levelled, prose_summaries
from curbside.records import Axis, Finding, Label, LabelRole, Measure, Quote, Span, Value

_LONGEST = 1_500
"""Code points of a sentence that is still read."""
_P = linear(r"(?i)\bp(?:[- ]?values?)? ?(?:for [a-z]{1,20} )?(?:=|<|>|≤|≥|of|was|were)+ ?$")
_EFFECT = linear(
    r"(?i)\b(?:ratio|ci|c\.i\.|interval|difference|hr|or|rr|t|f|z|r|χ2|chi-?square|df|d|η2|"
    r"adjusted)\b[^a-z0-9]{0,4}(?:of |was |were |= ?|: ?|\([^)]{0,20}\) ?)?$"
)
_TIME_BEFORE = linear(
    r"(?i)\b(?:weeks?|months?|days?|years?|visits?|at|after|for|within|grade|phase|stage|table|figure|fig\.?|"
    r"day|aged|age|version|than|type|level|period|group) ?$"
)
_UNIT_OF = linear(r"(?i)percent|point|week|month|day|year|hour|mg|kg")
_BY = linear(
    r"(?i)\b(?:by|difference of|increase of|decrease of|reduction of|average of|(?:in|"
    r"de)creased) (?:an average of |about |nearly )?$"
)
_TABLE = linear(r"(?i)\b(?:tables?|figures?|figs?\.?|ref|appendix)\W{0,4}$")
_RATE = linear(
    r"(?i)^ ?(?:events? |cases? )?(?:per|/) ?1?[0-9 ,]{0,6}0? ?(?:patient|person|subject)|^ (?:patient|person)[- ]years"
)
_EXTREME = linear(r"(?i)^ ?[a-z]{0,10} ?(?:as (?:a |the )?)?(?:min|max)imum")
_HOUR = linear(r"(?i)^ ?(?:h|hours?|hrs?|min|minutes?|days?|weeks?|months?|years?)\b")
_AT_HOUR = linear(
    r"(?i)\b(?:at|after|within|until|day|week) (?:the )?[0-9]{1,3} ?"
    r"(?:h|hours?|hrs?|min|minutes?|days?|weeks?|months?|years?)?\b"
)
_LEVEL = linear(r"^[0-9]{2} ?% ?C\.?I")
_RIGHT_BEHIND = 4  # code points: ") " or " % "
_BOUND = frozenset("<>≤≥⩽⩾")
_BETWEEN = re.compile(
    r"[ %)\]]{0,3}(?:[a-zA-Z/²0-9^]{1,8} ?)?(?:,? ?and|vs\.?|versus|compared (?:with|to)|against|,|;|v\.?|"
    r"/) ?(?:of |by )?",
    re.IGNORECASE,
)
_SYMBOL = linear(r"(?:^|[^A-Za-z])([A-Za-zβηχρκ]{1,6}[²0-9]?)(?:\([0-9, .]{1,12}\))? ?= ?$")
_MIDDLES = frozenset(("mean", "median", "m", "x", "avg", "average"))
_AFTERWARDS = linear(r"(?i)^[^a-z0-9]{0,3}(?:[a-z/%]{1,12} ){0,3}?(?:in|for|among|of|with|on|at|from|by|who|\()")
_PEOPLE = linear(
    r"(?i)^ ?(?:of the |of |[a-z-]{1,14} )?(?:patients?|participants?|subjects?|women|men|children|infants?|"
    r"cases?|individuals?|people|persons?|adults?|students?|eyes?|teeth|households?|events?|"
    r"episodes?)(?:[^-a-z ]| [^y]|$)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """Two values of one kind in a sentence, each with its arm.

    Attributes:
        first, second: values of the intervention and of the comparator.
        span: from the first to the last of them in the document.
        sure: how plainly the sentence says whose they are, from 0 to 1.
    """

    first: Finding
    second: Finding
    span: Span
    sure: float


def statements(
    document: str, text: str, span: Span, known: Marks, counted: bool, swapped: bool, reported: bool
) -> Iterator[Statement]:
    """Yield the pairs of values that a sentence gives for the two arms."""
    words = span.of(text)
    if len(words) > _LONGEST:
        return
    told = mentions(words, known, swapped)
    if not told:
        return
    found = list(_telling(words, counted))
    for kind in dict.fromkeys(_kind(words, summary) for summary in found):
        alike = [summary for summary in found if _kind(words, summary) == kind]
        for first, second, sure in _sided(words, told, alike):
            if not counted and not _comparable(words, first, second):
                continue
            one = _finding(document, words, span, first, reported)
            two = _finding(document, words, span, second, reported)
            if one is not None and two is not None:
                low, high = min(first.span.start, second.span.start), max(first.span.end, second.span.end)
                yield Statement(one, two, Span(span.start + low, span.start + high), sure)


_SPREAD_WORD = linear(r"(?i)\b(?:SD|SE|SEM|CI|IQR|range)\b|CI ?95")


def _bracketed(flat: str, at: int) -> bool:
    """Tell whether a figure stands in a bracket after the name of an interval or a spread."""
    opened = max(flat.rfind("(", 0, at), flat.rfind("[", 0, at))
    closed = max(flat.rfind(")", 0, at), flat.rfind("]", 0, at))
    return opened > closed and at - opened < 90 and _SPREAD_WORD.search(flat[opened:at]) is not None


def _comparable(words: str, one: Summary, two: Summary) -> bool:
    """Tell whether two lone figures measure the same: decimals both, or whole with the same word after them."""
    if one.shape is not Shape.SINGLE or one.figures[0].percent:
        return True
    units = [first_term(words[s.span.end : s.span.end + 14]) for s in (one, two)]
    if units[0] == units[1] and units[0][:1].isalpha():
        return True
    return "." in one.figures[0].printed and "." in two.figures[0].printed


def _kind(words: str, summary: Summary) -> tuple[Shape, bool, str]:
    """Return what two values share that may be compared: "−4.5 ± 6.2 %" and "−4.07 ± 6.01 kg" are of two kinds."""
    percent = summary.figures[0].percent or words[summary.span.end :].lstrip().startswith("%")
    return summary.shape, percent, summary.word


def _telling(words: str, counted: bool) -> Iterator[Summary]:
    """Yield the summaries that may be an arm's value: no p value, no ratio, no dose, no time."""
    real = {number.span.start for number in numbers(words) if number.form not in ("citation", "label", "date", "times")}
    flat = levelled(words)
    for summary in prose_summaries(words):
        start, end = summary.span.start, summary.span.end
        head = summary.figures[0].span.start
        if head not in real and words[head : head + 1] in "-−–+" and head + 1 in real:
            pass
        elif head not in real:
            continue
        before = " ".join(flat[max(0, start - 40) : start].replace("⩽", "≤").replace("⩾", "≥").split(" "))
        if _RATE.match(flat[end : end + 30]):
            continue
        symbol = _SYMBOL.search(before)
        if _FROM.search(before):
            continue  # "from 4.3 to 2.9" is one arm before and after
        if _P.search(before) or _EFFECT.search(before) or (symbol and symbol.group(1).lower() not in _MIDDLES):
            continue
        if summary.shape is Shape.INTERVAL and _LEVEL.match(words[start:end]):
            continue  # "95%CI [0.1, 0.5]" has no middle
        if summary.shape in (Shape.SIZE, Shape.RANGE) or _TABLE.search(before):
            continue
        if summary.shape is Shape.SINGLE and summary.figures[0].percent and counted and _BY.search(before):
            continue
        if summary.shape is Shape.SINGLE and (_bracketed(flat, start) or before.rstrip()[-1:] in _BOUND):
            continue
        if summary.shape is Shape.PAIR and len(summary.figures) == 2 and summary.figures[1].percent:
            between = flat[summary.figures[0].span.end : summary.figures[1].span.start]
            if _TIME_BEFORE.search(before) or "." in summary.figures[0].printed or _UNIT_OF.search(between):
                part = summary.figures[1]
                yield Summary(part.span, Shape.SINGLE, (part,))
                continue
        if summary.shape is Shape.SINGLE:
            if _TIME_BEFORE.search(before) and not summary.figures[0].percent:
                continue
            if words[end - 1 : end + 12].lstrip(" %").lower().startswith(("ci", "conf", "c.i")):
                continue
            if _EXTREME.match(words[end : end + 40]):
                continue
            hours = "." not in summary.figures[0].printed and _HOUR.match(flat[end : end + 12])
            if not counted and hours and _AT_HOUR.search(flat):
                continue
            if not counted and summary.figures[0].percent:
                continue  # a share of people is no mean
            if counted and not summary.figures[0].percent and not _PEOPLE.match(words[end : end + 40]):
                continue
            if counted and not summary.figures[0].percent and "." in summary.figures[0].printed:
                continue
            if not counted and not summary.figures[0].percent and _PEOPLE.match(words[end : end + 40]):
                continue
        yield summary


def _sided(words: str, told: Sequence[Mention], values: Sequence[Summary]) -> Iterator[tuple[Summary, Summary, float]]:
    """Yield values of the intervention and the comparator that belong together, and how sure that is."""
    place = 0
    while place < len(values):
        run = _run(words, values, place)
        listed = _respectively(words, told, run) if len(run) > 1 else None
        if listed is not None:
            yield listed
            place += len(run)
        elif len(run) > 2:
            place += len(run)
        else:
            pair = values[place : place + 2]
            given = _paired(words, told, pair[0], pair[1]) if len(pair) == 2 else None
            if given is not None:
                yield given
            place += 2 if given is not None else 1


def _run(words: str, values: Sequence[Summary], place: int) -> list[Summary]:
    """Return the values that stand in one list from `place` on: "49 ± 33, 48 ± 39 and 27 ± 27"."""
    run = [values[place]]
    for value in values[place + 1 :]:
        if _BETWEEN.fullmatch(words[run[-1].span.end : value.span.start]) is None:
            break
        run.append(value)
    return run


def _respectively(words: str, told: Sequence[Mention], run: Sequence[Summary]) -> tuple[Summary, Summary, float] | None:
    """Read a list of values against the list of arms before or after it, in order."""
    start, end = run[0].span.start, run[-1].span.end
    before = [m for m in told if m.end <= start and start - m.end < 160]
    after = [m for m in told if m.start >= end and m.start - end < 100]
    for near, sure in ((before[-len(run) :], 0.8), (after[: len(run)], 0.8)):
        whose = [m.whose for m in near]
        if len(near) == len(run) and len(set(whose)) == len(whose) and OWN in whose and OTHER in whose:
            return run[whose.index(OWN)], run[whose.index(OTHER)], sure
    lone = len(run) == 2 and len({m.whose for m in told}) == 1
    if lone and before and start - before[-1].end < 120 and before[-1].whose != THIRD:
        return (run[0], run[1], 0.5) if before[-1].whose == OWN else (run[1], run[0], 0.5)
    if len(run) == 2 and before and after and {before[-1].whose, after[0].whose} == {OWN, OTHER}:
        # "in the study group it was 2.2 % compared to 4.7 % in the controls"
        return (run[0], run[1], 0.9) if before[-1].whose == OWN else (run[1], run[0], 0.9)
    if len(run) == 2:
        pair = {m.whose for m in before[-2:]}
        if pair == {OWN, OTHER}:
            own_first = before[-2].whose == OWN
            return (run[0], run[1], 0.8) if own_first else (run[1], run[0], 0.8)
    return None


def _paired(words: str, told: Sequence[Mention], one: Summary, two: Summary) -> tuple[Summary, Summary, float] | None:
    """Return which of two values is whose where the arms stand among them, None where the sentence does not say."""
    gap = [m for m in told if one.span.end <= m.start and m.end <= two.span.start]
    prior = [m for m in told if m.end <= one.span.start]
    later = [m for m in told if m.start >= two.span.end and m.start - two.span.end < 120]
    if not gap:
        return None
    follows = _AFTERWARDS.match(words[one.span.end :]) is not None and gap[0].start - one.span.end < 80
    # "39 % drug versus 38 % saline"
    follows |= (
        bool(later) and gap[0].start - one.span.end < _RIGHT_BEHIND and later[0].start - two.span.end < _RIGHT_BEHIND
    )
    options: list[tuple[Mention, Mention, float]] = []
    if follows and later and later[0].whose != gap[0].whose:
        options.append((gap[0], later[0], 1.0))
    if prior and prior[-1].whose != gap[-1].whose:
        options.append((prior[-1], gap[-1], 1.0 if len(gap) == 1 else 0.7))
    if len(gap) == 2 and gap[0].whose != gap[1].whose:
        options.append((gap[0], gap[1], 0.8))
    for first, second, sure in options:
        if {first.whose, second.whose} == {OWN, OTHER}:
            return (one, two, sure) if first.whose == OWN else (two, one, sure)
        return None
    return None


_FROM = linear(r"(?i)\bfrom (?:a |an )?(?:mean |median |baseline )?(?:of )?[(\[]?$")


def _finding(document: str, words: str, span: Span, summary: Summary, reported: bool) -> Finding | None:
    read: Read
    figures = list(summary.figures)
    if summary.shape is Shape.PAIR and figures[0].percent and "." in figures[1].printed:
        read = [(Measure.MEAN, figures[0]), (Measure.SD, figures[1])]
    elif summary.shape is Shape.PAIR and figures[0].percent and len(figures) > 1:
        read = [(Measure.PERCENT, figures[0]), (Measure.COUNT, figures[1])]
        if len(figures) > 2:
            read.append((Measure.TOTAL, figures[2]))
    else:
        read = measured(summary, [words[max(0, summary.span.start - 60) : summary.span.end + 30], words], None)
    if summary.shape is Shape.SINGLE and read and not figures[0].percent:
        whole = "." not in figures[0].printed
        people = whole and _PEOPLE.match(words[summary.span.end : summary.span.end + 40]) is not None
        kind = Measure.COUNT if people else Measure.MEDIAN if "median" in words.lower() else Measure.MEAN
        read = [(kind, figures[0])]
    if not read:
        return None
    values = tuple(
        Value(measure, figure.printed, figure.value, (_quote(document, words, span, figure.span),))
        for measure, figure in read
    )
    label = Label(words, _quote(document, words, span, Span(0, len(words))), Axis.WORDS, 0, LabelRole.TOPIC)
    return Finding(values, (label,), -1, reported, _quote(document, words, span, summary.span))


def _quote(document: str, words: str, span: Span, inner: Span) -> Quote:
    return Quote(document, inner.moved(span.start), inner.of(words))
