"""Levels of evidence that a machine suggests: OCEBM 2011 by question, and GRADE's reasons to go down or up.

Sources: OCEBM Levels of Evidence Working Group, "The Oxford Levels of Evidence 2" (2011); Guyatt and others, GRADE
guidelines, J Clin Epidemiol 2011 (64). A level is of a study or of a body of studies, never of a single quote, and it
always says "suggested": what a design promises is not how well a study was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from curbside.records import Aim, Count, EvidenceKind, Fact, Field, Interval, Level, Number, Reason, Study, Terms

_K = EvidenceKind

TABLE: Mapping[Aim, Mapping[EvidenceKind, int]] = MappingProxyType(
    {
        Aim.TREATMENT: {
            _K.META_ANALYSIS: 1,
            _K.SYSTEMATIC_REVIEW: 1,
            _K.RANDOMISED: 2,
            _K.TRIAL: 4,
            _K.COHORT: 3,
            _K.CASE_CONTROL: 4,
            _K.CASE_SERIES: 4,
            _K.CASE_REPORT: 4,
            _K.CROSS_SECTIONAL: 4,
            _K.LABORATORY: 5,
        },
        Aim.HARMS: {
            _K.META_ANALYSIS: 1,
            _K.SYSTEMATIC_REVIEW: 1,
            _K.RANDOMISED: 2,
            _K.TRIAL: 4,
            _K.COHORT: 3,
            _K.CASE_CONTROL: 4,
            _K.CASE_SERIES: 4,
            _K.CASE_REPORT: 4,
            _K.CROSS_SECTIONAL: 4,
            _K.LABORATORY: 5,
        },
        Aim.PROGNOSIS: {
            _K.META_ANALYSIS: 1,
            _K.SYSTEMATIC_REVIEW: 1,
            _K.COHORT: 3,
            _K.RANDOMISED: 3,
            _K.TRIAL: 4,
            _K.CASE_SERIES: 4,
            _K.CASE_CONTROL: 4,
            _K.CASE_REPORT: 4,
        },
        Aim.PREVALENCE: {
            _K.META_ANALYSIS: 2,
            _K.SYSTEMATIC_REVIEW: 2,
            _K.CROSS_SECTIONAL: 3,
            _K.COHORT: 3,
            _K.CASE_SERIES: 4,
            _K.CASE_REPORT: 4,
        },
        Aim.DIAGNOSIS: {
            _K.META_ANALYSIS: 1,
            _K.SYSTEMATIC_REVIEW: 1,
            _K.CROSS_SECTIONAL: 2,
            _K.COHORT: 3,
            _K.CASE_CONTROL: 4,
            _K.CASE_SERIES: 4,
            _K.CASE_REPORT: 4,
            _K.LABORATORY: 5,
        },
        Aim.SCREENING: {
            _K.META_ANALYSIS: 1,
            _K.SYSTEMATIC_REVIEW: 1,
            _K.RANDOMISED: 2,
            _K.TRIAL: 3,
            _K.COHORT: 3,
            _K.CASE_CONTROL: 4,
            _K.CASE_SERIES: 4,
            _K.CASE_REPORT: 4,
            _K.CROSS_SECTIONAL: 4,
            _K.LABORATORY: 5,
        },
    }
)
"""Question -> kind of evidence -> OCEBM 2011 level; a kind that is missing has none. A review counts only as what it
reviews, which its kind does not say."""

_ALONE = Reason("inconsistency", 0, "one study alone; could not be judged")
_REVIEWS = (_K.META_ANALYSIS, _K.SYSTEMATIC_REVIEW)
_CERTAINTY = ("very low", "low", "moderate", "high")
_FEW = 30
"""People below which a single count is called imprecise whatever its interval (a rule of thumb, GRADE's optimal
information size is far above it)."""
_WIDE = 0.4
"""Width of a 95 % interval of a share above which it is imprecise."""
_BLIND = ("double-blind", "double blind", "triple-blind", "masked", "blinded")


def level_of(study: Study, aim: Aim = Aim.TREATMENT) -> Level:
    """Return the level that a study's design suggests for a question, with what speaks for less or more."""
    reasons = [*_design(study, aim), *_bias(study), *_size(study), _ALONE]
    level = TABLE[aim].get(study.design)
    if study.design in _REVIEWS:
        return _review(study, aim, level, reasons)
    if level is not None and aim in (Aim.TREATMENT, Aim.HARMS):
        level = _with_controls(level, study)
    return Level(aim, level, _certainty(study.design, reasons) if level is not None else "", tuple(reasons))


