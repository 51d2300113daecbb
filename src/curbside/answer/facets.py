"""The table of facets: what a reader of a whole answer looks for beside what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curbside.answer.context import MULTI_TOPIC
from curbside.answer.eligible import is_of_another
from curbside.answer.facet_words import (
    ADVISES,
    AIM_ALONE,
    BEFALLEN,
    BOOKKEEPING,
    BORNE,
    FIGURES,
    FORM,
    INTERACTS,
    LABORATORY,
    META,
    MONITORED,
    NO_CAUSES,
    NO_HARM_OF_IT,
    PLACED,
    RELATED,
    RESULT,
    RISK_LESS,
    STANDS,
    STOPPED,
    TARGET,
    TREATS,
    UNSUITED,
    WATCHED_NOT,
)
from curbside.answer.intents import (
    AIM_CUE,
    DOSES,
    FORMS,
    GAP_CUE,
    GIVEN,
    HARMS,
    NOT_STATED_CUE,
    PLACE,
    REPORTED_HARM,
    SAFETY_HEADING,
    STOPPING,
    TOGETHER,
    UNKNOWN,
    WATCHED,
)
from curbside.answer.intents import UNSUITED as NOT_FOR
from curbside.answer.ranking import Scored, stated
from curbside.answer.standing import Standing
from curbside.language.counts import counts
from curbside.language.groups import routes
from curbside.language.linear import Pattern
from curbside.language.quantities import quantities
from curbside.records import EvidenceKind, Expansion, Intent


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One row of the table.

    Attributes:
        heading: of its sentences.
        intents: intents that ask for it; where one leads, the row has more room.
        beside: intents, besides the broad ones, whose answer shows it too.
        belongs: whether a sentence that speaks of the treatment tells it.
        worth: what a sentence gains in the order within the facet.
        most: sentences on a page.
        missed: its name where a reader would miss it ("dose"), or "".
        grouped: whether its sentences stand by route.
    """

    heading: str
    intents: frozenset[Intent]
    beside: frozenset[Intent]
    belongs: Callable[[Scored], bool]
    worth: Callable[[Scored], float]
    most: int
    missed: str = ""
    grouped: bool = False


_DOSED = frozenset({"dose", "concentration", "level"})


def is_of_it(one: Scored) -> bool:
    """Whether a sentence's own words speak of the treatment, or it stands in a study of nothing else."""
    if one.fit.treatment in (Standing.NAMED, Standing.CLASS):
        return True
    return one.fit.treatment is Standing.CARRIED and (one.candidate.evidence not in MULTI_TOPIC or is_headed(one))


def is_headed(one: Scored) -> bool:
    """Whether what the sentence leans on stands near: in sentences before it, in a heading, or alone in the title."""
    top = one.candidate.around[-1]
    return is_near(one) or len(top.drugs | top.procedures) == 1


def is_near(one: Scored) -> bool:
    """Whether the sentences before it, or a heading, name a treatment that the sentence can lean on."""
    return any(level.drugs or level.classes or level.procedures for level in one.candidate.around[:-1])


def is_told(one: Scored) -> bool:
    """Whether a sentence tells something of patients: no aim, no word on its own text, no "not stated"."""
    own = one.candidate.own
    return not (AIM_CUE.search(own) or META.search(own) or NOT_STATED_CUE.search(own))


def _cued(pattern: Pattern) -> Callable[[Scored], bool]:
    def belongs(one: Scored) -> bool:
        return pattern.search(one.candidate.own) is not None and is_told(one)

    return belongs


def _is_watched(one: Scored) -> bool:
    """Whether the sentence says what is watched, or which level in blood is aimed at; an aim may tell a level too."""
    own = one.candidate.own
    if TARGET.search(own) is not None and any(quantity.kind == "level" for quantity in quantities(own)):
        return META.search(own) is None
    return MONITORED.search(own) is not None and WATCHED_NOT.search(own) is None and is_told(one)


