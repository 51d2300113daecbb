"""Why does [3] disagree? What a reference of an answer says, what the others say, and how their studies differ.

Nothing here says that two studies contradict each other; it sets what they say, and what was done to whom, side by side
in the sources' own words, so that a reader can judge. References keep the numbers of the answer that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from curbside.language.fact_words import value_words
from curbside.language.linear import linear
from curbside.records import (
    Absence,
    Answer,
    AnswerSection,
    AnswerSentence,
    CitedEvidence,
    Fact,
    Field,
    Question,
    Quote,
    ReferenceEntry,
    Study,
)

DIMENSIONS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("Design", (Field.DESIGN, Field.PHASE, Field.BLINDING)),
    ("How many", (Field.N, Field.N_ANALYSED)),
    ("Who", (Field.POPULATION, Field.AGE, Field.LINE_OF_THERAPY, Field.PRIOR_TREATMENT)),
    ("Given how", (Field.DOSE, Field.CONCENTRATION, Field.ROUTE, Field.TROUGH, Field.SCHEDULE)),
    ("Compared with", (Field.COMPARATOR,)),
    ("For how long", (Field.DURATION, Field.FOLLOW_UP)),
    ("What was counted", (Field.OUTCOME, Field.EFFECT)),
)
"""In what studies may differ -> the fields that tell it."""

_DOUBTS = linear(
    r"(?i)\b(?:why|disagree\w*|differ\w*|contradict\w*|conflict\w*|contrast\w*|unlike|odds?|outlier|against)\b"
)
_SAID, _OTHERS, _FACTS = 4, 6, 2
"""Sentences of the reference asked about, of the others, and facts of a study in one respect, at the most."""


def differing(question: Question, about: Sequence[int], before: Answer, cited: CitedEvidence) -> Answer:
    """Return an answer on references of the answer before; it declines where there is none of that number.

    Args:
        question: as it was asked.
        about: numbers of the reference list of `before`.
        before: the answer asked about.
        cited: the studies that it cites, by those numbers.
    """
    known = {entry.number: entry for entry in before.references}
    wanted = [number for number in about if number in known]
    missing = [f"[{number}]" for number in about if number not in known]
    notes: list[str] = []
    if missing:
        has = f"has the references [1] to [{len(known)}]" if known else "has no references"
        notes.append(f"The answer before {has}; there is no {' or '.join(missing)} in it.")
    if not wanted:
        return Answer(question, True, notes=tuple(notes), searched=before.searched)
    opposed = tuple(each for each in before.opposed if any(side.reference in wanted for side in each.sides))
    names = _named(wanted)
    said, others = _said(before, wanted), _said_by_others(before, wanted)
    quoted = [quote for each in before.sentences for quote in each.cited]
    facts, absences, compared = _compared(cited, wanted, known, quoted)
    if not opposed and _DOUBTS.search(question.text):
        notes.append(f"No sentence of {names} was found to contradict one of the others; read them side by side.")
    if len(known) == 1:
        notes.append("The answer before rests on this reference alone, so there is nothing to compare it with.")
    notes += _kinds(known, wanted)
    verb = "says" if len(wanted) == 1 else "say"
    sections = [
        AnswerSection(f"What {names} {verb}", tuple(said)),
        AnswerSection("What the others say", tuple(others)),
    ]
    for name, _ in DIMENSIONS:
        row = tuple(each for each in facts if each.group == name)
        sections.append(AnswerSection(f"They differ: {name.lower()}", tuple(replace(each, group="") for each in row)))
    told = tuple(section for section in sections if section.sentences)
    used = {number for section in told for sentence in section.sentences for number in sentence.references}
    used |= {side.reference for each in opposed for side in each.sides} | set(wanted) | compared
    return Answer(
        question,
        not told,
        told,
        absences=tuple(absences),
        references=tuple(entry for number, entry in sorted(known.items()) if number in used),
        notes=tuple(notes),
        searched=before.searched,
        opposed=opposed,
    )


def _named(numbers: Sequence[int]) -> str:
    return " and ".join(f"[{number}]" for number in numbers)


def _said(before: Answer, wanted: Sequence[int]) -> list[AnswerSentence]:
    found = [each for each in before.sentences if set(each.references) & set(wanted)]
    return _distinct(found)[:_SAID]


def _said_by_others(before: Answer, wanted: Sequence[int]) -> list[AnswerSentence]:
    """Return the first sentence of each other reference, in the answer's order."""
    heard: set[int] = set()
    found: list[AnswerSentence] = []
    for each in before.sentences:
        if set(each.references) & set(wanted) or set(each.references) <= heard:
            continue
        heard |= set(each.references)
        found.append(each)
    return _distinct(found)[:_OTHERS]


