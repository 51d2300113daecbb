"""What speaks for two values as the answer to a question: their time, their rank, what is measured."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from curbside.extract.arms import Sides, is_before, shares
from curbside.extract.evidence import Evidence
from curbside.extract.pairs import Pair
from curbside.extract.terms import terms
from curbside.language.linear import linear
from curbside.records import Axis, Comparison, Finding, Label, LabelRole, Measure

_TIME_ASKED = linear(
    r"(?i)\b(?:baseline|(?:week|month|day|year|visit|hour|min|minute)s? ?[0-9]+|[0-9]+ ?-?(?:weeks?|months?|"
    r"days?|years?|hours?|h|min|minutes?)|admission|post-?test|pre-?test|follow-?up)\b"
)


CHANGE = linear(r"(?i)\bchang|\bimprov|\breduc|\bdecreas|\bincreas|\bgain|\bloss\b|\bdelta|Δ|\bdifference")


BASELINE = linear(r"(?i)\bbaseline\b|\bcharacteristics?\b|\bdemographic|\bon admission\b|\bat entry\b|pre-?test\b")


_LATER = linear(
    r"(?i)chang|improv|reduc|differen|from (?:the )?baseline|follow|\bafter\b|\bpost|\bweeks?\b|\bmonths?\b"
    r"|\bend\b|\bduring\b|over time"
)
GRAVE = linear(r"(?i)\b(?:serious|severe|fatal|major|life-threatening)")


_FINAL = linear(r"(?i)\b(?:post|after|end|final|endpoint)\b|^post|\bt1\b")


_FOLLOW = linear(r"(?i)\bfollow")


SPAN_OF_TIME = linear(
    r"(?i)([0-9]+(?:\.[0-9]+)?)(?: ?(?:-|–|to) ?[0-9]+(?:\.[0-9]+)?)?[ -]?(years?|yrs?|months?|mos?|weeks?|"
    r"wks?|days?|hours?|hrs?|h|minutes?|mins?)\b|\b(years?|months?|weeks?|wks?|days?|visits?|"
    r"hours?)\.? ?([0-9]+)"
)


_DAYS = {"y": 365.0, "mo": 30.0, "w": 7.0, "d": 1.0, "h": 0.04, "mi": 0.001, "v": 10.0}


_ENDS = linear(r"^[A-Za-z]{1,12}[ -]?[0-9]{1,3}$")


_PRIMARY = linear(r"(?i)\bprimary (?:out|end|eff)")


_ITT = linear(r"(?i)\bintent(?:ion)?[- ]to[- ]treat|\bitt\b|\bfull analysis")


_WHOLE = linear(r"(?i)\b(?:total|overall|all|any)\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """Two findings side by side with what speaks for them.

    Attributes:
        first, second: the intervention's and the comparator's.
        names: the labels that name the two arms, "" for a sentence.
        topic: how well the words around name the outcome, from 0 to 1.
        fit: how well the labels name the arms.
        score: all together.
        shared: the labels of both.
    """

    first: Finding
    second: Finding
    names: tuple[str, str]
    topic: float
    fit: float
    score: float
    shared: tuple[Label, ...] = ()


def pair_score(asked: Comparison, sides: Sides, pair: Pair, topic: float, fit: float, evidence: Evidence) -> float:
    """Return what speaks for a pair of a table's values: words, arms, time, rank and measure together."""
    lexicon = evidence.lexicon
    shared = frozenset(term for label in pair.shared for term in lexicon.widened(label.text))
    shared |= lexicon.widened(pair.one.text) & lexicon.widened(pair.two.text)
    score = topic + 0.25 * min(fit, 2.4) + 0.15 * shares(sides, shared, evidence.lexicon)
    score += _by_time(asked, sides, (*pair.shared, pair.one) if sides.times else pair.shared)
    if sides.times:
        score += 0.5 * lexicon.covered(sides.own, shared)
    score += _by_rank(asked, pair.shared)
    score += by_measure(asked, pair.first) + by_measure(asked, pair.second)
    if {value.measure for value in pair.first.values} != {value.measure for value in pair.second.values}:
        score -= 0.05
        if pair.first.values[0].measure is not pair.second.values[0].measure:
            score -= 0.1  # a size beside a count, not the same in another arm
    graver = GRAVE.search(asked.outcome)
    if graver is not None and not any(GRAVE.search(label.text) for label in pair.shared):
        score -= 1.2
    caption = evidence.caption(pair.first.place)
    before = caption is not None and BASELINE.search(caption.text) and not _LATER.search(caption.text)
    if before and not BASELINE.search(asked.outcome) and not sides.times:
        score -= 1.0
    return score - 0.004 * pair.first.place - 0.00001 * pair.first.quote.span.start / 1000


