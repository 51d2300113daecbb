"""Concepts of the vocabulary and where a text names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from curbside.records.span import Span


class ConceptKind(StrEnum):
    """What a concept is."""

    DRUG = "drug"
    DRUG_CLASS = "drug class"
    CONDITION = "condition"
    PROCEDURE = "procedure"  # a treatment that is no drug: pulsed-dye laser, splenectomy


@dataclass(frozen=True, slots=True)
class Concept:
    """A drug, class, condition or procedure, with the names people use for it.

    Attributes:
        id: stable, kind letter and slug: "d:sirolimus", "k:mtor-inhibitors", "c:tuberous-sclerosis-complex",
            "p:pulsed-dye-laser".
        kind: what it is.
        name: preferred name.
        synonyms: other names, brands and spellings; abbreviations among them are all capitals or mixed case
            and match only as written.
        parents: ids of broader concepts: the classes of a drug, the broader conditions of a condition.
        brands: those synonyms that are brand names.
        mesh: MeSH descriptor id, or "".
    """

    id: str
    kind: ConceptKind
    name: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    mesh: str = ""


class Mention(msgspec.Struct, frozen=True):
    """A place where a text names a concept; a struct, since they are made by the thousand.

    Attributes:
        span: the words.
        concept: id of the concept.
        kind: its kind.
    """

    span: Span
    concept: str
    kind: ConceptKind
