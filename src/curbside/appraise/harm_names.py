"""What a harm is called in a profile, from its own words and those that it stands on.

"Adverse events" alone says too little: that they led somebody to stop, were of grade 3, or that nobody died of them
stands in the sentence around them, and each is another figure.
"""

from __future__ import annotations

from curbside.appraise.outcome_names import ANY_HARM, SERIOUS_HARM, harm_name
from curbside.language.linear import linear
from curbside.records import Fact, Field, Terms

STOPPING, GRADE_THREE = "stopping because of adverse events", "adverse event of grade 3 or more"
DEATH, COMMONEST = "death", "the commonest adverse event"
"""Names that only the words around a harm give."""

_STOPPED = linear(
    r"(?i)\b(?:discontinu|withdr[ae]w|taken off|stopp(?:ed|ing) (?:taking |treatment|therapy|medication)"
    r"|stopped (?:\w+ ){1,3}(?:because|due|owing|for|secondary)|off (?:of )?(?:study|treatment|therapy))"
)
_DIED = linear(
    r"(?i)\b(?:toxicity|treatment|drug|therapy|event)[- ]related (?:deaths?|mortality)\b|\bfatal (?:adverse|toxic)"
    r"|\b(?:deaths?|died) (?:was |were )?(?:due|from|of|because|attribut\w+|related)\b"
)
_SERIOUS = linear(r"(?i)\bserious\b|\bSAEs?\b")
_GRADE_THREE = linear(r"(?i)\bgrades? ?(?:≥ ?|>= ?|of )?[345]\b|\bgrade (?:iii|iv|v)\b|[≥>] ?grade ?[234]\b")
_GRADE_ONE = linear(r"(?i)\bgrades? ?[12] ?(?:-|–|/|or|and|to) ?[23]\b|\bgrades? 1\b")
_GENERAL = linear(
    r"(?i)^(?:(?:any|all|drug-related|treatment-related|serious|severe|common|other) )*"
    r"(?:adverse (?:drug )?(?:events?|effects?|reactions?)|side effects?|aes?|saes?|toxicit(?:y|ies))$"
)
_TOXICITY = linear(r"(?i)(?:^|[ (])([a-z][a-z/-]{3,40}) toxicit(?:y|ies)\b")
_MOST = linear(r"(?i)^(?:the )?([a-z][a-z -]{2,50}) (?:was|were) the (?:most|more) (?:common|frequent)")
_COMMONEST = linear(r"(?i)\bmost (?:common|frequent)(?:ly (?:reported|observed|seen))?\b")
_NO_KIND = frozenset({"with", "from", "that", "this", "such", "other", "severe", "serious", "significant", "limiting"})
_ABNORMAL = linear(r"(?i)\b(?:laboratory|biochemical|haematological|hematological) (?:abnormalit|adverse|toxicit)")
_FIGURE = linear("[0-9()]")


def tells_of_harm(fact: Fact) -> bool:
    """Tell whether a fact that was read as an outcome is a harm by its own words."""
    return fact.field is Field.OUTCOME and _ABNORMAL.search(fact.outcome) is not None


def harm_names(fact: Fact) -> list[str]:
    """Return what the harms of a fact are called, none where its words name none."""
    if isinstance(fact.value, Terms):
        wordings = [each for each in fact.value.terms if not _FIGURE.search(each)]
    else:
        wordings = [fact.outcome]
    return list(dict.fromkeys(name for each in wordings if (name := _name(each, fact))))


def _name(words: str, fact: Fact) -> str:
    around = fact.quote.words
    if _GENERAL.match(" ".join(words.split())) is None:
        return harm_name(words)
    commonest = _MOST.search(around)
    if commonest is not None:
        return harm_name(commonest.group(1))
    if _COMMONEST.search(around) is not None:
        return COMMONEST
    if _DIED.search(around) is not None:
        return DEATH
    if _STOPPED.search(around) is not None:
        return STOPPING
    if _SERIOUS.search(around) is not None:
        return SERIOUS_HARM
    if _GRADE_ONE.search(around) is None and _GRADE_THREE.search(around) is not None:
        return GRADE_THREE
    named = _TOXICITY.search(around)
    if named is not None and named.group(1).lower() not in _NO_KIND and "toxicit" in words.lower():
        return f"{named.group(1).lower()} toxicity"
    name = harm_name(words)
    return SERIOUS_HARM if fact.serious and name == ANY_HARM else name