def _watched_worth(one: Scored) -> float:
    """Advice first, and levels that are aimed at."""
    own = one.candidate.own
    aimed = TARGET.search(own) is not None and any(quantity.kind == "level" for quantity in quantities(own))
    return _advised(one) + (0.9 if aimed else 0.0)


def _plain(one: Scored) -> float:
    return one.score


def states_dose(one: Scored) -> bool:
    """Whether the sentence states how much of the treatment is given: a value, and words of giving."""
    words = one.candidate.words
    if one.fit.treatment not in (Standing.NAMED, Standing.CLASS, Standing.CARRIED) or GIVEN.search(words) is None:
        return False
    if not stated(Intent.DOSE, words) or NOT_STATED_CUE.search(one.candidate.own):
        return False
    if one.fit.condition is Standing.ELSEWHERE and is_of_another(one.candidate):
        return False
    kinds = {quantity.kind for quantity in quantities(words)} & _DOSED
    return kinds != {"level"} or TARGET.search(words) is not None


def is_of_condition(one: Scored, conditions: Sequence[Expansion]) -> bool:
    """Whether a dose is one for the condition asked about: the sentence says so, or its study is on that condition.

    A text that names the condition somewhere may give the dose for another.
    """
    if not conditions or one.fit.condition in (Standing.NAMED, Standing.CARRIED):
        return True
    top = one.candidate.around[-1].conditions
    return all(not top.isdisjoint(each.ids) for each in conditions)


def tells_use(one: Scored) -> bool:
    """Whether the sentence itself says what the treatment is used for, or did, in a condition that is treated."""
    named = one.candidate.named
    own = one.fit.treatment in (Standing.NAMED, Standing.CLASS)
    return own and bool(named.treated) and TREATS.search(one.candidate.own) is not None and is_told(one)


def _dose_worth(one: Scored) -> float:
    named = 0.6 if one.fit.treatment is Standing.NAMED else 0.0
    kinds = {quantity.kind for quantity in quantities(one.candidate.own)}
    return one.score + named + 0.5 * len(kinds & (_DOSED | {"duration"}))


def reports_harm(one: Scored) -> bool:
    """Whether the sentence reports harms of the treatment, and does not only say that they were to be looked at."""
    text = one.candidate.own
    if AIM_CUE.search(text) or NOT_STATED_CUE.search(text) or GAP_CUE.search(text):
        return False
    own = one.fit.treatment in (Standing.NAMED, Standing.CLASS) or one.candidate.evidence not in MULTI_TOPIC
    inner = one.candidate.heading.rsplit(" / ", 1)[-1]
    of_harms = SAFETY_HEADING.search(inner) is not None and "effic" not in inner.lower()
    if not own or META.search(text) or NO_HARM_OF_IT.search(text):
        return False
    return of_harms or _names_harm(text) or _befell(one)


def _befell(one: Scored) -> bool:
    """Whether it counts people in whom some other condition than the one treated arose or ended badly."""
    own = one.candidate.own
    if BEFALLEN.search(own) is None or one.fit.condition is Standing.NAMED or not counts(own):
        return False
    return bool(one.candidate.named.conditions - one.candidate.named.treated)


def _names_harm(text: str) -> bool:
    """Whether a harm is named; "transplant-related" is none, "sirolimus-related" is."""
    found = [match.group(0) for match in REPORTED_HARM.finditer(text)]
    plain = any(not each.startswith("-") for each in found)
    return plain or any(match.group(1).lower() not in NO_CAUSES for match in RELATED.finditer(text))


def lowers_risk(one: Scored) -> bool:
    """Whether the only harm in a sentence is a risk that the treatment lowers: that is a benefit."""
    text = one.candidate.own
    named = [match.group(0).lower() for match in REPORTED_HARM.finditer(text)]
    return bool(named) and all("risk" in each for each in named) and RISK_LESS.search(text) is not None


def _harm_worth(one: Scored) -> float:
    """Counted harms first: how often is what a reader asks."""
    own = one.candidate.own
    counted = 0.9 if counts(own) else 0.4 if "%" in own else 0.0
    return one.score + counted - (0.6 if not counted and BORNE.search(own) else 0.0)


