"""Which sentences may speak to a question: evidence about one drug, condition, group or route is not about another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from curbside.answer.context import ANAPHOR, MULTI_TOPIC, Candidate
from curbside.answer.intents import LINE_WORDS, serves
from curbside.answer.naming import Named
from curbside.answer.standing import Fit, Standing, Wanted
from curbside.answer.subject import is_off
from curbside.language.groups import OLD, YOUNG, populations, routes
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.records import EvidenceKind, Expansion, Holding, Intent, Question

FIELD = 30
"""A condition with more narrower ones than this is a field ("skin disease"), not a disease."""
_SETTING = 300
"""One with more than this ("cancer") may be no more than a setting beside a disease."""
_WITH = linear(r"(?i)^ ?(?:\+|/|plus|(?:together |combined |in combination )?with) ?$")
_PEOPLE = linear(r"(?i)^ (?:patients?|people|persons?|survivors?|children|adults?|recipients?)\b")
_ROW = 3
"""Other treatments that make a heading a row of them, which is about none alone."""
_OUTCOME = linear(
    r"(?i)^(?:however,? |overall,? )?(?:the |its |their )?(?:most common |main |overall )?(?:efficacy"
    r"|effect(?:s|iveness)?|respons(?:e|es)|results?|outcomes?|benefits?|toxicit(?:y|ies)|side[- ]effects?|adverse)\b"
)
"""How a sentence begins that tells what came of what was just named."""
_PASSAGE = 20_000
"""Code points of a part read for a route that the sentence does not name."""


def wanted(question: Question, vocabulary: Vocabulary) -> Wanted:
    """Return what sentences have to be about to answer `question`."""
    # "Before surgery", "with laser": beside a drug a procedure is a setting, unless the two are compared.
    beside = () if question.drugs and Intent.COMPARISON not in question.intents else question.procedures
    treatments = (
        *(frozenset(expansion.ids) for expansion in (*question.drugs, *beside)),
        *(_of_class(expansion, vocabulary) for expansion in question.classes),
    )
    classes = frozenset(
        each
        for expansion in question.drugs
        for each in vocabulary.classes(expansion.concept)
        if _close(each, vocabulary)
    )
    conditions = tuple(frozenset(e.ids) for e in question.conditions if not _is_setting(e, question))
    outcomes = tuple(frozenset(expansion.ids) for expansion in question.outcomes)
    words = () if question.conditions or question.outcomes else question.words
    broader = frozenset(each for e in question.conditions for each in vocabulary.broader(e.concept))
    parents = frozenset(each for e in question.conditions for each in _parents(e, vocabulary))
    nearest = frozenset(each for each in parents if len(vocabulary.narrower(each)) <= FIELD)
    return Wanted(
        treatments,
        classes,
        conditions,
        broader,
        nearest,
        outcomes,
        words,
        question.populations,
        question.routes,
        _are_together(question),
    )


def _are_together(question: Question) -> bool:
    spans = sorted(each.span for each in question.drugs)
    between = [question.text[one.end : other.start] for one, other in pairwise(spans)]
    return bool(between) and all(_WITH.search(words) for words in between)


def _parents(expansion: Expansion, vocabulary: Vocabulary) -> tuple[str, ...]:
    concept = vocabulary.get(expansion.concept)
    return concept.parents if concept is not None else ()


def _is_setting(expansion: Expansion, question: Question) -> bool:
    """Whether a condition is only where another is asked about: a whole field, as in "itching in cancer patients"."""
    after = _PEOPLE.search(question.text[expansion.span.end :])
    return len(question.conditions) > 1 and len(expansion.ids) > _SETTING and after is not None


def _of_class(expansion: Expansion, vocabulary: Vocabulary) -> frozenset[str]:
    """What answers for a class: as the question has it, and its own forms, such as the topical ones."""
    forms = (vocabulary.get(each) for each in vocabulary.narrower(expansion.concept))
    of_name = (one.id for one in forms if one is not None and one.name.endswith(f" {expansion.name}"))
    return frozenset(expansion.ids).union(each for each in of_name if each.startswith("k:"))


def may_speak(holding: Holding, want: Wanted, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence of a document may fit, by what it names anywhere; a no is never wrong."""
    one_of = [*want.conditions, *want.outcomes]
    if want.treatments:
        one_of.append(want.classes.union(*want.treatments))
    return _names(holding, one_of, vocabulary)


