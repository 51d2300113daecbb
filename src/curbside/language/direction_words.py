"""How English reports a comparison of two arms: which way, how surely, with which figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from curbside.language.linear import Match, linear

UP = linear(
    r"(?i)\b(?:increas\w*|higher|greater|elevat\w*|rais\w*|rise|rose|more|larger|longer|prolong\w*|enhanc\w*|augment\w*|superior\w*"
    r"|gain\w*|exceed\w*|faster|quicker|most|highest|greatest|stronger|upregulat\w*)\b"
)
DOWN = linear(
    r"(?i)\b(?:decreas\w*|lower\w*|reduc\w*|less|fewer|smaller|shorter\w*|fell|fall\w*|declin\w*|diminish\w*|suppress\w*|inhibit\w*"
    r"|attenuat\w*|drop\w*|prevent\w*|delay\w*|minimi[sz]\w*|inferior\w*|lowest|least|slower|downregulat\w*|weaker|lessen\w*|depressed|blunted|abolish\w*|block\w*)\b"
)
GOOD = linear(
    r"(?i)\b(?:improv\w*|better|best|ameliorat\w*|alleviat\w*|reliev\w*|relief|benefi\w*|effective\w*|favou?r\w*|remission|recover\w*"
    r"|success\w*|protect\w*)\b"
)
BAD = linear(r"(?i)\b(?:worse\w*|deteriorat\w*|exacerbat\w*|aggravat\w*|impair\w*|harm\w*|poor\w*|adverse)\b")
ALIKE = linear(
    r"(?i)\b(?:no|not|non|nor|neither|without|did not|didn't|were not|was not)\b[\w\s-]{0,40}?\b(?:significan\w*|differen\w*|differ|effects?"
    r"|changes?|associat\w*|increas\w*|decreas\w*|reduc\w*|improve\w*|affect\w*|influence\w*|alter\w*|benefit|reach\w*)|\bnon-?significant\w*"
    r"|\bsimilar\w*|\bcomparable\b|\bequivalent\b|\bunchanged\b|\bsame\b|\bdid not\b|\bidentical\b|\bequal\b|\bunaffected\b|\bfailed to\b"
    r"|\bneither\b|\binsignificant\b"
)
SIGNIFICANT = linear(r"(?i)\bsignifican\w*")
COMPARED = linear(
    r"(?i)\b(?:than|compared|comparison|versus|vs\.?|relative to|between (?:the )?(?:two |both )?(?:groups?|arms|treatments?)|differ\w*)\b"
)
GROUPS = linear(r"(?i)\b(?:groups?|arms?|treated|recipients)\b")
BASELINE = linear(r"(?i)\b(?:baseline|pre-?treatment|at entry|characteristics|demographic\w*)\b")
AIM = linear(
    r"(?i)\b(?:aim\w*|objective|purpose|hypothesi\w*|we sought|to (?:evaluate|assess|determine|investigate|compare|examine)"
    r"|primary (?:end|out)\w*|secondary (?:end|out)\w*|was defined|were defined|measured|assessed|calculated|sample size|power)\b"
)
EARLIER = linear(
    r"(?i)\b(?:previous\w*|prior|other stud\w*|studies have|reported by|et al|meta-analys\w*|in contrast to|consistent with|literature)\b"
)
EVERYONE = linear(
    r"(?i)\b(?:both groups|both arms|both treatments|all groups|either group|within[- ]group|all (?:three|four) groups)\b"
)
TREATED = linear(
    r"(?i)\b(?:intervention|treatment|experimental|treated|active|study|training)(?:al)?[- ](?:groups?|arms?|"
    r"patients|subjects|participants|condition|cohort)\b"
)
UNTREATED = linear(
    r"(?i)\b(?:controls?|placebo|sham|usual care|standard care|conventional(?: care)?|untreated|waiting list|wait-?list|"
    r"comparison groups?)\b"
)
"""Names of arms that need no name of a treatment."""
SAYING = {
    "alike": ALIKE,
    "up": UP,
    "down": DOWN,
    "good": GOOD,
    "bad": BAD,
    "significant": SIGNIFICANT,
    "compared": COMPARED,
    "groups": GROUPS,
    "baseline": BASELINE,
    "aim": AIM,
    "earlier": EARLIER,
    "everyone": EVERYONE,
}
"""Name -> what a sentence may say."""

CLAUSES = linear(
    r"(?i);|\. |: |, (?:and|but|while|whereas|although|though|however|with|nor|yet)\b| (?:while|whereas|but|although|however|nor)\b"
)
"""Where one clause ends and another begins."""

_KINDS = (
    ("UP", UP),
    ("DOWN", DOWN),
    ("GOOD", GOOD),
    ("BAD", BAD),
    ("NOT", linear(r"(?i)no|not|nor|neither|without|non|none|cannot|failed|fail|didn't|lack")),
    ("NOTSIG", linear(r"(?i)non-?significan\w*|insignifican\w*")),
    ("SIG", linear(r"(?i)significan\w*")),
    ("SAME", linear(r"(?i)similar\w*|comparable|equivalent|unchanged|same|identical|equal\w*|unaffected")),
    ("THAN", linear(r"(?i)than|compared|comparison|versus|vs|relative")),
    ("DIFFER", linear(r"(?i)differ\w*")),
    ("EFFECT", linear(r"(?i)effects?|affect\w*|influence\w*|impact")),
    ("BOTH", linear(r"(?i)both|either|all")),
    ("ONLY", linear(r"(?i)only|except\w*|apart")),
    ("BUT", linear(r"(?i)although|however|but|whereas|while|despite")),
    ("BASE", linear(r"(?i)baseline|pre-?treatment")),
    ("TREND", linear(r"(?i)trend\w*|tend\w*|borderline|marginal\w*|slight\w*")),
    ("CHANGE", linear(r"(?i)change\w*")),
    ("LINKED", linear(r"(?i)associat\w*|correlat\w*|predict\w*")),
)


@lru_cache(maxsize=65_536)
def kind(word: str) -> str:
    """Return what a word does in a report of a comparison ("UP", "NOT", "THAN" …), "" where it does nothing."""
    for name, pattern in _KINDS:
        match = pattern.match(word)
        if match is not None and match.end() == len(word):
            return name
    return ""


UNWELCOME = linear(
    r"(?i)\b(?:pain\w*|mortality|death\w*|died|symptom\w*|adverse|side[- ]effects?|complication\w*|infection\w*|anxiety|depress\w*|stress"
    r"|fatigue|nausea|vomiting|bleeding|h[a]?emorrhage|recurrence|relapse\w*|failure|incidence|risk|severity|disability|stroke|hypotension"
    r"|hypertension|cough\w*|dyspn\w*|headache|fever|diarrh\w*|weight|BMI|fat|cholesterol|LDL|triglycerid\w*|blood pressure|HbA1c|glucose"
    r"|insulin resistance|inflammat\w*|edema|oedema|CRP|TNF\w*|IL-\w+|admission\w*|hospitali\w+|length of stay|time to|duration|smok\w*"
    r"|consumption|requirement\w*|need for)\b"
)
"""Outcomes that get better by going down."""
NAMED_FALL = linear(r"(?i)\b(?:reduc\w*|decreas\w*|decline|loss|lower\w*|fall|less|relief)\b")
NAMED_RISE = linear(r"(?i)\b(?:increas\w*|improv\w*|gain|higher|better|greater|rise)\b")
NAMED_CHANGE = linear(r"(?i)\b(?:chang\w*|difference)\b")

_P = linear(
    r"\b[Pp](?:[- ]?values?)?(?: (?:for|of) \w+)?\s*(?P<sign>(?:[<>=≤≥⩽⩾]|was|of|:|values?){1,3})\s*(?:[<>=≤]\s*)?(?P<number>\d*[.·,]\d+|\d)"
)
_NOT_SIGNIFICANT = linear(r"\b(?:ns|NS)\b")
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class PValue:
    """A p value in a sentence.

    Attributes:
        start, end: code points from the beginning of the sentence.
        significant: whether it is below 0.05, or said to be.
    """

    start: int
    end: int
    significant: bool


def p_values(words: str) -> list[PValue]:
    """Return the p values of a sentence in order; "NS" is one that is not significant."""
    found: list[PValue] = []
    for match in _P.finditer(words):
        number = match.group(_P.groupindex["number"]).replace("·", ".").replace(",", ".")
        value = float("0" + number if number.startswith(".") else number)
        if value > 1:
            continue
        sign = match.group()
        if any(mark in sign for mark in "<≤⩽"):
            significant = value <= _LEVEL
        else:
            significant = value < _LEVEL and not any(mark in sign for mark in ">≥⩾")
        found.append(PValue(match.start(), match.end(), significant))
    found.extend(PValue(match.start(), match.end(), False) for match in _NOT_SIGNIFICANT.finditer(words))
    return sorted(found, key=lambda each: each.start)


_RATIO = linear(
    r"\b(?P<measure>(?i:odds ratio|hazard ratio|relative risk|risk ratio|rate ratio)|a?OR|a?HR|a?RR|IRR)\b[^0-9]{0,20}(?P<estimate>\d+[.·]\d+)"
    r"(?:[^0-9A-Za-z]{0,6}(?:\(?\s*\[?95 ?% ?(?i:CI|confidence interval\w*)[^0-9]{0,6})?(?P<low>\d+[.·]?\d*)\s?(?:–|-|to|,|—|−)\s?(?P<high>\d+[.·]?\d*))?"
)
_INTERVAL = linear(
    r"(?i)(?:CI|confidence intervals?)[\s:=,;()\[\]]{0,5}(?:of )?[(\[]?(?P<low>[-−–]?\d+[.·]?\d*)\s?%?\s?(?:to|–|-|,|—|;|−)\s?(?P<high>[-−–]?\d+[.·]?\d*)"
)


def ratios(words: str) -> Iterator[tuple[int, str]]:
    """Yield the ratios of a sentence: where, and on which side of 1 they lie with their interval.

    "above", "below" or "across" with an interval, "maybe above" or "maybe below" without one.
    """
    places = _RATIO.groupindex
    for match in _RATIO.finditer(words):
        estimate = _value(match, places["estimate"])
        low, high = _value(match, places["low"]), _value(match, places["high"])
        if estimate is None:
            continue
        if low is not None and high is not None and low <= estimate <= high:
            yield match.start(), "across" if low <= 1 <= high else "above" if low > 1 else "below"
        else:
            yield match.start(), "maybe above" if estimate > 1 else "maybe below"


def intervals(words: str) -> Iterator[str]:
    """Yield on which side of 0 the confidence intervals of differences lie: "above", "below", "across"."""
    places = _INTERVAL.groupindex
    for match in _INTERVAL.finditer(words):
        low, high = _value(match, places["low"]), _value(match, places["high"])
        if low is not None and high is not None:
            yield "across" if low < 0 < high else "below" if high < 0 else "above"


def _value(match: Match, group: int) -> float | None:
    printed = (match.group(group) or "").replace("−", "-").replace("–", "-").replace("·", ".").rstrip(".")
    return float(printed) if printed.strip("-") else None
