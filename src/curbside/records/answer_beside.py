"""What stands beside an answer's sentences: a verdict, disagreement, newer evidence, and how it was searched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class AnswerFacet(StrEnum):
    """What a section of an answer tells; in the order in which sections stand."""

    SHORT = "short answer"
    GUIDELINES = "guidelines"
    RESEARCH = "research"
    SECONDARY = "secondary sources"
    REPLIES = "replies"
    UNSIGNED = "unsigned text"
    PAGES = "other pages"
    LINE = "line of therapy"
    FORMS = "forms"
    DOSES = "doses"
    HARMS = "harms"
    MONITORING = "monitoring"
    UNSUITED = "unsuited"
    INTERACTIONS = "interactions"
    STOPPING = "stopping"
    UNKNOWN = "unknown"
    NEAREST = "nearest"


class Says(StrEnum):
    """What sources together say on a yes/no question."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    MIXED = "mixed"  # sources point both ways


@dataclass(frozen=True, slots=True)
class SourceSays:
    """What one source suggests on a yes/no question.

    Attributes:
        says: yes, no or maybe.
        quote: the sentence that decided.
        why: what is read in it.
        reference: its number in the reference list.
    """

    says: Says
    quote: Quote
    why: str
    reference: int = 0


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """What the sources of an answer suggest together; a machine's reading, never surer than they are.

    Attributes:
        says: the suggestion.
        words: it and its reason in one sentence.
        sources: what each source suggests, as the suggestion first, then what speaks against it.
    """

    says: Says
    words: str
    sources: tuple[SourceSays, ...]


@dataclass(frozen=True, slots=True)
class OpposedSide:
    """One side where sources disagree.

    Attributes:
        text: its sentence as shown.
        quote: the words it stands on.
        reference: its number in the reference list.
    """

    text: str
    quote: Quote
    reference: int = 0


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two sources that say opposite things of one matter.

    Attributes:
        about: the matter, in words.
        sides: two of them.
        decided: the words of either that stand against each other.
        why: how the two sources differ, which may explain it ("randomised trial against case series").
    """

    about: str
    sides: tuple[OpposedSide, OpposedSide]
    decided: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Superseded:
    """An older source whose matter newer and stronger ones have answered since.

    Attributes:
        reference: number of the older source.
        by: numbers of the newer ones, newest first.
        words: a sentence that says so with kinds and years.
    """

    reference: int
    by: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One way in which the index was asked.

    Attributes:
        words: in words ("sirolimus and facial angiofibroma").
        matched: documents that match.
        taken: documents that it added to those read.
    """

    words: str
    matched: int
    taken: int


@dataclass(frozen=True, slots=True)
class SearchDone:
    """What was searched and when, told from the library alone: the same library gives the same words.

    Attributes:
        changed: ISO time of the library's last change, UTC, or "".
        held: documents that the library shows.
        steps: how the index was asked, in order.
        filters: conditions on the sources, in words.
        read: documents read.
        fitting: those of them with a sentence that may speak to the question.
        quoted: those cited.
        left_out: (why, how many documents) of those read and not cited.
    """

    changed: str
    held: int
    steps: tuple[SearchStep, ...]
    filters: tuple[str, ...] = ()
    read: int = 0
    fitting: int = 0
    quoted: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
