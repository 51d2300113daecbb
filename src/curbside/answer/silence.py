"""What was looked for and not found, said aloud; and the whole answer when nothing is held."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from curbside.answer.context import Candidate
from curbside.answer.eligible import fit
from curbside.answer.facets import FACETS, FacetRow
from curbside.answer.intents import AIM_CUE, NOT_STATED_CUE, ROWS, serves
from curbside.answer.question import notes, subject_words
from curbside.answer.ranking import Scored, stated
from curbside.answer.references import entry
from curbside.answer.standing import Standing, Wanted
from curbside.language.words import content_words
from curbside.records import Absence, Answer, Expansion, Intent, Question, Quote

SAID_ABSENT = frozenset(
    {
        Intent.DOSE,
        Intent.SCHEDULE,
        Intent.EFFECT,
        Intent.COUNT,
        Intent.LINE,
        Intent.PREGNANCY,
        Intent.INTERACTION,
        Intent.CONTRAINDICATION,
        Intent.MONITORING,
        Intent.RECURRENCE,
        Intent.HARM,
        Intent.MECHANISM,
    }
)
"""Facets whose absence is an answer in itself."""


def absences_of(
    question: Question,
    want: Wanted,
    ranked: Sequence[Scored],
    everything: Sequence[Candidate],
) -> tuple[Absence, ...]:
    """Return an absence for each facet asked about that no fitting sentence states, with what came nearest."""
    found: list[Absence] = []
    looked = _looked_in(everything, want)
    for intent in question.intents:
        if intent is Intent.COMPARISON and intent is question.intents[0] and several_asked(question):
            if not any(compares(one.candidate, question) for one in ranked):
                found.append(Absence(facet(question, ROWS[intent].facet), looked))
            continue
        if intent not in SAID_ABSENT or any(stated(intent, one.candidate.words) for one in ranked):
            continue
        near = _nearest(intent, want, ranked, everything, set(looked))
        found.append(Absence(facet(question, ROWS[intent].facet), looked, near))
    return tuple(found)


def several_asked(question: Question) -> bool:
    """Tell whether a question is about two treatments or more."""
    return len(_treatments(question)) > 1


def names_several(candidate: Candidate, question: Question) -> bool:
    """Tell whether a sentence names at least two of the treatments asked about: only such a one compares them."""
    there = candidate.named.treatments | candidate.named.classes
    return sum(bool(there & frozenset(each.ids)) for each in _treatments(question)) > 1


def compares(candidate: Candidate, question: Question) -> bool:
    """Tell whether a sentence compares treatments asked about: it names two of them, and says how one does
    beside the other.

    That a drug is a derivative of the other, or that both help, compares nothing.
    """
    cue = ROWS[Intent.COMPARISON].cue
    return names_several(candidate, question) and cue is not None and cue.search(candidate.own) is not None


def _treatments(question: Question) -> tuple[Expansion, ...]:
    return (*question.drugs, *question.classes, *question.procedures)


def missed(
    question: Question, want: Wanted, everything: Sequence[Candidate], told: Collection[str]
) -> tuple[Absence, ...]:
    """Return an absence for each facet that a reader of a whole answer would miss; `told` are the headings it has.

    Only where treatments are asked about and a document speaks of all that is asked; and only where no sentence of such
    a document touches on the facet at all: a wrong "not stated" is worse than none.
    """
    rows = [row for row in FACETS if row.missed and row.heading not in told]
    looked = _looked_in(everything, want) if want.treatments and rows else ()
    held = [one for one in everything if one.document.id in set(looked)]
    return tuple(
        Absence(facet(question, row.missed), looked, asked=False)
        for row in rows
        if looked and not any(_touches(row, one) for one in held)
    )


def _touches(row: FacetRow, one: Candidate) -> bool:
    if NOT_STATED_CUE.search(one.own):
        return False
    return any(stated(intent, one.words) for intent in row.intents)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def facet(question: Question, name: str) -> str:
    """Return a facet in words: "oral dose of sirolimus for facial angiofibroma in a child"."""
    route = " ".join(question.routes)
    treatments = " and ".join(e.name for e in (*question.drugs, *question.procedures, *question.classes))
    conditions = " and ".join(e.name for e in question.conditions)
    outcomes = " and ".join(e.name for e in question.outcomes)
    people = " or ".join(question.populations)
    words = " ".join(part for part in (route if name == "dose" else "", name) if part)
    words += f" of {treatments}" if treatments else ""
    words += f" ({route})" if route and name != "dose" else ""
    words += f" for {conditions}" if conditions else ""
    words += f" as to {outcomes}" if outcomes else ""
    return words + (f" ({people})" if people else "")


def _looked_in(everything: Sequence[Candidate], want: Wanted) -> tuple[str, ...]:
    """Documents that speak of all that is asked about, in any place."""
    named: dict[str, set[str]] = {}
    for one in everything:
        scope = named.setdefault(one.document.id, set())
        scope |= one.scope.treatments | one.scope.classes | one.scope.conditions
        scope |= one.named.treatments | one.named.classes | one.named.conditions
    wants = (*want.treatments, *want.conditions, *want.outcomes)
    return tuple(document for document, ids in named.items() if all(ids & some for some in wants))


def _nearest(
    intent: Intent, want: Wanted, ranked: Sequence[Scored], everything: Sequence[Candidate], looked: set[str]
) -> Quote | None:
    """The sentence that touches on the facet: one that fits, else one on the drug that names no other condition."""
    for one in ranked:
        if intent in one.serves:
            return _quote(one.candidate)
    loose = Wanted(want.treatments, want.classes, (), frozenset(), frozenset(), (), (), want.populations, want.routes)
    for one in everything:
        if one.document.id not in looked or one.named.conditions or not serves(intent, one.words):
            continue
        held = fit(one, loose, ())
        if held is not None and held.treatment in (Standing.NAMED, Standing.CARRIED) and not stated(intent, one.words):
            return _quote(one)
    # Nothing touches on it: what is said of the drug in that condition at all comes nearest.
    return _quote(ranked[0].candidate) if ranked else None


def _quote(candidate: Candidate) -> Quote:
    return Quote(candidate.document.id, candidate.span, candidate.span.of(candidate.document.text))


def nothing_held(
    question: Question, want: Wanted, treated: Sequence[Candidate], documents: Sequence[str], held: int
) -> Answer:
    """Return an answer that declines: what was looked for, in which documents, and what comes nearest.

    `treated` are the sentences of those documents that name a treatment asked about.
    """
    loose = Wanted(want.treatments, want.classes, (), frozenset(), frozenset(), (), (), (), ())
    named = [
        one
        for one in treated
        if want.treatments
        and (measured := fit(one, loose, ())) is not None
        and measured.treatment is Standing.NAMED
        and not AIM_CUE.search(one.words)
        and not NOT_STATED_CUE.search(one.words)
    ]
    asked = set(content_words(question.text))
    near = max(named, key=lambda one: len(asked & set(content_words(one.words))), default=None)
    unknown = "" if question.conditions or question.outcomes else _quoted(subject_words(question))
    what = facet(question, _what(question)) + (f" in what concerns {unknown}" if unknown else "")
    absence = Absence(what, tuple(documents), _quote(near) if near else None, (1,) if near else ())
    references = (entry(near.holding, 1),) if near else ()
    return Answer(question, True, (), (absence,), references, notes(question), (len(documents), held))


def _what(question: Question) -> str:
    row = ROWS.get(question.intents[0])
    return row.facet if row is not None and row.facet else "evidence"
