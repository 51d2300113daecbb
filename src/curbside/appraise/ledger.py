"""The off-label ledger: drug, indication, route and age group; where it is licensed, and what is held on it.

Unknown is said: a use that our table does not have is "not in our table", never "not licensed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from curbside.appraise.counting import people
from curbside.appraise.levels import TABLE, level_of
from curbside.appraise.studies import OWN, Reported, joined
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.records import AgeGroup, Aim, Field, Holding, LedgerRow, Licence, Study, Terms

_YOUNG = frozenset({AgeGroup.INFANT, AgeGroup.CHILD, AgeGroup.ADOLESCENT})
CHILDREN, ADULTS, BOTH = "children", "adults", "children and adults"
ROUTES = (
    *("oral", "topical", "intravenous", "subcutaneous", "intramuscular", "inhaled", "intralesional", "ophthalmic"),
    *("intrathecal", "rectal", "nasal", "sublingual", "transdermal", "intravitreal"),
)
"""Routes that a row may have; what a source words otherwise is read for these."""
_WORDED = {"skin": "topical", "mouth": "oral", "gel": "topical", "cream": "topical", "ointment": "topical"}
_OLDER = 12
"""A licence from this age on does not cover children in general."""


def ledger(
    drug: str, reported: Sequence[Reported], licences: Sequence[Licence], vocabulary: Vocabulary, searched: str = ""
) -> tuple[LedgerRow, ...]:
    """Return the rows of a drug, uses that are studied first, those licensed and not studied here behind.

    Args:
        drug: concept id.
        reported: documents about it with what they state.
        licences: the table and what the user added.
        vocabulary: names and kinships of concepts.
        searched: ISO time of the library's last change.
    """
    drugs = frozenset(vocabulary.narrower(drug))
    held = {each.document.id: each.holding for each in reported}
    uses: dict[tuple[str, str, str], list[Study]] = {}
    for study in joined(reported):
        if (
            study.design not in OWN
            or study.retracted
            or not study.read
            or _of_harm(study)
            or not _of_drug(study, drugs, held, vocabulary)
        ):
            continue
        for condition in _indications(study, held, vocabulary):
            for route in _routes(study, drugs):
                uses.setdefault((condition, route, _ages(study, held)), []).append(study)
    rows = [
        _row(drug, condition, route, ages, studies, licences, vocabulary, searched)
        for (condition, route, ages), studies in uses.items()
    ]
    shown = {(row.source, row.indication) for each in rows for row in (*each.licences, *each.near)}
    for row in licences:
        if row.drug in drugs and (row.source, row.indication) not in shown:
            ages = row.ages or "as the label says"
            rows.append(_row(drug, row.condition, row.route, ages, [], [row], vocabulary, searched, certain=True))
    many: dict[str, int] = {}
    for each in rows:
        many[each.condition] = many.get(each.condition, 0) + len(each.studies)
    return tuple(
        sorted(rows, key=lambda row: (-many[row.condition], row.condition_name, -len(row.studies), -row.n, row.route))
    )


def _of_drug(study: Study, drugs: frozenset[str], held: Mapping[str, Holding], vocabulary: Vocabulary) -> bool:
    titled = [mention.concept for report in study.reports for mention in vocabulary.mentions(report.title)]
    return not drugs.isdisjoint(titled) or any(
        holding.profile.drugs[:1] and holding.profile.drugs[0] in drugs for holding in _holdings(study, held)
    )


_HARM = linear(
    r"(?i)induced|adverse|toxic|complication|safety|side effects?|risk of|-related|discontinu|impact of|switch"
    r"|conversion"
)


def _of_harm(study: Study) -> bool:
    """Tell whether a study's titles say that it is about what the drug does wrong: what they name is no use of it."""
    return any(_HARM.search(report.title) for report in study.reports)


def _holdings(study: Study, held: Mapping[str, Holding]) -> list[Holding]:
    return [held[report.document] for report in study.reports]


def _indications(study: Study, held: Mapping[str, Holding], vocabulary: Vocabulary) -> list[str]:
    """Return what the study treats: the conditions of its title, broader ones of the same left out, else the first."""
    titled = [
        mention.concept
        for report in study.reports
        for mention in vocabulary.mentions(report.title)
        if mention.concept.startswith("c:")
    ]
    named = list(dict.fromkeys(titled))
    if not named:
        named = [holding.profile.conditions[0] for holding in _holdings(study, held) if holding.profile.conditions][:1]
    above = {broader for each in named for broader in vocabulary.broader(each)}
    return [each for each in named if each not in above][:3]


def _routes(study: Study, drugs: frozenset[str]) -> list[str]:
    found: dict[str, None] = {}
    for fact in study.of(Field.ROUTE, Field.FORM):
        named = [each for each in fact.about if each.startswith("d:")]
        if (named and drugs.isdisjoint(named)) or not isinstance(fact.value, Terms):
            continue
        for term in fact.value.terms:
            low = term.lower()
            known = next((route for route in ROUTES if low.startswith(route[:6])), "") or next(
                (route for word, route in _WORDED.items() if word in low), ""
            )
            if known:
                found[known] = None
    return list(found) or [""]


def _ages(study: Study, held: Mapping[str, Holding]) -> str:
    groups = {age for holding in _holdings(study, held) for age in holding.profile.ages}
    young, grown = bool(groups & _YOUNG), bool(groups - _YOUNG)
    return BOTH if young and grown else CHILDREN if young else ADULTS if grown else ""


def _row(
    drug: str,
    condition: str,
    route: str,
    ages: str,
    studies: Sequence[Study],
    licences: Iterable[Licence],
    vocabulary: Vocabulary,
    searched: str,
    certain: bool = False,
) -> LedgerRow:
    drugs = frozenset(vocabulary.narrower(drug))
    broader, narrower = frozenset(vocabulary.broader(condition)), frozenset(vocabulary.narrower(condition))
    cover: list[Licence] = []
    near: list[Licence] = []
    for row in licences:
        if row.drug not in drugs:
            continue
        whole = row.condition == condition or row.condition in broader
        if certain or (whole and not row.within and row.route == route and _for_ages(row, ages)):
            cover.append(row)
        elif whole or row.condition in narrower or row.within in narrower:
            near.append(row)
    n, unsized = people(studies)
    best = min(studies, key=_rank, default=None)
    return LedgerRow(
        drug=drug,
        drug_name=vocabulary.names(drug)[0],
        condition=condition,
        condition_name=vocabulary.names(condition)[0],
        route=route,
        ages=ages,
        licences=tuple(cover),
        near=tuple(near),
        design=best.design if best else None,
        level=level_of(best).words if best else "",
        n=n,
        unsized=unsized,
        studies=tuple(study.id for study in studies),
        searched=searched,
    )


def _for_ages(row: Licence, ages: str) -> bool:
    """Tell whether a licence covers an age group; one whose ages we do not know is shown as covering, and says so."""
    if row.youngest is None or ages == ADULTS:
        return True
    return (ages == CHILDREN and row.youngest < _OLDER) or (ages == BOTH and row.youngest < _OLDER)


def _rank(study: Study) -> tuple[int, int]:
    known = list(TABLE[Aim.TREATMENT])
    return level_of(study).level or 9, known.index(study.design) if study.design in known else len(known)
