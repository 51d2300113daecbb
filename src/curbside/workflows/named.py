"""Named: the drugs and conditions that documents of the library name, known to the vocabulary or not."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.extract.entity_facts import named
from curbside.language.vocabulary import Vocabulary
from curbside.records import Document, Fact
from curbside.store.base import Store
from curbside.workflows.show import show


@dataclass(frozen=True, slots=True)
class Named:
    """A document with the drugs and conditions that it names, each on the words where it is first named."""

    document: Document
    facts: tuple[Fact, ...]


def named_in(name: str, store: Store, vocabulary: Vocabulary) -> tuple[Named, ...]:
    """Return what the documents under an id name, oldest document first.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    return tuple(Named(each.document, tuple(named(each.document, vocabulary))) for each in show(name, store))
