"""Weighing: the study card, the evidence profile of a drug for a condition, the off-label ledger, and their exports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from curbside.answer.references import SECOND_HAND
from curbside.appraise.intervals import proportion_words
from curbside.doors.web.forms import sent
from curbside.doors.web.pages import page, web_of
from curbside.errors import NotHeld, UsageError
from curbside.language.fact_words import fact_words, label
from curbside.records import Count, EvidenceProfile, Fact, Field, Study, Tally
from curbside.wiring import Library
from curbside.workflows.evidence import Ledger
from curbside.writers.forest import forest_svg, forest_table
from curbside.writers.weighed import profile_json, rows_json
from curbside.writers.weighed_table import ledger_table, profile_table

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
"""Form of an export -> its media type."""

_LONGEST = 200

COLUMNS = (
    (Field.N,),
    (Field.AGE,),
    (Field.ROUTE, Field.CONCENTRATION, Field.DOSE, Field.TROUGH),
    (Field.SCHEDULE, Field.DURATION),
    (Field.FOLLOW_UP,),
)
"""Fields in the columns of a table of studies."""

GROUPS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (
        "What was done",
        (Field.DESIGN, Field.PHASE, Field.BLINDING, Field.COMPARATOR, Field.SETTING, Field.ENROLMENT, Field.FOLLOW_UP),
    ),
    (
        "Who took part",
        (
            *(Field.N, Field.N_ANALYSED, Field.ARM, Field.POPULATION, Field.CONDITION, Field.AGE, Field.SEX),
            *(Field.PRIOR_TREATMENT, Field.LINE_OF_THERAPY, Field.FIRST_LINE),
        ),
    ),
    (
        "What was given",
        (
            *(Field.DRUG, Field.DOSE, Field.ROUTE, Field.FORM, Field.CONCENTRATION, Field.TROUGH, Field.SCHEDULE),
            *(Field.DURATION, Field.COMBINATION, Field.SYNONYM, Field.MECHANISM),
        ),
    ),
    (
        "What was found",
        (Field.OUTCOME, Field.EFFECT, Field.SUBGROUP, Field.DURABILITY, Field.RECURRENCE_SIGN, Field.LAB),
    ),
    (
        "Harms and care",
        (Field.ADVERSE_EVENT, Field.WARNING, Field.CONTRAINDICATION, Field.INTERACTION, Field.MONITORING),
    ),
    ("Of the record", (Field.EVIDENCE_LEVEL, Field.REGISTRATION, Field.FUNDING, Field.CONFLICTS)),
)
"""Headings of a study card with their fields."""


def card(request: Request) -> Response:
    """Show what a document states of its study, each value with the words it stands on, and what it does not state."""
    web = web_of(request)
    with web.pool.reading() as library:
        holding, study = library.study(request.path_params["id"])
        others = [
            (each.document.title or "Untitled", each.document.kind.value, f"/studies/{each.document.id}")
            for each in library.store.holdings(library.store.documents_of(holding.work))
            if each.document.id != holding.document.id
        ]
        pairs = pairs_of(library, holding.profile.drugs[:1], holding.profile.conditions[:2])
    context = {
        "view": study,
        "groups": _groups(study),
        "counts": _counts(study),
        "others": others,
        "pairs": pairs,
        "secondary": holding.profile.evidence in SECOND_HAND,
    }
    return page(request, "study.html", context)


def _groups(study: Study) -> list[tuple[str, list[tuple[str, list[Fact]]]]]:
    """Return headings with their rows; a field that was neither stated nor looked for has none."""
    found: list[tuple[str, list[tuple[str, list[Fact]]]]] = []
    for heading, fields in GROUPS:
        rows = [(label(field), facts) for field in fields if (facts := distinct(study, field))]
        if rows:
            found.append((heading, rows))
    return found


def distinct(study: Study, *fields: Field) -> list[Fact]:
    """Return the facts of fields, of those that say the same the first; the same words of two arms are two facts."""
    found: dict[str, Fact] = {}
    for fact in study.facts:
        if fact.field in fields:
            found.setdefault(fact_words(fact).lower(), fact)
    return list(found.values())


def _counts(study: Study) -> dict[str, str]:
    """Return the interval of each count, by its place among the facts of its field and the field's name."""
    told: dict[str, str] = {}
    for field in Field:
        for place, fact in enumerate(distinct(study, field)):
            told[f"{place}{label(field)}"] = interval_of(fact)
    return told


def interval_of(fact: Fact) -> str:
    """Return the share and interval of a fact that counts people, "" for any other."""
    value = fact.value
    if fact.field not in (Field.OUTCOME, Field.ADVERSE_EVENT, Field.DURABILITY) or not isinstance(value, Count):
        return ""
    k, n = value.k.replace(",", ""), value.n.replace(",", "")
    if not (k.isdecimal() and n.isdecimal() and int(n) > 0 and int(k) <= int(n)):
        return ""
    return proportion_words(int(k), int(n))