def _review(study: Study, aim: Aim, level: int | None, reasons: Sequence[Reason]) -> Level:
    """A review counts as what it reviews: it has a level where it says that this was randomised trials (or the question
    asks for no trials), and never a certainty, which is that of the studies in it."""
    asks = aim in (Aim.TREATMENT, Aim.HARMS, Aim.SCREENING)
    if asks and not any("randomi" in words.lower() and "non-random" not in words.lower() for words in _about(study)):
        told = "a review counts as what it reviews, and it is not stated that these were randomised trials"
        return Level(aim, None, "", (*reasons, Reason("design", 0, told)))
    return Level(aim, level, "", (*reasons, Reason("design", 0, "its certainty is that of the studies in it")))


def _about(study: Study) -> list[str]:
    titles = [report.title for report in study.reports]
    return [*titles, *_terms([*study.of(Field.DESIGN), *study.of(Field.POPULATION)])]


def _with_controls(level: int, study: Study) -> int:
    """Level 3 of OCEBM 2011 asks for a control group: a cohort of treated people alone is a case series."""
    if study.design is EvidenceKind.TRIAL and controlled(study):
        return 3
    if study.design is EvidenceKind.COHORT and not controlled(study):
        return 4
    return level


def controlled(study: Study) -> bool:
    """Tell whether the reports state a comparator; groups that are counted apart (by country, by age) are none."""
    return bool(study.of(Field.COMPARATOR))


def _design(study: Study, aim: Aim) -> list[Reason]:
    if study.design not in TABLE[aim]:
        return [Reason("design", 0, "the reports do not state a design that has a level")]
    words = study.design.value
    if study.design in (EvidenceKind.TRIAL, EvidenceKind.COHORT):
        words += ", with a comparison" if controlled(study) else ", without a stated comparison"
    return [Reason("design", 0, words)]


def _bias(study: Study) -> list[Reason]:
    found: list[Reason] = []
    if study.design is EvidenceKind.RANDOMISED:
        stated = " ".join(_terms(study.of(Field.BLINDING))).lower()
        if "open" in stated or "unblinded" in stated:
            found.append(Reason("risk of bias", -1, "open-label"))
        elif any(word in stated for word in _BLIND):
            found.append(Reason("risk of bias", 0, "blinded"))
        else:
            found.append(Reason("risk of bias", 0, "blinding not stated; could not be judged"))
    elif study.design in (EvidenceKind.CASE_REPORT, EvidenceKind.CASE_SERIES):
        found.append(Reason("risk of bias", -1, f"{study.design.value}: chosen cases, no comparison"))
    if "expression of concern" in study.lead.standing:
        found.append(Reason("risk of bias", -2, "expression of concern"))
    return found


def _size(study: Study) -> list[Reason]:
    n = size_of(study)
    if n is None:
        return [Reason("imprecision", 0, "number of people not stated; could not be judged")]
    return [Reason("imprecision", -1, _heads(n))] if n < _FEW else []


def _heads(n: int) -> str:
    return "1 person" if n == 1 else f"{n} people"