def _advised(one: Scored) -> float:
    """Advice first: what is to be watched, and whom to spare, is what a reader can act on."""
    return one.score + (0.9 if ADVISES.search(one.candidate.own) else 0.0)


def names_gap(one: Scored) -> bool:
    """Whether the sentence says what is not known; a note's word that its record is silent is no such gap."""
    words = one.candidate.words
    return GAP_CUE.search(words) is not None and not NOT_STATED_CUE.search(words) and not META.search(words)


def _names_form(one: Scored) -> bool:
    own = one.candidate.own
    if FORM.search(own) is None or not is_told(one):
        return False
    several = len({match.group(0).lower().rstrip("s") for match in FORM.finditer(own)}) > 1
    return several or any(quantity.kind == "concentration" for quantity in quantities(own))


def _form_worth(one: Scored) -> float:
    return one.score + 0.3 * len({match.group(0).lower().rstrip("s") for match in FORM.finditer(one.candidate.own)})


FACETS: tuple[FacetRow, ...] = (
    FacetRow(PLACE, frozenset({Intent.LINE}), frozenset(), _cued(PLACED), _plain, 2),
    FacetRow(FORMS, frozenset(), frozenset(), _names_form, _form_worth, 2),
    FacetRow(
        DOSES, frozenset({Intent.DOSE, Intent.SCHEDULE}), frozenset(), states_dose, _dose_worth, 4, "dose", grouped=True
    ),
    FacetRow(HARMS, frozenset({Intent.HARM}), frozenset(), reports_harm, _harm_worth, 5, "harms", grouped=True),
    FacetRow(
        WATCHED, frozenset({Intent.MONITORING}), frozenset({Intent.HARM, Intent.DOSE}), _is_watched, _watched_worth, 2
    ),
    FacetRow(NOT_FOR, frozenset({Intent.CONTRAINDICATION}), frozenset({Intent.HARM}), _cued(UNSUITED), _advised, 2),
    FacetRow(TOGETHER, frozenset({Intent.INTERACTION}), frozenset(), _cued(INTERACTS), _plain, 1),
    FacetRow(STOPPING, frozenset({Intent.RECURRENCE}), frozenset(), _cued(STOPPED), _plain, 2),
    FacetRow(UNKNOWN, frozenset(), frozenset({Intent.HARM}), names_gap, _plain, 3),
)
"""Rows in the order in which their sections stand."""


def gives_result(one: Scored) -> bool:
    """Whether the sentence tells what came of the treatment, with figures."""
    own = one.candidate.own
    if RESULT.search(own) is None or FIGURES.search(own) is None or BOOKKEEPING.search(own):
        return False
    return is_told(one)


def tells_of_running(one: Scored) -> bool:
    """Whether the sentence tells how a study was run or what it was for, and nothing that it found."""
    own = one.candidate.own
    return BOOKKEEPING.search(own) is not None or AIM_ALONE.search(own) is not None


def is_of_laboratory(one: Scored) -> bool:
    """Whether a text on people tells what was found in cells or animals."""
    of_it = (EvidenceKind.LABORATORY, EvidenceKind.ANIMALS)
    return one.candidate.evidence not in of_it and LABORATORY.search(one.candidate.words) is not None


def known_worth(one: Scored) -> float:
    """What a sentence is worth where all that is known is asked for: results with figures, and who approves, first."""
    own = one.candidate.own
    gain = 0.0
    if BOOKKEEPING.search(own) or not is_told(one):
        gain -= 1.2
    elif RESULT.search(own):
        gain += 0.6 if FIGURES.search(own) else 0.2
    if STANDS.search(own):
        gain += 0.4
    return one.score + gain + (0.3 if one.fit.treatment is Standing.NAMED else 0.0)


def route_of(one: Scored) -> str:
    """Return the route that a sentence is about, by its words, its headings or its title; "" where none or several."""
    candidate = one.candidate
    for words in (candidate.words, candidate.heading, candidate.document.title):
        found = routes(words)
        if found:
            return found[0] if len(found) == 1 else ""
    return ""