def _by_time(asked: Comparison, sides: Sides, labels: Iterable[Label]) -> float:
    score = 0.0
    wants = _TIME_ASKED.search(asked.outcome) is not None
    labels = list(labels)
    last = [label.text for label in labels if label.axis is Axis.ROW and _ENDS.match(label.text)]
    score += sum(0.001 * math.log1p(float(re.sub("[^0-9]", "", text))) for text in last)
    asked_terms = frozenset(terms(asked.outcome))
    times = [days(match.group()) for match in SPAN_OF_TIME.finditer(asked.outcome)]
    change_asked = CHANGE.search(asked.outcome) is not None
    for label in labels:
        if label.role is not LabelRole.TIME and not (label.axis is Axis.COLUMN and CHANGE.search(label.text)):
            continue
        changed = CHANGE.search(label.text) is not None or "Δ" in label.text
        if wants and not (changed and change_asked):
            own = terms(label.text)
            if (own and sum(term in asked_terms for term in own) * 2 >= len(own)) or _same_time(label.text, times):
                score += 0.15
                continue
            score -= 0.1
        if is_before(label.text) and not changed:
            score -= 0.45
            continue
        if changed:
            score += 0.2 if change_asked else -0.1
        score += 0.006 * math.log1p(days(label.text)) if days(label.text) else 0.0
        if _FINAL.search(label.text) and not _FOLLOW.search(label.text):
            score += 0.06
    return score


def _same_time(label: str, times: Iterable[float]) -> bool:
    """Tell whether a label names one of some times in another unit: 12 months for 1 year, 4 weeks for a month."""
    own = days(label)
    return own > 1 and any(abs(own - time) <= 0.07 * own for time in times)


def _by_rank(asked: Comparison, labels: Iterable[Label]) -> float:
    """Prefer what is primary, analysed as allocated, and of everyone, where nothing narrower is asked."""
    score = 0.0
    for label in labels:
        if label.axis is Axis.STUB:
            continue
        score += 0.1 if _PRIMARY.search(label.text) else 0.0
        score += 0.04 if _ITT.search(label.text) else 0.0
        score += 0.05 if _WHOLE.search(label.text) and not label.text.lower().startswith("all-cause") else 0.0
    return score


def days(text: str) -> float:
    """Return the time that a label names, in days, 0 where it names none."""
    match = SPAN_OF_TIME.search(text)
    if match is None:
        return 0.0
    unit, number = (match.group(2), match.group(1)) if match.group(2) else (match.group(3), match.group(4))
    unit = unit.lower()
    for start, worth in _DAYS.items():
        if unit.startswith(start):
            return float(number) * worth
    return float(number)


def by_measure(asked: Comparison, finding: Finding) -> float:
    """Return what speaks for a finding by what it measures: counts where counts are wanted, means where means are."""
    measures = {value.measure for value in finding.values}
    if asked.counted:
        count, size = finding.value(Measure.COUNT), finding.value(Measure.TOTAL)
        if count is not None and size is not None and count.number > size.number:
            return -0.3  # more than the arm has: eggs, visits or doses were counted, not people
        if count is not None:
            return 0.06
        if Measure.PERCENT in measures:
            return 0.04
        if Measure.NUMBER in measures:
            return 0.0
        mean = finding.value(Measure.MEAN)
        if mean is not None and 0 <= mean.number <= 1 and "." in mean.printed and Measure.SD not in measures:
            return 0.02
        return -0.15
    if Measure.MEAN in measures:
        return 0.1 if Measure.SD in measures else 0.08 if measures & {Measure.SE, Measure.CI} else 0.05
    number = finding.value(Measure.NUMBER)
    if Measure.MEDIAN in measures or (number is not None and "." in number.printed):
        return 0.0
    return -0.06 if measures & {Measure.PERCENT, Measure.RATE} and Measure.COUNT not in measures else -0.25
