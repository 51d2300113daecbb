"""Where a sentence comes from, for a patient: what was done, with how many people, and how sure that makes it."""

from __future__ import annotations

from curbside.language.counts import counts
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.records import AnswerFacet, AnswerSentence, Derivation, EvidenceKind, Holding, ReferenceEntry

NOTE = "For some sources we hold a short note on the paper, not the paper."

_FEW = 30
"""People below whom a study is called small."""

COMES_FROM: dict[EvidenceKind, tuple[str, ...]] = {
    EvidenceKind.GUIDELINE: ("This comes from a guideline.", "It is advice for doctors."),
    EvidenceKind.SUMMARY: ("This comes from a text that sums up what is known.", "It is no guideline."),
    EvidenceKind.META_ANALYSIS: (
        "This comes from a report that adds up the numbers of several studies.",
        "It is as sure as those are.",
    ),
    EvidenceKind.SYSTEMATIC_REVIEW: (
        "This comes from a report that sums up the studies it could find.",
        "It is as sure as those are.",
    ),
    EvidenceKind.RANDOMISED: ("This comes from a trial.", "Chance decided who got what."),
    EvidenceKind.TRIAL: ("This comes from a trial.", "Chance did not decide who got what, so it is less sure."),
    EvidenceKind.COHORT: ("This comes from a study that followed a group of people.", "It cannot prove a cause."),
    EvidenceKind.CASE_CONTROL: (
        "This comes from a study that set ill people beside healthy ones.",
        "It cannot prove a cause.",
    ),
    EvidenceKind.CROSS_SECTIONAL: ("This comes from a study that looked at people once.", "It cannot prove a cause."),
    EvidenceKind.CASE_SERIES: ("This comes from a report on a few people.", "There was no group to compare them with."),
    EvidenceKind.CASE_REPORT: (
        "This comes from a report on a single person, or very few.",
        "It may not hold for others.",
    ),
    EvidenceKind.REVIEW: ("This comes from a text in which experts tell what others found.",),
    EvidenceKind.LABORATORY: ("This comes from work in a lab, not in people.",),
    EvidenceKind.ANIMALS: ("This comes from work on animals, not people.",),
    EvidenceKind.PROTOCOL: ("This comes from the plan of a study.", "It has no results yet."),
    EvidenceKind.REGISTRATION: ("This comes from the plan of a study.", "It has no results yet."),
    EvidenceKind.STUDY: ("This comes from a study.", "We could not tell how it was done."),
    EvidenceKind.SECONDARY: ("This comes from a page that tells what others found.", "It is not the study itself."),
    EvidenceKind.REPLY: ("This comes from a reply by a clinician.",),
    EvidenceKind.GENERATED: ("This comes from a text that nobody signed.", "Take care with it."),
    EvidenceKind.OTHER: ("This comes from a page whose kind we do not know.",),
}
"""Kind of evidence -> where a sentence comes from and how sure that is."""

_COUNTED = frozenset(
    {
        EvidenceKind.RANDOMISED,
        EvidenceKind.TRIAL,
        EvidenceKind.COHORT,
        EvidenceKind.CASE_CONTROL,
        EvidenceKind.CROSS_SECTIONAL,
        EvidenceKind.CASE_SERIES,
        EvidenceKind.STUDY,
    }
)
"""Kinds whose number of people is that of one study."""


_BY_SECTION = {
    AnswerFacet.SECONDARY: EvidenceKind.SECONDARY,
    AnswerFacet.REPLIES: EvidenceKind.REPLY,
    AnswerFacet.UNSIGNED: EvidenceKind.GENERATED,
    AnswerFacet.PAGES: EvidenceKind.OTHER,
}
"""Section -> the kind of what stands in it, for pages that hold several."""
_MIXED = (
    "This comes from a page with a reply by a clinician.",
    "Text that nobody signed stands there too.",
    "Take care with it.",
)


def kind_in(entry: ReferenceEntry, facet: AnswerFacet) -> EvidenceKind | None:
    """Return the kind of what a section says from a source; None where a page holds a reply and unsigned text."""
    kinds = [kind for kind in COMES_FROM if kind.value in _kinds_of(entry)]
    by_section = _BY_SECTION.get(facet)
    if by_section in kinds:
        return by_section
    if {EvidenceKind.REPLY, EvidenceKind.GENERATED} <= set(kinds):
        return None
    return kinds[0] if kinds else EvidenceKind.OTHER


