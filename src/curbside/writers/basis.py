"""What an answer was based on and how old that is, and the words that stand under every answer."""

from __future__ import annotations

from collections import Counter

from curbside.records import Absence, Answer, ReferenceEntry

OPTIONS = "Options to weigh, not orders: read the source behind a sentence before acting on it."
DECLINED = "The library does not hold an answer to this question, so none is given."
LEGEND = "[n] names the reference that the words were taken from; * marks a source that reports what others found."


def basis(answer: Answer) -> str:
    """Return one sentence: how many sources of which kinds, from which years, of how many documents.

    Ages are given as years of publication; nothing here depends on the day it is printed.
    """
    cited, held = answer.searched
    looked = f"{cited} of {held} documents were read for it." if held else "The library is empty."
    if not answer.references:
        return f"Based on no source. {looked}"
    kinds = Counter(entry.kind or "other" for entry in answer.references)
    counted = ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items(), key=lambda kv: (-kv[1], kv[0])))
    years = [entry.year for entry in answer.references if entry.year is not None]
    undated = len(answer.references) - len(years)
    span = ""
    if years:
        span = f"published {min(years)} to {max(years)}" if min(years) < max(years) else f"published {years[0]}"
    if undated:
        span += ("; " if span else "") + f"{undated} without a known year"
    number = len(answer.references)
    return f"Based on {number} source{'s' if number > 1 else ''} ({counted}), {span}. {looked}"


def absences_lead(answer: Answer) -> bool:
    """Tell whether what is not stated stands before the sentences: where there is no short answer, it is the answer."""
    asked = any(absence.asked for absence in answer.absences)
    return not answer.declined and asked and bool(answer.sections) and answer.sections[0].heading != "Short answer"


def kind_and_year(entry: ReferenceEntry) -> str:
    """Return what stands beside a reference: its kind, whether it is secondary, and its year."""
    return f"{entry.kind or 'other'}{'*' if entry.secondary else ''}, {entry.year or 'year not known'}"


def not_stated(absence: Absence) -> str:
    """Return the sentence that says what was looked for and not found."""
    number = len(absence.documents)
    where = f"in the {number} document{'s' if number > 1 else ''} looked at" if number else "in the library"
    facet = absence.facet[:1].upper() + absence.facet[1:]
    if not absence.asked:
        looked = f"{number} document{'s' if number > 1 else ''} looked at"
        return f"{facet.rstrip('.')}: no source held states it; {looked}."
    return f"{facet.rstrip('.')}: not stated {where}."


def marks(numbers: tuple[int, ...]) -> str:
    """Return reference numbers as printed: "[1][3]"."""
    return "".join(f"[{number}]" for number in numbers)
