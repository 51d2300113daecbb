"""What came of it: counts and shares with outcome, time and arm; counts of harms are told from benefit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curbside.extract.arm_counts import Arms
from curbside.extract.changes import changes_of, effect_of, what_changed
from curbside.extract.counted_names import (
    NAMED,
    denied,
    event_name,
    outcome_name,
    respective_name,
    shorn,
    without_articles,
)
from curbside.extract.counting import Counted, counted
from curbside.extract.harm_words import BASELINE, BENEFIT, EVENT, NAMED_HARM, SERIOUS, TREATED, is_harm, is_outcome
from curbside.extract.people import Size
from curbside.extract.stating import fact, spanned
from curbside.extract.subjects import Line, Subject, of_others
from curbside.language.counted import plain
from curbside.language.counts import counts
from curbside.language.effects import effects
from curbside.language.linear import linear
from curbside.records import Category, ConceptKind, Count, Fact, Field, PartRole, Quantity

_WHO = frozenset({Field.N, Field.N_ANALYSED, Field.ARM, Field.SEX, Field.AGE})
_SILENT = frozenset({Category.BACKGROUND, Category.METHODS, Category.OBJECTIVE})
_NEXT_ARM = linear(
    r"^[^a-z0-9]*(?:(?:and|vs|versus|v|compared (?:with|to)|in|for|of|the|those|who|received|receiving|given"
    r"|group|arm|patients"
    r"|respectively|placebo|than|(?:receiving|on|with|in|given) (?:the )?[a-z][a-z0-9-]+"
    r"|vehicle|controls?|treatment|treated|[a-z]+limus|with|by|(?:[a-z0-9-]+ ){1,3}(?:group"
    r"|arm))[^a-z0-9]+)*[^a-z0-9]*$"
)
"""What stands between the counts of two arms for one event."""
_NO_LABEL = linear(
    r"^(?:p ?[=<>≤]|n ?=|by \d|vs\b|than |[^a-z]*$|(?:compared(?: with| to)?|versus|or|and|with|who|in|of"
    r"|for)$)|\bci\b|\bp ?[=<>] ?0|^(?:low|high)-[a-z]+ [a-z]+$"
)
"""What is no name of an outcome: a p value, an interval, an arm."""
_BRACKETED = re.compile(r"[\[(][^\[\]()]{0,60}+[\])]")


def outcomes(subject: Subject, size: Size, known: Sequence[Fact]) -> Iterator[Fact]:
    """Yield counts of benefit and of harm, effects and directions of a subject.

    `known` are the facts of who took part: names of arms, and numbers that count no outcome.
    """
    arms = Arms.of(known)
    taken = {
        line.span.start: [
            (each.quote.span.start - line.span.start, each.quote.span.end - line.span.start)
            for each in known
            if each.field in _WHO and line.span.covers(each.quote.span)
        ]
        for line in subject.lines
    }
    size = _common(subject, size)
    condition = subject.name(subject.conditions[0]).lower() if subject.conditions else ""
    for line in subject.lines:
        if line.heading or line.role is PartRole.QUESTION or line.category in _SILENT:
            continue
        if line.body and line.category is not Category.RESULTS:
            continue
        sizes = effects(line.words)
        before: tuple[Counted, Fact] | None = None
        for each in counted(line, size, [*taken.get(line.span.start, ()), *(spanned(effect.span) for effect in sizes)]):
            made = _again(subject, line, each, arms, before) or _count(subject, line, each, arms, condition)
            if made is not None and _NO_LABEL.search(made.outcome.lower()):
                made = replace(made, outcome=before[1].outcome) if before is not None else None
            if made is not None:
                made = arms.completed(made)
                before = (replace(each, change=each.change or isinstance(made.value, Quantity)), made)
                yield made
                yield from _nobody_else(subject, line, each, made, arms)
        for effect in sizes:
            yield effect_of(subject, line, effect)
        if subject.reports:
            yield from changes_of(subject, line)


def _common(subject: Subject, size: Size) -> Size:
    """Return the size without its claim on every count where the text counts out of several other numbers."""
    others = {
        each.n
        for line in subject.lines
        if size.shared and not line.body and not line.heading and line.category not in _SILENT
        for each in counts(line.words)
        if each.form != "n" and each.n and plain(each.n) != str(size.n)
    }
    return Size(size.n, False) if len(others) > 1 else size


def _count(subject: Subject, line: Line, each: Counted, arms: Arms, condition: str) -> Fact | None:
    said = line.low[each.low : each.high]
    arm = arms.named(line.low, each)
    at = (each.low, each.high)
    if each.change:
        value = Quantity(each.value.percent, "%")
        return fact(subject, line, at, Field.OUTCOME, value, outcome=what_changed(line, each), arm=arm)
    harm = is_harm(said, condition)
    if not harm and "adverse" in line.low[: each.start] and EVENT.search(said):
        harm = True
    listed = not harm and _AMONG_HARMS.search(line.low[: each.start]) is not None and BENEFIT.search(said) is None
    harm = harm or listed
    plain_share = line.category is Category.RESULTS and (
        (each.value.k and each.value.n)
        or (bool(each.value.percent) and _SET_BESIDE.match(line.low[each.end : each.end + 70]) is not None)
    )
    if (not harm and not plain_share and not is_outcome(line.low[slice(*each.whole)])) or BASELINE.search(
        line.low[: each.end]
    ):
        return None
    field = Field.ADVERSE_EVENT if harm else Field.OUTCOME
    outcome = (
        event_name(line, each) if harm else denied(line, each, respective_name(line, each) or outcome_name(line, each))
    )
    if not harm and _NOTHING.match(outcome.lower()):
        outcome = shorn(without_articles(line.words[each.low : each.start]))
    if not harm and _composes(subject, line, each):
        return None
    if not outcome or (harm and not _by_treatment(subject, line)):
        return None
    return fact(
        subject,
        line,
        at,
        field,
        each.value,
        outcome=outcome,
        arm=arm,
        serious=harm and SERIOUS.search(said) is not None,
        negated=each.value.k == "0",
        arithmetic=each.arithmetic,
    )


_NOTHING = linear(
    r"^(?:an? )?(?:greater|more|less|at least|in|with|by|up to)(?: than)?(?: (?:group|arm|patients))*$"
    r"|^groups?\b"
)
_HAVING = linear(
    r"^[)\] ]*(?:of (?:these|them|the) )?(?:patients? |children |cases? |of them |of whom )?(?:had|with|have|has|having"
    r"|suffered from"
    r"|were diagnosed with|diagnosed with|presented with)? ?(?:an? |the |[a-z-]+ ){0,2}$"
)


def _composes(subject: Subject, line: Line, each: Counted) -> bool:
    """Tell whether a count says which conditions the people had: "12 had ALPS, 12 multilineage cytopenias"."""
    if line.category is Category.RESULTS and each.value.n and not each.arithmetic:
        return False  # "four of 62 had coronary aneurysms"
    known = {*subject.conditions[:6]}
    mention = next((m for m in line.of(ConceptKind.CONDITION) if m.span.start >= each.end), None)
    if mention is None or mention.concept not in known or mention.span.start - each.end > 45:
        return False
    tail = line.low[mention.span.end : each.high]
    between = line.low[each.end : mention.span.start]
    return _HAVING.match(between) is not None and NAMED.search(between + tail) is None and "develop" not in between


def _by_treatment(subject: Subject, line: Line) -> bool:
    """Tell whether a harm is one of a treatment: a text on the disease counts its own complications too."""
    if of_others(line) and not TREATED.search(line.low):
        return False
    if NAMED_HARM.search(line.low) or line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS):
        return not _OF_DISEASE.search(line.low)
    return bool(subject.drugs) and not of_others(line) and not _OF_DISEASE.search(line.low)


_OF_DISEASE = linear(
    r"\b(?:prevalence|frequency|incidence|epidemiolog\w+|risk|rates?) (?:of [a-z -]{0,40})?(?:in|among) (?:patients"
    r"|people|children|adults|individuals) with\b"
    r"|\bcomplications? of (?:the |this )?(?:disease|disorder|syndrome|condition)\b"
)
"""Words of how often a disease does something, whoever treats it."""


def _again(subject: Subject, line: Line, each: Counted, arms: Arms, before: tuple[Counted, Fact] | None) -> Fact | None:
    """Return a count of the same event as the one right before it: "stomatitis (48 % [38 of 79], 8 % [3 of 39])"."""
    if before is None or each.change:
        return None
    gap = _BRACKETED.sub(" ", line.low[before[0].end : each.start]) if before[0].end < each.start else "?"
    for words in arms.called:
        gap = gap.replace(words, "arm" if len(words) > 3 else words)
    if (len(gap) > 70 or _NEXT_ARM.match(gap) is None) and not _other_arm(line, each, gap):
        return None
    if before[0].change:
        return _changed_too(subject, line, each, before, arms)
    told = before[1]
    return fact(
        subject,
        line,
        (before[0].low, max(each.end, each.high)),
        told.field,
        each.value,
        outcome=told.outcome,
        arm=arms.named(line.low, each),
        serious=told.serious,
        negated=each.value.k == "0",
        arithmetic=each.arithmetic,
    )


def _changed_too(subject: Subject, line: Line, each: Counted, before: tuple[Counted, Fact], arms: Arms) -> Fact | None:
    """Return by how much the other arm changed: "was 14.9 % with placebo versus 29.3 % with A"."""
    if each.value.k or not each.value.percent:
        return None
    told = before[1]
    at = (before[0].low, max(each.end, each.high))
    value = Quantity(each.value.percent, "%")
    return fact(subject, line, at, told.field, value, outcome=told.outcome, arm=arms.named(line.low, each))


_AND = linear(r"\b(?:and|versus|vs\.?|v|compared (?:with|to)|but|while|whereas)(?: only| in| by)? ?$")
_ARM_ALONE = linear(
    r"^ ?%?\)?(?: ?[(\[][^)\]]*[)\]])?(?:,? (?:with|in|for|of|on|among|receiving|treated with)"
    r"(?: (?:the|those|patients|group))*(?: [a-z0-9+/.-]+){1,4})? ?(?:[(\[][^)\]]*[)\]])?[.,; ]*(?:respectively)?[. ]*$"
)


def _other_arm(line: Line, each: Counted, gap: str) -> bool:
    """Tell whether a number is only the other arm's: "63 % with radiotherapy and 80 % with both"."""
    if len(gap) > 70 or _AND.search(gap) is None:
        return False
    told = line.low[each.end : each.high]
    bare = told.replace("control", " ")  # the arm, not what is controlled
    return _ARM_ALONE.match(told) is not None and NAMED.search(bare) is None and EVENT.search(told) is None


