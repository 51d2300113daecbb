"""Counts of one outcome across studies: which of a study's figures counts, and what the figures are of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from curbside.appraise.harm_names import harm_names
from curbside.appraise.intervals import proportion_words, wilson
from curbside.appraise.levels import controlled, size_of
from curbside.appraise.outcome_names import key_of, outcome_name
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Change,
    Count,
    CountLine,
    EvidenceKind,
    Fact,
    Field,
    Pair,
    Study,
    Tally,
)

_BOUND = linear(
    r"(?i)(?:[<>≤≥~]|\b(?:above|over|below|under|about|nearly|almost|more than|less than|at least|up to)) ?$"
)
_PART_OF = linear(
    r"(?i)\b(?:responding|responders?|evaluable|assessable|remaining|surviv(?:ing|ors?)|of (?:those|these|whom|them)"
    r"|who had|completers?)\b"
)
_NUMBER = linear(r"^[0-9]+(?:\.[0-9]+)?$")
_COMPARED = linear(
    r"(?i)\b(?:placebo|vehicle|control|controls|sham|standard (?:care|of care|therapy)|no treatment|untreated|"
    r"observation(?:al)?|comparator)\b"
)
_LEAST, _LEAST_OF_ARM = 0.6, 0.15
"""Share of a study's people, where it has one arm or several, below which a count is of a part of them."""
_GROUPED: dict[EvidenceKind, str] = {
    EvidenceKind.RANDOMISED: "arm of a randomised trial",
    EvidenceKind.TRIAL: "group followed forward",
    EvidenceKind.COHORT: "group followed forward",
}


def concerns(fact: Fact, pair: Pair, study: Study, vocabulary: Vocabulary) -> bool:
    """Tell whether a fact speaks of the pair; in a wider study only where its own words name what is asked for."""
    drugs = [each for each in fact.about if each[0] in "dk"]
    if drugs and pair.drugs.isdisjoint(drugs):
        return False
    if not study.wider and not study.several:
        return True
    named = {mention.concept for mention in vocabulary.mentions(fact.quote.words)}
    return not (study.wider and pair.conditions.isdisjoint(named)) and not (
        study.several and pair.drugs.isdisjoint(named)
    )


TREATMENT = (*(Field.DOSE, Field.ROUTE, Field.FORM, Field.CONCENTRATION, Field.TROUGH, Field.SCHEDULE, Field.DURATION),)
"""Fields that say how a drug was given."""


def given(study: Study, drugs: Collection[str]) -> Study:
    """Return a study without how other drugs than `drugs` were given: a dose of another drug is none of this one."""

    def own(fact: Fact) -> bool:
        about = [each for each in fact.about if each[0] in "dk"]
        return fact.field not in TREATMENT or not about or any(each in drugs for each in about)

    return replace(study, facts=tuple(fact for fact in study.facts if own(fact)))


def counted_of(fact: Fact, study: Study, pair: Pair, vocabulary: Vocabulary) -> CountLine | None:
    """Return the line of a fact that counts people, None where it gives no count of some."""
    value = fact.value
    if not isinstance(value, Count):
        return None
    if fact.arithmetic and _PART_OF.search(fact.quote.words):
        return None  # "all of the responding patients" are not all
    if fact.arithmetic and _is_bound(value.percent, fact.quote.words):
        return None  # "above 80 %" is no number of people
    k, n = _whole(value.k), _whole(value.n)
    if k is not None and n is None:
        fact, n = _sized(fact, value, k, study)
    if k is None or n is None or not 0 <= k <= n or n < 1:
        return None
    sizes = arm_sizes(study)
    of_size = [arm for arm, size in sizes.items() if size == n]
    compared = controlled(study) or study.design is EvidenceKind.RANDOMISED
    if compared and len(of_size) == 1 and of_size[0] != fact.arm:  # the size of one arm alone says whom it is about
        fact = replace(fact, arm=of_size[0])
    why = _why_not(fact, n, study, pair, vocabulary)
    return CountLine(study.id, study.label, fact, k, n, wilson(k, n), proportion_words(k, n), not why, why)


def _is_bound(percent: str, words: str) -> bool:
    """Tell whether a percentage is printed as one that lies above or below."""
    place = words.find(percent) if percent else -1
    return place > 0 and _BOUND.search(words[max(0, place - 12) : place]) is not None


def arm_sizes(study: Study) -> dict[str, int]:
    """Return the arms of a study with their sizes, as stated."""
    return {
        fact.arm: size
        for fact in study.of(Field.ARM)
        if fact.arm and isinstance(fact.value, Count) and (size := _whole(fact.value.n)) is not None
    }


