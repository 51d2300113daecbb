"""Which sentences an answer is made of, and under which heading each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from curbside.answer.context import MULTI_TOPIC
from curbside.answer.drafting import BROAD, MOST, WHOLE, Draft, asks_uses, cite_further, say, short_length, stands
from curbside.answer.facet_words import COMMONEST, DEATH, META, ORGANS, TREATED
from curbside.answer.facets import (
    FACETS,
    FacetRow,
    gives_result,
    is_of_condition,
    is_of_it,
    is_of_laboratory,
    known_worth,
    lowers_risk,
    reports_harm,
    route_of,
    tells_of_running,
    tells_use,
)
from curbside.answer.intents import (
    GIVEN,
    GUIDELINES,
    NOT_STATED_CUE,
    PAGES,
    REPLIES,
    RESEARCH,
    ROWS,
    SECONDARY,
    SHORT,
    UNKNOWN,
    UNSIGNED,
)
from curbside.answer.ranking import MEASURED, Scored, stated
from curbside.answer.silence import SAID_ABSENT, compares, several_asked
from curbside.answer.standing import Standing
from curbside.answer.subject import is_of_disease
from curbside.language.species import names_animals
from curbside.records import EvidenceKind, Expansion, Intent, Question

_HEADING_OF: dict[EvidenceKind, str] = {
    EvidenceKind.GUIDELINE: GUIDELINES,
    EvidenceKind.SECONDARY: SECONDARY,
    EvidenceKind.REPLY: REPLIES,
    EvidenceKind.GENERATED: UNSIGNED,
    EvidenceKind.OTHER: PAGES,
}
EXCLUSIVE = frozenset({Intent.PREGNANCY, Intent.INTERACTION, Intent.CONTRAINDICATION, Intent.EFFECT})
"""Intents whose answer is nothing but what serves them: what is safe in general is not what is safe in pregnancy."""
_STRONG = frozenset(
    {EvidenceKind.RANDOMISED, EvidenceKind.TRIAL, EvidenceKind.META_ANALYSIS, EvidenceKind.SYSTEMATIC_REVIEW}
)
_NOT_PEOPLE = (EvidenceKind.ANIMALS, EvidenceKind.LABORATORY)
"""Kinds of evidence whose doses and harms are nobody's, unless animals are asked about."""
_NEAR_BEST = 1.6
_WORTH = 3.2
"""How far below the best a sentence may score in the short answer, and behind it."""


def share_of(ranked: Sequence[Scored]) -> int:
    """Few documents may speak at length; of many, each speaks briefly."""
    near = [one for one in ranked if one.serves and stands(one) and one.score >= ranked[0].score - _WORTH]
    speaking = len({one.candidate.document.id for one in near})
    return 6 if speaking <= 1 else 4 if speaking <= 2 else 3 if speaking <= 4 else 2


def share_in(question: Question, ranked: Sequence[Scored]) -> int:
    """The share of a document in an answer; twice as much where all that is known is asked for."""
    share = share_of(ranked)
    return share + share if question.intents[0] in WHOLE and not asks_uses(question) else share


def fill(draft: Draft, ranked: Sequence[Scored]) -> None:
    """Put the sentences that answer best under their headings, and beside them what every reader needs."""
    intents = draft.question.intents
    first = intents[0]
    if first in EXCLUSIVE:
        ranked = [one for one in ranked if first in one.serves]
        if not ranked:
            return
    best = ranked[0].score
    row = next((row for row in FACETS if first in row.intents), None)
    serving = _serving(ranked, first, draft.question.conditions)
    leading = [one for one in _telling(draft, serving, row) if stands(one)]
    for one in _signed_first(leading):
        if NOT_STATED_CUE.search(one.candidate.words):
            continue
        if len(draft.sections.get(SHORT, ())) >= short_length(draft.question):
            break
        if one.score >= leading[0].score - _NEAR_BEST:
            say(draft, SHORT, one, serving)
    if first in BROAD:
        _add_facets(draft, ranked)
    for one in _in_order(ranked, row, first):
        if not ((one.serves or one in serving) and one.score >= best - _WORTH and stands(one)):
            continue
        if NOT_STATED_CUE.search(one.candidate.words):
            say(draft, UNKNOWN, one, serving)
        elif _may_follow(draft, one):
            heading = _heading(one, draft.question)
            grouped = row is not None and row.grouped and heading == row.heading
            say(draft, heading, one, serving, group=route_of(one) if grouped else "")
    if first in BROAD:
        _add_results(draft, ranked)
    if first is not Intent.COUNT:
        _introduce(draft, ranked)
    if first not in BROAD:
        _add_facets(draft, ranked)
    cite_further(draft, [one for one in ranked if stands(one)])


