"""The evidence profile of a drug for a condition: studies apart from what reports them, counts, gaps, disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from curbside.appraise.counting import (
    HARM_FIELDS,
    OUTCOME_FIELDS,
    concerns,
    given,
    group_of,
    main_outcome,
    people,
    tallied,
)
from curbside.appraise.families import BETTER, together, wordings
from curbside.appraise.harm_names import tells_of_harm
from curbside.appraise.levels import level_of, level_of_body
from curbside.appraise.studies import OWN, PLANNED, SYNTHESES, Reported, centres, enrolment, joined, overlaps
from curbside.language.fact_words import NOT_STATED, value_words
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Category,
    ConceptKind,
    CountLine,
    Disagreement,
    Document,
    DocumentKind,
    EvidenceKind,
    EvidenceProfile,
    Fact,
    Field,
    Gap,
    Holding,
    Licence,
    Newer,
    Pair,
    Pooled,
    PooledStudy,
    Refusal,
    Stated,
    Study,
    Tally,
    Terms,
)

Pool = Callable[[Sequence[PooledStudy]], Pooled | Refusal]
"""Pools shares, or says why not; see `curbside.appraise.pooling`."""

USED = (
    *(Field.DOSE, Field.ROUTE, Field.FORM, Field.CONCENTRATION, Field.TROUGH, Field.SCHEDULE, Field.DURATION),
    *(Field.COMBINATION, Field.LINE_OF_THERAPY, Field.PRIOR_TREATMENT, Field.MONITORING, Field.WARNING),
    *(Field.CONTRAINDICATION, Field.INTERACTION, Field.DURABILITY),
)
"""Fields shown across studies, in this order."""

WANTED = (
    *(Field.N, Field.AGE, Field.DOSE, Field.ROUTE, Field.DURATION, Field.FOLLOW_UP, Field.ADVERSE_EVENT),
    *(Field.PRIOR_TREATMENT, Field.REGISTRATION, Field.FUNDING, Field.CONFLICTS),
)
"""Fields whose absence is said."""

ATTRIBUTES = (
    *(Field.AGE, Field.DOSE, Field.ROUTE, Field.SCHEDULE, Field.DURATION, Field.LINE_OF_THERAPY),
    *(Field.PRIOR_TREATMENT, Field.FOLLOW_UP),
)
"""What two studies that disagree are compared by, beside design, size and year."""

_PAGES = frozenset(
    {
        *(DocumentKind.ANSWER_PAGE, DocumentKind.STUDY_PAGE, DocumentKind.QUESTION_PAGE),
        *(DocumentKind.AUTHOR_PAGE, DocumentKind.PAGE),
    }
)
_LEADING = 2
"""So many of a document's most prominent conditions it is about, whatever its title says."""


@dataclass(slots=True)
class _Sorted:
    """Studies by what they are to the pair."""

    studies: list[Study] = field(default_factory=list[Study])
    wider: list[Study] = field(default_factory=list[Study])
    syntheses: list[Study] = field(default_factory=list[Study])
    guidelines: list[Study] = field(default_factory=list[Study])
    planned: list[Study] = field(default_factory=list[Study])
    secondary: list[Study] = field(default_factory=list[Study])
    retracted: list[Study] = field(default_factory=list[Study])


def pair_of(drug: str, condition: str, vocabulary: Vocabulary) -> Pair:
    """Return drug and condition, by id, with the narrower ones that answer for them."""
    names = [vocabulary.names(each)[0] for each in (drug, condition)]
    return Pair(
        *(drug, names[0], frozenset(vocabulary.narrower(drug))),
        *(condition, names[1], frozenset(vocabulary.narrower(condition))),
    )


