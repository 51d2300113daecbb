"""The drugs and conditions that a document names, as facts: each thing once, on the words where it is first named."""

from __future__ import annotations

from curbside.extract.entities import Entity, entities
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Document, Fact, Field, Quote, Terms

_LIKELY = 0.5
"""What the tagger thinks of a thing at least once for it to be listed."""
_FIELDS = {ConceptKind.DRUG: Field.DRUG, ConceptKind.CONDITION: Field.CONDITION}


def named(document: Document, vocabulary: Vocabulary) -> list[Fact]:
    """Return the drugs, then the conditions that `document` names, those that no vocabulary holds included.

    Each is there once, in the order of first mention, its value all the words it goes by in the text, with the
    vocabulary's id where it has one. Being named says nothing of what was found: a condition may be denied.
    """
    things: dict[tuple[Field, str], list[Entity]] = {}
    for each in entities(document, vocabulary):
        things.setdefault((_FIELDS[each.kind], each.concept or each.words.lower()), []).append(each)
    facts = [
        Fact(
            field,
            Terms(tuple(dict.fromkeys(each.words for each in places)), (places[0].concept,) * bool(places[0].concept)),
            Quote(document.id, places[0].span, places[0].words),
            about=(places[0].concept,) * bool(places[0].concept),
        )
        for (field, _), places in things.items()
        if max(each.probability for each in places) >= _LIKELY
    ]
    return sorted(facts, key=lambda fact: (fact.field is not Field.DRUG, fact.quote.span))