def size_of(study: Study) -> int | None:
    """Return the number of people that the reports state: analysed or else enrolled, the whole study."""
    for field in (Field.N, Field.N_ANALYSED):
        for fact in study.of(field):
            value = fact.value
            printed = value.printed if isinstance(value, Number) else value.n if isinstance(value, Count) else ""
            if printed.replace(",", "").isdecimal():
                return int(printed.replace(",", ""))
    return 1 if study.design is EvidenceKind.CASE_REPORT else None


def _terms(facts: Iterable[Fact]) -> list[str]:
    return [term for fact in facts if isinstance(fact.value, Terms) for term in fact.value.terms]


def _certainty(design: EvidenceKind, reasons: Sequence[Reason]) -> str:
    start = 3 if design in (_K.RANDOMISED, _K.META_ANALYSIS, _K.SYSTEMATIC_REVIEW) else 1
    reached = max(0, min(3, start + sum(reason.steps for reason in reasons)))
    # What could not be judged cannot be vouched for: the highest word is kept for a body that was judged whole.
    unjudged = any("could not be judged" in reason.words for reason in reasons)
    return _CERTAINTY[min(reached, 2) if unjudged else reached]


def level_of_body(
    studies: Sequence[Study], intervals: Sequence[Interval] = (), aim: Aim = Aim.TREATMENT, i2: float | None = None
) -> Level | None:
    """Return the level of a body of studies: that of its best design, with reasons across studies; None for none.

    Args:
        studies: studies of people on the question, retracted ones left out.
        intervals: of the shares that were seen, one for each study that counts the main outcome.
        aim: the question.
        i2: heterogeneity of the pooled main outcome in percent, None where nothing was pooled.
    """
    known = [(number, study) for study in studies if (number := level_of(study, aim).level) is not None]
    if not known:
        return None
    best = min(number for number, _ in known)
    leading = [study for number, study in known if number == best]
    reasons = [Reason("design", 0, _counted(leading))]
    reasons += _common(leading)
    sizes = [size for study in studies if (size := size_of(study)) is not None]
    if not sizes:
        reasons.append(Reason("imprecision", 0, "numbers of people not stated; could not be judged"))
    elif sum(sizes) < _FEW or (intervals and min(each.high - each.low for each in intervals) > _WIDE):
        reasons.append(Reason("imprecision", -1, f"{_heads(sum(sizes))} in all, wide intervals"))
    reasons.append(_inconsistency(intervals, i2))
    wider = [study for study in studies if study.wider or study.several or study.combined]
    if len(wider) == len(studies):
        reasons.append(Reason("indirectness", -1, "every study is of a wider group or of drugs together"))
    small = len(studies) >= 3 and all(each.design in (_K.CASE_REPORT, _K.CASE_SERIES) for each in studies)
    bias = "only reports of cases: what did not work is seldom written up" if small else "could not be judged"
    reasons.append(Reason("publication bias", -1 if small else 0, bias))
    return Level(aim, best, _certainty(leading[0].design, reasons), tuple(reasons))


def _counted(studies: Sequence[Study]) -> str:
    designs = dict.fromkeys(study.design.value for study in studies)
    return f"{len(studies)} {'study' if len(studies) == 1 else 'studies'} at this level: {', '.join(designs)}"


def _common(leading: Sequence[Study]) -> list[Reason]:
    """Return what most of the best studies share of risk of bias."""
    down = [reason for study in leading for reason in _bias(study) if reason.steps < 0]
    if down and len(down) * 2 >= len(leading):
        return [Reason("risk of bias", max(-1, min(reason.steps for reason in down)), down[0].words)]
    return []


def _inconsistency(intervals: Sequence[Interval], i2: float | None) -> Reason:
    if i2 is not None and i2 >= 50:
        return Reason("inconsistency", -1, f"I² {i2:.0f} %")
    if len(intervals) < 2:
        return Reason("inconsistency", 0, "fewer than two studies count the same outcome; could not be judged")
    apart = max(each.low for each in intervals) > min(each.high for each in intervals)
    return Reason("inconsistency", -1 if apart else 0, "intervals that do not meet" if apart else "intervals that meet")
