"""The study card: what one document states of its study, each value on its quote, and what it does not state."""

from __future__ import annotations

from curbside.extract.absent import absent
from curbside.extract.ages import ages
from curbside.extract.context_facts import context
from curbside.extract.courses import courses
from curbside.extract.harms import harms
from curbside.extract.outcomes import outcomes
from curbside.extract.page_facts import page_facts
from curbside.extract.people import people, size_of
from curbside.extract.regimen import regimen
from curbside.extract.study_design import designs
from curbside.extract.subjects import Subject, subjects
from curbside.language.vocabulary import Vocabulary
from curbside.records import Document, Fact, Field, Maker, StudyCard

MAKER = Maker("card", 2)
_ORDER = {field: place for place, field in enumerate(Field)}


def read_card(document: Document, vocabulary: Vocabulary) -> StudyCard:
    """Return what `document` states, field by field in the order of `Field`, quotes in the order of the text.

    A document on several subjects (an author's page, a question page) has the facts of all; none is carried from one
    to another. What a reader would look for in this kind of document and does not find stands there with value None.
    """
    told = subjects(document, vocabulary)
    found = [*page_facts(document), *designs(document)]
    for subject in told:
        found.extend(_of_subject(subject, found))
    kept = sorted(_once(found), key=lambda fact: (_ORDER[fact.field], fact.quote.span.start))
    kept.extend(absent(document, told, kept))
    return StudyCard(document.id, tuple(sorted(kept, key=lambda fact: _ORDER[fact.field])))


def _of_subject(subject: Subject, before: list[Fact]) -> list[Fact]:
    own = [fact for fact in before if any(line.span.meets(fact.quote.span) for line in subject.lines)]
    found = [*people(subject), *ages(subject), *regimen(subject), *courses(subject), *context(subject)]
    size = size_of([*own, *found])
    found.extend(outcomes(subject, size, tuple(found)))
    found.extend(harms(subject, size, tuple(found)))
    return found


def _once(facts: list[Fact]) -> list[Fact]:
    """Drop facts without words and those that another of their field says at the same place."""
    seen: set[tuple[Field, str, int, int]] = set()
    kept: list[Fact] = []
    for fact in facts:
        key = (fact.field, repr(fact.value), fact.quote.span.start, fact.quote.span.end)
        if fact.quote.words and key not in seen:
            seen.add(key)
            kept.append(fact)
    return kept
