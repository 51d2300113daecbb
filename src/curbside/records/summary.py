"""A short account of one work, made by rule from its own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer import AnswerSection, AnswerSentence
from curbside.records.fact import Field


class Basis(StrEnum):
    """How much of a work was there to be read."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract only"
    TITLE = "title only"
    NOTE = "study note"  # somebody's own words about the work, not the work itself
    PAGE = "page"  # a page that is no study


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """A short account of one document: chosen and filled by rule from its own words, and read by nobody.

    Attributes:
        document: its id.
        basis: what was there to be read.
        tldr: one or two sentences of the source, word for word; empty where it states no result.
        no_tldr: why there is none, or "".
        sections: the plain summary: short sentences under headings, each on its quotes.
        not_stated: what a reader would look for and the source does not state.
        terms: words of research that the account uses, each with its meaning, in the order of their coming.
        notes: what has to be known before any of it is read (that the work is retracted, that only a title was there).
    """

    document: str
    basis: Basis
    tldr: tuple[AnswerSentence, ...] = ()
    no_tldr: str = ""
    sections: tuple[AnswerSection, ...] = ()
    not_stated: tuple[Field, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
