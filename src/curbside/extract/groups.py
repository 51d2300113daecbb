"""The arms of a trial, as the heads of its tables name them, with the sizes that stand there."""

from __future__ import annotations

from collections import Counter

from curbside.extract.evidence import Evidence
from curbside.extract.terms import terms
from curbside.records import Arm, Axis, LabelRole, Measure, Value


def arms(evidence: Evidence) -> tuple[Arm, ...]:
    """Return the arms that at least one table sets side by side, the most often named first.

    Labels of the same words are one arm ("Placebo group", "Placebo"); its sizes are those printed in heads over its
    values, the commonest first. An article without tables of arms has none here.
    """
    beside = {
        label.text
        for pair in evidence.pairs
        for label in (pair.one, pair.two)
        if label.role is LabelRole.ARM and label.axis is Axis.COLUMN
    }
    named: Counter[str] = Counter()
    sizes: dict[frozenset[str], list[Value]] = {}
    for finding in evidence.findings:
        for label in finding.labels:
            if label.text in beside and finding.reported:
                named[label.text] += 1
                total = finding.value(Measure.TOTAL)
                if total is not None:
                    sizes.setdefault(_key(label.text), []).append(total)
    by_key: dict[frozenset[str], list[str]] = {}
    for name, _ in named.most_common():
        by_key.setdefault(_key(name), []).append(name)
    return tuple(Arm(names[0], tuple(names[1:]), _ranked(sizes.get(key, []))) for key, names in by_key.items())


def _key(name: str) -> frozenset[str]:
    return frozenset(terms(name)) - {"group", "arm"}


def _ranked(sizes: list[Value]) -> tuple[Value, ...]:
    counts = Counter(size.number for size in sizes)
    first = {size.number: size for size in reversed(sizes)}
    return tuple(first[number] for number, _ in counts.most_common())
