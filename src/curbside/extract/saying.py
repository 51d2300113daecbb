"""What sentences say of an outcome in both arms, weighed: near which words, at which time, of how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from curbside.extract.arms import Sides
from curbside.extract.evidence import Evidence
from curbside.extract.naming import Marks
from curbside.extract.statements import statements
from curbside.extract.terms import Lexicon, has, terms
from curbside.extract.weighing import BASELINE, CHANGE, GRAVE, SPAN_OF_TIME, Choice, by_measure, days
from curbside.language.linear import linear
from curbside.records import Axis, Comparison, Finding, Label, Measure, Quote, Span, Value

_NO_TOTAL = 0.2  # a share in a sentence that does not say of how many


_NOBODY = linear(
    r"(?i)\b(?:no|zero|none of the|neither)\b(?: (?:patients?|participants?|subjects?|women|children|"
    r"one) (?:had|experienced|developed|reported|suffered|with))?"
)


_OPENS = linear(
    r"(?i)(?:^|\bthere (?:were|was|have been) |\b(?:had|reported|experienced|observed|including|and|were) |[,;:] ?)$"
)


_WITH_NO = linear(r"(?i)\b(?:no|without|free of|free from|absence of|not)(?: [a-z-]{2,15}){0,2} ?$")


_DIFFER = linear(
    r"(?i)differen|significan|effect on|change|correlat|association|relation|increase|decrease|interaction|"
    r"evidence|data|information|control group|\brisk|higher|lower|subgroup|more |less "
)


_CLAUSE = linear(r"(?i)[;.]| (?:but|whereas|while|in the|in either) | and (?:no|the|one|two|[0-9])")


_OPENS_BEFORE = linear(
    r"(?i)^(?:[a-z]{1,12},? ){0,3}?"
    r"(?:baseline|before|prior to|initial(?:ly)?|pre-?(?:test|treatment|operative(?:ly)?))\b"
)
"""A sentence that opens on the time before treatment: "Before RT, the mean level was …"."""


_WORDS = re.compile(r"[^\W\d_]{3,60}+")


def said(
    asked: Comparison,
    sides: Sides,
    wanted: Sequence[tuple[str, float]],
    known: Marks,
    swapped: bool,
    evidence: Evidence,
) -> Iterable[Choice]:
    """Yield what sentences say of the outcome in both arms."""
    text = evidence.document.text
    total = sum(weight for _, weight in wanted)
    before = frozenset[str]()
    for sentence in evidence.sentences:
        if not sentence.reported or sides.times:
            continue
        words = sentence.span.of(text)
        here = evidence.lexicon.widened(words) if len(words) < 1_500 else frozenset[str]()
        got = sum(weight * (0.95 if has(term, here) else 0.5 if has(term, before) else 0.0) for term, weight in wanted)
        recall = got / total if total else 0.0
        earlier, before = before, here
        own = sum(weight for term, weight in wanted if has(term, here))
        if recall < 0.35 or own < 0.3 * total or not _telling(wanted, here | earlier):
            continue
        if asked.counted:
            yield from _none(asked, wanted, sentence.span, evidence)
        told = statements(evidence.document.id, text, sentence.span, known, asked.counted, swapped, True)
        for order, each in enumerate(told):
            near = _near(wanted, text, sentence.span, each.span, evidence.lexicon)
            topic = 0.62 * recall + 0.3 * near
            score = topic + 0.4 * each.sure
            score += by_measure(asked, each.first) + by_measure(asked, each.second)
            score += _asked_time(asked, words) + _said_time(asked, words, each.span.moved(-sentence.span.start))
            score -= 0.01 * order
            if _negated(wanted, words):
                score -= 0.4
            if asked.counted and each.first.value(Measure.TOTAL) is None:
                score -= _NO_TOTAL
            yield Choice(each.first, each.second, ("", ""), topic, each.sure, score, each.first.labels)


def _telling(wanted: Sequence[tuple[str, float]], known: frozenset[str]) -> bool:
    """Tell whether the most telling word of an outcome is there; a sentence without it speaks of something else."""
    most = max((weight for _, weight in wanted), default=0.0)
    return any(has(term, known) for term, weight in wanted if weight >= 0.95 * most)


def _none(
    asked: Comparison, wanted: Sequence[tuple[str, float]], sentence: Span, evidence: Evidence
) -> Iterable[Choice]:
    """Yield zero in both arms where a sentence says that nobody had the outcome: "There were no cases of …"."""
    text = evidence.document.text
    words = sentence.of(text)
    total = sum(weight for _, weight in wanted)
    for match in _NOBODY.finditer(words):
        piece = words[match.end() : match.end() + 90]
        stop = _CLAUSE.search(piece)
        piece = piece[: stop.start()] if stop else piece
        known = evidence.lexicon.widened(piece)
        got = sum(weight for term, weight in wanted if has(term, known))
        if not total or got < 0.75 * total or _DIFFER.search(words[match.start() : match.end() + 60]):
            continue
        start = sentence.start + match.start()
        if not _OPENS.search(words[: match.start()]) or (GRAVE.search(piece) and not GRAVE.search(asked.outcome)):
            continue  # no serious events is not no events
        quote = Quote(evidence.document.id, Span(start, start + len(match.group())), match.group())
        whole = Quote(evidence.document.id, sentence, words)
        zero = Value(Measure.COUNT, match.group().split()[-1], 0.0, (quote,))
        label = Label(words, whole, Axis.WORDS, 0)
        finding = Finding((zero,), (label,), -1, True, quote)
        yield Choice(finding, finding, ("", ""), got / total, 0.8, 0.72 * got / total + 0.4, (label,))


def _negated(wanted: Sequence[tuple[str, float]], words: str) -> bool:
    """Tell whether a sentence counts those who did not have the outcome: "no severe events occurred in 13 of 69"."""
    telling = [term for term, weight in wanted if weight > 0.4]
    places = [m for m in _WORDS.finditer(words) if any(has(term, frozenset(telling)) for term in terms(m.group()))]
    return bool(places) and all(_WITH_NO.search(words[max(0, m.start() - 50) : m.start()]) for m in places)


def _said_time(asked: Comparison, words: str, values: Span) -> float:
    """Weigh the time that stands nearest to the values against the one asked for."""
    wanted = {days(match.group()) for match in SPAN_OF_TIME.finditer(asked.outcome)}
    if not wanted:
        return 0.0
    near = [
        (min(abs(match.end() - values.start), abs(match.start() - values.end)), days(match.group()))
        for match in SPAN_OF_TIME.finditer(words)
    ]
    if not near:
        return 0.0
    return 0.12 if min(near)[1] in wanted else -0.15


def _near(wanted: Sequence[tuple[str, float]], text: str, sentence: Span, values: Span, lexicon: Lexicon) -> float:
    """Return how much of the outcome stands right before or among the values."""
    words = text[max(sentence.start, values.start - 160) : min(sentence.end, values.end + 40)]
    return lexicon.covered([term for term, _ in wanted], lexicon.widened(words))


def _asked_time(asked: Comparison, words: str) -> float:
    if BASELINE.search(asked.outcome) and not BASELINE.search(words):
        return -0.2
    if BASELINE.search(asked.outcome):
        return 0.0
    if _OPENS_BEFORE.search(words[:60]):
        return -0.25
    if BASELINE.search(words) and not CHANGE.search(words):
        return -0.1
    return 0.0
