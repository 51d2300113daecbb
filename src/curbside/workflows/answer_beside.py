"""What is put beside an answer once it is composed: a verdict, disagreement, newer evidence, levels, the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from curbside.answer.intents import AIM_CUE, REPORTED_HARM
from curbside.answer.opposing import opposed
from curbside.answer.since import superseded
from curbside.answer.verdicts import together
from curbside.appraise.brief import levels_of
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Aim,
    Answer,
    AnswerFacet,
    AnswerVerdict,
    EvidenceKind,
    Filters,
    Holding,
    Intent,
    Opposed,
    OpposedSide,
    Question,
    Quote,
    Says,
    SearchDone,
    SearchStep,
    SourceSays,
)

_DECIDING = frozenset({AnswerFacet.SHORT, AnswerFacet.GUIDELINES, AnswerFacet.RESEARCH, AnswerFacet.SECONDARY})
_UNSIGNED = frozenset({EvidenceKind.GENERATED, EvidenceKind.OTHER, EvidenceKind.PROTOCOL, EvidenceKind.REGISTRATION})
_DECIDED = frozenset({Intent.EFFICACY, Intent.HARM, Intent.GENERAL, Intent.USE, Intent.EFFECT})
"""Intents of questions that a reading of results decides; whether something is first-line is no result."""
_SOURCES, _SENTENCES = 6, 8
"""Sources that are read for a verdict, and sentences of each, at the most."""
_HELD_APART = 14
"""Sentences that are held against each other at the most."""


def with_beside(
    answer: Answer,
    holdings: Mapping[str, Holding],
    vocabulary: Vocabulary,
    changed: str,
    steps: Sequence[SearchStep],
) -> Answer:
    """Return an answer with what stands beside its sentences; they stay as they are.

    `holdings` are the documents read, by id; `changed` is when the library last changed, `steps` how it was searched.
    """
    search = _search(answer, len(holdings), changed, steps)
    if answer.declined:
        return replace(answer, search=search)
    question = answer.question
    aim = Aim.HARMS if question.intents[0] is Intent.HARM else Aim.TREATMENT
    levels, body = levels_of(answer.references, holdings, aim)
    references = tuple(
        replace(
            entry,
            level=levels.get(entry.number),
            people=holdings[entry.document].profile.n if entry.document in holdings else None,
        )
        for entry in answer.references
    )
    return replace(
        answer,
        references=references,
        verdict=verdict_of(answer, holdings, vocabulary),
        opposed=_opposed(answer, holdings, vocabulary),
        superseded=superseded(question, references, holdings),
        # Studies of several conditions are no body of evidence on anything.
        level=body if question.conditions or question.outcomes else None,
        search=search,
    )


def _search(answer: Answer, read: int, changed: str, steps: Sequence[SearchStep]) -> SearchDone:
    composed = answer.search or SearchDone("", answer.searched[1], ())
    return replace(
        composed,
        changed=changed,
        steps=tuple(steps),
        filters=filter_words(answer.question.filters),
        read=read,
        quoted=len(answer.references),
    )


def filter_words(filters: Filters) -> tuple[str, ...]:
    """Return the conditions that were set on the sources, in words."""
    found: list[str] = []
    for name, values in (
        ("kinds", filters.kinds),
        ("evidence", filters.evidence),
        ("drugs", filters.drugs),
        ("conditions", filters.conditions),
        ("ages", filters.ages),
        ("shelves", filters.shelves),
    ):
        if values:
            found.append(f"{name}: {', '.join(str(value) for value in values)}")
    if filters.since is not None:
        found.append(f"since {filters.since}")
    if filters.until is not None:
        found.append(f"until {filters.until}")
    if filters.noticed is not None:
        found.append("with an editorial notice" if filters.noticed else "without an editorial notice")
    return tuple(found)


def verdict_of(answer: Answer, holdings: Mapping[str, Holding], vocabulary: Vocabulary) -> AnswerVerdict | None:
    """Return what the sources cited suggest on a yes/no question; None where it is none, or they decide nothing.

    A sentence decides only where it names what the question names first: "seizures" in tuberous sclerosis.
    Whether something is safe is no question of yes or no, unless it asks for one harm.
    """
    from curbside.extract.verdict_brief import asks_yes_or_no, brief, outcomes_of

    question = answer.question
    several = len(question.drugs) + len(question.classes) + len(question.procedures) > 1
    harm = question.intents[0] is Intent.HARM
    if not asks_yes_or_no(question.text) or (several and Intent.COMPARISON in question.intents):
        return None
    if question.intents[0] not in _DECIDED or (harm and not question.outcomes):
        return None
    wanted = (*_DECIDING, AnswerFacet.HARMS) if harm else _DECIDING
    first = _asked_first(question)
    by_source: dict[int, list[Quote]] = {}
    number_of = {entry.document: entry.number for entry in answer.references}
    for section in answer.sections:
        for sentence in section.sentences if section.facet in wanted else ():
            for quote in (sentence.quotes[-1], *sentence.also):
                holding, number = holdings.get(quote.document), number_of.get(quote.document)
                if holding is None or number is None or holding.profile.evidence in _UNSIGNED:
                    continue
                if AIM_CUE.search(quote.words) or (not harm and REPORTED_HARM.search(quote.words)):
                    continue
                if not first or any(each.concept in first for each in vocabulary.mentions(quote.words)):
                    by_source.setdefault(number, []).append(quote)
    outcomes = outcomes_of(question.text, [each.span for each in question.expansions])
    said: list[SourceSays] = []
    hedged: set[int] = set()
    for number, quotes in sorted(by_source.items())[:_SOURCES]:
        found = brief(question.text, quotes[:_SENTENCES], outcomes)
        if found is not None:
            said.append(SourceSays(Says(found.says.value), found.quote, found.why, number))
            hedged |= {number} if found.hedged else set()
    return together(said, frozenset(hedged))


def _asked_first(question: Question) -> frozenset[str]:
    """Ids of the outcome asked about, or of the first of several conditions; none where there is but one condition."""
    if question.outcomes:
        return frozenset(question.outcomes[0].ids)
    conditions = sorted(question.conditions, key=lambda each: each.span)
    return frozenset(conditions[0].ids) if len(conditions) > 1 else frozenset()


def _opposed(answer: Answer, holdings: Mapping[str, Holding], vocabulary: Vocabulary) -> tuple[Opposed, ...]:
    """Return where sources of the answer say opposite things, with how they differ."""
    spoken = [one for section in answer.sections if section.facet in _DECIDING for one in section.sentences]
    found = opposed(spoken[:_HELD_APART], vocabulary)
    return tuple(replace(each, why=_differences(each.sides, holdings)) for each in found)


def _differences(sides: tuple[OpposedSide, OpposedSide], holdings: Mapping[str, Holding]) -> tuple[str, ...]:
    """Return in what two sources differ that may explain why they disagree, as far as their profiles tell."""
    one, other = (holdings.get(side.quote.document) for side in sides)
    if one is None or other is None:
        return ()
    pairs = (
        ("", one.profile.evidence.value, other.profile.evidence.value),
        ("published ", str(one.document.year or ""), str(other.document.year or "")),
        ("people: ", str(one.profile.n or ""), str(other.profile.n or "")),
        ("ages: ", ", ".join(one.profile.ages), ", ".join(other.profile.ages)),
    )
    return tuple(f"{what}{mine} against {theirs}" for what, mine, theirs in pairs if mine and theirs and mine != theirs)
