"""Values side by side: findings of one table that differ in one label alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.extract.terms import terms
from curbside.records import Axis, Finding, Label, LabelRole

_ALIKE = (Axis.STUB, Axis.CAPTION)
_MOST = 40
"""Alternatives of one label that are paired with each other; a longer list is a list of outcomes, not of arms."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two findings that differ in one label.

    Attributes:
        first, second: the findings.
        one, two: the labels in which they differ.
        shared: the labels of both.
    """

    first: Finding
    second: Finding
    one: Label
    two: Label
    shared: tuple[Label, ...]


def pairs(findings: Sequence[Finding]) -> Iterator[Pair]:
    """Yield every ordered pair of findings of one table that differ in one label alone."""
    for axis_level, alternatives in _alternatives(findings):
        if len(alternatives) > _MOST:
            continue
        for first, one in alternatives:
            for second, two in alternatives:
                if first is not second and one.text != two.text:
                    shared = tuple(label for label in first.labels if (label.axis, label.level) != axis_level)
                    yield Pair(first, second, one, two, shared)


def _alternatives(
    findings: Sequence[Finding],
) -> Iterator[tuple[tuple[Axis, int], list[tuple[Finding, Label]]]]:
    buckets: dict[tuple[object, ...], list[tuple[Finding, Label]]] = defaultdict(list)
    for finding in findings:
        key = [(label.axis, label.level, terms(label.text)) for label in finding.labels if label.axis not in _ALIKE]
        for label in finding.labels:
            if label.axis in _ALIKE or label.role in (LabelRole.STATISTIC, LabelRole.COMPARISON):
                continue
            mine = (label.axis, label.level, terms(label.text))
            rest = tuple(item for item in key if item != mine)
            buckets[(finding.place, label.axis, label.level, rest)].append((finding, label))
    for (_, axis, level, _rest), found in buckets.items():
        if len(found) > 1 and isinstance(axis, Axis) and isinstance(level, int):
            yield (axis, level), found
