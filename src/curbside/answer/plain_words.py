"""Values and kinds of study in everyday words, and what words of research mean."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.language.linear import linear
from curbside.records import EvidenceKind, Field, Quantity, Range

KINDS: dict[EvidenceKind, str] = {
    EvidenceKind.RANDOMISED: "A randomised trial: chance decided who got which treatment.",
    EvidenceKind.TRIAL: "A trial in which chance did not decide who got which treatment.",
    EvidenceKind.COHORT: "A cohort study: people were followed over time, and nobody assigned their treatment.",
    EvidenceKind.CASE_CONTROL: "A case-control study: people with the condition were set beside people without it.",
    EvidenceKind.CROSS_SECTIONAL: "A cross-sectional study: everybody was looked at once, at the same time.",
    EvidenceKind.CASE_SERIES: "A case series: several patients are described, with nobody to compare them with.",
    EvidenceKind.CASE_REPORT: "A case report: what happened to a patient, or very few of them.",
    EvidenceKind.SYSTEMATIC_REVIEW: "A systematic review: all studies on a question were looked for and weighed.",
    EvidenceKind.META_ANALYSIS: "A meta-analysis: the figures of several studies were put together.",
    EvidenceKind.REVIEW: "A review: its authors tell what others found.",
    EvidenceKind.GUIDELINE: "A guideline: it recommends what to do.",
    EvidenceKind.SUMMARY: "An evidence summary: it reviews what is known and gives no guideline.",
    EvidenceKind.LABORATORY: "An experiment in the laboratory or on animals, not in people.",
    EvidenceKind.ANIMALS: "A study of animals, not of people.",
    EvidenceKind.PROTOCOL: "A protocol: the plan of a study, without results.",
    EvidenceKind.REGISTRATION: "The registration of a trial: what is planned, without results.",
}
"""Kind of evidence -> what it is; none of the words is a number, a drug or a condition."""

STATED: dict[Field, str] = {
    Field.DESIGN: "how the study was done",
    Field.N: "how many people took part",
    Field.AGE: "how old they were",
    Field.SEX: "how many were women or men",
    Field.CONDITION: "the condition",
    Field.FOLLOW_UP: "how long they were followed",
    Field.COMPARATOR: "what the treatment was compared with",
    Field.DOSE: "the dose",
    Field.ROUTE: "how it was given",
    Field.DURATION: "how long it was given",
    Field.ADVERSE_EVENT: "harms",
    Field.MONITORING: "what has to be monitored",
    Field.CONTRAINDICATION: "who must not have it",
    Field.INTERACTION: "what it must not be combined with",
    Field.REGISTRATION: "a registration number",
}
"""Field -> how a reader would ask for it."""

_TERMS: tuple[tuple[str, str, str], ...] = (
    ("placebo", r"(?i)\bplacebo\b", "a treatment that looks the same and holds no drug"),
    ("randomised", r"(?i)\brandomi[sz]ed?\b|\brandomly\b", "chance decided who got which treatment"),
    ("double-blind", r"(?i)\bdouble[- ]blind", "neither the people nor those who treated them knew who got what"),
    ("open-label", r"(?i)\bopen[- ]label\b", "everybody knew who got what"),
    ("crossover", r"(?i)\bcross-?over\b", "the same people got one treatment after the other"),
    ("hazard ratio", r"(?i)\bhazard ratios?\b|\bHR\b",
     "how fast something happens in one group beside the other; 1 is no difference"),
    ("odds ratio", r"(?i)\bodds ratios?\b|\bOR ?[=:]", "the odds in one group beside the other; 1 is no difference"),
    ("relative risk", r"(?i)\b(?:relative risks?|risk ratios?)\b|\bRR ?[=:]",
     "the risk in one group beside the other; 1 is no difference"),
    ("confidence interval", r"(?i)\bconfidence intervals?\b|\bCI\b",
     "the range that the true value probably lies in; wide means unsure"),
    ("p value", r"(?i)\bp ?[<=>≤] ?0?[.·]",
     "how often chance alone would give so large a difference; small speaks against chance"),
    ("median", r"(?i)\bmedian\b", "the middle value: half of the people lie below it"),
    ("statistically significant", r"(?i)\bsignificant(?:ly)?\b",
     "unlikely to be chance; it does not say that a difference is large"),
    ("non-inferior", r"(?i)\bnon-?inferior", "not worse by more than was agreed on beforehand"),
    ("refractory", r"(?i)\brefractory\b", "earlier treatment did not help enough"),
    ("relapse", r"(?i)\brelaps", "the condition came back"),
    ("remission", r"(?i)\bremissions?\b", "signs of the condition have gone"),
    ("prophylaxis", r"(?i)\bprophyla", "treatment so that something does not happen"),
    ("adverse event", r"(?i)\badverse (?:events?|effects?|reactions?)\b",
     "something bad that happened during treatment, caused by it or not"),
    ("efficacy", r"(?i)\befficac", "how well a treatment works in a study"),
    ("cohort", r"(?i)\bcohort\b", "people followed over time"),
    ("retrospective", r"(?i)\bretrospective", "looked up afterwards, in records"),
    ("baseline", r"(?i)\bbaseline\b", "how things were before treatment"),
)  # fmt: skip
_PATTERNS = tuple((name, linear(pattern), meaning) for name, pattern, meaning in _TERMS)

_ONE = frozenset({"1", "1.0"})
_FIXED = frozenset({"%", "mg", "g", "kg", "mcg", "µg", "ug", "mL", "ml", "l", "L", "IU", "mmol", "date", "m2", ""})
_PLURAL = linear(r"^[a-z]{3,}$")


def explained(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the words of research that texts use, each with its meaning, in the order of the table."""
    whole = "\n".join(texts)
    return tuple((name, meaning) for name, pattern, meaning in _PATTERNS if pattern.search(whole) is not None)


