"""Which sentences an answer is made of, and under which heading each stands."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.answer.context import MULTI_TOPIC
from curbside.answer.drafting import BROAD, MOST, Draft, say, short_length, stands
from curbside.answer.eligible import Standing
from curbside.answer.intents import (
    AIM_CUE,
    DOSES,
    GAP_CUE,
    GIVEN,
    GUIDELINES,
    HARMS,
    NOT_STATED_CUE,
    PAGES,
    REPLIES,
    REPORTED_HARM,
    RESEARCH,
    ROWS,
    SECONDARY,
    SHORT,
    UNKNOWN,
    UNSIGNED,
)
from curbside.answer.ranking import MEASURED, Scored, stated
from curbside.answer.silence import SAID_ABSENT
from curbside.records import EvidenceKind, Intent

_HEADING_OF: dict[EvidenceKind, str] = {
    EvidenceKind.GUIDELINE: GUIDELINES,
    EvidenceKind.SECONDARY: SECONDARY,
    EvidenceKind.REPLY: REPLIES,
    EvidenceKind.GENERATED: UNSIGNED,
    EvidenceKind.OTHER: PAGES,
}
EXCLUSIVE = frozenset({Intent.PREGNANCY, Intent.INTERACTION, Intent.CONTRAINDICATION, Intent.EFFECT})
"""Intents whose answer is nothing but what serves them: what is safe in general is not what is safe in pregnancy."""
_NEAR_BEST = 1.6
_WORTH = 3.2
"""How far below the best a sentence may score in the short answer, and behind it."""


def share_of(ranked: Sequence[Scored]) -> int:
    """Few documents may speak at length; of many, each speaks briefly."""
    near = [one for one in ranked if one.serves and stands(one) and one.score >= ranked[0].score - _WORTH]
    speaking = len({one.candidate.document.id for one in near})
    return 6 if speaking <= 1 else 4 if speaking <= 2 else 3 if speaking <= 4 else 2


def fill(draft: Draft, ranked: Sequence[Scored]) -> None:
    """Put the sentences that answer best under their headings, and beside them what every reader needs."""
    intents = draft.question.intents
    first = intents[0]
    if first in EXCLUSIVE:
        ranked = [one for one in ranked if first in one.serves]
        if not ranked:
            return
    best = ranked[0].score
    serving = [one for one in ranked if first in one.serves]
    if not serving and first not in SAID_ABSENT:
        serving = [one for one in ranked if one.serves]
    if not serving and first in BROAD:
        serving = [one for one in ranked if one.fit.treatment is one.fit.condition is Standing.NAMED]
    if first in MEASURED:
        # Without a value nothing is answered: the absence leads, and what touches on the facet stands behind it.
        serving = [one for one in serving if _gives(one, first)]
    for one in _signed_first(serving):
        if NOT_STATED_CUE.search(one.candidate.words):
            continue
        if len(draft.sections.get(SHORT, ())) >= short_length(draft.question):
            break
        if one.score >= serving[0].score - _NEAR_BEST and stands(one):
            say(draft, SHORT, one, serving)
    for one in ranked:
        if not ((one.serves or one in serving) and one.score >= best - _WORTH and stands(one)):
            continue
        if NOT_STATED_CUE.search(one.candidate.words):
            say(draft, UNKNOWN, one, serving)
        elif first is not Intent.HARM or one.candidate.evidence not in MULTI_TOPIC or reports_harm(one):
            say(draft, _heading(one, intents), one, serving)
    if first is not Intent.COUNT:
        _introduce(draft, ranked)
    if first in BROAD:
        _add_facets(draft, ranked)


def _signed_first(ranked: Sequence[Scored]) -> list[Scored]:
    """Unsigned text and pages of no known kind lead only where nothing else speaks."""
    behind = (EvidenceKind.GENERATED, EvidenceKind.OTHER)
    return [one for one in ranked if one.candidate.evidence not in behind] or list(ranked)


def _heading(one: Scored, intents: Sequence[Intent]) -> str:
    for intent in intents:
        row = ROWS.get(intent)
        fits = row is not None and row.heading and intent in one.serves and intents[0] not in BROAD
        if row is None or not fits or (intent in MEASURED and not _gives(one, intent)):
            continue
        if intent is not Intent.HARM or reports_harm(one):
            return row.heading
    return _HEADING_OF.get(one.candidate.evidence, RESEARCH)


def _introduce(draft: Draft, ranked: Sequence[Scored]) -> None:
    """Say of each study that is cited who was studied: its sentence that counts the participants."""
    cited = {document for document, _ in draft.spans}
    counted = {
        one.candidate.document.id: one
        for one in reversed(ranked)
        if one.candidate.evidence not in MULTI_TOPIC
        and (span := one.candidate.holding.profile.n_span) is not None
        and one.candidate.span.covers(span)
        and Standing.NAMED in (one.fit.treatment, one.fit.condition)
    }
    for document in sorted(cited & counted.keys(), key=list(draft.documents).index):
        if len(draft.sections.get(RESEARCH, ())) < MOST[RESEARCH] + 2:
            say(draft, RESEARCH, counted[document], ranked, beyond=2)


def _add_facets(draft: Draft, ranked: Sequence[Scored]) -> None:
    """Doses, harms and gaps, which nobody asked for and every reader needs."""
    standing = [one for one in ranked if stands(one)]
    facets = ((DOSES, states_dose), (HARMS, reports_harm), (UNKNOWN, names_gap))
    for heading, belongs in facets:
        pool = [one for one in standing if belongs(one)]
        for one in pool:
            say(draft, heading, one, pool)


def _gives(one: Scored, intent: Intent) -> bool:
    """Whether the sentence states the facet by value, of the treatment asked about and not of another in passing."""
    text = one.candidate.words
    return stated(intent, text) and one.fit.treatment is not Standing.ELSEWHERE and GIVEN.search(text) is not None


def states_dose(one: Scored) -> bool:
    """Whether the sentence states how much of the treatment is given: a value, and words of giving."""
    return (
        stated(Intent.DOSE, one.candidate.words)
        and one.fit.treatment in (Standing.NAMED, Standing.CLASS)
        and GIVEN.search(one.candidate.words) is not None
    )


def reports_harm(one: Scored) -> bool:
    """Whether the sentence reports harms of the treatment, and does not only say that they were to be looked at."""
    text = one.candidate.own
    if AIM_CUE.search(text) or NOT_STATED_CUE.search(text) or GAP_CUE.search(text):
        return False
    own = one.fit.treatment in (Standing.NAMED, Standing.CLASS) or one.candidate.evidence not in MULTI_TOPIC
    return own and REPORTED_HARM.search(text) is not None


def names_gap(one: Scored) -> bool:
    """Whether the sentence says what is not known; a note's word that its record is silent is no such gap."""
    return bool(GAP_CUE.search(one.candidate.words)) and not NOT_STATED_CUE.search(one.candidate.words)
