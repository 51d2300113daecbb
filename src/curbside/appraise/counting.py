"""Counts of one outcome across studies: which of a study's figures counts, and what the figures are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from curbside.appraise.intervals import proportion_words, wilson
from curbside.appraise.levels import controlled, size_of
from curbside.language.fact_words import value_words
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.records import Count, CountLine, EvidenceKind, Fact, Field, Pair, Study, Tally

_WORD = linear(r"[a-z0-9]+(?:'[a-z]+)?")
_SAYING_NOTHING = """
a an the of in at on to for with by from and or was were is are be been had has have who that which this all both
patient patients participant participants people child children adult adults subject subjects case cases treated
treatment therapy achieved achieve showed show shown observed seen reported developed experienced occurred rate rates
proportion percentage number total overall their its as after during following least one any some only sirolimus
everolimus rapamycin tacrolimus mtor inhibitor drug month months week weeks year years day days
"""
_IDLE = frozenset(_SAYING_NOTHING.split())
_SAME: dict[str, str] = {
    "cr": "complete response",
    "crs": "complete response",
    "complete remission": "complete response",
    "complete remissions": "complete response",
    "complete responses": "complete response",
    "completely responded": "complete response",
    "pr": "partial response",
    "prs": "partial response",
    "partial remission": "partial response",
    "partial responses": "partial response",
    "orr": "response",
    "responded": "response",
    "responder": "response",
    "responders": "response",
    "responses": "response",
    "objective response": "response",
    "clinical response": "response",
    "improved": "improvement",
    "improve": "improvement",
    "improvements": "improvement",
    "died": "death",
    "deaths": "death",
    "mortality": "death",
    "recurrence": "relapse",
    "recurrences": "relapse",
    "recurred": "relapse",
    "relapsed": "relapse",
    "mucositis": "stomatitis",
    "oral mucositis": "stomatitis",
    "mouth sores": "stomatitis",
    "mouth ulcers": "stomatitis",
    "infections": "infection",
    "discontinued": "stopping",
    "discontinuation": "stopping",
    "stopped": "stopping",
    "withdrew": "stopping",
}
"""Wordings that are one outcome; everything else is one outcome only where its words agree."""

_COMPARED = linear(
    r"(?i)\b(?:placebo|vehicle|control|controls|sham|standard (?:care|of care|therapy)|no treatment|untreated|"
    r"observation(?:al)?|comparator)\b"
)
_GROUPED: dict[EvidenceKind, str] = {
    EvidenceKind.RANDOMISED: "arm of a randomised trial",
    EvidenceKind.TRIAL: "group followed forward",
    EvidenceKind.COHORT: "group followed forward",
}


def outcome_key(words: str) -> str:
    """Return what an outcome is compared by: its telling words in order, wordings of one thing as one."""
    low = " ".join(match.group() for match in _WORD.finditer(words.lower()))
    for wording, one in _SAME.items():
        low = f" {low} ".replace(f" {wording} ", f" {one} ").strip()
    kept = {_singular(word) for word in low.split() if word not in _IDLE}
    return " ".join(sorted(kept))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def concerns(fact: Fact, pair: Pair, study: Study) -> bool:
    """Tell whether a fact speaks of the drug, and in a study of a wider group of the condition too."""
    drugs = [each for each in fact.about if each[0] in "dk"]
    if drugs and pair.drugs.isdisjoint(drugs):
        return False
    return not study.wider or not pair.conditions.isdisjoint(fact.about)


def counted_of(fact: Fact, study: Study, pair: Pair, vocabulary: Vocabulary) -> CountLine | None:
    """Return the line of a fact that counts people, None where it gives no count of some."""
    value = fact.value
    if not isinstance(value, Count):
        return None
    k, n = _whole(value.k), _whole(value.n)
    if k is None or n is None or not 0 <= k <= n or n < 1:
        return None
    why = _why_not(fact, study, pair, vocabulary)
    return CountLine(study.id, study.label, fact, k, n, wilson(k, n), proportion_words(k, n), not why, why)


def _whole(printed: str) -> int | None:
    bare = printed.replace(",", "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 9 else None


def _why_not(fact: Fact, study: Study, pair: Pair, vocabulary: Vocabulary) -> str:
    """Return why a count is not the study's figure for those who had the drug, or ""."""
    if fact.arm:
        named = {mention.concept for mention in vocabulary.mentions(fact.arm) if mention.concept[0] in "dk"}
        if named and pair.drugs.isdisjoint(named):
            return "comparison arm"
        if not named and _COMPARED.search(fact.arm):
            return "comparison arm"
        if named - pair.drugs:
            return "with other drugs"
    elif study.design is EvidenceKind.RANDOMISED or (controlled(study) and not study.combined):
        return "arm not stated"
    if study.combined and not fact.arm:
        return "with or beside other drugs"
    if fact.negated and isinstance(fact.value, Count) and fact.value.k not in ("", "0"):
        return "said of those who had it not"
    return ""


