"""Cards: what documents state, read from a file that nobody has added, or from what the library holds under an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from curbside.extract.card import read_card
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import Document, Holding, Problem, Raw, StudyCard, sealed
from curbside.store.base import Store
from curbside.workflows.show import show

_NUMBERED = re.compile(r"^(\d{1,12})_")


@dataclass(frozen=True, slots=True)
class Carded:
    """A document with its card.

    Attributes:
        document: the document.
        card: what it states.
        holding: how the library holds it, None for a document that came from a file.
    """

    document: Document
    card: StudyCard
    holding: Holding | None = None


def cards_of(raw: Raw, vocabulary: Vocabulary) -> Iterator[Carded | Problem]:
    """Yield a card for each document of a file, and what could not be read."""
    for reading in read(raw):
        if isinstance(reading.record, Document):
            document = sealed(reading.record)
            yield Carded(document, read_card(document, vocabulary))
        yield from reading.problems


def study_cards(name: str, store: Store, vocabulary: Vocabulary) -> tuple[Carded, ...]:
    """Return the cards of the documents that an id names: one for a document id, all for a work or identifier.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    return tuple(Carded(each.document, read_card(each.document, vocabulary), each) for each in show(name, store))


def page_of(origin: str) -> str:
    """Return the short name of a file: the number before the first underscore of its name, else its stem."""
    name = PurePath(origin).name
    numbered = _NUMBERED.match(name)
    return numbered[1] if numbered is not None else PurePath(name).stem or origin
