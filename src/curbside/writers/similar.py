"""Similar works, posts and summaries: as plain JSON and as terminal text."""

from __future__ import annotations

import textwrap
from typing import Any

from curbside.records import AnswerSection, AnswerSentence, Document, Similar, SimilarTexts, WorkSummary
from curbside.writers.fields import one_line
from curbside.writers.plain import quote_json

GENERATED = "Made by rule from the document's own words; no person has read it over."
"""What stands under every summary."""


def similar_json(works: SimilarTexts, posts: SimilarTexts) -> dict[str, Any]:
    """Return works and posts that resemble a document, each with why."""
    return {"document": works.document, "works": _texts(works), "posts": _texts(posts)}


def _texts(found: SimilarTexts) -> dict[str, Any]:
    return {
        "total": found.total,
        "wanted": found.wanted,
        "notes": list(found.notes),
        "results": [_similar(each) for each in found.results],
    }


def _similar(each: Similar) -> dict[str, Any]:
    return {
        "document": each.document,
        "work": each.work,
        "kind": each.kind.value,
        "evidence": each.evidence.value,
        "title": each.title,
        "year": each.year,
        "start": each.span.start,
        "end": each.span.end,
        "score": each.score,
        "why": [{"ground": one.ground.value, "words": one.words, "concepts": list(one.concepts)} for one in each.why],
        "retracted": each.retracted,
        "noticed": each.noticed,
    }


def similar_terminal(title: str, works: SimilarTexts, posts: SimilarTexts, width: int = 100) -> str:
    """Return works and posts that resemble a document as text, each with why."""
    lines = [*textwrap.wrap(one_line(title or "Untitled"), width)]
    for heading, found in (("Similar research", works), ("Related posts and questions", posts)):
        lines += ["", f"{heading}: {len(found.results)} of {found.total}"]
        for number, each in enumerate(found.results, 1):
            marks = [str(each.year or "no year"), each.evidence.value]
            marks += ["RETRACTED"] if each.retracted else ["editorial notice"] if each.noticed else []
            lead = f"{number:>3}. "
            lines += textwrap.wrap(
                f"{one_line(each.title)} ({', '.join(marks)})", width, initial_indent=lead, subsequent_indent="     "
            )
            lines += textwrap.wrap(one_line(each.reason), width, initial_indent="     why: ", subsequent_indent="     ")
            lines.append(f"     {each.document} {each.span.start}-{each.span.end}")
        lines += [line for note in found.notes for line in textwrap.wrap(f"({note})", width, initial_indent="  ")]
    return "\n".join(lines) + "\n"


def summary_json(document: Document, summary: WorkSummary) -> dict[str, Any]:
    """Return a summary: the short of it, the plain account under headings, terms, what is not stated, notes."""
    return {
        "document": summary.document,
        "title": document.title,
        "basis": summary.basis.value,
        "generated": GENERATED,
        "notes": list(summary.notes),
        "tldr": [_sentence(each) for each in summary.tldr],
        "no_tldr": summary.no_tldr,
        "sections": [_section(each) for each in summary.sections],
        "not_stated": [each.value for each in summary.not_stated],
        "terms": [{"term": term, "meaning": meaning} for term, meaning in summary.terms],
    }


def _section(section: AnswerSection) -> dict[str, Any]:
    return {"heading": section.heading, "sentences": [_sentence(each) for each in section.sentences]}


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "quotes": [quote_json(quote) for quote in sentence.quotes],
        "derived": [{"value": each.value, "arithmetic": each.arithmetic} for each in sentence.derived],
    }


def not_stated_words(summary: WorkSummary) -> str:
    """Return what is not stated as one line, or ""."""
    asked = [each.value.replace("_", " ") for each in summary.not_stated]
    where = {"abstract only": "in the abstract", "study note": "in the note"}.get(summary.basis.value, "in the text")
    return f"Not stated {where}: {', '.join(asked)}." if asked else ""


def summary_terminal(document: Document, summary: WorkSummary, width: int = 100) -> str:
    """Return a summary as text, each sentence with the place of the words it stands on."""
    lines = textwrap.wrap(one_line(document.title or "Untitled"), width)
    lines.append(f"{document.id} · {summary.basis.value}")
    for note in summary.notes:
        lines += textwrap.wrap(note, width)
    lines += ["", "TLDR"]
    if summary.no_tldr:
        lines += textwrap.wrap(f"None: {summary.no_tldr}", width, initial_indent="  ", subsequent_indent="  ")
    for sentence in summary.tldr:
        lines += _shown(sentence, width)
    for section in summary.sections:
        lines += ["", section.heading]
        for sentence in section.sentences:
            lines += _shown(sentence, width)
    missing = not_stated_words(summary)
    if missing:
        lines += ["", *textwrap.wrap(missing, width)]
    if summary.terms:
        lines += ["", "Words"]
        for term, meaning in summary.terms:
            lines += textwrap.wrap(f"{term}: {meaning}", width, initial_indent="  ", subsequent_indent="    ")
    return "\n".join([*lines, "", GENERATED]) + "\n"


def _shown(sentence: AnswerSentence, width: int) -> list[str]:
    places = ", ".join(f"{quote.span.start}-{quote.span.end}" for quote in sentence.quotes)
    sums = "".join(f" [{one_line(each.arithmetic)}]" for each in sentence.derived)
    words = f"{one_line(sentence.text)}{sums} {places}"
    return textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    ")
