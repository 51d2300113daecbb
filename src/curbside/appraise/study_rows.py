"""The table of studies for a researcher: one row a study, from its card; and the flow of documents to the answer."""

from __future__ import annotations

from dataclasses import replace

from curbside.appraise.counting import names_of
from curbside.appraise.intervals import proportion_words
from curbside.language.fact_words import fact_words, value_words
from curbside.records import Answer, CitedEvidence, Count, Fact, Field, Study
from curbside.records.audience import FlowStep, ResearcherView, StudyRow

MOST = 8
"""Values in one cell at the most; what is more is counted in its last line and stands on the study card."""

_GIVEN = (Field.DRUG, Field.ROUTE, Field.CONCENTRATION, Field.DOSE, Field.SCHEDULE, Field.TROUGH, Field.DURATION)


def researcher_view(answer: Answer, cited: CitedEvidence) -> ResearcherView:
    """Return an answer with a row for each study that it cites, and with the flow of documents."""
    rows = tuple(_row(numbers, study) for numbers, study in cited.studies)
    return ResearcherView(answer, rows, _flow(answer, len(rows)))


def _row(numbers: tuple[int, ...], study: Study) -> StudyRow:
    return StudyRow(
        references=numbers,
        document=study.lead.document,
        label=study.label,
        year=study.year,
        design=study.design.value,
        level=study.level.words if study.level else "",
        people=_words(study, Field.N, Field.N_ANALYSED, Field.AGE),
        arms=_words(study, Field.ARM),
        given=_words(study, *_GIVEN),
        comparator=_words(study, Field.COMPARATOR),
        outcomes=_counts(study, Field.OUTCOME),
        effects=_words(study, Field.EFFECT),
        harms=_counts(study, Field.ADVERSE_EVENT),
        follow_up=_words(study, Field.FOLLOW_UP),
        notices=tuple(dict.fromkeys(word for report in study.reports for word in report.standing)),
    )


def _words(study: Study, *fields: Field) -> tuple[str, ...]:
    return _cut([fact_words(fact) for field in fields for fact in study.of(field)])


def _cut(words: list[str]) -> tuple[str, ...]:
    """Return distinct words; of many the first, and how many more the study card holds."""
    found = list({each.lower(): each for each in reversed(words) if each}.values())[::-1]
    return tuple(found) if len(found) <= MOST else (*found[: MOST - 1], f"and {len(found) - MOST + 1} more")


def _counts(study: Study, field: Field) -> tuple[str, ...]:
    """Return counts with their intervals before what is told without a count."""
    facts = study.of(field)
    counted = [(fact, interval) for fact in facts if (interval := _interval(fact))]
    told = [fact_words(fact) for fact in facts if not _interval(fact)]
    return _cut([*(_counted(fact, interval) for fact, interval in counted), *told])


def _interval(fact: Fact) -> str:
    value = fact.value
    if not isinstance(value, Count):
        return ""
    k, n = value.k.replace(",", ""), value.n.replace(",", "")
    if not (k.isdecimal() and n.isdecimal() and int(n) > 0 and int(k) <= int(n)):
        return ""
    return proportion_words(int(k), int(n))


def _counted(fact: Fact, interval: str) -> str:
    value = fact.value
    assert isinstance(value, Count)
    name = ", ".join(names_of(fact, harms=fact.field is Field.ADVERSE_EVENT)) or fact.outcome or "counted"
    at = f" at {value_words(replace(value, k='', n='', percent=''))}" if value.time else ""
    arm = f" ({fact.arm})" if fact.arm else ""
    return f"{name}{at}{arm}: {interval}"


def _flow(answer: Answer, studies: int) -> tuple[FlowStep, ...]:
    read, held = answer.searched
    steps = [FlowStep("documents that the library holds", held), FlowStep("documents chosen and read", read)]
    if answer.search is not None:
        steps.append(FlowStep("documents with a sentence that may speak to the question", answer.search.fitting))
    steps.append(FlowStep("documents cited", len(answer.references)))
    return (*steps, FlowStep("studies that they report", studies))