def may_treat(holding: Holding, want: Wanted, vocabulary: Vocabulary) -> bool:
    """Tell likewise whether a sentence of a document may name a treatment asked about."""
    return bool(want.treatments) and _names(holding, [frozenset[str]().union(*want.treatments)], vocabulary)


def _names(holding: Holding, one_of: Iterable[frozenset[str]], vocabulary: Vocabulary) -> bool:
    """Whether text or title name one of each; True where the profile does not know all that the text names."""
    profile = holding.profile
    if not profile.places:
        return True
    lacking = [ids for ids in one_of if ids.isdisjoint(profile.named)]
    if not lacking:
        return True
    titled = {mention.concept for mention in vocabulary.mentions(holding.document.title)}
    return not any(ids.isdisjoint(titled) for ids in lacking)


def _close(class_id: str, vocabulary: Vocabulary) -> bool:
    """A class small enough for its members to be spoken of as one; "immunosuppressants" is not."""
    return len(vocabulary.members(class_id)) <= 8


def fit(candidate: Candidate, want: Wanted, intents: tuple[Intent, ...]) -> Fit | None:
    """Return how a sentence fits, or None where it may not speak to the question."""
    if candidate.evidence is EvidenceKind.NOTICE or candidate.holding.profile.retracted:
        return None
    if intents[:1] == (Intent.COMPARISON,) and not _holds_all(candidate, want.treatments):
        return None
    if want.together and not all(_is_near(candidate, ids) for ids in want.treatments):
        return None
    treatment = _treatment(candidate, want, Intent.LINE in intents)
    if treatment is Standing.OTHER:
        return None
    if intents[:1] in _OF_USE and _only_before(candidate, want):
        return None
    # Whom a drug may harm or not suit is told by other conditions than the one it is given for.
    condition = _condition(candidate, want, bool({Intent.HARM, Intent.CONTRAINDICATION} & set(intents)))
    if condition is Standing.OTHER:
        return None
    if condition is Standing.ELSEWHERE and treatment is Standing.CARRIED and _asks_class(want):
        return None
    if intents[:1] in _OF_DOSE and condition is Standing.ELSEWHERE and is_of_another(candidate):
        return None
    if not want.treatments and condition is Standing.ELSEWHERE:
        return None
    if not want.treatments and candidate.evidence not in MULTI_TOPIC and not _is_of_conditions(candidate, want):
        return None
    if "pregnant" in want.populations and not serves(Intent.PREGNANCY, f"{candidate.words} {candidate.heading}"):
        return None
    if any(not candidate.named.conditions & ids for ids in want.outcomes):
        return None
    population = _population(candidate, want.populations)
    route = _route(candidate, want.routes)
    if population < 0 or route < 0:
        return None
    held = Fit(treatment, condition, population, route)
    return None if is_off(candidate, want, held) else held


def _is_near(candidate: Candidate, ids: frozenset[str]) -> bool:
    """Whether the sentence, what it leans on, or what stands over it names one of these."""
    return any(not (level.treatments | level.classes).isdisjoint(ids) for level in (candidate.named, *candidate.around))


def is_of_another(candidate: Candidate) -> bool:
    """Whether the title names conditions; where those are not the one asked about, its dose is not for it."""
    return bool(candidate.around[-1].conditions)


def _asks_class(want: Wanted) -> bool:
    """Whether a class is asked about and no drug or procedure; its name in passing carries little."""
    return bool(want.treatments) and all(any(each.startswith("k:") for each in ids) for ids in want.treatments)


