"""Follow-ups worth asking: only what the documents read for an answer hold on its drugs and conditions.

Nothing is searched for and no document is read anew: the sentences that fitted the question are looked through for
plain words, and what documents are about is taken from their profiles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from curbside.answer.context import Candidate
from curbside.answer.eligible import fit
from curbside.answer.standing import Wanted
from curbside.language.vocabulary import Vocabulary
from curbside.records import AgeGroup, Answer, AnswerFacet, EvidenceKind, Holding, Intent, Question

FACETS: tuple[tuple[Intent, str, tuple[str, ...]], ...] = (
    (Intent.DOSE, "Which dose?", (" mg", "mg/", " µg", "mcg", "ng/ml", "% ointment", "% cream", "% gel")),
    (Intent.HARM, "What about side effects?", ("adverse", "side effect", "side-effect", "toxicit", "tolerat")),
    (Intent.EFFICACY, "How well does it work?", ("respon", "improve", "remission", "effective", "reduc")),
    (
        Intent.RECURRENCE,
        "What happens after stopping?",
        ("recur", "relaps", "rebound", "discontinuation of", "after stop"),
    ),
    (
        Intent.MONITORING,
        "What should be monitored?",
        ("monitor", "trough", "target level", "blood level", "serum level"),
    ),
    (Intent.PREGNANCY, "And in pregnancy?", ("pregnan", "fetal", "foetal", "breastfe", "lactat")),
)
"""What may be asked next, how, and plain words one of which a sentence that answers it holds."""

_TOLD_BY = {
    Intent.DOSE: AnswerFacet.DOSES,
    Intent.HARM: AnswerFacet.HARMS,
    Intent.RECURRENCE: AnswerFacet.STOPPING,
    Intent.MONITORING: AnswerFacet.MONITORING,
}
"""What is not suggested where a section of the answer tells it."""

_PEOPLE = {
    AgeGroup.INFANT: ("infant", "And in infants?"),
    AgeGroup.CHILD: ("child", "And in children?"),
    AgeGroup.ADOLESCENT: ("adolescent", "And in adolescents?"),
    AgeGroup.ADULT: ("adult", "And in adults?"),
    AgeGroup.AGED: ("older adult", "And in older adults?"),
}
_ROUTES = (("topical", "What about topical?"), ("oral", "What about oral?"), ("intravenous", "What about intravenous?"))
_TRIALS = frozenset({EvidenceKind.RANDOMISED, EvidenceKind.TRIAL})

MOST = 6
_SENTENCES = 80
"""Sentences looked through at the most: each costs a microsecond or two."""
_LOOKED, _TRIED, _HEARD = 8, 2, 8
"""Other drugs looked at; those of them for which it is looked whether a sentence may speak; sentences looked at."""


def suggested(
    answer: Answer, fitting: Sequence[Candidate], everything: Sequence[Candidate], want: Wanted, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return follow-ups, those on other facets first.

    Args:
        answer: that was given.
        fitting: sentences that may speak to it, in the order of their documents.
        everything: sentences of documents that name its drugs and conditions.
        want: what sentences had to be about.
        vocabulary: for the names of other drugs.
    """
    question, told = answer.question, {section.facet for section in answer.sections}
    words = [one.own.lower() for one in fitting[:_SENTENCES]]
    found = [
        asks
        for intent, asks, tells in FACETS
        if intent not in question.intents
        and _TOLD_BY.get(intent) not in told
        and any(tell in each for each in words for tell in tells)
    ][:3]
    about = _documents(question, everything)
    found += _people(question, about)
    found += _routes(question, everything, about)
    found += _drugs(question, everything, want, vocabulary)
    found += _kinds(answer, fitting)
    return tuple(found[:MOST])


def _documents(question: Question, everything: Sequence[Candidate]) -> dict[str, Holding]:
    """Return the documents whose profile is about the question's drugs and conditions."""
    treated = {each for one in (*question.drugs, *question.classes) for each in one.ids}
    conditions = [set(one.ids) for one in question.conditions]
    held = {one.document.id: one.holding for one in everything}
    return {
        name: holding
        for name, holding in held.items()
        if (not treated or treated & set(holding.profile.drugs))
        and all(ids & set(holding.profile.conditions) for ids in conditions)
    }


def _people(question: Question, about: Mapping[str, Holding]) -> list[str]:
    if question.filters.ages:
        return []
    counts = Counter(age for holding in about.values() for age in holding.profile.ages)
    asked = set(question.populations)
    open_ = [(age, count) for age, count in counts.items() if _PEOPLE[age][0] not in asked]
    if len(counts) < 2 and not asked:
        return []  # all are of one age: the answer is already about them
    best = sorted(open_, key=lambda row: (-row[1], list(AgeGroup).index(row[0])))
    return [_PEOPLE[age][1] for age, _ in best[:1]]


def _routes(question: Question, everything: Sequence[Candidate], about: Mapping[str, Holding]) -> list[str]:
    words = [one.own.lower() for one in everything[:_SENTENCES] if one.document.id in about]
    named = [(route, asks) for route, asks in _ROUTES if any(f"{route} " in each for each in words)]
    if len(named) < 2 and not question.routes:
        return []
    return [asks for route, asks in named if route not in question.routes][:1]


def _drugs(question: Question, everything: Sequence[Candidate], want: Wanted, vocabulary: Vocabulary) -> list[str]:
    """Another drug of the same class, on which a sentence read may speak to the same question."""
    if len(question.drugs) != 1 or not question.conditions:
        return []
    asked = question.drugs[0]
    classes = set(vocabulary.classes(asked.concept))
    conditions = [set(one.ids) for one in question.conditions]
    held: Mapping[str, Holding] = {one.document.id: one.holding for one in everything}
    counts: Counter[str] = Counter()
    for holding in held.values():
        if all(ids & set(holding.profile.conditions) for ids in conditions):
            counts.update(each for each in holding.profile.drugs if each not in asked.ids)
    often = [drug for drug, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:_LOOKED]]
    near = [drug for drug in often if classes & set(vocabulary.classes(drug))]
    for drug in near[:_TRIED]:
        concept = vocabulary.get(drug)
        if concept is None:
            continue
        other = replace(want, treatments=(frozenset({drug}),), classes=frozenset[str]())
        named = (one for one in everything if drug in one.named.drugs)
        if any(fit(one, other, question.intents) is not None for one in islice(named, _HEARD)):
            return [f"And {concept.name}?"]
    return []


def _kinds(answer: Answer, fitting: Sequence[Candidate]) -> list[str]:
    """Trials, or guidelines, where the answer cites some and rests on others too."""
    if answer.question.filters.evidence:
        return []
    cited = {entry.document for entry in answer.references}
    kinds = {one.document.id: one.holding.profile.evidence for one in fitting if one.document.id in cited}
    trials = sum(kind in _TRIALS for kind in kinds.values())
    guidelines = sum(kind is EvidenceKind.GUIDELINE for kind in kinds.values())
    if 0 < trials < len(kinds):
        return ["Only trials"]
    return ["Only guidelines"] if 0 < guidelines < len(kinds) else []
