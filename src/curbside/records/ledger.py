"""What a drug is licensed for, and what is held of its uses, licensed or not."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.evidence import EvidenceKind


@dataclass(frozen=True, slots=True)
class Licence:
    """One indication of one product in one place.

    Attributes:
        drug: concept id.
        condition: concept id.
        indication: in a few words of ours.
        route: "oral", "topical", "intravenous" …
        ages: age group in words ("6 years and older"), or "" where the label draws none that we know of.
        youngest: lower bound of age in whole years, or None.
        place: jurisdiction ("US", "EU", "JP").
        date: ISO date of the authorisation as far as known.
        source: identifier of the authorisation ("FDA NDA 213478").
        product: brand name.
        within: id of a condition that must be there too, or ""; the row then covers a part of both only.
        file: where the row comes from: "" for ours, else the user's file and line.
    """

    drug: str
    condition: str
    indication: str
    route: str
    ages: str
    youngest: int | None
    place: str
    date: str
    source: str
    product: str = ""
    within: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A drug, an indication, a route and an age group: where it is licensed, and what is held on it.

    Attributes:
        drug, drug_name, condition, condition_name: ids and names.
        route: or "" where the studies do not state one.
        ages: age group ("child", "adult", "any"), or "" where not stated.
        licences: rows of the table that cover it; empty means "not in our table", never "not licensed".
        near: rows for the same drug and condition by another route or for other ages.
        design: best design among the studies held, or None where no study is.
        level: suggested level of the best study in words, or "".
        n: participants of the studies that state a number.
        unsized: studies that state none.
        studies: ids of the studies.
        searched: ISO time of the library's last change when this was looked up, or "".
    """

    drug: str
    drug_name: str
    condition: str
    condition_name: str
    route: str
    ages: str
    licences: tuple[Licence, ...] = ()
    near: tuple[Licence, ...] = ()
    design: EvidenceKind | None = None
    level: str = ""
    n: int = 0
    unsized: int = 0
    studies: tuple[str, ...] = ()
    searched: str = ""