def pairs_of(library: Library, drugs: Sequence[str], conditions: Sequence[str]) -> list[tuple[str, str]]:
    """Return the profiles of each drug for each condition, by name, with their addresses."""
    names = library.vocabulary.names
    return [
        (f"{names(drug)[0]} for {names(condition)[0]}", f"/evidence?drug={drug}&condition={condition}")
        for drug in drugs
        for condition in conditions
        if names(drug) and names(condition)
    ]


def evidence(request: Request) -> Response:
    """Show the evidence profile of a drug for a condition, or the form that asks for both."""
    return _evidence(request, _asked(request, "drug"), _asked(request, "condition"))


async def evidence_sent(request: Request) -> Response:
    """Show a profile without its drug and condition standing in an address: from an answer, they tell the question."""
    form = await sent(request)
    drug, condition = (" ".join(form.one(name).split())[:_LONGEST] for name in ("drug", "condition"))
    return await run_in_threadpool(_evidence, request, drug, condition)


def _evidence(request: Request, drug: str, condition: str) -> Response:
    context: dict[str, Any] = {"profile": None, "drug": drug, "condition": condition, "fault": ""}
    if not drug and not condition:
        return page(request, "evidence.html", context)
    try:
        profile = _profile(request, drug, condition)
    except UsageError as error:
        return page(request, "evidence.html", {**context, "fault": str(error)}, 422)
    with web_of(request).pool.reading() as library:
        claim = library.tally_of_claim(profile.pair.drug, profile.pair.condition)
    return page(request, "evidence.html", {**context, **_shown(profile), "claim": claim})


def _asked(request: Request, name: str) -> str:
    return " ".join(request.query_params.get(name, "").split())[:_LONGEST]


def _profile(request: Request, drug: str, condition: str) -> EvidenceProfile:
    if not drug or not condition:
        raise UsageError("Name a drug and a condition.")
    with web_of(request).pool.reading() as library:
        return library.evidence(drug, condition)


def _shown(profile: EvidenceProfile) -> dict[str, Any]:
    """Return what the page of a profile needs beside it."""
    speaking = (*profile.studies, *profile.wider)
    counted = [tally for tally in profile.outcomes if tally.lines]
    return {
        "profile": profile,
        "drug": profile.pair.drug_name,
        "condition": profile.pair.condition_name,
        "columns": COLUMNS,
        "distinct": distinct,
        "names": {report.document: study.label for study in speaking for report in study.reports},
        "titles": {study.id: study.label for study in speaking},
        "plots": [_plot(tally) for tally in counted],
        "harm_plots": {f"{tally.outcome}{tally.time}": _plot(tally) for tally in profile.harms},
        "lists": (
            ("Guidelines", "guidelines", profile.guidelines, ""),
            ("Reviews", "reviews", profile.syntheses, "Not counted beside the studies that they are made of."),
            ("Planned or running", "planned", profile.planned, "Protocols and registrations; they have no results."),
            (
                "Pages that report what others found",
                "secondary",
                profile.secondary,
                "Secondary sources; their figures are not counted.",
            ),
            ("Retracted", "retracted", profile.retracted, "Left out of everything above."),
        ),
    }


def _plot(tally: Tally) -> Markup:
    """Return the forest plot of a pooled outcome with its data table, or ""; both are escaped where they are made."""
    if tally.pooled is None:
        return Markup("")
    title = f"{tally.outcome} at {tally.time}" if tally.time else tally.outcome
    return Markup(forest_svg(tally.pooled, title) + forest_table(tally.pooled, title))


def evidence_export(request: Request) -> Response:
    """Send an evidence profile as a file."""
    profile = _profile(request, _asked(request, "drug"), _asked(request, "condition"))
    name = f"{profile.pair.drug}-{profile.pair.condition}".replace(":", "-")
    return _sent(request, profile_table(profile), profile_json(profile), name)


def ledger(request: Request) -> Response:
    """Show the uses of a drug, or of all drugs of the table of licences."""
    drug = _asked(request, "drug")
    context: dict[str, Any] = {"ledger": None, "drug": drug, "fault": ""}
    try:
        found = _uses(request, drug)
    except UsageError as error:
        return page(request, "ledger.html", {**context, "fault": str(error)}, 422)
    name = found.rows[0].drug_name if drug and found.rows else drug
    return page(request, "ledger.html", {**context, "ledger": found, "drug": name})


def _uses(request: Request, drug: str) -> Ledger:
    with web_of(request).pool.reading() as library:
        return library.ledger(drug)


def ledger_export(request: Request) -> Response:
    """Send the ledger as a file."""
    found = _uses(request, _asked(request, "drug"))
    plain = rows_json(found.rows, found.read, found.matched, found.searched)
    return _sent(request, ledger_table(found.rows), plain, "ledger")


def _sent(request: Request, table: Iterator[str], plain: dict[str, Any], name: str) -> Response:
    form = request.path_params["form"]
    if form not in MEDIA:
        raise NotHeld(f"There is no export “{form[:20]}”. It is one of: {', '.join(MEDIA)}.")
    text = "".join(table) if form == "csv" else json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(text.encode("utf-8", "replace"), media_type=MEDIA[form], headers=headers)
