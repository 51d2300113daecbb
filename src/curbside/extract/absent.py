"""What a reader looks for in a kind of document and does not find: "not stated", where it would have stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.extract.stating import clause
from curbside.extract.subjects import Line, Subject
from curbside.language.linear import Pattern, linear
from curbside.records import Category, ConceptKind, Document, DocumentKind, Fact, Field, Terms

_NEAR: dict[Field, Pattern] = {
    Field.DOSE: linear(
        r"\b(?:dos(?:e|es|ing|age|ages)|regimens?|administ\w+|low-dose|treated with|therapy|treatment)\b"
    ),
    Field.COMPARATOR: linear(
        r"\b(?:baseline|compared|changes? in|before|controls?|retrospective\w*|single-arm|open-label)\b"
    ),
    Field.AGE: linear(r"\b(?:patients|children|infants|adults|p(?:a)?ediatric|participants|subjects|age)\b"),
    Field.SEX: linear(r"\b(?:patients|children|infants|adults|participants|subjects)\b"),
    Field.N: linear(r"\b(?:patients|participants|subjects|children|adults|cases|studies|trials)\b"),
    Field.ROUTE: linear(r"\b(?:administ\w+|treated with|therapy|treatment|given|received)\b"),
    Field.DURATION: linear(r"\b(?:treated|therapy|treatment|received|duration|course)\b"),
    Field.FOLLOW_UP: linear(r"\b(?:follow\w*|end ?point|end of|during|remained|long-term)\b"),
    Field.ADVERSE_EVENT: linear(r"\b(?:safe\w*|toler\w+|risk|adverse)\b"),
    Field.DESIGN: linear(r"\b(?:study|trial|patients|report|review)\b"),
    Field.REGISTRATION: linear(r"\b(?:trial|registered|protocol)\b"),
    Field.CONTRAINDICATION: linear(r"\b(?:avoid\w*|caution|risk|side effects?|adverse)\b"),
    Field.INTERACTION: linear(r"\b(?:combin\w+|together|other (?:drugs|agents)|with)\b"),
    Field.MONITORING: linear(r"\b(?:risk|side effects?|adverse|safety)\b"),
    Field.CONDITION: linear(r"\b(?:patients|treatment)\b"),
}
"""Field -> the words near which a reader would look for it."""

_COMPARING = linear(
    r"\b(?:(?:two|three|both|between|the) (?:treatment )?(?:groups|arms)|versus|vs|randomi[sz]ed"
    r"|controlled|case-control|controls"
    r"|one group|compared with (?:those|patients))\b"
)
"""Words of a study that compares people, whoever they were compared with."""
_STUDY = (
    Field.DESIGN, Field.N, Field.AGE, Field.SEX, Field.CONDITION, Field.FOLLOW_UP,
)  # fmt: skip
_TREATED = (Field.COMPARATOR, Field.DOSE, Field.ROUTE, Field.DURATION, Field.ADVERSE_EVENT)
_ADVICE = (Field.DOSE, Field.ADVERSE_EVENT, Field.MONITORING, Field.CONTRAINDICATION, Field.INTERACTION)
_REVIEWS = ("review", "guideline", "meta-analysis", "protocol", "in vitro", "animal", "editorial", "consensus")


def absent(document: Document, subjects: Sequence[Subject], stated: Sequence[Fact]) -> Iterator[Fact]:
    """Yield a fact without value for each field that a reader of this kind of document would look for in vain."""
    if not subjects:
        return
    have = {fact.field for fact in stated}
    for field in _sought(document, subjects, stated):
        if field is Field.DOSE and Field.CONCENTRATION in have and not _swallowed(stated):
            continue  # the dose of what is put on the skin is its strength
        if field not in have:
            yield _nothing(field, subjects)


def _sought(document: Document, subjects: Sequence[Subject], stated: Sequence[Fact]) -> tuple[Field, ...]:
    drugs = any(subject.drugs for subject in subjects)
    if document.kind in (DocumentKind.ANSWER_PAGE, DocumentKind.QUESTION_PAGE):
        return _ADVICE if drugs else ()
    if document.kind in (DocumentKind.GUIDELINE, DocumentKind.SUMMARY) or not any(
        subject.reports for subject in subjects
    ):
        return ()
    designs = " ".join(
        term
        for fact in stated
        if fact.field is Field.DESIGN and isinstance(fact.value, Terms)
        for term in fact.value.terms
    )
    if any(word in designs for word in _REVIEWS):
        return (Field.DOSE,) if drugs else ()
    counted = any(fact.field in (Field.N, Field.AGE, Field.ARM) for fact in stated)
    if not counted and not designs:
        return ()
    one = any(fact.field is Field.N and "case report" in designs for fact in stated)
    trial = (Field.REGISTRATION,) if "trial" in designs or "randomised" in designs else ()
    study = tuple(field for field in _STUDY if not (one and field in (Field.N,)))
    compared = any(_COMPARING.search(line.low) for subject in subjects for line in subject.lines)
    treated = (
        tuple(field for field in _TREATED if not (field is Field.COMPARATOR and (compared or "case report" in designs)))
        if drugs
        else ()
    )
    return (*study, *treated, *trial)


def _swallowed(stated: Sequence[Fact]) -> bool:
    """Tell whether a drug is said to be given otherwise than on the skin."""
    routes = {
        term
        for fact in stated
        if fact.field is Field.ROUTE and isinstance(fact.value, Terms)
        for term in fact.value.terms
    }
    return bool(routes & {"oral", "intravenous", "subcutaneous"})


def _nothing(field: Field, subjects: Sequence[Subject]) -> Fact:
    """Quote the words where a reader would look: a clause with one of the field's words, else the first sentence."""
    pattern = _NEAR.get(field)
    lines = [(subject, line) for subject in subjects for line in subject.lines if not line.heading] or [
        (subject, line) for subject in subjects for line in subject.lines
    ]
    lines.sort(key=lambda each: _rank(field, each[1]))
    for subject, line in lines:
        match = pattern.search(line.low) if pattern is not None else None
        if match is not None:
            return Fact(field, None, subject.quote(line, *clause(line.low, match.start(), match.end())))
    subject, line = lines[0]
    return Fact(field, None, subject.quote(line, 0, len(line.words)))


def _rank(field: Field, line: Line) -> int:
    if field is Field.DOSE and "dos" in line.low and line.of(ConceptKind.DRUG):
        return 0
    if field is Field.ADVERSE_EVENT and line.category in (Category.RESULTS, Category.CONCLUSIONS):
        return 1
    return 1 if line.category is Category.METHODS else 2 if line.category in (Category.RESULTS, Category.NONE) else 3