def with_unit(amount: str, unit: str) -> str:
    """Return an amount with its unit in the number that it wants: "1 year", "2 years", "5 mg", "20%"."""
    if unit == "%":
        return f"{amount}%"
    if not unit or unit == "date":
        return amount
    plural = unit not in _FIXED and amount not in _ONE and _PLURAL.match(unit) is not None
    return f"{amount} {unit}{'s' if plural else ''}"


def quantity_words(value: Quantity) -> str:
    """Return an amount in words: "4.5 mg per m2 per day", "2.5 mg"."""
    return with_unit(value.amount, value.unit) + _per(value.per) + often(value.frequency, value.per)


def range_words(value: Range) -> str:
    """Return a range in words: "median 9 years, from 2 to 17 years"."""
    pieces: list[str] = []
    if value.mean:
        pieces.append(f"mean {_end(value.mean, value.unit)}" + (f" (SD {value.sd})" if value.sd else ""))
    if value.median:
        pieces.append(f"median {_end(value.median, value.unit)}")
    if value.low and value.high:
        low, high = (_end(each, value.unit) for each in (value.low, value.high))
        amount, _, unit = low.partition(" ")
        pieces.append(f"from {amount if high.endswith(f' {unit}') else low} to {high}")
    elif value.low or value.high:
        pieces.append(
            f"at least {_end(value.low, value.unit)}" if value.low else f"up to {_end(value.high, value.unit)}"
        )
    return ", ".join(pieces) + _per(value.per) + often(value.frequency, value.per)


def _end(printed: str, unit: str) -> str:
    """Return an end of a range with its own unit or that of the range: "28 days", "8 year 9 month" as printed."""
    amount, _, own = printed.partition(" ")
    if not own:
        return with_unit(amount, unit)
    return with_unit(amount, own) if " " not in own else printed


def _per(per: str) -> str:
    return "".join(f" per {each}" for each in per.split("/") if each)


_OFTEN = {"1/day": "once a day", "2/day": "twice a day", "3/day": "three times a day", "4/day": "four times a day",
          "1/week": "once a week", "2/week": "twice a week", "3/week": "three times a week"}  # fmt: skip


def often(frequency: str, per: str) -> str:
    """Return how often in words, behind a comma: ", twice a day"; "" where it is not said, or said already."""
    if not frequency or "day" in per.split("/"):
        return ""
    times, _, unit = frequency.partition("/")
    return f", {_OFTEN.get(frequency, f'{times} times per {unit}')}"
