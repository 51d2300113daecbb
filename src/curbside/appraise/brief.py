"""Levels of evidence for the sources of an answer, from their profiles and first pages; no study is read whole.

A study card says more and costs milliseconds a study; an answer is told in a few. What is not found here is said to be
not judged, never to be absent from the study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curbside.appraise.levels import TABLE, level_of, level_of_body
from curbside.language.linear import linear
from curbside.records import (
    Aim,
    Fact,
    Field,
    Holding,
    Level,
    Number,
    Quote,
    ReferenceEntry,
    Report,
    Span,
    Study,
    Terms,
)

_READ = 8_000
"""Code points at the head of a text that are read for its design."""
_COMPARED = linear(
    r"(?i)\b(?:compared with|versus|vs\.?|control group|controls?\b|placebo|vehicle|matched|untreated|comparator"
    r"|than (?:in|with))"
)
_BLINDED = linear(r"(?i)\b(?:double[- ]blind\w*|triple[- ]blind\w*|masked|blinded|open[- ]label|unblinded)\b")
_TOLD = ((Field.COMPARATOR, _COMPARED), (Field.BLINDING, _BLINDED))


def study_of(holding: Holding) -> Study:
    """Return the study that a document reports, with what decides its level: design, people, comparison, blinding."""
    document, profile = holding.document, holding.profile
    facts: list[Fact] = []
    if profile.n is not None and profile.n_span is not None:
        quote = Quote(document.id, profile.n_span, profile.n_span.of(document.text))
        facts.append(Fact(Field.N, Number(str(profile.n)), quote))
    head = document.text[:_READ]
    for field, pattern in _TOLD:
        match = pattern.search(head)
        if match is not None:
            span = Span(match.start(), match.end())
            facts.append(Fact(field, Terms((span.of(head),)), Quote(document.id, span, span.of(head))))
    report = Report(
        document.id,
        holding.work,
        document.title,
        document.year,
        document.kind,
        profile.evidence,
        standing=holding.standing,
    )
    return Study(holding.work, (report,), design=profile.evidence, facts=tuple(facts))


def levels_of(
    references: Sequence[ReferenceEntry], holdings: Mapping[str, Holding], aim: Aim
) -> tuple[dict[int, Level], Level | None]:
    """Return the suggested level of each reference that reports a study, by number, and that of all of them together.

    `holdings` are the documents cited, by id. Reports of one work count once.
    """
    studies: dict[str, Study] = {}
    found: dict[int, Level] = {}
    for entry in references:
        holding = holdings.get(entry.document)
        if holding is None or holding.profile.evidence not in TABLE[aim]:
            continue
        study = study_of(holding)
        level = level_of(study, aim)
        if level.level is not None:
            found[entry.number] = level
        studies.setdefault(holding.work, study)
    return found, level_of_body(tuple(studies.values()), aim=aim) if studies else None