def _is_of_conditions(candidate: Candidate, want: Wanted) -> bool:
    """Tell whether a study is on the conditions asked about, or the sentence says that they are treated.

    Where no treatment is asked about, a condition that befell somebody in a study of another says nothing of it.
    """
    about = {*candidate.holding.profile.conditions, *candidate.named.treated, *candidate.around[-1].conditions}
    return all(not ids.isdisjoint(about) for ids in want.conditions)


_OF_DOSE = ((Intent.DOSE,), (Intent.SCHEDULE,))
_OF_USE = ((Intent.USE,), (Intent.EFFICACY,), (Intent.EFFECT,), (Intent.COUNT,))
_BEFOREHAND = linear(
    r"(?i)\b(?:had|has|have) (?:previously |already |all )?(?:been (?:treated|given|managed)|received|tried)\b"
    r"[^.;]{0,160}\b(?:before|prior to|previously|earlier)\b|\b(?:previously|formerly|earlier) (?:treated|given"
    r"|received)\b"
    r"|\bhad (?:previously|already) (?:been|received|tried|had)\b"
)


def _only_before(candidate: Candidate, want: Wanted) -> bool:
    """Tell whether a study of another drug only says that its people had had the one asked about before.

    What somebody was given before says nothing of whether it works.
    """
    if candidate.evidence in MULTI_TOPIC or _BEFOREHAND.search(candidate.words) is None:
        return False
    first = candidate.holding.profile.drugs[:1]
    return bool(first) and not any(first[0] in ids for ids in want.treatments)


_RANK = (Standing.NAMED, Standing.CLASS, Standing.CARRIED, Standing.ELSEWHERE, Standing.OTHER)


def weakest(standings: Iterable[Standing]) -> Standing:
    """Return the standing that binds: the weakest; of nothing, NAMED."""
    return max(standings, key=_RANK.index, default=Standing.NAMED)


def strongest(standings: Iterable[Standing]) -> Standing:
    """Return the strongest standing; of nothing, NAMED."""
    return min(standings, key=_RANK.index, default=Standing.NAMED)


def _treatment(candidate: Candidate, want: Wanted, is_line: bool) -> Standing:
    """Several treatments: the best one counts, since a comparison's sentence may name either.

    Who asks for a drug's place in therapy is told what comes before it, by a sentence that says so of other drugs.
    """
    asked = want.treatments[0] if len(want.treatments) == 1 else frozenset[str]().union(*want.treatments)
    found = strongest(_one_treatment(candidate, ids, want.classes, asked) for ids in want.treatments)
    if found is Standing.OTHER and is_line and LINE_WORDS.search(candidate.words):
        return strongest(_mentioned_nearby(candidate, ids) for ids in want.treatments)
    return found


def _holds_all(candidate: Candidate, treatments: Sequence[frozenset[str]]) -> bool:
    """Whether the passage names everything that is to be compared."""
    there = candidate.scope.treatments | candidate.scope.classes
    return all(there & ids for ids in treatments)


def _mentioned_nearby(candidate: Candidate, ids: frozenset[str]) -> Standing:
    near = (*candidate.around[:1], candidate.scope)
    return Standing.CARRIED if any((level.treatments | level.classes) & ids for level in near) else Standing.OTHER


def _one_treatment(
    candidate: Candidate, ids: frozenset[str], classes: frozenset[str], asked: frozenset[str]
) -> Standing:
    of_class = any(each.startswith("k:") for each in ids)
    named = _treatments(candidate.named, of_class)
    if named & ids:
        return Standing.NAMED
    if candidate.named.classes & classes and not candidate.named.drugs:
        return Standing.CLASS
    if candidate.named.drugs and not (of_class and candidate.named.drugs <= ids):
        return Standing.OTHER
    elsewhere = of_class and any(level.drugs - ids for level in candidate.around)
    for place, level in enumerate(candidate.around):
        if not of_class and _is_mixed(candidate, place, asked):
            continue
        there = _treatments(level, of_class)
        if there & ids and not elsewhere:
            return Standing.CARRIED
        if level.drugs:
            break
    if candidate.evidence not in MULTI_TOPIC and _leads(candidate, ids):
        return Standing.ELSEWHERE
    return Standing.OTHER


