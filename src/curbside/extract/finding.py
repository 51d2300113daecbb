"""The query over an article's findings: outcome, intervention and comparator in, the numbers of both sides out."""

from __future__ import annotations

from curbside.extract.asking import Search, search
from curbside.extract.completing import side
from curbside.extract.evidence import Evidence
from curbside.extract.sizes import everyone, table_sizes, told_sizes, topic_sizes
from curbside.extract.weighing import Choice
from curbside.language.linear import linear
from curbside.records import Compared, Comparison, Measure, Side, Value

_MEDIAN = linear(r"(?i)\bmedians?\b")
_SAME_TOPIC = 0.5  # a table on the same outcome tells of how many a sentence speaks
_ENOUGH = 0.62
"""Score below which a pair is no answer: its words are those of another outcome."""


def find(asked: Comparison, evidence: Evidence) -> Compared:
    """Return the two sides of a comparison as the article gives them; what it does not give stays None."""
    found = search(asked, evidence)
    medians = _MEDIAN.search(asked.outcome) is not None
    best = found.choices[0] if found.choices and found.choices[0].score >= _ENOUGH else None
    one, two = _sizes(asked, best, found, evidence)
    if best is None:
        why = "no values of both arms stand side by side for this outcome"
        return Compared(Side(total=one), Side(total=two), 0.0, why)
    return Compared(side(asked, best.first, one, medians), side(asked, best.second, two, medians), best.score)


def _sizes(
    asked: Comparison, best: Choice | None, found: Search, evidence: Evidence
) -> tuple[Value | None, Value | None]:
    """Return the sizes of the two arms, for values that do not come with their own."""
    if best is not None and best.first.value(Measure.TOTAL) and best.second.value(Measure.TOTAL):
        return None, None
    if best is not None and not best.names[0]:
        same = _same_topic(found)
        if same is not None:
            return same
    if found.times:
        whole = everyone(evidence)
        return whole, whole
    topical = topic_sizes(asked, found.known, evidence, found.swapped)
    if topical is not None:
        return topical
    names = [best.names, *found.names] if best is not None and best.names[0] else list(found.names)
    one, two = table_sizes(names, evidence)
    if one is None or two is None:
        told_one, told_two = told_sizes(found.known, evidence, found.swapped)
        if told_one is not None and told_two is not None:
            return told_one, told_two
        one, two = one or told_one, two or told_two
    return one, two


def _same_topic(found: Search) -> tuple[Value, Value] | None:
    """Return the sizes that a table gives for the outcome a sentence speaks of, where all its rows on it agree."""
    sizes: dict[tuple[float, float], tuple[Value, Value]] = {}
    topic = 0.0
    for choice in found.choices:
        one, two = choice.first.value(Measure.TOTAL), choice.second.value(Measure.TOTAL)
        if choice.names[0] and one is not None and two is not None and choice.topic >= max(_SAME_TOPIC, topic - 0.02):
            topic = max(topic, choice.topic)
            sizes.setdefault((one.number, two.number), (one, two))
    return next(iter(sizes.values())) if len(sizes) == 1 else None


__all__ = ["Evidence", "find"]