def evidence_profile(
    pair: Pair,
    reported: Sequence[Reported],
    vocabulary: Vocabulary,
    pool: Pool,
    licences: Iterable[Licence] = (),
    matched: int = 0,
    searched: str = "",
) -> EvidenceProfile:
    """Return what documents that name drug and condition hold on them.

    Args:
        pair: the drug and the condition.
        reported: the documents with what they state.
        vocabulary: names of drugs and conditions.
        pool: pools shares or refuses.
        licences: rows to pick from.
        matched: how many documents match in all, where not all were read.
        searched: ISO time of the library's last change.
    """
    held: dict[str, Holding] = {each.document.id: each.holding for each in reported}
    sorted_ = _sorted(pair, joined(reported), held, vocabulary)
    speaking = tuple(_without_background(study, held) for study in (*sorted_.studies, *sorted_.wider))
    documents: Callable[[str], Document | None] = lambda name: held[name].document if name in held else None  # noqa: E731
    told = _facts(speaking, pair, OUTCOME_FIELDS, vocabulary)
    harmful = [(study, fact) for study, fact in told if tells_of_harm(fact)]
    good = [(study, fact) for study, fact in told if not tells_of_harm(fact)]
    counts = tallied(good, pair, vocabulary)
    better = together(counts)
    outcomes = _pooled((better, *counts) if better is not None else counts, speaking, documents, pool)
    harmful += _facts(speaking, pair, HARM_FIELDS, vocabulary)
    main = main_outcome(outcomes)
    level = level_of_body(
        [study for study in sorted_.studies if study.read],
        [line.interval for line in main.counted] if main else (),
        i2=main.pooled.i2 if main and main.pooled else None,
    )
    n, unsized = people(sorted_.studies)
    dated = [study for study in sorted_.studies if study.year is not None]
    newest = max(dated, key=lambda study: study.year or 0).label if dated else ""
    return EvidenceProfile(
        pair=pair,
        studies=tuple(sorted_.studies),
        wider=tuple(sorted_.wider),
        syntheses=tuple(sorted_.syntheses),
        guidelines=tuple(sorted_.guidelines),
        planned=tuple(sorted_.planned),
        secondary=tuple(sorted_.secondary),
        retracted=tuple(sorted_.retracted),
        n=n,
        unsized=unsized,
        outcomes=outcomes,
        harms=_pooled(tallied(harmful, pair, vocabulary, True), speaking, documents, pool),
        effects=tuple(Stated(s.id, s.label, fact) for s, fact in _facts(speaking, pair, (Field.EFFECT,), vocabulary)),
        stated=tuple(_stated(speaking, pair, vocabulary)),
        disagreements=tuple(_disagreements(outcomes, {study.id: study for study in speaking})),
        gaps=tuple(_gaps([study for study in sorted_.studies if study.read])),
        newest=newest,
        newer=tuple(_newer(sorted_)),
        overlaps=overlaps(sorted_.studies, documents),
        level=level,
        licences=tuple(row for row in licences if _covers(row, pair, vocabulary)),
        read=len(reported),
        matched=max(matched, len(reported)),
        searched=searched,
    )


def _sorted(pair: Pair, studies: Iterable[Study], held: Mapping[str, Holding], vocabulary: Vocabulary) -> _Sorted:
    found = _Sorted()
    for study in studies:
        holdings = [held[report.document] for report in study.reports]
        titled = _titled(study, vocabulary)
        if not _on_drug(pair, holdings, titled):
            continue
        study = replace(
            given(study, pair.drugs),
            wider=not _on_condition(pair, holdings, titled),
            several=_one_of_several(pair, holdings, titled),
            combined=_beside(pair, titled, vocabulary),
        )
        study = replace(study, level=level_of(study) if study.design in OWN | SYNTHESES else None)
        _place(study, found)
    for several in (found.studies, found.wider, found.syntheses, found.guidelines, found.secondary, found.planned):
        several.sort(key=lambda study: (-(study.year or 0), study.label))
    return found


def _place(study: Study, found: _Sorted) -> None:
    """Put a study where it belongs; its own words decide, and a note speaks for the work that it is written from."""
    if study.retracted:
        found.retracted.append(study)
    elif study.lead.kind in _PAGES:
        if not (study.wider and study.lead.kind is DocumentKind.PAGE):
            found.secondary.append(study)
    elif study.design is EvidenceKind.GUIDELINE:
        found.guidelines.append(study)
    elif study.design in SYNTHESES:
        found.syntheses.append(study)
    elif study.design in PLANNED:
        found.planned.append(study)
    elif study.design in OWN:
        (found.wider if study.wider or study.several else found.studies).append(study)
    elif study.design in (EvidenceKind.SECONDARY, EvidenceKind.REPLY, EvidenceKind.GENERATED, EvidenceKind.OTHER):
        found.secondary.append(study)


def _titled(study: Study, vocabulary: Vocabulary) -> list[str]:
    """Return the ids of the concepts that the reports' titles name, in order."""
    return [mention.concept for report in study.reports for mention in vocabulary.mentions(report.title)]