def _in_order(ranked: Sequence[Scored], row: FacetRow | None, first: Intent) -> list[Scored]:
    """The ranked sentences; where one facet is asked for, as that facet orders its own."""
    worth = row.worth if row is not None else known_worth if first in BROAD else None
    return list(ranked) if worth is None else sorted(ranked, key=worth, reverse=True)


def _may_follow(draft: Draft, one: Scored) -> bool:
    """Whether a sentence may stand behind the short answer: it tells of patients, and of what is asked."""
    if META.search(one.candidate.own) or (asks_treatments(draft.question) and not _names_treatment(one)):
        return False
    if Intent.MECHANISM not in draft.question.intents and is_of_laboratory(one):
        return False
    if tells_of_running(one) and not any(stated(intent, one.candidate.own) for intent in MEASURED):
        return False
    first = draft.question.intents[0]
    if first is Intent.HARM and not draft.question.outcomes:
        return reports_harm(one)
    return first is not Intent.HARM or one.candidate.evidence not in MULTI_TOPIC or reports_harm(one)


def asks_treatments(question: Question) -> bool:
    """Tell whether it is asked how something is treated, by whatever."""
    return not (question.drugs or question.classes or question.procedures) and TREATED.search(question.text) is not None


def _names_treatment(one: Scored) -> bool:
    """Whether a sentence names a treatment, or goes on from one that does; what came of it is told without its name."""
    named = (one.candidate.named, one.candidate.around[0])
    told = any(each.treatments or each.classes for each in named) or gives_result(one)
    return told and not is_of_disease(one.candidate)


def _serving(ranked: Sequence[Scored], first: Intent, conditions: Sequence[Expansion]) -> list[Scored]:
    """The sentences that serve what is asked first, or what comes nearest to that."""
    serving = [one for one in ranked if first in one.serves]
    if not serving and first not in SAID_ABSENT:
        serving = [one for one in ranked if one.serves]
    if not serving and first in BROAD:
        serving = [one for one in ranked if one.fit.treatment is one.fit.condition is Standing.NAMED]
    if first in MEASURED:
        # Without a value nothing is answered: the absence leads, and what touches on the facet stands behind it.
        serving = [one for one in serving if _gives(one, first, conditions)]
    return serving


def _telling(draft: Draft, serving: Sequence[Scored], row: FacetRow | None) -> list[Scored]:
    """Those of the serving sentences that may lead: they tell of patients, and what is asked for where some do."""
    question = draft.question
    told = [one for one in serving if META.search(one.candidate.own) is None] or list(serving)
    if Intent.MECHANISM not in question.intents:
        told = [one for one in told if not is_of_laboratory(one)] or told
    if asks_treatments(question):
        told = [one for one in told if _names_treatment(one)] or told
    if row is not None:
        own = [one for one in told if row.belongs(one)] or ([] if question.intents[0] in EXCLUSIVE else told)
        return sorted(own, key=lambda one: row.worth(one) + 1.5 * _meets(question.text, one), reverse=True)
    if question.intents[0] is Intent.COMPARISON and several_asked(question):
        compared = [one for one in told if compares(one.candidate, question)]
        return sorted(compared, key=lambda one: one.score + 0.6 * gives_result(one), reverse=True)
    if question.intents[0] is Intent.EFFICACY:
        return sorted(told, key=known_worth, reverse=True)
    if question.intents[0] in WHOLE and not asks_uses(question):
        return sorted(told, key=known_worth, reverse=True)
    if question.intents[0] is Intent.USE and asks_uses(question):
        return [one for one in told if tells_use(one)] or told
    return told


