"""What stands beside the counts of an answer: share and interval, computed from the numbers the source gives.

An interval says how far a share may lie from what further patients would show. That means something of an outcome or a
harm, and nothing of who took part ("6 of 17 had Evans syndrome", "9 of 17 were girls"): those get none, and where the
words leave it open they get none either.
"""

from __future__ import annotations

from dataclasses import replace

from curbside.appraise.intervals import proportion_words
from curbside.language.counts import Count, counts
from curbside.language.linear import Pattern, linear
from curbside.language.numbers import numbers
from curbside.records import Answer, AnswerSentence, Derivation

_HAS_INTERVAL = linear(r"(?i)\bCI\b|\bconfidence interval|\bcredible interval")
_FEWEST = 2
"""People below which a share says nothing."""

_OUTCOME = linear(
    r"(?i)\b(?:respon[sd]|remi(?:ssion|tted)|improv|reduc|decreas|declin|resol(?:ved|ution)|relaps|recur|surviv|deaths?\b"
    r"|died|mortal|stable|stabili[sz]|unchanged|progress|shrank|shrunk|shrinkage|smaller|regress|disappear|cleared\b"
    r"|clearance|healed|healing|cured?\b|repigment|seizure[- ]free|treatment failure|success|effective\b|benefit"
    r"|rebound|regrow|transfusions?[- ](?:free|independen)|rejection|graft loss|relie[fv]|adverse|side effects?|toxic"
    r"|infections\b"
    r"|ulcer|mucositis|stomatitis|rash|irritat|burning|itch|erythema|acne|events?\b|complicat|discontinu|withdrew"
    r"|withdrawn|withdrawal|stopp(?:ed|ing)|pneumon|neutropeni|hyperlipid|hypercholest|nausea|vomit|diarrh|headache"
    r"|fever|tolerated|occurred|experienced|worse|lost (?:their|its|the) |changed visibly|became|free (?:of|from)"
    r"|achieved|reached)"
)
"""How outcomes and harms are worded."""
_TOOK_PART = linear(
    r"(?i)\b(?:had|have|has|having|with|were|was|are|is|boys?|girls?|males?|females?|women|men|aged|received|took|given"
    r"|treated|who)\b"
)
"""What is said of the people themselves, where no outcome is named beside it."""
_BEFORE = linear(
    r"(?i)\b(?:enrol|recruit|randomi[sz]ed|assigned|allocated|screened|eligible|consent|included|at baseline"
    r"|at diagnosis|at presentation|at entry|previous|prior\b|history of|had (?:failed|undergone)"
    r"|had been (?:treated|diagnosed|given)|before (?:the )?(?:drug|treatment|therapy|starting|enrol)|refractory to"
    r"|diagnosed with|lost to follow)"
)
"""What was so before anything could come of the treatment."""
_POPULATION = linear(
    r"(?i)\b(?:among|of|in) (?:the |these |all )?(?:[0-9]+ )?(?:\w+ )?(?:non-?)?responders\b"
    r"|\brelapsed?(?: or |/|-| and )refractory\b|\b(?:steroid|treatment)-respon\w+"
)
"""Names of groups that sound like outcomes."""
_NO_PEOPLE = linear(
    r"(?i)^[^\w]*(?:\w+ )?(?:authors?|reviewers?|experts?|groups?|arms?|cohorts?|trials?|studies|reports?|articles?"
    r"|centres?|centers?|hospitals?|sites?|countries|items?|criteria|doses?|cycles?|courses?|weeks?|months?|days?|years?|visits?"
    r"|samples?|biops(?:y|ies)|lesions?|plaques?|tumou?rs?|episodes?|attacks?|questions?|databases?)\b"
)
"""What is counted that is no person, or several of one person."""
_SEX = linear(
    r"(?i)^[^\w]*(?:[0-9.]+ ?%?[^\w]*)?(?:(?:were|was|are) (?:boys?|girls?|males?|females?|women|men)\b"
    r"|(?:boys?|girls?|males?|females?|women|men) ?(?:[,.;)]|and\b|$))"
)
_END = linear(r"[.;?!](?:\s|$)")
_CUT = linear(r"[.;?!](?:\s|$)|, | (?:but|while|whereas) ")


def with_intervals(answer: Answer) -> Answer:
    """Return the answer with the interval of each "k of n" beside its sentence.

    A sentence that prints intervals of its own gets none of ours. Nothing is computed where the count is not of whole
    numbers or not within its group; the words of the answer stay as they are.
    """
    sections = tuple(
        replace(section, sentences=tuple(_beside(sentence) for sentence in section.sentences))
        for section in answer.sections
    )
    return answer if sections == answer.sections else replace(answer, sections=sections)


def _beside(sentence: AnswerSentence) -> AnswerSentence:
    if _HAS_INTERVAL.search(sentence.text) is not None:
        return sentence
    found = dict.fromkeys(
        made
        for count in counts(sentence.text)
        if (made := _interval(count)) is not None and _is_outcome(count, sentence.text)
    )
    return replace(sentence, derived=(*sentence.derived, *found)) if found else sentence


def _is_outcome(count: Count, text: str) -> bool:
    """Tell whether a count is of people to whom something happened, as far as the words around it say."""
    after = text[count.span.end :]
    if _NO_PEOPLE.search(after) is not None or _SEX.search(after) is not None:
        return False
    near = _around(count, text, _CUT)
    if _BEFORE.search(near) is not None:
        return False
    if _names_outcome(near):
        return True
    return _TOOK_PART.search(near) is None and _names_outcome(_around(count, text, _END))


def _names_outcome(words: str) -> bool:
    bare = words
    for match in reversed(list(_POPULATION.finditer(words))):
        bare = f"{bare[: match.start()]} {bare[match.end() :]}"
    return _OUTCOME.search(bare) is not None


def _around(count: Count, text: str, cut: Pattern) -> str:
    """Return the words around a count up to the next cut on either side."""
    start, end = 0, len(text)
    for match in cut.finditer(text):
        if match.end() <= count.span.start:
            start = match.end()
        elif match.start() >= count.span.end:
            end = match.start()
            break
    return text[start:end]


def _interval(count: Count) -> Derivation | None:
    k, n = _whole(count.k), _whole(count.n)
    if k is None or n is None or not 0 <= k <= n or n < _FEWEST:
        return None
    if 0 < k < n:
        how = f"Wilson's score interval of {k}/{n}, at 95 %"
    else:
        how = f"exact one-sided bound of {k}/{n}, at 95 % (Clopper and Pearson)"
    return Derivation(proportion_words(k, n), how)


def _whole(printed: str) -> int | None:
    """Return what a printed or spelt whole number is worth, None for anything else."""
    read = numbers(printed) if printed else []
    return int(read[0].value) if len(read) == 1 and read[0].value == int(read[0].value) else None