def _on_drug(pair: Pair, holdings: Iterable[Holding], titled: Iterable[str]) -> bool:
    if not pair.drugs.isdisjoint(titled):
        return True
    return any(not pair.drugs.isdisjoint(holding.profile.drugs[:_LEADING]) for holding in holdings)


def _on_condition(pair: Pair, holdings: Iterable[Holding], titled: Iterable[str]) -> bool:
    """Tell whether a work is about the condition; where its title names conditions, they are what it is about."""
    named = [each for each in titled if each.startswith("c:")]
    if named:
        return not pair.conditions.isdisjoint(named)
    return any(not pair.conditions.isdisjoint(holding.profile.conditions[:_LEADING]) for holding in holdings)


def _one_of_several(pair: Pair, holdings: Iterable[Holding], titled: Iterable[str]) -> bool:
    """Tell whether a work's title does not name the drug and other drugs play a part in it."""
    if not pair.drugs.isdisjoint(titled):
        return False
    return any(not pair.drugs.issuperset(holding.profile.drugs) for holding in holdings)


def _beside(pair: Pair, titled: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names of other drugs that titles name beside the one asked for."""
    others: dict[str, None] = {}
    for each in titled:
        concept = vocabulary.get(each)
        if concept is not None and concept.kind is ConceptKind.DRUG and each not in pair.drugs:
            others[concept.name] = None
    return tuple(others)


def _without_background(study: Study, held: Mapping[str, Holding]) -> Study:
    """Return a study without what stands in the background of its reports: that is about others."""

    def own(fact: Fact) -> bool:
        if fact.field not in (*OUTCOME_FIELDS, *HARM_FIELDS, Field.EFFECT) or fact.quote.document not in held:
            return True
        over = held[fact.quote.document].document.sections_over(fact.quote.span)
        return not any(section.category in (Category.BACKGROUND, Category.OBJECTIVE) for section in over)

    return replace(study, facts=tuple(fact for fact in study.facts if own(fact)))


def _facts(
    studies: Iterable[Study], pair: Pair, fields: tuple[Field, ...], vocabulary: Vocabulary
) -> list[tuple[Study, Fact]]:
    return [(study, fact) for study in studies for fact in study.of(*fields) if concerns(fact, pair, study, vocabulary)]


def _pooled(
    tallies: Iterable[Tally], studies: Sequence[Study], documents: Callable[[str], Document | None], pool: Pool
) -> tuple[Tally, ...]:
    tallies = tuple(tallies)
    by_id = {study.id: study for study in studies}
    found: list[Tally] = []
    for tally in tallies:
        if len(tally.counted) < 2:
            found.append(tally)
            continue
        sorts: dict[str, list[CountLine]] = {}
        for line in tally.counted:
            sorts.setdefault(_sort_of(by_id[line.study]), []).append(line)
        sort, lines = max(sorts.items(), key=lambda each: (len(each[1]), sum(line.n for line in each[1])))
        if len(lines) < 2:
            found.append(replace(tally, why=f"the studies are of different sorts: {', '.join(sorts)}."))
            continue
        result = pool([_for_pooling(line, by_id[line.study], tally, documents) for line in lines])
        rest = f"Pooled: each a {sort}; the others are of another sort." if len(sorts) > 1 else ""
        if isinstance(result, Refusal):
            found.append(replace(tally, why=result.reason))
        else:
            told = (
                wordings(replace(tally, lines=tuple(lines)), [each for each in tallies if each is not tally])
                if tally.outcome == BETTER
                else ""
            )
            result = replace(result, warnings=(*result.warnings, f"{_DIFFER} {told}.")) if told else result
            found.append(replace(tally, pooled=result, why=rest))
    return tuple(found)


def _sort_of(study: Study) -> str:
    """Return the sort of group a count is of; what was only put on the skin is not pooled with what was swallowed."""
    routes = {fact.value.terms[0] for fact in study.of(Field.ROUTE) if isinstance(fact.value, Terms)}
    titled = any(" topical " in f" {report.title.lower()} " for report in study.reports)
    return group_of(study) + (", topical" if routes == {"topical"} or (titled and "topical" in routes) else "")


_DIFFER = "What better meant differs:"


def _for_pooling(
    line: CountLine, study: Study, tally: Tally, documents: Callable[[str], Document | None]
) -> PooledStudy:
    document = documents(study.lead.document)
    places = sorted(centres(document)) if document is not None else []
    return PooledStudy(
        label=line.label,
        events=line.k,
        total=line.n,
        outcome=f"{tally.outcome} {tally.time}".strip(),
        design=group_of(study),
        centre=places[0] if places else "",
        years=enrolment(study.facts),
        document=line.fact.quote.document,
    )


def _stated(studies: Sequence[Study], pair: Pair, vocabulary: Vocabulary) -> Iterable[tuple[Field, tuple[Stated, ...]]]:
    for each in USED:
        seen: set[tuple[str, str]] = set()
        rows: list[Stated] = []
        for study, fact in _facts(studies, pair, (each,), vocabulary):
            words = value_words(fact.value) if fact.value is not None else ""
            unnamed = study.combined and not any(about[0] in "dk" for about in fact.about)
            if (study.id, words) in seen or unnamed:
                continue
            seen.add((study.id, words))
            rows.append(Stated(study.id, study.label, fact))
        if rows:
            yield each, tuple(rows)


def _disagreements(tallies: Iterable[Tally], studies: Mapping[str, Study]) -> Iterable[Disagreement]:
    for tally in tallies:
        for one, other in combinations(tally.counted, 2):
            lower, higher = sorted((one, other), key=lambda line: line.k / line.n)
            if lower.interval.high < higher.interval.low:
                differences = tuple(_differences(studies[lower.study], studies[higher.study]))
                yield Disagreement(tally.outcome, tally.time, lower, higher, differences)


def _differences(one: Study, other: Study) -> Iterable[tuple[str, str, str]]:
    if one.design is not other.design:
        yield "design", one.design.value, other.design.value
    for each in ATTRIBUTES:
        mine, yours = _value(one, each), _value(other, each)
        if mine != yours:
            yield each.value.replace("_", " "), mine, yours
    if one.year != other.year:
        yield "year", str(one.year or NOT_STATED), str(other.year or NOT_STATED)


def _value(study: Study, of: Field) -> str:
    values = dict.fromkeys(value_words(fact.value) for fact in study.of(of) if fact.value is not None)
    return "; ".join(list(values)[:3]) or NOT_STATED


def _gaps(read: Sequence[Study]) -> Iterable[Gap]:
    for each in WANTED:
        lacking = tuple(study.label for study in read if not study.of(each))
        if lacking:
            yield Gap(each, lacking, len(read))


_UNTELLING = frozenset(
    "and of the for in to a an on with from by its update updated guideline guidelines".split()  # noqa: SIM905
)


def _newer(found: _Sorted) -> Iterable[Newer]:
    for study in (*found.studies, *found.wider, *found.syntheses):
        newest = max(study.reports, key=lambda report: report.year or 0)
        if newest.year and study.lead.year and newest.year > study.lead.year and newest.kind is not DocumentKind.NOTE:
            yield Newer(study.label, f"a newer report of the same study, {newest.year}", newest.document)
        for word in dict.fromkeys(word for report in study.reports for word in report.standing):
            yield Newer(study.label, f"editorial notice: {word}")
    for older, newer in combinations(sorted(found.guidelines, key=lambda each: each.year or 0), 2):
        if older.year and newer.year and older.year < newer.year and _same_subject(older, newer):
            words = f"probably superseded by {newer.label}: {newer.lead.title}"
            yield Newer(older.label, words, newer.lead.document)


def _same_subject(one: Study, other: Study) -> bool:
    """Tell whether two titles are mostly of the same words, years and the word "guideline" aside."""
    words = [{word.strip(".,:;()®-").lower() for word in each.lead.title.split()} for each in (one, other)]
    words = [{word for word in each - _UNTELLING if word and not word.isdecimal()} for each in words]
    shared, every = len(words[0] & words[1]), len(words[0] | words[1])
    return bool(every) and shared / every >= 0.5


def _covers(row: Licence, pair: Pair, vocabulary: Vocabulary) -> bool:
    """Tell whether a licence is about drug and condition, a broader condition, or a part of it."""
    if row.drug not in pair.drugs:
        return False
    if row.condition in pair.conditions or row.within in pair.conditions:
        return True
    return not row.within and row.condition in vocabulary.broader(pair.condition)