def _meets(question: str, one: Scored) -> int:
    """How many of a few things that a question can ask of harms a sentence tells: the commonest, deaths, an organ."""
    own = one.candidate.own
    pairs = ((COMMONEST, COMMONEST), (DEATH, DEATH), *ORGANS)
    return sum(asked.search(question) is not None and told.search(own) is not None for asked, told in pairs)


def _signed_first(ranked: Sequence[Scored]) -> list[Scored]:
    """Unsigned text, pages of no known kind, animals and cells lead only where nothing else speaks."""
    behind = (EvidenceKind.GENERATED, EvidenceKind.OTHER, *_NOT_PEOPLE)
    return [one for one in ranked if one.candidate.evidence not in behind] or list(ranked)


def _heading(one: Scored, question: Question) -> str:
    intents, conditions = question.intents, question.conditions
    for intent in intents:
        row = ROWS.get(intent)
        fits = row is not None and row.heading and intent in one.serves and intents[0] not in BROAD
        if row is None or not fits or (intent in MEASURED and not _gives(one, intent, conditions)):
            continue
        if intent is not Intent.HARM or reports_harm(one):
            return row.heading
    return _HEADING_OF.get(one.candidate.evidence, RESEARCH)


def _add_results(draft: Draft, ranked: Sequence[Scored]) -> None:
    """Give of each source that is cited a result with figures if it has one; of trials and what sums them up, two."""
    cited = {document for document, _ in draft.spans}
    given = Counter(told.one.candidate.document.id for told in draft.said if gives_result(told.one))
    for one in ranked:
        document = one.candidate.document.id
        most = 2 if one.candidate.evidence in _STRONG else 1
        if document in cited and given[document] < most and stands(one) and is_of_it(one) and gives_result(one):
            before = len(draft.said)
            say(draft, _heading(one, draft.question), one, ranked, beyond=3)
            given[document] += len(draft.said) > before


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
    """Doses, harms, monitoring and the rest of the table, which nobody asked for and a reader would miss."""
    rows = list(_rows(draft))
    if not rows:
        return
    of_animals = names_animals(draft.question.text)
    asked = bool(draft.question.drugs or draft.question.classes or draft.question.procedures)
    standing = [
        one
        for one in ranked
        if stands(one)
        and is_of_it(one)
        and (of_animals or one.candidate.evidence not in _NOT_PEOPLE)
        and (asked or one.candidate.named.treatments or one.candidate.named.classes)
    ]
    for row in rows:
        pool = sorted((one for one in standing if row.belongs(one)), key=row.worth, reverse=True)
        if row.missed == "harms" and draft.question.intents[0] is not Intent.HARM:
            pool = [one for one in pool if not lowers_risk(one)]
        if row.missed == "dose":
            pool = [one for one in pool if is_of_condition(one, draft.question.conditions)]
            if several_asked(draft.question):
                pool = [
                    one for one in pool if one.fit.treatment is Standing.NAMED
                ]  # else nobody knows whose dose it is
        for one in pool:
            say(draft, row.heading, one, pool, group=route_of(one) if row.grouped else "")


def _rows(draft: Draft) -> Iterator[FacetRow]:
    """The rows that a question's answer shows: all of them where it asks broadly, else those that go with it."""
    first, *others = draft.question.intents
    for row in FACETS:
        if first in BROAD or first in row.beside or (row.intents & set(others) and first is not Intent.COUNT):
            yield row


def _gives(one: Scored, intent: Intent, conditions: Sequence[Expansion]) -> bool:
    """Whether the sentence states the facet by value, of the treatment asked about and not of another in passing."""
    text = one.candidate.words
    of_it = one.fit.treatment is not Standing.ELSEWHERE and GIVEN.search(text) is not None
    return of_it and stated(intent, text) and is_of_condition(one, conditions)
