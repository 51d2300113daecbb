"""A thread: questions that follow one another, and what each of them carried over from those before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer import Question


class ChipKind(StrEnum):
    """What a chip stands for."""

    DRUG = "drug"
    CLASS = "class"
    PROCEDURE = "procedure"
    CONDITION = "condition"
    OUTCOME = "outcome"  # a condition asked about as an outcome
    PRIOR = "tried before"
    PEOPLE = "people"
    ROUTE = "route"
    WORDS = "words"  # words of a subject that the vocabulary does not know
    ASKS = "asks"  # what is wanted to know
    SOURCES = "sources"  # a condition on the sources


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that a turn is about.

    Attributes:
        kind: what it stands for.
        value: id of a concept, or the value itself ("child", "topical", "since 2020").
        words: as shown.
        turn: number of the turn that brought it in, from 1.
    """

    kind: ChipKind
    value: str
    words: str
    turn: int

    @property
    def id(self) -> str:
        """What names it within its turn ("drug:d:sirolimus")."""
        return f"{self.kind.value}:{self.value}"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that the turn before was about and this one is not.

    Attributes:
        chip: what it was.
        why: in words ("replaced by everolimus").
    """

    chip: Chip
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a thread and how it was read.

    Attributes:
        text: as typed.
        question: what is asked, with what was carried over.
        asks: the words that say what is wanted, with drugs, conditions, people and routes as they are now; from them
            the next turn is read where it asks for nothing of its own.
        chips: all that it is about; those carried over come from an earlier turn.
        dropped: what was not carried over, each with why.
        notes: how it was read, where that could be doubted.
        about: numbers of the answer before that it asks about ("why does [3] disagree?").
        time: ISO time at which it was asked, UTC, or "".
        digest: `digest_of` the answer given then, or "".
        cited: ids of the documents which that answer cites, in the order of their numbers.
        asked: id of the kept question under which its answer has a page, or "".
    """

    text: str
    question: Question
    asks: str
    chips: tuple[Chip, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    about: tuple[int, ...] = ()
    time: str = ""
    digest: str = ""
    cited: tuple[str, ...] = ()
    asked: str = ""

    def carried(self, number: int) -> tuple[Chip, ...]:
        """Return what came from earlier turns, where this one is the `number`th."""
        return tuple(chip for chip in self.chips if chip.turn < number)


@dataclass(frozen=True, slots=True)
class Thread:
    """Questions that follow one another.

    Attributes:
        id: 22 url-safe random characters; says nothing of the questions. "" where it is not kept.
        turns: in order; never empty once kept.
    """

    id: str
    turns: tuple[Turn, ...] = ()