_SET_BESIDE = linear(
    r"^ ?%?[)\]]?(?: (?:in|of|with|on|for|among|receiving) (?:the )?(?:[a-z0-9-]+ ){1,4})?,? ?(?:vs|v|versus"
    r"|compared (?:with|to))\.?,? "
    r"(?:the )?(?:[a-z-]+ ){0,4}?(?:only )?(?:\d+ ?[(\[])?\d+(?:[.·]\d+)? ?%"
)
"""A share and the other arm's right behind it: "39 % versus 31 %"."""
_AMONG_HARMS = linear(
    r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?)|toxicit(?:y|ies)|aes)\b[^.;:]{0,60}?"
    r"(?:\b(?:were|was|are|includ(?:ed|ing|e)|such as)|:) [^.;]*$"
)
"""A list of harms before a count of one of them."""
_NONE_THERE = linear(
    r"^[^.;,]{0,140}?\b(?:versus|vs\.?|and|compared (?:with|to)|while|whereas|but) (?:none|no patients?|nobody|zero)"
    r" (?:of (?:the )?|in |with |on |for |receiving |given )(?:the |those |patients |group )*([a-z][a-z0-9 .%/-]{2,60})"
)


def _nobody_else(subject: Subject, line: Line, each: Counted, made: Fact, arms: Arms) -> Iterator[Fact]:
    """Yield the other arm's none: "27 patients in the A group had a response versus none in the placebo group"."""
    found = _NONE_THERE.match(line.low[each.end :]) if "non" in line.low or " no " in line.low else None
    if found is None or not isinstance(made.value, Count) or not made.value.k:
        return
    low, high = each.end + found.start(1), each.end + found.end(1)
    arm = arms.named(line.low, replace(each, start=low, end=low, high=high, value=Count()))
    if not arm or arm == made.arm:
        return
    stop = line.low.find(" (", low, high)
    at = (each.low, stop if stop > 0 else high)
    told = fact(subject, line, at, made.field, Count("0"), outcome=made.outcome, arm=arm, negated=True)
    yield arms.completed(told)