def tallied(facts: Iterable[tuple[Study, Fact]], pair: Pair, vocabulary: Vocabulary) -> tuple[Tally, ...]:
    """Return the counts of each outcome at each time point, outcomes of most studies first.

    Args:
        facts: study and fact, outcomes or harms that concern the pair.
        pair: drug and condition.
        vocabulary: names the drugs of arms.
    """
    lines: dict[tuple[str, str], list[CountLine]] = {}
    names: dict[str, str] = {}
    told: dict[str, list[Fact]] = {}
    for study, fact in facts:
        words = fact.outcome or ("" if isinstance(fact.value, Count) or fact.value is None else value_words(fact.value))
        key = outcome_key(words)
        if not key:
            continue
        names.setdefault(key, " ".join(words.split()))
        line = counted_of(fact, study, pair, vocabulary)
        if line is None:
            told.setdefault(key, []).append(fact)
        else:
            time = fact.value.time if isinstance(fact.value, Count) else ""
            lines.setdefault((key, time), []).append(line)
    counts = [
        Tally(names[key], time, _ordered(found), serious=any(line.fact.serious for line in found))
        for (key, time), found in lines.items()
    ]
    bare = [
        Tally(names[key], "", (), told=tuple(found), serious=any(fact.serious for fact in found))
        for key, found in told.items()
        if not any(key == counted for counted, _ in lines)
    ]
    return tuple(sorted((*counts, *bare), key=_rank))


def _rank(tally: Tally) -> tuple[int, int, int, str, str]:
    counted = tally.counted
    return -len(counted), -sum(line.n for line in counted), -len(tally.lines), tally.outcome.lower(), tally.time


def _ordered(lines: Sequence[CountLine]) -> tuple[CountLine, ...]:
    """Return lines with each study counted once: by its largest group, and what is not counted behind."""
    best: dict[str, CountLine] = {}
    for line in lines:
        if line.counted and (line.study not in best or line.n > best[line.study].n):
            best[line.study] = line
    found: list[CountLine] = []
    for line in lines:
        if line.counted and best[line.study] is not line:
            line = replace(line, counted=False, why="part of the study's people, or said again")
        found.append(line)
    return tuple(sorted(found, key=lambda line: (not line.counted, -line.n, line.label)))


def group_of(study: Study) -> str:
    """Return the sort of group a study's count is of; only counts of one sort are pooled."""
    return _GROUPED.get(study.design, study.design.value)


def main_outcome(tallies: Sequence[Tally]) -> Tally | None:
    """Return the outcome that most studies count, None where none does."""
    found = [tally for tally in tallies if tally.counted]
    return max(found, key=lambda tally: len(tally.counted)) if found else None


def people(studies: Iterable[Study]) -> tuple[int, int]:
    """Return how many people the studies state together, and how many studies state no number."""
    sizes = [size_of(study) for study in studies]
    return sum(size for size in sizes if size is not None), sizes.count(None)


HARM_FIELDS = (Field.ADVERSE_EVENT,)
OUTCOME_FIELDS = (Field.OUTCOME, Field.DURABILITY)
