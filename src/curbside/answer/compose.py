"""From what was found to an answer, or to silence: reads, chooses, says, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.answer.choosing import fill, share_in
from curbside.answer.context import Candidate, can_be_quoted, candidates
from curbside.answer.drafting import BROAD, Draft, numbered, show_nearest
from curbside.answer.eligible import fit, may_speak, may_treat, wanted
from curbside.answer.naming import finder
from curbside.answer.next_questions import suggested
from curbside.answer.ranking import Scored, about_words, rank
from curbside.answer.silence import absences_of, missed, nothing_held
from curbside.answer.standing import Fit, Standing
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, DocumentKind, EvidenceKind, Holding, Question, SearchDone, Span


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave to answer from.

    Attributes:
        holdings: documents, best first.
        spans: for each document id the passage that matched.
        relevance: for each document id its place, from 0 to 1.
        held: how many documents the library holds.
    """

    holdings: tuple[Holding, ...]
    spans: Mapping[str, Span]
    relevance: Mapping[str, float]
    held: int


def compose(question: Question, found: Found, vocabulary: Vocabulary) -> Answer:
    """Return the answer that the found documents allow; one without sections declines.

    Pure: the same question, documents and vocabulary give the same answer. Reference entries come without their
    citation, which is the writers' work.
    """
    want = wanted(question, vocabulary)
    readable = _one_voice_a_work(found.holdings)
    named = finder({each for ids in want.treatments or want.conditions for each in ids}, vocabulary)

    def hit_of(holding: Holding) -> Span:
        return found.spans.get(holding.document.id, Span(0, 0))

    def read(holdings: Iterable[Holding]) -> list[Candidate]:
        return [one for holding in holdings for one in candidates(holding, named, hit_of(holding), vocabulary)]

    def decline() -> Answer:
        treated = read(holding for holding in readable if may_treat(holding, want, vocabulary))
        looked_in = [
            holding.document.id for holding in readable if can_be_quoted(holding, named, hit_of(holding), vocabulary)
        ]
        return nothing_held(question, want, treated, looked_in, found.held)

    everything = read(holding for holding in readable if may_speak(holding, want, vocabulary))
    fitting = [(one, held) for one in everything if (held := fit(one, want, question.intents)) is not None]
    fitting = about_words(fitting, want.words)
    ranked = rank(fitting, question, found.relevance)
    if not _speaks(question, ranked):
        return decline()
    others = (*want.conditions, *want.outcomes)
    subjects = {
        Standing.NAMED: (*want.treatments, *others),
        Standing.CLASS: (*(ids | want.classes for ids in want.treatments), *others),
    }
    draft = Draft(question, vocabulary, subjects, want.classes, _by_id(readable), share_in(question, ranked))
    fill(draft, ranked)
    missing = absences_of(question, want, ranked, everything)
    show_nearest(draft, missing)
    if any(draft.sections.values()) and question.intents[0] in BROAD:
        asked = {absence.facet for absence in missing}
        told = [heading for heading, said in draft.sections.items() if said]
        missing += tuple(each for each in missed(question, want, everything, told) if each.facet not in asked)
    if not any(draft.sections.values()):
        return replace(decline(), problems=draft.problems())
    answer = numbered(draft, missing, (len(readable), found.held))
    search = _searched(found, readable, fitting, answer)
    spoken = {one.document.id for one, _ in fitting}  # what else was read depends on what profiles know
    near = [one for one in everything if one.document.id in spoken]
    next_ones = suggested(answer, [one for one, _ in fitting], near, want, vocabulary)
    return replace(answer, search=search, suggested=next_ones)


def _searched(
    found: Found,
    readable: Sequence[Holding],
    fitting: Sequence[tuple[Candidate, Fit]],
    answer: Answer,
) -> SearchDone:
    """Say how many documents spoke, and why the others that were read did not."""
    cited = {entry.document for entry in answer.references}
    fit_ids = {one.document.id for one, _ in fitting}
    voices = {holding.document.id for holding in readable}
    reasons = (
        ("retracted, an editorial notice, or a note on a work whose text is held", len(found.holdings) - len(voices)),
        ("no sentence of theirs speaks of all that is asked", len(voices - fit_ids - cited)),
        ("others say it, or say it better", len(fit_ids - cited)),
    )
    left_out = tuple((why, number) for why, number in reasons if number)
    return SearchDone("", found.held, (), (), len(found.holdings), len(fit_ids), len(cited), left_out)


def _by_id(holdings: Sequence[Holding]) -> dict[str, Holding]:
    return {holding.document.id: holding for holding in holdings}


def _one_voice_a_work(holdings: Sequence[Holding]) -> list[Holding]:
    """Drop notes on works whose own text is at hand, and works that are retracted or are notices.

    Of several records of one abstract the longest speaks: the others say the same under other numbers.
    """
    speaking = {h.work for h in holdings if h.document.kind is not DocumentKind.NOTE and len(h.document.text) > 400}
    longest: dict[tuple[str, DocumentKind], Holding] = {}
    for holding in holdings:
        if len(holding.document.text) <= _RECORD:
            key = (holding.work, holding.document.kind)
            longest[key] = min(longest.get(key, holding), holding, key=_by_length)
    return [
        holding
        for holding in holdings
        if not holding.profile.retracted
        and holding.profile.evidence is not EvidenceKind.NOTICE
        and (holding.document.kind is not DocumentKind.NOTE or holding.work not in speaking)
        and (len(holding.document.text) > _RECORD or longest[holding.work, holding.document.kind] is holding)
    ]


_RECORD = 6_000
"""Code points up to which a document is a title with an abstract, or hardly more."""


def _by_length(holding: Holding) -> tuple[int, str]:
    return (-len(holding.document.text), holding.document.id)


def _speaks(question: Question, ranked: Sequence[Scored]) -> bool:
    """Whether what fits is about the question at all."""
    if not ranked:
        return False
    return bool(question.drugs or question.classes or question.conditions or question.procedures or question.words)
