"""Which sources of an answer newer and stronger ones have answered since: an old review that knew no trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curbside.records import EvidenceKind, Holding, Question, ReferenceEntry, Superseded

_K = EvidenceKind
_STRENGTH: dict[EvidenceKind, int] = {
    _K.META_ANALYSIS: 6,
    _K.SYSTEMATIC_REVIEW: 6,
    _K.GUIDELINE: 5,
    _K.SUMMARY: 5,
    _K.RANDOMISED: 5,
    _K.TRIAL: 4,
    _K.COHORT: 3,
    _K.CASE_CONTROL: 3,
    _K.CROSS_SECTIONAL: 2,
    _K.CASE_SERIES: 2,
    _K.REVIEW: 2,
    _K.STUDY: 2,
    _K.CASE_REPORT: 1,
    _K.SECONDARY: 1,
}
"""Order of the OCEBM 2011 levels for treatment; a review by its own words counts little."""
_SUMS_UP = frozenset({_K.META_ANALYSIS, _K.SYSTEMATIC_REVIEW, _K.GUIDELINE, _K.SUMMARY, _K.REVIEW})
_AT_LEAST = 4
"""Strength from which a source answers a question for others."""
_YEARS, _YEARS_ALIKE = 3, 5
"""Years by which a stronger source must be newer, and one of equal strength that sums up what is known."""
_SHOWN = 3
_MAIN = 3
"""Conditions of a profile that a text is mainly about: two texts must share one of them, not only a field."""


def superseded(
    question: Question, references: Sequence[ReferenceEntry], holdings: Mapping[str, Holding]
) -> tuple[Superseded, ...]:
    """Return the references that newer ones of the same drug and condition have answered since, in their order.

    Only where a treatment and a condition are asked about, and both sources are about them: what a paper only mentions
    supersedes nothing. `holdings` are the documents cited, by id.
    """
    wants = [frozenset(each.ids) for each in (*question.drugs, *question.procedures, *question.conditions)]
    if not question.conditions or len(wants) < 2:
        return ()
    asked = frozenset(each for expansion in question.conditions for each in expansion.ids)
    about = [
        (entry, profile.evidence, asked.intersection(profile.conditions[:_MAIN]))
        for entry in references
        if entry.year is not None and entry.document in holdings and _is_about(holdings[entry.document], wants)
        for profile in (holdings[entry.document].profile,)
    ]
    found: list[Superseded] = []
    for older, kind, conditions in about:
        newer = [
            (entry, other)
            for entry, other, theirs in about
            if conditions & theirs and _answers_since(entry, other, older, kind)
        ]
        newer.sort(key=lambda pair: (-(pair[0].year or 0), pair[0].number))
        if newer:
            by = " and ".join(f"{_named(other)} of {entry.year} [{entry.number}]" for entry, other in newer[:_SHOWN])
            has = "has" if len(newer) == 1 else "have"
            told = f"[{older.number}] is {_named(kind)} of {older.year}; {by} {has} answered this since."
            found.append(Superseded(older.number, tuple(entry.number for entry, _ in newer[:_SHOWN]), told))
    return tuple(found)


def _is_about(holding: Holding, wants: Sequence[frozenset[str]]) -> bool:
    about = {*holding.profile.drugs, *holding.profile.conditions}
    return all(not ids.isdisjoint(about) for ids in wants)


def _answers_since(newer: ReferenceEntry, other: EvidenceKind, older: ReferenceEntry, kind: EvidenceKind) -> bool:
    if newer.work == older.work or newer.year is None or older.year is None:
        return False
    mine, theirs = _STRENGTH.get(kind, _AT_LEAST), _STRENGTH.get(other, 0)
    if kind is _K.RANDOMISED:
        return False  # a trial stands; what sums it up does not replace it
    if theirs > mine and theirs >= _AT_LEAST:
        return newer.year - older.year >= _YEARS
    alike = {kind, other} <= _SUMS_UP and theirs >= mine
    return alike and newer.year - older.year >= _YEARS_ALIKE


def _named(kind: EvidenceKind) -> str:
    words = kind.value
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