def _is_mixed(candidate: Candidate, place: int, asked: frozenset[str]) -> bool:
    """Whether a level around the sentence names the treatment among others, so that it lends none of them.

    A heading does that with a row of them; the sentences before do unless this one goes on from them or has figures,
    which are those of the study that they tell of.
    """
    level = candidate.around[place]
    others = level.drugs - asked
    if candidate.evidence not in MULTI_TOPIC or not level.drugs & asked or not others:
        return False
    if place:
        return len(others) >= _ROW
    goes_on = ANAPHOR.search(candidate.own) or _OUTCOME.search(candidate.own)
    return not goes_on and not any(letter.isdigit() for letter in candidate.own)


def _treatments(named: Named, of_class: bool) -> frozenset[str]:
    return named.treatments | named.classes if of_class else named.treatments


def _leads(candidate: Candidate, ids: frozenset[str]) -> bool:
    """Whether a study's passage is about the treatment: no other drug stands before it in its profile."""
    if not (candidate.scope.treatments | candidate.scope.classes) & ids:
        return False
    first = next((each for each in candidate.holding.profile.drugs if each in candidate.scope.drugs), None)
    return first is None or first in ids or not first


def _condition(candidate: Candidate, want: Wanted, is_harm: bool) -> Standing:
    """Several conditions: each must be met, the weakest counts."""
    return weakest(_one_condition(candidate, ids, want, is_harm) for ids in want.conditions)


def _one_condition(candidate: Candidate, ids: frozenset[str], want: Wanted, is_harm: bool) -> Standing:
    broader = want.broader
    if candidate.named.conditions & ids:
        return Standing.NAMED
    if not candidate.scope.conditions & ids:
        return Standing.OTHER
    others = candidate.named.treated - ids - broader
    for level in candidate.around:
        if level.conditions & ids:
            carried = not others or is_harm or len(ids) > FIELD or candidate.evidence not in MULTI_TOPIC
            return Standing.CARRIED if carried else Standing.OTHER
        if level.treated - broader:
            break
    if candidate.named.conditions & want.nearest and not others:
        return Standing.CARRIED  # where nausea from chemotherapy is spoken of, it is called nausea
    if candidate.evidence in MULTI_TOPIC:
        return Standing.OTHER if candidate.named.conditions - broader else Standing.ELSEWHERE
    return Standing.ELSEWHERE if candidate.topic & ids else Standing.OTHER


def _population(candidate: Candidate, asked: tuple[str, ...]) -> int:
    """1 named, 0 silent, -1 about other people only."""
    if not asked:
        return 0
    groups = set(asked) & (YOUNG | OLD)
    if not groups:
        return 1 if set(asked) & set(populations(candidate.words)) else 0
    if set(populations(candidate.words)) & groups:
        return 1
    own = set(populations(candidate.words)) & (YOUNG | OLD)
    around = set(populations(candidate.heading + " " + candidate.document.title)) & (YOUNG | OLD)
    said = own or around
    if said & groups:
        return 1
    if said and _opposed(said, groups):
        return -1
    return 0


def _opposed(said: set[str], groups: set[str]) -> bool:
    return (said <= OLD and groups <= YOUNG) or (said <= YOUNG and groups <= OLD)


def _route(candidate: Candidate, asked: tuple[str, ...]) -> int:
    if not asked:
        return 0
    own = set(routes(candidate.words))
    if own:
        return 1 if own & set(asked) else -1
    around = set(routes(candidate.heading)) or set(routes(candidate.document.title))
    if around:
        return 1 if around & set(asked) else -1
    passage = set(routes(candidate.part.span.of(candidate.document.text)[:_PASSAGE]))
    if passage & set(asked):
        return 0
    # Who names no route means what is swallowed or infused; nobody leaves "on the skin" unsaid.
    return 0 if not passage and "oral" in asked else -1
