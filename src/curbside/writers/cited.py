"""Citations of a work: as plain JSON and as terminal text."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import Any

from curbside.records import Identifiers, Linked, Quote, StanceTally
from curbside.records.cited import CitationsShown, CitedEntry, CitedStub, FiguresBeside, ShownCitation
from curbside.writers.fields import one_line
from curbside.writers.plain import quote_json

_LONGEST = 400
"""Code points of a sentence or an entry shown in a terminal."""


def citations_json(shown: CitationsShown) -> dict[str, Any]:
    """Return who cites a work and what it cites; offsets are code points, half open."""
    return {
        "name": shown.name,
        "title": shown.title,
        "documents": list(shown.documents),
        "tally": stance_tally_json(shown.tally),
        "total": shown.total,
        "offset": shown.offset,
        "citing": [citation_json(each) for each in shown.citing],
        "unstated": list(shown.unstated),
        "cited": [_entry(each) for each in shown.cited],
    }


def stance_tally_json(tally: StanceTally) -> dict[str, Any]:
    """Return a tally with its counts by section and year; the three counts of each are in the order of the first."""
    return {
        "supporting": tally.supporting,
        "contrasting": tally.contrasting,
        "mentioning": tally.mentioning,
        "total": tally.total,
        "by_section": [{"section": section.value, **_three(counts)} for section, counts in tally.by_section],
        "by_year": [{"year": year, **_three(counts)} for year, counts in tally.by_year],
        "own": tally.own,
        "others": tally.others,
        "works": tally.works,
        "retracted": tally.retracted,
    }


def _three(counts: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("supporting", "contrasting", "mentioning"), counts))


def citation_json(each: ShownCitation) -> dict[str, Any]:
    """Return a citation in its words."""
    statement, judgement = each.citation.statement, each.citation.judgement
    return {
        "id": each.citation.id,
        "work": each.work,
        "document": statement.document,
        "title": each.title,
        "year": each.year,
        "section": statement.section.value,
        "stance": judgement.stance.value,
        "probability": judgement.probability,
        "reason": judgement.reason,
        "maker": judgement.maker,
        "changed_by": list(each.changed),
        "deciding": [
            quote_json(Quote(statement.document, span, span.moved(-each.sentence.span.start).of(each.sentence.words)))
            for span in judgement.deciding
        ],
        "self_citation": each.citation.self_citation,
        "marker": {"start": statement.marker.start, "end": statement.marker.end, "words": each.marker},
        "repeat": statement.repeat,
        "sentence": quote_json(each.sentence),
        "before": quote_json(each.before) if each.before else None,
        "after": quote_json(each.after) if each.after else None,
        "entry": each.entry,
        "link": link_json(each.link),
        "retracted": each.retracted,
        "figures": _figures(each.figures) if each.figures else None,
    }  # fmt: skip


def _figures(figures: FiguresBeside) -> dict[str, Any]:
    return {
        "citing": quote_json(figures.citing.quote),
        "cited": quote_json(figures.cited.quote),
        "same_direction": figures.compared.same_direction,
        "overlap": figures.compared.overlap,
        "why_not": figures.compared.why_not,
        "words": figures.compared.words,
    }


def link_json(link: Linked) -> dict[str, Any]:
    """Return how an entry was joined to a work."""
    return {
        "reference": link.reference,
        "work": link.work,
        "by": link.resolution.value if link.resolution else "",
        "score": link.score,
        "flagged": link.flagged,
    }


def _entry(each: CitedEntry) -> dict[str, Any]:
    return {
        "label": each.label,
        "text": each.text,
        "link": link_json(each.link),
        "title": each.title,
        "retracted": each.retracted,
        "stub": _stub(each.stub) if each.stub else None,
        "citations": [citation_json(citation) for citation in each.citations],
    }


def _stub(stub: CitedStub) -> dict[str, Any]:
    return {
        "key": stub.key,
        "title": stub.title,
        "year": stub.year,
        "authors": list(stub.authors),
        "ids": _ids(stub.ids),
        "text": stub.text,
        "works": stub.works,
    }


def _ids(ids: Identifiers) -> dict[str, str]:
    pairs = (("pmid", ids.pmid), ("pmcid", ids.pmcid), ("doi", ids.doi), ("nct", ids.nct))
    return {scheme: value for scheme, value in pairs if value}


def citations_terminal(shown: CitationsShown, width: int = 100) -> str:
    """Return who cites a work, by stance, and what it cites, as text."""
    lines = [*textwrap.wrap(one_line(shown.title or "Untitled"), width), ""]
    lines += _summed(shown)
    for stance, group in groupby(shown.citing, key=lambda each: each.citation.judgement.stance):
        lines += ["", f"{stance.value.capitalize()}"]
        for each in group:
            lines += ["", *_statement(each, width)]
    shown_to = shown.offset + len(shown.citing)
    if shown_to < shown.total:
        lines += ["", f"{shown_to - shown.offset} of {shown.total} shown; go on with --offset {shown_to}."]
    if shown.unstated:
        works = "work has" if len(shown.unstated) == 1 else "works have"
        lines += [
            "",
            *textwrap.wrap(f"{len(shown.unstated)} {works} it in the list alone: {', '.join(shown.unstated)}", width),
        ]
    if shown.cited:
        held = sum(bool(each.link.work) for each in shown.cited)
        lines += ["", f"Research cited: {len(shown.cited)}, {held} of them held"]
        for entry in shown.cited:
            lines += ["", *_listed(entry, width)]
    return "\n".join(lines) + "\n"


def _summed(shown: CitationsShown) -> list[str]:
    tally = shown.tally
    if not shown.total:
        return ["Nothing in the library says anything about it in its text."]
    works = "work" if tally.works == 1 else "works"
    lines = [
        f"Cited by {tally.works} {works}: {tally.supporting} supporting, {tally.contrasting} contrasting, "
        f"{tally.mentioning} mentioning ({tally.own} of them by its own authors)"
    ]
    lines += [f"Left out of the counts: {tally.retracted} by retracted works"] if tally.retracted else []
    return lines


def _statement(each: ShownCitation, width: int) -> list[str]:
    statement, judgement = each.citation.statement, each.citation.judgement
    marks = [str(each.year or "no year"), statement.section.value]
    marks += ["self-citation"] if each.citation.self_citation else []
    marks += ["RETRACTED"] if each.retracted else []
    marks += (
        [f"linked by {each.link.resolution.value}, {each.link.score:.2f}"]
        if each.link.flagged and each.link.resolution
        else []
    )
    lines = textwrap.wrap(f"{one_line(each.title or 'Untitled')} ({', '.join(marks)})", width)
    words = each.sentence.words
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    lines += textwrap.wrap(f"“{one_line(words)}”", width, initial_indent="  ", subsequent_indent="  ")
    who = f"changed by {' and '.join(each.changed)}" if each.changed else judgement.maker
    why = f"{judgement.stance.value} {judgement.probability:.2f} ({who})" + (
        f": {judgement.reason}" if judgement.reason else ""
    )
    lines += textwrap.wrap(one_line(why), width, initial_indent="  ", subsequent_indent="  ")
    if each.figures:
        words = f"figures of both: {each.figures.compared.words}"
        lines += textwrap.wrap(one_line(words), width, initial_indent="  ", subsequent_indent="  ")
    lines.append(f"  {each.citation.id}")
    return lines  # fmt: skip


def _listed(entry: CitedEntry, width: int) -> list[str]:
    text = one_line(entry.text)[:_LONGEST]
    lines = textwrap.wrap(f"{entry.label.strip('.')}. {text}", width, subsequent_indent="   ")
    if entry.link.work:
        how = (
            f" (by {entry.link.resolution.value}, {entry.link.score:.2f}; look before you rely on it)"
            if entry.link.flagged and entry.link.resolution
            else ""
        )
        retracted = " RETRACTED" if entry.retracted else ""
        lines.append(f"   held: {entry.link.work}{retracted}{how}")
    elif entry.stub is not None:
        cited = f"; {entry.stub.works} works here cite it" if entry.stub.works > 1 else ""
        lines.append(f"   not in this library{cited}")
    counts = [each.citation.judgement.stance.value for each in entry.citations]
    said = ", ".join(f"{counts.count(stance)} {stance}" for stance in dict.fromkeys(counts))
    lines.append(f"   {said}" if said else "   cited nowhere in the text")
    return lines  # fmt: skip
