"""Which sentences that touch on a question speak of something else: what governs a sentence is what it is about.

A study is governed by its title, a text of many subjects by its headings, an item by the study it stands under. A rule
drops a sentence only where something else governs it; a harm of the treatment asked about stays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from curbside.answer.context import MULTI_TOPIC, Candidate
from curbside.answer.intents import REPORTED_HARM, SAFETY_HEADING
from curbside.answer.standing import Fit, Standing, Wanted
from curbside.language.groups import POPULATIONS
from curbside.language.linear import linear
from curbside.records import DocumentKind, Profile

_OWN = (Standing.NAMED, Standing.CLASS)
_ADVERSE = linear(
    r"(?i)\b(?:adverse|side[- ]effects?|toxicit\w+|tolera(?:ted|bility)|complications?|safety|grade [3-5]|withdr[ae]w"
    r"|discontinu\w+)\b"
)
"""Words of harm that need no drug beside them to be one of a treatment."""
_SEVERAL = 3
"""Drugs in one sentence that make it a list."""
_LEADING = 2
"""Conditions that a study names most, which are its subject too."""
_APART = linear(
    r"(?i)^(?:[0-9.]+ )?(?:abbreviations?\b|(?:conflicts?|declarations?|competing) (?:of )?interests?|disclosures?$"
    r"|acknowledge?ments?|fund(?:ing|ers?)\b|authors?['’]? contributions?|(?:trial )?registration"
    r"|ethic(?:s|al)\b|(?:informed )?consent$|statistical (?:analys[ie]s|methods?)|statistics$|sample size"
    r"|power calculation|setting$|main outcome measures?$|pre-publication history|references$|supplementary)"
)
"""Headings of what belongs to a study and tells nothing of its subject."""
_ELIGIBLE = linear(
    r"(?i)^excluding (?:patients|those|people)|\b(?:(?:in|ex)clusion(?:ary)? (?:criteri\w+|medications?|factors?)"
    r"|(?:(?:was|were|are|be) )(?:not |in)eligible|(?:was|were|be) excluded (?:if|when|because|from)"
    r"|(?:was|were|are) eligible (?:if|when|for)|(?:was|were) not (?:allowed|permitted)|ineligib\w+"
    r"|following medications (?:was|were))\b"
)
"""A sentence on who was let into a study and what nobody might take: what it names, it does not speak of."""
_ASSIGNED = linear(r"(?i)\b(?:random\w*|allocat\w+|assigned|received|were (?:treated|given))\b")
"""Words on what those who were let in got."""
_OF_DISEASE = linear(
    r"(?i)\b(?:(?:incidence|prevalence) [^.;]{0,90}(?:per|every|in) [0-9]+[, ]?000\b|without (?:any )?treatment"
    r"|natural history|spontaneous(?:ly)?"
    r"|pathogenesis|physio-?pathology|pathophysiology|(?:is|are) (?:an?|one of the) (?:\w+,? ){0,5}"
    r"(?:disease|disorder|syndrome|malignancy|neoplasm|tumou?r|cancer)s?"
    r"|(?:is|are) the (?:second |third )?most (?:common|frequent|prevalent)"
    r"|(?:is|are) caused by)\b"
)
"""A sentence on a disease by itself: how often it is, where it comes from, what becomes of it untreated."""
_BEFORE = linear(
    r"(?i)\b(?:(?:previous(?:ly)?|prior|already|earlier) (?:been )?(?:treat(?:ed|ment)|receiv\w+|exposed|exposure|given"
    r"|therap(?:y|ies))|after (?:failure of|progression on)|ha[ds]? (?:previously )?(?:failed|progressed on))\b"
)
"""Words that make a treatment one that people had had before."""
_PRIOR = linear(r"(?i)\b(?:prior|previous(?:ly)?|after failure|failed|refractory to|resistant to)\b")
"""The same of a heading: what stands under it is another treatment."""
_BESIDE = linear(r"(?i)\b(?:than|compared (?:with|to)|versus|vs\.?)\b")
"""Words by which a sentence sets one treatment beside another."""


def is_off(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """Tell whether a sentence that could fit is governed by something else than what is asked about."""
    return any(rule(candidate, want, held) for rule in RULES)


def reports_harm_of_it(candidate: Candidate, held: Fit) -> bool:
    """Tell whether a sentence may report a harm of the treatment asked about, in whomever; none is dropped."""
    if held.treatment is Standing.ELSEWHERE:
        return False
    inner = candidate.heading.rsplit(" / ", 1)[-1]
    words = REPORTED_HARM if held.treatment in _OWN else _ADVERSE
    return words.search(candidate.own) is not None or SAFETY_HEADING.search(inner) is not None


def is_of_disease(candidate: Candidate) -> bool:
    """Tell whether a sentence speaks of a disease by itself and names no treatment."""
    return _OF_DISEASE.search(candidate.own) is not None and not candidate.named.treatments


@lru_cache(maxsize=4_096)
def _stands_apart(heading: str) -> bool:
    return _APART.search(heading.rsplit(" / ", 1)[-1]) is not None


def _of_its_making(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """How a study was set up and paid for, who might enter it, and what they might not take meanwhile."""
    if _stands_apart(candidate.heading):
        return True
    return _ELIGIBLE.search(candidate.own) is not None and _ASSIGNED.search(candidate.own) is None


def _of_another_title(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """A text whose title names other conditions, and none that is asked about: a study speaks of those alone.

    Sentences that name one asked about speak; in a text of many subjects, and in a study that has what is asked
    among the conditions it names most, all but those that name the title's.
    """
    if not want.conditions or held.condition is Standing.NAMED:
        return False
    leading = _named_most(candidate)
    titled = candidate.around[-1].conditions or frozenset(leading.conditions[:1])
    if not titled or any(titled & (ids | want.broader) for ids in want.conditions):
        return False
    if want.treatments and reports_harm_of_it(candidate, held):
        return False
    asked = want.broader.union(*want.conditions)
    most = leading.conditions[:_LEADING]
    if candidate.evidence in MULTI_TOPIC or all(any(each in ids for each in most) for ids in want.conditions):
        return bool(candidate.named.conditions & titled - asked)
    if held.condition is Standing.ELSEWHERE or candidate.named.conditions - asked:
        return True
    near = next((level.conditions for level in candidate.around if level.conditions & asked), frozenset[str]())
    return not near <= asked


def _of_another_trial(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """A study of another treatment, by title and by what it names most: what it says of that, its lists of drugs."""
    if candidate.evidence in MULTI_TOPIC or not want.treatments:
        return False
    met = sum(not candidate.itself.drugs.isdisjoint(ids) for ids in want.treatments)
    listed = met < 2 and len(candidate.itself.drugs) >= _SEVERAL and not reports_harm_of_it(candidate, held)
    if held.treatment in _OWN and not listed:
        return False
    asked = want.classes.union(*want.treatments)
    if any(each.startswith("k:") for ids in want.treatments for each in ids):
        return False  # a class is asked about, and a study names its members
    top = candidate.around[-1]
    about = top.treatments | top.classes | frozenset(_named_most(candidate).drugs[:1])
    return bool(about) and about.isdisjoint(asked)


def _named_most(candidate: Candidate) -> Profile:
    """What the text of a study names, most often first; a page of many studies has no such thing."""
    holding = candidate.holding
    many = holding.document.kind is DocumentKind.AUTHOR_PAGE
    return Profile(candidate.evidence) if many else holding.profile


def _of_the_disease(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """The disease by itself, where a treatment of it is asked about."""
    if not want.treatments or held.treatment in _OWN or reports_harm_of_it(candidate, held):
        return False
    return is_of_disease(candidate)


def _of_pregnancy(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """What stands under a heading on pregnancy, where nobody asked of that, unless it names the treatment itself."""
    pregnant = POPULATIONS["pregnant"]
    return (
        "pregnant" not in want.populations
        and held.treatment not in _OWN
        and pregnant.search(candidate.heading) is not None
    )


def _of_what_came_before(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """People who had had the treatment before, where heading or list is on what they were given then."""
    if held.treatment is not Standing.NAMED or candidate.evidence not in MULTI_TOPIC:
        return False
    if _BEFORE.search(candidate.own) is None or _PRIOR.search(candidate.heading) is None:
        return False
    headings = candidate.around[1:]
    return not any(level.drugs & ids for level in headings for ids in want.treatments)


def _of_another_arm(candidate: Candidate, want: Wanted, held: Fit) -> bool:
    """An item under a study that compares several: it, or what it goes on from in the item, names others alone."""
    others = candidate.itself.drugs or candidate.around[0].drugs
    if not candidate.leans or not others or len(candidate.pieces) == 1:
        return False
    if any(others & ids for ids in want.treatments) or not want.treatments:
        return False
    return len(others) > 1 or _BESIDE.search(candidate.own) is None


RULES: tuple[Callable[[Candidate, Wanted, Fit], bool], ...] = (
    _of_its_making,
    _of_another_title,
    _of_another_trial,
    _of_the_disease,
    _of_pregnancy,
    _of_what_came_before,
    _of_another_arm,
)
"""Each tells of one thing else that a sentence may be about."""