def _sized(fact: Fact, value: Count, k: int, study: Study) -> tuple[Fact, int | None]:
    """Return a fact with what it is of: its arm, or the whole of a study without any, if the printed percent agrees."""
    sizes = arm_sizes(study)
    n = sizes.get(fact.arm) if fact.arm else size_of(study) if not controlled(study) else None
    percent = value.percent.replace("·", ".").rstrip("%")
    if n is None or n < max(k, 1) or not _NUMBER.match(percent):
        return fact, None
    digits = len(percent.partition(".")[2])
    if abs(100 * k / n - float(percent)) > 0.5 * 10**-digits + 1e-9:
        return fact, None
    whose = f"the {fact.arm} arm" if fact.arm else "the study"
    told = f"{n} people in {whose}, as stated; {k}/{n} = {100 * k / n:.{digits + 1}f} %, printed {percent} %"
    return replace(fact, arithmetic=told), n


def _whole(printed: str) -> int | None:
    bare = printed.replace(",", "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 9 else None


def _why_not(fact: Fact, n: int, study: Study, pair: Pair, vocabulary: Vocabulary) -> str:
    """Return why a count is not the study's figure for those who had the drug, or ""."""
    if study.wider:
        return "of a wider group"
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
    if (study.combined or study.several) and not fact.arm:
        return "with or beside other treatments"
    size = size_of(study)
    arms = controlled(study) or study.design is EvidenceKind.RANDOMISED
    least = _LEAST_OF_ARM if arms else _LEAST
    if size is not None and n < least * size:
        return f"part of the study's people ({n} of {size})"
    return ""


def tallied(
    facts: Iterable[tuple[Study, Fact]], pair: Pair, vocabulary: Vocabulary, harms: bool = False
) -> tuple[Tally, ...]:
    """Return the counts of each outcome at each time point, outcomes of most studies first.

    Args:
        facts: study and fact, outcomes or harms that concern the pair.
        pair: drug and condition.
        vocabulary: names the drugs of arms.
        harms: whether they are harms.
    """
    lines: dict[tuple[str, str], list[CountLine]] = {}
    names: dict[str, str] = {}
    told: dict[str, list[Fact]] = {}
    for study, fact in facts:
        line = counted_of(fact, study, pair, vocabulary)
        for name in names_of(fact, harms):
            key = key_of(name)
            names.setdefault(key, name)
            if line is None:
                told.setdefault(key, []).append(fact)
            else:
                time = fact.value.time if isinstance(fact.value, Count) else ""
                lines.setdefault((key, time), []).append(line)
    counts = [
        Tally(names[key], time, _ordered(found), serious=any(line.fact.serious for line in found))
        for (key, time), found in lines.items()
    ]
    counted = {key for key, _ in lines}
    bare = [
        Tally(names[key], "", (), told=tuple(_once(found)), serious=any(fact.serious for fact in found))
        for key, found in told.items()
        if key not in counted
    ]
    return tuple(sorted((*_beside(counts, told), *bare), key=_rank))


def _beside(counts: Iterable[Tally], told: Mapping[str, Sequence[Fact]]) -> Iterator[Tally]:
    """Yield tallies, the largest of each outcome with what studies that do not count it state of it."""
    ranked = sorted(counts, key=_rank)
    documents: dict[str, set[str]] = {}
    for tally in ranked:
        of = documents.setdefault(key_of(tally.outcome), set())
        of |= {line.fact.quote.document for line in tally.lines}
    for tally in ranked:
        held = documents.pop(key := key_of(tally.outcome), None)
        left = [fact for fact in told.get(key, ()) if held is not None and fact.quote.document not in held]
        serious = tally.serious or any(fact.serious for fact in left)
        yield replace(tally, told=tuple(_once(left)), serious=serious) if left else tally


def names_of(fact: Fact, harms: bool) -> list[str]:
    """Return what a fact's outcome or harms are called; none where its words name none."""
    if not harms:
        words = fact.outcome or (fact.value.outcome if isinstance(fact.value, Change) else "")
        name = outcome_name(_whole_words(words, fact.quote.words), fact.quote.words)
        return [name] if name else []
    return harm_names(fact)


def _whole_words(words: str, quoted: str) -> str:
    """Return words with their last one whole, where they were cut off within it."""
    place = quoted.find(words) if words else -1
    if place < 0 or not words[-1].isalpha():
        return words
    end = place + len(words)
    while end < len(quoted) and (quoted[end].isalpha() or quoted[end] == "-"):
        end += 1
    return quoted[place:end]


def _once(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Yield the first fact of each document."""
    seen: set[str] = set()
    for fact in facts:
        if fact.quote.document not in seen:
            seen.add(fact.quote.document)
            yield fact


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
            other = line.fact.arm and best[line.study].fact.arm and line.fact.arm != best[line.study].fact.arm
            why = "another arm of the same study" if other else "part of the study's people, or said again"
            line = replace(line, counted=False, why=why)
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
OUTCOME_FIELDS = (Field.OUTCOME,)
