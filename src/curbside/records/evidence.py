"""What kind of evidence a document is, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Span


class EvidenceKind(StrEnum):
    """Kind of evidence, from the design of the study or the nature of the text."""

    GUIDELINE = "guideline"
    SUMMARY = "evidence summary"  # reviews what is known for those who decide, and says that it gives no guidelines
    META_ANALYSIS = "meta-analysis"
    SYSTEMATIC_REVIEW = "systematic review"
    RANDOMISED = "randomised trial"
    TRIAL = "non-randomised trial"  # single-arm or otherwise not randomised
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    CROSS_SECTIONAL = "cross-sectional"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    REVIEW = "review"
    LABORATORY = "laboratory"  # experiments on animals, or in vitro
    ANIMALS = "animal study"  # patients of a veterinarian, livestock, wildlife: no evidence on people
    PROTOCOL = "protocol"
    REGISTRATION = "trial registration"
    STUDY = "study"  # a study whose design the record does not state
    NOTICE = "editorial notice"
    SECONDARY = "secondary source"  # a page that reports what others found
    REPLY = "clinician's reply"
    GENERATED = "unsigned text"
    OTHER = "other"


SECOND_HAND = frozenset({EvidenceKind.SECONDARY, EvidenceKind.REPLY, EvidenceKind.GENERATED})
"""Kinds that tell what others found or hold."""


class AgeGroup(StrEnum):
    """Age groups as MeSH check tags draw them, merged to what filters need."""

    INFANT = "infant"  # under 2 years
    CHILD = "child"  # 2 to 12 years
    ADOLESCENT = "adolescent"  # 13 to 18 years
    ADULT = "adult"  # 19 to 64 years
    AGED = "aged"  # 65 years and over


@dataclass(frozen=True, slots=True)
class Profile:
    """What one document is about, read from its own words and indexing.

    Attributes:
        evidence: its kind.
        evidence_span: the words that decided it, or None where its metadata did.
        n: number of participants, or None where not stated.
        n_span: where.
        drugs: ids of the drugs it is about (named in title, headings or abstract), most prominent first.
        conditions: ids of the conditions, likewise.
        ages: age groups studied.
        noticed: whether it carries an editorial notice other than a comment.
        retracted: whether it is retracted.
        named: ids of all concepts named in a document short enough to be read whole, in order, repeats kept; empty
            for a longer one.
        places: where they stand, two numbers for each of `named`: how many code points after the end of the one before
            (the first: of the text), and how many it covers; empty where part of the text was not read.
    """

    evidence: EvidenceKind
    evidence_span: Span | None = None
    n: int | None = None
    n_span: Span | None = None
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    ages: tuple[AgeGroup, ...] = ()
    noticed: bool = False
    retracted: bool = False
    named: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Maker:
    """What produced a derived record.

    Attributes:
        step: name of the step ("profile").
        version: raised whenever its output changes for the same input.
    """

    step: str
    version: int
