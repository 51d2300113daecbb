"""Evidence profiles and ledgers as plain JSON-able values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from curbside.language.fact_words import fact_words
from curbside.records import (
    CitedEvidence,
    ClassSaid,
    CountLine,
    Date,
    EvidenceProfile,
    Fact,
    Interval,
    LedgerRow,
    Licence,
    Number,
    Pooled,
    Report,
    Stated,
    Study,
    Tally,
    Terms,
)
from curbside.writers.beside import level_json

NOT_IN_TABLE = "not in our table"
"""What is said of a use that no row of the table of licences covers; never "not licensed"."""


def profile_json(profile: EvidenceProfile) -> dict[str, Any]:
    """Return an evidence profile; shares are from 0 to 1, everything else as printed."""
    pair = profile.pair
    return {
        "drug": {"concept": pair.drug, "name": pair.drug_name},
        "condition": {"concept": pair.condition, "name": pair.condition_name},
        "read": profile.read,
        "matched": profile.matched,
        "searched": profile.searched,
        "level": level_json(profile.level),
        "n": profile.n,
        "unsized": profile.unsized,
        "newest": profile.newest,
        "licences": [licence_json(row) for row in profile.licences],
        "studies": [study_json(each) for each in profile.studies],
        "wider": [study_json(each) for each in profile.wider],
        "syntheses": [study_json(each) for each in profile.syntheses],
        "guidelines": [study_json(each) for each in profile.guidelines],
        "planned": [study_json(each) for each in profile.planned],
        "secondary": [study_json(each) for each in profile.secondary],
        "retracted": [study_json(each) for each in profile.retracted],
        "outcomes": [tally_json(each) for each in profile.outcomes],
        "harms": [tally_json(each) for each in profile.harms],
        "effects": [stated_json(each) for each in profile.effects],
        "stated": [
            {"field": field.value, "values": [stated_json(each) for each in rows]} for field, rows in profile.stated
        ],
        "disagreements": [
            {
                "outcome": each.outcome,
                "time": each.time,
                "lower": line_json(each.lower),
                "higher": line_json(each.higher),
                "differences": [
                    {"attribute": name, "lower": one, "higher": other} for name, one, other in each.differences
                ],
            }
            for each in profile.disagreements
        ],
        "gaps": [{"field": gap.field.value, "studies": list(gap.studies), "of": gap.of} for gap in profile.gaps],
        "newer": [{"study": each.label, "words": each.words, "document": each.document} for each in profile.newer],
        "overlaps": [{"studies": list(each.studies), "words": each.words} for each in profile.overlaps],
        "notes": list(profile.notes),
        "classes": [class_json(each) for each in profile.classes],
    }


def class_json(said: ClassSaid) -> dict[str, Any]:
    """Return what a source says of a class of drugs."""
    return {
        "of": {"concept": said.concept, "name": said.name},
        "study": study_json(said.study),
        "facts": [fact_json(fact) for fact in said.facts],
    }


def cited_json(cited: CitedEvidence) -> dict[str, Any]:
    """Return what the studies that an answer cites weigh; `references` are numbers of the answer's list."""
    return {
        "studies": [{"references": list(numbers), **study_json(study)} for numbers, study in cited.studies],
        "profile": profile_json(cited.profile) if cited.profile is not None else None,
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return a fact in words and as printed, with the words it stands on; offsets are code points, half open."""
    return {
        "document": fact.quote.document,
        "field": fact.field.value,
        "stated": fact.value is not None,
        "text": fact_words(fact),
        "printed": _parts(fact),
        "start": fact.quote.span.start,
        "end": fact.quote.span.end,
        "words": fact.quote.words,
        "outcome": fact.outcome,
        "about": list(fact.about),
        "arm": fact.arm,
        "hedges": list(fact.hedges),
        "negated": fact.negated,
        "serious": fact.serious,
        "arithmetic": fact.arithmetic,
    }


def _parts(fact: Fact) -> dict[str, str]:
    match fact.value:
        case None:
            return {}
        case Terms():
            return {"terms": "; ".join(fact.value.terms)}
        case Number():
            return {"number": fact.value.printed}
        case Date():
            return {"date": fact.value.iso}
        case _:
            parts: dict[str, str] = asdict(fact.value)
            return {name: part for name, part in parts.items() if part}


def study_json(study: Study) -> dict[str, Any]:
    """Return a study with its reports and what it states, or does not."""
    return {
        "study": study.id,
        "label": study.label,
        "title": study.lead.title,
        "year": study.year,
        "design": study.design.value,
        "level": level_json(study.level),
        "wider": study.wider,
        "several": study.several,
        "beside": list(study.combined),
        "reports": [report_json(each) for each in study.reports],
        "links": [
            {"bond": link.bond.value, "documents": list(link.documents), "words": link.words} for link in study.links
        ],
        "facts": [fact_json(each) for each in study.facts],
    }


def report_json(report: Report) -> dict[str, Any]:
    """Return a report of a study."""
    return {
        "document": report.document,
        "work": report.work,
        "title": report.title,
        "year": report.year,
        "kind": report.kind.value,
        "evidence": report.evidence.value,
        "citation": report.citation,
        "secondary": report.secondary,
        "text": report.text,
        "standing": list(report.standing),
    }


def tally_json(tally: Tally) -> dict[str, Any]:
    """Return the counts of an outcome."""
    return {
        "outcome": tally.outcome,
        "time": tally.time,
        "serious": tally.serious,
        "lines": [line_json(each) for each in tally.lines],
        "pooled": pooled_json(tally.pooled),
        "not_pooled": tally.why,
        "told": [fact_json(each) for each in tally.told],
    }


def line_json(line: CountLine) -> dict[str, Any]:
    """Return a count of one study."""
    return {
        "study": line.study,
        "label": line.label,
        "k": line.k,
        "n": line.n,
        "low": round(line.interval.low, 4),
        "high": round(line.interval.high, 4),
        "method": line.interval.method,
        "words": line.words,
        "counted": line.counted,
        "why": line.why,
        "fact": fact_json(line.fact),
    }


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {"low": round(interval.low, 4), "high": round(interval.high, 4), "level": interval.level}


def pooled_json(pooled: Pooled | None) -> dict[str, Any] | None:
    """Return a pooled share, None where nothing was pooled."""
    if pooled is None:
        return None
    return {
        "measure": pooled.measure,
        "method": pooled.method,
        "estimate": round(pooled.estimate, 4),
        "interval": _interval(pooled.interval),
        "prediction": _interval(pooled.prediction),
        "tau2": round(pooled.tau2, 4),
        "i2": round(pooled.i2, 1),
        "q": round(pooled.q, 3),
        "q_df": pooled.q_df,
        "q_p": round(pooled.q_p, 4),
        "weights": [{"label": each.study.label, "percent": round(each.weight, 1)} for each in pooled.studies],
        "left_out": [
            {"label": each.label, "estimate": round(each.estimate, 4), "interval": _interval(each.interval)}
            for each in pooled.left_out
        ],
        "warnings": list(pooled.warnings),
    }


def stated_json(stated: Stated) -> dict[str, Any]:
    """Return what a study states of a field."""
    return {"study": stated.study, "label": stated.label, "fact": fact_json(stated.fact)}


def licence_json(row: Licence) -> dict[str, Any]:
    """Return a row of the table of licences."""
    return {
        "drug": row.drug,
        "condition": row.condition,
        "indication": row.indication,
        "route": row.route,
        "ages": row.ages,
        "youngest": row.youngest,
        "place": row.place,
        "date": row.date,
        "source": row.source,
        "product": row.product,
        "file": row.file,
    }


def ledger_row_json(row: LedgerRow) -> dict[str, Any]:
    """Return a row of the ledger; `licensed` is in words, and says so where nothing is known."""
    return {
        "drug": {"concept": row.drug, "name": row.drug_name},
        "condition": {"concept": row.condition, "name": row.condition_name},
        "route": row.route,
        "ages": row.ages,
        "licensed": licensed_words(row),
        "licences": [licence_json(each) for each in row.licences],
        "near": [licence_json(each) for each in row.near],
        "design": row.design.value if row.design else None,
        "level": row.level,
        "n": row.n,
        "unsized": row.unsized,
        "studies": list(row.studies),
        "searched": row.searched,
    }


def licensed_words(row: LedgerRow) -> str:
    """Return where a use is licensed, or that our table does not have it."""
    if row.licences:
        return "; ".join(dict.fromkeys(licence_words(each) for each in row.licences))
    return NOT_IN_TABLE


def licence_words(row: Licence) -> str:
    """Return a licence in a line: "US since 2022-03-22, 6 years and older (FDA NDA 213478)"."""
    since = f" since {row.date}" if row.date else ""
    ages = f", {row.ages}" if row.ages else ", ages not in our table"
    return f"{row.place}{since}{ages} ({row.source})"


def rows_json(rows: Iterable[LedgerRow], read: int, matched: int, searched: str) -> dict[str, Any]:
    """Return a ledger: its rows, how many documents were read for it of how many, and when it was looked up."""
    return {"read": read, "matched": matched, "searched": searched, "rows": [ledger_row_json(row) for row in rows]}
