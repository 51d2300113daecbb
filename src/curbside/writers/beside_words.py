"""What stands beside an answer in plain lines: verdict, disagreement, newer evidence, level, how it was searched."""

from __future__ import annotations

from curbside.records import Answer, Level, Opposed, SearchDone
from curbside.writers.fields import one_line

DISAGREE = "Where sources disagree"
SINCE = "Answered since"
LEVEL = "How far to trust it"
SEARCHED = "What was searched"


def level_lines(level: Level) -> list[str]:
    """Return a body's suggested level and the reasons for it, a line each."""
    reasons = [f"{each.domain}: {each.words}{_steps(each.steps)}" for each in level.reasons]
    return [f"The studies cited, taken together: {level.words}.", *reasons]


def _steps(steps: int) -> str:
    if not steps:
        return ""
    return f" ({'one level' if abs(steps) == 1 else f'{abs(steps)} levels'} {'down' if steps < 0 else 'up'})"


def opposed_lines(opposed: Opposed) -> list[str]:
    """Return what two sources disagree on: the matter, both sides with their numbers, and how they differ."""
    sides = [f"[{side.reference}] {one_line(side.text)}" for side in opposed.sides]
    differ = "; ".join(opposed.why)
    why = f"They differ: {differ}." if differ else "How they differ is not known from their records."
    return [f"{opposed.about[:1].upper()}{opposed.about[1:]}: {opposed.decided}.", *sides, why]


def search_lines(search: SearchDone) -> list[str]:
    """Return what was searched and when, how it was asked, and what became of the documents read."""
    when = f", last changed {search.changed[:19].replace('T', ' ')} UTC" if search.changed else ""
    lines = [f"The library as it stands{when}: {search.held} documents."]
    for step in search.steps:
        lines.append(f"Asked for {step.words}: {_documents(step.matched)} matched, {step.taken} taken to be read.")
    if search.filters:
        lines.append(f"Only {'; '.join(search.filters)}.")
    fitting = f"{search.fitting} had a sentence that may speak to the question"
    lines.append(f"Read {search.read}; {fitting}; {search.quoted} cited.")
    if search.left_out:
        lines.append("Not cited: " + "; ".join(f"{number} ({why})" for why, number in search.left_out) + ".")
    return lines


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def beside_sections(answer: Answer, short: bool = False) -> list[tuple[str, list[str]]]:
    """Return headed lists of lines that stand behind an answer's sections; what there is nothing of is left out.

    A `short` one tells the level without its reasons, and leaves the search out, which the basis then sums up.
    """
    found: list[tuple[str, list[str]]] = []
    if answer.opposed:
        found.append((DISAGREE, [line for each in answer.opposed for line in opposed_lines(each)]))
    if answer.superseded:
        found.append((SINCE, [each.words for each in answer.superseded]))
    if answer.level is not None:
        found.append((LEVEL, level_lines(answer.level)[: 1 if short else None]))
    if answer.search is not None and not short:
        found.append((SEARCHED, search_lines(answer.search)))
    return found
