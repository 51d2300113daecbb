"""A study and its reports, what joins them, and how much it can bear."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.document import DocumentKind
from curbside.records.evidence import EvidenceKind
from curbside.records.fact import Fact, Field


class Bond(StrEnum):
    """Why two documents are taken for reports of one study, surest first."""

    IDENTIFIER = "identifier"
    REGISTRATION = "registration number"
    LIKENESS = "probably the same"  # n, drug, condition and people or dates agree; nobody has checked


@dataclass(frozen=True, slots=True)
class Report:
    """One document about a study.

    Attributes:
        document, work: ids.
        title: of the document.
        year: of the work, or None.
        kind: of the document; a note is somebody's own words about the work.
        evidence: kind of evidence as read from it.
        citation: in NLM style.
        label: how it is called in tables and plots ("Adams 2016").
        text: whether it has words beyond its title; without, there is nothing to read.
        standing: notices on the work in words ("retracted"), most serious first.
    """

    document: str
    work: str
    title: str
    year: int | None
    kind: DocumentKind
    evidence: EvidenceKind
    citation: str = ""
    label: str = ""
    text: bool = True
    standing: tuple[str, ...] = ()

    @property
    def secondary(self) -> bool:
        """Whether it tells what another text says."""
        return self.kind is DocumentKind.NOTE


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two reports.

    Attributes:
        bond: how sure.
        documents: ids of both.
        words: what they share ("NCT01289912").
    """

    bond: Bond
    documents: tuple[str, str]
    words: str


class Aim(StrEnum):
    """The question a level answers; rows of the OCEBM 2011 table."""

    TREATMENT = "treatment benefit"
    HARMS = "treatment harms"
    PROGNOSIS = "prognosis"
    PREVALENCE = "prevalence"
    DIAGNOSIS = "diagnosis"
    SCREENING = "screening"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to trust a study or a body of studies less, or more.

    Attributes:
        domain: "risk of bias", "imprecision", "inconsistency", "indirectness", "publication bias", "large effect",
            "design".
        steps: -2, -1, 0 or 1; 0 where it was looked at and changes nothing, or could not be judged.
        words: what was seen.
    """

    domain: str
    steps: int
    words: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of evidence that a machine suggests; a person decides. Never of a single quote.

    Attributes:
        aim: the question it is a level for.
        level: 1 (best) to 5 by OCEBM 2011, or None where the design does not say.
        certainty: "high", "moderate", "low" or "very low" (GRADE's words), or "" where not judged.
        reasons: what led there.
    """

    aim: Aim
    level: int | None
    certainty: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def words(self) -> str:
        """The level as it is printed, always with "suggested"."""
        level = f"OCEBM level {self.level}" if self.level is not None else "no OCEBM level"
        return (
            ", ".join(filter(None, (level, f"{self.certainty} certainty" if self.certainty else ""))) + " (suggested)"
        )


@dataclass(frozen=True, slots=True)
class Study:
    """What was done to whom, with every report of it that is held.

    Attributes:
        id: work id of the leading report.
        reports: the one whose figures count first; never empty.
        links: what joins them.
        design: kind of evidence, of the first report that says.
        facts: what the reports state, each field from the first of them that states it; then what none states.
        level: for treatment benefit.
        wider: whether it is about a wider group, of which the condition asked for is a part; then only what its
            sentences say of that condition counts.
        several: whether the drug asked for is one of several treatments that it tells of; then only what its sentences
            say of the drug counts.
        combined: names of drugs given together with the one asked for in all, or some, of it.
    """

    id: str
    reports: tuple[Report, ...]
    links: tuple[Link, ...] = ()
    design: EvidenceKind = EvidenceKind.STUDY
    facts: tuple[Fact, ...] = ()
    level: Level | None = None
    wider: bool = False
    several: bool = False
    combined: tuple[str, ...] = ()

    def of(self, *fields: Field) -> tuple[Fact, ...]:
        """Return what is stated of `fields`."""
        return tuple(fact for fact in self.facts if fact.field in fields and fact.value is not None)

    @property
    def lead(self) -> Report:
        """The report whose figures count."""
        return self.reports[0]

    @property
    def label(self) -> str:
        """How it is called in tables and plots."""
        return self.lead.label or self.lead.title

    @property
    def year(self) -> int | None:
        """Year of the newest report that is no note."""
        years = [each.year for each in self.reports if each.year is not None]
        return max(years) if years else None

    @property
    def read(self) -> bool:
        """Whether any report has words beyond its title."""
        return any(each.text for each in self.reports)

    @property
    def retracted(self) -> bool:
        """Whether a report of it is retracted."""
        return any("retracted" in each.standing for each in self.reports)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two studies that may have people in common.

    Attributes:
        studies: ids of both.
        words: what they share.
    """

    studies: tuple[str, str]
    words: str
