"""Summary: a work to the short of it and a plain account, made by rule from its own words."""

from __future__ import annotations

from curbside.answer.summary import summary
from curbside.appraise.works import fullest_first
from curbside.language.vocabulary import Vocabulary
from curbside.records import Holding, StudyCard, WorkSummary
from curbside.store.base import Store
from curbside.workflows.show import show


def summary_of(name: str, store: Store, vocabulary: Vocabulary) -> tuple[Holding, WorkSummary]:
    """Return the document of a work that says most of it, with its summary.

    Raises:
        NotHeld: if the library shows nothing under `name`.
    """
    holding = fullest_first(show(name, store))[0]
    from curbside.extract.card import read_card  # its patterns take a moment to load

    card: StudyCard = read_card(holding.document, vocabulary)
    return holding, summary(holding, card, vocabulary)
