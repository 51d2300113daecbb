"""Texts that say by what rules a site works, each with its versions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A version of a text.

    Attributes:
        name: in its address, as "privacy".
        title: as shown.
        number: from 1, which is the text that Curbside comes with.
        at: when it was written, ISO time, UTC.
        who: id of the person, or `OPERATOR`; "" for the text that Curbside comes with.
        why: what changed and why, in words.
        body: Markdown without HTML.
    """

    name: str
    title: str
    number: int
    at: str
    who: str
    why: str
    body: str