def _distinct(sentences: Iterable[AnswerSentence]) -> list[AnswerSentence]:
    return list({each.text: each for each in sentences}.values())


def _compared(
    cited: CitedEvidence, wanted: Sequence[int], known: dict[int, ReferenceEntry], quoted: Sequence[Quote]
) -> tuple[list[AnswerSentence], list[Absence], set[int]]:
    """Return what studies state where it differs, in their own words; what one does not state; and who was compared."""
    mine = [(numbers, study) for numbers, study in cited.studies if set(numbers) & set(wanted)]
    others = [(numbers, study) for numbers, study in cited.studies if not set(numbers) & set(wanted)]
    facts: list[AnswerSentence] = []
    absences: list[Absence] = []
    compared: set[int] = set()
    if not mine or not others:
        return facts, absences, compared
    for name, fields in DIMENSIONS:
        rows = [(numbers, _facts(study, fields, quoted)) for numbers, study in (*mine, *others)]
        told = [(numbers, row) for numbers, row in rows if row]
        own = {_value(fact) for numbers, row in rows if set(numbers) & set(wanted) for fact in row}
        differs = any({_value(fact) for fact in row} != own for numbers, row in told if not set(numbers) & set(wanted))
        if not told or not differs:
            continue
        for numbers, row in told:
            number = _number(numbers, row, known)
            facts += [AnswerSentence(_words(fact), (fact.quote,), (number,), group=name) for fact in row]
            compared.add(number)
        for numbers, study in mine:
            if not _facts(study, fields, quoted) and Field.OUTCOME not in fields:
                number = min(set(numbers) & set(wanted))
                absences.append(Absence(f"{name.lower()}, in [{number}]", (known[number].document,), None, (), False))
    return facts, absences, compared


def _facts(study: Study, fields: tuple[Field, ...], quoted: Sequence[Quote]) -> list[Fact]:
    """Return what a study states; of what was counted only what the answer quotes, since a study counts much else."""
    found = [fact for fact in study.of(*fields) if fact.quote.words.strip()]
    if Field.OUTCOME in fields:
        found = [fact for fact in found if any(_lies_in(fact.quote, quote) for quote in quoted)]
    return list({_words(fact): fact for fact in found}.values())[:_FACTS]


def _lies_in(quote: Quote, other: Quote) -> bool:
    return quote.document == other.document and quote.span.meets(other.span)


def _value(fact: Fact) -> str:
    return value_words(fact.value).casefold() if fact.value is not None else ""


def _words(fact: Fact) -> str:
    return " ".join(fact.quote.words.split())


def _number(numbers: Sequence[int], facts: Sequence[Fact], known: dict[int, ReferenceEntry]) -> int:
    """Return the reference whose document is quoted; a study may have several."""
    of = {known[number].document: number for number in numbers if number in known}
    return next((of[fact.quote.document] for fact in facts if fact.quote.document in of), numbers[0])


def _kinds(known: dict[int, ReferenceEntry], wanted: Sequence[int]) -> list[str]:
    """Say of which kind and year the references are, where that differs."""
    if len({(entry.kind, entry.year) for entry in known.values()}) < 2:
        return []

    def told(numbers: Iterable[int]) -> str:
        return "; ".join(
            f"[{number}] {known[number].kind or 'other'}, {known[number].year or 'year not known'}"
            for number in numbers
        )

    return [f"Kinds and years: {told(wanted)} — the others: {told(n for n in known if n not in wanted)}."]
