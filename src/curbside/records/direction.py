"""Which way an outcome went in one arm of a study against another, as a document reports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class Way(StrEnum):
    """How an outcome stood in the intervention's arm beside the comparator's."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no difference"


@dataclass(frozen=True, slots=True)
class Direction:
    """An answer to "did this outcome go up or down with the intervention?".

    Attributes:
        label: the way that the quotes speak for most.
        probability: how likely the label is, from 0 to 1.
        quote: the sentence that says so best, or None where no sentence names the outcome.
        others: further sentences that were weighed, best first.
        shares: a probability for every way, in the order of `Way`.
    """

    label: Way
    probability: float
    quote: Quote | None
    others: tuple[Quote, ...] = ()
    shares: tuple[float, ...] = ()