def source_words(
    entry: ReferenceEntry, kind: EvidenceKind | None, holding: Holding | None, several: bool, claim: str, least: int
) -> tuple[list[str], list[Derivation]]:
    """Return sentences on a source that is cited for the first time, and where their number stands.

    Args:
        entry: the source in the reference list.
        kind: see `kind_in`.
        holding: its document, or None.
        several: whether the sentence cites others beside it.
        claim: what the sentence says; a number of people that it gives is not said again.
        least: the most people that a sentence from this source counts; a smaller study was read wrong.
    """
    words = list(COMES_FROM[kind] if kind is not None else _MIXED)
    derived: list[Derivation] = []
    if several:
        words[0] = words[0].replace("This comes from", f"Source {entry.number} is", 1)
        derived.append(Derivation(str(entry.number), "number in the list of sources"))
    profile = holding.profile if holding is not None else None
    if holding is None or profile is None or kind not in _COUNTED or not profile.n or profile.n_span is None:
        return words, derived
    if profile.n < least or any(number.value == profile.n for number in numbers(claim)):
        return words, derived
    quoted = _people_in(holding)
    if not quoted:
        return words, derived
    only = "Only " if profile.n < _FEW else ""
    took = "person was" if profile.n == 1 else "people were"
    words.append(f"{only}{profile.n} {took} studied.")
    return words, [*derived, Derivation(str(profile.n), f"“{quoted}” in source {entry.number}")]


_BARE = linear(
    r"(?i)\b(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a single) (?:[\w-]+ ){0,2}?"
    r"(?:deaths?|patients?|people|person|children|child|infants?|adults?|cases?|times|infections|events)\b"
)
"""So many of something, without of how many."""
_HARMED = linear(
    r"(?i)\b(?:deaths?|died|fatal\w*|stopp(?:ed|ing)|discontinu\w+|infections?|pneumonia|adverse|side[- ]effects?"
    r"|toxicit\w+|serious|severe|harm\w*)\b"
)
"""Words of harm, by which a bare number frightens."""


def out_of(sentence: AnswerSentence, holding: Holding | None, least: int) -> tuple[list[str], list[Derivation]]:
    """Return among how many people the harms were counted that a sentence counts without saying so.

    Args:
        sentence: on one source; "Six deaths were reported" says nothing without of how many.
        holding: its document, or None.
        least: see `source_words`.
    """
    text = sentence.text
    if holding is None or "%" in text or _BARE.search(text) is None or _HARMED.search(text) is None:
        return [], []
    if any(count.n for count in counts(text)):
        return [], []
    n = holding.profile.n
    quoted = _people_in(holding) if n else ""
    said = {number.value for number in numbers(text)}
    if not quoted or not n or n < max(least, 2) or any(n <= (value or 0) for value in said):
        return [], []
    return [f"{n} people were looked at in all."], [
        Derivation(str(n), f"“{quoted}” in source {sentence.references[0]}")
    ]


_NOT_ALL = linear(r"(?i)\b(?:of (?:the |these |those )?|in |remaining |other )$")
_STUDIED = linear(
    r"(?i)^(?:[\w-]+ ){0,4}?(?:patients|children|people|adults|infants|participants|recipients|women|men|subjects|cases"
    r"|individuals|volunteers|neonates|adolescents)\b"
)


def _people_in(holding: Holding) -> str:
    """Return the words that say how many people a study had, "" where they may count some of them, or another study.

    A document that tells of several works, and a number that follows "of the", are no study's size.
    """
    document, span = holding.document, holding.profile.n_span
    if span is None or any(part.group for part in document.parts):
        return ""
    before, printed = document.text[max(span.start - 24, 0) : span.start], span.of(document.text)
    after = document.text[span.end : span.end + 60].replace("\n", " ")
    figure = numbers(printed)
    if not figure or figure[0].value != holding.profile.n:
        return ""
    tail = (printed[figure[0].span.end :] + after).lstrip()
    opens = printed[: figure[0].span.start] or before
    found = _STUDIED.match(tail)
    if found is None or _NOT_ALL.search(opens) is not None:
        return ""
    return " ".join(f"{figure[0].printed} {tail[: found.end()]}".split())


def _kinds_of(entry: ReferenceEntry) -> set[str]:
    return {part.strip() for each in entry.kind.split(",") for part in each.split(" and ")}
