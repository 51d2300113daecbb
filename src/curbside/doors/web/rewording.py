"""What a page says of a language model: who may reword, which sentences are, and how to see the source's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curbside.doors.web.forms import Sent
from curbside.records import Answer
from curbside.wiring.model import model_name

OFF = "?model=off"
"""Behind the address of an answer that is not to be reworded."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """What a page says of it.

    Attributes:
        name: of the model that is set.
        count: sentences that are reworded.
        of: sentences.
        off, on: addresses of the answer without and with it, "" where it has none of its own.
        terms: what the model suggests searching for.
    """

    name: str
    count: int = 0
    of: int = 0
    off: str = ""
    on: str = ""
    terms: tuple[str, ...] = ()


def is_off(given: Sent | Mapping[str, str]) -> bool:
    """Tell whether a form or an address asks for the source's words alone.

    A form that shows the box and comes without its tick does; one that never showed it does not.
    """
    if isinstance(given, Sent):
        return given.one("model_box") == "shown" and given.one("model") != "on"
    return given.get("model") == "off"


def rewording(answer: Answer, id: str) -> Rewording | None:
    """Return what the page of an answer says, None where no model is set."""
    name = model_name()
    if not name:
        return None
    count = sum(bool(sentence.extracted) for sentence in answer.sentences)
    address = f"/answers/{id}" if id else ""
    return Rewording(name, count, len(answer.sentences), address + OFF if id else "", address, answer.terms)
