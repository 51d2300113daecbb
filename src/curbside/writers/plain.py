"""Records as plain JSON-able values: the shapes that `--json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from curbside.records import (
    Absence,
    Answer,
    AnswerSentence,
    Document,
    Expansion,
    Filters,
    Hit,
    Holding,
    Identifiers,
    LibraryStatus,
    Problem,
    Question,
    ReferenceEntry,
)
from curbside.records.completion import ModelStatus
from curbside.writers.beside import beside_json, level_json, quote_json
from curbside.writers.nlm import nlm


def answer_json(answer: Answer, thread: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return an answer as one object, with its place in a thread where it is a turn of one (`writers.thread`).

    `question` is the text as asked, `understood` what was made of it; offsets are code points into the document.
    """
    return {
        "question": answer.question.text,
        "understood": question_json(answer.question),
        "declined": answer.declined,
        "sections": [
            {
                "heading": section.heading,
                "facet": section.facet.value,
                "sentences": [_sentence(sentence) for sentence in section.sentences],
            }
            for section in answer.sections
        ],
        "absences": [absence_json(absence) for absence in answer.absences],
        "references": [reference_json(entry) for entry in answer.references],
        "notes": list(answer.notes),
        "searched": {"documents": answer.searched[0], "of": answer.searched[1]},
        "problems": [problem_json(problem) for problem in answer.problems],
        **beside_json(answer),
        "suggested": list(answer.suggested),
        "terms": list(answer.terms),
        "thread": thread,
    }


def question_json(question: Question) -> dict[str, Any]:
    """Return what was understood of a question."""
    return {
        "intents": [intent.value for intent in question.intents],
        "drugs": [_expansion(each) for each in question.drugs],
        "classes": [_expansion(each) for each in question.classes],
        "conditions": [_expansion(each) for each in question.conditions],
        "procedures": [_expansion(each) for each in question.procedures],
        "populations": list(question.populations),
        "routes": list(question.routes),
        "words": list(question.words),
        "filters": filters_json(question.filters),
    }


def filters_json(filters: Filters) -> dict[str, Any]:
    """Return the conditions that are set."""
    plain: dict[str, Any] = asdict(filters)
    return {key: value for key, value in plain.items() if value not in ((), None)}


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem with what, where, line, remedy and whether something was lost."""
    return asdict(problem)


def ids_json(ids: Identifiers) -> dict[str, Any]:
    """Return the identifiers that are known; further schemes under their own names, the first of each."""
    known = {"pmid": ids.pmid, "pmcid": ids.pmcid, "doi": ids.doi, "nct": ids.nct}
    plain: dict[str, Any] = {key: value for key, value in known.items() if value}
    for scheme, value in ids.others:
        plain.setdefault(scheme, value)
    return plain


def status_json(status: LibraryStatus) -> dict[str, Any]:
    """Return what a library holds; the counts by kind are objects in the order given."""
    plain: dict[str, Any] = asdict(status)
    for key in ("kinds", "evidence", "vocabulary"):
        plain[key] = dict(plain[key])
    return plain


def model_json(status: ModelStatus) -> dict[str, Any]:
    """Return the language model that is set and its ledger; no key is among it."""
    plain: dict[str, Any] = asdict(status)
    prices = status.prices
    named = {"read": prices[0], "written": prices[1], "currency": prices[2]} if prices else None
    ledger = {**plain["ledger"], "faults": dict(status.ledger.faults), "costs": dict(status.ledger.costs)}
    return plain | {"prices": named, "ledger": ledger}


def hit_json(hit: Hit, holding: Holding | None = None) -> dict[str, Any]:
    """Return a hit, with its passage and record where the holding is given."""
    plain: dict[str, Any] = {
        "document": hit.document,
        "work": hit.work,
        "score": round(hit.score, 6),
        "start": hit.span.start,
        "end": hit.span.end,
    }
    if holding is not None:
        plain["passage"] = hit.span.of(holding.document.text)
        plain |= {key: value for key, value in holding_json(holding).items() if key not in plain}
    return plain


def holding_json(holding: Holding, text: bool = False) -> dict[str, Any]:
    """Return a holding's record; with `text` also the whole text and the spans of its parts and sections."""
    document = holding.document
    plain: dict[str, Any] = {
        "document": document.id,
        "work": holding.work,
        "origin": holding.origin,
        "line": holding.line,
        "kind": document.kind.value,
        "evidence": holding.profile.evidence.value,
        "secondary": holding.secondary,
        "title": document.title,
        "year": document.year,
        "citation": nlm(holding.marked),
        "ids": ids_json(document.ids),
        "n": holding.profile.n,
        "drugs": list(holding.profile.drugs),
        "conditions": list(holding.profile.conditions),
        "ages": [age.value for age in holding.profile.ages],
        "types": list(document.types),
        "retracted": holding.profile.retracted or document.retracted,
        "notices": [
            {"kind": n.kind.value, "issued": n.issued, "ids": ids_json(n.ids), "text": n.text}
            for n in holding.marked.notices
        ],
    }
    return plain | (_whole(document) if text else {})


def _whole(document: Document) -> dict[str, Any]:
    return {
        "text": document.text,
        "parts": [
            {"role": p.role.value, "group": p.group, "start": p.span.start, "end": p.span.end} for p in document.parts
        ],
        "sections": [
            {
                "heading": s.heading.of(document.text) if s.heading else "",
                "category": s.category.value,
                "level": s.level,
                "start": s.span.start,
                "end": s.span.end,
            }
            for s in document.sections
        ],
    }


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "quotes": [quote_json(quote) for quote in sentence.quotes],
        "also": [quote_json(quote) for quote in sentence.also],
        "references": list(sentence.references),
        "derived": [{"value": each.value, "arithmetic": each.arithmetic} for each in sentence.derived],
        "group": sentence.group,
        "extracted": sentence.extracted,
    }


def absence_json(absence: Absence) -> dict[str, Any]:
    """Return what was looked for and not found."""
    return {
        "facet": absence.facet,
        "documents": list(absence.documents),
        "nearest": quote_json(absence.nearest) if absence.nearest else None,
        "references": list(absence.references),
        "asked": absence.asked,
    }


def reference_json(entry: ReferenceEntry) -> dict[str, Any]:
    """Return an entry of a reference list."""
    return {
        "number": entry.number,
        "work": entry.work,
        "document": entry.document,
        "origin": entry.origin,
        "title": entry.title,
        "year": entry.year,
        "kind": entry.kind,
        "secondary": entry.secondary,
        "citation": entry.citation,
        "ids": ids_json(entry.ids),
        "level": level_json(entry.level),
        "people": entry.people,
    }


def _expansion(expansion: Expansion) -> dict[str, Any]:
    return {
        "name": expansion.name,
        "concept": expansion.concept,
        "start": expansion.span.start,
        "end": expansion.span.end,
        "corrected": expansion.corrected,
    }
